import { Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { Invalid } from '../../core/errors.js';
import type { AssetRow } from '../assets/index.js';
import { LineageService, type LineageEdge, type LineageGraph, type LineageRequest } from './lineage.service.js';

export interface DiffRequest extends LineageRequest {
  readonly from: Date;
  readonly to: Date;
}

interface LineagePart {
  readonly assets: readonly AssetRow[];
  readonly edges: readonly LineageEdge[];
}

export interface LineageDiff {
  readonly added: LineagePart;
  readonly removed: LineagePart;
  readonly truncated: boolean;
}

/** What two moments differ in, as far as the actor may see both now. */
@Injectable()
export class DiffService {
  constructor(private readonly lineage: LineageService) {}

  /** @throws {NotFound} for a hidden or missing root. @throws {Invalid} */
  async diff(actor: Actor, { from, to, ...request }: DiffRequest): Promise<LineageDiff> {
    if (from > to) throw new Invalid('from must not be later than to.', ['from']);
    const before = await this.lineage.walkAssets(actor, { ...request, slice: { type: 'AS_OF', at: from } });
    const after = await this.lineage.walkAssets(actor, { ...request, slice: { type: 'AS_OF', at: to } });
    return {
      added: beyond(after, before),
      removed: beyond(before, after),
      truncated: [before, after].some(({ truncatedBy }) => truncatedBy !== null),
    };
  }
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
