import type { CrawledStatistics, CrawledTable } from '../../ingestion/index.js';
import type { SourceType, SslMode } from '../source.js';

/** Where to look, with the secret in the clear: made for one crawl, and never kept, logged or shown. */
export interface CrawlTarget {
  readonly host: string;
  readonly port: number;
  /** Null: every database of the server that the user may see; not with PostgreSQL. */
  readonly database: string | null;
  readonly user: string;
  readonly password: string | null;
  readonly ssl: SslMode;
}

/** Whether a table, named `schema.table`, is to be looked at. */
export type TableFilter = (name: string) => boolean;

/** Some tables, in name order. Full names are those of OpenLineage: `db.schema.table`, `db.table`. */
export interface CrawlChunk {
  readonly tables: readonly CrawledTable[];
  /** Full names of tables that are there and could not be read this time. */
  readonly unread: readonly string[];
  readonly statistics: readonly CrawledStatistics[];
  /** Tables that the filter left out. */
  readonly skipped: number;
  /** What could not be read, in words. */
  readonly warnings: readonly string[];
}

export interface CrawlTest {
  /** As the server tells it. */
  readonly version: string;
  /** Tables and views within the filter. */
  readonly tables: number;
  readonly skipped: number;
}

/**
 * Looks at a database: catalog queries over sets of tables, read-only, in one consistent snapshot where the server has
 * such. Both end within seconds when the signal says so. What goes wrong is a CrawlFailure.
 */
export interface Crawler {
  readonly type: SourceType;
  test(target: CrawlTarget, filter: TableFilter, signal: AbortSignal): Promise<CrawlTest>;
  crawl(target: CrawlTarget, filter: TableFilter, signal: AbortSignal): AsyncIterable<CrawlChunk>;
}

/** A chunk that only says how much the filter left out. */
export function skippedChunk(skipped: number): CrawlChunk {
  return { tables: [], unread: [], statistics: [], skipped, warnings: [] };
}

/** All crawlers, by type. */
export const CRAWLERS = Symbol('Crawlers');

/** Tables that one round of catalog queries is about. */
export const CHUNK_SIZE = 500;
export const CONNECT_TIMEOUT_MS = 10_000;
export const STATEMENT_TIMEOUT_MS = 120_000;

export function chunksOf<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size));
}

export function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}
