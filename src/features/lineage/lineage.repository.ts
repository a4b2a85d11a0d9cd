import { Injectable } from '@nestjs/common';
import type { ActorAccess } from '../../platform/access/access.js';
import { ASSET_SQL_COLUMNS } from '../../platform/access/sql-reading.js';
import { Database } from '../../platform/database/database.js';
import { CURRENT, edgeTable, type EdgeSlice, type EdgeTable } from './edge-slice.js';
import type { EdgeIds, ImpactGroup } from './graph/questions.js';
import type { LineageDirection } from './walk.js';

export interface HopQuery {
  readonly direction: LineageDirection;
  readonly access: ActorAccess;
  /** The current edges when left out. */
  readonly slice?: EdgeSlice;
}

/** What one port says of an edge. */
export interface Evidence {
  /** Place of the edge in the list. */
  readonly at: number;
  readonly origins: readonly string[];
  readonly firstSeenAt: Date;
  readonly lastSeenAt: Date;
}

export interface NeighbourKey {
  readonly id: string;
  readonly name: string;
}

export interface NeighbourPage {
  readonly limit: number;
  readonly after: NeighbourKey | null;
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
    const edges = edgesOf(query, [asset, job], 4);
    const ports = `SELECT near.port FROM ${edges.sql} near WHERE near.asset_id = ANY($1::uuid[]) AND near.direction = '${near}'
         UNION SELECT own.port FROM ${edges.sql} own WHERE own.job_id = ANY($1::uuid[])`;
    const rows = await this.database.query<{ id: string }>(
      `SELECT a.id FROM asset a
       WHERE a.id IN (
         SELECT far.asset_id FROM ${edges.sql} far LEFT JOIN asset j ON j.id = far.job_id
         WHERE far.direction = '${far}' AND far.port IN (${ports}) AND (far.job_id IS NULL OR ${job.sql})
       ) AND a.id <> ALL($2::uuid[]) AND (${asset.sql})
       ORDER BY a.name COLLATE "C", a.id LIMIT $3`,
      [frontier, seen, limit, ...asset.params, ...job.params, ...edges.params],
    );
    return rows.map(({ id }) => id);
  }

  /** One hop from an asset, in (name, id) order, one more than asked for. */
  async listNeighbours(query: HopQuery, assetId: string, { limit, after }: NeighbourPage): Promise<NeighbourKey[]> {
    const { near, far } = SIDES[query.direction];
    const asset = visible(query.access, 'a', 5);
    const job = visible(query.access, 'j', 5 + asset.params.length);
    return this.database.query<NeighbourKey>(
      `SELECT a.id, a.name FROM asset a
       WHERE a.id IN (
         SELECT far.asset_id FROM lineage_edge far LEFT JOIN asset j ON j.id = far.job_id
         WHERE far.direction = '${far}' AND (far.job_id IS NULL OR ${job.sql}) AND far.port IN (
           SELECT near.port FROM lineage_edge near WHERE near.asset_id = $1 AND near.direction = '${near}'
           UNION SELECT own.port FROM lineage_edge own WHERE own.job_id = $1))
         AND a.id <> $1 AND (${asset.sql}) AND ($3::uuid IS NULL OR (a.name COLLATE "C", a.id) > ($2::text, $3::uuid))
       ORDER BY a.name COLLATE "C", a.id LIMIT $4`,
      [assetId, after?.name ?? null, after?.id ?? null, limit + 1, ...asset.params, ...job.params],
    );
  }

  /** Whether there is such a run, of a job that is visible. */
  async hasRun(access: ActorAccess, runId: string): Promise<boolean> {
    const job = visible(access, 'j', 2);
    const sql = `SELECT 1 FROM run r JOIN asset j ON j.id = r.job_id WHERE r.id = $1::uuid AND (${job.sql})`;
    return (await this.database.queryOne(sql, [runId, ...job.params])) !== null;
  }

  /** Last position of the change log, and which of the assets are visible now. */
  async begin(access: ActorAccess, assetIds: readonly string[]): Promise<{ sequence: string; visible: string[] }> {
    const asset = visible(access, 'a', 2);
    const row = await this.database.queryOne<{ sequence: string; visible: string[] }>(
      `SELECT (SELECT coalesce(max(position), 0) FROM change_log) AS sequence,
              ARRAY(SELECT a.id FROM asset a WHERE a.id = ANY($1::uuid[]) AND (${asset.sql})) AS visible`,
      [assetIds, ...asset.params],
    );
    return row ?? { sequence: '0', visible: [] };
  }

  /** How many visible neighbours each asset has one hop further, itself not counted; those without are left out. */
  async countNext(query: HopQuery, assetIds: readonly string[]): Promise<Map<string, number>> {
    const { near, far } = SIDES[query.direction];
    const asset = visible(query.access, 'a', 2);
    const job = visible(query.access, 'j', 2 + asset.params.length);
    const edges = edgesOf(query, [asset, job], 2);
    const rows = await this.database.query<{ id: string; count: number }>(
      `WITH own AS (
         SELECT asset_id AS id, port FROM ${edges.sql} e WHERE asset_id = ANY($1::uuid[]) AND direction = '${near}'
         UNION SELECT job_id, port FROM ${edges.sql} e WHERE job_id = ANY($1::uuid[]))
       SELECT own.id, count(DISTINCT a.id)::int AS count
       FROM own JOIN ${edges.sql} far ON far.port = own.port AND far.direction = '${far}' AND far.asset_id <> own.id
       JOIN asset a ON a.id = far.asset_id LEFT JOIN asset j ON j.id = far.job_id
       WHERE (far.job_id IS NULL OR ${job.sql}) AND (${asset.sql}) GROUP BY own.id`,
      [assetIds, ...asset.params, ...job.params, ...edges.params],
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
  async listEdges(query: HopQuery, assetIds: readonly string[]): Promise<EdgeIds[]> {
    const job = visible(query.access, 'j', 2);
    const edges = edgesOf(query, [job], 2);
    return this.database.query<EdgeIds>(
      `SELECT i.asset_id AS "from", o.asset_id AS "to", i.job_id AS "jobId", array_agg(i.port ORDER BY i.port) AS ports
       FROM ${edges.sql} i
       JOIN ${edges.sql} o ON o.port = i.port AND o.direction = 'O'
       LEFT JOIN asset j ON j.id = i.job_id
       WHERE i.direction = 'I' AND i.asset_id = ANY($1::uuid[]) AND o.asset_id = ANY($1::uuid[])
         AND (i.job_id IS NULL OR ${job.sql})
       GROUP BY 1, 2, 3`,
      [assetIds, ...job.params, ...edges.params],
    );
  }

  /** The flows between those of the assets that are jobs, and the others on one side of them. */
  async listJobEdges(query: HopQuery, assetIds: readonly string[]): Promise<EdgeIds[]> {
    const { far } = SIDES[query.direction];
    const edges = edgesOf(query, [], 2);
    const ends =
      query.direction === 'DOWNSTREAM'
        ? 'e.job_id AS "from", e.asset_id AS "to"'
        : 'e.asset_id AS "from", e.job_id AS "to"';
    return this.database.query<EdgeIds>(
      `SELECT ${ends}, e.job_id AS "jobId", array_agg(e.port ORDER BY e.port) AS ports FROM ${edges.sql} e
       WHERE e.job_id = ANY($1::uuid[]) AND e.direction = '${far}' AND e.asset_id = ANY($1::uuid[])
       GROUP BY 1, 2, 3`,
      [assetIds, ...edges.params],
    );
  }

  /** Who says so and since when, by place in the list, of flows that the actor has been shown. */
  async listEvidence(edges: readonly EdgeIds[], slice: EdgeSlice): Promise<Evidence[]> {
    const table = edgeTable(slice, 6);
    const keys = edges.flatMap(({ from, to, jobId, ports }, at) =>
      ports.map((port) => ({ at, port, from, to, isHalf: jobId === from || jobId === to })),
    );
    return this.database.query<Evidence>(
      `SELECT k.at, coalesce(i.origins, '{}') || coalesce(o.origins, '{}') AS origins,
              least(i.first_seen, o.first_seen) AS "firstSeenAt", greatest(i.last_seen, o.last_seen) AS "lastSeenAt"
       FROM unnest($1::int[], $2::uuid[], $3::uuid[], $4::uuid[], $5::boolean[]) AS k(at, port, from_id, to_id, is_half)
       LEFT JOIN ${table.sql} i ON i.port = k.port AND i.direction = 'I' AND i.asset_id = k.from_id
       LEFT JOIN ${table.sql} o ON o.port = k.port AND o.direction = 'O' AND o.asset_id = k.to_id
       WHERE i.port IS NOT NULL AND o.port IS NOT NULL OR k.is_half AND (i.port IS NOT NULL OR o.port IS NOT NULL)`,
      [
        keys.map(({ at }) => at),
        keys.map(({ port }) => port),
        keys.map(({ from }) => from),
        keys.map(({ to }) => to),
        keys.map(({ isHalf }) => isHalf),
        ...table.params,
      ],
    );
  }
}

/** After what policies need, which begin at `first`. */
function edgesOf({ slice = CURRENT }: HopQuery, policies: readonly { params: unknown[] }[], first: number): EdgeTable {
  return edgeTable(
    slice,
    policies.reduce((next, { params }) => next + params.length, first),
  );
}

function visible(access: ActorAccess, alias: string, firstParameter: number): ReturnType<ActorAccess['sql']> {
  return access.sql('discover', 'asset', { columns: ASSET_SQL_COLUMNS(alias), firstParameter });
}
