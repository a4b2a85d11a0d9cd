import { Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import type { ChangeEvent } from '../../core/change-event.js';
import { auditOfTransaction } from '../audit/audit-entry.js';
import { auditOfChanges } from '../audit/change-audit.js';
import { Database } from '../database/database.js';

const CHANGES = Symbol('changes');

/** Any fixed number. Held from the first insert to the commit, so that positions appear in commit order. */
const CHANGE_LOG_LOCK = 7_201_002;

export const CHANGE_LOG_CHANNEL = 'cadastre_changes';

interface RecordedChange {
  readonly actor: Actor;
  readonly event: ChangeEvent;
}

/** The one append-only change log. What is recorded is written in the caller's transaction, or not at all. */
@Injectable()
export class Events {
  constructor(private readonly database: Database) {}

  /** @throws outside a transaction. */
  record(actor: Actor, ...events: readonly ChangeEvent[]): void {
    // Asked for first, also when nothing goes in, and so written first: everybody takes the lock of the audit chain before
    // that of the change log.
    auditOfTransaction(this.database).push(...auditOfChanges(actor, events));
    const changes = this.database.collector<RecordedChange>(CHANGES, (items) => this.append(items));
    for (const event of events) changes.push({ actor, event });
  }

  /**
   * Written last, under one lock: identity values are handed out before commit, and a follower that read position 6
   * while 5 was still uncommitted would never see 5. Taken last, the lock is held for one insert and cannot deadlock.
   */
  private async append(changes: readonly RecordedChange[]): Promise<void> {
    if (changes.length === 0) return;
    await this.database.query('SELECT pg_advisory_xact_lock($1)', [CHANGE_LOG_LOCK]);
    await this.database.query(
      `INSERT INTO change_log (actor_id, type, subject_kind, subject_id, detail)
       SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::jsonb[])`,
      [
        changes.map((change) => change.actor.id),
        changes.map((change) => change.event.type),
        changes.map((change) => change.event.subject.kind),
        changes.map((change) => change.event.subject.id),
        changes.map((change) => JSON.stringify(change.event.detail ?? {})),
      ],
    );
    await this.database.query('SELECT pg_notify($1, $2)', [CHANGE_LOG_CHANNEL, '']);
  }
}
