import pg from 'pg';
import type { CrawledColumn, CrawledIndex, CrawledTable } from '../../ingestion/index.js';
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
import * as catalog from './postgres-catalog.js';

const PAGE_SIZE = 5000;
const MOST_ATTEMPTS = 5;
/** The SQL of a view locks what it reads; all the locks of a large database at once would be too many for the server. */
const GIVE_LOCKS_BACK = 'ROLLBACK TO SAVEPOINT attempt; RELEASE SAVEPOINT attempt';
/** SQLSTATE lock_not_available. */
const LOCK_TIMEOUT = '55P03';

const KINDS = { r: 'TABLE', v: 'VIEW', m: 'MATERIALIZED_VIEW', f: 'FOREIGN_TABLE', p: 'PARTITIONED' } as const;

interface Listed {
  readonly id: string;
  readonly schema: string;
  readonly name: string;
  readonly kind: keyof typeof KINDS;
}

interface OfTable {
  /** The table's oid. */
  readonly id: string;
}

interface ConstraintRow extends OfTable {
  readonly name: string;
  readonly type: 'p' | 'u' | 'f';
  readonly columns: string[];
  readonly otherSchema: string | null;
  readonly otherName: string | null;
  readonly otherColumns: string[];
}

interface ReadRow extends OfTable {
  readonly schema: string;
  readonly name: string;
  readonly columns: string[];
}

/** Everything about some tables, each by the table's oid. */
interface Details {
  readonly words: Map<string, (OfTable & { comment: string | null; rowEstimate: number | null })[]>;
  readonly columns: Map<string, (CrawledColumn & OfTable)[]>;
  readonly constraints: Map<string, ConstraintRow[]>;
  readonly indexes: Map<string, (CrawledIndex & OfTable)[]>;
  readonly views: Map<string, (OfTable & { sql: string | null })[]>;
  readonly reads: Map<string, ReadRow[]>;
  readonly sizes: Map<string, (OfTable & { sizeBytes: number | null })[]>;
}

export class PostgresCrawler implements Crawler {
  readonly type = 'postgres';

  async test(target: CrawlTarget, filter: TableFilter, signal: AbortSignal): Promise<CrawlTest> {
    return connected(target, signal, async (client) => {
      const { rows } = await client.query<{ version: string }>('SELECT version()');
      const counts = { tables: 0, skipped: 0 };
      for await (const page of pagesOf(client)) {
        const found = page.filter((table) => filter(`${table.schema}.${table.name}`)).length;
        counts.tables += found;
        counts.skipped += page.length - found;
      }
      return { version: rows[0]?.version ?? 'PostgreSQL', ...counts };
    });
  }

  async *crawl(target: CrawlTarget, filter: TableFilter, signal: AbortSignal): AsyncGenerator<CrawlChunk> {
    const client = await connect(target, signal);
    try {
      await begin(client);
      for await (const page of pagesOf(client)) {
        const found = page.filter((table) => filter(`${table.schema}.${table.name}`));
        yield skippedChunk(page.length - found.length);
        for (const tables of chunksOf(found, CHUNK_SIZE)) yield await chunkOf(client, tables, target.database ?? '');
      }
    } catch (error) {
      signal.throwIfAborted();
      throw failureOf(error, target);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}

async function connected<T>(
  target: CrawlTarget,
  signal: AbortSignal,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = await connect(target, signal);
  try {
    return await work(client);
  } catch (error) {
    signal.throwIfAborted();
    throw failureOf(error, target);
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function connect(target: CrawlTarget, whole: AbortSignal): Promise<pg.Client> {
  whole.throwIfAborted();
  // One of our own, so that nothing stays behind on a signal that outlives us.
  const signal = AbortSignal.any([whole]);
  const { host, port, user, ssl } = target;
  const client = new pg.Client({
    host,
    port,
    user,
    database: target.database ?? user,
    // A function, because a driver that is given none takes the password of the environment.
    password: () => target.password ?? '',
    ssl: ssl === 'disable' ? false : { rejectUnauthorized: ssl === 'verify-full' },
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    application_name: 'cadastre crawl',
    keepAlive: true,
  });
  // A connection that breaks is told by the next query.
  client.on('error', () => undefined);
  signal.addEventListener('abort', () => void client.end().catch(() => undefined), { once: true });
  try {
    await client.connect();
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    signal.throwIfAborted();
    throw failureOf(error, target);
  }
}

/** One snapshot for all questions. A table that somebody has locked is waited for only shortly. */
async function begin(client: pg.Client): Promise<void> {
  await client.query(
    `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL lock_timeout = '3s'; SET LOCAL search_path = ''`,
  );
}

async function* pagesOf(client: pg.Client): AsyncGenerator<Listed[]> {
  let last: Listed | undefined;
  do {
    const { rows } = await client.query<Listed>(catalog.LIST_TABLES, [last?.schema ?? '', last?.name ?? '', PAGE_SIZE]);
    yield rows;
    last = rows.length < PAGE_SIZE ? undefined : rows.at(-1);
  } while (last);
}

/** A table that is locked is there, and read another time. One that is locked meanwhile lets us look again. */
async function chunkOf(client: pg.Client, tables: readonly Listed[], database: string): Promise<CrawlChunk> {
  for (let attempt = 1; ; attempt += 1) {
    await client.query('SAVEPOINT attempt');
    try {
      const ids = tables.map(({ id }) => id);
      const locked = new Set((await client.query<OfTable>(catalog.LOCKED, [ids])).rows.map(({ id }) => id));
      const readable = tables.filter(({ id }) => !locked.has(id));
      const details = await detailsOf(
        client,
        readable.map(({ id }) => id),
      );
      const unread = tables.filter(({ id }) => locked.has(id)).map((table) => fullName(database, table));
      await client.query(GIVE_LOCKS_BACK);
      return readChunk(readable, unread, { database, details });
    } catch (error) {
      if ((error as { code?: unknown }).code !== LOCK_TIMEOUT || attempt >= MOST_ATTEMPTS) throw error;
      await client.query(GIVE_LOCKS_BACK);
    }
  }
}

function readChunk(
  tables: readonly Listed[],
  unread: readonly string[],
  { database, details }: { readonly database: string; readonly details: Details },
): CrawlChunk {
  return {
    tables: tables.map((table) => tableOf(table, database, details)),
    unread,
    statistics: tables.flatMap((table) => {
      const rowEstimate = allOf(details.words, table.id)[0]?.rowEstimate ?? null;
      const sizeBytes = allOf(details.sizes, table.id)[0]?.sizeBytes ?? null;
      if (rowEstimate === null && sizeBytes === null) return [];
      return [{ name: fullName(database, table), rowEstimate, sizeBytes }];
    }),
    skipped: 0,
    warnings: unread.map((name) => `${name} is locked and was not read: what is known of it stays`),
  };
}

async function detailsOf(client: pg.Client, ids: readonly string[]): Promise<Details> {
  const ask = async <Row extends OfTable>(sql: string): Promise<Map<string, Row[]>> =>
    groupBy((await client.query<Row>(sql, [ids])).rows, (row) => row.id);
  return {
    words: await ask(catalog.TABLE_WORDS),
    columns: await ask(catalog.COLUMNS),
    constraints: await ask(catalog.CONSTRAINTS),
    indexes: await ask(catalog.INDEXES),
    views: await ask(catalog.VIEW_SQL),
    reads: await ask(catalog.VIEW_READS),
    sizes: await ask(catalog.SIZES),
  };
}

function fullName(database: string, { schema, name }: { readonly schema: string; readonly name: string }): string {
  return `${database}.${schema}.${name}`;
}

function tableOf({ id, schema, name, kind }: Listed, database: string, details: Details): CrawledTable {
  const nameOf: NameOf = (other) => fullName(database, other);
  return {
    name: nameOf({ schema, name }),
    label: name,
    kind: KINDS[kind],
    comment: allOf(details.words, id)[0]?.comment ?? null,
    columns: allOf(details.columns, id).map(withoutId),
    ...keysOf(allOf(details.constraints, id), nameOf),
    indexes: allOf(details.indexes, id).map(withoutId),
    ...viewOf(allOf(details.views, id)[0]?.sql ?? null, allOf(details.reads, id), nameOf),
  };
}

type NameOf = (table: { readonly schema: string; readonly name: string }) => string;

function keysOf(
  constraints: readonly ConstraintRow[],
  nameOf: NameOf,
): Pick<CrawledTable, 'primaryKey' | 'uniqueKeys' | 'foreignKeys'> {
  return {
    primaryKey: constraints.find(({ type }) => type === 'p')?.columns ?? [],
    uniqueKeys: constraints.filter(({ type }) => type === 'u').map(({ name, columns }) => ({ name, columns })),
    foreignKeys: constraints.flatMap(({ name, columns, otherSchema, otherName, otherColumns }) => {
      if (otherSchema === null || otherName === null) return [];
      const table = nameOf({ schema: otherSchema, name: otherName });
      return [{ name, columns, references: { table, columns: otherColumns } }];
    }),
  };
}

function viewOf(sql: string | null, reads: readonly ReadRow[], nameOf: NameOf): Pick<CrawledTable, 'view'> {
  if (sql === null) return {};
  return { view: { sql, reads: reads.map((row) => ({ name: nameOf(row), columns: row.columns })) } };
}

function allOf<Row>(rows: ReadonlyMap<string, Row[]>, id: string): Row[] {
  return rows.get(id) ?? [];
}

function withoutId<Row extends OfTable>(row: Row): Omit<Row, 'id'> {
  const { id: _id, ...rest } = row;
  return rest;
}
