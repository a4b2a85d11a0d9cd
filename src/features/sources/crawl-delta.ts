import { canonicalHash } from '../../platform/canonical-json.js';
import type { CrawledStatistics, CrawledTable } from '../ingestion/index.js';
import type { CrawlChunk } from './crawlers/crawler.js';
import type { KnownTable } from './table.repository.js';

/** What is new in a chunk, compared with what was said before. */
export interface CrawlDelta {
  readonly tables: readonly CrawledTable[];
  readonly statistics: readonly CrawledStatistics[];
  readonly unchanged: readonly string[];
  /** There, and not read this time. */
  readonly unread: readonly string[];
  readonly created: number;
  readonly changed: number;
  /** To be remembered once it is said. */
  readonly memory: readonly KnownTable[];
}

/** Figures that moved less say nothing new: otherwise every table that is in use would be described every day. */
const SMALLEST_MOVE = 0.1;

/** A message of more characters is cut into several. */
const MESSAGE_LENGTH = 2_000_000;

/** `namespace`: in another one the same tables are other datasets, about which nothing was said yet. */
export function deltaOf(
  { tables, unread, statistics }: CrawlChunk,
  known: ReadonlyMap<string, KnownTable>,
  namespace: string,
): CrawlDelta {
  const hashes = new Map(tables.map((table) => [table.name, canonicalHash([namespace, table]).toString('hex')]));
  const isNew = ({ name }: CrawledTable): boolean => !known.has(name);
  const isSame = ({ name }: { readonly name: string }): boolean => known.get(name)?.hash === hashes.get(name);
  const said = tables.filter((table) => !isSame(table));
  const moved = statistics.filter((figures) => !isSame(figures) || hasMoved(figures, known.get(figures.name)));
  const figuresOf = new Map(moved.map((figures) => [figures.name, figures]));
  return {
    tables: said.map((table) => withEndOfView(table, known.get(table.name))),
    statistics: moved,
    unchanged: tables.filter(isSame).map(({ name }) => name),
    unread,
    created: said.filter(isNew).length,
    changed: said.length - said.filter(isNew).length,
    memory: [
      ...unread.flatMap((name) => known.get(name) ?? []),
      ...tables.map((table) => {
        const before = known.get(table.name);
        const { rowEstimate, sizeBytes } = figuresOf.get(table.name) ??
          before ?? { rowEstimate: null, sizeBytes: null };
        const isView = isViewNow(table) ?? before?.isView ?? false;
        return { name: table.name, hash: hashes.get(table.name) ?? '', isView, rowEstimate, sizeBytes };
      }),
    ],
  };
}

/** Tables in messages of a bounded size; at least one, which may be empty. */
export function portionsOf(tables: readonly CrawledTable[]): CrawledTable[][] {
  const portions: CrawledTable[][] = [[]];
  let length = 0;
  for (const table of tables) {
    const own = JSON.stringify(table).length;
    if (length + own > MESSAGE_LENGTH && length > 0) {
      portions.push([]);
      length = 0;
    }
    portions.at(-1)?.push(table);
    length += own;
  }
  return portions;
}

/** What was a view and is none any more takes its SQL back. */
function withEndOfView(table: CrawledTable, before: KnownTable | undefined): CrawledTable {
  return before?.isView && isViewNow(table) === false ? { ...table, view: null } : table;
}

/** Undefined for a view whose SQL could not be read: nothing is said about it. */
function isViewNow({ kind, view }: CrawledTable): boolean | undefined {
  if (view) return true;
  return kind === 'VIEW' || kind === 'MATERIALIZED_VIEW' ? undefined : false;
}

function hasMoved(now: CrawledStatistics, before: KnownTable | undefined): boolean {
  return isFar(now.rowEstimate, before?.rowEstimate ?? null) || isFar(now.sizeBytes, before?.sizeBytes ?? null);
}

function isFar(now: number | null, before: number | null): boolean {
  if (now === null || before === null) return now !== before;
  return Math.abs(now - before) > SMALLEST_MOVE * Math.max(1, before);
}
