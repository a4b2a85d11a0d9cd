import type { CrawlMessage } from '../ingestion/index.js';
import { portionsOf, type CrawlDelta } from './crawl-delta.js';
import { factSourceKey, namespaceOf, scopeOf, type SourceDefinition } from './source.js';

/** What one message of a crawl says. */
export type CrawlSaid = Pick<CrawlMessage, 'tables' | 'statistics' | 'unchanged'>;

export const NOTHING_MORE: CrawlSaid = { tables: [], statistics: [], unchanged: [] };

interface Crawl {
  readonly source: SourceDefinition;
  /** Id of the sync. */
  readonly id: string;
  readonly at: Date;
  readonly removals: 'GUARD' | 'APPLY';
}

/** What is new in a chunk, in messages of a bounded size. */
export function saidOf({ tables, statistics, unchanged, unread }: CrawlDelta): CrawlSaid[] {
  const [first = [], ...others] = portionsOf(tables);
  return [
    { tables: first, statistics: [...statistics], unchanged: [...unchanged, ...unread] },
    ...others.map((portion) => ({ ...NOTHING_MORE, tables: portion })),
  ];
}

/** `parts`: how many messages there were, in the last one. */
export function messageOf({ source, id, at, removals }: Crawl, said: CrawlSaid, parts?: number): CrawlMessage {
  return {
    source: factSourceKey(source),
    platform: source.type,
    namespace: namespaceOf(source),
    at: at.toISOString(),
    removals,
    sync: {
      id,
      scope: { include: [...scopeOf(source).include], exclude: [...scopeOf(source).exclude] },
      isComplete: parts !== undefined,
      ...(parts === undefined ? {} : { parts }),
    },
    ...said,
  };
}
