import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Database, lockOf } from '../../platform/database/database.js';

export type RunState = 'WAITING' | 'RUNNING' | 'COMPLETE' | 'HELD' | 'FAILED' | 'CANCELLED';

export interface RunCounts {
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly skipped: number;
  readonly warnings: number;
}

export interface RunRow extends RunCounts {
  readonly id: string;
  readonly sourceKey: string;
  readonly factSourceKey: string;
  /** HELD: complete, but so much would go that a person decides. */
  readonly state: RunState;
  readonly requestedBy: string | null;
  readonly requestedAt: Date;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  readonly cancelRequestedBy: string | null;
  readonly removals: 'GUARD' | 'APPLY';
  readonly error: string | null;
  /** Tables it did not see; null while it is not projected. */
  readonly missing: number | null;
  /** Of what was missing, removed by it; null while it is not projected. */
  readonly removed: number | null;
}

export interface LineRow {
  readonly seq: string;
  readonly runId: string;
  readonly at: Date;
  readonly level: LineLevel;
  readonly message: string;
}
export type LineLevel = 'INFO' | 'WARNING' | 'ERROR';

export interface RunRequest {
  readonly sourceKey: string;
  readonly factSourceKey: string;
  /** Null: the schedule. */
  readonly requestedBy: string | null;
  readonly removals: 'GUARD' | 'APPLY';
}

/** Runs of one source that are kept, with their logs. */
const KEPT_RUNS = 100;

/** What follows for the catalog is known once the last message of the run is projected. */
const RUN_SQL = `r.id, r.source_key AS "sourceKey", r.fact_source_key AS "factSourceKey",
  CASE WHEN r.state = 'COMPLETE' AND s.state = 'HELD' THEN 'HELD' ELSE r.state END AS state,
  r.requested_by AS "requestedBy", r.requested_at AS "requestedAt", r.started_at AS "startedAt", r.ended_at AS "endedAt",
  r.cancel_requested_by AS "cancelRequestedBy", r.removals, r.created, r.changed, r.unchanged, r.skipped, r.warnings, r.error,
  CASE WHEN s.state <> 'PARTIAL' THEN s.gone_count END AS missing,
  CASE WHEN s.state <> 'PARTIAL' THEN (
    SELECT count(*)::int FROM source_record c
    WHERE c.source_key = r.fact_source_key AND c.state = 'REMOVED' AND c.state_since = s.at) END AS removed`;
const RUN_FROM = `source_run r LEFT JOIN source_sync s ON s.source_key = r.fact_source_key AND s.sync_id = r.id::text`;

const INTERRUPTED = 'Interrupted: the process that ran it ended. Nothing was taken away.';

@Injectable()
export class RunRepository {
  constructor(private readonly database: Database) {}

  async find(id: string): Promise<RunRow | null> {
    return this.database.queryOne<RunRow>(`SELECT ${RUN_SQL} FROM ${RUN_FROM} WHERE r.id = $1`, [id]);
  }

  async findOpen(sourceKey: string): Promise<RunRow | null> {
    return this.database.queryOne<RunRow>(
      `SELECT ${RUN_SQL} FROM ${RUN_FROM} WHERE r.source_key = $1 AND r.state IN ('WAITING', 'RUNNING')`,
      [sourceKey],
    );
  }

  /** Asking while one waits or runs is asking once. */
  async request({ sourceKey, factSourceKey, requestedBy, removals }: RunRequest): Promise<void> {
    await this.database.query(
      `INSERT INTO source_run (id, source_key, fact_source_key, state, requested_by, removals)
       VALUES ($1, $2, $3, 'WAITING', $4, $5)
       ON CONFLICT (source_key) WHERE state IN ('WAITING', 'RUNNING') DO NOTHING`,
      [uuidv7(), sourceKey, factSourceKey, requestedBy, removals],
    );
  }

  /** Of each source its newest first, one more than `first`, in the order of the sources. */
  async list(
    sourceKeys: readonly string[],
    first: number,
    after: readonly [string, string] | null,
  ): Promise<(RunRow & { readonly orderedAt: string })[]> {
    const start = after ? 'AND (r.requested_at, r.id) < ($2::timestamptz, $3::uuid)' : '';
    return this.database.query(
      `SELECT run.* FROM unnest($1::text[]) AS source(key) CROSS JOIN LATERAL (
         SELECT ${RUN_SQL}, r.requested_at::text AS "orderedAt" FROM ${RUN_FROM}
         WHERE r.source_key = source.key ${start} ORDER BY r.requested_at DESC, r.id DESC LIMIT ${first + 1}) run
       ORDER BY run."requestedAt" DESC, run.id DESC`,
      [sourceKeys, ...(after ?? [])],
    );
  }

  async listWaiting(): Promise<{ id: string; sourceKey: string }[]> {
    return this.database.query(
      `SELECT id, source_key AS "sourceKey" FROM source_run WHERE state = 'WAITING' ORDER BY requested_at, id`,
    );
  }

  /** Under the lock of the source. @returns false when it does not wait any more. */
  async start(id: string, at: Date): Promise<boolean> {
    const rows = await this.database.query(
      `UPDATE source_run SET state = 'RUNNING', started_at = $2 WHERE id = $1 AND state = 'WAITING' RETURNING id`,
      [id, at],
    );
    return rows.length > 0;
  }

  /** @returns 'GO' to go on; the others say why not. */
  async progress(id: string, counts: RunCounts): Promise<'GO' | 'CANCEL' | 'LOST'> {
    const row = await this.database.queryOne<{ isCancelled: boolean }>(
      `UPDATE source_run SET created = $2, changed = $3, unchanged = $4, skipped = $5, warnings = $6
       WHERE id = $1 AND state = 'RUNNING' RETURNING cancel_requested_by IS NOT NULL AS "isCancelled"`,
      [id, counts.created, counts.changed, counts.unchanged, counts.skipped, counts.warnings],
    );
    if (!row) return 'LOST';
    return row.isCancelled ? 'CANCEL' : 'GO';
  }

  async isCancelRequested(id: string): Promise<boolean> {
    const row = await this.database.queryOne<{ isCancelled: boolean }>(
      'SELECT cancel_requested_by IS NOT NULL AS "isCancelled" FROM source_run WHERE id = $1',
      [id],
    );
    return row?.isCancelled ?? true;
  }

  async end(id: string, state: 'COMPLETE' | 'FAILED' | 'CANCELLED', error: string | null): Promise<void> {
    await this.database.query(
      `UPDATE source_run SET state = $2, error = $3, ended_at = now() WHERE id = $1 AND state = 'RUNNING'`,
      [id, state, error],
    );
    await this.database.query(
      `DELETE FROM source_run WHERE id IN (
         SELECT id FROM source_run WHERE source_key = (SELECT source_key FROM source_run WHERE id = $1)
         ORDER BY requested_at DESC, id DESC OFFSET ${KEPT_RUNS})`,
      [id],
    );
  }

  /** A run that waits ends at once; one that runs is told. */
  async cancel(id: string, by: string): Promise<void> {
    await this.database.query(
      `UPDATE source_run SET cancel_requested_by = $2,
         state = CASE state WHEN 'WAITING' THEN 'CANCELLED' ELSE state END,
         ended_at = CASE state WHEN 'WAITING' THEN now() ELSE ended_at END
       WHERE id = $1 AND state IN ('WAITING', 'RUNNING')`,
      [id, by],
    );
  }

  /** Running, and nobody holds the lock of the source: whoever did is dead. @returns the ids. */
  async failAbandoned(): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(
      `WITH running AS MATERIALIZED (SELECT id, source_key FROM source_run WHERE state = 'RUNNING'),
       abandoned AS MATERIALIZED (SELECT id FROM running WHERE pg_try_advisory_xact_lock(${lockOf(`'source ' || source_key`)}))
       UPDATE source_run r SET state = 'FAILED', ended_at = now(), error = $1 FROM abandoned
       WHERE r.id = abandoned.id AND r.state = 'RUNNING' RETURNING r.id`,
      [INTERRUPTED],
    );
    for (const { id } of rows) await this.write(id, 'ERROR', INTERRUPTED);
    return rows.map(({ id }) => id);
  }

  async write(runId: string, level: LineLevel, message: string): Promise<void> {
    await this.database.query('INSERT INTO source_run_line (run_id, level, message) VALUES ($1, $2, $3)', [
      runId,
      level,
      message.slice(0, 4000),
    ]);
  }

  /** Of each run in order, one more than `first`. */
  async listLines(runIds: readonly string[], first: number, after: string | null): Promise<LineRow[]> {
    return this.database.query<LineRow>(
      `SELECT line.* FROM unnest($1::uuid[]) AS run(id) CROSS JOIN LATERAL (
         SELECT seq, run_id AS "runId", at, level, message FROM source_run_line
         WHERE run_id = run.id AND ($2::bigint IS NULL OR seq > $2) ORDER BY seq LIMIT ${first + 1}) line
       ORDER BY line.seq`,
      [runIds, after],
    );
  }
}

/** Name of the lock that a source's run holds. */
export function lockName(sourceKey: string): string {
  return `source ${sourceKey}`;
}
