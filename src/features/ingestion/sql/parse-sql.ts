import { Dialect, parse } from '@polyglot-sql/sdk';

/** What producers and dbt call a dialect, where it is not what the parser calls it. */
const NAMES: Readonly<Record<string, Dialect>> = {
  postgres: Dialect.PostgreSQL,
  postgresql: Dialect.PostgreSQL,
  greenplum: Dialect.PostgreSQL,
  sqlserver: Dialect.TSQL,
  mssql: Dialect.TSQL,
  synapse: Dialect.TSQL,
  spark: Dialect.Spark,
  sparksql: Dialect.Spark,
  mariadb: Dialect.MySQL,
  glue: Dialect.Spark,
};
const KNOWN = new Map(Object.values(Dialect).map((dialect) => [String(dialect), dialect]));

/** The generic dialect for a name that nobody knows. */
export function dialectOf(name: string): Dialect {
  const key = name.toLowerCase();
  return NAMES[key] ?? KNOWN.get(key) ?? Dialect.Generic;
}

/**
 * The parser's trees, one a statement. Synchronous at heart, and may take seconds: see SqlLineage.
 * @throws Error with the parser's reason.
 */
export async function parseSql(sql: string, dialect: string): Promise<readonly unknown[]> {
  const result = parse(sql, dialectOf(dialect));
  if (!result.success) throw new Error(result.error ?? 'The SQL could not be parsed.');
  return Array.isArray(result.ast) ? (result.ast as readonly unknown[]) : [];
}
