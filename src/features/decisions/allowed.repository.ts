import { Injectable } from '@nestjs/common';
import type { SqlReading } from '../../platform/access/sql-reading.js';
import { Database } from '../../platform/database/database.js';
import { ASSET_ROW_SQL, type AssetRow } from '../assets/index.js';

export type Condition = (firstParameter: number) => SqlReading;

/** Where a list goes on: the sort key of the last row. */
export type Key = readonly [string, string] | null;

/** Everything that a condition allows, also what the catalog only knows by name; the lists have no gaps and no repeats. */
@Injectable()
export class AllowedRepository {
  constructor(private readonly database: Database) {}

  /** By name. */
  async listAssets(condition: Condition, after: Key, count: number): Promise<AssetRow[]> {
    const policy = condition(3);
    return this.database.query<AssetRow>(
      `SELECT ${ASSET_ROW_SQL} FROM asset a WHERE a.merged_into IS NULL AND (${policy.sql})
         AND ($1::text IS NULL OR (a.name, a.id) > ($1, $2::uuid)) ORDER BY a.name, a.id LIMIT ${count}`,
      [...(after ?? [null, null]), ...policy.params],
    );
  }

  /** By asset and path. */
  async listColumns(
    condition: Condition,
    after: Key,
    count: number,
  ): Promise<(AssetRow & { readonly path: string })[]> {
    const policy = condition(3);
    return this.database.query(
      `SELECT c.path, ${ASSET_ROW_SQL} FROM asset_column c JOIN asset a ON a.id = c.asset_id
       WHERE a.merged_into IS NULL AND (${policy.sql}) AND ($1::uuid IS NULL OR (c.asset_id, c.path) > ($1, $2))
       ORDER BY c.asset_id, c.path LIMIT ${count}`,
      [...(after ?? [null, null]), ...policy.params],
    );
  }
}
