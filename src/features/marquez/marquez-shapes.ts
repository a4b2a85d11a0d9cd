import type { AssetRow, ColumnRow } from '../assets/index.js';
import type { ShownRun } from '../runs/index.js';
import { nodeIdOf } from './node-id.js';

/** The shapes of Marquez 0.51's REST answers, as far as the catalog has what they show. */

export interface NamespaceRow {
  readonly name: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export function namespaceShape({ name, createdAt, updatedAt }: NamespaceRow): object {
  return { name, createdAt, updatedAt, ownerName: 'anonymous', description: null, isHidden: false };
}

export function datasetShape(asset: AssetRow, columns: readonly ColumnRow[]): object {
  return {
    id: { namespace: asset.namespace, name: asset.name },
    type: asset.subtype === 'TOPIC' ? 'STREAM' : 'DB_TABLE',
    name: asset.name,
    physicalName: asset.name,
    namespace: asset.namespace,
    sourceName: asset.platform ?? 'default',
    createdAt: asset.updatedAt,
    updatedAt: asset.updatedAt,
    fields: columns.map(({ path, dataType, description, tags }) => ({ name: path, type: dataType, tags, description })),
    tags: asset.tags,
    lastModifiedAt: asset.updatedAt,
    description: asset.description,
    deleted: asset.lifecycle === 'RETIRED',
  };
}

export function jobShape(asset: AssetRow, runs: readonly ShownRun[]): object {
  return {
    id: { namespace: asset.namespace, name: asset.name },
    type: 'BATCH',
    name: asset.name,
    simpleName: asset.name,
    namespace: asset.namespace,
    createdAt: asset.updatedAt,
    updatedAt: asset.updatedAt,
    description: asset.description,
    tags: asset.tags,
    latestRun: runs[0] ? runShape(runs[0]) : null,
    latestRuns: runs.map(runShape),
  };
}

const RUN_STATES: Readonly<Record<string, string>> = {
  PENDING: 'NEW',
  RUNNING: 'RUNNING',
  COMPLETE: 'COMPLETED',
  FAIL: 'FAILED',
  ABORT: 'ABORTED',
};

export function runShape(run: ShownRun): object {
  const isTimed = run.startedAt !== null && run.endedAt !== null;
  return {
    id: run.externalId,
    state: RUN_STATES[run.state] ?? run.state,
    startedAt: run.startedAt,
    endedAt: run.endedAt,
    durationMs: isTimed ? Number(run.endedAt) - Number(run.startedAt) : null,
    facets: Object.fromEntries(run.facets.map(({ name, value }) => [name, value])),
  };
}

export interface GraphEdge {
  readonly origin: string;
  readonly destination: string;
}

/** Nodes with their edges on both sides, in id order. */
export function graphShape(
  nodes: ReadonlyMap<string, { readonly type: string; readonly data: object }>,
  edges: readonly GraphEdge[],
): object {
  const distinct = [...new Map(edges.map((edge) => [JSON.stringify([edge.origin, edge.destination]), edge])).values()];
  const into = groupBy(distinct, ({ destination }) => destination);
  const from = groupBy(distinct, ({ origin }) => origin);
  const graph = [...nodes].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return {
    graph: graph.map(([id, node]) => ({ id, ...node, inEdges: into.get(id) ?? [], outEdges: from.get(id) ?? [] })),
  };
}

export function nodeShape(asset: AssetRow): { type: string; data: object } {
  const { namespace, name, description, platform, updatedAt } = asset;
  const data = { id: { namespace, name }, namespace, name, description, sourceName: platform ?? 'default', updatedAt };
  return { type: asset.kind === 'JOB' ? 'JOB' : 'DATASET', data };
}

export function searchShape(asset: AssetRow): object {
  const { kind, namespace, name, updatedAt } = asset;
  return { name, namespace, type: kind === 'JOB' ? 'JOB' : 'DATASET', updatedAt, nodeId: nodeIdOf(asset) };
}

function groupBy<Item>(items: readonly Item[], key: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return groups;
}
