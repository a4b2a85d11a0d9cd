import { Injectable } from '@nestjs/common';
import type { ActorAccess } from '../../platform/access/access.js';
import { ASSET_SQL_COLUMNS, COLUMN_SQL_COLUMNS } from '../../platform/access/sql-reading.js';
import { Database } from '../../platform/database/database.js';
import { ASSET_ROW_SQL, COLUMN_ROW_SQL, type AssetRow, type ColumnRow } from '../assets/index.js';

/** With the asset as it is now. */
export interface NoticeRow extends AssetRow {
  readonly noticeId: string;
  readonly searchId: string;
  readonly type: 'MATCHES' | 'NO_LONGER_MATCHES';
  readonly at: Date;
  /** Sort key: microseconds as text. */
  readonly atText: string;
  readonly readAt: Date | null;
  readonly columnRow: ColumnRow | null;
}

export interface NoticeQuestion {
  readonly accountId: string;
  readonly access: ActorAccess;
  readonly isUnread: boolean;
}

/**
 * Rows of a table that name an asset or a column (`n`), with the asset (`a`) and column (`c`), of what the access shows now.
 */
export function noticeSource(
  table: string,
  access: ActorAccess,
  firstParameter: number,
): { readonly sql: string; readonly params: readonly unknown[] } {
  const asset = access.sql('discover', 'asset', { columns: ASSET_SQL_COLUMNS('a'), firstParameter });
  const column = access.sql('read_column', 'column', {
    columns: COLUMN_SQL_COLUMNS('c', 'a'),
    firstParameter: firstParameter + asset.params.length,
  });
  return {
    sql: `${table} n JOIN asset a ON a.id = n.asset_id AND a.merged_into IS NULL
      LEFT JOIN asset_column c ON c.asset_id = n.asset_id AND c.path = n.column_path AND n.column_path <> ''
      WHERE CASE WHEN n.column_path = '' THEN (${asset.sql}) ELSE c.path IS NOT NULL AND (${column.sql}) END`,
    params: [...asset.params, ...column.params],
  };
}

@Injectable()
export class NoticeRepository {
  constructor(private readonly database: Database) {}

  /** Newest first, one more than `first`. */
  async list(
    { accountId, access, isUnread }: NoticeQuestion,
    first: number,
    before: readonly [string, string] | null,
  ): Promise<NoticeRow[]> {
    const source = noticeSource('notice', access, 5);
    return this.database.query<NoticeRow>(
      `SELECT ${ASSET_ROW_SQL}, n.id AS "noticeId", n.search_id AS "searchId", n.type, n.at, n.at::text AS "atText",
              n.read_at AS "readAt",
              (SELECT to_jsonb(found) FROM (SELECT ${COLUMN_ROW_SQL} WHERE c.path IS NOT NULL) found) AS "columnRow"
       FROM ${source.sql} AND n.account_id = $1::uuid AND NOT ($2 AND n.read_at IS NOT NULL)
         AND ($3::timestamptz IS NULL OR (n.at, n.id) < ($3::timestamptz, $4::uuid))
       ORDER BY n.at DESC, n.id DESC LIMIT ${first + 1}`,
      [accountId, isUnread, ...(before ?? [null, null]), ...source.params],
    );
  }

  async count({ accountId, access, isUnread }: NoticeQuestion): Promise<number> {
    const source = noticeSource('notice', access, 3);
    const row = await this.database.queryOne<{ count: number }>(
      `SELECT count(*)::int AS count FROM ${source.sql} AND n.account_id = $1::uuid AND NOT ($2 AND n.read_at IS NOT NULL)`,
      [accountId, isUnread, ...source.params],
    );
    return row?.count ?? 0;
  }

  /** Null: all of the account. */
  async markRead(accountId: string, ids: readonly string[] | null): Promise<void> {
    await this.database.query(
      `UPDATE notice SET read_at = now()
       WHERE account_id = $1::uuid AND read_at IS NULL AND ($2::uuid[] IS NULL OR id = ANY($2::uuid[]))`,
      [accountId, ids],
    );
  }
}
