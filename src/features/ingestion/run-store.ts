import { Injectable } from '@nestjs/common';
import { timeAt } from '../../core/json.js';
import { Database } from '../../platform/database/database.js';
import { derivedId } from './derived-id.js';
import type { IdOf } from './projection.js';
import { foldFacets, foldRun, type Register, type RunState } from './readers/run-fold.js';
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
    const ids = new Map([...states].map(([key, run]) => [key, run.id]));
    await this.foldDatasets(statements, (s) => ids.get(runKey(idOf(s.job), s.externalId)) ?? '', idOf);
    return ids;
  }

  /** What runs read and wrote only grows; what is said of it there is a register for each facet. */
  private async foldDatasets(
    statements: readonly RunStatement[],
    runIdOf: (statement: RunStatement) => string,
    idOf: IdOf,
  ): Promise<void> {
    const said = statements.flatMap((statement) =>
      (statement.datasets ?? []).map(({ dataset, direction, facets }) => ({
        run_id: runIdOf(statement),
        asset_id: idOf(dataset),
        direction,
        at: statement.eventTime.toISOString(),
        facets,
      })),
    );
    if (said.length === 0) return;
    const known = new Map((await this.loadDatasets(said)).map((row) => [datasetKey(row), row]));
    for (const { at, facets, ...key } of said) {
      const before = known.get(datasetKey(key));
      known.set(datasetKey(key), {
        ...key,
        last_at: before && before.last_at > at ? before.last_at : at,
        facets: foldFacets(before?.facets ?? {}, facets, at),
      });
    }
    await this.database.query(
      `INSERT INTO run_dataset (run_id, asset_id, direction, last_at, facets)
       SELECT * FROM jsonb_to_recordset($1::jsonb) AS v(run_id uuid, asset_id uuid, direction text, last_at timestamptz, facets jsonb)
       ON CONFLICT ON CONSTRAINT run_dataset_pkey DO UPDATE SET last_at = excluded.last_at, facets = excluded.facets`,
      [JSON.stringify([...known.values()])],
    );
  }

  private async loadDatasets(keys: readonly RunDatasetKey[]): Promise<StoredRunDataset[]> {
    const rows = await this.database.query<StoredRunDataset>(
      `SELECT DISTINCT ON (d.run_id, d.asset_id, d.direction) d.run_id, d.asset_id, d.direction, d.last_at, d.facets
       FROM unnest($1::uuid[], $2::uuid[], $3::text[]) AS t(run_id, asset_id, direction)
       JOIN run_dataset d ON d.run_id = t.run_id AND d.asset_id = t.asset_id AND d.direction = t.direction`,
      [keys.map((key) => key.run_id), keys.map((key) => key.asset_id), keys.map((key) => key.direction)],
    );
    return rows.map((row) => ({ ...row, last_at: new Date(row.last_at).toISOString() }));
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
      `INSERT INTO run (id, job_id, external_id, state, started_at, ended_at, last_event_at, parent_run, error_message, nominal_start, body)
       SELECT v.* FROM jsonb_to_recordset($1::jsonb) AS v(id uuid, job_id uuid, external_id text, state text,
         started_at timestamptz, ended_at timestamptz, last_event_at timestamptz, parent_run text, error_message text, nominal_start timestamptz, body jsonb)
       ON CONFLICT ON CONSTRAINT run_external_key DO UPDATE SET state = excluded.state, started_at = excluded.started_at,
         ended_at = excluded.ended_at, last_event_at = excluded.last_event_at, parent_run = excluded.parent_run,
         error_message = excluded.error_message, nominal_start = excluded.nominal_start, body = excluded.body`,
      [JSON.stringify(runs.map(toRow))],
    );
  }
}

interface RunDatasetKey {
  readonly run_id: string;
  readonly asset_id: string;
  readonly direction: 'INPUT' | 'OUTPUT';
}

interface StoredRunDataset extends RunDatasetKey {
  readonly last_at: string;
  readonly facets: Readonly<Record<string, Register>>;
}

function datasetKey({ run_id, asset_id, direction }: RunDatasetKey): string {
  return `${run_id} ${asset_id} ${direction}`;
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
    nominal_start: nominalStart(run.body),
    body: run.body,
  };
}

/** NominalTimeRunFacet 1-0-1; null for a time that no database holds. */
function nominalStart({ facets }: RunState): string | null {
  const time = timeAt(facets['nominalTime']?.value, 'nominalStartTime')?.toISOString() ?? null;
  return time !== null && /^\d{4}-/.test(time) && !time.startsWith('0000') ? time : null;
}
