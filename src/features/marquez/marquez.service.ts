import { Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { NotFound } from '../../core/errors.js';
import { Access } from '../../platform/access/access.js';
import { AssetPage, AssetReader, refOf, type AssetKey, type AssetRow } from '../assets/index.js';
import { LineageService, type ColumnLineageGraph, type LineageGraph } from '../lineage/index.js';
import { RunReader } from '../runs/index.js';
import { SearchService } from '../search/index.js';
import { MarquezRepository, type Slice } from './marquez.repository.js';
import {
  datasetShape,
  graphShape,
  jobShape,
  namespaceShape,
  nodeShape,
  runShape,
  searchShape,
  type GraphEdge,
} from './marquez-shapes.js';
import { nodeCandidates, nodeIdOf, type NodeCandidate } from './node-id.js';

const MAX_NODES = 2000;
const MAX_HOPS = 20;
const SHOWN_RUNS = 10;
/** Each column is walked by itself. */
const MOST_COLUMNS = 100;

/** Marquez's reading API over this catalog, under the same policies, so that scripts written for it keep working. */
@Injectable()
export class MarquezService {
  // Seven, because this is a second front over most of the catalog.
  // oxlint-disable-next-line max-params
  constructor(
    private readonly access: Access,
    private readonly repository: MarquezRepository,
    private readonly reader: AssetReader,
    private readonly page: AssetPage,
    private readonly runReader: RunReader,
    private readonly lineage: LineageService,
    private readonly searching: SearchService,
  ) {}

  async namespaces(actor: Actor, slice: Slice): Promise<object> {
    const rows = await this.repository.listNamespaces(await this.access.forActor(actor), slice);
    return { namespaces: rows.map(namespaceShape) };
  }

  async namespace(actor: Actor, name: string): Promise<object> {
    const row = await this.repository.findNamespace(await this.access.forActor(actor), name);
    if (!row) throw new NotFound(`Namespace '${name}' was not found.`, ['namespace']);
    return namespaceShape(row);
  }

  async datasets(actor: Actor, namespace: string, slice: Slice): Promise<object> {
    const access = await this.access.forActor(actor);
    const { rows, total } = await this.repository.list(access, { kind: 'DATASET', namespace }, slice);
    const columns = await this.reader.listColumns(
      actor,
      rows.map(({ id }) => id),
    );
    return { datasets: rows.map((row) => datasetShape(row, columns.get(row.id) ?? [])), totalCount: total };
  }

  async dataset(actor: Actor, namespace: string, name: string): Promise<object> {
    const asset = await this.open(actor, { kind: 'DATASET', namespace, name });
    const columns = await this.reader.listColumns(actor, [asset.id]);
    return datasetShape(asset, columns.get(asset.id) ?? []);
  }

  async jobs(actor: Actor, namespace: string, slice: Slice): Promise<object> {
    const access = await this.access.forActor(actor);
    const { rows, total } = await this.repository.list(access, { kind: 'JOB', namespace }, slice);
    const ids = rows.map(({ id }) => id);
    const runs = await this.runReader.newestOfJobs(actor, ids, 1);
    return { jobs: rows.map((row, index) => jobShape(row, runs[index] ?? [])), totalCount: total };
  }

  async job(actor: Actor, namespace: string, name: string): Promise<object> {
    const asset = await this.open(actor, { kind: 'JOB', namespace, name });
    const [runs = []] = await this.runReader.newestOfJobs(actor, [asset.id], SHOWN_RUNS);
    return jobShape(asset, runs);
  }

  async runs(actor: Actor, { namespace, name }: { namespace: string; name: string }, limit: number): Promise<object> {
    const asset = await this.open(actor, { kind: 'JOB', namespace, name });
    const [runs = []] = await this.runReader.newestOfJobs(actor, [asset.id], limit);
    return { runs: runs.map(runShape) };
  }

  /** Datasets and jobs around a node; `depth` counts both, as Marquez does. Says `truncated` where it left something out. */
  async graph(actor: Actor, nodeId: string, depth: number): Promise<object> {
    const { asset } = await this.locate(actor, nodeId);
    const bounds = { ref: asset.id, maxHops: hopsOf(depth), maxNodes: MAX_NODES };
    const up = await this.lineage.walkAssets(actor, { ...bounds, direction: 'UPSTREAM' });
    const down = await this.lineage.walkAssets(actor, { ...bounds, direction: 'DOWNSTREAM' });
    const assets = new Map([up, down].flatMap(assetsOf).map((row) => [row.id, row]));
    const nodes = new Map([...assets.values()].map((row) => [nodeIdOf(row), nodeShape(row)]));
    const edges = [up, down].flatMap((walk) => edgesOf(walk, assets));
    return { ...graphShape(nodes, edges), truncated: up.truncatedBy !== null || down.truncatedBy !== null };
  }

  async columnGraph(
    actor: Actor,
    nodeId: string,
    { depth, withDownstream }: { depth: number; withDownstream: boolean },
  ): Promise<object> {
    const { asset, field } = await this.locate(actor, nodeId);
    const known = field === null ? ((await this.reader.listColumns(actor, [asset.id])).get(asset.id) ?? []) : [];
    const columns = field === null ? known.map(({ path }) => path) : [field];
    const directions = withDownstream ? (['UPSTREAM', 'DOWNSTREAM'] as const) : (['UPSTREAM'] as const);
    const walks: ColumnLineageGraph[] = [];
    for (const column of columns.slice(0, MOST_COLUMNS)) {
      for (const direction of directions) {
        const bounds = { maxHops: Math.min(depth, MAX_HOPS), maxNodes: MAX_NODES };
        walks.push(await this.lineage.walkColumns(actor, { ref: asset.id, column, direction, ...bounds }));
      }
    }
    const isCut = columns.length > MOST_COLUMNS || walks.some(({ truncatedBy }) => truncatedBy !== null);
    return { ...columnGraphShape(walks), truncated: isCut };
  }

  /** Needs `operate`: messages are shown as they came, with everything they name. */
  async events(actor: Actor, slice: Slice, order: 'ASC' | 'DESC'): Promise<object> {
    (await this.access.forActor(actor)).require('operate', { type: 'system' });
    const { events, total } = await this.repository.listEvents(slice, order);
    return { events, totalCount: total };
  }

  async search(
    actor: Actor,
    query: string,
    { kind, limit }: { kind: AssetKey['kind'] | null; limit: number },
  ): Promise<object> {
    const kinds = kind === null ? (['DATASET', 'JOB'] as const) : [kind];
    const page = { first: limit, after: null };
    const { hits } = await this.searching.search(actor, { query, filter: { kinds }, page });
    const results = hits.flatMap(({ asset, column }) => (asset && !column ? [searchShape(asset)] : []));
    return { totalCount: results.length, results };
  }

  private async open(actor: Actor, key: AssetKey): Promise<AssetRow> {
    const asset = await this.page.visit(actor, refOf(key));
    if (!asset) throw new NotFound(`${key.kind === 'JOB' ? 'Job' : 'Dataset'} '${key.name}' was not found.`, ['name']);
    return asset;
  }

  /** The first reading of the id that names something the actor may see. */
  private async locate(actor: Actor, nodeId: string): Promise<{ asset: AssetRow; field: string | null }> {
    const candidates: NodeCandidate[] = nodeCandidates(nodeId);
    for (const { key, field } of candidates) {
      const asset = await this.reader.find(actor, refOf(key));
      if (asset) return { asset, field };
    }
    throw new NotFound(`Node '${nodeId}' was not found.`, ['nodeId']);
  }
}

/** From dataset to dataset are two steps of Marquez: to the job, and on. */
function hopsOf(depth: number): number {
  return Math.min(Math.max(Math.ceil(depth / 2), 1), MAX_HOPS);
}

function assetsOf({ root, nodes, edges }: LineageGraph): AssetRow[] {
  return [root, ...nodes.map(({ asset }) => asset), ...edges.flatMap(({ job }) => job ?? [])];
}

function edgesOf({ edges }: LineageGraph, assets: ReadonlyMap<string, AssetRow>): GraphEdge[] {
  return edges.flatMap(({ from, to, job }) => {
    const path = [assets.get(from), job ?? undefined, assets.get(to)].flatMap((row) => (row ? [nodeIdOf(row)] : []));
    // A walk that starts at a job has edges that begin or end there.
    const steps = path.filter((id, index) => id !== path[index - 1]);
    return steps.slice(1).map((destination, index) => ({ origin: steps[index] ?? '', destination }));
  });
}

function columnGraphShape(walks: readonly ColumnLineageGraph[]): object {
  const assets = new Map(walks.flatMap(({ nodes }) => nodes.map(({ asset }) => [asset.id, asset])));
  const edges = walks.flatMap((walk) => walk.edges);
  const id = (assetId: string, column: string): string => {
    const asset = assets.get(assetId);
    return asset ? nodeIdOf(asset, column) : '';
  };
  const nodes = new Map(
    walks
      .flatMap((walk) => walk.nodes)
      .map(({ asset, column }) => {
        const inputFields = edges
          .filter((edge) => edge.toAsset === asset.id && edge.toColumn === column)
          .map((edge) => ({
            namespace: assets.get(edge.fromAsset)?.namespace,
            dataset: assets.get(edge.fromAsset)?.name,
            field: edge.fromColumn,
            transformationType: edge.transformations.join(','),
            transformationDescription: null,
          }));
        const data = { namespace: asset.namespace, dataset: asset.name, field: column, inputFields };
        return [nodeIdOf(asset, column), { type: 'DATASET_FIELD', data }] as const;
      }),
  );
  const steps = edges.map((edge) => ({
    origin: id(edge.fromAsset, edge.fromColumn),
    destination: id(edge.toAsset, edge.toColumn),
  }));
  return graphShape(nodes, steps);
}
