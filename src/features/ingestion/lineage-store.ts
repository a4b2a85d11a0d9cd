import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { derivedId } from './derived-id.js';
import { EdgeStore, type EdgeKey } from './edge-store.js';
import type { IdOf } from './projection.js';
import { flowsOf, foldLineage, type StatementBody } from './readers/lineage-fold.js';
import { refText, type AssetRef, type LineageStatement } from './readers/statement.js';
import { runKey, type RunIds } from './run-store.js';

interface Said {
  readonly statement: LineageStatement;
  readonly sourceKey: string;
}

interface StoredStatement {
  readonly id: string;
  readonly origin: LineageStatement['origin'];
  readonly jobId: string | null;
  readonly runId: string | null;
  readonly body: StatementBody;
  readonly firstSeen: string;
  readonly lastSeen: string;
}

interface FlowRow extends EdgeKey {
  readonly statement_id: string;
}

interface ColumnFlowRow {
  readonly statement_id: string;
  readonly source_id: string;
  readonly source_path: string;
  readonly target_id: string;
  readonly target_path: string;
  readonly transformations: readonly string[];
  readonly is_direct: boolean;
  readonly is_masked: boolean;
}

/** The id of what stands for a name that a statement uses; null for what was purged since. */
type Named = (ref: AssetRef, said: Pick<StoredStatement, 'lastSeen'>) => string | null;

/** Bounds the memory that deriving anew takes. */
const STATEMENTS_AT_ONCE = 1000;

const STATEMENT_SQL = `id, origin, job_id AS "jobId", run_id AS "runId", body, first_seen AS "firstSeen",
  last_seen AS "lastSeen"`;

/**
 * Statements are accumulated and their flows derived anew from what each has come to say, so a column flow that arrives
 * late replaces the coarse flow the same statement gave before. Edges are the distinct flows over all statements.
 */
@Injectable()
export class LineageStore {
  constructor(
    private readonly database: Database,
    private readonly edges: EdgeStore,
  ) {}

  async fold(said: readonly Said[], idOf: IdOf, runIds: RunIds): Promise<void> {
    if (said.length === 0) return;
    const statements = await this.accumulate(said, idOf, runIds);
    await this.saveStatements(statements);
    await this.derive(statements);
  }

  /** What people said is kept when everything else is projected anew. */
  async deriveByPeople(): Promise<void> {
    await this.derive(
      await this.database.query<StoredStatement>(
        `SELECT ${STATEMENT_SQL} FROM lineage_statement WHERE origin = 'MANUAL' ORDER BY id`,
      ),
    );
  }

  /** After names began or ended to stand for each other: the flows of everything that touches those assets. */
  async deriveAgain(assetIds: readonly string[]): Promise<void> {
    const rows = await this.database.query<{ id: string }>(
      `SELECT statement_id AS id FROM lineage_flow WHERE asset_id = ANY($1::uuid[])
       UNION SELECT statement_id FROM lineage_column_flow WHERE source_id = ANY($1::uuid[])
       UNION SELECT statement_id FROM lineage_column_flow WHERE target_id = ANY($1::uuid[]) ORDER BY id`,
      [assetIds],
    );
    // Every run of a job is a statement: there may be a million.
    for (let at = 0; at < rows.length; at += STATEMENTS_AT_ONCE) {
      const ids = rows.slice(at, at + STATEMENTS_AT_ONCE).map(({ id }) => id);
      await this.derive(
        await this.database.query<StoredStatement>(
          `SELECT ${STATEMENT_SQL} FROM lineage_statement WHERE id = ANY($1::uuid[]) ORDER BY id`,
          [ids],
        ),
      );
    }
    await this.edges.remakeAround(assetIds);
  }

  /** After datasets were dropped: what was said of their lineage up to then no longer holds. */
  async closeDropped(assetIds: readonly string[]): Promise<void> {
    await this.edges.remakeAround(assetIds);
  }

  /** After the standing of assets with their sources changed: what removed jobs and tables said is no edge any more. */
  async closeRemoved(assetIds: readonly string[]): Promise<void> {
    if (assetIds.length === 0) return;
    const rows = await this.database.query<{ id: string }>(
      `SELECT id FROM lineage_statement WHERE job_id = ANY($1::uuid[])
       UNION SELECT f.statement_id FROM lineage_flow f JOIN lineage_statement s ON s.id = f.statement_id
       WHERE f.asset_id = ANY($1::uuid[]) AND f.direction = 'O' AND s.job_id IS NULL`,
      [assetIds],
    );
    await this.edges.remake(await this.close(rows.map(({ id }) => id)));
  }

  /**
   * A statement is about its job, or without one about what it writes to. It is closed while every source that lists that
   * has removed it. @returns the edges of those that were opened or closed.
   */
  private async close(statementIds: readonly string[]): Promise<EdgeKey[]> {
    return this.database.query<EdgeKey>(
      `WITH subject AS (
         SELECT id, job_id AS asset_id FROM lineage_statement WHERE id = ANY($1::uuid[]) AND job_id IS NOT NULL
         UNION SELECT s.id, f.asset_id FROM lineage_statement s JOIN lineage_flow f ON f.statement_id = s.id
         WHERE s.id = ANY($1::uuid[]) AND s.job_id IS NULL AND f.direction = 'O'),
       judged AS (
         SELECT id, bool_and(EXISTS (SELECT 1 FROM source_record r WHERE r.asset_id = subject.asset_id)
           AND NOT EXISTS (SELECT 1 FROM source_record r WHERE r.asset_id = subject.asset_id AND r.state <> 'REMOVED')) AS is_closed
         FROM subject GROUP BY id),
       moved AS (
         UPDATE lineage_statement s SET is_closed = judged.is_closed FROM judged
         WHERE s.id = judged.id AND s.is_closed <> judged.is_closed RETURNING s.id)
       SELECT DISTINCT f.port, f.asset_id, f.direction FROM moved JOIN lineage_flow f ON f.statement_id = moved.id`,
      [statementIds],
    );
  }

  private async derive(statements: readonly StoredStatement[]): Promise<void> {
    if (statements.length === 0) return;
    const named = await this.namesOf(statements);
    const flows = uniqueFlows(statements.flatMap((statement) => flowRows(statement, named)));
    const gone = await this.replaceFlows(statements, flows);
    const touched = await this.replaceColumnFlows(statements, named);
    const ids = statements.map(({ id }) => id);
    const moved = await this.close(ids);
    await this.edges.widen(ids, [...flows.map((flow) => flow.asset_id), ...touched]);
    await this.edges.remake([...gone, ...moved]);
  }

  private async accumulate(said: readonly Said[], idOf: IdOf, runIds: RunIds): Promise<StoredStatement[]> {
    const identified = said.map((one) => ({ ...identify(one, idOf, runIds), statement: one.statement }));
    const rows = await this.database.query<StoredStatement>(
      `SELECT ${STATEMENT_SQL} FROM lineage_statement WHERE id = ANY($1::uuid[])`,
      [[...new Set(identified.map(({ id }) => id))]],
    );
    const known = new Map(rows.map((row) => [row.id, row]));
    for (const { statement, ...identity } of identified) {
      const earlier = known.get(identity.id);
      const times = [statement.at, ...(earlier ? [new Date(earlier.firstSeen), new Date(earlier.lastSeen)] : [])];
      known.set(identity.id, {
        ...identity,
        origin: statement.origin,
        body: foldLineage(earlier?.body ?? null, statement),
        firstSeen: new Date(Math.min(...times.map(Number))).toISOString(),
        lastSeen: new Date(Math.max(...times.map(Number))).toISOString(),
      });
    }
    return [...known.values()];
  }

  private async saveStatements(statements: readonly StoredStatement[]): Promise<void> {
    await this.database.query(
      `INSERT INTO lineage_statement (id, origin, job_id, run_id, body, first_seen, last_seen)
       SELECT v.id, v.origin, v."jobId", v."runId", v.body, v."firstSeen", v."lastSeen"
       FROM jsonb_to_recordset($1::jsonb) AS v(id uuid, origin text, "jobId" uuid, "runId" uuid, body jsonb,
         "firstSeen" timestamptz, "lastSeen" timestamptz)
       ON CONFLICT ON CONSTRAINT lineage_statement_pkey DO UPDATE
       SET body = excluded.body, first_seen = excluded.first_seen, last_seen = excluded.last_seen`,
      [JSON.stringify(statements)],
    );
  }

  /**
   * Flows are between what stands for the names. A stored body may name what was purged since it was said: nobody, even
   * when there is something of that name again.
   */
  private async namesOf(statements: readonly StoredStatement[]): Promise<Named> {
    const refs = new Map<string, AssetRef>();
    for (const { body } of statements) {
      const { ports, columnFlows } = flowsOf(body);
      for (const port of ports) for (const ref of [...port.inputs, ...port.outputs]) refs.set(refText(ref), ref);
      for (const flow of columnFlows) for (const ref of [flow.source, flow.target]) refs.set(refText(ref), ref);
    }
    const all = [...refs.values()];
    const rows = await this.database.query<AssetRef & { id: string | null; purgedAt: Date | null }>(
      `SELECT coalesce(a.merged_into, a.id) AS id, t.kind, t.namespace, t.name,
              (SELECT max(p.purged_at) FROM asset_tombstone p
               WHERE p.kind = t.kind AND p.namespace = t.namespace AND p.name = t.name) AS "purgedAt"
       FROM unnest($1::text[], $2::text[], $3::text[]) AS t(kind, namespace, name)
       LEFT JOIN asset a ON a.kind = t.kind AND a.namespace = t.namespace AND a.name = t.name`,
      [all.map((ref) => ref.kind), all.map((ref) => ref.namespace), all.map((ref) => ref.name)],
    );
    const byText = new Map(rows.map((row) => [refText(row), row]));
    return (ref, said) => {
      const { id = null, purgedAt = null } = byText.get(refText(ref)) ?? {};
      return purgedAt !== null && purgedAt >= new Date(said.lastSeen) ? null : id;
    };
  }

  /** @returns what the statements no longer say. */
  private async replaceFlows(statements: readonly StoredStatement[], flows: readonly FlowRow[]): Promise<EdgeKey[]> {
    return this.database.query<EdgeKey>(
      `WITH said AS (
         SELECT v.statement_id, v.port, v.asset_id, v.direction::"char" AS direction
         FROM jsonb_to_recordset($2::jsonb) AS v(statement_id uuid, port uuid, asset_id uuid, direction text)),
       added AS (INSERT INTO lineage_flow (statement_id, port, asset_id, direction) SELECT * FROM said ON CONFLICT DO NOTHING),
       gone AS (
         DELETE FROM lineage_flow f WHERE f.statement_id = ANY($1::uuid[])
           AND (f.statement_id, f.port, f.asset_id, f.direction) NOT IN (SELECT * FROM said)
         RETURNING f.port, f.asset_id, f.direction)
       SELECT DISTINCT port, asset_id, direction FROM gone`,
      [statements.map(({ id }) => id), JSON.stringify(flows)],
    );
  }

  /** @returns the assets whose columns they are about. */
  private async replaceColumnFlows(statements: readonly StoredStatement[], named: Named): Promise<string[]> {
    const rows = statements.flatMap((statement) => columnFlowRows(statement, named));
    await this.database.query('DELETE FROM lineage_column_flow WHERE statement_id = ANY($1::uuid[])', [
      statements.map(({ id }) => id),
    ]);
    if (rows.length === 0) return [];
    await this.database.query(
      `INSERT INTO lineage_column_flow (statement_id, source_id, source_path, target_id, target_path, transformations, is_direct, is_masked)
       SELECT v.statement_id, v.source_id, v.source_path, v.target_id, v.target_path,
              array_agg(DISTINCT t.name ORDER BY t.name) FILTER (WHERE t.name IS NOT NULL), bool_or(v.is_direct),
              coalesce(bool_and(v.is_masked) FILTER (WHERE v.is_direct), bool_and(v.is_masked))
       FROM jsonb_to_recordset($1::jsonb) AS v(statement_id uuid, source_id uuid, source_path text, target_id uuid,
         target_path text, transformations text[], is_direct boolean, is_masked boolean)
       LEFT JOIN LATERAL unnest(v.transformations) AS t(name) ON TRUE
       GROUP BY 1, 2, 3, 4, 5`,
      [JSON.stringify(rows)],
    );
    return [...new Set(rows.flatMap((row) => [row.source_id, row.target_id]))];
  }
}

function columnFlowRows(statement: StoredStatement, named: Named): ColumnFlowRow[] {
  return flowsOf(statement.body).columnFlows.flatMap((flow) => {
    const [source, target] = [named(flow.source, statement), named(flow.target, statement)];
    if (source === null || target === null) return [];
    if (statement.jobId === null && source === target) return [];
    return {
      statement_id: statement.id,
      source_id: source,
      source_path: flow.sourcePath,
      target_id: target,
      target_path: flow.targetPath,
      transformations: flow.transformations.length > 0 ? flow.transformations : ['DIRECT/UNKNOWN'],
      is_direct: flow.isDirect,
      is_masked: flow.isMasked,
    };
  });
}

function identify(
  { statement, sourceKey }: Said,
  idOf: IdOf,
  runIds: RunIds,
): Pick<StoredStatement, 'id' | 'jobId' | 'runId'> {
  const jobId = statement.job ? idOf(statement.job) : null;
  const runId = jobId && statement.run !== null ? (runIds.get(runKey(jobId, statement.run)) ?? null) : null;
  const subject = jobId ?? statement.outputs.map((output) => idOf(output.asset)).join(' ');
  return { id: derivedId('statement', statement.origin, sourceKey, subject, statement.run ?? ''), jobId, runId };
}

/** The job's own port is the job; a precise output is a port of its own, the same for every statement of the job. */
function flowRows(statement: StoredStatement, named: Named): FlowRow[] {
  return flowsOf(statement.body).ports.flatMap((port) => {
    const id =
      port.key === '' ? (statement.jobId ?? statement.id) : derivedId('port', statement.jobId ?? 'no job', port.key);
    const rows = (refs: readonly AssetRef[], direction: 'I' | 'O'): FlowRow[] =>
      refs.flatMap((ref) => {
        const assetId = named(ref, statement);
        return assetId === null ? [] : [{ statement_id: statement.id, port: id, asset_id: assetId, direction }];
      });
    const outputs = rows(port.outputs, 'O');
    // A job may write what it reads. Without one, what feeds itself is only one asset under two names.
    const own = new Set(statement.jobId === null ? outputs.map((row) => row.asset_id) : []);
    return [...rows(port.inputs, 'I').filter((row) => !own.has(row.asset_id)), ...outputs];
  });
}

function uniqueFlows(flows: readonly FlowRow[]): FlowRow[] {
  return [...new Map(flows.map((f) => [`${f.statement_id} ${f.port} ${f.direction} ${f.asset_id}`, f])).values()];
}
