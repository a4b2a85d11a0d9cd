import { Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { Forbidden } from '../../core/errors.js';
import { Access } from '../../platform/access/access.js';
import { AuditTrail } from '../../platform/audit/audit-trail.js';
import { Database } from '../../platform/database/database.js';
import { toAssetResource, type AssetRow } from './asset.js';

/** Who may say what an asset is. A refusal is on record, though nothing else of the refused edit is. */
@Injectable()
export class EditRight {
  constructor(
    private readonly database: Database,
    private readonly access: Access,
    private readonly audit: AuditTrail,
  ) {}

  /** Of an asset that the actor has found. `field` is the argument that named it. @throws Forbidden */
  async require(actor: Actor, asset: AssetRow, field: string): Promise<void> {
    const explanation = (await this.access.forActor(actor)).explain('edit', toAssetResource(asset));
    if (explanation.decision === 'ALLOW') return;
    const subject = { kind: 'asset', id: asset.id };
    this.database.afterRollback(() => this.audit.recordDecision(actor, 'edit', { subject, explanation }));
    throw new Forbidden(`You may not edit '${asset.displayName ?? asset.name}'. Ask one of its owners.`, [field]);
  }

  /** Whether the actor may make this asset: would see it, and may edit it. */
  async mayMake(actor: Actor, asset: AssetRow): Promise<boolean> {
    const access = await this.access.forActor(actor);
    const resource = toAssetResource(asset);
    return access.can('edit', resource) && access.can('discover', resource);
  }
}
