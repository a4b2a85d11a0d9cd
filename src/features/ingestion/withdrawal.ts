import { Injectable } from '@nestjs/common';
import { SYSTEM_ACTOR, type Actor } from '../../core/actor.js';
import { Conflict, Invalid, NotFound } from '../../core/errors.js';
import { Access } from '../../platform/access/access.js';
import { Database } from '../../platform/database/database.js';
import { Events } from '../../platform/events/events.js';
import { AssetPresence } from '../assets/index.js';
import { Busy, IngestionService } from './ingestion.service.js';

export interface WithdrawalRequest {
  /** Key of the source: 'dbt:jaffle_shop'. */
  readonly source: string;
  readonly reason: string;
}

export interface Withdrawn {
  readonly source: string;
  /** Assets that it listed until now. */
  readonly assets: number;
}

/**
 * Ends what a source says, as a message like all others. What only it had is removed, a tombstone later; what people said of
 * it stays as long, and all is back when the source lists it again. Nothing that another source says changes.
 */
@Injectable()
export class Withdrawal {
  constructor(
    private readonly database: Database,
    private readonly access: Access,
    private readonly presence: AssetPresence,
    private readonly ingestion: IngestionService,
    private readonly events: Events,
  ) {}

  /** Assets that a source lists. */
  async countListed(source: string): Promise<number> {
    return (await this.presence.findListing(source))?.assets ?? 0;
  }

  /** @throws Forbidden without `operate`, NotFound for a source that never listed anything, Conflict while too much waits. */
  async withdraw(actor: Actor, { source, reason }: WithdrawalRequest): Promise<Withdrawn> {
    (await this.access.forActor(actor)).require('operate', { type: 'system' });
    if (reason.trim() === '' || reason.length > 1000)
      throw new Invalid('Say why, in 1 to 1000 characters.', ['reason']);
    return this.database.transaction(async () => {
      const listing = await this.presence.findListing(source);
      if (!listing) throw new NotFound(`The source '${source.slice(0, 200)}' has never listed anything.`, ['source']);
      await this.send({ source, kind: listing.kind, at: new Date().toISOString() });
      const detail = { reason: reason.trim(), assets: listing.assets };
      this.events.record(actor, { type: 'source.withdrawn', subject: { kind: 'source', id: source }, detail });
      return { source, assets: listing.assets };
    });
  }

  private async send(message: object): Promise<void> {
    try {
      await this.ingestion.accept(SYSTEM_ACTOR, 'WITHDRAWAL', [message]);
    } catch (error) {
      if (error instanceof Busy) throw new Conflict(error.message);
      throw error;
    }
  }
}
