import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { derivedId } from './derived-id.js';
import type { IdOf } from './projection.js';
import { foldRun, type RunState } from './readers/run-fold.js';
import type { RunStatement } from './readers/statement.js';

/** Finds the id of a run by its job's id and the producer's run id. */
export type RunIds = ReadonlyMap<string, string>;

export function runKey(jobId: string, externalId: string): string {
  return `${jobId} ${externalId}`;
}

@Injectable()
export class RunStore {
  constructor(private readonly database: Database) {}

  /** Folds what is said about runs into what is known of them. */
  async fold(statements: readonly RunStatement[], idOf: IdOf): Promise<RunIds> {
    const states = await this.load(statements, idOf);
    for (const statement of statements) {
      const key = runKey(idOf(statement.job), statement.externalId);
      const known = states.get(key);
      states.set(key, {
        id: known?.id ?? derivedId('run', key),
        jobId: idOf(statement.job),
        externalId: statement.externalId,
        body: foldRun(known?.body ?? null, statement),
      });
    }
    await this.save([...states.values()]);
    return new Map([...states].map(([key, run]) => [key, run.id]));
  }

  private async load(statements: readonly RunStatement[], idOf: IdOf): Promise<Map<string, StoredRun>> {
    const rows = await this.database.query<StoredRun>(
      `SELECT DISTINCT r.id, r.job_id AS "jobId", r.external_id AS "externalId", r.body::text AS body
       FROM unnest($1::uuid[], $2::text[]) AS t(job_id, external_id)
       JOIN run r ON r.job_id = t.job_id AND r.external_id = t.external_id`,
      [statements.map((s) => idOf(s.job)), statements.map((s) => s.externalId)],
    );
    return new Map(
      rows.map((row) => [
        runKey(row.jobId, row.externalId),
        { ...row, body: JSON.parse(String(row.body)) as RunState },
      ]),
    );
  }

  private async save(runs: readonly StoredRun[]): Promise<void> {
    await this.database.query(
      `INSERT INTO run (id, job_id, external_id, state, started_at, ended_at, last_event_at, parent_run, error_message, body)
       SELECT v.* FROM jsonb_to_recordset($1::jsonb) AS v(id uuid, job_id uuid, external_id text, state text,
         started_at timestamptz, ended_at timestamptz, last_event_at timestamptz, parent_run text, error_message text, body jsonb)
       ON CONFLICT ON CONSTRAINT run_external_key DO UPDATE SET state = excluded.state, started_at = excluded.started_at,
         ended_at = excluded.ended_at, last_event_at = excluded.last_event_at, parent_run = excluded.parent_run,
         error_message = excluded.error_message, body = excluded.body`,
      [JSON.stringify(runs.map(toRow))],
    );
  }
}

interface StoredRun {
  readonly id: string;
  readonly jobId: string;
  readonly externalId: string;
  readonly body: RunState;
}

function toRow(run: StoredRun): Record<string, unknown> {
  return {
    id: run.id,
    job_id: run.jobId,
    external_id: run.externalId,
    state: run.body.state,
    started_at: run.body.startedAt,
    ended_at: run.body.endedAt,
    last_event_at: run.body.lastEventAt,
    parent_run: run.body.parentRun,
    error_message: run.body.errorMessage,
    body: run.body,
  };
}
