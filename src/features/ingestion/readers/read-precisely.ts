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
  return withSqlOf(kind, payload, { reading: readMessage(kind, payload), resolve });
}

/** What `readMessage` said, and what the SQL tells beyond. */
export async function withSqlOf(
  kind: RawKind,
  payload: unknown,
  { reading, resolve }: { readonly reading: Reading; readonly resolve: ResolveSql },
): Promise<Reading> {
  if (kind === 'DBT') return withDbtColumnFlows(reading, payload as DbtArtifacts, resolve);
  if (kind === 'CRAWL') return withViewFlows(reading, payload, resolve);
  if (kind === 'OPENLINEAGE') return withSqlFlows(reading, payload, resolve);
  return reading;
}
