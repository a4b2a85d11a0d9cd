import { Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { Invalid, NotFound } from '../../core/errors.js';
import type { Page, PageRequest } from '../../core/page.js';
import { Access } from '../../platform/access/access.js';
import { Database } from '../../platform/database/database.js';
import { Events } from '../../platform/events/events.js';
import { AssetPresence, type SyncRow } from '../assets/index.js';
import { IngestionRepository } from './ingestion.repository.js';
import { LineageStore } from './lineage-store.js';

export interface ReleaseRequest {
  readonly source: string;
  readonly sync: string;
  readonly reason: string;
}

/** Syncs of sources, for those who look after the service; and the word of a person about one that was held. */
@Injectable()
export class SyncsService {
  // Six, because a release does what a projection does.
  // oxlint-disable-next-line max-params
  constructor(
    private readonly access: Access,
    private readonly database: Database,
    private readonly repository: IngestionRepository,
    private readonly presence: AssetPresence,
    private readonly lineage: LineageStore,
    private readonly events: Events,
  ) {}

  /** Newest first. @throws Forbidden without `operate`. */
  async list(actor: Actor, source: string | null, page: PageRequest): Promise<Page<SyncRow>> {
    await this.requireOperator(actor);
    return this.presence.listSyncs(source, page);
  }

  /** What the held sync did not see goes missing now. @throws Forbidden, Invalid without a reason, NotFound when none is held. */
  async release(actor: Actor, { source, sync, reason }: ReleaseRequest): Promise<SyncRow> {
    await this.requireOperator(actor);
    if (reason.trim() === '' || reason.length > 1000)
      throw new Invalid('Say why, in 1 to 1000 characters.', ['reason']);
    return this.database.transaction(async () => {
      await this.repository.waitForProjection();
      const released = await this.presence.release(actor, { sourceKey: source, syncId: sync, reason: reason.trim() });
      if (!released) throw new NotFound(`Source '${source}' has no held sync '${sync}'.`, ['sync']);
      await this.lineage.closeRemoved(released.changed);
      this.events.record(actor, {
        type: 'sourceSync.released',
        subject: { kind: 'source', id: source },
        detail: { sync, reason: reason.trim(), gone: released.sync.goneCount },
      });
      return released.sync;
    });
  }

  private async requireOperator(actor: Actor): Promise<void> {
    (await this.access.forActor(actor)).require('operate', { type: 'system' });
  }
}
