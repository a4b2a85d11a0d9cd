import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Conflict } from '../../core/errors.js';
import { Database } from '../../platform/database/database.js';
import type { RequestRow } from './access-request.js';

const REQUEST_SQL = `r.id, r.account_id AS "accountId", p.handle AS requester, r.ref, r.asset_id AS "assetId", r.columns,
  r.purpose, r.days, r.state, r.created_at AS "createdAt", r.decided_by AS "decidedBy", r.decided_at AS "decidedAt", r.reason,
  g.id AS "grantId", g.expires_at AS "expiresAt", g.revoked_at AS "revokedAt",
  r.is_emergency AS "isEmergency", r.hours, r.renews, r.reviewed_by AS "reviewedBy", r.reviewed_at AS "reviewedAt",
  r.is_justified AS "isJustified", r.review_reason AS "reviewReason"
  FROM access_request r JOIN account p ON p.id = r.account_id LEFT JOIN access_grant g ON g.request_id = r.id`;

export interface NewRequestRow {
  readonly accountId: string;
  readonly ref: string;
  readonly assetId: string | null;
  readonly columns: readonly string[] | null;
  readonly purpose: string;
  readonly days: number;
  /** Of an emergency. */
  readonly hours?: number;
  readonly renews?: string;
}

/** Whose requests, and which. */
export interface RequestFilter {
  readonly accountId: string;
  readonly handles: readonly string[];
  /** About any asset. */
  readonly isAll: boolean;
  /** Emergencies that nobody has reviewed. */
  readonly needsReview: boolean;
}

@Injectable()
export class AccessRequestsRepository {
  constructor(private readonly database: Database) {}

  /** @throws Conflict when the same waits already. */
  async insert(request: NewRequestRow): Promise<string> {
    const id = uuidv7();
    const rows = await this.database.query(
      `INSERT INTO access_request (id, account_id, ref, asset_id, columns, purpose, days, is_emergency, hours, renews)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8::int IS NOT NULL, $8, $9)
       ON CONFLICT (account_id, ref) WHERE state = 'PENDING' DO NOTHING RETURNING id`,
      [
        id,
        request.accountId,
        request.ref,
        request.assetId,
        request.columns,
        request.purpose,
        request.days,
        request.hours ?? null,
        request.renews ?? null,
      ],
    );
    if (rows.length === 0) throw new Conflict('You have asked for this already; it waits.', ['input', 'ref']);
    return id;
  }

  async find(id: string): Promise<RequestRow | null> {
    return this.database.queryOne<RequestRow>(`SELECT ${REQUEST_SQL} WHERE r.id = $1::uuid`, [id]);
  }

  /** Two who decide at once take turns. */
  async lock(id: string): Promise<void> {
    await this.database.query('SELECT 1 FROM access_request WHERE id = $1::uuid FOR UPDATE', [id]);
  }

  /**
   * Newest first, one more than `first`: those of the account, and those about assets that one of the handles owns, or
   * about any where `isAll`.
   */
  async list(who: RequestFilter, first: number, before: readonly [string, string] | null): Promise<RequestRow[]> {
    return this.database.query<RequestRow>(
      `SELECT ${REQUEST_SQL} LEFT JOIN asset a ON a.id = r.asset_id
       WHERE (r.account_id = $1::uuid OR (r.asset_id IS NOT NULL AND ($3 OR a.owners && $2::text[])))
         AND (NOT $6 OR (r.is_emergency AND r.state = 'APPROVED' AND r.reviewed_at IS NULL))
         AND ($4::timestamptz IS NULL OR (r.created_at, r.id) < ($4::timestamptz, $5::uuid))
       ORDER BY r.created_at DESC, r.id DESC LIMIT ${first + 1}`,
      [who.accountId, who.handles, who.isAll, ...(before ?? [null, null]), who.needsReview],
    );
  }

  async decide(id: string, decision: { state: RequestRow['state']; by: string; reason: string }): Promise<void> {
    await this.database.query(
      `UPDATE access_request SET state = $2, decided_by = $3, decided_at = now(), reason = $4 WHERE id = $1::uuid`,
      [id, decision.state, decision.by, decision.reason],
    );
  }

  async grant(request: RequestRow, days: number, by: string): Promise<void> {
    await this.database.query(
      `INSERT INTO access_grant (id, request_id, account_id, asset_id, columns, purpose, granted_by, is_emergency, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $9::int IS NOT NULL,
         now() + CASE WHEN $9::int IS NULL THEN make_interval(days => $8) ELSE make_interval(hours => $9) END)`,
      [
        uuidv7(),
        request.id,
        request.accountId,
        request.assetId,
        request.columns,
        request.purpose,
        by,
        days,
        request.hours,
      ],
    );
  }

  async review(id: string, review: { by: string; isJustified: boolean; reason: string }): Promise<void> {
    await this.database.query(
      `UPDATE access_request SET reviewed_by = $2, reviewed_at = now(), is_justified = $3, review_reason = $4
       WHERE id = $1::uuid`,
      [id, review.by, review.isJustified, review.reason],
    );
  }

  /** False when it has ended already. */
  async revoke(requestId: string, by: string, reason: string): Promise<boolean> {
    const rows = await this.database.query(
      `UPDATE access_grant SET revoked_at = now(), revoked_by = $2, revoke_reason = $3
       WHERE request_id = $1::uuid AND revoked_at IS NULL AND expires_at > now() RETURNING id`,
      [requestId, by, reason],
    );
    return rows.length === 1;
  }
}
