import type { AssetRow } from '../assets/index.js';
import type { LineageGraph } from './lineage.service.js';

const PRODUCER = 'urn:cadastre:lineage';
const SPEC = 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/';
const FACETS = 'https://openlineage.io/spec/facets/1-0-0/';

interface NodeId {
  readonly namespace: string;
  readonly name: string;
  readonly type: 'DATASET' | 'JOB';
}

/**
 * Static lineage (OpenLineage 2-0-2): a JobEvent for each job, whose `lineage` facet (LineageJobFacet 1-0-0) says output by
 * output what feeds it, and a DatasetEvent (LineageDatasetFacet 1-0-0) for what is fed without a job. Events of datasets and
 * jobs only: the specification knows no other nodes.
 */
export function openLineageEvents({ nodes, edges }: LineageGraph, at: Date): object[] {
  const byId = new Map(nodes.map(({ asset }) => [asset.id, asset]));
  const groups = new Map<string, { job: AssetRow | null; target: AssetRow; sources: AssetRow[] }>();
  for (const { from, to, job, isContracted } of edges) {
    // Nobody has said it: it stands for flows over assets that are not here.
    if (isContracted) continue;
    const [source, target] = [byId.get(from), byId.get(to)];
    if (!source || !target || !isNode(source) || !isNode(target)) continue;
    const key = `${job?.id} ${to}`;
    const group = groups.get(key) ?? { job, target, sources: [] };
    group.sources.push(source);
    groups.set(key, group);
  }
  const all = [...groups.values()];
  const jobs = [...new Map(all.flatMap(({ job }) => (job ? [[job.id, job] as const] : []))).values()];
  return [
    ...jobs.map((job) =>
      jobEvent(
        job,
        all.filter((group) => group.job?.id === job.id),
        at,
      ),
    ),
    ...all.filter(({ job }) => job === null).map(({ target, sources }) => datasetEvent(target, sources, at)),
  ];
}

interface Fed {
  readonly target: AssetRow;
  readonly sources: readonly AssetRow[];
}

function jobEvent(job: AssetRow, fed: readonly Fed[], at: Date): object {
  const datasets = (assets: readonly AssetRow[]): object[] =>
    [...new Map(assets.filter(({ kind }) => kind === 'DATASET').map((asset) => [asset.id, asset])).values()].map(keyOf);
  const entries = fed.map(({ target, sources }) => ({ ...nodeId(target), inputs: sources.map(nodeId) }));
  return {
    ...envelope('JobEvent', at),
    job: { ...keyOf(job), facets: { lineage: { ...facet('LineageJobFacet'), entries } } },
    inputs: datasets(fed.flatMap(({ sources }) => sources)),
    outputs: datasets(fed.map(({ target }) => target)),
  };
}

function datasetEvent(target: AssetRow, sources: readonly AssetRow[], at: Date): object {
  const lineage = { ...facet('LineageDatasetFacet'), inputs: sources.map(nodeId) };
  return { ...envelope('DatasetEvent', at), dataset: { ...keyOf(target), facets: { lineage } } };
}

function isNode({ kind }: AssetRow): boolean {
  return kind === 'DATASET' || kind === 'JOB';
}

function nodeId(asset: AssetRow): NodeId {
  return { ...keyOf(asset), type: asset.kind === 'JOB' ? 'JOB' : 'DATASET' };
}

function keyOf({ namespace, name }: AssetRow): { namespace: string; name: string } {
  return { namespace, name };
}

function envelope(kind: string, at: Date): object {
  return { eventTime: at.toISOString(), producer: PRODUCER, schemaURL: SPEC + kind };
}

function facet(name: string): object {
  return { _producer: PRODUCER, _schemaURL: `${FACETS}${name}.json#/$defs/${name}` };
}
