import { Injectable } from '@nestjs/common';
import { SYSTEM_ACTOR, type Actor } from '../../core/actor.js';
import { Invalid } from '../../core/errors.js';
import type { Page, PageRequest } from '../../core/page.js';
import { Access } from '../../platform/access/access.js';
import { Events } from '../../platform/events/events.js';
import { decodeCursor, encodeCursor } from '../../platform/graphql/page-arguments.js';
import { isAssetId } from '../assets/index.js';
import { UsageRepository, type UsageRow } from './usage.repository.js';
import { ViewBuffer } from './view-buffer.js';
import { ViewRepository, type ViewedAsset } from './view.repository.js';

/** Type of the change when an asset is used more or less than it was. */
export const ASSET_USED = 'asset.used';

/** What people have looked at, and how much each asset is used. */
@Injectable()
export class UsageService {
  constructor(
    private readonly views: ViewRepository,
    private readonly buffer: ViewBuffer,
    private readonly usage: UsageRepository,
    private readonly access: Access,
    private readonly events: Events,
  ) {}

  /** What the actor opened lately and may see now, newest first. */
  async recentlyViewed(actor: Actor, page: PageRequest): Promise<Page<ViewedAsset>> {
    await this.buffer.flush();
    const before = page.after === null ? null : placeOf(page.after);
    const rows = await this.views.list(actor.id, await this.access.forActor(actor), { first: page.first, before });
    const nodes = rows.slice(0, page.first);
    const last = nodes.at(-1);
    const endCursor = last ? encodeCursor([last.viewedAtText, last.id]) : null;
    return { nodes, hasNextPage: rows.length > page.first, endCursor };
  }

  async countRecentlyViewed(actor: Actor): Promise<number> {
    return this.views.count(actor.id, await this.access.forActor(actor));
  }

  /** Of assets the caller has already been shown, in their order. */
  async listUsage(assetIds: readonly string[]): Promise<UsageRow[]> {
    const rows = new Map((await this.usage.list(assetIds)).map((row) => [row.assetId, row]));
    return assetIds.map((assetId) => rows.get(assetId) ?? { assetId, viewers: 0, queries: 0 });
  }

  async forget(accountId: string): Promise<void> {
    await this.views.forget(accountId);
  }

  /** Counts anew what each asset is used; search follows. Inside a transaction. */
  async count(): Promise<void> {
    await this.views.trim();
    const changed = await this.usage.count();
    this.events.record(SYSTEM_ACTOR, ...changed.map((id) => ({ type: ASSET_USED, subject: { kind: 'asset', id } })));
  }
}

function placeOf(after: string): readonly [string, string] {
  const [at = '', id = ''] = decodeCursor(after, 2);
  if (Number.isNaN(Date.parse(at)) || !isAssetId(id))
    throw new Invalid('after is not the endCursor of a page of this list.', ['after']);
  return [at, id];
}
