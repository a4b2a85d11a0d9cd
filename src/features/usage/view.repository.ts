import { Injectable } from '@nestjs/common';
import type { ActorAccess } from '../../platform/access/access.js';
import { ASSET_SQL_COLUMNS } from '../../platform/access/sql-reading.js';
import { Database } from '../../platform/database/database.js';
import { ASSET_ROW_SQL, type AssetRow } from '../assets/index.js';

export interface View {
  readonly accountId: string;
  readonly assetId: string;
  readonly at: Date;
}

export interface ViewedAsset extends AssetRow {
  readonly viewedAt: Date;
  /** Sort key: microseconds as text. */
  readonly viewedAtText: string;
}

/** Of each person. */
const MOST_VIEWS = 500;
const KEPT_DAYS = 180;

@Injectable()
export class ViewRepository {
  constructor(private readonly database: Database) {}

  /** The newest of each person and asset stays. Those of accounts and assets that are gone are passed over. */
  async put(views: readonly View[]): Promise<void> {
    await this.database.query(
      `INSERT INTO asset_view (account_id, asset_id, viewed_at)
       SELECT p.id, a.id, max(v.at) FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[]) AS v(account_id, asset_id, at)
       JOIN account p ON p.id = v.account_id AND p.disabled_at IS NULL JOIN asset a ON a.id = v.asset_id
       GROUP BY p.id, a.id ORDER BY p.id, a.id
       ON CONFLICT ON CONSTRAINT asset_view_pkey
         DO UPDATE SET viewed_at = greatest(asset_view.viewed_at, excluded.viewed_at)`,
      [
        views.map(({ accountId }) => accountId),
        views.map(({ assetId }) => assetId),
        views.map(({ at }) => at.toISOString()),
      ],
    );
  }

  /** Newest first, one more than `first`, of what the access shows. An asset that has another's name stands under its own. */
  async list(
    accountId: string,
    access: ActorAccess,
    page: { readonly first: number; readonly before: readonly [string, string] | null },
  ): Promise<ViewedAsset[]> {
    const policy = visible(access, 4);
    return this.database.query<ViewedAsset>(
      `SELECT ${ASSET_ROW_SQL}, seen.at AS "viewedAt", seen.at::text AS "viewedAtText" FROM (${SEEN_SQL}) seen
       JOIN asset a ON a.id = seen.id
       WHERE ($2::timestamptz IS NULL OR (seen.at, a.id) < ($2::timestamptz, $3::uuid)) AND (${policy.sql})
       ORDER BY seen.at DESC, a.id DESC LIMIT ${page.first + 1}`,
      [accountId, ...(page.before ?? [null, null]), ...policy.params],
    );
  }

  async count(accountId: string, access: ActorAccess): Promise<number> {
    const policy = visible(access, 2);
    const row = await this.database.queryOne<{ count: number }>(
      `SELECT count(*)::int AS count FROM (${SEEN_SQL}) seen JOIN asset a ON a.id = seen.id WHERE (${policy.sql})`,
      [accountId, ...policy.params],
    );
    return row?.count ?? 0;
  }

  /** Everything of one person. */
  async forget(accountId: string): Promise<void> {
    await this.database.query('DELETE FROM asset_view WHERE account_id = $1::uuid', [accountId]);
  }

  /** Of each person the newest MOST_VIEWS stay, for KEPT_DAYS. */
  async trim(): Promise<void> {
    await this.database.query(
      `WITH placed AS (
         SELECT account_id, asset_id, viewed_at,
                row_number() OVER (PARTITION BY account_id ORDER BY viewed_at DESC, asset_id) AS place FROM asset_view)
       DELETE FROM asset_view v USING placed p
       WHERE v.account_id = p.account_id AND v.asset_id = p.asset_id
         AND (p.place > ${MOST_VIEWS} OR p.viewed_at < now() - interval '${KEPT_DAYS} days')`,
    );
  }
}

const SEEN_SQL = `SELECT coalesce(k.merged_into, k.id) AS id, max(v.viewed_at) AS at
  FROM asset_view v JOIN asset k ON k.id = v.asset_id WHERE v.account_id = $1::uuid GROUP BY 1`;

function visible(access: ActorAccess, firstParameter: number): { sql: string; params: unknown[] } {
  return access.sql('discover', 'asset', { columns: ASSET_SQL_COLUMNS('a'), firstParameter });
}
