import { mkdtempSync, mkdirSync, writeFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { Client, retryAfterMs } from './client.js';
import { dryRunText } from './dry-run.js';
import { batchesOf, eventsIn, eventsOfText, type FoundEvent } from './event-files.js';
import { reportText } from './ingest-openlineage.js';
import { replay } from './operate.js';
import { table } from './terminal.js';
import { treeLines } from './tree.js';
import { waitForProjection } from './wait-for-projection.js';

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

describe('eventsOfText', () => {
  it('takes one event, or an array of them', () => {
    expect([...eventsOfText('a.json', '{"x":1}')]).toEqual([{ file: 'a.json', place: null, event: { x: 1 } }]);
    expect([...eventsOfText('a.json', '\uFEFF[1, 2]')]).toEqual([
      { file: 'a.json', place: 'event 1', event: 1 },
      { file: 'a.json', place: 'event 2', event: 2 },
    ]);
  });

  it('takes one a line, and says which line is broken', () => {
    const [first, second, third] = [...eventsOfText('-', '{"x":1}\n\n{broken\n{"x":2}\n')];
    expect(first).toEqual({ file: '-', place: 'line 1', event: { x: 1 } });
    expect(second).toMatchObject({ place: 'line 3', problem: expect.stringContaining('not valid JSON') });
    expect(third).toEqual({ file: '-', place: 'line 4', event: { x: 2 } });
  });

  it('says that a document is broken', () => {
    const [only, ...others] = [...eventsOfText('a.json', '{\n"x": ')];
    expect(only).toMatchObject({ place: null, problem: expect.stringContaining('not valid JSON') });
    expect(others).toEqual([]);
  });
});

describe('eventsIn', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cadastre-cli-'));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('walks folders in name order and leaves other files out', async () => {
    mkdirSync(join(folder, 'b'), { recursive: true });
    writeFileSync(join(folder, 'c.json'), '3');
    writeFileSync(join(folder, 'a.ndjson'), '1\r\n\r\n2\r\n');
    writeFileSync(join(folder, 'b', 'x.jsonl'), '"b"');
    writeFileSync(join(folder, 'readme.md'), 'no');
    const events = await all(eventsIn(folder, Readable.from([])));
    expect(events.map(({ event }) => event)).toEqual([1, 2, 'b', 3]);
    expect(events[1]?.place).toBe('line 3');
  });

  it('reads standard input', async () => {
    expect(await all(eventsIn('-', Readable.from(['[1,', '2]'])))).toHaveLength(2);
  });

  it('refuses a path that is not there', async () => {
    await expect(all(eventsIn(join(folder, 'missing'), Readable.from([])))).rejects.toMatchObject({ exitCode: 2 });
  });
});

describe('dryRunText', () => {
  it('shows each change with what it was and what it would be', () => {
    const text = dryRunText({
      summary: { created: 1, changed: 1 },
      changes: [
        { ref: 'dataset:db/new', change: 'CREATED', fields: [] },
        {
          ref: 'dataset:db/old',
          change: 'CHANGED',
          fields: [{ column: 'id', attribute: 'dataType', before: 'int', after: 'x'.repeat(100) }],
        },
      ],
      isTruncated: false,
      edgesAdded: [{ from: 'dataset:db/old', to: 'dataset:db/new', job: 'job:etl/load' }],
      edgesRemoved: [],
      held: [{ sourceKey: 'dbt:shop', knownCount: 10, goneCount: 4 }],
      refused: [{ index: 2, reason: 'no time' }],
    });
    expect(text.split('\n')).toEqual([
      'CREATED  dataset:db/new',
      'CHANGED  dataset:db/old',
      `           id: dataType "int" → "${'x'.repeat(59)}…`,
      '+ dataset:db/old → dataset:db/new by job:etl/load',
      'HELD     dbt:shop: 4 of 10 would go; a person has to release that.',
      'REFUSED  message 3: no time',
      'Dry run, nothing was changed: 1 created, 1 changed, 1 flows more, 0 flows less.',
    ]);
  });
});

describe('batchesOf', () => {
  const event = (size: number): FoundEvent => ({ file: 'f', place: null, event: 'x'.repeat(size) });

  it('holds 200 events at most', async () => {
    const batches = await all(batchesOf(Array.from({ length: 401 }, () => event(1))));
    expect(batches.map((batch) => batch.length)).toEqual([200, 200, 1]);
  });

  it('holds 4 million characters at most; a larger event goes alone', async () => {
    const batches = await all(batchesOf([event(3_000_000), event(2_000_000), event(9_000_000), event(1)]));
    expect(batches.map((batch) => batch.length)).toEqual([1, 1, 1, 1]);
  });
});

describe('retryAfterMs', () => {
  const now = Date.parse('2026-11-24T12:00:00Z');

  it.each([
    [null, 2000],
    ['3', 3000],
    ['0', 100],
    ['9999', 30_000],
    ['Tue, 24 Nov 2026 12:00:05 GMT', 5000],
    ['soon', 2000],
  ])('reads %s', (header, ms) => {
    expect(retryAfterMs(header, now)).toBe(ms);
  });
});

describe('Client', () => {
  let server: Server | undefined;
  afterEach(() => server?.close());

  async function serve(answers: [status: number, body: unknown, headers?: Record<string, string>][]) {
    const bodies: string[] = [];
    server = createServer(async (request, response) => {
      const chunks = await all<Buffer>(request);
      const raw = Buffer.concat(chunks);
      bodies.push((request.headers['content-encoding'] === 'gzip' ? gunzipSync(raw) : raw).toString());
      const [status, body, headers] = answers.shift() ?? [500, {}];
      response.writeHead(status, headers).end(JSON.stringify(body));
    });
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const waits: number[] = [];
    const wait = async (ms: number) => waits.push(ms);
    const url = `http://127.0.0.1:${port}`;
    return { client: new Client({ url, token: 't', wait }), url, bodies, waits };
  }

  it('waits as long as a busy service says, and sends the same again', async () => {
    const { client, bodies, waits } = await serve([
      [503, {}, { 'retry-after': '2' }],
      [200, { ok: true }],
    ]);
    const body = { text: 'x'.repeat(5000) };
    expect(await client.json({ path: '/', body })).toEqual({ ok: true });
    expect(waits).toEqual([2000]);
    expect(bodies).toEqual([JSON.stringify(body), JSON.stringify(body)]);
  });

  it('gives up on a service that is not there', async () => {
    const waits: number[] = [];
    const { url } = await serve([]);
    await new Promise((resolve) => server?.close(resolve));
    const client = new Client({ url, token: 't', wait: async (ms) => waits.push(ms) });
    await expect(client.json({ path: '/' })).rejects.toMatchObject({ exitCode: 3 });
    expect(waits).toEqual([500, 1000, 2000, 4000]);
  });

  it('does not wait for an address that cannot work', async () => {
    const client = new Client({ url: 'http://127.0.0.1:1', token: 't', wait: async () => Promise.reject(new Error()) });
    await expect(client.json({ path: '/' })).rejects.toMatchObject({ exitCode: 3 });
  });

  it.each([
    [401, {}, 3, 'The token is unknown, ended or revoked.'],
    [403, { error: { message: 'Needs operate.' } }, 3, 'answered 403: Needs operate.'],
    [413, { error: { message: 'Too large.' } }, 4, 'answered 413: Too large.'],
    [500, 'oops', 3, 'It did not say why.'],
  ])('says what an answer of %i means', async (status, body, exitCode, message) => {
    const { client } = await serve([[status, body]]);
    await expect(client.json({ path: '/' })).rejects.toMatchObject({
      exitCode,
      message: expect.stringContaining(message),
    });
  });

  it('says that GraphQL did not let it in', async () => {
    const { client } = await serve([[401, { errors: [{ message: 'Send a valid token.' }] }]]);
    await expect(client.graphql('{ a }', {})).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringContaining('does not let you in'),
    });
  });

  it('says what a service answers that cannot answer GraphQL', async () => {
    const { client } = await serve([[500, { error: { message: 'The database does not answer.' } }]]);
    await expect(client.graphql('{ a }', {})).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringContaining('answered 500: The database does not answer.'),
    });
  });

  it('takes a GraphQL NOT_FOUND for nothing, another error for a failure', async () => {
    const { client } = await serve([
      [200, { errors: [{ message: 'No.', extensions: { code: 'NOT_FOUND' } }] }],
      [200, { errors: [{ message: 'Forbidden.', extensions: { code: 'FORBIDDEN' } }] }],
    ]);
    expect(await client.graphql('{ a }', {})).toBeNull();
    await expect(client.graphql('{ a }', {})).rejects.toMatchObject({ exitCode: 3, message: 'Forbidden.' });
  });

  it.each(['INVALID', 'BAD_USER_INPUT'])('takes a GraphQL %s for wrong usage, not for nothing', async (code) => {
    const { client } = await serve([
      [200, { errors: [{ message: 'first is 1–100, not 500.', extensions: { code } }] }],
    ]);
    await expect(client.graphql('{ a }', {})).rejects.toMatchObject({
      exitCode: 2,
      message: 'first is 1–100, not 500.',
    });
  });

  it.each([
    ['FORBIDDEN', 3],
    ['INVALID', 2],
  ])('ends a refused mutation with %s by %i', async (code, exitCode) => {
    const userErrors = [{ message: 'No.', code }];
    const { client } = await serve([[200, { data: { failedEventsReplay: { replayed: 0, userErrors } } }]]);
    const terminal = { isJson: false, client, out: () => {}, note: () => {}, progress: () => {} };
    await expect(replay(terminal, [])).rejects.toMatchObject({ exitCode, message: 'No.' });
  });

  it('waits until what was received is projected, and search has seen it', async () => {
    const { client } = await serve([
      [200, { backlog: 2, failed: 0, lag: 0 }],
      [200, { backlog: 0, failed: 0, lag: 3 }],
      [200, { backlog: 0, failed: 0, lag: 0 }],
    ]);
    const seen: string[] = [];
    const progress = (text: string): void => void seen.push(text);
    const terminal = { isJson: false, client, out: () => {}, note: () => {}, progress };
    expect(await waitForProjection(terminal)).toBe(true);
    expect(seen).toEqual(['2 messages wait to be worked in', '3 changes wait to be indexed']);
  });

  it('says when something else than Cadastre answers', async () => {
    const { client } = await serve([]);
    server?.removeAllListeners('request').on('request', (_, response) => response.end('<html>'));
    await expect(client.json({ path: '/' })).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringContaining('not as Cadastre does'),
    });
    await expect(client.graphql('{ a }', {})).rejects.toMatchObject({ exitCode: 3 });
  });

  it('takes an empty token for none', async () => {
    const { url } = await serve([[401, {}]]);
    const client = new Client({ url, token: '' });
    await expect(client.json({ path: '/' })).rejects.toMatchObject({
      message: expect.stringContaining('Set CADASTRE_TOKEN or give --token.'),
    });
  });
});

describe('treeLines', () => {
  const labels = new Map([...'abcd'].map((key) => [key, key.toUpperCase()]));

  it('opens what is reached twice only once, and ends on circles', () => {
    const steps = [
      { from: 'a', to: 'c', via: 'job' },
      { from: 'a', to: 'b', via: '' },
      { from: 'b', to: 'c', via: 'x' },
      { from: 'b', to: 'c', via: 'w' },
      { from: 'c', to: 'a', via: '' },
    ];
    expect(treeLines({ root: 'a', labels, steps, direction: 'DOWNSTREAM' })).toEqual([
      'A',
      '  B',
      '    C  [w, x]',
      '      A  (see above)',
      '  C  [job]  (see above)',
      '  D',
    ]);
  });

  it('walks against the data upstream', () => {
    const steps = [{ from: 'a', to: 'b', via: '' }];
    const pair = new Map([...labels].slice(0, 2));
    expect(treeLines({ root: 'b', labels: pair, steps, direction: 'UPSTREAM' })).toEqual(['B', '  A']);
  });

  it('draws a chain of 20,000', () => {
    const steps = Array.from({ length: 20_000 }, (_, at) => ({ from: `${at}`, to: `${at + 1}`, via: '' }));
    expect(treeLines({ root: '0', labels: new Map(), steps, direction: 'DOWNSTREAM' })).toHaveLength(20_001);
  });
});

describe('texts', () => {
  it('aligns all but the last column', () => {
    expect(
      table([
        ['a', 'bb', 'c'],
        ['aaa', 'b', 'ccc'],
      ]),
    ).toBe('a    bb  c\naaa  b   ccc');
  });

  it('shows the first twenty failures with file, place and reason', () => {
    const failed = Array.from({ length: 21 }, (_, at) => ({
      file: 'f.ndjson',
      place: `line ${at + 1}`,
      reason: 'no job',
    }));
    const text = reportText({ received: 30, accepted: 8, duplicates: 1, failed });
    expect(text.split('\n')).toHaveLength(22);
    expect(text).toContain('30 events: 8 accepted, 1 known already, 21 failed.\n  f.ndjson, line 1: no job\n');
    expect(text).toContain('and 1 more');
  });
});
