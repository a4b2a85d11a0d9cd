import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '../../core/actor.js';
import { Conflict, Invalid, NotFound } from '../../core/errors.js';
import { Database } from '../../platform/database/database.js';
import { Events } from '../../platform/events/events.js';
import { AssetReader, EditRight, type AssetRow } from '../assets/index.js';
import { ManualEdgeRepository, type ManualEdgeRow } from './manual-edge.repository.js';

export interface ManualFlow {
  /** Ids or references. */
  readonly from: string;
  readonly to: string;
  readonly reason: string;
}

export interface ManualEdge extends Omit<ManualEdgeRow, 'sourceId' | 'targetId'> {
  readonly from: AssetRow;
  readonly to: AssetRow;
}

/** Flows that people know of and no machine sees. Who may edit an asset may say what feeds it. */
@Injectable()
export class ManualLineage {
  constructor(
    private readonly database: Database,
    private readonly reader: AssetReader,
    private readonly right: EditRight,
    private readonly edges: ManualEdgeRepository,
    private readonly events: Events,
  ) {}

  /** @throws NotFound, Forbidden, Invalid without a reason, Conflict when somebody said so already. */
  async add(actor: Actor, flow: ManualFlow): Promise<ManualEdge> {
    return this.database.transaction(async () => {
      const { from, to, reason } = await this.checked(actor, flow);
      const row = await this.edges.add({ id: uuidv7(), sourceId: from.id, targetId: to.id, reason, by: actor.handle });
      if (!row) throw new Conflict('Somebody has said so already.', ['from']);
      await this.edges.project(to);
      this.record(actor, 'lineage.edgeAdded', { from, to, reason });
      return { ...row, from, to };
    });
  }

  /** What was said stays on record. @throws NotFound, also when nobody has said so; Forbidden; Invalid without a reason. */
  async remove(actor: Actor, flow: ManualFlow): Promise<ManualEdge> {
    return this.database.transaction(async () => {
      const { from, to, reason } = await this.checked(actor, flow);
      const row = await this.edges.end({ sourceId: from.id, targetId: to.id, reason, by: actor.handle });
      if (!row) throw new NotFound('Nobody has said that the one feeds the other.', ['from']);
      await this.edges.project(to);
      this.record(actor, 'lineage.edgeRemoved', { from, to, reason });
      return { ...row, from, to };
    });
  }

  /** Of an asset, both sides, newest first; those with a hidden end are not there. @throws NotFound */
  async list(actor: Actor, ref: string): Promise<ManualEdge[]> {
    const asset = await this.reader.get(actor, ref);
    const rows = await this.edges.listOf(asset.id);
    const ends = [...new Set(rows.flatMap(({ sourceId, targetId }) => [sourceId, targetId]))];
    const byId = new Map((await this.reader.listByIds(actor, ends)).map((end) => [end.id, end]));
    return rows.flatMap(({ sourceId, targetId, ...row }) => {
      const [from, to] = [byId.get(sourceId), byId.get(targetId)];
      return from && to ? [{ ...row, from, to }] : [];
    });
  }

  private async checked(actor: Actor, flow: ManualFlow): Promise<{ from: AssetRow; to: AssetRow; reason: string }> {
    const reason = flow.reason.trim();
    if (reason === '' || reason.length > 1000) throw new Invalid('Say why, in 1 to 1000 characters.', ['reason']);
    const [from, to] = [await this.reader.get(actor, flow.from), await this.reader.get(actor, flow.to)];
    if (from.id === to.id) throw new Invalid('An asset does not feed itself.', ['to']);
    await this.right.require(actor, to, 'to');
    return { from, to, reason };
  }

  private record(actor: Actor, type: string, flow: { from: AssetRow; to: AssetRow; reason: string }): void {
    const detail = { from: flow.from.id, reason: flow.reason };
    this.events.record(actor, { type, subject: { kind: 'asset', id: flow.to.id }, detail });
  }
}
