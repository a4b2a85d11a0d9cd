import { dialectOf, parseSql } from './parse-sql.js';
import type { ColumnsOf } from './query.js';
import { resolveStatements, type StatementLineage } from './resolve-sql.js';

/** A table that a script may name, with its columns in their order; null when nobody knows them. */
export interface KnownTable {
  /** Parts of its full name, outermost first. */
  readonly parts: readonly string[];
  readonly columns: readonly string[] | null;
}

/** One script to be resolved. Plain data: it goes to a worker thread. */
export interface SqlTask {
  readonly sql: string;
  readonly dialect: string;
  readonly tables: readonly KnownTable[];
}

/** Resolves a script. Runs in the worker. @throws Error when it cannot be parsed. */
export async function resolveTask({ sql, dialect, tables }: SqlTask): Promise<StatementLineage[]> {
  const columnsOf: ColumnsOf = (parts) => tableNamed(tables, parts)?.columns ?? null;
  return resolveStatements(await parseSql(sql, dialect), columnsOf, dialectOf(dialect));
}

/** The one table whose full name ends like the written one; null when there is none or several. */
export function tableNamed<Table extends { readonly parts: readonly string[] }>(
  tables: readonly Table[],
  written: readonly string[],
): Table | null {
  const wanted = written.map((part) => part.toLowerCase());
  const found = tables.filter(({ parts }) => {
    const end = parts.slice(-wanted.length).map((part) => part.toLowerCase());
    return wanted.length > 0 && end.length === wanted.length && end.every((part, index) => part === wanted[index]);
  });
  return found.length === 1 ? (found[0] ?? null) : null;
}
