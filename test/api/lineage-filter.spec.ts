import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.js';
import { applyPolicies, HIDDEN_BY_TAG } from '../support/policies.js';

const table = (name: string, facets: object = {}): object => ({ namespace: 'db', name, facets });
const flow = (from: string, to: string, type = 'COMPLETE'): object => ({
  eventType: type,
  eventTime: '2026-01-01T00:00:00Z',
  run: { runId: `${from}-${to}` },
  job: { namespace: 'flow', name: `${from}-${to}` },
  inputs: [table(from)],
  outputs: [table(to)],
});
const tagged = (name: string, ...tags: string[]): object => ({
  eventTime: '2026-01-01T00:00:00Z',
  dataset: table(name, { tags: { tags: tags.map((key) => ({ key, value: 'true', source: 'x' })) } }),
});

let test: TestApp;
beforeAll(async () => {
  test = await startTestApp({ accounts: [{ handle: 'reader' }] });
  await applyPolicies(test, HIDDEN_BY_TAG);
});
afterAll(() => test.close());

async function send(...events: readonly object[]): Promise<void> {
  await test.as('admin').post('/api/v1/lineage/batch', events).expect(200);
  await test.settle();
}

interface Shown {
  readonly nodes: readonly { readonly asset: { readonly id: string; readonly name: string } }[];
  readonly edges: readonly { readonly from: string; readonly to: string; readonly isContracted: boolean }[];
  readonly leftOut: number;
  readonly truncatedBy: string | null;
}

async function walk(ref: string, filter: object, handle = 'admin'): Promise<Shown> {
  const QUERY = `query ($ref: String!, $filter: LineageFilter) {
    lineage(ref: $ref, direction: DOWNSTREAM, maxHops: 20, filter: $filter) {
      nodes { asset { id name } } edges { from to isContracted } leftOut truncatedBy } }`;
  return (await test.as(handle).graphql<{ lineage: Shown }>(QUERY, { ref: `dataset:db/${ref}`, filter })).lineage;
}

/** 'a>b', and 'a~b' for one that leads over what is left out; by name. */
function flowsOf({ nodes, edges }: Shown): string[] {
  const names = new Map(nodes.map(({ asset }) => [asset.id, asset.name]));
  const text = (id: string): string => names.get(id) ?? 'not shown';
  return edges.map(({ from, to, isContracted }) => `${text(from)}${isContracted ? '~' : '>'}${text(to)}`).toSorted();
}

describe('a filter of a lineage', () => {
  it('passes assets through that it does not show, and says how many', async () => {
    await send(flow('a', 'b'), flow('b', 'c'), flow('c', 'd'), flow('a', 'd'), tagged('a', 'x'), tagged('d', 'x', 'y'));
    const shown = await walk('a', { tags: ['x'] });
    expect(flowsOf(shown)).toEqual(['a>d']);
    expect(shown).toMatchObject({ leftOut: 2, truncatedBy: null });
    expect(flowsOf(await walk('b', { tags: ['x', 'y'] }))).toEqual(['b~d']);
    expect(flowsOf(await walk('b', { kinds: ['DASHBOARD'] }))).toEqual([]);
    expect(flowsOf(await walk('b', { namespaces: ['db'] }))).toEqual(['b>c', 'c>d']);
  });

  it('does not count, nor lead over, what is hidden', async () => {
    await send(flow('p', 'q'), flow('q', 'r'), flow('p', 's'), flow('s', 't'), tagged('q', 'hidden'), tagged('t', 'x'));
    const shown = await walk('p', { tags: ['x'] }, 'reader');
    expect(flowsOf(shown)).toEqual(['p~t']);
    expect(shown.leftOut).toBe(1);
    expect((await walk('p', { tags: ['x'] })).leftOut).toBe(3);
  });

  it('goes only along flows that one of the origins says', async () => {
    await send(flow('k', 'l'), flow('x', 'm'));
    const add =
      'mutation { lineageEdgeAdd(from: "dataset:db/k", to: "dataset:db/m", reason: "x") { userErrors { code } } }';
    await test.as('admin').graphql(add);
    expect(flowsOf(await walk('k', {}))).toEqual(['k>l', 'k>m']);
    expect(flowsOf(await walk('k', { origins: ['MANUAL'] }))).toEqual(['k>m']);
    expect(flowsOf(await walk('k', { origins: ['OBSERVED', 'SQL'] }))).toEqual(['k>l']);
  });

  it('shows an edge wherever there is a way over nothing but what is left out', async () => {
    const places = [0, 1, 2, 3, 4, 5, 6];
    let round = 0;
    const pairs = fc.uniqueArray(fc.tuple(fc.constantFrom(...places), fc.constantFrom(...places)), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(pairs, fc.subarray(places), async (flows, marked) => {
        round += 1;
        const name = (place: number): string => `g${round}-${place}`;
        const acyclic = flows.filter(([from, to]) => from < to);
        const events = acyclic.map(([from, to]) => flow(name(from), name(to)));
        await send(flow(name(0), name(1)), ...events, ...marked.map((place) => tagged(name(place), 'x')));
        const next = (from: number): number[] =>
          [[0, 1] as const, ...acyclic].filter(([start]) => start === from).map(([, to]) => to);
        const isShown = (place: number): boolean => place === 0 || marked.includes(place);
        const over = (from: number): number[] => next(from).flatMap((to) => (isShown(to) ? [to] : over(to)));
        const reached = new Set<number>([0]);
        for (const place of reached) for (const to of next(place)) reached.add(to);
        const expected = [...reached]
          .filter(isShown)
          .flatMap((from) =>
            [...new Set(over(from))].map((to) => `${name(from)}${next(from).includes(to) ? '>' : '~'}${name(to)}`),
          );
        expect(flowsOf(await walk(name(0), { tags: ['x'] }))).toEqual(expected.toSorted());
      }),
      { numRuns: 10 },
    );
  }, 60_000);
});

describe('a filter of a lineage of columns', () => {
  it('goes only along direct or indirect flows, and those that mask nothing', async () => {
    const input = (field: string, type: string, masking: boolean): object => ({
      namespace: 'db',
      name: 'source',
      field,
      transformations: [{ type, subtype: type === 'DIRECT' ? 'TRANSFORMATION' : 'FILTER', masking }],
    });
    const inputFields = [
      input('plain', 'DIRECT', false),
      input('masked', 'DIRECT', true),
      input('filter', 'INDIRECT', false),
    ];
    const columnLineage = { fields: { out: { inputFields } } };
    await send({
      eventType: 'COMPLETE',
      eventTime: '2026-01-01T00:00:00Z',
      run: { runId: 'columns' },
      job: { namespace: 'flow', name: 'columns' },
      inputs: [table('source')],
      outputs: [table('target', { columnLineage })],
    });
    const QUERY = `query ($filter: ColumnLineageFilter) {
      columnLineage(ref: "dataset:db/target", column: "out", direction: UPSTREAM, filter: $filter) { nodes { column } edges { fromColumn } } }`;
    const ask = async (filter: object): Promise<string[]> => {
      const { columnLineage: found } = await test.as('admin').graphql<{
        columnLineage: { nodes: readonly { column: string }[]; edges: readonly { fromColumn: string }[] };
      }>(QUERY, { filter });
      expect(found.edges).toHaveLength(found.nodes.length - 1);
      return found.nodes
        .slice(1)
        .map(({ column }) => column)
        .toSorted();
    };
    expect(await ask({})).toEqual(['filter', 'masked', 'plain']);
    expect(await ask({ transformation: 'DIRECT' })).toEqual(['masked', 'plain']);
    expect(await ask({ transformation: 'INDIRECT' })).toEqual(['filter']);
    expect(await ask({ isUnmasked: true })).toEqual(['filter', 'plain']);
    expect(await ask({ transformation: 'DIRECT', isUnmasked: true })).toEqual(['plain']);
  });
});
