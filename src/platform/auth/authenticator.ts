import { Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { AuditTrail } from '../audit/audit-trail.js';
import { Database } from '../database/database.js';
import { together } from '../database/together.js';
import { Metrics } from '../observability/metrics.js';
import { actorFromRow, ACTOR_SQL, type ActorRow } from './actor-row.js';
import { RefusalBudget } from './refusal-budget.js';
import { SignInRefused } from './sign-in-refused.js';
import { hashOf, traceOf } from './tokens.js';

const REFUSALS_PER_MINUTE = 60;

/** A use is written down only when the last one is older, so that reading does not write. */
const USE_IS_STALE = `(t.last_used_at IS NULL OR t.last_used_at < now() - interval '15 minutes')`;

interface SignInRow extends ActorRow {
  readonly hash: Buffer;
  readonly secretKind: SecretKind;
  readonly tokenId: string;
  readonly ingestNamespaces: readonly string[] | null;
  readonly scopes: readonly string[] | null;
  readonly trustsAttributes: boolean;
  readonly isUseStale: boolean;
}

/** A session counts in a cookie only, a token in the header only: neither can be used in place of the other. */
type SecretKind = 'TOKEN' | 'SESSION';

/** Reads tokens that somebody else has issued. @throws SignInRefused, Unavailable when the issuer cannot be asked */
export type ForeignTokenReader = (token: string) => Promise<Actor>;

/** Turns the secret of a request into the actor it acts for. Asked on every request: an ended token ends at once. */
@Injectable()
export class Authenticator {
  private readonly refusals = new RefusalBudget(REFUSALS_PER_MINUTE);
  private readonly find: (secrets: readonly string[]) => Promise<readonly (SignInRow | null)[]>;
  private foreign: ForeignTokenReader | null = null;
  private cookie: string | null = null;

  constructor(
    private readonly database: Database,
    private readonly audit: AuditTrail,
    private readonly metrics: Metrics,
  ) {
    this.find = together(database, (secrets) => this.findAll(secrets));
  }

  /** Signed tokens (RFC 7519) are read by this from now on. */
  acceptForeign(reader: ForeignTokenReader): void {
    this.foreign = reader;
  }

  /** Browsers sign in, and carry their session in this cookie from now on. */
  acceptSessions(cookie: string): void {
    this.cookie = cookie;
  }

  /** Name of the cookie; null where nobody signs in by a browser. */
  get sessionCookie(): string | null {
    return this.cookie;
  }

  /**
   * Null when the secret is unknown, revoked or expired, or its account disabled; which of them is not told.
   * @throws SignInRefused saying what is wrong with a token that is not ours, Unavailable when its issuer is away.
   */
  async authenticate(secret: string): Promise<Actor | null> {
    if (this.foreign && isSigned(secret)) return this.byForeignToken(secret, this.foreign);
    return this.bySecret(secret, 'TOKEN');
  }

  /** As `authenticate`, for the secret that a browser keeps. */
  async authenticateSession(secret: string): Promise<Actor | null> {
    return this.bySecret(secret, 'SESSION');
  }

  /** Somebody who did not get in. Not all are written down: who guesses must not fill the disk. */
  async recordRefusal(handle: string, detail: Readonly<Record<string, unknown>>): Promise<void> {
    this.metrics.signIns.inc({ outcome: 'refused' });
    if (!this.refusals.take(Date.now())) return;
    await this.audit.write({
      actor: { id: null, handle },
      action: 'signInRefused',
      subject: { kind: 'token', id: handle },
      detail,
    });
  }

  private async bySecret(secret: string, kind: SecretKind): Promise<Actor | null> {
    const [row] = await this.find([secret]);
    if (row?.secretKind !== kind) {
      await this.recordRefusal(traceOf(secret), {});
      return null;
    }
    const { tokenId, ingestNamespaces, scopes, trustsAttributes } = row;
    const actor = actorFromRow(row, { id: tokenId, ingestNamespaces, scopes, trustsAttributes });
    if (row.isUseStale) await this.recordUse(actor, row.tokenId);
    this.metrics.signIns.inc({ outcome: 'accepted' });
    return actor;
  }

  private async byForeignToken(token: string, read: ForeignTokenReader): Promise<Actor> {
    try {
      const actor = await read(token);
      this.metrics.signIns.inc({ outcome: 'accepted' });
      return actor;
    } catch (error) {
      if (error instanceof SignInRefused) await this.recordRefusal(error.who, { reason: error.message });
      throw error;
    }
  }

  private async findAll(secrets: readonly string[]): Promise<(SignInRow | null)[]> {
    const hashes = secrets.map(hashOf);
    const rows = await this.database.query<SignInRow>(
      `SELECT t.hash, t.kind AS "secretKind", t.scopes, t.id AS "tokenId", t.ingest_namespaces AS "ingestNamespaces", t.trusts_attributes AS "trustsAttributes",
              ${USE_IS_STALE} AS "isUseStale", ${ACTOR_SQL}
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
}

/** Three parts (RFC 7515), the last of which may be empty in what claims to need no signature. Ours have no dots. */
function isSigned(secret: string): boolean {
  return /^[^.]*\.[^.]*\.[^.]*$/.test(secret);
}
