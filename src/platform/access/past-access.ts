import { Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { Database } from '../database/database.js';
import { under } from './environment.js';
import { grantsSql, parseGrants } from './grants.js';
import type { PolicySet } from './policy-document.js';
import { PolicyStore } from './policy-store.js';

/** What of access is kept as it was: policy sets and when they were in force, and grants. */
@Injectable()
export class PastAccess {
  constructor(
    private readonly database: Database,
    private readonly policies: PolicyStore,
  ) {}

  /** The set in force at that time; version 0, and nothing allowed, before the first. */
  async setAt(at: Date): Promise<{ readonly version: number; readonly set: PolicySet }> {
    const row = await this.database.queryOne<{ version: number }>(
      'SELECT version FROM policy_activation_log WHERE activated_at <= $1 ORDER BY seq DESC LIMIT 1',
      [at],
    );
    const version = row?.version ?? 0;
    return { version, set: await this.policies.load(version) };
  }

  /** The same actors with what was granted to them then, under circumstances that nobody knows any more. */
  async actorsAt(actors: readonly Actor[], at: Date): Promise<Actor[]> {
    const rows = await this.database.query<{ id: string; grants: unknown }>(
      `SELECT a.id, ${grantsSql(IN_FORCE_AT)} AS grants FROM account a WHERE a.id = ANY($1::uuid[])`,
      [actors.map(({ id }) => id), at],
    );
    const grants = new Map(rows.map((row) => [row.id, parseGrants(row.grants)]));
    return actors.map((actor) => ({ ...under(actor, undefined), grants: grants.get(actor.id) ?? [] }));
  }
}

const IN_FORCE_AT =
  'g.created_at <= $2::timestamptz AND g.expires_at > $2::timestamptz AND (g.revoked_at IS NULL OR g.revoked_at > $2::timestamptz)';
