import { Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { Invalid } from '../../core/errors.js';
import { AssetStates, differencesBetween, type AssetDifference, type AssetRow } from '../assets/index.js';
import { LineageService, type LineageEdge, type LineageGraph, type LineageRequest } from './lineage.service.js';

export interface DiffRequest extends LineageRequest {
  readonly from: Date;
  readonly to: Date;
  /** What is said of assets that both moments have is only read when this is true. */
  readonly withChanges: boolean;
}

interface LineagePart {
  readonly assets: readonly AssetRow[];
  readonly edges: readonly LineageEdge[];
}

export interface LineageDiff {
  readonly added: LineagePart;
  readonly removed: LineagePart;
  readonly truncated: boolean;
  readonly changed: readonly AssetDifference[];
}

/** What two moments differ in, as far as the actor may see both now. */
@Injectable()
export class DiffService {
  constructor(
    private readonly lineage: LineageService,
    private readonly states: AssetStates,
  ) {}

  /** @throws {NotFound} for a hidden or missing root. @throws {Invalid} */
  async diff(actor: Actor, { from, to, withChanges, ...request }: DiffRequest): Promise<LineageDiff> {
    if (from > to) throw new Invalid('from must not be later than to.', ['from']);
    const before = await this.lineage.walkAssets(actor, { ...request, slice: { type: 'AS_OF', at: from } });
    const after = await this.lineage.walkAssets(actor, { ...request, slice: { type: 'AS_OF', at: to } });
    return {
      added: beyond(after, before),
      removed: beyond(before, after),
      truncated: [before, after].some(({ truncatedBy }) => truncatedBy !== null),
      changed: withChanges ? await this.changed(actor, inBoth(after, before), { from, to }) : [],
    };
  }

  private async changed(
    actor: Actor,
    assets: readonly AssetRow[],
    { from, to }: Pick<DiffRequest, 'from' | 'to'>,
  ): Promise<AssetDifference[]> {
    const before = await this.states.listAt(actor, assets, from);
    const after = await this.states.listAt(actor, assets, to);
    return after.flatMap((state, at) => {
      const earlier = before[at];
      return earlier ? differencesBetween(earlier, state) : [];
    });
  }
}

function inBoth(one: LineageGraph, other: LineageGraph): AssetRow[] {
  const ids = new Set(other.nodes.map(({ asset }) => asset.id));
  return one.nodes.map(({ asset }) => asset).filter(({ id }) => ids.has(id));
}

/** What the one has and the other has not. */
function beyond(one: LineageGraph, other: LineageGraph): LineagePart {
  const assets = new Set(other.nodes.map(({ asset }) => asset.id));
  const edges = new Set(other.edges.map(keyOf));
  return {
    assets: one.nodes.map(({ asset }) => asset).filter(({ id }) => !assets.has(id)),
    edges: one.edges.filter((edge) => !edges.has(keyOf(edge))),
  };
}

function keyOf({ from, to, job }: LineageEdge): string {
  return `${from} ${to} ${job?.id}`;
}
