import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import type { SqlCondition } from './asset.repository.js';

export interface FacetRow {
  readonly assetId: string;
  readonly name: string;
  readonly value: unknown;
  readonly source: string;
  readonly at: Date;
}

/** Facets as they are kept, and what has to be known before any of them is shown. */
@Injectable()
export class FacetRepository {
  constructor(private readonly database: Database) {}

  async listFacets(assetIds: readonly string[]): Promise<FacetRow[]> {
    return this.database.query<FacetRow>(
      `SELECT DISTINCT ON (coalesce(a.merged_into, a.id), f.attribute, f.source_key)
              coalesce(a.merged_into, a.id) AS "assetId", substr(f.attribute, 7) AS name, f.value, f.source_key AS source,
              f.asserted_at AS at
       FROM asset a JOIN fact f ON f.asset_id = a.id
       WHERE (a.merged_into = ANY($1::uuid[]) OR (a.merged_into IS NULL AND a.id = ANY($1::uuid[])))
         AND f.attribute LIKE 'facet:%' AND f.value IS NOT NULL
       ORDER BY coalesce(a.merged_into, a.id), f.attribute, f.source_key, f.asserted_at DESC, (a.merged_into IS NOT NULL),
                f.value_hash DESC`,
      [assetIds],
    );
  }

  /** All columns, seen or not. */
  async countColumns(assetIds: readonly string[]): Promise<Map<string, number>> {
    const rows = await this.database.query<{ id: string; count: number }>(
      'SELECT asset_id AS id, count(*)::int AS count FROM asset_column WHERE asset_id = ANY($1::uuid[]) GROUP BY asset_id',
      [assetIds],
    );
    return new Map(rows.map(({ id, count }) => [id, count]));
  }

  /** Those of the jobs that read or write something of which the actor may not see all: an asset or one of its columns. */
  async listJobsWithHiddenData(
    jobIds: readonly string[],
    visible: { asset: (first: number) => SqlCondition; column: (first: number) => SqlCondition },
  ): Promise<string[]> {
    const asset = visible.asset(2);
    const column = visible.column(2 + asset.params.length);
    const rows = await this.database.query<{ id: string }>(
      `SELECT DISTINCT e.job_id AS id FROM lineage_edge e JOIN asset a ON a.id = e.asset_id
       WHERE e.job_id = ANY($1::uuid[]) AND (NOT (${asset.sql}) OR EXISTS (
         SELECT FROM asset_column c WHERE c.asset_id = a.id AND NOT (${column.sql})))`,
      [jobIds, ...asset.params, ...column.params],
    );
    return rows.map(({ id }) => id);
  }
}
