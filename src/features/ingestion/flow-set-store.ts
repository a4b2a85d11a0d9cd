import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { derivedId } from './derived-id.js';
import type { EdgeKey } from './edge-store.js';

export interface ColumnFlowRow {
  readonly source_id: string;
  readonly source_path: string;
  readonly target_id: string;
  readonly target_path: string;
  readonly transformations: readonly string[];
  readonly is_direct: boolean;
  readonly is_masked: boolean;
}

/** The flows that a statement stands for, between what stands for its names. */
export interface FlowSet {
  /** The same for all statements of a job that say the same. */
  readonly id: string;
  readonly jobId: string | null;
  readonly flows: readonly EdgeKey[];
  readonly columnFlows: readonly ColumnFlowRow[];
}

/** A statement that came to say something else. */
export interface Move {
  readonly from: string;
  readonly to: string;
}

/** @param owner the job, or without one the statement itself. */
export function flowSetOf({ jobId, flows, columnFlows }: Omit<FlowSet, 'id'>, owner: string): FlowSet {
  const [own, ofColumns] = [distinct(flows), distinct(columnFlows)];
  const id = derivedId('flows', owner, [...own.keys()].join('\n'), [...ofColumns.keys()].join('\n'));
  return { id, jobId, flows: [...own.values()], columnFlows: [...ofColumns.values()] };
}

function distinct<Row extends object>(rows: readonly Row[]): Map<string, Row> {
  const byText = rows.map((row): [string, Row] => [JSON.stringify(Object.values(row)), row]);
  return new Map(byText.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** Flows, once for all statements that say the same. */
@Injectable()
export class FlowSetStore {
  constructor(private readonly database: Database) {}

  /** Nearly all are there: a job says the same with every run. */
  async add(sets: readonly FlowSet[]): Promise<void> {
    const byId = new Map(sets.map((set) => [set.id, set]));
    const added = await this.database.query<{ id: string }>(
      `INSERT INTO lineage_flow_set (id, job_id) SELECT * FROM unnest($1::uuid[], $2::uuid[]) AS v(id, job_id) ORDER BY id
       ON CONFLICT ON CONSTRAINT lineage_flow_set_pkey DO NOTHING RETURNING id`,
      [[...byId.keys()], [...byId.values()].map(({ jobId }) => jobId)],
    );
    const news = added.flatMap(({ id }) => byId.get(id) ?? []);
    if (news.length === 0) return;
    await this.database.query(
      `INSERT INTO lineage_flow (set_id, port, asset_id, direction)
       SELECT v.set_id, v.port, v.asset_id, v.direction::"char"
       FROM jsonb_to_recordset($1::jsonb) AS v(set_id uuid, port uuid, asset_id uuid, direction text)`,
      [JSON.stringify(news.flatMap(({ id, flows }) => flows.map((flow) => ({ set_id: id, ...flow }))))],
    );
    await this.addColumnFlows(news);
  }

  private async addColumnFlows(sets: readonly FlowSet[]): Promise<void> {
    const rows = sets.flatMap(({ id, columnFlows }) => columnFlows.map((flow) => ({ set_id: id, ...flow })));
    if (rows.length === 0) return;
    await this.database.query(
      `INSERT INTO lineage_column_flow (set_id, source_id, source_path, target_id, target_path, transformations, is_direct, is_masked)
       SELECT v.set_id, v.source_id, v.source_path, v.target_id, v.target_path,
              array_agg(DISTINCT t.name ORDER BY t.name) FILTER (WHERE t.name IS NOT NULL), bool_or(v.is_direct),
              coalesce(bool_and(v.is_masked) FILTER (WHERE v.is_direct), bool_and(v.is_masked))
       FROM jsonb_to_recordset($1::jsonb) AS v(set_id uuid, source_id uuid, source_path text, target_id uuid,
         target_path text, transformations text[], is_direct boolean, is_masked boolean)
       LEFT JOIN LATERAL unnest(v.transformations) AS t(name) ON TRUE
       GROUP BY 1, 2, 3, 4, 5`,
      [JSON.stringify(rows)],
    );
  }

  /** After statements moved, away with the sets that nobody says any more. @returns what the statements no longer say. */
  async leave(moves: readonly Move[]): Promise<EdgeKey[]> {
    const gone = await this.database.query<EdgeKey>(
      `SELECT DISTINCT f.port, f.asset_id, f.direction
       FROM unnest($1::uuid[], $2::uuid[]) AS m(set_from, set_to) JOIN lineage_flow f ON f.set_id = m.set_from
       WHERE NOT EXISTS (SELECT FROM lineage_flow n WHERE n.set_id = m.set_to AND n.port = f.port
         AND n.direction = f.direction AND n.asset_id = f.asset_id)`,
      [moves.map(({ from }) => from), moves.map(({ to }) => to)],
    );
    await this.database.query(
      `DELETE FROM lineage_flow_set c WHERE c.id = ANY($1::uuid[])
         AND NOT EXISTS (SELECT FROM lineage_statement s WHERE s.flow_set_id = c.id)`,
      [moves.map(({ from }) => from)],
    );
    return gone;
  }

  /** Those about jobs, or without a job about what they write to. */
  async listAbout(assetIds: readonly string[]): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(
      `SELECT id FROM lineage_flow_set WHERE job_id = ANY($1::uuid[])
       UNION SELECT c.id FROM lineage_flow f JOIN lineage_flow_set c ON c.id = f.set_id
       WHERE f.asset_id = ANY($1::uuid[]) AND f.direction = 'O' AND c.job_id IS NULL`,
      [assetIds],
    );
    return rows.map(({ id }) => id);
  }

  /**
   * A set is closed while every source that lists what it is about has removed that. @returns the edges of those that were
   * opened or closed.
   */
  async close(ids: readonly string[]): Promise<EdgeKey[]> {
    return this.database.query<EdgeKey>(
      `WITH subject AS (
         SELECT id, job_id AS asset_id FROM lineage_flow_set WHERE id = ANY($1::uuid[]) AND job_id IS NOT NULL
         UNION SELECT c.id, f.asset_id FROM lineage_flow_set c JOIN lineage_flow f ON f.set_id = c.id
         WHERE c.id = ANY($1::uuid[]) AND c.job_id IS NULL AND f.direction = 'O'),
       judged AS (
         SELECT id, bool_and(EXISTS (SELECT 1 FROM source_record r WHERE r.asset_id = subject.asset_id)
           AND NOT EXISTS (SELECT 1 FROM source_record r WHERE r.asset_id = subject.asset_id AND r.state <> 'REMOVED')) AS is_closed
         FROM subject GROUP BY id),
       moved AS (
         UPDATE lineage_flow_set c SET is_closed = judged.is_closed FROM judged
         WHERE c.id = judged.id AND c.is_closed <> judged.is_closed RETURNING c.id)
       SELECT DISTINCT f.port, f.asset_id, f.direction FROM moved JOIN lineage_flow f ON f.set_id = moved.id`,
      [ids],
    );
  }

  /** Of statements whose flows touch the assets. */
  async listStatements(assetIds: readonly string[]): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(
      `SELECT id FROM lineage_statement WHERE flow_set_id IN (
         SELECT set_id FROM lineage_flow WHERE asset_id = ANY($1::uuid[])
         UNION SELECT set_id FROM lineage_column_flow WHERE source_id = ANY($1::uuid[])
         UNION SELECT set_id FROM lineage_column_flow WHERE target_id = ANY($1::uuid[])) ORDER BY id`,
      [assetIds],
    );
    return rows.map(({ id }) => id);
  }
}
