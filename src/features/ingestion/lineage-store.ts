import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { derivedId } from './derived-id.js';
import { EdgeStore, type EdgeKey } from './edge-store.js';
import { FlowSetStore, flowSetOf, type ColumnFlowRow, type FlowSet, type Move } from './flow-set-store.js';
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
  /** As it is stored; null for a statement that is not yet. */
  readonly flowSetId: string | null;
}

/** The id of what stands for a name that a statement uses; null for what was purged since. */
type Named = (ref: AssetRef, said: Pick<StoredStatement, 'lastSeen'>) => string | null;

/** Bounds the memory that deriving anew takes. */
const STATEMENTS_AT_ONCE = 1000;

const STATEMENT_SQL = `id, origin, job_id AS "jobId", run_id AS "runId", body, first_seen AS "firstSeen",
  last_seen AS "lastSeen", flow_set_id AS "flowSetId"`;

/**
 * Statements are accumulated and their flows derived anew from what each has come to say, so a column flow that arrives
 * late replaces the coarse flow the same statement gave before. Edges are the distinct flows over all statements.
 */
@Injectable()
export class LineageStore {
  constructor(
    private readonly database: Database,
    private readonly edges: EdgeStore,
    private readonly sets: FlowSetStore,
  ) {}

  async fold(said: readonly Said[], idOf: IdOf, runIds: RunIds): Promise<void> {
    if (said.length === 0) return;
    await this.derive(await this.accumulate(said, idOf, runIds));
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
    const all = await this.sets.listStatements(assetIds);
    // Every run of a job is a statement: there may be a million.
    for (let at = 0; at < all.length; at += STATEMENTS_AT_ONCE) {
      const ids = all.slice(at, at + STATEMENTS_AT_ONCE);
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
    await this.edges.remake(await this.sets.close(await this.sets.listAbout(assetIds)));
  }

  private async derive(statements: readonly StoredStatement[]): Promise<void> {
    if (statements.length === 0) return;
    const named = await this.namesOf(statements);
    const sets = new Map(statements.map((statement) => [statement, flowsNamed(statement, named)]));
    await this.sets.add([...sets.values()]);
    await this.save([...sets]);
    const moves = [...sets].flatMap(([{ flowSetId }, { id }]) => moveOf(flowSetId, id));
    const gone = moves.length > 0 ? await this.sets.leave(moves) : [];
    const closed = await this.sets.close([...new Set([...sets.values()].map(({ id }) => id))]);
    await this.edges.widen(
      statements.map(({ id }) => id),
      [...new Set([...sets.values()].flatMap(assetsOf))],
    );
    await this.edges.closeColumnFlowsOf(moves.map(({ from }) => from));
    await this.edges.remake([...gone, ...closed]);
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
        flowSetId: earlier?.flowSetId ?? null,
      });
    }
    return [...known.values()];
  }

  private async save(statements: readonly (readonly [StoredStatement, FlowSet])[]): Promise<void> {
    await this.database.query(
      `INSERT INTO lineage_statement (id, origin, job_id, run_id, body, first_seen, last_seen, flow_set_id)
       SELECT v.id, v.origin, v."jobId", v."runId", v.body, v."firstSeen", v."lastSeen", v."flowSetId"
       FROM jsonb_to_recordset($1::jsonb) AS v(id uuid, origin text, "jobId" uuid, "runId" uuid, body jsonb,
         "firstSeen" timestamptz, "lastSeen" timestamptz, "flowSetId" uuid)
       ON CONFLICT ON CONSTRAINT lineage_statement_pkey DO UPDATE SET body = excluded.body,
         first_seen = excluded.first_seen, last_seen = excluded.last_seen, flow_set_id = excluded.flow_set_id`,
      [JSON.stringify(statements.map(([statement, set]) => ({ ...statement, flowSetId: set.id })))],
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
}

function flowsNamed(statement: StoredStatement, named: Named): FlowSet {
  const { id, jobId } = statement;
  const columnFlows = columnFlowRows(statement, named);
  return flowSetOf({ jobId, flows: flowRows(statement, named), columnFlows }, jobId ?? id);
}

function moveOf(from: string | null, to: string): Move[] {
  return from === null || from === to ? [] : [{ from, to }];
}

function assetsOf({ flows, columnFlows }: FlowSet): string[] {
  return [...flows.map((flow) => flow.asset_id), ...columnFlows.flatMap((flow) => [flow.source_id, flow.target_id])];
}

function columnFlowRows(statement: StoredStatement, named: Named): ColumnFlowRow[] {
  return flowsOf(statement.body).columnFlows.flatMap((flow) => {
    const [source, target] = [named(flow.source, statement), named(flow.target, statement)];
    if (source === null || target === null) return [];
    if (statement.jobId === null && source === target) return [];
    return {
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
function flowRows(statement: StoredStatement, named: Named): EdgeKey[] {
  return flowsOf(statement.body).ports.flatMap((port) => {
    const id =
      port.key === '' ? (statement.jobId ?? statement.id) : derivedId('port', statement.jobId ?? 'no job', port.key);
    const rows = (refs: readonly AssetRef[], direction: 'I' | 'O'): EdgeKey[] =>
      refs.flatMap((ref) => {
        const assetId = named(ref, statement);
        return assetId === null ? [] : [{ port: id, asset_id: assetId, direction }];
      });
    const outputs = rows(port.outputs, 'O');
    // A job may write what it reads. Without one, what feeds itself is only one asset under two names.
    const own = new Set(statement.jobId === null ? outputs.map((row) => row.asset_id) : []);
    return [...rows(port.inputs, 'I').filter((row) => !own.has(row.asset_id)), ...outputs];
  });
}
