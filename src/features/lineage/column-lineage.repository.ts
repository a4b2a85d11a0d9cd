import { Injectable } from '@nestjs/common';
import { NotFound } from '../../core/errors.js';
import type { ActorAccess } from '../../platform/access/access.js';
import { ASSET_SQL_COLUMNS, COLUMN_SQL_COLUMNS, type SqlReading } from '../../platform/access/sql-reading.js';
import { Database } from '../../platform/database/database.js';
import type { ImpactGroup } from './graph/questions.js';
import type { LineageDirection } from './walk.js';

/** A column; path '' stands for every column of the asset at once. */
export interface ColumnNode {
  readonly assetId: string;
  readonly path: string;
}

export interface ColumnEdgeRow {
  readonly fromAsset: string;
  readonly fromColumn: string;
  readonly toAsset: string;
  readonly toColumn: string;
  readonly transformations: readonly string[];
  readonly isDirect: boolean;
  readonly isMasked: boolean;
}

export type ValueFlow = Pick<ColumnEdgeRow, 'fromAsset' | 'fromColumn' | 'toAsset' | 'toColumn'>;

export interface ColumnWords extends ColumnNode {
  readonly tags: readonly string[];
  readonly terms: readonly string[];
  /** 0 PUBLIC to 3 RESTRICTED. */
  readonly sensitivity: number | null;
}

/** Which flows a walk goes along; what is left out narrows nothing. */
export interface FlowFilter {
  readonly transformation?: 'DIRECT' | 'INDIRECT' | null;
  /** Only those that mask nothing. */
  readonly isUnmasked?: boolean | null;
}

interface Hop {
  readonly direction: LineageDirection;
  readonly access: ActorAccess;
  readonly filter?: FlowFilter | null;
}

/** Reads `lineage_column_flow` under the actor's policy: hidden columns and flows of hidden jobs are not there. */
@Injectable()
export class ColumnLineageRepository {
  constructor(private readonly database: Database) {}

  /** Whether the asset has that column, described or only named by a flow, and the actor may see it. */
  async isVisible(access: ActorAccess, { assetId, path }: ColumnNode): Promise<boolean> {
    const policy = columnPolicy(access, '$2::text', 3);
    const row = await this.database.queryOne(
      `SELECT 1 FROM asset a LEFT JOIN asset_column c ON c.asset_id = a.id AND c.path = $2::text
       WHERE a.id = $1::uuid AND (${policy.sql}) AND (c.path IS NOT NULL
         OR EXISTS (SELECT 1 FROM lineage_column_flow f WHERE f.source_id = a.id AND f.source_path = $2::text)
         OR EXISTS (SELECT 1 FROM lineage_column_flow f WHERE f.target_id = a.id AND f.target_path = $2::text))`,
      [assetId, path, ...policy.params],
    );
    return row !== null;
  }

  async listNext(
    { direction, access, filter }: Hop,
    frontier: readonly ColumnNode[],
    seen: readonly ColumnNode[],
    limit: number,
  ): Promise<ColumnNode[]> {
    const [near, far] = direction === 'UPSTREAM' ? ['target', 'source'] : ['source', 'target'];
    // Upstream, what feeds every column feeds this one; downstream, a column feeds only what it is said to feed.
    const paths = direction === 'UPSTREAM' ? `f.target_path IN (near.path, '')` : 'f.source_path = near.path';
    const column = columnPolicy(access, `f.${far}_path`, 6);
    const job = jobPolicy(access, 6 + column.params.length);
    return this.database.query<ColumnNode>(
      `SELECT f.${far}_id AS "assetId", f.${far}_path AS path
       FROM unnest($1::uuid[], $2::text[]) AS near(asset_id, path)
       JOIN lineage_column_flow f ON f.${near}_id = near.asset_id AND ${paths} AND f.is_open
       JOIN lineage_flow_set s ON s.id = f.set_id AND NOT s.is_closed
       JOIN asset a ON a.id = f.${far}_id
       LEFT JOIN asset_column c ON c.asset_id = f.${far}_id AND c.path = f.${far}_path
       LEFT JOIN asset j ON j.id = s.job_id
       WHERE (s.job_id IS NULL OR ${job.sql}) AND (${column.sql}) AND ${flowSql(filter)} AND NOT EXISTS (
         SELECT 1 FROM unnest($3::uuid[], $4::text[]) AS seen(asset_id, path)
         WHERE seen.asset_id = f.${far}_id AND seen.path = f.${far}_path)
       GROUP BY a.name, f.${far}_id, f.${far}_path
       ORDER BY a.name COLLATE "C", f.${far}_id, f.${far}_path COLLATE "C" LIMIT $5`,
      [...arraysOf(frontier), ...arraysOf(seen), limit, ...column.params, ...job.params],
    );
  }

  /** The columns whose values come into the given ones, by a flow that is direct and masks nothing. */
  async listUnmaskedSources(access: ActorAccess, targets: readonly ColumnNode[]): Promise<ValueFlow[]> {
    const column = columnPolicy(access, 'f.source_path', 3);
    const job = jobPolicy(access, 3 + column.params.length);
    return this.database.query<ValueFlow>(
      `SELECT DISTINCT f.target_id AS "toAsset", f.target_path AS "toColumn", f.source_id AS "fromAsset",
              f.source_path AS "fromColumn"
       FROM unnest($1::uuid[], $2::text[]) AS near(asset_id, path)
       JOIN lineage_column_flow f ON f.target_id = near.asset_id AND f.target_path = near.path
         AND f.is_open AND f.is_direct AND NOT f.is_masked
       JOIN lineage_flow_set s ON s.id = f.set_id AND NOT s.is_closed
       JOIN asset a ON a.id = f.source_id
       LEFT JOIN asset_column c ON c.asset_id = f.source_id AND c.path = f.source_path
       LEFT JOIN asset j ON j.id = s.job_id
       WHERE (s.job_id IS NULL OR ${job.sql}) AND (${column.sql}) ORDER BY 1, 2, 3, 4`,
      [...arraysOf(targets), ...column.params, ...job.params],
    );
  }

  /** Tags, terms and sensitivity of columns that the actor has been shown; those without any are left out. */
  async listWords(columns: readonly ColumnNode[]): Promise<ColumnWords[]> {
    return this.database.query<ColumnWords>(
      `SELECT c.asset_id AS "assetId", c.path, c.tags, c.terms, c.sensitivity
       FROM unnest($1::uuid[], $2::text[]) AS k(asset_id, path)
       JOIN asset_column c ON c.asset_id = k.asset_id AND c.path = k.path
       WHERE c.tags <> '{}' OR c.terms <> '{}' OR c.sensitivity IS NOT NULL`,
      arraysOf(columns),
    );
  }

  /** The datasets of everything visible that can be reached, counted by what they are; not those of the roots. */
  async sweep({ direction, access }: Hop, roots: readonly ColumnNode[]): Promise<ImpactGroup[]> {
    const [near, far] = direction === 'UPSTREAM' ? ['target', 'source'] : ['source', 'target'];
    const paths = direction === 'UPSTREAM' ? `f.target_path IN (r.path, '')` : 'f.source_path = r.path';
    const column = columnPolicy(access, `f.${far}_path`, 3);
    const job = jobPolicy(access, 3 + column.params.length);
    return this.database.query<ImpactGroup>(
      `WITH RECURSIVE reached(asset_id, path) AS (
         SELECT * FROM unnest($1::uuid[], $2::text[])
         UNION
         SELECT f.${far}_id, f.${far}_path FROM reached r
         JOIN lineage_column_flow f ON f.${near}_id = r.asset_id AND ${paths} AND f.is_open
         JOIN lineage_flow_set s ON s.id = f.set_id AND NOT s.is_closed
         JOIN asset a ON a.id = f.${far}_id
         LEFT JOIN asset_column c ON c.asset_id = f.${far}_id AND c.path = f.${far}_path
         LEFT JOIN asset j ON j.id = s.job_id
         WHERE (s.job_id IS NULL OR ${job.sql}) AND (${column.sql}))
       SELECT a.kind, a.domain, a.owners, count(*)::int AS count
       FROM asset a WHERE a.id IN (SELECT asset_id FROM reached) AND a.id <> ALL($1::uuid[])
       GROUP BY a.kind, a.domain, a.owners`,
      [...arraysOf(roots), ...column.params, ...job.params],
    );
  }

  /**
   * The flows between the given columns. Upstream, a flow to every column of a dataset (`toColumn` '') is one to each of
   * its columns reached.
   */
  async listEdges({ direction, access, filter }: Hop, nodes: readonly ColumnNode[]): Promise<ColumnEdgeRow[]> {
    const job = jobPolicy(access, 3);
    const orEvery = direction === 'UPSTREAM' ? `OR f.target_path = ''` : '';
    return this.database.query<ColumnEdgeRow>(
      `WITH node AS MATERIALIZED (SELECT * FROM unnest($1::uuid[], $2::text[]) AS n(asset_id, path)),
       flow AS (
         SELECT f.* FROM node n
         JOIN lineage_column_flow f ON f.source_id = n.asset_id AND f.source_path = n.path AND f.is_open
         JOIN lineage_flow_set s ON s.id = f.set_id AND NOT s.is_closed
         LEFT JOIN asset j ON j.id = s.job_id
         WHERE (s.job_id IS NULL OR ${job.sql}) AND ${flowSql(filter)}
           AND EXISTS (SELECT 1 FROM node t WHERE t.asset_id = f.target_id AND (t.path = f.target_path ${orEvery}))
       )
       SELECT f.source_id AS "fromAsset", f.source_path AS "fromColumn", f.target_id AS "toAsset", f.target_path AS "toColumn",
              coalesce(array_agg(DISTINCT t.name ORDER BY t.name) FILTER (WHERE t.name IS NOT NULL), '{}') AS transformations,
              bool_or(f.is_direct) AS "isDirect",
              coalesce(bool_and(f.is_masked) FILTER (WHERE f.is_direct), bool_and(f.is_masked)) AS "isMasked"
       FROM flow f LEFT JOIN LATERAL unnest(f.transformations) AS t(name) ON TRUE
       GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`,
      [...arraysOf(nodes), ...job.params],
    );
  }
}

/** Over alias `f`. */
function flowSql(filter: FlowFilter | null | undefined): string {
  const parts = ['TRUE'];
  if (filter?.transformation) parts.push(filter.transformation === 'DIRECT' ? 'f.is_direct' : 'NOT f.is_direct');
  if (filter?.isUnmasked === true) parts.push('NOT f.is_masked');
  return parts.join(' AND ');
}

/** @throws {NotFound} for a hidden column as for a missing one. */
export async function requireColumn(
  columns: ColumnLineageRepository,
  access: ActorAccess,
  column: ColumnNode,
): Promise<void> {
  // Postgres refuses NUL in a text, so no column has it in its name.
  const isVisible = !column.path.includes('\0') && (await columns.isVisible(access, column));
  if (!isVisible) throw new NotFound(`No column '${column.path}' was found. Check its dotted path.`, ['column']);
}

/** Over `a` and an outer-joined `c`. The path comes from the flow, so a rule on paths holds for undescribed columns too. */
function columnPolicy(access: ActorAccess, path: string, firstParameter: number): SqlReading {
  const columns = new Map([...COLUMN_SQL_COLUMNS('c', 'a'), ['path', path]]);
  return access.sql('read_column', 'column', { columns, firstParameter });
}

function jobPolicy(access: ActorAccess, firstParameter: number): SqlReading {
  return access.sql('discover', 'asset', { columns: ASSET_SQL_COLUMNS('j'), firstParameter });
}

function arraysOf(nodes: readonly ColumnNode[]): [string[], string[]] {
  return [nodes.map(({ assetId }) => assetId), nodes.map(({ path }) => path)];
}
