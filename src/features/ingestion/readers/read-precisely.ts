import type { StatementLineage } from '../sql/resolve-sql.js';
import type { SqlTask } from '../sql/sql-task.js';
import { withViewFlows } from './crawl/view-flows.js';
import { withDbtColumnFlows } from './dbt/dbt-sql.js';
import type { DbtArtifacts } from './dbt/project.js';
import { withSqlFlows } from './openlineage/sql-flows.js';
import { readMessage } from './read-message.js';
import type { RawKind, Reading } from './statement.js';

export type ResolveSql = (task: SqlTask) => Promise<readonly StatementLineage[]>;

/** What a message says, and what its SQL tells beyond. @throws Invalid as at receipt. */
export async function readPrecisely(kind: RawKind, payload: unknown, resolve: ResolveSql): Promise<Reading> {
  const reading = readMessage(kind, payload);
  if (kind === 'DBT') return withDbtColumnFlows(reading, payload as DbtArtifacts, resolve);
  if (kind === 'CRAWL') return withViewFlows(reading, payload, resolve);
  if (kind === 'OPENLINEAGE') return withSqlFlows(reading, payload, resolve);
  return reading;
}
