/** One example of each facet file of OpenLineage spec 2-0-2, in our own words, with every field that the file defines. */

export type FacetPlace = 'dataset' | 'input' | 'output' | 'job' | 'run';

export interface FacetExample {
  /** Facet file and its version. */
  readonly file: string;
  readonly version: string;
  readonly key: string;
  readonly place: FacetPlace;
  readonly value: Readonly<Record<string, unknown>>;
  /** Facets that have to be there for this one to mean something. */
  readonly beside?: Readonly<Record<string, unknown>>;
}

const documentation = { description: 'What it is for.', contentType: 'text/markdown' };
const ownership = { owners: [{ name: 'team:warehouse', type: 'STEWARD' }] };
const statistics = { rowCount: 10, size: 2048, fileCount: 3 };
const detail = {
  description: 'No value is missing.',
  expected: 'none',
  actual: 'two',
  content: 'SELECT 1',
  contentType: 'sql',
  params: { limit: 5 },
};
const transformations = [{ type: 'DIRECT', subtype: 'IDENTITY', description: 'As it is.', masking: false }];
const columnSource = { namespace: 'elsewhere', name: 'origin', field: 'amount', transformations };
const filterSource = {
  namespace: 'elsewhere',
  name: 'filter',
  field: 'day',
  transformations: [{ type: 'INDIRECT', subtype: 'FILTER' }],
};
const lineageSource = { ...columnSource, type: 'DATASET' };
const jobSource = { namespace: 'elsewhere', name: 'producer', type: 'JOB', runId: 'run-9', transformations };
const lineageBody = { inputs: [lineageSource, jobSource], fields: { total: { inputs: [lineageSource] } } };
const metrics = {
  rowCount: 10,
  bytes: 2048,
  fileCount: 3,
  lastUpdated: '2026-01-01T00:00:00Z',
  columnMetrics: {
    total: { nullCount: 1, distinctCount: 9, sum: 45.5, count: 10, min: 0.5, max: 9.5, quantiles: { '0.5': 4.5 } },
  },
};
const assertions = {
  assertions: [
    { assertion: 'not_null', success: true, column: 'total', severity: 'warn', name: 'total is there', ...detail },
  ],
};
const condition = {
  type: 'binary',
  operator: 'AND',
  left: {
    type: 'compare',
    comparison: 'EQUAL',
    left: { type: 'field', field: 'total' },
    right: { type: 'literal', value: '7' },
  },
  right: {
    type: 'binary',
    operator: 'OR',
    left: { type: 'partition', partitions: [{ identifier: 'p1', dimensions: { day: '2026-01-01' } }] },
    right: { type: 'location', locations: ['/data/one'] },
  },
};
const named = (name: string): object => ({ namespace: 'elsewhere', name });
const dependency = (name: string): object => ({
  job: named(name),
  run: { runId: `${name}-1` },
  dependency_type: 'DIRECT_INVOCATION',
  sequence_trigger_rule: 'FINISH_TO_START',
  status_trigger_rule: 'EXECUTE_ON_SUCCESS',
});
const tag = { key: 'tier', value: 'gold', source: 'CONFIG' };

export const FACET_EXAMPLES: readonly FacetExample[] = [
  {
    file: 'SchemaDatasetFacet',
    version: '1-2-0',
    key: 'schema',
    place: 'dataset',
    value: {
      fields: [
        {
          name: 'address',
          type: 'struct',
          description: 'Where.',
          ordinal_position: 1,
          fields: [
            { name: 'city', type: 'text', description: 'Town.', ordinal_position: 1 },
            { name: 'street', ordinal_position: 1 },
          ],
        },
        { name: 'total', type: 'int', ordinal_position: 1 },
      ],
    },
  },
  {
    file: 'ColumnLineageDatasetFacet',
    version: '1-2-0',
    key: 'columnLineage',
    place: 'dataset',
    value: {
      fields: {
        total: {
          inputFields: [columnSource, { namespace: 'elsewhere', name: 'origin', field: 'plain' }],
          transformationDescription: 'Old words.',
          transformationType: 'IDENTITY',
        },
      },
      dataset: [filterSource],
    },
  },
  { file: 'LineageFacet (dataset)', version: '1-0-0', key: 'lineage', place: 'dataset', value: lineageBody },
  {
    file: 'SymlinksDatasetFacet',
    version: '1-0-1',
    key: 'symlinks',
    place: 'dataset',
    value: { identifiers: [{ namespace: 'beside SUBJECT', name: 'nickname', type: 'TABLE' }] },
  },
  {
    file: 'DatasourceDatasetFacet',
    version: '1-0-1',
    key: 'dataSource',
    place: 'dataset',
    value: { name: 'warehouse', uri: 'https://db.example.org' },
  },
  {
    file: 'CatalogDatasetFacet',
    version: '1-1-0',
    key: 'catalog',
    place: 'dataset',
    value: {
      framework: 'iceberg',
      type: 'rest',
      name: 'main',
      metadataUri: 'https://catalog.example.org',
      warehouseUri: 's3://lake',
      source: 'spark',
      catalogProperties: { region: 'north' },
    },
  },
  {
    file: 'DatasetVersionDatasetFacet',
    version: '1-0-1',
    key: 'version',
    place: 'dataset',
    value: { datasetVersion: '41' },
  },
  {
    file: 'DatasetTypeDatasetFacet',
    version: '1-0-1',
    key: 'datasetType',
    place: 'dataset',
    value: { datasetType: 'VIEW', subType: 'MATERIALIZED' },
  },
  {
    file: 'HierarchyDatasetFacet',
    version: '1-0-0',
    key: 'hierarchy',
    place: 'dataset',
    value: { hierarchy: [{ type: 'DATABASE', name: 'shop' }] },
  },
  {
    file: 'StorageDatasetFacet',
    version: '1-0-1',
    key: 'storage',
    place: 'dataset',
    value: { storageLayer: 'delta', fileFormat: 'parquet' },
  },
  { file: 'DocumentationDatasetFacet', version: '1-1-0', key: 'documentation', place: 'dataset', value: documentation },
  { file: 'OwnershipDatasetFacet', version: '1-0-1', key: 'ownership', place: 'dataset', value: ownership },
  {
    file: 'TagsDatasetFacet',
    version: '1-0-0',
    key: 'tags',
    place: 'dataset',
    value: { tags: [{ ...tag, field: 'total' }, tag] },
    beside: { schema: { fields: [{ name: 'total' }, { name: 'total changed' }] } },
  },
  {
    file: 'LifecycleStateChangeDatasetFacet',
    version: '1-0-1',
    key: 'lifecycleStateChange',
    place: 'dataset',
    value: { lifecycleStateChange: 'RENAME', previousIdentifier: { namespace: 'beside SUBJECT', name: 'earlier' } },
  },
  {
    file: 'DataQualityMetricsDatasetFacet',
    version: '1-0-0',
    key: 'dataQualityMetrics',
    place: 'dataset',
    value: metrics,
  },
  {
    file: 'InputStatisticsInputDatasetFacet',
    version: '1-0-0',
    key: 'inputStatistics',
    place: 'input',
    value: statistics,
  },
  {
    file: 'DataQualityMetricsInputDatasetFacet',
    version: '1-0-3',
    key: 'dataQualityMetrics',
    place: 'input',
    value: metrics,
  },
  {
    file: 'DataQualityAssertionsDatasetFacet',
    version: '1-1-0',
    key: 'dataQualityAssertions',
    place: 'input',
    value: assertions,
  },
  {
    file: 'BaseSubsetDatasetFacet (input)',
    version: '1-0-0',
    key: 'subset',
    place: 'input',
    value: { inputCondition: condition },
  },
  {
    file: 'BaseSubsetDatasetFacet (output)',
    version: '1-0-0',
    key: 'subset',
    place: 'output',
    value: { outputCondition: condition },
  },
  {
    file: 'OutputStatisticsOutputDatasetFacet',
    version: '1-0-2',
    key: 'outputStatistics',
    place: 'output',
    value: statistics,
  },
  {
    file: 'JobTypeJobFacet',
    version: '2-0-4',
    key: 'jobType',
    place: 'job',
    value: {
      processingType: 'BATCH',
      integration: 'SPARK',
      jobType: 'QUERY',
      emissionPattern: { eventTrigger: 'PERIODIC', eventContentMode: 'ACCUMULATIVE', windowDuration: 60 },
    },
  },
  {
    file: 'SQLJobFacet',
    version: '1-1-0',
    key: 'sql',
    place: 'job',
    value: { query: 'SELECT total FROM origin', dialect: 'spark' },
  },
  {
    file: 'SourceCodeJobFacet',
    version: '1-0-1',
    key: 'sourceCode',
    place: 'job',
    value: { language: 'python', sourceCode: 'load()' },
  },
  {
    file: 'SourceCodeLocationJobFacet',
    version: '1-1-0',
    key: 'sourceCodeLocation',
    place: 'job',
    value: {
      type: 'git',
      url: 'https://git.example.org/a/b/load.py',
      repoUrl: 'https://git.example.org/a/b',
      path: 'load.py',
      version: 'c0ffee',
      tag: 'v1',
      branch: 'main',
      pullRequestNumber: '12',
    },
  },
  { file: 'DocumentationJobFacet', version: '1-1-0', key: 'documentation', place: 'job', value: documentation },
  { file: 'OwnershipJobFacet', version: '1-0-1', key: 'ownership', place: 'job', value: ownership },
  { file: 'TagsJobFacet', version: '1-0-0', key: 'tags', place: 'job', value: { tags: [tag] } },
  {
    file: 'LineageFacet (job)',
    version: '1-0-0',
    key: 'lineage',
    place: 'job',
    value: {
      entries: [
        { namespace: 'SUBJECT', name: 'subject', type: 'DATASET', ...lineageBody },
        {
          ...named('consumer'),
          type: 'JOB',
          runId: 'run-8',
          inputs: [{ ...lineageSource, namespace: 'SUBJECT', name: 'subject' }],
        },
      ],
    },
  },
  {
    file: 'ParentRunFacet',
    version: '1-2-0',
    key: 'parent',
    place: 'run',
    value: {
      run: { runId: 'p-1', facets: { note: { text: 'a' } } },
      job: { ...named('dag'), facets: { note: { text: 'b' } } },
      root: {
        run: { runId: 'r-1', facets: { note: { text: 'c' } } },
        job: { ...named('top'), facets: { note: { text: 'd' } } },
      },
    },
  },
  {
    file: 'NominalTimeRunFacet',
    version: '1-0-1',
    key: 'nominalTime',
    place: 'run',
    value: { nominalStartTime: '2026-01-01T00:00:00Z', nominalEndTime: '2026-01-02T00:00:00Z' },
  },
  {
    file: 'ErrorMessageRunFacet',
    version: '1-0-1',
    key: 'errorMessage',
    place: 'run',
    value: { message: 'No space left.', programmingLanguage: 'python', stackTrace: 'line 1' },
  },
  {
    file: 'ExternalQueryRunFacet',
    version: '1-0-2',
    key: 'externalQuery',
    place: 'run',
    value: { externalQueryId: 'q-1', source: 'bigquery' },
  },
  {
    file: 'ExtractionErrorRunFacet',
    version: '1-1-2',
    key: 'extractionError',
    place: 'run',
    value: {
      totalTasks: 4,
      failedTasks: 1,
      errors: [{ errorMessage: 'Unknown word.', stackTrace: 'line 2', task: 'DROP POLICY p', taskNumber: 2 }],
    },
  },
  {
    file: 'ProcessingEngineRunFacet',
    version: '1-1-1',
    key: 'processing_engine',
    place: 'run',
    value: { version: '3.5', name: 'Spark', openlineageAdapterVersion: '1.40' },
  },
  {
    file: 'EnvironmentVariablesRunFacet',
    version: '1-0-0',
    key: 'environmentVariables',
    place: 'run',
    value: { environmentVariables: [{ name: 'REGION', value: 'north' }] },
  },
  {
    file: 'ExecutionParametersRunFacet',
    version: '1-0-0',
    key: 'executionParameters',
    place: 'run',
    value: { parameters: [{ key: 'day', name: 'Day', description: 'Which day.', value: 'monday' }] },
  },
  {
    file: 'JobDependenciesRunFacet',
    version: '1-0-1',
    key: 'jobDependencies',
    place: 'run',
    value: { upstream: [dependency('before')], downstream: [dependency('after')], trigger_rule: 'ALL_SUCCESS' },
  },
  { file: 'TagsRunFacet', version: '1-0-0', key: 'tags', place: 'run', value: { tags: [tag] } },
  {
    file: 'TestRunFacet',
    version: '1-0-1',
    key: 'test',
    place: 'run',
    value: { tests: [{ name: 'rows', status: 'pass', severity: 'warn', type: 'row_count', ...detail }] },
  },
];
