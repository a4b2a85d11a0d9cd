import { Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { Invalid } from '../../core/errors.js';
import { Access } from '../../platform/access/access.js';
import { AssetPage, AssetReader, type AssetRow } from '../assets/index.js';
import { pathsBetween } from './lineage-paths.js';
import { LineageWalker } from './lineage-walker.js';
import { requireBounds } from './walk.js';

export interface PathsRequest {
  /** Ids or references of the ends. */
  readonly from: string;
  readonly to: string;
  readonly maxHops: number;
  /** Paths, 1–100. */
  readonly first: number;
}

export interface LineagePaths {
  readonly paths: readonly { readonly nodes: readonly AssetRow[]; readonly length: number }[];
  readonly truncated: boolean;
  readonly sequence: string;
}

const MAX_NODES = 5000;

/** How one asset feeds another, as far as the actor may see it. */
@Injectable()
export class PathsService {
  constructor(
    private readonly page: AssetPage,
    private readonly reader: AssetReader,
    private readonly access: Access,
    private readonly walker: LineageWalker,
  ) {}

  /** @throws {NotFound} for a hidden or missing end. @throws {Invalid} */
  async paths(actor: Actor, { from, to, maxHops, first }: PathsRequest): Promise<LineagePaths> {
    requireBounds({ maxHops, maxNodes: MAX_NODES });
    if (first < 1 || first > 100) throw new Invalid(`first is 1–100, not ${first}.`, ['first']);
    const [start, end] = [await this.page.get(actor, from), await this.page.get(actor, to)];
    const access = await this.access.forActor(actor);
    const bounds = { access, maxHops, maxNodes: MAX_NODES };
    const { edges, isCut, sequence } = await this.walker.between({ fromId: start.id, toId: end.id, ...bounds });
    const { paths, hasMore } = pathsBetween(edges, { from: start.id, to: end.id }, { maxHops, limit: first });
    const rows = await this.reader.listByIds(actor, [...new Set(paths.flat())]);
    const byId = new Map(rows.map((row) => [row.id, row]));
    // What was hidden since the walk cuts its paths.
    const shown = paths
      .map((path) => path.flatMap((id) => byId.get(id) ?? []))
      .filter((nodes, at) => nodes.length === paths[at]?.length);
    return {
      paths: shown.map((nodes) => ({ nodes, length: nodes.length - 1 })),
      truncated: hasMore || isCut,
      sequence,
    };
  }
}
