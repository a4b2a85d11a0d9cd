import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';

export interface UsageRow {
  readonly assetId: string;
  /** People who opened its page in the last VIEWED_DAYS. */
  readonly viewers: number;
  /** In 30 days, as sources report them. */
  readonly queries: number;
}

const VIEWED_DAYS = 30;
/** Changed counts that are written at once; what is left comes with the next count. */
const MOST_AT_ONCE = 2000;

@Injectable()
export class UsageRepository {
  constructor(private readonly database: Database) {}

  async list(assetIds: readonly string[]): Promise<UsageRow[]> {
    return this.database.query<UsageRow>(
      'SELECT asset_id AS "assetId", viewers, queries FROM asset_usage WHERE asset_id = ANY($1::uuid[])',
      [assetIds],
    );
  }

  /** Counts anew, and says of which assets something changed. */
  async count(): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(COUNT_SQL);
    return rows.map(({ id }) => id);
  }
}

/** A whole number in a fact's value, and 0 for anything else: it is somebody else's JSON. */
const number = (key: string): string =>
  `CASE WHEN jsonb_typeof(f.value -> '${key}') = 'number' THEN least(greatest((f.value ->> '${key}')::numeric, 0), 1000000)::int ELSE 0 END`;

/** Names that stand for the same asset are counted together, and a person who viewed two of them once. */
const COUNT_SQL = `
  WITH viewed AS (
    SELECT coalesce(a.merged_into, a.id) AS id, count(DISTINCT v.account_id)::int AS viewers
    FROM asset_view v JOIN asset a ON a.id = v.asset_id JOIN account p ON p.id = v.account_id
    WHERE v.viewed_at > now() - interval '${VIEWED_DAYS} days' AND p.disabled_at IS NULL GROUP BY 1
  ), queried AS (
    SELECT coalesce(a.merged_into, a.id) AS id,
           max(greatest(${number('queryCountLast30Days')}, ${number('totalSqlQueries')})) AS queries
    FROM fact f JOIN asset a ON a.id = f.asset_id
    WHERE f.attribute IN ('facet:usageSummary', 'facet:usageStatistics') GROUP BY 1
  ), counted AS (
    SELECT id, coalesce(viewers, 0) AS viewers, coalesce(queries, 0) AS queries FROM viewed FULL JOIN queried USING (id)
  ), changed AS (
    SELECT coalesce(c.id, u.asset_id) AS id, coalesce(c.viewers, 0) AS viewers, coalesce(c.queries, 0) AS queries
    FROM counted c FULL JOIN asset_usage u ON u.asset_id = c.id
    WHERE (coalesce(c.viewers, 0), coalesce(c.queries, 0)) <> (coalesce(u.viewers, 0), coalesce(u.queries, 0))
    ORDER BY 1 LIMIT ${MOST_AT_ONCE}
  )
  INSERT INTO asset_usage (asset_id, viewers, queries) SELECT id, viewers, queries FROM changed
  ON CONFLICT ON CONSTRAINT asset_usage_pkey DO UPDATE SET viewers = excluded.viewers, queries = excluded.queries
  RETURNING asset_id AS id`;
