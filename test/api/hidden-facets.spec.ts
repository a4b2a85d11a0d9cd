import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.js';
import { HIDDEN_BY_TAG } from '../support/policies.js';

const EVERYTHING = readFileSync(join(import.meta.dirname, '../support/everything.graphql'), 'utf8');
/** Part of every name that nora may not learn: a column, a dataset and jobs, wherever producers write it. */
const SECRET = 'zebra';
const hidden = { tags: { tags: [{ key: 'hidden', value: 'true' }] } };

const outcome = { assertion: 'not_null', success: true };
const quality = {
  dataQualityMetrics: { rowCount: 3, columnMetrics: { id: { nullCount: 0 }, zebra: { nullCount: 1 } } },
  dataQualityAssertions: {
    assertions: [
      { ...outcome, column: 'id', name: 'id refers to zebra', content: 'SELECT zebra FROM t' },
      { ...outcome, column: 'zebra' },
      { ...outcome, name: 'zebra is never negative' },
    ],
  },
};
const EVENTS = [
  {
    eventType: 'FAIL',
    eventTime: '2026-01-01T00:00:00Z',
    run: {
      runId: 'r1',
      facets: {
        parent: { run: { runId: 'p' }, job: { namespace: 'flow', name: 'zebra.dag' } },
        jobDependencies: { upstream: [{ job: { namespace: 'flow', name: 'zebra.dag' } }] },
        errorMessage: { message: 'column zebra is no number', programmingLanguage: 'SQL' },
        extractionError: { totalTasks: 1, failedTasks: 1, errors: [{ errorMessage: 'cannot read zebra' }] },
        executionParameters: { parameters: [{ key: 'column', value: 'zebra' }] },
        environmentVariables: { environmentVariables: [{ name: 'TABLE', value: 'zebra' }] },
        test: { tests: [{ name: 'zebra_not_null', status: 'fail' }] },
        spark_plan: { text: 'scan zebra' },
        nominalTime: { nominalStartTime: '2026-01-01T00:00:00Z' },
      },
    },
    job: {
      namespace: 'flow',
      name: 'load',
      facets: {
        sql: { query: 'INSERT INTO t SELECT id, zebra FROM s' },
        sourceCode: { language: 'sql', sourceCode: 'zebra' },
        lineage: {
          entries: [
            {
              namespace: 'db',
              name: 't',
              type: 'DATASET',
              inputs: [{ namespace: 'db', name: 'zebra_table', type: 'DATASET' }],
            },
          ],
        },
        acme_plan: { text: 'zebra' },
        jobType: { processingType: 'BATCH', integration: 'SPARK' },
      },
    },
    inputs: [
      {
        namespace: 'db',
        name: 't',
        facets: {
          schema: { fields: [{ name: 'id' }, { name: 'zebra' }] },
          tags: {
            tags: [
              { key: 'hidden', value: 'true', field: 'zebra' },
              { key: 'gold', value: 'true' },
            ],
          },
          columnLineage: { fields: { zebra: { inputFields: [{ namespace: 'db', name: 's', field: 'zebra' }] } } },
          acme_profile: { top: 'zebra' },
          storage: { storageLayer: 'delta' },
        },
        inputFacets: {
          ...quality,
          inputStatistics: { rowCount: 3 },
          subset: {
            inputCondition: {
              type: 'compare',
              left: { type: 'field', field: 'zebra' },
              right: { type: 'literal', value: '1' },
              comparison: 'EQUAL',
            },
          },
        },
      },
      { namespace: 'db', name: 'zebra_table', facets: hidden },
    ],
  },
  {
    eventTime: '2026-01-01T00:00:00Z',
    dataset: {
      namespace: 'db',
      name: 'declared',
      facets: {
        ...quality,
        schema: { fields: [{ name: 'id' }, { name: 'zebra' }] },
        tags: { tags: [{ key: 'hidden', value: 'true', field: 'zebra' }] },
      },
    },
  },
  { eventTime: '2026-01-01T00:00:00Z', job: { namespace: 'flow', name: 'zebra.dag', facets: hidden } },
];

describe('facets', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp({ accounts: [{ handle: 'nora' }] });
    const admin = test.as('admin');
    await admin.graphql('mutation($d: JSON!) { policySetApply(documents: $d) { userErrors { message } } }', {
      d: HIDDEN_BY_TAG,
    });
    await admin.post('/api/v1/lineage/batch', EVENTS).expect(200);
    await test.settle();
  });
  afterAll(() => test.close());

  const read = async (handle: string, ref: string): Promise<Record<string, unknown>> => {
    const { asset } = await test.as(handle).graphql<{ asset: Record<string, unknown> }>(EVERYTHING, { ref });
    return asset;
  };

  it.each(['dataset:db/t', 'dataset:db/declared', 'job:flow/load'])(
    'of %s never name what is hidden, in no field and no facet, and tell it to who sees all',
    async (ref) => {
      expect(JSON.stringify(await read('admin', ref))).toContain(SECRET);
      expect(JSON.stringify(await read('nora', ref))).not.toContain(SECRET);
    },
  );

  it('of runs never name what is hidden in the REST API of Marquez either', async () => {
    const path = '/api/v1/namespaces/flow/jobs/load/runs';
    expect((await test.as('admin').get(path).expect(200)).text).toContain(SECRET);
    expect((await test.as('nora').get(path).expect(200)).text).not.toContain(SECRET);
  });

  it('are shown as far as they are about what is visible', async () => {
    const asset = await read('nora', 'dataset:db/t');
    expect(asset).toMatchObject({
      storage: { layer: 'delta' },
      sourceTags: [{ key: 'gold' }],
      qualityResults: [{ assertion: 'not_null', column: 'id', success: true, content: null }],
      statistics: { rowCount: 3, columns: [{ column: 'id', nullCount: 0 }] },
    });
    expect(await read('nora', 'job:flow/load')).toMatchObject({
      processingType: 'BATCH',
      sql: null,
      runs: {
        nodes: [{ state: 'FAIL', nominalStartAt: '2026-01-01T00:00:00.000Z', parent: null, errorMessage: null }],
      },
    });
  });

  it('ask the database in sets, however many runs there are', async () => {
    const statements = async (first: number): Promise<number> => {
      const before = test.database.statementCount;
      await test.as('admin').graphql(
        `{ assets(first: 10) { nodes { ... on Job { sql { query } dependencies { job { name } } runs(first: ${first}) { nodes {
             parent { job { name } run { state } } inputs { dataset { name } version } errorMessage } } }
           ... on Dataset { storage { layer } qualityResults { assertion run { state } } statistics { rowCount } runs { nodes { run { state } } } } } } }`,
      );
      return test.database.statementCount - before;
    };
    await test.as('admin').post(
      '/api/v1/lineage/batch',
      Array.from({ length: 30 }, (_, i) => ({ ...EVENTS[0], run: { ...EVENTS[0]?.run, runId: `more-${i}` } })),
    );
    await test.settle();
    // Batches depend on which answer comes first; one statement a run would be more than sixty.
    expect(await statements(20)).toBeLessThan(30);
  });
});
