import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { manifestOf } from '../../src/features/ingestion/readers/dbt/artifacts.testing.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { runCadastre, tokenOf, type Outcome } from '../support/command-line.js';

const ROOT = join(import.meta.dirname, '../..');
const SAMPLES = join(ROOT, '../shared/samples');
const EXAMPLE = 'docs/examples/events.ndjson';

let test: TestApp;
let folder: string;
beforeAll(async () => {
  test = await startTestApp({ accounts: [{ handle: 'guest' }] });
  folder = mkdtempSync(join(tmpdir(), 'cadastre cli '));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await test.close();
});

const cadastre = (args: readonly string[], options?: { input?: string; env?: object }): Promise<Outcome> =>
  runCadastre(test, args, options);

const guest = () => ({ env: tokenOf(test, 'guest') });

describe('the command line', () => {
  it('takes a file, and what it said is found at once', async () => {
    const ingest = await cadastre(['ingest', 'openlineage', EXAMPLE]);
    expect(ingest).toEqual({ code: 0, out: '5 events: 5 accepted, 0 known already, 0 failed.\n', err: '' });
    const search = await cadastre(['search', 'late', 'fees', '--json']);
    expect(search.code).toBe(0);
    expect(JSON.parse(search.out).nodes[0].asset.name).toBe('library.marts.late_fees');
  });

  it('knows what it has taken before, from standard input too', async () => {
    const again = await cadastre(['ingest', 'openlineage', '-', '--json'], { input: join(ROOT, EXAMPLE) });
    expect(again.code).toBe(0);
    expect(JSON.parse(again.out)).toMatchObject({ received: 5, accepted: 0, duplicates: 5, failed: [] });
  });

  it('shows where assets and columns come from', async () => {
    const assets = await cadastre(['lineage', 'library.marts.late_fees', '--upstream']);
    expect(assets.out).toBe(
      [
        'upstream:',
        'dataset:snowflake%3A%2F%2Flibrary-eu1/library.marts.late_fees',
        '  dataset:s3%3A%2F%2Flibrary-lake/landing%2Floans  [charge_late_fees]',
        '    dataset:postgres%3A%2F%2Fdesk.library.example%3A5432/desk.public.loans  [copy_loans]',
        '',
      ].join('\n'),
    );
    const columns = await cadastre(['lineage', 'late_fees', '--column', 'fee_cents', '--upstream', '--json']);
    const { UPSTREAM } = JSON.parse(columns.out) as { UPSTREAM: { nodes: { column: string; distance: number }[] } };
    expect(UPSTREAM.nodes.map(({ distance, column }) => `${distance} ${column}`).sort()).toEqual([
      '0 fee_cents',
      '1 due_on',
      '1 returned_on',
      '2 due_on',
      '2 returned_on',
    ]);
  });

  it('writes a lineage for other programs, as of a day too', async () => {
    const dot = await cadastre(['lineage', 'late_fees', '--format', 'dot']);
    expect(dot.err).toBe('');
    expect(dot.out).toMatch(/^digraph lineage \{[^]*label="charge_late_fees"[^]*\}\n$/);
    const csv = await cadastre(['lineage', 'late_fees', '--format', 'csv', '--hops', '1']);
    expect(csv.out.split('\r\n')).toHaveLength(2);
    expect(csv.err).toBe('There is more upstream; --hops shows more.\n');
    const down = await cadastre(['lineage', 'late_fees', '--format', 'mermaid', '--downstream']);
    expect(down.out).toBe('flowchart LR\n  n0["library.marts.late_fees"]\n');
    const before = await cadastre(['lineage', 'late_fees', '--format', 'dot', '--as-of', '2001-01-01']);
    expect(before.out).not.toContain('->');
  });

  it('says which of the input was refused, and takes the rest', async () => {
    const file = join(folder, 'mixed.ndjson');
    writeFileSync(
      file,
      '{"eventTime":"2026-01-01T00:00:00Z","run":{"runId":"r"},"job":{"namespace":"n","name":"j"}}\n{oops\n',
    );
    const { code, out } = await cadastre(['ingest', 'openlineage', file]);
    expect(code).toBe(4);
    expect(out).toMatch(/^2 events: 1 accepted, 0 known already, 1 failed\.\n.*mixed\.ndjson, line 2: not valid JSON/);
  });

  it.each([
    ['nothing is found', 1, ['search', 'nixgibtes'], 'Nothing found.'],
    ['nothing has that name', 1, ['lineage', 'nixgibtes'], 'No asset is called nixgibtes.'],
    ['a time is none', 2, ['lineage', 'late_fees', '--as-of', 'soon'], 'not soon.'],
    ['there is no such command', 2, ['fly'], "unknown command 'fly'"],
    ['a number is out of range', 2, ['search', 'loans', '--first', '500'], 'first is 1–100, not 500.'],
    ['there is no such file', 2, ['ingest', 'openlineage', 'nowhere.json'], 'There is no file or folder nowhere.json.'],
    ['there is no manifest', 2, ['ingest', 'dbt', 'docs'], 'There is no manifest.json in docs.'],
    ['the token is wrong', 3, ['status', '--token', 'cad_wrong'], 'The token is unknown, ended or revoked.'],
  ])('ends, when %s, with %i', async (_, code, args, message) => {
    const outcome = await cadastre(args);
    expect(outcome).toMatchObject({ code, err: expect.stringContaining(message) });
    expect(outcome.err).not.toContain('    at ');
  });

  it.each([[['dump']], [['failed']], [['replay']], [['rebuild']], [['ingest', 'openlineage', EXAMPLE]]])(
    'ends %j with 3 for whoever may not',
    async (args) => {
      const outcome = await cadastre(args, guest());
      expect(outcome).toMatchObject({ code: 3, out: '', err: expect.stringContaining('No policy allows you') });
    },
  );

  it('needs a token', async () => {
    const { code, err } = await cadastre(['status'], { env: { CADASTRE_TOKEN: '' } });
    expect({ code, err }).toEqual({
      code: 3,
      err: `${test.url} does not let you in. Set CADASTRE_TOKEN or give --token.\n`,
    });
  });
});

describe("dbt's target folder", () => {
  it('is sent as its files are, byte order marks and freshness included', async () => {
    const target = mkdtempSync(join(folder, 'target '));
    writeFileSync(join(target, 'manifest.json'), `\uFEFF${JSON.stringify(manifestOf(12))}`);
    writeFileSync(join(target, 'sources.json'), JSON.stringify({ metadata: {}, results: [] }));
    const args = ['ingest', 'dbt', target, '--dataset-namespace', 'postgres://farm-db:5432', '--json'];
    const first = await cadastre(args);
    expect(first).toMatchObject({ code: 0, err: '' });
    expect(JSON.parse(first.out)).toMatchObject({
      accepted: 1,
      warnings: [],
      files: [{ path: join(target, 'manifest.json') }, { path: join(target, 'sources.json'), bytes: 28 }],
      isProjected: true,
    });
    expect((await cadastre(args.slice(0, -1))).out).toMatch(/^Known already: .*manifest\.json \(0\.0 MB\)/);
    expect((await cadastre(['search', 'eggs_by_hen'])).out).toContain('farm.public.eggs_by_hen');
  });

  it('says which file is broken, and what to do', async () => {
    const target = mkdtempSync(join(folder, 'broken '));
    writeFileSync(join(target, 'manifest.json'), JSON.stringify(manifestOf(12)));
    writeFileSync(join(target, 'catalog.json'), '{"nodes": {');
    const { code, err } = await cadastre(['ingest', 'dbt', target]);
    expect(code).toBe(4);
    expect(err).toContain(`${join(target, 'catalog.json')} is not valid JSON`);
    expect(err).toContain('Run it again.');
  });

  it('warns of a manifest that is too new, and refuses one that is too old', async () => {
    const target = mkdtempSync(join(folder, 'versions '));
    writeFileSync(join(target, 'manifest.json'), JSON.stringify(manifestOf(99)));
    expect(await cadastre(['ingest', 'dbt', target])).toMatchObject({
      code: 0,
      err: expect.stringContaining('manifest is of v99; v4 to v12 are known'),
    });
    writeFileSync(join(target, 'manifest.json'), JSON.stringify(manifestOf(3)));
    expect(await cadastre(['ingest', 'dbt', target])).toMatchObject({
      code: 4,
      err: expect.stringContaining('Make it anew with dbt 1.0 or newer.'),
    });
  });
});

describe.skipIf(!existsSync(SAMPLES))('the command line takes shared samples (skipped where they are absent)', () => {
  it.each([
    ['openlineage-compat-a', ['openlineage'], { received: 37, accepted: 37, failed: [] }],
    ['marquez-events/apples', ['openlineage'], { received: 8, accepted: 8, failed: [] }],
    ['dbt-jaffle-shop-1.12', ['dbt'], { accepted: 1, duplicates: 0 }],
  ])('%s', async (sample, kind, expected) => {
    const { code, out } = await cadastre(['ingest', ...kind, join(SAMPLES, sample), '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ ...expected, isProjected: true });
  });
});
