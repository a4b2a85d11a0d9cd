import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Actor } from '../../core/actor.js';
import { GRANTS_SQL, parseGrants } from '../access/grants.js';
import { AuditTrail } from '../audit/audit-trail.js';
import { Database } from '../database/database.js';
import { together } from '../database/together.js';
import { Metrics } from '../observability/metrics.js';
import { RefusalBudget } from './refusal-budget.js';
import { hashOf, traceOf } from './tokens.js';

const REFUSALS_PER_MINUTE = 60;

/** A use is written down only when the last one is older, so that reading does not write. */
const USE_IS_STALE = `(t.last_used_at IS NULL OR t.last_used_at < now() - interval '15 minutes')`;

interface SignInRow {
  readonly hash: Buffer;
  readonly tokenId: string;
  readonly ingestNamespaces: readonly string[] | null;
  readonly id: string;
  readonly kind: 'PERSON' | 'SERVICE';
  readonly handle: string;
  readonly name: string;
  readonly email: string | null;
  readonly trustsAttributes: boolean;
  readonly roles: readonly string[];
  readonly attributes: unknown;
  readonly teams: readonly string[];
  readonly policyVersion: number;
  readonly isUseStale: boolean;
  readonly grants: unknown;
}

const storedAttributes = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]));

/** Turns the secret of a request into the actor it acts for. Asked on every request: an ended token ends at once. */
@Injectable()
export class Authenticator {
  private readonly refusals = new RefusalBudget(REFUSALS_PER_MINUTE);
  private readonly find: (secrets: readonly string[]) => Promise<readonly (SignInRow | null)[]>;

  constructor(
    private readonly database: Database,
    private readonly audit: AuditTrail,
    private readonly metrics: Metrics,
  ) {
    this.find = together(database, (secrets) => this.findAll(secrets));
  }

  /** Null when the secret is unknown, revoked or expired, or its account disabled; which of them is not told. */
  async authenticate(secret: string): Promise<Actor | null> {
    const [row] = await this.find([secret]);
    if (!row) {
      await this.recordRefusal(secret);
      return null;
    }
    const actor = actorOf(row);
    if (row.isUseStale) await this.recordUse(actor, row.tokenId);
    this.metrics.signIns.inc({ outcome: 'accepted' });
    return actor;
  }

  private async findAll(secrets: readonly string[]): Promise<(SignInRow | null)[]> {
    const hashes = secrets.map(hashOf);
    const rows = await this.database.query<SignInRow>(
      `SELECT t.hash, t.id AS "tokenId", t.ingest_namespaces AS "ingestNamespaces", a.id, a.kind, a.handle, a.name, a.email, a.roles,
              a.attributes, t.trusts_attributes AS "trustsAttributes", ${USE_IS_STALE} AS "isUseStale",
              ARRAY(SELECT team.handle FROM team_member m JOIN team ON team.id = m.team_id
                    WHERE m.account_id = a.id ORDER BY team.handle) AS teams,
              ${GRANTS_SQL} AS grants,
              coalesce((SELECT version FROM policy_activation), 0) AS "policyVersion"
       FROM access_token t JOIN account a ON a.id = t.account_id
       WHERE t.hash = ANY ($1::bytea[]) AND t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > now())
         AND a.disabled_at IS NULL`,
      [[...new Map(hashes.map((hash) => [hash.toString('hex'), hash])).values()]],
    );
    const byHash = new Map(rows.map((row) => [row.hash.toString('hex'), row]));
    return hashes.map((hash) => byHash.get(hash.toString('hex')) ?? null);
  }

  private async recordUse(actor: Actor, tokenId: string): Promise<void> {
    await this.database.transaction(async () => {
      // Asked again: of several requests at once, one writes.
      const rows = await this.database.query(
        `UPDATE access_token t SET last_used_at = now() WHERE t.id = $1 AND ${USE_IS_STALE} RETURNING t.id`,
        [tokenId],
      );
      if (rows.length === 0) return;
      await this.audit.write({ actor, action: 'signIn', subject: { kind: 'token', id: tokenId } });
    });
  }

  private async recordRefusal(secret: string): Promise<void> {
    this.metrics.signIns.inc({ outcome: 'refused' });
    if (!this.refusals.take(Date.now())) return;
    const handle = traceOf(secret);
    await this.audit.write({
      actor: { id: null, handle },
      action: 'signInRefused',
      subject: { kind: 'token', id: handle },
    });
  }
}

function actorOf(row: SignInRow): Actor {
  const attributes = storedAttributes.parse(row.attributes);
  return {
    id: row.id,
    kind: row.kind,
    handle: row.handle,
    name: row.name,
    roles: row.roles,
    teamIds: row.teams,
    attributes: row.email === null ? attributes : { ...attributes, email: row.email },
    grants: parseGrants(row.grants),
    policyVersion: row.policyVersion,
    token: { id: row.tokenId, ingestNamespaces: row.ingestNamespaces, trustsAttributes: row.trustsAttributes },
  };
}
