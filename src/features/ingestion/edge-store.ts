import { Injectable } from '@nestjs/common';
import { SYSTEM_ACTOR } from '../../core/actor.js';
import { Database } from '../../platform/database/database.js';
import { Events } from '../../platform/events/events.js';

/** One edge: an asset feeds a port ('I'), or a port feeds an asset ('O'). */
export interface EdgeKey {
  readonly port: string;
  readonly asset_id: string;
  readonly direction: 'I' | 'O';
}

/** When a dataset was last dropped, under whatever name. */
interface Drop {
  readonly assetId: string;
  readonly at: Date;
}

/** Which flows count, of `f` and its statement `s`; $2 and $3 are the drops of their datasets. */
const COUNTING_SQL = `lineage_flow f JOIN lineage_flow_set c ON c.id = f.set_id AND NOT c.is_closed
  JOIN lineage_statement s ON s.flow_set_id = c.id
  LEFT JOIN unnest($2::uuid[], $3::timestamptz[]) AS d(asset_id, at) ON d.asset_id = f.asset_id`;
const EDGE_SQL = `INSERT INTO lineage_edge (port, asset_id, direction, job_id, origins, first_seen, last_seen)
  SELECT f.port, f.asset_id, f.direction, min(s.job_id::text)::uuid, array_agg(DISTINCT s.origin ORDER BY s.origin),
         min(s.first_seen), max(s.last_seen)`;
const IS_AFTER_DROP_SQL = '(d.at IS NULL OR s.last_seen > d.at)';

/**
 * The edges are the distinct flows over all statements that count. A job that ran a million times has as many statements
 * and a handful of edges, so what is added widens the edges that are there; they are made anew from all statements only
 * when one may have lost something.
 */
@Injectable()
export class EdgeStore {
  constructor(
    private readonly database: Database,
    private readonly events: Events,
  ) {}

  /** After statements have come to say more: their flows, between these assets, are edges. */
  async widen(statementIds: readonly string[], assetIds: readonly string[]): Promise<void> {
    const drops = await this.listDrops(assetIds);
    const widened = await this.database.query<{ assetId: string }>(
      `WITH widened AS (
       ${EDGE_SQL} FROM ${COUNTING_SQL}
       WHERE s.id = ANY($1::uuid[]) AND ${IS_AFTER_DROP_SQL} GROUP BY f.port, f.asset_id, f.direction
       ON CONFLICT ON CONSTRAINT lineage_edge_pkey DO UPDATE
       SET job_id = least(lineage_edge.job_id, excluded.job_id),
           origins = ARRAY(SELECT DISTINCT o FROM unnest(lineage_edge.origins || excluded.origins) AS o ORDER BY o),
           first_seen = least(lineage_edge.first_seen, excluded.first_seen),
           last_seen = greatest(lineage_edge.last_seen, excluded.last_seen)
       RETURNING asset_id, xmax = 0 AS is_new)
       SELECT DISTINCT asset_id AS "assetId" FROM widened WHERE is_new`,
      [statementIds, ...dropArrays(drops)],
    );
    this.record(widened.map(({ assetId }) => assetId));
    if (drops.length === 0) return;
    await this.keepEnded(statementIds, drops);
    const sets = await this.database.query<{ id: string }>(
      'SELECT DISTINCT flow_set_id AS id FROM lineage_statement WHERE id = ANY($1::uuid[])',
      [statementIds],
    );
    await this.closeColumnFlows(idsOf(sets), drops);
  }

  /** What was said before a drop, and comes after it, is no edge and was one. */
  private async keepEnded(statementIds: readonly string[], drops: readonly Drop[]): Promise<void> {
    await this.database.query(
      `WITH ended AS (
         SELECT f.port, f.asset_id, f.direction, min(s.job_id::text)::uuid AS job_id, min(s.first_seen) AS valid_from,
                max(d.at) AS valid_to, array_agg(DISTINCT s.origin ORDER BY s.origin) AS origins, max(s.last_seen) AS last_seen
         FROM ${COUNTING_SQL} WHERE s.id = ANY($1::uuid[]) AND s.last_seen <= d.at
         GROUP BY f.port, f.asset_id, f.direction),
       earlier AS (
         UPDATE lineage_edge_version v SET valid_from = least(v.valid_from, e.valid_from) FROM ended e
         WHERE v.port = e.port AND v.asset_id = e.asset_id AND v.direction = e.direction AND v.valid_to = e.valid_to
         RETURNING v.port, v.asset_id, v.direction)
       INSERT INTO lineage_edge_version (port, asset_id, direction, job_id, valid_from, valid_to, origins, last_seen)
       SELECT e.* FROM ended e WHERE (port, asset_id, direction) NOT IN (SELECT * FROM earlier)`,
      [statementIds, ...dropArrays(drops)],
    );
  }

  /** After these edges may have lost a statement. */
  async remake(edges: readonly EdgeKey[]): Promise<void> {
    if (edges.length === 0) return;
    const keys = [edges.map(({ port }) => port), edges.map((e) => e.asset_id), edges.map((e) => e.direction)];
    const drops = await this.listDrops(edges.map((edge) => edge.asset_id));
    await this.database.query(
      `DELETE FROM lineage_edge e USING unnest($1::uuid[], $2::uuid[], $3::text[]) AS k(port, asset_id, direction)
       WHERE e.port = k.port AND e.asset_id = k.asset_id AND e.direction = k.direction::"char"`,
      keys,
    );
    await this.database.query(
      `${EDGE_SQL} FROM (SELECT DISTINCT port, asset_id, direction::"char" AS direction
                         FROM unnest($1::uuid[], $4::uuid[], $5::text[]) AS k(port, asset_id, direction)) k
       JOIN ${COUNTING_SQL} ON f.port = k.port AND f.asset_id = k.asset_id AND f.direction = k.direction
       WHERE ${IS_AFTER_DROP_SQL} GROUP BY f.port, f.asset_id, f.direction`,
      [keys[0], ...dropArrays(drops), keys[1], keys[2]],
    );
    this.record(edges.map((edge) => edge.asset_id));
  }

  private record(assetIds: readonly string[]): void {
    const subjects = [...new Set(assetIds)].map((id) => ({ kind: 'asset', id }));
    this.events.record(SYSTEM_ACTOR, ...subjects.map((subject) => ({ type: 'lineage.changed', subject })));
  }

  /** After datasets were dropped, or names began or ended to stand for them: every edge and column flow of theirs. */
  async remakeAround(assetIds: readonly string[]): Promise<void> {
    if (assetIds.length === 0) return;
    const shown = await this.database.query<{ id: string }>(
      'SELECT DISTINCT coalesce(merged_into, id) AS id FROM asset WHERE id = ANY($1::uuid[])',
      [assetIds],
    );
    const ids = [...new Set([...assetIds, ...shown.map(({ id }) => id)])];
    await this.remake(
      await this.database.query<EdgeKey>(
        `SELECT port, asset_id, direction FROM lineage_flow WHERE asset_id = ANY($1::uuid[])
         UNION SELECT port, asset_id, direction FROM lineage_edge WHERE asset_id = ANY($1::uuid[])`,
        [ids],
      ),
    );
    await this.closeColumnFlowsOf(
      idsOf(
        await this.database.query<{ id: string }>(
          `SELECT set_id AS id FROM lineage_column_flow WHERE source_id = ANY($1::uuid[])
           UNION SELECT set_id FROM lineage_column_flow WHERE target_id = ANY($1::uuid[])`,
          [ids],
        ),
      ),
    );
  }

  /** After fewer statements, or other drops than before, speak of the column flows of these sets. */
  async closeColumnFlowsOf(setIds: readonly string[]): Promise<void> {
    if (setIds.length === 0) return;
    const assets = await this.database.query<{ id: string }>(
      `SELECT source_id AS id FROM lineage_column_flow WHERE set_id = ANY($1::uuid[])
       UNION SELECT target_id FROM lineage_column_flow WHERE set_id = ANY($1::uuid[])`,
      [setIds],
    );
    if (assets.length > 0) await this.closeColumnFlows(setIds, await this.listDrops(idsOf(assets)));
  }

  /** What was last said of columns before a drop no longer holds. The drops are those of all datasets of these sets. */
  private async closeColumnFlows(setIds: readonly string[], drops: readonly Drop[]): Promise<void> {
    await this.database.query(
      `WITH said AS (
         SELECT flow_set_id AS id, max(last_seen) AS last_seen FROM lineage_statement
         WHERE flow_set_id = ANY($1::uuid[]) GROUP BY flow_set_id)
       UPDATE lineage_column_flow f SET is_open = NOT f.is_open
       FROM said s
       WHERE s.id = f.set_id AND f.is_open = EXISTS (
         SELECT FROM unnest($2::uuid[], $3::timestamptz[]) AS d(asset_id, at)
         WHERE d.asset_id IN (f.source_id, f.target_id) AND s.last_seen <= d.at)`,
      [setIds, ...dropArrays(drops)],
    );
  }

  private async listDrops(assetIds: readonly string[]): Promise<Drop[]> {
    return this.database.query<Drop>(
      `SELECT coalesce(a.merged_into, a.id) AS "assetId", max(d.asserted_at) AS at
       FROM asset a CROSS JOIN LATERAL (
         SELECT asserted_at FROM fact WHERE asset_id = a.id AND attribute = 'droppedAt' OFFSET 0) d
       WHERE a.id = ANY($1::uuid[]) OR a.merged_into = ANY($1::uuid[]) GROUP BY 1`,
      [[...new Set(assetIds)]],
    );
  }
}

function dropArrays(drops: readonly Drop[]): [string[], string[]] {
  return [drops.map(({ assetId }) => assetId), drops.map(({ at }) => new Date(at).toISOString())];
}

function idsOf(rows: readonly { readonly id: string }[]): string[] {
  return rows.map(({ id }) => id);
}
