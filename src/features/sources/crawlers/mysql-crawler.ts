import { createConnection, type Connection, type RowDataPacket } from 'mysql2/promise';
import type { CrawledIndex, CrawledTable } from '../../ingestion/index.js';
import { failureOf } from './crawl-failure.js';
import {
  chunksOf,
  CHUNK_SIZE,
  CONNECT_TIMEOUT_MS,
  groupBy,
  skippedChunk,
  STATEMENT_TIMEOUT_MS,
  type CrawlChunk,
  type Crawler,
  type CrawlTarget,
  type CrawlTest,
  type TableFilter,
} from './crawler.js';
import * as catalog from './mysql-catalog.js';

interface OfTable {
  /** The table's name. */
  readonly id: string;
}

interface TableRow extends OfTable {
  readonly type: string;
  readonly engine: string | null;
  readonly options: string | null;
  readonly comment: string | null;
  readonly rowEstimate: number | string | null;
  readonly sizeBytes: number | string | null;
}

interface ColumnRow extends OfTable {
  readonly name: string;
  readonly type: string | null;
  readonly nullable: 'YES' | 'NO';
  readonly preset: string | null;
  readonly comment: string | null;
  readonly ordinal: number | string;
  readonly extra: string | null;
}

interface KeyRow extends OfTable {
  readonly name: string;
  readonly columnName: string;
  readonly otherSchema: string | null;
  readonly otherName: string | null;
  readonly otherColumn: string | null;
}

interface IndexRow extends OfTable {
  readonly name: string;
  readonly columnName: string | null;
  readonly nonUnique: number | string;
  readonly method: string;
}

interface Details {
  readonly columns: Map<string, ColumnRow[]>;
  readonly keys: Map<string, KeyRow[]>;
  readonly indexes: Map<string, IndexRow[]>;
  readonly views: Map<string, (OfTable & { sql: string | null })[]>;
}

/** MySQL and MariaDB. What they call a database is a schema here: the first half of a table's name. */
export class MysqlCrawler implements Crawler {
  readonly type = 'mysql';

  async test(target: CrawlTarget, filter: TableFilter, signal: AbortSignal): Promise<CrawlTest> {
    const connection = await connect(target, signal);
    try {
      const counts = { tables: 0, skipped: 0 };
      for (const schema of await schemasOf(connection, target)) {
        const names = await tableNames(connection, schema);
        const found = names.filter((name) => filter(`${schema}.${name}`)).length;
        counts.tables += found;
        counts.skipped += names.length - found;
      }
      return { version: await versionOf(connection), ...counts };
    } catch (error) {
      signal.throwIfAborted();
      throw failureOf(error, target);
    } finally {
      connection.destroy();
    }
  }

  async *crawl(target: CrawlTarget, filter: TableFilter, signal: AbortSignal): AsyncGenerator<CrawlChunk> {
    const connection = await connect(target, signal);
    try {
      await begin(connection);
      for (const schema of await schemasOf(connection, target)) {
        const names = await tableNames(connection, schema);
        const found = names.filter((name) => filter(`${schema}.${name}`));
        yield skippedChunk(names.length - found.length);
        for (const tables of chunksOf(found, CHUNK_SIZE)) yield await chunkOf(connection, schema, tables);
      }
    } catch (error) {
      signal.throwIfAborted();
      throw failureOf(error, target);
    } finally {
      connection.destroy();
    }
  }
}

async function connect(target: CrawlTarget, whole: AbortSignal): Promise<Connection> {
  whole.throwIfAborted();
  // One of our own, so that nothing stays behind on a signal that outlives us.
  const signal = AbortSignal.any([whole]);
  const { host, port, user, password, database, ssl } = target;
  const connecting = createConnection({
    host,
    port,
    user,
    password: password ?? '',
    ...(database === null ? {} : { database }),
    ...(ssl === 'disable' ? {} : { ssl: { rejectUnauthorized: ssl === 'verify-full' } }),
    connectTimeout: CONNECT_TIMEOUT_MS,
    charset: 'utf8mb4',
    enableKeepAlive: true,
  });
  // Nobody waits for a server that does not answer when the signal says so.
  signal.addEventListener('abort', () => void connecting.then((late) => late.destroy()).catch(() => undefined));
  try {
    const connection = await Promise.race([connecting, aborted(signal)]);
    // A connection that breaks is told by the next query.
    connection.on('error', () => undefined);
    return connection;
  } catch (error) {
    signal.throwIfAborted();
    throw failureOf(error, target);
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

/** Changes of tables are not part of any transaction in MySQL; the figures are. */
async function begin(connection: Connection): Promise<void> {
  const isMaria = /mariadb/i.test(await versionOf(connection));
  await connection.query(
    isMaria
      ? `SET SESSION max_statement_time = ${STATEMENT_TIMEOUT_MS / 1000}`
      : `SET SESSION max_execution_time = ${STATEMENT_TIMEOUT_MS}`,
  );
  await connection.query('SET SESSION lock_wait_timeout = 3');
  await connection.query('START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY');
}

async function versionOf(connection: Connection): Promise<string> {
  const [row] = await ask<{ version: string }>(connection, 'SELECT version() AS version');
  return row?.version ?? 'MySQL';
}

async function ask<Row extends object>(
  connection: Connection,
  sql: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  const [rows] = await connection.query<(Row & RowDataPacket)[]>({ sql, timeout: STATEMENT_TIMEOUT_MS }, [...values]);
  return rows;
}

async function schemasOf(connection: Connection, { database }: CrawlTarget): Promise<string[]> {
  const rows = await ask<{ name: string }>(connection, catalog.SCHEMAS);
  const names = rows.map(({ name }) => name).filter((name) => !catalog.SYSTEM_SCHEMAS.includes(name.toLowerCase()));
  return database === null ? names : names.filter((name) => name === database);
}

async function tableNames(connection: Connection, schema: string): Promise<string[]> {
  const rows = await ask<{ name: string }>(connection, catalog.TABLE_NAMES, [schema]);
  return rows.map(({ name }) => name).sort();
}

async function chunkOf(connection: Connection, schema: string, names: readonly string[]): Promise<CrawlChunk> {
  // The server compares without case: what else comes with it belongs to another chunk.
  const wanted = new Set(names);
  const about = async <Row extends OfTable>(sql: string): Promise<Row[]> =>
    (await ask<Row>(connection, sql, [schema, names])).filter(({ id }) => wanted.has(id));
  const byTable = async <Row extends OfTable>(sql: string): Promise<Map<string, Row[]>> =>
    groupBy(await about<Row>(sql), (row) => row.id);
  const tables = (await about<TableRow>(catalog.TABLES))
    .filter(({ type }) => type !== 'SEQUENCE')
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const details: Details = {
    columns: await byTable(catalog.COLUMNS),
    keys: await byTable(catalog.KEYS),
    indexes: await byTable(catalog.INDEXES),
    views: await byTable(catalog.VIEWS),
  };
  // Every table has columns: where none are shown, it is locked, or a view whose tables are gone.
  const unread = tables.filter(({ id }) => !details.columns.has(id)).map(({ id }) => `${schema}.${id}`);
  const readable = tables.filter(({ id }) => details.columns.has(id));
  const silent = [...details.views].filter(([, [view]]) => !view?.sql).map(([name]) => `${schema}.${name}`);
  return {
    tables: readable.map((row) => tableOf(schema, row, details)),
    unread,
    statistics: readable.flatMap(({ id, rowEstimate, sizeBytes }) =>
      rowEstimate === null && sizeBytes === null
        ? []
        : [{ name: `${schema}.${id}`, rowEstimate: numberOf(rowEstimate), sizeBytes: numberOf(sizeBytes) }],
    ),
    skipped: 0,
    warnings: [
      ...unread.map((name) => `${name} cannot be read: what is known of it stays`),
      ...silent.map((name) => `The SQL of the view ${name} is not shown to this user: grant SHOW VIEW on it`),
    ],
  };
}

function tableOf(schema: string, row: TableRow, details: Details): CrawledTable {
  const sql = details.views.get(row.id)?.[0]?.sql;
  const isView = row.type.endsWith('VIEW');
  const keys = groupBy(details.keys.get(row.id) ?? [], ({ name }) => name);
  return {
    name: `${schema}.${row.id}`,
    label: row.id,
    kind: kindOf(row),
    comment: isView ? null : blankToNull(row.comment),
    columns: (details.columns.get(row.id) ?? []).map(columnOf),
    primaryKey: (keys.get('PRIMARY') ?? []).map(({ columnName }) => columnName),
    uniqueKeys: [...keys]
      .filter(([name, [first]]) => name !== 'PRIMARY' && first?.otherName === null)
      .map(([name, parts]) => ({ name, columns: parts.map(({ columnName }) => columnName) })),
    foreignKeys: [...keys].flatMap(([name, parts]) => foreignKeyOf(name, parts)),
    indexes: [...groupBy(details.indexes.get(row.id) ?? [], ({ name }) => name)].map(indexOf),
    ...(sql ? { view: { sql, reads: null } } : {}),
  };
}

function kindOf({ type, engine, options }: TableRow): CrawledTable['kind'] {
  if (type.endsWith('VIEW')) return 'VIEW';
  if (['FEDERATED', 'CONNECT', 'SPIDER'].includes(engine ?? '')) return 'FOREIGN_TABLE';
  return options?.includes('partitioned') ? 'PARTITIONED' : 'TABLE';
}

function columnOf(row: ColumnRow): CrawledTable['columns'][number] {
  const { name, type, nullable, comment, ordinal } = row;
  return {
    name,
    type,
    isNullable: nullable === 'YES',
    default: defaultOf(row),
    comment: blankToNull(comment),
    ordinal: Number(ordinal),
  };
}

/** MariaDB writes the absence of a default as NULL. What is generated has none. */
function defaultOf({ preset, extra }: ColumnRow): string | null {
  const isGenerated = /(VIRTUAL|STORED|PERSISTENT) GENERATED|^(VIRTUAL|STORED|PERSISTENT)$/i.test(extra ?? '');
  return isGenerated || preset === 'NULL' ? null : preset;
}

function foreignKeyOf(name: string, parts: readonly KeyRow[]): CrawledTable['foreignKeys'] {
  const [first] = parts;
  if (!first?.otherSchema || !first.otherName) return [];
  const columns = parts.map(({ columnName }) => columnName);
  const others = parts.flatMap(({ otherColumn }) => otherColumn ?? []);
  return [{ name, columns, references: { table: `${first.otherSchema}.${first.otherName}`, columns: others } }];
}

function indexOf([name, parts]: readonly [string, readonly IndexRow[]]): CrawledIndex {
  return {
    name,
    columns: parts.flatMap(({ columnName }) => columnName ?? []),
    isUnique: Number(parts[0]?.nonUnique ?? 1) === 0,
    method: (parts[0]?.method ?? 'BTREE').toLowerCase(),
    isPartial: false,
    hasExpressions: parts.some(({ columnName }) => columnName === null),
  };
}

function numberOf(value: number | string | null): number | null {
  return value === null ? null : Number(value);
}

function blankToNull(text: string | null): string | null {
  return text === null || text === '' ? null : text;
}
