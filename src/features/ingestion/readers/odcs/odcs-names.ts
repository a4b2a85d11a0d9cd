import type { OdcsObject, OdcsServer } from './odcs-contract.js';

/** Where a server keeps things, and how it calls one of them; as OpenLineage spells both (spec, Naming). */
export interface OdcsPlace {
  readonly namespace: string;
  readonly nameOf: (object: OdcsObject, isOnly: boolean) => string;
}

type Place = (server: OdcsServer) => OdcsPlace;

/** `scheme://host:port`, and names of the parts that the server gives, from the outermost. */
function hosted(scheme: string, port: string | null, ...parts: (keyof OdcsServer)[]): Place {
  return (server) => ({
    namespace: `${scheme}://${authorityOf(server, port)}`,
    nameOf: dotted(...parts.map((part) => server[part])),
  });
}

function dotted(...parts: readonly unknown[]): OdcsPlace['nameOf'] {
  const outer = parts.filter((part): part is string => typeof part === 'string' && part !== '');
  return (object) => {
    const name = physicalNameOf(object);
    // Some write the whole name into physicalName.
    return outer.length > 0 && name.startsWith(`${outer.join('.')}.`) ? name : [...outer, name].join('.');
  };
}

const PLACES: Readonly<Record<string, Place>> = {
  postgres: hosted('postgres', '5432', 'database', 'schema'),
  postgresql: hosted('postgres', '5432', 'database', 'schema'),
  cloudsql: hosted('postgres', '5432', 'database', 'schema'),
  mysql: hosted('mysql', '3306', 'database'),
  redshift: (server) => ({
    namespace: `redshift://${redshiftCluster(server)}`,
    nameOf: dotted(server.database, server.schema),
  }),
  snowflake: (server) => ({
    namespace: `snowflake://${snowflakeAccount(server)}`,
    nameOf: dotted(server.database, server.schema),
  }),
  bigquery: (server) => ({ namespace: 'bigquery', nameOf: dotted(server.project, server.dataset) }),
  databricks: hosted('unitycatalog', null, 'catalog', 'schema'),
  sqlserver: hosted('mssql', '1433', 'database', 'schema'),
  synapse: hosted('sqlserver', '1433', 'database', 'schema'),
  oracle: hosted('oracle', '1521', 'serviceName', 'schema'),
  trino: hosted('trino', '8080', 'catalog', 'schema'),
  presto: hosted('presto', '8080', 'catalog', 'schema'),
  hive: hosted('hive', '10000', 'database'),
  impala: hosted('impala', '21050', 'database'),
  db2: hosted('db2', '50000', 'database', 'schema'),
  clickhouse: hosted('clickhouse', '8123', 'database'),
  vertica: hosted('vertica', '5433', 'database', 'schema'),
  athena: (server) => ({
    namespace: `awsathena://athena.${server.regionName ?? server.region ?? 'unknown'}.amazonaws.com`,
    nameOf: dotted(server.catalog ?? 'awsdatacatalog', server.schema ?? server.database),
  }),
  glue: (server) => ({
    namespace: `arn:aws:glue:${server.regionName ?? server.region ?? ''}:${server.account ?? ''}`,
    nameOf: (object) => `table/${server.database ?? 'default'}/${physicalNameOf(object)}`,
  }),
  duckdb: (server) => ({
    namespace: `duckdb://${server.database ?? ''}`,
    nameOf: dotted(server.schema),
  }),
  kafka: (server) => ({
    namespace: `kafka://${authorityOf(server, '9092')}`,
    nameOf: (object) => server.topic ?? physicalNameOf(object),
  }),
  pubsub: (server) => ({
    namespace: 'pubsub',
    nameOf: (object) => `topic:${server.project ?? ''}:${server.topic ?? physicalNameOf(object)}`,
  }),
  kinesis: (server) => ({
    namespace: `kinesis://${server.regionName ?? server.region ?? ''}`,
    nameOf: (object) => server.stream ?? physicalNameOf(object),
  }),
  s3: (server) => located(server.location, 's3'),
  gcs: (server) => located(server.location, 'gs'),
  azure: (server) => located(server.location, 'abfss'),
  hdfs: (server) => located(server.location, 'hdfs'),
  sftp: (server) => located(server.location, 'sftp'),
  local: (server) => ({ namespace: 'file', nameOf: pathName(server.path ?? server.location ?? '') }),
};

/** Null for a type whose naming is not known: there the contract itself is the place. */
export function placeOf(server: OdcsServer): OdcsPlace | null {
  const type = server.type.toLowerCase();
  return Object.hasOwn(PLACES, type) ? (PLACES[type]?.(server) ?? null) : null;
}

export function physicalNameOf(object: OdcsObject): string {
  return object.physicalName || object.name;
}

/** A host that lists several has its ports in it. */
function authorityOf({ host, port }: OdcsServer, defaultPort: string | null): string {
  const bare = (host ?? 'unknown').replace(/^[a-z+]+:\/\//i, '').replace(/\/+$/, '');
  const used = port ?? defaultPort;
  return used === null || used === undefined || /:\d+/.test(bare) ? bare : `${bare}:${used}`;
}

/** `cluster.region:port`, from the cluster's address or its parts. */
function redshiftCluster(server: OdcsServer): string {
  const [, cluster, region] = /^([^.]+)\.[^.]+\.([^.]+)\.redshift/i.exec(server.host ?? '') ?? [];
  const known = cluster !== undefined && region !== undefined ? `${cluster}.${region}` : null;
  return known === null ? authorityOf(server, '5439') : `${known}:${server.port ?? '5439'}`;
}

function snowflakeAccount({ account, host }: OdcsServer): string {
  return account ?? (host ?? 'unknown').replace(/^https?:\/\//i, '').replace(/\.snowflakecomputing\.com.*$/i, '');
}

/** `s3://bucket/path/{model}/*.json`: bucket and path; the place of the table's name may be marked. */
function located(location: string | null | undefined, scheme: string): OdcsPlace {
  const [, authority = `${scheme}://unknown`, path = ''] = /^([a-z0-9+]+:\/\/[^/]*)(.*)$/i.exec(location ?? '') ?? [];
  return { namespace: authority, nameOf: pathName(path.replace(/^\/+/, '')) };
}

function pathName(path: string): OdcsPlace['nameOf'] {
  return (object, isOnly) => {
    const name = physicalNameOf(object);
    const placed = path.replaceAll(/\{(model|schema|table)\}/g, name);
    // Wildcards say which files, not which dataset.
    const folder = placed.replace(/\/?[^/]*\*.*$/, '').replace(/\/+$/, '');
    if (folder === '') return name;
    return isOnly || placed !== path ? folder : `${folder}/${name}`;
  };
}
