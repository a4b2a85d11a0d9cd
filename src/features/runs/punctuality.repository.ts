import { Injectable } from '@nestjs/common';
import type { ActorAccess } from '../../platform/access/access.js';
import { ASSET_SQL_COLUMNS } from '../../platform/access/sql-reading.js';
import { Database } from '../../platform/database/database.js';

/** How a job keeps to the rhythm of its own runs. */
export interface Punctuality {
  readonly jobId: string;
  readonly state: 'ON_TIME' | 'LATE' | 'STALE';
  readonly usualSeconds: number;
  readonly lastStartAt: Date;
  /** When the next run would begin. */
  readonly expectedAt: Date;
  /** The same, microseconds as text: sorts a list. */
  readonly orderedAt: string;
}

export interface LatePage {
  readonly first: number;
  /** `orderedAt` and id of the job that the page begins after. */
  readonly after: readonly string[] | null;
}

/** Its newest runs tell how often it runs; fewer gaps than that are no rhythm. */
const NEWEST_RUNS = 20;
const FEWEST_GAPS = 2;
/** A quarter of its rhythm later is late, though never less than five minutes; three runs that did not come are the end of them. */
const GRACE_SQL = `greatest(usual * 0.25, interval '5 minutes')`;
const STALE_AFTER = 3;

/**
 * The median gap between the times that runs are about (OpenLineage NominalTimeRunFacet), or between their starts where no such
 * time is said. Streams and services have none (JobTypeJobFacet 2-0-4). $1 is the time that it is asked for.
 */
const RHYTHM_SQL = `rhythm AS (
    SELECT j.id AS job_id, g.usual, g.last, g.last + g.usual AS expected,
           CASE WHEN $1 > g.last + g.usual * ${STALE_AFTER} + ${GRACE_SQL} THEN 'STALE'
                WHEN $1 > g.last + g.usual + ${GRACE_SQL} THEN 'LATE' ELSE 'ON_TIME' END AS state
    FROM job j CROSS JOIN LATERAL (
      SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY gap) FILTER (WHERE gap > interval '0') AS usual,
             count(*) FILTER (WHERE gap > interval '0') AS gaps, max(began) AS last
      FROM (
        SELECT began, about - lag(about) OVER (ORDER BY about) AS gap FROM (
          SELECT coalesce(started_at, last_event_at) AS began, coalesce(nominal_start, started_at, last_event_at) AS about
          FROM run WHERE job_id = j.id
          ORDER BY coalesce(started_at, last_event_at) DESC, id DESC LIMIT ${NEWEST_RUNS}) r) gap) g
    WHERE g.gaps >= ${FEWEST_GAPS} AND NOT EXISTS (
      SELECT FROM fact f WHERE f.asset_id = j.id AND f.attribute = 'facet:jobType'
        AND upper(f.value ->> 'processingType') IN ('STREAMING', 'SERVICE')))`;
const ROW_SQL = `job_id AS "jobId", state, extract(epoch FROM usual)::float8 AS "usualSeconds", last AS "lastStartAt",
  expected AS "expectedAt", expected::text AS "orderedAt"`;

@Injectable()
export class PunctualityRepository {
  constructor(private readonly database: Database) {}

  /** Of jobs that the caller has been shown; those without a rhythm are left out. */
  async listOfJobs(jobIds: readonly string[], now: Date): Promise<Punctuality[]> {
    return this.database.query<Punctuality>(
      `WITH job AS (SELECT unnest($2::uuid[]) AS id), ${RHYTHM_SQL} SELECT ${ROW_SQL} FROM rhythm`,
      [now, jobIds],
    );
  }

  /** Visible jobs whose next run should have begun, the longest overdue first; one more than asked for. */
  async listLate(access: ActorAccess, now: Date, { first, after }: LatePage): Promise<Punctuality[]> {
    const policy = access.sql('discover', 'asset', { columns: ASSET_SQL_COLUMNS('a'), firstParameter: 4 });
    return this.database.query<Punctuality>(
      `WITH job AS (
         SELECT a.id FROM asset a WHERE a.kind = 'JOB' AND a.presence <> 'REMOVED' AND a.lifecycle <> 'RETIRED'
           AND EXISTS (SELECT FROM run WHERE run.job_id = a.id) AND (${policy.sql})), ${RHYTHM_SQL}
       SELECT ${ROW_SQL} FROM rhythm
       WHERE state <> 'ON_TIME' AND ($2::timestamptz IS NULL OR (expected, job_id) > ($2::timestamptz, $3::uuid))
       ORDER BY expected, job_id LIMIT ${first + 1}`,
      [now, after?.[0] ?? null, after?.[1] ?? null, ...policy.params],
    );
  }
}
