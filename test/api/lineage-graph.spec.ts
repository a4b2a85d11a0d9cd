import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MemoryGraph } from '../../src/features/lineage/memory-graph.js';
import { Log } from '../../src/platform/observability/log.js';
import { Metrics } from '../../src/platform/observability/metrics.js';
import { startTestApp, type TestApp } from '../support/app.js';

const NAMESPACE = 'postgres://db.example:5432';
const ref = (name: string): string => `dataset:${encodeURIComponent(NAMESPACE)}/${name}`;
const run = (job: string, inputs: readonly string[], outputs: readonly string[]): object => ({
  eventType: 'COMPLETE',
  eventTime: '2026-05-01T10:00:00Z',
  run: { runId: `run-${job}` },
  job: { namespace: 'flow', name: job },
  inputs: inputs.map((name) => ({ namespace: NAMESPACE, name })),
  outputs: outputs.map((name) => ({ namespace: NAMESPACE, name })),
});

const LINEAGE = `query ($ref: String!, $min: String) {
  lineage(ref: $ref, direction: DOWNSTREAM, maxHops: 5, minSequence: $min) {
    nodes { asset { name } distance pathCount degree hiddenDegree } edges { from to job { name } origins } truncatedBy sequence } }`;
interface Answer {
  readonly lineage: {
    readonly nodes: readonly { readonly asset: { readonly name: string } }[];
    readonly sequence: string;
  };
}

let test: TestApp;
beforeAll(async () => {
  test = await startTestApp();
  await send(run('one', ['a'], ['b']), run('two', ['b'], ['c', 'd']), run('three', ['b'], ['c']));
});
afterAll(() => test.close());

async function send(...events: readonly object[]): Promise<void> {
  await test.as('admin').post('/api/v1/lineage/batch', events).expect(200);
  await test.settle();
}

async function ask(name: string, min: string | null = null): Promise<Answer['lineage']> {
  return (await test.as('admin').graphql<Answer>(LINEAGE, { ref: ref(name), min })).lineage;
}

const graph = (): MemoryGraph => test.app.get(MemoryGraph, { strict: false });
const namesOf = ({ nodes }: Answer['lineage']): string[] => nodes.map(({ asset }) => asset.name);

async function warm(memory: MemoryGraph = graph()): Promise<void> {
  for (let time = 0; memory.state.away !== null; time += 1) {
    if (time > 500) throw new Error(`The graph did not come up: ${memory.state.away}`);
    await memory.ask('impact', { rootIds: [], direction: 'DOWNSTREAM', condition: true });
    await sleep(20);
  }
}

async function answeredBy(work: () => Promise<unknown>): Promise<string> {
  const count = async (): Promise<number> => {
    const lines = (await test.app.get(Metrics).read()).split('\n');
    return Number(
      / (\d+)$/.exec(lines.find((line) => line.includes('lineage_answers_total{engine="memory"')) ?? ' 0')?.[1],
    );
  };
  const before = await count();
  await work();
  return (await count()) > before ? 'memory' : 'sql';
}

const REACH = `query ($a: String!, $b: String!, $d: String!) {
  impact(refs: [$a]) { count byKind { name count } byDomain { name count } byOwner { name count } }
  up: impact(refs: [$d], direction: UPSTREAM) { count }
  lineagePaths(from: $a, to: $d) { truncated paths { length nodes { name } } }
  none: lineagePaths(from: $d, to: $a) { truncated paths { length } }
  first: lineageNeighbours(ref: $b, direction: DOWNSTREAM, first: 1) { nodes { name } pageInfo { hasNextPage endCursor } } }`;

describe('lineage over HTTP', () => {
  it('counts an impact, lists ways and neighbours, the same from the database and from memory', async () => {
    const variables = { a: ref('a'), b: ref('b'), d: ref('d') };
    const reach = (): Promise<{ first: { pageInfo: { endCursor: string } } }> =>
      test.as('admin').graphql(REACH, variables);
    const cold = await reach();
    expect(cold).toMatchObject({
      impact: { count: 3, byKind: [{ name: 'DATASET', count: 3 }], byOwner: [{ name: null, count: 3 }] },
      up: { count: 2 },
      lineagePaths: { truncated: false, paths: [{ length: 2, nodes: [{ name: 'a' }, { name: 'b' }, { name: 'd' }] }] },
      none: { truncated: false, paths: [] },
      first: { nodes: [{ name: 'c' }], pageInfo: { hasNextPage: true } },
    });
    await warm();
    expect(await reach()).toEqual(cold);
    const NEXT = `query ($b: String!, $after: String) {
      lineageNeighbours(ref: $b, direction: DOWNSTREAM, first: 1, after: $after) { nodes { name } pageInfo { hasNextPage } } }`;
    const next = await test.as('admin').graphql(NEXT, { b: ref('b'), after: cold.first.pageInfo.endCursor });
    expect(next).toEqual({ lineageNeighbours: { nodes: [{ name: 'd' }], pageInfo: { hasNextPage: false } } });
  });

  it('counts what depends on a column', async () => {
    const column = (name: string, from: string): object => ({
      columnLineage: { fields: { [name]: { inputFields: [{ namespace: NAMESPACE, name: from, field: 'k' }] } } },
    });
    await send({
      ...run('columns', ['x'], []),
      outputs: [
        { namespace: NAMESPACE, name: 'y', facets: column('k', 'x') },
        { namespace: NAMESPACE, name: 'z', facets: column('other', 'x') },
      ],
    });
    await send({
      ...run('further', ['y'], []),
      outputs: [{ namespace: NAMESPACE, name: 'w', facets: column('k', 'y') }],
    });
    const IMPACT = `query ($columns: [ColumnRefInput!]) { impact(columns: $columns) { count byKind { name count } } }`;
    const ask = (name: string, path: string): Promise<unknown> =>
      test.as('admin').graphql(IMPACT, { columns: [{ ref: ref(name), column: path }] });
    expect(await ask('x', 'k')).toEqual({ impact: { count: 3, byKind: [{ name: 'DATASET', count: 3 }] } });
    expect(await ask('z', 'other')).toEqual({ impact: { count: 0, byKind: [] } });
    await expect(ask('z', 'nothing')).rejects.toThrow(/No column 'nothing'/);
  });

  it('is the same from the database and from memory', async () => {
    const cold = await ask('a');
    expect(cold).toMatchObject({
      nodes: [
        { asset: { name: 'a' }, distance: 0, pathCount: 1, degree: 1, hiddenDegree: 0 },
        { asset: { name: 'b' }, distance: 1, pathCount: 1, degree: 2, hiddenDegree: 0 },
        { asset: { name: 'c' }, distance: 2, pathCount: 2, degree: 0, hiddenDegree: 0 },
        { asset: { name: 'd' }, distance: 2, pathCount: 1, degree: 0, hiddenDegree: 0 },
      ],
      truncatedBy: null,
    });
    await warm();
    expect(await answeredBy(async () => expect(await ask('a')).toEqual(cold))).toBe('memory');
  });

  it('holds what was committed when it was asked for', async () => {
    await warm();
    for (const at of [1, 2, 3]) {
      const before = await ask('d');
      await send(run(`more-${at}`, ['d'], [`e-${at}`]));
      const after = await ask('d');
      expect(namesOf(after)).toEqual([...namesOf(before), `e-${at}`]);
      expect(Number(after.sequence)).toBeGreaterThan(Number(before.sequence));
      expect(await ask('d', after.sequence)).toEqual(after);
    }
  });

  it('says when it has not come to the position that was asked for', async () => {
    const { body } = await test.as('admin').graphqlRaw(LINEAGE, { ref: ref('a'), min: '999999' });
    expect(body.errors[0].message).toMatch(/^The change log has come to \d+, not yet to 999999/);
    const wrong = await test.as('admin').graphqlRaw(LINEAGE, { ref: ref('a'), min: 'soon' });
    expect(wrong.body.errors[0]).toMatchObject({
      message: expect.stringContaining('minSequence'),
      extensions: { code: 'INVALID' },
    });
  });

  it('stays right when its thread ends, and comes back', async () => {
    await warm();
    const before = await ask('a');
    const worker: unknown = Reflect.get(graph(), 'worker');
    if (!(worker instanceof Worker)) throw new Error('There is no thread.');
    await worker.terminate();
    expect(await answeredBy(async () => expect(await ask('a')).toEqual(before))).toBe('sql');
    await warm();
    expect(await answeredBy(async () => expect(await ask('a')).toEqual(before))).toBe('memory');
    expect(await test.app.get(Metrics).read()).toMatch(/lineage_graph_crashes_total 1/);
  });

  it('is followed by every process on the same database', async () => {
    const url = (test.app.get(DataSource).options as { url: string }).url;
    const other = new MemoryGraph(
      { url, applicationName: 'cadastre-test-other', budgetBytes: 2 ** 26 },
      new Metrics(),
      new Log({ level: 'error' }),
    );
    await warm(other);
    await send(run('late', ['c'], ['f']));
    const rows = await test.database.query<{ id: string }>(
      `SELECT id FROM asset WHERE name IN ('a', 'f') ORDER BY name`,
    );
    const answer = await other.ask('walk', {
      rootId: rows[0]?.id ?? '',
      direction: 'DOWNSTREAM',
      maxHops: 9,
      maxNodes: 100,
      condition: true,
      withEdges: false,
      withDegrees: false,
    });
    expect(answer?.nodes).toContain(rows[1]?.id);
    await other.beforeApplicationShutdown();
  });

  it('is walked in the database when it is larger than allowed, and says so', async () => {
    const small = await startTestApp({ env: { CADASTRE_LINEAGE_MEMORY_BYTES: '100' } });
    await small
      .as('admin')
      .post('/api/v1/lineage/batch', [run('one', ['a'], ['b'])])
      .expect(200);
    await small.settle();
    const memory = small.app.get(MemoryGraph, { strict: false });
    for (let time = 0; memory.state.away !== 'OVER_BUDGET' && time < 500; time += 1) {
      const { lineage } = await small.as('admin').graphql<Answer>(LINEAGE, { ref: ref('a') });
      expect(namesOf(lineage)).toEqual(['a', 'b']);
      await sleep(20);
    }
    await small.as('admin').graphql<Answer>(LINEAGE, { ref: ref('a') });
    expect(await small.app.get(Metrics).read()).toMatch(
      /lineage_answers_total\{engine="sql",reason="OVER_BUDGET"\} \d/,
    );
    await small.close();
  });
});
