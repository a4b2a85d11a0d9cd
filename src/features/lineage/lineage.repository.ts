import { Injectable } from '@nestjs/common';
import type { ActorAccess } from '../../platform/access/access.js';
import { ASSET_SQL_COLUMNS } from '../../platform/access/sql-reading.js';
import { Database } from '../../platform/database/database.js';
import type { EdgeIds, ImpactGroup } from './graph/questions.js';
import type { LineageDirection } from './walk.js';

export interface HopQuery {
  readonly direction: LineageDirection;
  readonly access: ActorAccess;
}

export interface EdgeRow extends EdgeIds {
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
       ORDER BY a.name COLLATE "C", a.id LIMIT $3`,
      [frontier, seen, limit, ...asset.params, ...job.params],
    );
    return rows.map(({ id }) => id);
  }

  /** Last position of the change log. */
  async sequence(): Promise<string> {
    const row = await this.database.queryOne<{ sequence: string }>(
      'SELECT coalesce(max(position), 0) AS sequence FROM change_log',
    );
    return row?.sequence ?? '0';
  }

  /** How many visible neighbours each asset has one hop further, itself not counted; those without are left out. */
  async countNext({ direction, access }: HopQuery, assetIds: readonly string[]): Promise<Map<string, number>> {
    const { near, far } = SIDES[direction];
    const asset = visible(access, 'a', 2);
    const job = visible(access, 'j', 2 + asset.params.length);
    const rows = await this.database.query<{ id: string; count: number }>(
      `WITH own AS (
         SELECT asset_id AS id, port FROM lineage_edge WHERE asset_id = ANY($1::uuid[]) AND direction = '${near}'
         UNION SELECT job_id, port FROM lineage_edge WHERE job_id = ANY($1::uuid[]))
       SELECT own.id, count(DISTINCT a.id)::int AS count
       FROM own JOIN lineage_edge far ON far.port = own.port AND far.direction = '${far}' AND far.asset_id <> own.id
       JOIN asset a ON a.id = far.asset_id LEFT JOIN asset j ON j.id = far.job_id
       WHERE (far.job_id IS NULL OR ${job.sql}) AND (${asset.sql}) GROUP BY own.id`,
      [assetIds, ...asset.params, ...job.params],
    );
    return new Map(rows.map(({ id, count }) => [id, count]));
  }

  /** Everything visible that can be reached, counted by what it is; not the roots. */
  async sweep({ direction, access }: HopQuery, rootIds: readonly string[]): Promise<ImpactGroup[]> {
    const { near, far } = SIDES[direction];
    const asset = visible(access, 'a', 2);
    const job = visible(access, 'j', 2 + asset.params.length);
    return this.database.query<ImpactGroup>(
      `WITH RECURSIVE reached(id) AS (
         SELECT unnest($1::uuid[])
         UNION
         SELECT far.asset_id FROM reached r
         JOIN LATERAL (
           SELECT port FROM lineage_edge WHERE asset_id = r.id AND direction = '${near}'
           UNION SELECT port FROM lineage_edge WHERE job_id = r.id) own ON TRUE
         JOIN lineage_edge far ON far.port = own.port AND far.direction = '${far}'
         JOIN asset a ON a.id = far.asset_id LEFT JOIN asset j ON j.id = far.job_id
         WHERE (far.job_id IS NULL OR ${job.sql}) AND (${asset.sql}))
       SELECT a.kind, a.domain, a.owners, count(*)::int AS count FROM reached JOIN asset a USING (id)
       WHERE a.id <> ALL($1::uuid[]) GROUP BY a.kind, a.domain, a.owners`,
      [rootIds, ...asset.params, ...job.params],
    );
  }

  /** The flows between the given assets, each once per job. */
  async listEdges(access: ActorAccess, assetIds: readonly string[]): Promise<EdgeIds[]> {
    const job = visible(access, 'j', 2);
    return this.database.query<EdgeIds>(
      `SELECT DISTINCT i.asset_id AS "from", o.asset_id AS "to", i.job_id AS "jobId"
       FROM lineage_edge i
       JOIN lineage_edge o ON o.port = i.port AND o.direction = 'O'
       LEFT JOIN asset j ON j.id = i.job_id
       WHERE i.direction = 'I' AND i.asset_id = ANY($1::uuid[]) AND o.asset_id = ANY($1::uuid[])
         AND (i.job_id IS NULL OR ${job.sql})`,
      [assetIds, ...job.params],
    );
  }

  /** The flows between those of the assets that are jobs, and the others on one side of them. */
  async listJobEdges(direction: LineageDirection, assetIds: readonly string[]): Promise<EdgeIds[]> {
    const { far } = SIDES[direction];
    const ends =
      direction === 'DOWNSTREAM' ? 'e.job_id AS "from", e.asset_id AS "to"' : 'e.asset_id AS "from", e.job_id AS "to"';
    return this.database.query<EdgeIds>(
      `SELECT DISTINCT ${ends}, e.job_id AS "jobId" FROM lineage_edge e
       WHERE e.job_id = ANY($1::uuid[]) AND e.direction = '${far}' AND e.asset_id = ANY($1::uuid[])`,
      [assetIds],
    );
  }

  /** Who says so and since when, of flows that the actor has been shown; in the order of their ends. */
  async listEvidence(edges: readonly EdgeIds[]): Promise<EdgeRow[]> {
    return this.database.query<EdgeRow>(
      `SELECT k.from_id AS "from", k.to_id AS "to", k.job_id AS "jobId", array_agg(DISTINCT origin ORDER BY origin) AS origins,
              min(seen.first_seen) AS "firstSeenAt", max(seen.last_seen) AS "lastSeenAt"
       FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) AS k(from_id, to_id, job_id)
       CROSS JOIN LATERAL (
         SELECT i.origins || o.origins AS origins, least(i.first_seen, o.first_seen) AS first_seen,
                greatest(i.last_seen, o.last_seen) AS last_seen
         FROM lineage_edge i JOIN lineage_edge o ON o.port = i.port AND o.direction = 'O' AND o.asset_id = k.to_id
         WHERE i.asset_id = k.from_id AND i.direction = 'I' AND i.job_id IS NOT DISTINCT FROM k.job_id
         UNION ALL
         SELECT e.origins, e.first_seen, e.last_seen FROM lineage_edge e
         WHERE k.job_id IN (k.from_id, k.to_id) AND e.job_id = k.job_id
           AND (e.direction, e.asset_id) IN (('I', k.from_id), ('O', k.to_id))) AS seen
       CROSS JOIN LATERAL unnest(seen.origins) AS origin
       GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
      [edges.map((edge) => edge.from), edges.map((edge) => edge.to), edges.map(({ jobId }) => jobId)],
    );
  }
}

function visible(access: ActorAccess, alias: string, firstParameter: number): ReturnType<ActorAccess['sql']> {
  return access.sql('discover', 'asset', { columns: ASSET_SQL_COLUMNS(alias), firstParameter });
}
