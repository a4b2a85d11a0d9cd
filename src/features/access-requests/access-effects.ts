import { Injectable } from '@nestjs/common';
import type { Actor, Grant } from '../../core/actor.js';
import { Access } from '../../platform/access/access.js';
import { AssetReader, toAssetResource, toColumnResource } from '../assets/index.js';
import { actorOfAccount, IdentityService } from '../identity/index.js';
import type { DecidableRequest } from './access-requests.service.js';

/** What a request would change for who asks, as far as the decider sees the columns himself. */
export interface AccessEffect {
  readonly seesAsset: boolean;
  readonly willSeeAsset: boolean;
  /** Paths. */
  readonly gains: readonly string[];
  /** Asked for, and denied all the same: a rule stands above the grant. */
  readonly refused: readonly string[];
}

/** Decides as if a request were granted, by the same compiled rules. */
@Injectable()
export class AccessEffects {
  constructor(
    private readonly reader: AssetReader,
    private readonly identity: IdentityService,
    private readonly access: Access,
  ) {}

  async of(actor: Actor, request: DecidableRequest): Promise<AccessEffect> {
    const { asset } = request;
    const subject = actorOfAccount(await this.identity.get(request.requester), actor.policyVersion);
    const granted = { ...subject, grants: [...(subject.grants ?? []), grantOf(actor, request)] };
    const [before, after] = [await this.access.forActor(subject), await this.access.forActor(granted)];
    const visible = (await this.reader.listColumns(actor, [asset.id])).get(asset.id) ?? [];
    const columns = visible.map((column) => toColumnResource(asset, column));
    const isAsked = (path: string): boolean => request.columns === null || request.columns.includes(path);
    const gained = columns.filter((one) => after.can('read_column', one) && !before.can('read_column', one));
    const refused = columns.filter((one) => isAsked(one.path) && !after.can('read_column', one));
    return {
      seesAsset: before.can('discover', toAssetResource(asset)),
      willSeeAsset: after.can('discover', toAssetResource(asset)),
      gains: gained.map(({ path }) => path),
      refused: refused.map(({ path }) => path),
    };
  }
}

function grantOf(actor: Actor, { id, asset, columns, purpose, isEmergency }: DecidableRequest): Grant {
  const expiresAt = '9999-12-31T00:00:00Z';
  return { id, assetId: asset.id, columns, purpose, isEmergency, grantedBy: actor.handle, expiresAt };
}
