import { Injectable } from '@nestjs/common';
import type { ActorAccess } from '../../platform/access/access.js';
import { ASSET_SQL_COLUMNS } from '../../platform/access/sql-reading.js';
import { Database } from '../../platform/database/database.js';
import type { LineageDirection } from './walk.js';

export interface HopQuery {
  readonly direction: LineageDirection;
  readonly access: ActorAccess;
}

export interface EdgeRow {
  readonly from: string;
  readonly to: string;
  readonly jobId: string | null;
  readonly origins: readonly string[];
  readonly firstSeenAt: Date;
  readonly lastSeenAt: Date;
}

/** In which direction the edge near the walker and the edge away from it point. */
const SIDES = { DOWNSTREAM: { near: 'I', far: 'O' }, UPSTREAM: { near: 'O', far: 'I' } } as const;

/**
 * Reads `lineage_edge` under the actor's policy: hidden assets and ports of hidden jobs are not there. All edges of one
 * port carry the same job, so it is enough to look at one of them.
 */
@Injectable()
export class LineageRepository {
  constructor(private readonly database: Database) {}

  /** From a job its own ports are walked. A semi-join over ports, so that a job with many inputs and outputs is not multiplied out. */
  async listNext(
    query: HopQuery,
    frontier: readonly string[],
    seen: readonly string[],
    limit: number,
  ): Promise<string[]> {
    const { near, far } = SIDES[query.direction];
    const asset = visible(query.access, 'a', 4);
    const job = visible(query.access, 'j', 4 + asset.params.length);
    const ports = `SELECT near.port FROM lineage_edge near WHERE near.asset_id = ANY($1::uuid[]) AND near.direction = '${near}'
         UNION SELECT own.port FROM lineage_edge own WHERE own.job_id = ANY($1::uuid[])`;
    const rows = await this.database.query<{ id: string }>(
      `SELECT a.id FROM asset a
       WHERE a.id IN (
         SELECT far.asset_id FROM lineage_edge far LEFT JOIN asset j ON j.id = far.job_id
         WHERE far.direction = '${far}' AND far.port IN (${ports}) AND (far.job_id IS NULL OR ${job.sql})
       ) AND a.id <> ALL($2::uuid[]) AND (${asset.sql})
       ORDER BY a.name, a.id LIMIT $3`,
      [frontier, seen, limit, ...asset.params, ...job.params],
    );
    return rows.map(({ id }) => id);
  }

  /** The flows between the given assets, each once per job. */
  async listEdges(access: ActorAccess, assetIds: readonly string[]): Promise<EdgeRow[]> {
    const job = visible(access, 'j', 2);
    return this.database.query<EdgeRow>(
      `SELECT i.asset_id AS "from", o.asset_id AS "to", i.job_id AS "jobId", array_agg(DISTINCT origin ORDER BY origin) AS origins,
              min(least(i.first_seen, o.first_seen)) AS "firstSeenAt", max(greatest(i.last_seen, o.last_seen)) AS "lastSeenAt"
       FROM lineage_edge i
       JOIN lineage_edge o ON o.port = i.port AND o.direction = 'O'
       LEFT JOIN asset j ON j.id = i.job_id
       CROSS JOIN LATERAL unnest(i.origins || o.origins) AS origin
       WHERE i.direction = 'I' AND i.asset_id = ANY($1::uuid[]) AND o.asset_id = ANY($1::uuid[])
         AND (i.job_id IS NULL OR ${job.sql})
       GROUP BY i.asset_id, o.asset_id, i.job_id
       ORDER BY i.asset_id, o.asset_id, i.job_id`,
      [assetIds, ...job.params],
    );
  }

  /** The flows between jobs, which the actor has been shown, and the given assets on one side of them. */
  async listJobEdges(
    jobIds: readonly string[],
    direction: LineageDirection,
    assetIds: readonly string[],
  ): Promise<EdgeRow[]> {
    const { far } = SIDES[direction];
    const ends =
      direction === 'DOWNSTREAM' ? 'e.job_id AS "from", e.asset_id AS "to"' : 'e.asset_id AS "from", e.job_id AS "to"';
    return this.database.query<EdgeRow>(
      `SELECT ${ends}, e.job_id AS "jobId", array_agg(DISTINCT origin ORDER BY origin) AS origins,
              min(e.first_seen) AS "firstSeenAt", max(e.last_seen) AS "lastSeenAt"
       FROM lineage_edge e CROSS JOIN LATERAL unnest(e.origins) AS origin
       WHERE e.job_id = ANY($1::uuid[]) AND e.direction = '${far}' AND e.asset_id = ANY($2::uuid[])
       GROUP BY e.job_id, e.asset_id ORDER BY e.job_id, e.asset_id`,
      [jobIds, assetIds],
    );
  }
}

function visible(access: ActorAccess, alias: string, firstParameter: number): ReturnType<ActorAccess['sql']> {
  return access.sql('discover', 'asset', { columns: ASSET_SQL_COLUMNS(alias), firstParameter });
}
