import { z } from 'zod';
import { isObject } from '../json.js';

/** Where a facet stands in an event. */
export type FacetPlace = 'dataset' | 'input' | 'output' | 'job' | 'run';

const text = z.string();
const count = z.number().int();
/** RFC 3339 by and large; producers leave zones out and write nanoseconds. */
const time = z.string().regex(/^\d{4}-\d\d-\d\d/, 'is no time');
/** Fields beyond the specification are legal, and kept. */
const shape = <Shape extends z.ZodRawShape>(fields: Shape): z.ZodObject<Shape, z.core.$loose> => z.looseObject(fields);
const list = <Item extends z.ZodType>(item: Item): z.ZodArray<Item> => z.array(item);

const identifier = shape({ namespace: text, name: text });
const documentation = shape({ description: text, contentType: text.nullish() });
const ownership = shape({ owners: list(shape({ name: text, type: text.nullish() })).nullish() });
const tag = { key: text, value: text, source: text.nullish() };
const tags = shape({ tags: list(shape(tag)).nullish() });
const transformations = list(
  shape({ type: text, subtype: text.nullish(), description: text.nullish(), masking: z.boolean().nullish() }),
).nullish();

const schemaField: z.ZodType = z.lazy(() =>
  shape({
    name: text,
    type: text.nullish(),
    description: text.nullish(),
    ordinal_position: count.nullish(),
    fields: list(schemaField).nullish(),
  }),
);

const columnInput = shape({ namespace: text, name: text, field: text, transformations });
const columnLineage = shape({
  fields: z.record(
    text,
    shape({
      inputFields: list(columnInput),
      transformationDescription: text.nullish(),
      transformationType: text.nullish(),
    }),
  ),
  dataset: list(columnInput).nullish(),
});

const lineageInput = z.discriminatedUnion('type', [
  shape({ type: z.literal('DATASET'), namespace: text, name: text, field: text.nullish(), transformations }),
  shape({
    type: z.literal('JOB'),
    namespace: text.nullish(),
    name: text.nullish(),
    runId: text.nullish(),
    transformations,
  }),
]);
const lineageBody = {
  inputs: list(lineageInput).nullish(),
  fields: z.record(text, shape({ inputs: list(lineageInput) })).nullish(),
};
const lineageEntry = z.discriminatedUnion('type', [
  shape({ type: z.literal('DATASET'), namespace: text, name: text, ...lineageBody }),
  shape({
    type: z.literal('JOB'),
    namespace: text.nullish(),
    name: text.nullish(),
    runId: text.nullish(),
    ...lineageBody,
  }),
]);

const dataQualityMetrics = shape({
  rowCount: count.nullish(),
  bytes: count.nullish(),
  fileCount: count.nullish(),
  lastUpdated: time.nullish(),
  columnMetrics: z.record(
    text,
    shape({
      nullCount: count.nullish(),
      distinctCount: count.nullish(),
      sum: z.number().nullish(),
      count: z.number().nullish(),
      min: z.number().nullish(),
      max: z.number().nullish(),
      quantiles: z.record(text, z.number()).nullish(),
    }),
  ),
});
/** What an assertion and an executed test say of themselves alike. */
const checkDetail = {
  description: text.nullish(),
  expected: text.nullish(),
  actual: text.nullish(),
  content: text.nullish(),
  contentType: text.nullish(),
  params: z.record(text, z.unknown()).nullish(),
};
const dataQualityAssertions = shape({
  assertions: list(
    shape({
      assertion: text,
      success: z.boolean(),
      column: text.nullish(),
      severity: text.nullish(),
      name: text.nullish(),
      ...checkDetail,
    }),
  ),
});
const statistics = shape({ rowCount: count.nullish(), size: count.nullish(), fileCount: count.nullish() });
const condition = shape({ type: text });
const runReference = { run: shape({ runId: text }), job: identifier };
const jobDependencies = list(
  shape({
    job: identifier,
    run: shape({ runId: text }).nullish(),
    dependency_type: text.nullish(),
    sequence_trigger_rule: text.nullish(),
    status_trigger_rule: text.nullish(),
  }),
).nullish();

/** The 38 facet files of spec 2-0-2, by place and key. Older versions differ by fields left out, which are optional here. */
const FACETS: Readonly<Record<FacetPlace, Readonly<Record<string, z.ZodType>>>> = {
  dataset: {
    schema: shape({ fields: list(schemaField).nullish() }),
    columnLineage,
    lineage: shape(lineageBody),
    symlinks: shape({ identifiers: list(shape({ namespace: text, name: text, type: text })).nullish() }),
    dataSource: shape({ name: text.nullish(), uri: text.nullish() }),
    catalog: shape({
      framework: text,
      type: text,
      name: text,
      metadataUri: text.nullish(),
      warehouseUri: text.nullish(),
      source: text.nullish(),
      catalogProperties: z.record(text, z.unknown()).nullish(),
    }),
    version: shape({ datasetVersion: text }),
    datasetType: shape({ datasetType: text, subType: text.nullish() }),
    hierarchy: shape({ hierarchy: list(shape({ type: text, name: text })) }),
    storage: shape({ storageLayer: text, fileFormat: text.nullish() }),
    documentation,
    ownership,
    tags: shape({ tags: list(shape({ ...tag, field: text.nullish() })).nullish() }),
    lifecycleStateChange: shape({
      lifecycleStateChange: z.enum(['ALTER', 'CREATE', 'DROP', 'OVERWRITE', 'RENAME', 'TRUNCATE']),
      previousIdentifier: identifier.nullish(),
    }),
    dataQualityMetrics,
    dataQualityAssertions,
  },
  input: {
    inputStatistics: statistics,
    dataQualityMetrics,
    dataQualityAssertions,
    subset: shape({ inputCondition: condition }),
  },
  output: { outputStatistics: statistics, subset: shape({ outputCondition: condition }) },
  job: {
    jobType: shape({
      processingType: text,
      integration: text,
      jobType: text.nullish(),
      emissionPattern: shape({ eventTrigger: text, eventContentMode: text, windowDuration: count.nullish() }).nullish(),
    }),
    sql: shape({ query: text, dialect: text.nullish() }),
    sourceCode: shape({ language: text, sourceCode: text }),
    sourceCodeLocation: shape({
      type: text,
      url: text,
      repoUrl: text.nullish(),
      path: text.nullish(),
      version: text.nullish(),
      tag: text.nullish(),
      branch: text.nullish(),
      pullRequestNumber: text.nullish(),
    }),
    documentation,
    ownership,
    tags,
    lineage: shape({ entries: list(lineageEntry) }),
  },
  run: {
    parent: shape({ ...runReference, root: shape(runReference).nullish() }),
    nominalTime: shape({ nominalStartTime: time, nominalEndTime: time.nullish() }),
    errorMessage: shape({ message: text, programmingLanguage: text, stackTrace: text.nullish() }),
    externalQuery: shape({ externalQueryId: text, source: text }),
    extractionError: shape({
      totalTasks: count,
      failedTasks: count,
      errors: list(
        shape({
          errorMessage: text,
          stackTrace: text.nullish(),
          task: text.nullish(),
          taskNumber: count.nullish(),
        }),
      ),
    }),
    processing_engine: shape({
      version: text,
      name: text.nullish(),
      openlineageAdapterVersion: text.nullish(),
    }),
    environmentVariables: shape({ environmentVariables: list(shape({ name: text, value: text })) }),
    executionParameters: shape({
      parameters: list(
        shape({
          key: text,
          name: text.nullish(),
          description: text.nullish(),
          value: z.unknown().nullish(),
        }),
      ).nullish(),
    }),
    jobDependencies: shape({
      upstream: jobDependencies,
      downstream: jobDependencies,
      trigger_rule: text.nullish(),
    }),
    tags,
    test: shape({
      tests: list(
        shape({
          name: text,
          status: z.enum(['pass', 'fail', 'skip']),
          severity: text.nullish(),
          type: text.nullish(),
          ...checkDetail,
        }),
      ),
    }),
  },
};

export interface FacetOddity {
  /** Inside the facet, dotted; '' is the facet itself. */
  readonly path: string;
  readonly message: string;
}

/** How many oddities of one facet are worth telling. */
const MOST_ODDITIES = 20;

/** What in a facet is not as the specification says. Nothing is lost by it: what can be read is read. */
export function odditiesOf(place: FacetPlace, name: string, facet: unknown): FacetOddity[] {
  if (!isObject(facet)) return [{ path: '', message: 'is no object' }];
  if (facet['_deleted'] === true) return [];
  const schemas = FACETS[place];
  const schema = Object.hasOwn(schemas, name) ? schemas[name] : undefined;
  const issues = schema?.safeParse(facet).error?.issues ?? [];
  return issues
    .slice(0, MOST_ODDITIES)
    .map((issue) => ({ path: issue.path.map(String).join('.'), message: issue.message }));
}
