import { Injectable } from '@nestjs/common';
import type { ActorAccess } from '../../platform/access/access.js';
import { Database } from '../../platform/database/database.js';
import type { SearchMatchKey } from '../search/index.js';
import { noticeSource } from './notice.repository.js';
import type { SavedSearch } from './saved-search.js';

/** Of each account; older ones go. */
const MOST_NOTICES = 1000;

/** What each watched search matched when it was looked at last. */
@Injectable()
export class MatchRepository {
  constructor(private readonly database: Database) {}

  /** Whether there is something to compare with. */
  async isBegun(search: SavedSearch): Promise<boolean> {
    const row = await this.database.queryOne<{ isBegun: boolean }>(
      'SELECT looked_at IS NOT NULL AND NOT is_too_broad AS "isBegun" FROM saved_search WHERE id = $1::uuid',
      [search.id],
    );
    return row?.isBegun ?? false;
  }

  async looked(search: SavedSearch, look: { readonly position: string; readonly isTooBroad: boolean }): Promise<void> {
    await this.database.query(
      `UPDATE saved_search SET looked_at = now(), looked_position = $2::bigint, is_too_broad = $3 WHERE id = $1::uuid`,
      [search.id, look.position, look.isTooBroad],
    );
  }

  /** What matches next is the start. */
  async forget(searchId: string): Promise<void> {
    await this.database.query('DELETE FROM saved_search_match WHERE search_id = $1::uuid', [searchId]);
    await this.database.query('UPDATE saved_search SET looked_at = NULL, is_too_broad = false WHERE id = $1::uuid', [
      searchId,
    ]);
  }

  /** Remembers what matches now, without a word. */
  async begin(search: SavedSearch, matches: readonly SearchMatchKey[]): Promise<void> {
    await this.database.query(`WITH ${CHANGED_SQL} SELECT FROM added`, parametersOf(search, matches));
  }

  /** Remembers what matches now, and tells its owner what is new and what is no longer, of what he may see. */
  async compare(search: SavedSearch, matches: readonly SearchMatchKey[], access: ActorAccess): Promise<number> {
    const source = noticeSource('changed', access, 5);
    const rows = await this.database.query(
      `WITH ${CHANGED_SQL}, changed AS (
         SELECT asset_id, column_path, 'MATCHES' AS type FROM added
         UNION ALL SELECT asset_id, column_path, 'NO_LONGER_MATCHES' FROM gone)
       INSERT INTO notice (id, account_id, search_id, asset_id, column_path, type)
       SELECT gen_random_uuid(), $4::uuid, $1::uuid, n.asset_id, n.column_path, n.type FROM ${source.sql} RETURNING id`,
      [...parametersOf(search, matches), search.accountId, ...source.params],
    );
    return rows.length;
  }

  async trimNotices(accountId: string): Promise<void> {
    await this.database.query(
      `DELETE FROM notice WHERE id IN (
         SELECT id FROM notice WHERE account_id = $1::uuid ORDER BY at DESC, id DESC OFFSET ${MOST_NOTICES})`,
      [accountId],
    );
  }
}

function parametersOf({ id }: SavedSearch, matches: readonly SearchMatchKey[]): unknown[] {
  return [id, matches.map(({ assetId }) => assetId), matches.map(({ columnPath }) => columnPath)];
}

const CHANGED_SQL = `
  found AS (
    SELECT f.asset_id, f.column_path FROM unnest($2::uuid[], $3::text[]) AS f(asset_id, column_path)
    JOIN asset k ON k.id = f.asset_id
  ), gone AS (
    DELETE FROM saved_search_match m WHERE m.search_id = $1::uuid
      AND NOT EXISTS (SELECT FROM found f WHERE f.asset_id = m.asset_id AND f.column_path = m.column_path)
    RETURNING m.asset_id, m.column_path
  ), added AS (
    INSERT INTO saved_search_match (search_id, asset_id, column_path) SELECT $1::uuid, asset_id, column_path FROM found
    ON CONFLICT ON CONSTRAINT saved_search_match_pkey DO NOTHING RETURNING asset_id, column_path
  )`;
