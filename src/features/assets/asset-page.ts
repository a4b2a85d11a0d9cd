import { Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { Access } from '../../platform/access/access.js';
import { AuditTrail } from '../../platform/audit/audit-trail.js';
import { AssetReader, found } from './asset-reader.js';
import { isAssetId, isExternalRef, parseRef, toAssetResource, type AssetRow } from './asset.js';

/** From CONFIDENTIAL on, opening an asset's page is written down. */
const AUDITED_FROM = 2;
/** Enough to see what somebody looked for. */
const MAX_REF = 500;

type Visited = (actor: Actor, asset: AssetRow) => void;

/** Opening one asset, its page or its lineage: the reading whose refusals and sensitive grants an auditor wants to see. */
@Injectable()
export class AssetPage {
  private readonly listeners: Visited[] = [];

  constructor(
    private readonly reader: AssetReader,
    private readonly access: Access,
    private readonly audit: AuditTrail,
  ) {}

  /** To be called while modules are made. The listener hears of each visit, and must not throw. */
  onVisit(listener: Visited): void {
    this.listeners.push(listener);
  }

  /** Opens the asset's own page: what somebody looks at, and not only asks about. */
  async visit(actor: Actor, ref: string): Promise<AssetRow | null> {
    const asset = await this.open(actor, ref);
    if (asset) for (const listener of this.listeners) listener(actor, asset);
    return asset;
  }

  /** What is not there is written down like what is hidden, so that neither their time nor their work tells them apart. */
  async open(actor: Actor, ref: string): Promise<AssetRow | null> {
    // A text that can name nothing, such as a mere word, is no question about an asset.
    if (!isAssetId(ref) && !isExternalRef(ref) && !parseRef(ref)) return null;
    const asset = await this.reader.findUnchecked(ref);
    if (!asset) {
      const subject = { kind: 'asset', id: ref.slice(0, MAX_REF) };
      await this.audit.write({ actor, action: 'discover', subject, decision: 'DENY', detail: { isMissing: true } });
      return null;
    }
    const explanation = (await this.access.forActor(actor)).explain('discover', toAssetResource(asset));
    const isAllowed = explanation.decision === 'ALLOW';
    if (!isAllowed || (asset.sensitivity ?? 0) >= AUDITED_FROM) {
      await this.audit.recordDecision(actor, 'discover', { subject: { kind: 'asset', id: asset.id }, explanation });
    }
    return isAllowed ? asset : null;
  }

  /** @throws NotFound */
  async get(actor: Actor, ref: string): Promise<AssetRow> {
    return found(await this.open(actor, ref), ref);
  }
}
