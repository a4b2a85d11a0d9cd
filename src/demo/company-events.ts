import { createHash } from 'node:crypto';
import { PLACES, type Company, type Mart, type Place, type Table, type Topic } from './company.js';

const PRODUCER = 'https://northlight.example/airflow';
const SPEC = 'https://openlineage.io/spec';
const JOBS = 'airflow://flow.northlight.example';
const DAY_MS = 86_400_000;
/** Days of history; the last day of some jobs failed or is still running. */
const HISTORY = [3, 2, 1];

interface Dataset {
  readonly namespace: string;
  readonly name: string;
  readonly facets?: object;
}

/** What Airflow and the shop's own services would send as OpenLineage 2-0-2. The same day gives the same events. */
export function openLineageEvents(company: Company, today: Date): object[] {
  const tables = new Map(company.tables.map((table) => [table.table, table]));
  return [
    ...company.tables.map((table) => datasetEvent('shop', table, today)),
    ...company.topics.flatMap((topic) => publish(topic, tables, today)),
    ...company.tables.flatMap((table) => copies(table, today)),
    ...company.marts.flatMap((mart) => martRuns(company, mart, today)),
  ];
}

function datasetEvent(place: Place, table: Table, today: Date): object {
  return { ...envelope(today, 0, 'DatasetEvent'), dataset: { ...id(place, table.table), facets: describedFacets(table, 'TABLE') } };
}

/** The shop writes the topic from the table's changes. */
function publish(topic: Topic, tables: ReadonlyMap<string, Table>, today: Date): object[] {
  const table = tables.get(topic.table);
  if (!table) throw new Error(`demo/topics.yaml: ${topic.topic} names the unknown table '${topic.table}'.`);
  const columns = table.columns.filter((column) => topic.columns.includes(column.name));
  const output = {
    ...id('events', topic.topic),
    facets: { ...describedFacets({ ...topic, columns }, 'TOPIC'), ...copiedColumns('shop', table.table, columns) },
  };
  const job = { namespace: 'shop', name: `outbox.${topic.topic}`, facets: jobFacets('SERVICE', `Publishes changes of ${table.table}.`, topic) };
  return [runEvent({ job, inputs: [id('shop', table.table)], outputs: [output], today, daysAgo: 1, type: 'RUNNING' })];
}

/** Each table is copied to the lake, then loaded into the warehouse. */
function copies(table: Table, today: Date): object[] {
  const lake = { ...id('lake', table.table), facets: { ...describedFacets(table, 'FILE'), ...copiedColumns('shop', table.table, table.columns) } };
  const raw = { ...id('raw', table.table), facets: { ...describedFacets(table, 'TABLE'), ...copiedColumns('lake', table.table, table.columns) } };
  const job = (dag: string, words: string) => ({ namespace: JOBS, name: `${dag}.${table.table}`, facets: jobFacets('BATCH', words, table) });
  const fails = table.table === 'stock_levels';
  return HISTORY.flatMap((daysAgo) => [
    ...run({ job: job('land_shop', `Copies ${table.table} to the lake.`), inputs: [id('shop', table.table)], outputs: [lake], today, daysAgo }),
    ...run({ job: job('load_warehouse', `Loads ${table.table} into the warehouse.`), inputs: [id('lake', table.table)], outputs: [raw], today, daysAgo, fails: fails && daysAgo === 1 }),
  ]);
}

function martRuns(company: Company, mart: Mart, today: Date): object[] {
  const tables = [...new Set(mart.columns.flatMap((column) => column.sources.map((source) => source.table)))];
  const placeOf = (name: string): Place => (company.marts.some((other) => other.mart === name) ? 'marts' : 'raw');
  const fields = mart.columns.map((column) => [
    column.name,
    {
      inputFields: column.sources.map((source) => ({
        ...id(placeOf(source.table), source.table),
        field: source.column,
        transformations: [{ type: 'DIRECT', subtype: column.subtype, description: '', masking: column.isMasked }],
      })),
    },
  ]);
  const columnLineage = facet('1-2-0/ColumnLineageDatasetFacet', { fields: Object.fromEntries(fields) });
  const output = { ...id('marts', mart.mart), facets: { schema: schemaFacet(mart.columns), columnLineage } };
  const job = { namespace: JOBS, name: `build_marts.${mart.mart}`, facets: jobFacets('BATCH', `Builds ${mart.mart}.`, mart) };
  return HISTORY.flatMap((daysAgo) =>
    run({ job, inputs: tables.map((name) => id(placeOf(name), name)), outputs: [output], today, daysAgo, isRunning: mart.mart === 'delivery_quality' && daysAgo === 1 }),
  );
}

interface RunOptions {
  readonly job: { readonly namespace: string; readonly name: string };
  readonly inputs: readonly Dataset[];
  readonly outputs: readonly Dataset[];
  readonly today: Date;
  readonly daysAgo: number;
  readonly fails?: boolean;
  readonly isRunning?: boolean;
}

function run(options: RunOptions): object[] {
  const start = runEvent({ ...options, outputs: [], type: 'START' });
  if (options.isRunning) return [start];
  return [start, runEvent({ ...options, type: options.fails ? 'FAIL' : 'COMPLETE' })];
}

function runEvent(options: RunOptions & { type: 'START' | 'RUNNING' | 'COMPLETE' | 'FAIL' }): object {
  const { job, inputs, outputs, today, daysAgo, type } = options;
  const minutes = type === 'START' ? 0 : 7;
  const facets = type === 'FAIL' ? { errorMessage: facet('1-0-1/ErrorMessageRunFacet', { message: 'The warehouse closed the connection after 300 s.', programmingLanguage: 'Python' }) } : {};
  return {
    ...envelope(new Date(today.getTime() - daysAgo * DAY_MS), minutes, 'RunEvent'),
    eventType: type,
    run: { runId: uuidOf(job.namespace, job.name, String(daysAgo), today.toISOString()), facets },
    job,
    inputs,
    outputs,
  };
}

interface Described {
  readonly domain: string;
  readonly owner: string;
  readonly description: string;
  readonly sensitivity: string;
  readonly tags: readonly string[];
  readonly terms: readonly string[];
  readonly columns: readonly { readonly name: string; readonly type: string; readonly description: string; readonly sensitivity: string | null; readonly tags: readonly string[] }[];
}

function describedFacets(what: Described, datasetType: string): object {
  const own = [
    { key: 'domain', value: what.domain },
    { key: 'sensitivity', value: what.sensitivity },
    ...what.tags.map((key) => ({ key, value: 'true' })),
    ...what.terms.map((value) => ({ key: 'term', value })),
  ];
  const ofColumns = what.columns.flatMap((column) => [
    ...(column.sensitivity === null ? [] : [{ key: 'sensitivity', value: column.sensitivity, field: column.name }]),
    ...column.tags.map((key) => ({ key, value: 'true', field: column.name })),
  ]);
  return {
    schema: schemaFacet(what.columns),
    documentation: facet('1-1-0/DocumentationDatasetFacet', { description: what.description }),
    ownership: facet('1-0-1/OwnershipDatasetFacet', { owners: [{ name: `team:${what.owner}`, type: 'OWNER' }] }),
    datasetType: facet('1-0-1/DatasetTypeDatasetFacet', { datasetType }),
    tags: facet('1-0-0/TagsDatasetFacet', { tags: [...own, ...ofColumns].map((tag) => ({ ...tag, source: 'northlight' })) }),
  };
}

function copiedColumns(place: Place, table: string, columns: readonly { readonly name: string }[]): object {
  const fields = columns.map(({ name }) => [
    name,
    { inputFields: [{ ...id(place, table), field: name, transformations: [{ type: 'DIRECT', subtype: 'IDENTITY', description: '', masking: false }] }] },
  ]);
  return { columnLineage: facet('1-2-0/ColumnLineageDatasetFacet', { fields: Object.fromEntries(fields) }) };
}

function schemaFacet(columns: readonly { readonly name: string; readonly type: string; readonly description: string }[]): object {
  return facet('1-2-0/SchemaDatasetFacet', { fields: columns.map(({ name, type, description }) => ({ name, type, description })) });
}

function jobFacets(processingType: string, description: string, of: { readonly domain: string; readonly owner: string; readonly sensitivity: string }): object {
  return {
    jobType: facet('2-0-4/JobTypeJobFacet', { processingType, integration: processingType === 'SERVICE' ? 'SHOP' : 'AIRFLOW', jobType: processingType === 'SERVICE' ? 'SERVICE' : 'TASK' }),
    documentation: facet('1-1-0/DocumentationJobFacet', { description }),
    ownership: facet('1-0-1/OwnershipJobFacet', { owners: [{ name: `team:${of.owner}` }] }),
    tags: facet('1-0-0/TagsJobFacet', { tags: [{ key: 'domain', value: of.domain, source: 'northlight' }, { key: 'sensitivity', value: of.sensitivity, source: 'northlight' }] }),
  };
}

function id(place: Place, name: string): Dataset {
  return { namespace: PLACES[place].namespace, name: PLACES[place].nameOf(name) };
}

function facet(schema: string, body: object): object {
  return { _producer: PRODUCER, _schemaURL: `${SPEC}/facets/${schema}.json`, ...body };
}

function envelope(day: Date, minutes: number, kind: string): object {
  return {
    eventTime: new Date(day.getTime() + minutes * 60_000).toISOString(),
    producer: PRODUCER,
    schemaURL: `${SPEC}/2-0-2/OpenLineage.json#/$defs/${kind}`,
  };
}

function uuidOf(...parts: readonly string[]): string {
  const hex = createHash('sha256').update(parts.join('\n')).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
