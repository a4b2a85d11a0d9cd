import type { AssetKey } from './asset.js';

/** One spelling for all spellings of a dataset's name. Two names with one key may be one table; see `isSameSpelling`. */
export interface CanonicalKey {
  readonly namespace: string;
  readonly name: string;
}

const SCHEMES: Readonly<Record<string, string>> = {
  s3a: 's3',
  s3n: 's3',
  abfs: 'abfss',
  wasb: 'wasbs',
  postgresql: 'postgres',
  mssql: 'sqlserver',
};

const DEFAULT_PORTS: Readonly<Record<string, string>> = {
  postgres: '5432',
  mysql: '3306',
  redshift: '5439',
  sqlserver: '1433',
  oracle: '1521',
  cassandra: '9042',
  hive: '10000',
  kafka: '9092',
};

/** Stores that fold the case of unquoted names; the others tell `Orders` from `orders`. */
const FOLDING = new Set([
  'awsathena',
  'arn',
  'db2',
  'databricks',
  'duckdb',
  'hive',
  'oracle',
  'postgres',
  'redshift',
  'snowflake',
  'spark',
  'sqlserver',
  'teradata',
  'trino',
  'unitycatalog',
]);

/** Names in these are paths, where a slash at the end says nothing. */
const FILES = new Set(['s3', 'gs', 'abfss', 'wasbs', 'hdfs', 'file', 'dbfs']);

/**
 * Stores whose namespace says which one it is: `postgres://host:port`. A namespace that is only such a word names the kind
 * of store and leaves open which: what dbt says without knowing its connection. Others, like `bigquery`, are whole as they are.
 */
export const PLACED_STORES: readonly string[] = [
  'awsathena',
  'clickhouse',
  'databricks',
  'db2',
  'dremio',
  'duckdb',
  'hive',
  'mysql',
  'oracle',
  'postgres',
  'redshift',
  'snowflake',
  'spark',
  'sqlserver',
  'teradata',
  'trino',
  'vertica',
];

/** Null for what has one spelling only: jobs and dashboards. Naming: OpenLineage spec, docs/spec/naming. */
export function canonicalKey(key: AssetKey): CanonicalKey | null {
  if (key.kind !== 'DATASET') return null;
  const { scheme, namespace } = canonicalNamespace(key.namespace);
  const name = losslessName(scheme, key.name);
  return { namespace, name: FOLDING.has(scheme) ? name.toLowerCase() : name };
}

/** Whether two names of one canonical key differ in nothing that any store could tell apart. */
export function isSameSpelling(a: AssetKey, b: AssetKey): boolean {
  const left = canonicalNamespace(a.namespace);
  const right = canonicalNamespace(b.namespace);
  return left.namespace === right.namespace && losslessName(left.scheme, a.name) === losslessName(right.scheme, b.name);
}

function canonicalNamespace(namespace: string): { scheme: string; namespace: string } {
  const [, given = namespace, rest] = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/i.exec(namespace) ?? [];
  const scheme = SCHEMES[given.toLowerCase()] ?? given.toLowerCase();
  // A bare word (`bigquery`), or an id with parts of its own (`arn:aws:glue:…`).
  if (rest === undefined) return { scheme: scheme.split(':')[0] ?? scheme, namespace };
  const [, host = '', path = ''] = /^([^/]*)(.*?)\/*$/.exec(rest) ?? [];
  return { scheme, namespace: `${scheme}://${canonicalAuthority(scheme, host)}${path}` };
}

function canonicalAuthority(scheme: string, host: string): string {
  // Buckets and containers tell case apart, hosts do not.
  if (FILES.has(scheme) && scheme !== 'hdfs') return host;
  const port = DEFAULT_PORTS[scheme];
  // An authority that lists several hosts has its ports in it.
  const needsPort = port !== undefined && host !== '' && !/[:,]/.test(host);
  return `${host.toLowerCase()}${needsPort ? `:${port}` : ''}`;
}

function losslessName(scheme: string, name: string): string {
  if (!FILES.has(scheme)) return name;
  return name.replace(/(?<=.)\/+$/, '');
}
