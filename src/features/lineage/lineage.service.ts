import { Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { Access } from '../../platform/access/access.js';
import { AssetPage, AssetReader, type AssetRow } from '../assets/index.js';
import {
  ColumnLineageRepository,
  requireColumn,
  type ColumnEdgeRow,
  type ColumnNode,
  type FlowFilter,
} from './column-lineage.repository.js';
import type { WalkAnswer } from './graph/questions.js';
import { CURRENT, type EdgeSlice } from './edge-slice.js';
import type { ProvenEdge } from './evidence.js';
import { LineageWalker } from './lineage-walker.js';

import { factsOf, type NodeFacts } from './node-facts.js';
import { contracted, isShown, type NodeFilter } from './walk-filter.js';
import { requireBounds, walk, type LineageBound, type LineageDirection, type WalkBounds } from './walk.js';

export interface LineageRequest extends WalkBounds {
  /** Id or reference of the asset to start at. */
  readonly ref: string;
  readonly direction: LineageDirection;
}

export interface AssetWalkRequest extends LineageRequest {
  /** Position of the change log that must be in the answer. */
  readonly minSequence?: string | null;
  /** The current edges when left out. */
  readonly slice?: EdgeSlice;
  /** Every asset when left out. */
  readonly filter?: NodeFilter | null;
  /** What is left out costs nothing. Everything when left out. */
  readonly parts?: LineageParts;
}

export interface ColumnWalkRequest extends LineageRequest {
  readonly column: string;
  /** Every flow when left out. */
  readonly filter?: FlowFilter | null;
}

export interface LineageParts {
  readonly edges: boolean;
  /** Of the edges; null when left out. */
  readonly jobs: boolean;
  readonly degrees: boolean;
}

export interface LineageNode extends NodeFacts {
  readonly asset: AssetRow;
}

export interface LineageEdge extends Omit<ProvenEdge, 'jobId'> {
  readonly job: AssetRow | null;
  /** It leads over assets that are not shown. */
  readonly isContracted: boolean;
}

export interface LineageGraph {
  readonly root: AssetRow;
  readonly nodes: readonly LineageNode[];
  readonly edges: readonly LineageEdge[];
  /** Visible assets that were walked over and are not shown. */
  readonly leftOut: number;
  readonly truncatedBy: LineageBound | null;
  /** Position of the change log that it is of. */
  readonly sequence: string;
}

export interface ColumnLineageGraph {
  readonly nodes: readonly { readonly asset: AssetRow; readonly column: string; readonly distance: number }[];
  readonly edges: readonly ColumnEdgeRow[];
  readonly truncatedBy: LineageBound | null;
}

/**
 * Walks over what the actor may see. Hidden equals missing: a hidden asset, column or job cuts the walk, and neither the
 * counts nor `truncatedBy` tell that there was one.
 */
@Injectable()
export class LineageService {
  constructor(
    private readonly page: AssetPage,
    private readonly assets: AssetReader,
    private readonly access: Access,
    private readonly walker: LineageWalker,
    private readonly columnLineage: ColumnLineageRepository,
  ) {}

  /** In memory three statements, in the database at most `maxHops` + 7, one more for each further thousand assets; one more writes down a sensitive root. @throws {NotFound} for a hidden or missing root. @throws {Invalid} */
  async walkAssets(
    actor: Actor,
    { ref, parts = EVERYTHING, minSequence, slice = CURRENT, filter = null, ...request }: AssetWalkRequest,
  ): Promise<LineageGraph> {
    requireBounds(request);
    const root = await this.page.get(actor, ref);
    const access = await this.access.forActor(actor);
    await this.walker.requireSlice(access, slice);
    const { direction, maxHops, maxNodes } = request;
    const asked = { rootId: root.id, direction, maxHops, maxNodes, access, slice };
    const answer = await this.walker.walk(
      { ...asked, withEdges: parts.edges || parts.degrees, withDegrees: parts.degrees },
      minSequence ?? null,
    );
    const proven = parts.edges ? await this.walker.evidence(answer.edges, slice) : [];
    // The walk has looked whether the job is visible; its row is read only to be shown.
    const evidence = parts.jobs ? proven : proven.map((edge) => ({ ...edge, jobId: null }));
    const byId = await this.hydrate(actor, [...answer.nodes, ...evidence.map(({ jobId }) => jobId)]);
    const { truncatedBy, sequence } = answer;
    const nodes = nodesOf(answer, direction, byId);
    const edges = evidence.flatMap((row) => edgeOf(row, byId));
    return filtered({ root, nodes, edges, leftOut: 0, truncatedBy, sequence }, filter);
  }

  /** At most `maxHops` + 5 statements, and one that writes down a sensitive root. @throws {NotFound} for a hidden or missing asset or column. @throws {Invalid} */
  async walkColumns(actor: Actor, request: ColumnWalkRequest): Promise<ColumnLineageGraph> {
    requireBounds(request);
    const asset = await this.page.get(actor, request.ref);
    const access = await this.access.forActor(actor);
    const root = { assetId: asset.id, path: request.column };
    await requireColumn(this.columnLineage, access, root);
    const hop = { direction: request.direction, access, filter: request.filter ?? null };
    const { reached, truncatedBy } = await walk<ColumnNode>(root, request, async (frontier, seen, limit) => {
      const walkable = request.direction === 'UPSTREAM' ? frontier : frontier.filter(({ path }) => path !== '');
      return walkable.length > 0 ? this.columnLineage.listNext(hop, walkable, seen, limit) : [];
    });
    const columns = reached.map(({ node }) => node);
    const rows = await this.columnLineage.listEdges(hop, columns);
    const byId = await this.hydrate(
      actor,
      columns.map(({ assetId }) => assetId),
    );
    const nodes = reached.flatMap(({ node, distance }) => {
      const found = byId.get(node.assetId);
      return found ? [{ asset: found, column: node.path, distance }] : [];
    });
    const edges = rows.filter((row) => byId.has(row.fromAsset) && byId.has(row.toAsset));
    return { nodes, edges, truncatedBy };
  }

  /** Read under the policy once more: what was hidden since the walk began is left out. */
  private async hydrate(actor: Actor, ids: readonly (string | null)[]): Promise<Map<string, AssetRow>> {
    const distinct = [...new Set(ids.filter((id) => id !== null))];
    const byId = new Map<string, AssetRow>();
    for (let first = 0; first < distinct.length; first += ROWS_AT_ONCE) {
      const rows = await this.assets.listByIds(actor, distinct.slice(first, first + ROWS_AT_ONCE));
      for (const row of rows) byId.set(row.id, row);
    }
    return byId;
  }
}

/** Reading a thousand rows takes about 5 ms, in which nobody else is answered. */
const ROWS_AT_ONCE = 1000;

const EVERYTHING: LineageParts = { edges: true, jobs: true, degrees: true };

/** The root is always shown. */
function filtered(graph: LineageGraph, filter: NodeFilter | null): LineageGraph {
  if (!filter) return graph;
  const nodes = graph.nodes.filter(({ asset }) => asset.id === graph.root.id || isShown(asset, filter));
  const { edges, isCut } = contracted(graph.edges, new Set(nodes.map(({ asset }) => asset.id)));
  const truncatedBy = graph.truncatedBy ?? (isCut ? 'EDGES' : null);
  return { ...graph, nodes, edges, truncatedBy, leftOut: graph.nodes.length - nodes.length };
}

function nodesOf(answer: WalkAnswer, direction: LineageDirection, byId: ReadonlyMap<string, AssetRow>): LineageNode[] {
  const facts = factsOf(answer, direction);
  return answer.nodes.flatMap((id, at) => {
    const [asset, known] = [byId.get(id), facts[at]];
    return asset && known ? [{ asset, ...known }] : [];
  });
}

function edgeOf(edge: ProvenEdge, byId: ReadonlyMap<string, AssetRow>): LineageEdge[] {
  const { from, to, jobId, origins, firstSeenAt, lastSeenAt } = edge;
  const job = jobId === null ? null : byId.get(jobId);
  if (job === undefined || !byId.has(from) || !byId.has(to)) return [];
  return [{ from, to, job, origins, firstSeenAt, lastSeenAt, isContracted: false }];
}
