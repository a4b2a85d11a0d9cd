import { Injectable } from '@nestjs/common';
import type { AttributeValue } from '../../../core/actor.js';
import { ACTOR_SQL, type ActorRow } from '../../../platform/auth/actor-row.js';
import { Database } from '../../../platform/database/database.js';

/** A use is written down only when the last one is older, so that reading does not write. */
const USE_IS_STALE = `(a.signed_in_at IS NULL OR a.signed_in_at < now() - interval '15 minutes')`;

export interface KnownAccount extends ActorRow {
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  readonly disabledAt: Date | null;
  readonly isUseStale: boolean;
}

@Injectable()
export class ProviderAccountsRepository {
  constructor(private readonly database: Database) {}

  async find(subject: string): Promise<KnownAccount | null> {
    return this.database.queryOne<KnownAccount>(
      `SELECT ${ACTOR_SQL}, a.disabled_at AS "disabledAt", ${USE_IS_STALE} AS "isUseStale"
       FROM account_external_id x JOIN account a ON a.id = x.account_id WHERE x.external_id = $1`,
      [subject],
    );
  }

  /** Until the transaction ends nobody else makes this account. */
  async lock(subject: string): Promise<void> {
    await this.database.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 7201071))', [subject]);
  }

  /** False when it was written down just now. */
  async noteUse(accountId: string): Promise<boolean> {
    const rows = await this.database.query(
      `UPDATE account a SET signed_in_at = now() WHERE a.id = $1 AND ${USE_IS_STALE} RETURNING a.id`,
      [accountId],
    );
    return rows.length === 1;
  }
}
