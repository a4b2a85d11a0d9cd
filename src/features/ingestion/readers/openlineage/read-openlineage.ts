import { Invalid } from '../../../../core/errors.js';
import { at, hashOf, isObject, listAt, objectAt, storable, storableText, textAt, type JsonObject } from '../json.js';
import {
  refText,
  type AssetKind,
  type AssetRef,
  type FactStatement,
  type LineageStatement,
  type Reading,
  type RunDatasetStatement,
  type RunEventType,
  type RunStatement,
} from '../statement.js';
import { datasetFacts, jobFacts, type FacetContext } from './facets.js';
import { aliasesOf } from './aliases.js';
import { odditiesOf, type FacetPlace } from './facet-schemas.js';
import { statedFlows, type DatasetEntry } from './flows.js';
import { jobsNamedIn, runFacets } from './run-facets.js';
import { requireShape } from './shape.js';

const RUN_EVENT_TYPES: readonly string[] = ['START', 'RUNNING', 'COMPLETE', 'FAIL', 'ABORT', 'OTHER'];

const SOURCE = { key: 'openlineage', kind: 'OPENLINEAGE' } as const;

/**
 * Reads one event of OpenLineage spec 2-0-2: RunEvent, JobEvent or DatasetEvent, told apart by shape. Liberal where
 * producers are: ids that are no UUIDs, times without zone, facets of any version.
 * @throws Invalid when it has no identity, no time or a part of a wrong type, with the field's path.
 */
export function readOpenLineage(event: unknown): Reading {
  if (!isObject(event)) throw new Invalid('An OpenLineage event must be a JSON object.');
  requireShape(event);
  const warnings: { path: string; message: string }[] = [];
  const context: FacetContext = {
    at: timeOf(event),
    by: producerOf(event, warnings),
    warn: (path, message) => warnings.push({ path, message }),
  };
  const parts = isObject(event['job']) ? readJob(event, context) : readDataset(event, context);
  const assets = new Map(parts.assets.map((asset) => [refText(asset), asset]));
  return { source: SOURCE, ...parts, assets: [...assets.values()], warnings };
}

type Parts = Pick<Reading, 'facts' | 'runs' | 'lineage' | 'assets' | 'aliases' | 'mentions'>;

function readJob(event: JsonObject, context: FacetContext): Parts {
  const job = refOf('JOB', event['job'], ['job']);
  const inputs = entries(event, 'inputs', context);
  const outputs = entries(event, 'outputs', context);
  const datasets = [...inputs, ...outputs];
  const run = isObject(event['run']) ? runOf(event, job, context) : null;
  const jobFacets = facetsOf(event['job'], { place: 'job', path: 'job.facets' }, context);
  const flows = statedFlows({ job, jobFacets, inputs, outputs, warn: context.warn });
  const statement: LineageStatement = {
    origin: run ? 'OBSERVED' : 'DECLARED',
    job,
    run: run?.externalId ?? null,
    at: context.at,
    hash: hashOf(event),
    inputs: flows.inputs,
    outputs: flows.outputs,
    mode: run ? runMode(jobFacets) : 'REPLACE',
  };
  const aliases = datasets.flatMap((entry) => aliasesOf(entry, context));
  const hasLineage = flows.inputs.length + flows.outputs.length > 0 || !run;
  const facts = datasets.flatMap((entry) =>
    datasetFacts(entry.ref, run ? standing(entry) : everything(entry), context),
  );
  return {
    facts: [...jobFacts(job, jobFacets, context), ...withoutRevival(facts)],
    runs: run ? [{ ...run, datasets: [...runDatasets('INPUT', inputs), ...runDatasets('OUTPUT', outputs)] }] : [],
    lineage: hasLineage ? [statement] : [],
    assets: [job, ...datasets.map((e) => e.ref), ...flows.mentioned, ...aliases.map(({ alias }) => alias)],
    aliases,
    mentions: run ? jobsNamedIn(run.facets) : [],
  };
}

/** A DatasetEvent describes; with a lineage facet it also declares where the dataset comes from. */
function readDataset(event: JsonObject, context: FacetContext): Parts {
  if (!isObject(event['dataset'])) {
    throw new Invalid("The event has neither 'job' nor 'dataset'. Send a RunEvent, JobEvent or DatasetEvent.", ['job']);
  }
  const ref = refOf('DATASET', event['dataset'], ['dataset']);
  const facets = facetsOf(event['dataset'], { place: 'dataset', path: 'dataset.facets' }, context);
  const entry: DatasetEntry = { ref, facets, ioFacets: {} };
  const aliases = aliasesOf(entry, context);
  const isDeclared = isObject(facets['lineage']) || isObject(facets['columnLineage']);
  const outputs = isDeclared ? [entry] : [];
  const flows = statedFlows({ job: null, jobFacets: {}, inputs: [], outputs, warn: context.warn });
  const statement: LineageStatement = {
    origin: 'DECLARED',
    job: null,
    run: null,
    at: context.at,
    hash: hashOf(event),
    inputs: [],
    outputs: flows.outputs,
    mode: 'REPLACE',
  };
  return {
    facts: datasetFacts(ref, facets, context),
    runs: [],
    lineage: isDeclared ? [statement] : [],
    assets: [ref, ...flows.mentioned, ...aliases.map(({ alias }) => alias)],
    aliases,
  };
}

/** JobTypeJobFacet 2-0-4: with COMPLETE_SNAPSHOT every event says all there is; otherwise events add up. */
function runMode(jobFacets: JsonObject): LineageStatement['mode'] {
  const content = textAt(jobFacets, 'jobType', 'emissionPattern', 'eventContentMode');
  return content?.toUpperCase() === 'COMPLETE_SNAPSHOT' ? 'SNAPSHOT' : 'ACCUMULATE';
}

function runOf(event: JsonObject, job: AssetRef, context: FacetContext): RunStatement {
  const externalId = textAt(event, 'run', 'runId');
  if (externalId === null)
    throw new Invalid(`'run.runId' ${asFound(event, 'run', 'runId')}. Give the run a unique id, best a UUID.`, [
      'run',
      'runId',
    ]);
  const type = String(event['eventType'] ?? 'OTHER').toUpperCase();
  if (!RUN_EVENT_TYPES.includes(type)) context.warn('eventType', `'${type}' is unknown and read as OTHER`);
  return {
    job,
    externalId: storableText(externalId),
    eventTime: context.at,
    eventType: RUN_EVENT_TYPES.includes(type) ? (type as RunEventType) : 'OTHER',
    facets: runFacets(facetsOf(event['run'], { place: 'run', path: 'run.facets' }, context)),
  };
}

function entries(event: JsonObject, side: 'inputs' | 'outputs', context: FacetContext): DatasetEntry[] {
  const place = side === 'inputs' ? 'input' : 'output';
  return listAt(event, side).map((dataset, index) => {
    const path = `${side}.${index}`;
    return {
      ref: refOf('DATASET', dataset, [side, String(index)]),
      facets: facetsOf(dataset, { place: 'dataset', path: `${path}.facets` }, context),
      ioFacets: facetsOf(dataset, { place, path: `${path}.${place}Facets`, key: `${place}Facets` }, context),
    };
  });
}

/** The facets of a part of the event; what is odd in them is told, and they are taken all the same. */
function facetsOf(
  owner: unknown,
  where: { readonly place: FacetPlace; readonly path: string; readonly key?: string },
  context: FacetContext,
): JsonObject {
  const key = where.key ?? 'facets';
  const facets = objectAt(owner, key);
  const isOdd = !isObject(at(owner, key) ?? {});
  if (isOdd) context.warn(where.path, 'is no object');
  for (const [name, facet] of Object.entries(facets)) {
    for (const { path, message } of odditiesOf(where.place, name, facet)) {
      context.warn([where.path, name, path].filter((part) => part !== '').join('.'), message);
    }
  }
  return facets;
}

/** What is true of a dataset in one run only, wherever producers put it: assertions and metrics are sent in either place. */
const OF_THE_RUN = ['dataQualityMetrics', 'dataQualityAssertions', 'subset', 'inputStatistics', 'outputStatistics'];

function standing({ facets }: DatasetEntry): JsonObject {
  return Object.fromEntries(Object.entries(facets).filter(([name]) => !OF_THE_RUN.includes(name)));
}

/** A declared job has no run to tell it of. */
function everything({ facets, ioFacets }: DatasetEntry): JsonObject {
  return { ...ioFacets, ...facets };
}

function runDatasets(
  direction: RunDatasetStatement['direction'],
  list: readonly DatasetEntry[],
): RunDatasetStatement[] {
  const isOfTheRun = (name: string): boolean => name === 'version' || OF_THE_RUN.includes(name);
  return list.map(({ ref, facets, ioFacets }) => ({
    dataset: ref,
    direction,
    facets: storable({
      ...ioFacets,
      ...Object.fromEntries(Object.entries(facets).filter(([name]) => isOfTheRun(name))),
    }),
  }));
}

/** A dataset that the event drops is not there again because the event names it on its other side too. */
function withoutRevival(facts: readonly FactStatement[]): FactStatement[] {
  const dropped = new Set(facts.filter((fact) => fact.attribute === 'droppedAt').map(({ asset }) => refText(asset)));
  return facts.filter(
    ({ attribute, value, asset }) => attribute !== 'lifecycle' || value !== null || !dropped.has(refText(asset)),
  );
}

function refOf(kind: AssetKind, value: unknown, path: readonly string[]): AssetRef {
  const namespace = textAt(value, 'namespace');
  const name = textAt(value, 'name');
  for (const [key, part] of [
    ['namespace', namespace],
    ['name', name],
  ] as const) {
    if (part === null)
      throw new Invalid(
        `'${[...path, key].join('.')}' ${asFound(value, key)}. Name it as the OpenLineage naming spec says.`,
        [...path, key],
      );
    if (part.length > 4000)
      throw new Invalid(`'${[...path, key].join('.')}' is longer than 4000 characters.`, [...path, key]);
  }
  return { kind, namespace: storableText(namespace ?? ''), name: storableText(name ?? '') };
}

/** How an error tells of a value that should be a text: that it is missing, or what is there instead. */
function asFound(event: unknown, ...path: readonly string[]): string {
  const value = at(event, ...path);
  return value === undefined ? 'is missing' : `is ${JSON.stringify(value).slice(0, 100)}`;
}

/** RFC 3339; also without a zone (taken as UTC) and with any number of fraction digits. */
function timeOf(event: JsonObject): Date {
  const text = textAt(event, 'eventTime');
  const match = /^(\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?)(?:[.,](\d+))?\s*(Z|z|[+-]\d\d:?\d\d)?$/.exec(text ?? '');
  const [, seconds = '', fraction = '', zone = 'Z'] = match ?? [];
  const time = new Date(
    `${seconds.replace(' ', 'T')}.${fraction.padEnd(3, '0').slice(0, 3)}${zone.toUpperCase()}`.replace(
      /T(\d\d:\d\d)\./,
      'T$1:00.',
    ),
  );
  if (!match || Number.isNaN(time.getTime()) || time.getUTCFullYear() < 1) {
    throw new Invalid(
      `'eventTime' ${asFound(event, 'eventTime')}. Give an RFC 3339 time such as 2026-01-31T10:00:00Z.`,
      ['eventTime'],
    );
  }
  return time;
}

function producerOf(event: JsonObject, warnings: { path: string; message: string }[]): string | null {
  const producer = textAt(event, 'producer');
  if (producer === null) warnings.push({ path: 'producer', message: 'is missing' });
  if (textAt(event, 'schemaURL') === null) warnings.push({ path: 'schemaURL', message: 'is missing' });
  return producer === null ? null : storableText(producer);
}
