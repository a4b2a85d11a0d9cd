/** Part of every name that who sees no `hidden` may not learn: a column, a dataset and jobs, wherever producers write it. */
export const SECRET = 'zebra';
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
export const HIDDEN_EVENTS = [
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
