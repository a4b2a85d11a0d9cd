import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client } from '../../src/cli/client.js';
import { ingestCsv } from '../../src/cli/ingest-csv.js';
import { ingestDcat, ingestOdcs } from '../../src/cli/ingest-documents.js';
import type { Terminal } from '../../src/cli/terminal.js';
import { decoded } from '../../src/cli/text-file.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { catalog, DB } from '../support/file-messages.js';

describe('ingesting files from the command line', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cadastre-files-'));
  const file = (name: string, content: string | Uint8Array): string => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await test.close();
  });

  const terminal = (isJson = false): Terminal & { readonly said: string[]; readonly noted: string[] } => {
    const said: string[] = [];
    const noted: string[] = [];
    const token = test.as('admin').authorization.replace('Bearer ', '');
    return {
      said,
      noted,
      isJson,
      client: new Client({ url: test.url, token }),
      out: (text) => void said.push(text),
      note: (text) => void noted.push(text),
      progress: () => undefined,
    };
  };
  const names = async (): Promise<string[]> =>
    (
      await test
        .as('admin')
        .graphql<{ assets: { nodes: { name: string }[] } }>('{ assets(first: 50) { nodes { name } } }')
    ).assets.nodes.map(({ name }) => name);

  it('previews a table, then takes it, and ends with 4 when rows were refused', async () => {
    const path = file(
      'tables.csv',
      'name;description;sensitivity\nshop.public.a;First;public\nshop.public.b;Second;secret\n',
    );
    const seen = terminal();
    expect(await ingestCsv(seen, [path], { namespace: DB, preview: true, wait: true })).toBe(4);
    expect(seen.said.join('\n')).toBe(
      [
        'line 2  CREATE   dataset:postgres%3A%2F%2Fdb%3A5432/shop.public.a',
        "line 3  REFUSED  dataset:postgres%3A%2F%2Fdb%3A5432/shop.public.b; sensitivity 'secret' is no sensitivity. Give PUBLIC, INTERNAL, CONFIDENTIAL, RESTRICTED or leave it empty.",
        `${path} (assets, csv:tables): 2 rows: 1 create, 0 change, 0 unchanged, 1 refused; 1 assets created, 0 changed. Preview, nothing was changed.`,
      ].join('\n'),
    );
    expect(await names()).toEqual([]);
    const taken = terminal(true);
    expect(await ingestCsv(taken, [path], { namespace: DB, wait: true })).toBe(4);
    expect(JSON.parse(taken.said[0] ?? '')).toMatchObject([
      { file: path, accepted: 1, rows: [{ line: 3, action: 'REFUSED' }] },
    ]);
    expect(await names()).toContain('shop.public.a');
  });

  it('takes several files, each a source of its own, and says so when one name is given to all', async () => {
    const [one, two] = [file('one.csv', 'term,definition\nA,x\n'), file('two.csv', 'term,definition\nB,y\n')];
    expect(await ingestCsv(terminal(), [one, two], { wait: true })).toBe(0);
    expect(await names()).toEqual(expect.arrayContaining(['A', 'B']));
    await expect(ingestCsv(terminal(), [one, two], { source: 'x', wait: true })).rejects.toMatchObject({ exitCode: 2 });
    await expect(ingestCsv(terminal(), [join(folder, 'none.csv')], { wait: true })).rejects.toMatchObject({
      exitCode: 2,
    });
    const dry = terminal();
    expect(await ingestCsv(dry, [one, two], { dryRun: true, wait: true })).toBe(0);
    expect(dry.said.join('\n')).toContain('Dry run, nothing was changed');
  });

  it('says when more would go than may go without asking', async () => {
    const many = Array.from({ length: 10 }, (_, at) => `T${at},word ${at}`);
    const path = file('terms.csv', ['term,definition', ...many].join('\n'));
    const first = terminal();
    expect(await ingestCsv(first, [path], { wait: true })).toBe(0);
    expect(first.noted).toEqual([]);
    file('terms.csv', ['term,definition', ...many.slice(0, 5)].join('\n'));
    const second = terminal();
    expect(await ingestCsv(second, [path], { wait: true })).toBe(0);
    expect(second.noted).toEqual([
      expect.stringMatching(/^HELD: 5 of 10 assets of csv:terms .*cadastre release csv:terms \w+ /),
    ]);
    expect(await names()).toContain('T9');
  });

  it('takes the contracts of a folder, and says which file is none and which is refused', async () => {
    const contracts = join(folder, 'contracts');
    mkdirSync(contracts);
    const contract = (id: string, version: string): string =>
      `apiVersion: ${version}\nkind: DataContract\nid: ${id}\nstatus: active\nversion: 1.0.0\nschema:\n  - name: ${id}\n`;
    file('contracts/a.odcs.yaml', contract('invoices', 'v3.0.2'));
    file('contracts/b.yaml', contract('old', 'v2.2.2'));
    file('contracts/c.yml', 'services: {}\n');
    file('contracts/d.yaml', 'a: [1\nb: 2\n');
    const seen = terminal();
    expect(await ingestOdcs(seen, contracts, { wait: true })).toBe(4);
    expect(seen.said).toEqual(['1 accepted, 0 known already, 2 refused.']);
    expect(seen.noted).toEqual([
      expect.stringContaining('c.yml is no data contract; left out.'),
      expect.stringContaining("'contract.apiVersion' is 'v2.2.2'; versions 3.0 and 3.1"),
      expect.stringMatching(/d\.yaml is not valid YAML: .*line \d/),
    ]);
    expect(await names()).toContain('invoices');
  });

  it('takes a catalog in JSON-LD', async () => {
    const path = file('catalog.jsonld', JSON.stringify(catalog.document));
    expect(await ingestDcat(terminal(), path, { wait: true, source: 'open' })).toBe(0);
    expect(await names()).toContain('https://open.example/trees');
    const remote = file('remote.jsonld', JSON.stringify({ '@context': 'https://x.example/c.jsonld' }));
    const seen = terminal();
    expect(await ingestDcat(seen, remote, { wait: true })).toBe(4);
    expect(seen.noted.join()).toContain('would have to be fetched');
  });

  it('reads the encodings that spreadsheets save in', () => {
    expect(decoded(Buffer.from('größe'))).toBe('größe');
    expect(decoded(Buffer.from('\uFEFFgröße', 'utf16le'))).toBe('größe');
    expect(decoded(Buffer.from('größe', 'latin1'))).toBe('größe');
  });
});
