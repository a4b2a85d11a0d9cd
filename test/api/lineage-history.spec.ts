import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.js';
import { rebuildCatalog } from '../support/rebuild.js';

const NAMESPACE = 'postgres://db.example:5432';
const ref = (name: string): string => `dataset:${encodeURIComponent(NAMESPACE)}/${name}`;
const table = (name: string): object => ({ namespace: NAMESPACE, name });
const day = (number: number): string => `2026-03-${String(number).padStart(2, '0')}T00:00:00Z`;
const run = (job: string, at: number, [from, to]: readonly [string, string], id = `run-${job}-${at}`): object => ({
  eventType: 'COMPLETE',
  eventTime: day(at),
  run: { runId: id },
  job: { namespace: 'flow', name: job },
  inputs: [table(from)],
  outputs: [table(to)],
});
const drop = (name: string, at: number): object => ({
  eventTime: day(at),
  dataset: { ...table(name), facets: { lifecycleStateChange: { lifecycleStateChange: 'DROP' } } },
});

let test: TestApp;
beforeAll(async () => {
  test = await startTestApp({ accounts: [{ handle: 'nobody' }] });
});
afterAll(() => test.close());

async function send(...events: readonly object[]): Promise<void> {
  await test.as('admin').post('/api/v1/lineage/batch', events).expect(200);
  await test.settle();
}

async function names(name: string, slice: object): Promise<string[]> {
  const QUERY = `query ($ref: String!, $asOf: DateTime, $seenSince: DateTime, $run: ID) {
    lineage(ref: $ref, direction: UPSTREAM, maxHops: 9, asOf: $asOf, seenSince: $seenSince, run: $run) {
      nodes { asset { name } } edges { origins firstSeenAt lastSeenAt } } }`;
  interface Answer {
    readonly lineage: { readonly nodes: readonly { readonly asset: { readonly name: string } }[] };
  }
  const { lineage } = await test.as('admin').graphql<Answer>(QUERY, { ref: ref(name), ...slice });
  return lineage.nodes.map(({ asset }) => asset.name);
}

describe('lineage as of a date', () => {
  it('is what held then, whatever came and went since', async () => {
    await send(
      run('one', 1, ['a', 'b']),
      run('two', 5, ['b', 'report']),
      drop('b', 10),
      run('three', 12, ['c', 'report']),
    );
    expect(await names('report', {})).toEqual(['report', 'c']);
    expect(await names('report', { asOf: day(3) })).toEqual(['report']);
    expect(await names('report', { asOf: day(7) })).toEqual(['report', 'b', 'a']);
    expect(await names('report', { asOf: day(11) })).toEqual(['report']);
    expect(await names('report', { asOf: day(13) })).toEqual(['report', 'c']);
  });

  it('outlives a rebuild', async () => {
    await send(run('early', 2, ['s', 't']), drop('s', 4), run('later', 6, ['u', 't']));
    const then = await names('t', { asOf: day(3) });
    expect(then).toEqual(['t', 's']);
    await rebuildCatalog(test);
    expect(await names('t', { asOf: day(3) })).toEqual(then);
    expect(await names('t', { asOf: day(5) })).toEqual(['t']);
    expect(await names('t', {})).toEqual(['t', 'u']);
  });

  it('is the same in whatever order and however often the events come', async () => {
    let round = 0;
    const make = (at: number): object[] => [
      run(`o-${at}`, 1, [`a-${at}`, `b-${at}`]),
      drop(`b-${at}`, 4),
      run(`o-${at}`, 6, [`a-${at}`, `b-${at}`]),
    ];
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([0, 1, 2, 0, 1, 2], { minLength: 6 }), async (order) => {
        round += 1;
        const events = make(round);
        for (const at of order) await send(events[at] ?? {});
        const answers = [];
        for (const at of [2, 5, 7]) answers.push((await names(`b-${round}`, { asOf: day(at) })).length);
        expect(answers).toEqual([2, 1, 2]);
      }),
      { numRuns: 6 },
    );
  });

  it('differs between two dates in what came and what went', async () => {
    const QUERY = `query ($ref: String!, $from: DateTime!, $to: DateTime!) {
      lineageDiff(ref: $ref, direction: UPSTREAM, maxHops: 9, from: $from, to: $to) {
        added { assets { name } edges { job { name } } } removed { assets { name } edges { job { name } } } truncated } }`;
    const ask = (from: string, to: string): Promise<unknown> =>
      test.as('admin').graphql(QUERY, { ref: ref('report'), from, to });
    expect(await ask(day(7), day(13))).toEqual({
      lineageDiff: {
        added: { assets: [{ name: 'c' }], edges: [{ job: { name: 'three' } }] },
        removed: { assets: [{ name: 'b' }, { name: 'a' }], edges: expect.arrayContaining([{ job: { name: 'two' } }]) },
        truncated: false,
      },
    });
    await expect(ask(day(9), day(8))).rejects.toThrow(/from must not be later than to/);
  });
});

describe('a part of the lineage', () => {
  it('is what one run read and wrote, and what somebody still says', async () => {
    await send(run('nightly', 1, ['k', 'm']), run('nightly', 20, ['l', 'm']));
    expect(await names('m', {})).toEqual(['m', 'k', 'l']);
    expect(await names('m', { seenSince: day(10) })).toEqual(['m', 'l']);
    const rows = await test.database.query<{ id: string }>(`SELECT id FROM run WHERE external_id = 'run-nightly-1'`);
    expect(await names('m', { run: rows[0]?.id })).toEqual(['m', 'k']);
  });

  it('answers for the run of a hidden job as for none', async () => {
    const none = '00000000-0000-4000-8000-000000000009';
    await expect(names('m', { run: none })).rejects.toThrow(`No run '${none}' was found.`);
    await expect(names('m', { run: 'x' })).rejects.toThrow(`No run 'x' was found.`);
    await expect(names('m', { run: none, asOf: day(1) })).rejects.toThrow(/Give one of/);
  });
});
