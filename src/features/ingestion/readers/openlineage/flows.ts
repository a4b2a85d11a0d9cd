import { isObject, listAt, objectAt, storableText, textAt, uniqueSorted, type JsonObject } from '../json.js';
import { refText, type AssetRef, type ColumnFlow, type StatedOutput } from '../statement.js';

export interface DatasetEntry {
  readonly ref: AssetRef;
  readonly facets: JsonObject;
  /** `inputFacets` or `outputFacets`: what is true in this run only. */
  readonly ioFacets: JsonObject;
}

export interface EventFlows {
  readonly job: AssetRef | null;
  readonly jobFacets: JsonObject;
  readonly inputs: readonly DatasetEntry[];
  readonly outputs: readonly DatasetEntry[];
  readonly warn: (path: string, message: string) => void;
}

export interface StatedFlows {
  readonly inputs: readonly AssetRef[];
  readonly outputs: readonly StatedOutput[];
  readonly mentioned: readonly AssetRef[];
}

interface Transformation {
  readonly name: string;
  readonly isMasked: boolean;
}

/**
 * What the event says of flows, for each output by precedence: the explicit `lineage` facet (1-0-0), then `columnLineage`,
 * then nothing, which stands for inputs × outputs.
 */
export function statedFlows({ job, jobFacets, inputs, outputs, warn }: EventFlows): StatedFlows {
  const explicit = explicitOutputs(job, jobFacets['lineage'], warn);
  const stated = outputs.map((entry) => explicit.get(refText(entry.ref)) ?? statedOutput(job, entry));
  const known = new Set(outputs.map((entry) => refText(entry.ref)));
  const all = [...stated, ...[...explicit.values()].filter((output) => !known.has(refText(output.asset)))];
  for (const { ref, facets } of inputs) {
    if (isObject(facets['columnLineage']))
      warn(`${ref.name}.columnLineage`, 'is read of outputs and declared datasets only');
  }
  const mentioned = all.flatMap((o) => [
    o.asset,
    ...(o.inputs ?? []),
    ...(o.columnFlows ?? []).map((flow) => flow.source),
  ]);
  return { inputs: inputs.map(({ ref }) => ref), outputs: all, mentioned };
}

function statedOutput(job: AssetRef | null, { ref, facets }: DatasetEntry): StatedOutput {
  const [lineage, columnLineage] = [presentIn(facets['lineage']), presentIn(facets['columnLineage'])];
  if (lineage) return explicitOutput({ asset: ref, job }, [lineage]);
  const columnFlows = columnLineage ? columnFlowsOf(ref, columnLineage) : [];
  // A facet without one flow says that the producer could not tell, not that there is none.
  return columnFlows.length > 0 ? { asset: ref, columnFlows } : { asset: ref };
}

/** LineageJobFacet 1-0-0: entries by target. A target or source JOB without a name is the event's own job. */
function explicitOutputs(job: AssetRef | null, facet: unknown, warn: EventFlows['warn']): Map<string, StatedOutput> {
  const entries = new Map<string, { asset: AssetRef; said: JsonObject[] }>();
  for (const [index, entry] of listAt(presentIn(facet), 'entries').entries()) {
    const asset = nodeRef(entry, job);
    if (!asset || !isObject(entry)) {
      warn(`job.facets.lineage.entries.${index}`, 'has no namespace or no name, and is left out');
      continue;
    }
    const known = entries.get(refText(asset));
    entries.set(refText(asset), { asset, said: [...(known?.said ?? []), entry] });
  }
  return new Map([...entries].map(([key, { asset, said }]) => [key, explicitOutput({ asset, job }, said)]));
}

/** LineageDatasetFacet, and one target of the job's: `inputs` for the whole of it, `fields` per column. */
function explicitOutput(
  { asset, job }: { asset: AssetRef; job: AssetRef | null },
  said: readonly JsonObject[],
): StatedOutput {
  const whole = said.flatMap((entry) => listAt(entry, 'inputs'));
  const byField = said.flatMap((entry) =>
    Object.entries(objectAt(entry, 'fields')).flatMap(([path, field]) =>
      listAt(field, 'inputs').map((input) => ({ path: storableText(path), input })),
    ),
  );
  const sources = [...whole, ...byField.map(({ input }) => input)].flatMap((input) => nodeRef(input, job) ?? []);
  const isOwn = (ref: AssetRef): boolean => job !== null && refText(ref) === refText(job);
  const isDataset = asset.kind === 'DATASET';
  const flows = [
    ...whole.flatMap((input) => flowsOf(asset, '', input)),
    ...byField.flatMap(({ path, input }) => flowsOf(asset, path, input)),
  ];
  return {
    asset,
    inputs: sources.filter((source) => !isOwn(source)),
    columnFlows: isDataset ? merged(flows) : [],
    isExplicit: true,
    ...(isDataset && sources.some(isOwn) ? { isFromJob: true } : {}),
    ...(isOwn(asset) ? { isJob: true } : {}),
  };
}

/** `_deleted: true` takes a facet back. */
function presentIn(facet: unknown): JsonObject | null {
  return isObject(facet) && facet['_deleted'] !== true ? facet : null;
}

/** ColumnLineageDatasetFacet 1-2-0 and its older forms. */
function columnFlowsOf(target: AssetRef, facet: JsonObject): ColumnFlow[] {
  const fields = Object.entries(objectAt(facet, 'fields'));
  const flows = fields.flatMap(([path, field]) =>
    listAt(field, 'inputFields').flatMap((input) => flowsOf(target, storableText(path), input, oldForm(field))),
  );
  const whole = listAt(facet, 'dataset').flatMap((input) => flowsOf(target, '', input));
  return merged([...liftCommonIndirect(flows, fields.length), ...whole]);
}

/** The direct ways of an input as one flow, and each influence as one of its own. */
function flowsOf(
  target: AssetRef,
  targetPath: string,
  input: unknown,
  fallback: readonly Transformation[] = [],
): ColumnFlow[] {
  const source = datasetRef(input);
  const field = textAt(input, 'field');
  if (!source || field === null) return [];
  const stated = listAt(input, 'transformations').flatMap((t) => transformationOf(t) ?? []);
  const unknown = { name: targetPath === '' ? 'INDIRECT/UNKNOWN' : 'DIRECT/UNKNOWN', isMasked: false };
  const transformations = [stated, fallback, [unknown]].find((list) => list.length > 0) ?? [unknown];
  const direct = transformations.filter(isDirect);
  const ways = [direct, ...transformations.filter((t) => !isDirect(t)).map((t) => [t])].filter((way) => way.length > 0);
  return ways.map((way) => ({
    source,
    sourcePath: storableText(field),
    target,
    targetPath,
    transformations: uniqueSorted(way.map((t) => t.name)),
    isDirect: way === direct,
    // Masked only if no direct way leaves it in the clear.
    isMasked: way.every((t) => t.isMasked),
  }));
}

function isDirect({ name }: Transformation): boolean {
  return name.startsWith('DIRECT');
}

function transformationOf(value: unknown): Transformation | null {
  const type = textAt(value, 'type');
  if (type === null) return null;
  const subtype = textAt(value, 'subtype') ?? 'UNKNOWN';
  return {
    name: storableText(`${type}/${subtype}`.toUpperCase()),
    isMasked: isObject(value) && value['masking'] === true,
  };
}

/** Before 1-1-0 the field itself said IDENTITY or MASKED. */
function oldForm(field: unknown): Transformation[] {
  const type = textAt(field, 'transformationType')?.toUpperCase();
  if (type === undefined) return [];
  const name = type === 'IDENTITY' ? 'DIRECT/IDENTITY' : 'DIRECT/TRANSFORMATION';
  return [{ name, isMasked: type === 'MASKED' }];
}

/**
 * Older Spark integrations repeat what influences the whole dataset (filters, joins) under every field, which makes almost
 * every column depend on every other. An indirect input that all fields share is stored once.
 */
function liftCommonIndirect(flows: readonly ColumnFlow[], fieldCount: number): ColumnFlow[] {
  if (fieldCount < 2) return [...flows];
  const targets = new Map<string, Set<string>>();
  const key = (flow: ColumnFlow): string =>
    JSON.stringify([refText(flow.source), flow.sourcePath, flow.transformations]);
  for (const flow of flows.filter((f) => !f.isDirect)) {
    const set = targets.get(key(flow)) ?? new Set();
    targets.set(key(flow), set.add(flow.targetPath));
  }
  return flows.map((flow) =>
    !flow.isDirect && targets.get(key(flow))?.size === fieldCount ? { ...flow, targetPath: '' } : flow,
  );
}

/** One flow per pair of columns. An influence says nothing about the mask of values that flow. */
function merged(flows: readonly ColumnFlow[]): ColumnFlow[] {
  const byPair = new Map<string, ColumnFlow>();
  for (const flow of flows) {
    const key = JSON.stringify([refText(flow.source), flow.sourcePath, refText(flow.target), flow.targetPath]);
    const known = byPair.get(key);
    byPair.set(key, known ? mergePair(known, flow) : flow);
  }
  return [...byPair].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, flow]) => flow);
}

function mergePair(a: ColumnFlow, b: ColumnFlow): ColumnFlow {
  return {
    ...a,
    transformations: uniqueSorted([...a.transformations, ...b.transformations]),
    isDirect: a.isDirect || b.isDirect,
    isMasked: a.isDirect === b.isDirect ? a.isMasked && b.isMasked : (a.isDirect ? a : b).isMasked,
  };
}

/** A dataset or a job; a JOB without a name is the event's own. */
function nodeRef(value: unknown, job: AssetRef | null): AssetRef | null {
  const isJob = textAt(value, 'type')?.toUpperCase() === 'JOB';
  const namespace = textAt(value, 'namespace');
  const name = textAt(value, 'name');
  if (isJob && namespace === null && name === null) return job;
  if (namespace === null || name === null || namespace.length > 4000 || name.length > 4000) return null;
  return { kind: isJob ? 'JOB' : 'DATASET', namespace: storableText(namespace), name: storableText(name) };
}

function datasetRef(value: unknown): AssetRef | null {
  const ref = nodeRef(value, null);
  return ref?.kind === 'DATASET' ? ref : null;
}
