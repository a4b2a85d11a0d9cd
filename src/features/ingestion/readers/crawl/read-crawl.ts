import { hashOf, uniqueSorted } from '../json.js';
import type { AssetRef, FactAttribute, FactStatement, LineageStatement, Reading } from '../statement.js';
import { parseCrawl, type CrawledTable, type CrawlMessage } from './crawl-message.js';

/** Reads one message of a crawl. Its views' column flows are in their SQL: see view-flows.ts. @throws Invalid */
export function readCrawl(payload: unknown): Reading {
  const crawl = parseCrawl(payload);
  const { source, removals } = crawl;
  const { parts, ...sync } = crawl.sync;
  const at = new Date(crawl.at);
  const seen = [...crawl.tables.map((table) => table.name), ...crawl.unchanged];
  return {
    source: { key: source, kind: 'CRAWLER' },
    facts: factsOf(crawl, at),
    runs: [],
    lineage: crawl.tables.flatMap((table) => statementOf(crawl, table) ?? []),
    assets: uniqueSorted([...seen, ...crawl.statistics.map((one) => one.name), ...crawl.tables.flatMap(readsOf)]).map(
      (name) => refOf(crawl, name),
    ),
    sync: {
      ...sync,
      ...(parts === undefined ? {} : { parts }),
      at,
      removals,
      seen: seen.map((name) => refOf(crawl, name)),
    },
    warnings: [],
  };
}

export function refOf({ namespace }: CrawlMessage, name: string): AssetRef {
  return { kind: 'DATASET', namespace, name };
}

function readsOf({ view }: CrawledTable): string[] {
  return (view?.reads ?? []).map(({ name }) => name);
}

function factsOf(crawl: CrawlMessage, at: Date): FactStatement[] {
  const say = (name: string, attribute: FactAttribute, value: unknown): FactStatement => ({
    asset: refOf(crawl, name),
    columnPath: '',
    attribute,
    value,
    assertedAt: at,
    assertedBy: null,
  });
  const statistics = crawl.statistics.map(({ name, ...figures }) => say(name, 'physical:statistics', figures));
  return [...crawl.tables.flatMap((table) => tableFacts(crawl, table, say)), ...statistics];
}

function tableFacts(
  { platform }: CrawlMessage,
  table: CrawledTable,
  say: (name: string, attribute: FactAttribute, value: unknown) => FactStatement,
): FactStatement[] {
  const { name, primaryKey, uniqueKeys, foreignKeys, indexes, view } = table;
  const columns = table.columns.map(({ name: path, type, comment, ordinal }) => ({
    path,
    type,
    description: comment,
    ordinal,
  }));
  const nullable = table.columns.map((column) => [column.name, column.isNullable] as const);
  return [
    say(name, 'displayName', table.label),
    say(name, 'description', table.comment),
    say(name, 'platform', platform),
    say(name, 'subtype', table.kind),
    say(name, 'schema', columns),
    say(name, 'physical:structure', {
      primaryKey,
      uniqueKeys,
      foreignKeys,
      indexes,
      isNullable: Object.fromEntries(nullable),
    }),
    say(name, 'physical:defaults', defaultsOf(table)),
    say(name, 'physical:view', view ? { sql: view.sql, reads: view.reads?.map((read) => read.name) ?? null } : null),
  ];
}

function defaultsOf({ columns }: CrawledTable): Record<string, string> | null {
  const stated = columns.flatMap((column) => (column.default === null ? [] : [[column.name, column.default] as const]));
  return stated.length > 0 ? Object.fromEntries(stated) : null;
}

/** A view replaces what its SQL said before; what is no view any more takes it back. */
function statementOf(crawl: CrawlMessage, table: CrawledTable): LineageStatement | null {
  if (table.view === undefined) return null;
  return {
    origin: 'SQL',
    job: null,
    run: null,
    at: new Date(crawl.at),
    hash: hashOf(table.view),
    inputs: readsOf(table).map((name) => refOf(crawl, name)),
    outputs: [{ asset: refOf(crawl, table.name) }],
    mode: 'REPLACE',
  };
}
