import { isObject, listAt, objectAt, storableText, textAt, uniqueSorted, type JsonObject } from '../json.js';
import { refText, type AssetRef, type ColumnFlow, type StatedOutput } from '../statement.js';

export interface DatasetEntry {
  readonly ref: AssetRef;
  readonly facets: JsonObject;
}

export interface JobFlows {
  readonly job: AssetRef | null;
  readonly jobFacets: JsonObject;
  readonly inputs: readonly DatasetEntry[];
  readonly outputs: readonly DatasetEntry[];
}

interface Transformation {
  readonly name: string;
  readonly isMasked: boolean;
}

/**
 * What each output says about where it comes from, by precedence: the explicit `lineage` facet (1-0-0), then
 * `columnLineage`, then nothing, which stands for inputs × outputs.
 */
export function statedOutputs({ jobFacets, outputs }: JobFlows): { outputs: StatedOutput[]; mentioned: AssetRef[] } {
  const explicit = explicitOutputs(jobFacets);
  const stated = outputs.map((entry) => explicit.get(refText(entry.ref)) ?? statedOutput(entry));
  const known = new Set(outputs.map((entry) => refText(entry.ref)));
  const all = [...stated, ...[...explicit.values()].filter((output) => !known.has(refText(output.asset)))];
  const mentioned = all.flatMap((o) => [
    o.asset,
    ...(o.inputs ?? []),
    ...(o.columnFlows ?? []).map((flow) => flow.source),
  ]);
  return { outputs: all, mentioned };
}

function statedOutput({ ref, facets }: DatasetEntry): StatedOutput {
  if (isObject(facets['lineage'])) return explicitDataset(ref, facets['lineage']);
  if (!isObject(facets['columnLineage'])) return { asset: ref };
  const columnFlows = columnFlowsOf(ref, facets['columnLineage']);
  // A facet without one flow says that the producer could not tell, not that there is none.
  return columnFlows.length > 0 ? { asset: ref, columnFlows } : { asset: ref };
}

/** LineageJobFacet: entries by target; only datasets flow here, job to job is orchestration. */
function explicitOutputs(jobFacets: JsonObject): Map<string, StatedOutput> {
  const found = new Map<string, StatedOutput>();
  for (const entry of listAt(jobFacets, 'lineage', 'entries')) {
    const target = datasetRef(entry) ?? datasetRef(objectAt(entry, 'target'));
    if (!target) continue;
    found.set(refText(target), explicitDataset(target, isObject(entry) ? entry : {}));
  }
  return found;
}

/** LineageDatasetFacet, and one entry of the job's: `inputs` for the whole dataset, `fields` per column. */
function explicitDataset(asset: AssetRef, facet: JsonObject): StatedOutput {
  const sources = [...listAt(facet, 'inputs'), ...listAt(facet, 'sources')];
  const inputs = sources.flatMap((input) => datasetRef(input) ?? []);
  const whole = sources.flatMap((input) => flowOf(asset, '', input) ?? []);
  const byField = Object.entries(objectAt(facet, 'fields')).flatMap(([path, field]) =>
    [...listAt(field, 'inputs'), ...listAt(field, 'inputFields'), ...listAt(field, 'sources')].flatMap(
      (input) => flowOf(asset, path, input) ?? [],
    ),
  );
  return { asset, inputs, columnFlows: merged([...whole, ...byField]) };
}

/** ColumnLineageDatasetFacet 1-2-0 and its older forms. */
function columnFlowsOf(target: AssetRef, facet: JsonObject): ColumnFlow[] {
  const fields = Object.entries(objectAt(facet, 'fields'));
  const flows = fields.flatMap(([path, field]) =>
    listAt(field, 'inputFields').flatMap((input) => flowOf(target, storableText(path), input, oldForm(field)) ?? []),
  );
  const whole = listAt(facet, 'dataset').flatMap((input) => flowOf(target, '', input) ?? []);
  return merged([...liftCommonIndirect(flows, fields.length), ...whole]);
}

function flowOf(
  target: AssetRef,
  targetPath: string,
  input: unknown,
  fallback: readonly Transformation[] = [],
): ColumnFlow | null {
  const source = datasetRef(input);
  const field = textAt(input, 'field');
  if (!source || field === null) return null;
  const stated = listAt(input, 'transformations').flatMap((t) => transformationOf(t) ?? []);
  const unknown = { name: targetPath === '' ? 'INDIRECT/UNKNOWN' : 'DIRECT/UNKNOWN', isMasked: false };
  const transformations = [stated, fallback, [unknown]].find((list) => list.length > 0) ?? [unknown];
  const direct = transformations.filter((t) => t.name.startsWith('DIRECT'));
  return {
    source,
    sourcePath: storableText(field),
    target,
    targetPath,
    transformations: uniqueSorted(transformations.map((t) => t.name)),
    isDirect: direct.length > 0,
    // Masked only if no direct way leaves it in the clear.
    isMasked: direct.length > 0 ? direct.every((t) => t.isMasked) : transformations.every((t) => t.isMasked),
  };
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

/** One flow per pair of columns. */
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
    isMasked: a.isMasked && b.isMasked,
  };
}

function datasetRef(value: unknown): AssetRef | null {
  const namespace = textAt(value, 'namespace');
  const name = textAt(value, 'name');
  const type = textAt(value, 'type')?.toUpperCase() ?? 'DATASET';
  if (namespace === null || name === null || type === 'JOB') return null;
  return { kind: 'DATASET', namespace: storableText(namespace), name: storableText(name) };
}
