import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.js';
import { applyPolicies, HIDDEN_BY_TAG } from '../support/policies.js';

type Json = Record<string, unknown>;

const dataset = (name: string, facets: object = {}, more: object = {}): object => ({
  namespace: 'db',
  name,
  facets,
  ...more,
});
const time = (minute: number): string => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();
const run = (job: string, minute: number, more: Json = {}): Json => ({
  eventType: 'COMPLETE',
  eventTime: time(minute),
  producer: 'https://example.org/p',
  schemaURL: 'https://example.org/s',
  run: { runId: `run-${job}` },
  job: { namespace: 'flow', name: job },
  ...more,
});
const fields = (...names: string[]): object => ({ schema: { fields: names.map((name) => ({ name, type: 'int' })) } });
const drop = { lifecycleStateChange: { lifecycleStateChange: 'DROP' } };

describe('OpenLineage events', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp({
      accounts: [
        { handle: 'nora' },
        { handle: 'sender', roles: ['ingestor'], ingestNamespaces: ['db', 'flow'] },
        { handle: 'other', roles: ['ingestor'] },
      ],
    });
    await applyPolicies(test, HIDDEN_BY_TAG);
  });
  afterAll(() => test.close());

  const send = async (...events: object[]): Promise<void> => {
    await test.as('admin').post('/api/v1/lineage/batch', events).expect(200);
    await test.settle();
  };
  const ask = async <T>(query: string, handle = 'admin'): Promise<T> => test.as(handle).graphql<T>(query);
  const edges = async (name: string, direction: string, kind = 'dataset:db'): Promise<string[]> => {
    const { lineage } = await ask<{
      lineage: { nodes: { asset: { id: string; name: string } }[]; edges: { from: string; to: string }[] };
    }>(
      `{ lineage(ref: "${kind}/${name}", direction: ${direction}, maxHops: 9) { nodes { asset { id name } } edges { from to } } }`,
    );
    const names = new Map(lineage.nodes.map(({ asset }) => [asset.id, asset.name]));
    return lineage.edges.map(({ from, to }) => `${names.get(from) ?? from} → ${names.get(to) ?? to}`).sort();
  };
  const columnEdges = async (name: string, column: string): Promise<string[]> => {
    const { columnLineage } = await ask<{ columnLineage: { edges: { fromColumn: string; toColumn: string }[] } }>(
      `{ columnLineage(ref: "dataset:db/${name}", column: "${column}", direction: UPSTREAM) { edges { fromColumn toColumn } } }`,
    );
    return columnLineage.edges.map(({ fromColumn, toColumn }) => `${fromColumn} → ${toColumn}`);
  };

  describe('that drop a dataset', () => {
    const columnLineage = { fields: { y: { inputFields: [{ namespace: 'db', name: 'drop_in', field: 'x' }] } } };
    const load = run('drop_load', 1, {
      inputs: [dataset('drop_in', fields('x'))],
      outputs: [dataset('drop_out', { ...fields('y'), columnLineage })],
    });
    const gone = { ...run('dropper', 5), outputs: [dataset('drop_out', drop)] };

    it('close its lineage, of columns too, whichever comes first, and a later event reopens it', async () => {
      await send(gone);
      await send(load);
      const state = async (): Promise<unknown> =>
        (
          await ask<{ asset: unknown }>(
            '{ asset(ref: "dataset:db/drop_out") { lifecycle ... on Dataset { lifecycleChange { change } } } }',
          )
        ).asset;
      expect(await state()).toEqual({ lifecycle: 'RETIRED', lifecycleChange: { change: 'DROP' } });
      expect(await edges('drop_in', 'DOWNSTREAM')).toEqual([]);
      expect(await columnEdges('drop_out', 'y')).toEqual([]);

      await send({ ...load, run: { runId: 'again' }, eventTime: time(9) });
      expect(await state()).toMatchObject({ lifecycle: 'ACTIVE' });
      expect(await edges('drop_in', 'DOWNSTREAM')).toEqual(['drop_in → drop_out']);
      expect(await columnEdges('drop_out', 'y')).toEqual(['x → y']);
    });
  });

  describe('with the explicit lineage facet', () => {
    it('flow as it says: entry by entry, from and to jobs, and the rest through the job', async () => {
      const entries = [
        { ...dataset('ex_out'), type: 'DATASET', inputs: [{ namespace: 'db', name: 'ex_in', type: 'DATASET' }] },
        { type: 'JOB', inputs: [{ namespace: 'db', name: 'ex_checked', type: 'DATASET' }] },
        {
          namespace: 'db',
          name: 'ex_extracted',
          type: 'DATASET',
          inputs: [{ namespace: 'flow', name: 'ex_extract', type: 'JOB' }],
        },
      ];
      await send(
        run('ex_extract', 1, { inputs: [dataset('ex_origin')] }),
        run('ex', 1, { eventType: 'START', inputs: [dataset('ex_in')] }),
        run('ex', 2, {
          job: { namespace: 'flow', name: 'ex', facets: { lineage: { entries } } },
          inputs: [dataset('ex_in'), dataset('ex_checked'), dataset('ex_loose')],
          outputs: [dataset('ex_out'), dataset('ex_plain')],
        }),
      );
      expect(await edges('ex_in', 'DOWNSTREAM')).toEqual(['ex_in → ex_out']);
      expect(await edges('ex_checked', 'DOWNSTREAM')).toEqual(['ex_checked → ex_plain']);
      expect(await edges('ex_loose', 'DOWNSTREAM')).toEqual(['ex_loose → ex_plain']);
      expect(await edges('ex_extracted', 'UPSTREAM')).toEqual(['ex_extract → ex_extracted', 'ex_origin → ex_extract']);
      expect(await edges('ex_extract', 'DOWNSTREAM', 'job:flow')).toEqual(['ex_extract → ex_extracted']);
    });

    it('of a dataset stand without a job, as do its columns, until they are taken back', async () => {
      const about = (minute: number, facets: object): object => ({
        eventTime: time(minute),
        dataset: dataset('ex_view', facets),
      });
      const input = { namespace: 'db', name: 'ex_table', field: 'a' };
      await send(about(1, { columnLineage: { fields: { v: { inputFields: [input] } } }, ...fields('v') }));
      expect(await columnEdges('ex_view', 'v')).toEqual(['a → v']);
      await send(about(2, { columnLineage: { _deleted: true } }));
      expect(await columnEdges('ex_view', 'v')).toEqual([]);
      expect(await edges('ex_view', 'UPSTREAM')).toEqual([]);
    });
  });

  it('that are snapshots of a stream stand for what came before, in whatever order', async () => {
    const jobType = {
      processingType: 'STREAMING',
      integration: 'FLINK',
      emissionPattern: { eventTrigger: 'PERIODIC', eventContentMode: 'COMPLETE_SNAPSHOT' },
    };
    const window = (minute: number, input: string): object =>
      run('stream', minute, {
        eventType: 'RUNNING',
        job: { namespace: 'flow', name: 'stream', facets: { jobType } },
        inputs: [dataset(input)],
        outputs: [dataset('stream_out')],
      });
    await send(
      window(3, 'stream_c'),
      run('stream', 1, { eventType: 'START', inputs: [dataset('stream_a')], outputs: [dataset('stream_out')] }),
      window(2, 'stream_b'),
    );
    expect(await edges('stream_out', 'UPSTREAM')).toEqual(['stream_c → stream_out']);
    const { asset } = await ask<{ asset: object }>(
      '{ asset(ref: "job:flow/stream") { ... on Job { processingType emissionPattern { eventContentMode } runs { nodes { state isLost } } } } }',
    );
    expect(asset).toEqual({
      processingType: 'STREAMING',
      emissionPattern: { eventContentMode: 'COMPLETE_SNAPSHOT' },
      runs: { nodes: [{ state: 'RUNNING', isLost: false }] },
    });
  });

  it('of a run that was never ended leave it open, and say that it is lost', async () => {
    await send(run('lost', 1, { eventType: 'START' }));
    const { asset } = await ask<{ asset: object }>(
      '{ asset(ref: "job:flow/lost") { ... on Job { runs { nodes { state isLost endedAt } } } } }',
    );
    expect(asset).toEqual({ runs: { nodes: [{ state: 'RUNNING', isLost: true, endedAt: null }] } });
  });

  describe('of runs that are parts of others', () => {
    const named = (job: string, runId: string): object => ({ run: { runId }, job: { namespace: 'flow', name: job } });
    beforeAll(() =>
      send(
        run('dag', 1, { eventType: 'START', run: { runId: 'dag-1' } }),
        run('dag.task', 2, {
          run: {
            runId: 'task-1',
            facets: {
              parent: { ...named('dag', 'dag-1'), root: named('unheard', 'root-1') },
              jobDependencies: {
                upstream: [{ ...named('before', 'b-1'), dependency_type: 'DIRECT_INVOCATION' }],
                downstream: [named('hidden.after', 'a-1')],
              },
              nominalTime: { nominalStartTime: '2026-01-01T00:00:00Z', nominalEndTime: '2026-01-02T00:00:00Z' },
            },
          },
          inputs: [
            dataset(
              'part_in',
              { version: { datasetVersion: '41' } },
              { inputFacets: { inputStatistics: { rowCount: 5_000_000_000 } } },
            ),
          ],
          outputs: [
            dataset('part_out', {}, { outputFacets: { outputStatistics: { rowCount: 7, size: 70, fileCount: 1 } } }),
          ],
        }),
      ),
    );

    it('know the runs that are part of them, page by page, and only those', async () => {
      const part = (job: string, minute: number, of = 'family'): Json =>
        run(job, minute, { run: { runId: `run-${job}`, facets: { parent: named(of, 'shared-id') } } });
      const hidden = { tags: { tags: [{ key: 'hidden', value: 'true' }] } };
      await send(
        run('family', 20, { run: { runId: 'shared-id' } }),
        part('first', 21),
        part('second', 22),
        { ...part('hidden.third', 23), job: { namespace: 'flow', name: 'hidden.third', facets: hidden } },
        part('fourth', 24),
        part('stranger', 25, 'another'),
      );
      const QUESTION = `query($after: String) { asset(ref: "job:flow/family") { ... on Job { runs { nodes {
        children(first: 2, after: $after) { nodes { externalId parent { externalId } } pageInfo { hasNextPage endCursor } } } } } } }`;
      interface Children {
        readonly nodes: readonly { externalId: string; parent: { externalId: string } }[];
        readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
      }
      const children = async (as: string, after: string | null = null): Promise<Children> => {
        const answer = await test
          .as(as)
          .graphql<{ asset: { runs: { nodes: { children: Children }[] } } }>(QUESTION, { after });
        return answer.asset.runs.nodes[0]?.children ?? { nodes: [], pageInfo: { hasNextPage: false, endCursor: '' } };
      };
      const first = await children('admin');
      const parent = { externalId: 'shared-id' };
      expect(first.nodes).toEqual([
        { externalId: 'run-fourth', parent },
        { externalId: 'run-hidden.third', parent },
      ]);
      const next = await children('admin', first.pageInfo.endCursor);
      expect(next.nodes.map(({ externalId }) => externalId)).toEqual(['run-second', 'run-first']);
      expect(next.pageInfo.hasNextPage).toBe(false);
      const seen = await children('nora');
      expect(seen.nodes.map(({ externalId }) => externalId)).toEqual(['run-fourth', 'run-second']);
    });

    it('know their parent, root, dependencies, and what they read and wrote', async () => {
      const { asset } = await ask<{ asset: object }>(`{ asset(ref: "job:flow/dag.task") { ... on Job {
        dependencies { direction externalId type job { name } }
        runs { nodes { nominalStartAt nominalEndAt
          parent { externalId job { name } run { state } } root { externalId job { name isPlaceholder } run { state } }
          inputs { dataset { name } version rowCount } outputs { dataset { name } rowCount size fileCount } } } } } }`);
      expect(asset).toEqual({
        dependencies: [
          { direction: 'UPSTREAM', externalId: 'b-1', type: 'DIRECT_INVOCATION', job: { name: 'before' } },
          { direction: 'DOWNSTREAM', externalId: 'a-1', type: null, job: { name: 'hidden.after' } },
        ],
        runs: {
          nodes: [
            {
              nominalStartAt: '2026-01-01T00:00:00.000Z',
              nominalEndAt: '2026-01-02T00:00:00.000Z',
              parent: { externalId: 'dag-1', job: { name: 'dag' }, run: { state: 'RUNNING' } },
              root: { externalId: 'root-1', job: { name: 'unheard', isPlaceholder: true }, run: null },
              inputs: [{ dataset: { name: 'part_in' }, version: '41', rowCount: 5_000_000_000 }],
              outputs: [{ dataset: { name: 'part_out' }, rowCount: 7, size: 70, fileCount: 1 }],
            },
          ],
        },
      });
      const { asset: read } = await ask<{ asset: object }>(
        '{ asset(ref: "dataset:db/part_in") { ... on Dataset { runs(direction: INPUT) { nodes { direction run { externalId job { name } } } pageInfo { hasNextPage } } } } }',
      );
      expect(read).toEqual({
        runs: {
          nodes: [{ direction: 'INPUT', run: { externalId: 'task-1', job: { name: 'dag.task' } } }],
          pageInfo: { hasNextPage: false },
        },
      });
    });
  });

  it('are taken when something in them is odd, and their sender may read what', async () => {
    const odd = run('odd', 1, {
      job: { namespace: 'flow', name: 'odd', facets: { sql: { query: 7 } } },
      outputs: [dataset('odd_out', { schema: { fields: [{ name: 'a', type: 4, ordinal_position: 'first' }] } })],
    });
    await test.as('sender').post('/api/v1/lineage', odd).expect(201).expect({});
    await test.as('sender').post('/api/v1/lineage', run('fine', 1)).expect(201);
    await test.settle();
    const seen = async (handle: string): Promise<unknown[]> =>
      (
        await ask<{ ingestWarnings: { nodes: { warnings: { path: string }[] }[] } }>(
          '{ ingestWarnings { nodes { kind warnings { path message } } } }',
          handle,
        )
      ).ingestWarnings.nodes.map(({ warnings }) => warnings.map(({ path }) => path));
    const paths = [
      'outputs.0.facets.schema.fields.0.type',
      'outputs.0.facets.schema.fields.0.ordinal_position',
      'job.facets.sql.query',
    ];
    expect(await seen('sender')).toEqual([paths]);
    expect(await seen('admin')).toContainEqual(paths);
    expect(await seen('other')).toEqual([]);
    const { body } = await test.as('nora').graphqlRaw('{ ingestWarnings { nodes { id } } }');
    expect(body.errors[0].extensions.code).toBe('FORBIDDEN');
  });

  it('may name the jobs of other namespaces in passing, with a token for some only', async () => {
    const parent = { run: { runId: 'x' }, job: { namespace: 'elsewhere', name: 'dag' } };
    const child = (facets: object): object => run('child', 1, { run: { runId: 'c', facets } });
    await test.as('sender').post('/api/v1/lineage', child({ parent })).expect(201);
    await test
      .as('sender')
      .post('/api/v1/lineage', run('child', 2, { job: parent.job }))
      .expect(403);
  });
});
