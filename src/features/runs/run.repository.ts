import { Injectable } from '@nestjs/common';
import type { PageRequest } from '../../core/page.js';
import type { ActorAccess } from '../../platform/access/access.js';
import { ASSET_SQL_COLUMNS } from '../../platform/access/sql-reading.js';
import { Database } from '../../platform/database/database.js';
import { ASSET_ROW_SQL, RUN_ROW_SQL, type AssetRow, type FoldedFacets, type RunRow } from '../assets/index.js';

export type RunDirection = 'INPUT' | 'OUTPUT';

/** What one run read or wrote. */
export interface RunDatasetRow {
  readonly runId: string;
  readonly datasetId: string;
  readonly direction: RunDirection;
  /** Newest event that names it; microseconds as text. */
  readonly lastAt: string;
  readonly facets: FoldedFacets;
}

export interface RunKey {
  readonly jobId: string;
  readonly externalId: string;
}

const RUN_DATASET_SQL = `d.run_id AS "runId", coalesce(n.merged_into, n.id) AS "datasetId", d.direction,
  d.last_at::text AS "lastAt", d.facets`;

/** A dataset that is checked in every one of its runs has many; the newest are enough to know each job's last word. */
const CHECKED_RUNS = 200;

@Injectable()
export class RunRepository {
  constructor(private readonly database: Database) {}

  async listByKeys(keys: readonly RunKey[]): Promise<RunRow[]> {
    return this.database.query<RunRow>(
      `SELECT ${RUN_ROW_SQL} FROM unnest($1::uuid[], $2::text[]) AS t(job_id, external_id)
       JOIN run ON run.job_id = t.job_id AND run.external_id = t.external_id`,
      [keys.map(({ jobId }) => jobId), keys.map(({ externalId }) => externalId)],
    );
  }

  async listByIds(ids: readonly string[]): Promise<RunRow[]> {
    return this.database.query<RunRow>(`SELECT ${RUN_ROW_SQL} FROM run WHERE id = ANY($1::uuid[])`, [ids]);
  }

  /** Of runs the caller has been shown: the visible runs that name them as their parent, newest first, one more than asked. */
  async listChildren(
    access: ActorAccess,
    runIds: readonly string[],
    { first, after }: { first: number; after: readonly string[] | null },
  ): Promise<(RunRow & { parentId: string })[]> {
    const policy = visible(access, 'j', 2);
    const next = 2 + policy.params.length;
    const start = after
      ? `AND (coalesce(run.started_at, run.last_event_at), run.id) < ($${next}::timestamptz, $${next + 1}::uuid)`
      : '';
    return this.database.query(
      `SELECT p.id AS "parentId", child.* FROM unnest($1::uuid[]) AS parent(id)
       JOIN run p ON p.id = parent.id JOIN asset pj ON pj.id = p.job_id CROSS JOIN LATERAL (
         SELECT ${RUN_ROW_SQL} FROM run JOIN asset j ON j.id = run.job_id
         WHERE run.parent_run = p.external_id AND run.id <> p.id
           AND run.body #>> '{facets,parent,value,job,namespace}' = pj.namespace
           AND run.body #>> '{facets,parent,value,job,name}' = pj.name AND (${policy.sql}) ${start}
         ORDER BY coalesce(run.started_at, run.last_event_at) DESC, run.id DESC LIMIT ${first + 1}) child
       ORDER BY p.id, child."orderedAt"::timestamptz DESC, child.id DESC`,
      [runIds, ...policy.params, ...(after ?? [])],
    );
  }

  /** Of runs the caller has been shown: the visible datasets that they read and wrote, by name. */
  async listDatasets(
    access: ActorAccess,
    runIds: readonly string[],
  ): Promise<(RunDatasetRow & { dataset: AssetRow })[]> {
    const policy = visible(access, 'a', 2);
    const rows = await this.database.query<AssetRow & { runDataset: RunDatasetRow }>(
      `SELECT ${ASSET_ROW_SQL}, to_jsonb(d) AS "runDataset" FROM (
         SELECT ${RUN_DATASET_SQL} FROM run_dataset d JOIN asset n ON n.id = d.asset_id WHERE d.run_id = ANY($1::uuid[])) d
       JOIN asset a ON a.id = d."datasetId" WHERE (${policy.sql})
       ORDER BY a.namespace, a.name, d.direction`,
      [runIds, ...policy.params],
    );
    return rows.map(({ runDataset, ...dataset }) => ({ ...runDataset, dataset }));
  }

  /** Of each dataset the visible runs that read or wrote it, newest first, one more than asked. */
  async listRunsOfDatasets(
    access: ActorAccess,
    datasetIds: readonly string[],
    { first, after, direction }: { first: number; after: readonly string[] | null; direction: RunDirection | null },
  ): Promise<(RunDatasetRow & { run: RunRow })[]> {
    const policy = visible(access, 'j', 3);
    const next = 3 + policy.params.length;
    const start = after
      ? `AND (d.last_at, d.run_id, d.direction) < ($${next}::timestamptz, $${next + 1}::uuid, $${next + 2}::text)`
      : '';
    const rows = await this.database.query<RunRow & { runDataset: RunDatasetRow }>(
      `SELECT ${RUN_ROW_SQL}, to_jsonb(d) AS "runDataset" FROM unnest($1::uuid[]) AS dataset(id) CROSS JOIN LATERAL (
         SELECT ${RUN_DATASET_SQL}, d.last_at AS sorted
         FROM asset n JOIN run_dataset d ON d.asset_id = n.id JOIN run r ON r.id = d.run_id JOIN asset j ON j.id = r.job_id
         WHERE (n.id = dataset.id OR n.merged_into = dataset.id) AND ($2::text IS NULL OR d.direction = $2)
           AND (${policy.sql}) ${start}
         ORDER BY d.last_at DESC, d.run_id DESC, d.direction DESC LIMIT ${first + 1}) d
       JOIN run ON run.id = d."runId"
       ORDER BY d."datasetId", d.sorted DESC, run.id DESC, d.direction DESC`,
      [datasetIds, direction, ...policy.params, ...(after ?? [])],
    );
    return rows.map(({ runDataset, ...run }) => ({ ...runDataset, run }));
  }

  /** Of assets the caller has been shown: of a job its newest run, else the newest of a visible job that wrote it; begun by then. */
  async listLast(
    access: ActorAccess,
    assetIds: readonly string[],
    by: Date | null,
  ): Promise<(RunRow & { assetId: string })[]> {
    const policy = visible(access, 'j', 3);
    const newest = `AND ($2::timestamptz IS NULL OR coalesce(run.started_at, run.last_event_at) <= $2::timestamptz)`;
    return this.database.query(
      `SELECT shown.id AS "assetId", last.* FROM unnest($1::uuid[]) AS shown(id) CROSS JOIN LATERAL (
         (SELECT ${RUN_ROW_SQL} FROM run JOIN asset j ON j.id = run.job_id WHERE run.job_id = shown.id AND (${policy.sql}) ${newest}
          ORDER BY coalesce(run.started_at, run.last_event_at) DESC, run.id DESC LIMIT 1)
         UNION ALL
         (SELECT ${RUN_ROW_SQL} FROM asset n JOIN run_dataset d ON d.asset_id = n.id AND d.direction = 'OUTPUT'
          JOIN run ON run.id = d.run_id JOIN asset j ON j.id = run.job_id
          WHERE (n.id = shown.id OR n.merged_into = shown.id) AND (${policy.sql}) ${newest}
          ORDER BY d.last_at DESC, d.run_id DESC LIMIT 1)
         LIMIT 1) last`,
      [assetIds, by, ...policy.params],
    );
  }

  /** The newest run of each job that says something of the quality of each dataset. */
  async listChecked(datasetIds: readonly string[]): Promise<RunDatasetRow[]> {
    return this.database.query<RunDatasetRow>(
      `SELECT DISTINCT ON (d."datasetId", r.job_id) d.* FROM unnest($1::uuid[]) AS dataset(id) CROSS JOIN LATERAL (
         SELECT ${RUN_DATASET_SQL}, d.last_at AS sorted FROM asset n JOIN run_dataset d ON d.asset_id = n.id
         WHERE (n.id = dataset.id OR n.merged_into = dataset.id)
           AND d.facets ?| '{dataQualityAssertions,dataQualityMetrics}'
         ORDER BY d.last_at DESC, d.run_id LIMIT ${CHECKED_RUNS}) d JOIN run r ON r.id = d."runId"
       ORDER BY d."datasetId", r.job_id, d.sorted DESC, d."runId", d.direction`,
      [datasetIds],
    );
  }

  /** Of each job its newest run that names dependencies, among its newest runs. */
  async listNewestWithDependencies(jobIds: readonly string[]): Promise<RunRow[]> {
    return this.database.query<RunRow>(
      `SELECT DISTINCT ON (r."jobId") r.* FROM unnest($1::uuid[]) AS job(id) CROSS JOIN LATERAL (
         SELECT ${RUN_ROW_SQL} FROM run WHERE run.job_id = job.id
         ORDER BY coalesce(run.started_at, run.last_event_at) DESC, run.id DESC LIMIT 20) r
       WHERE r.body -> 'facets' ? 'jobDependencies'
       ORDER BY r."jobId", r."orderedAt"::timestamptz DESC, r.id DESC`,
      [jobIds],
    );
  }
}

export type DatasetRunPage = PageRequest & { readonly direction: RunDirection | null };

function visible(access: ActorAccess, alias: string, firstParameter: number): ReturnType<ActorAccess['sql']> {
  return access.sql('discover', 'asset', { columns: ASSET_SQL_COLUMNS(alias), firstParameter });
}
