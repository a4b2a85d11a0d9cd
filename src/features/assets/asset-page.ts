import { Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { Access } from '../../platform/access/access.js';
import { AuditTrail } from '../../platform/audit/audit-trail.js';
import { AssetReader } from './asset-reader.js';
import { toAssetResource, type AssetRow } from './asset.js';

/** From CONFIDENTIAL on, opening an asset's page is written down. */
const AUDITED_FROM = 2;

/** Opening one asset: the reading whose refusals and sensitive grants an auditor wants to see. */
@Injectable()
export class AssetPage {
  constructor(
    private readonly reader: AssetReader,
    private readonly access: Access,
    private readonly audit: AuditTrail,
  ) {}

  async open(actor: Actor, ref: string): Promise<AssetRow | null> {
    const asset = await this.reader.findUnchecked(ref);
    if (!asset) return null;
    const { decision, decidedBy } = (await this.access.forActor(actor)).explain('discover', toAssetResource(asset));
    if (decision === 'DENY' || (asset.sensitivity ?? 0) >= AUDITED_FROM) {
      await this.audit.write({
        actor,
        action: 'discover',
        subject: { kind: 'asset', id: asset.id },
        decision,
        policyId: decidedBy?.policyId ?? null,
      });
    }
    return decision === 'ALLOW' ? asset : null;
  }
}
