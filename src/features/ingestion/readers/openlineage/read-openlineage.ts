import { Invalid } from '../../../../core/errors.js';
import { hashOf, isObject, listAt, objectAt, storableText, textAt, type JsonObject } from '../json.js';
import {
  refText,
  type AssetKind,
  type AssetRef,
  type LineageStatement,
  type Reading,
  type RunEventType,
  type RunStatement,
} from '../statement.js';
import { datasetFacts, jobFacts, type FacetContext } from './facets.js';
import { aliasesOf } from './aliases.js';
import { runFacets } from './run-facets.js';
import { requireShape } from './shape.js';
import { statedOutputs, type DatasetEntry } from './flows.js';

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

type Parts = Pick<Reading, 'facts' | 'runs' | 'lineage' | 'assets' | 'aliases'>;

function readJob(event: JsonObject, context: FacetContext): Parts {
  const job = refOf('JOB', event['job'], ['job']);
  const inputs = entries(event, 'inputs');
  const outputs = entries(event, 'outputs');
  const run = isObject(event['run']) ? runOf(event, job, context) : null;
  const jobFacets = objectAt(event, 'job', 'facets');
  const facts = [
    ...jobFacts(job, jobFacets, context),
    ...[...inputs, ...outputs].flatMap((entry) => datasetFacts(entry.ref, entry.facets, context)),
  ];
  const stated = statedOutputs({ job, jobFacets, inputs, outputs });
  const statement: LineageStatement = {
    origin: run ? 'OBSERVED' : 'DECLARED',
    job,
    run: run?.externalId ?? null,
    at: context.at,
    hash: hashOf(event),
    inputs: inputs.map((entry) => entry.ref),
    outputs: stated.outputs,
    mode: run ? 'ACCUMULATE' : 'REPLACE',
  };
  const aliases = [...inputs, ...outputs].flatMap((entry) => aliasesOf(entry, context));
  const hasLineage = inputs.length + stated.outputs.length > 0 || !run;
  return {
    facts,
    runs: run ? [run] : [],
    lineage: hasLineage ? [statement] : [],
    assets: [
      job,
      ...inputs.map((e) => e.ref),
      ...outputs.map((e) => e.ref),
      ...stated.mentioned,
      ...aliases.map(({ alias }) => alias),
    ],
    aliases,
  };
}

/** A DatasetEvent describes; with the explicit lineage facet it also declares where the dataset comes from. */
function readDataset(event: JsonObject, context: FacetContext): Parts {
  if (!isObject(event['dataset'])) {
    throw new Invalid("The event has neither 'job' nor 'dataset'. Send a RunEvent, JobEvent or DatasetEvent.", ['job']);
  }
  const ref = refOf('DATASET', event['dataset'], ['dataset']);
  const facets = objectAt(event, 'dataset', 'facets');
  const entry: DatasetEntry = { ref, facets };
  const aliases = aliasesOf(entry, context);
  const isDeclared = isObject(facets['lineage']);
  const stated = statedOutputs({ job: null, jobFacets: {}, inputs: [], outputs: isDeclared ? [entry] : [] });
  const statement: LineageStatement = {
    origin: 'DECLARED',
    job: null,
    run: null,
    at: context.at,
    hash: hashOf(event),
    inputs: [],
    outputs: stated.outputs,
    mode: 'REPLACE',
  };
  return {
    facts: datasetFacts(ref, facets, context),
    runs: [],
    lineage: isDeclared ? [statement] : [],
    assets: [ref, ...stated.mentioned, ...aliases.map(({ alias }) => alias)],
    aliases,
  };
}

function runOf(event: JsonObject, job: AssetRef, context: FacetContext): RunStatement {
  const externalId = textAt(event, 'run', 'runId');
  if (externalId === null)
    throw new Invalid("'run.runId' is missing. Give the run a unique id, best a UUID.", ['run', 'runId']);
  const type = String(event['eventType'] ?? 'OTHER').toUpperCase();
  if (!RUN_EVENT_TYPES.includes(type)) context.warn('eventType', `'${type}' is unknown and read as OTHER`);
  return {
    job,
    externalId: storableText(externalId),
    eventTime: context.at,
    eventType: RUN_EVENT_TYPES.includes(type) ? (type as RunEventType) : 'OTHER',
    facets: runFacets(objectAt(event, 'run', 'facets')),
  };
}

function entries(event: JsonObject, side: 'inputs' | 'outputs'): DatasetEntry[] {
  return listAt(event, side).map((dataset, index) => {
    const own = objectAt(dataset, 'facets');
    // Assertions and metrics are typed as input facets and sent in either place.
    const extra = objectAt(dataset, side === 'inputs' ? 'inputFacets' : 'outputFacets');
    return { ref: refOf('DATASET', dataset, [side, String(index)]), facets: { ...extra, ...own } };
  });
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
        `'${[...path, key].join('.')}' is missing or no text. Name it as the OpenLineage naming spec says.`,
        [...path, key],
      );
    if (part.length > 4000)
      throw new Invalid(`'${[...path, key].join('.')}' is longer than 4000 characters.`, [...path, key]);
  }
  return { kind, namespace: storableText(namespace ?? ''), name: storableText(name ?? '') };
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
      `'eventTime' is ${text === null ? 'missing' : `'${text.slice(0, 100)}'`}. Give an RFC 3339 time such as 2026-01-31T10:00:00Z.`,
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
