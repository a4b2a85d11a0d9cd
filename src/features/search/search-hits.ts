import { Injectable } from '@nestjs/common';
import type { ActorAccess } from '../../platform/access/access.js';
import { Database } from '../../platform/database/database.js';
import {
  ASSET_ROW_SQL,
  COLUMN_ROW_SQL,
  toAssetResource,
  toColumnResource,
  type AssetRow,
  type ColumnRow,
} from '../assets/index.js';
import type { IndexHit } from './search-index.js';

/** A hit with what it is of, as it is now. */
export interface SearchHit extends Pick<IndexHit, 'tier' | 'score' | 'cursor'> {
  readonly asset: AssetRow;
  /** The column that matched; null when the asset itself did. */
  readonly column: ColumnRow | null;
}

interface HitRow extends AssetRow {
  readonly columnRow: ColumnRow | null;
  readonly place: number;
}

/** Reads what was found, live. */
@Injectable()
export class SearchHits {
  constructor(private readonly database: Database) {}

  /** Tests each hit once more, on the rows that are shown: what changed or was hidden since it was indexed is left out. */
  async read(access: ActorAccess, hits: readonly IndexHit[]): Promise<SearchHit[]> {
    if (hits.length === 0) return [];
    const rows = await this.database.query<HitRow>(HITS_SQL, [
      hits.map(({ assetId }) => assetId),
      hits.map(({ columnPath }) => columnPath),
    ]);
    return rows.flatMap(({ columnRow, place, ...asset }) => {
      const hit = hits[place - 1];
      const column = hit?.columnPath === '' ? null : columnRow;
      if (!hit || !isVisible(access, asset, hit.columnPath === '' ? undefined : column)) return [];
      return [{ asset, column, tier: hit.tier, score: hit.score, cursor: hit.cursor }];
    });
  }
}

/** `column` is undefined for the asset itself, null when the column is gone. */
function isVisible(access: ActorAccess, asset: AssetRow, column: ColumnRow | null | undefined): boolean {
  if (column === undefined) return access.can('discover', toAssetResource(asset));
  return column !== null && access.can('read_column', toColumnResource(asset, column));
}

const HITS_SQL = `
  SELECT ${ASSET_ROW_SQL}, column_row.value AS "columnRow", wanted.place::int AS place
  FROM unnest($1::uuid[], $2::text[]) WITH ORDINALITY AS wanted(asset_id, path, place)
  JOIN asset a ON a.id = wanted.asset_id
  LEFT JOIN LATERAL (
    SELECT to_jsonb(found) AS value FROM (
      SELECT ${COLUMN_ROW_SQL} FROM asset_column c WHERE c.asset_id = wanted.asset_id AND c.path = wanted.path
    ) found
  ) column_row ON TRUE
  ORDER BY wanted.place`;
