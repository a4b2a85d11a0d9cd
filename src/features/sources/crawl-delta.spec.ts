import { describe, expect, it } from 'vitest';
import type { CrawledTable } from '../ingestion/index.js';
import { deltaOf as deltaIn, portionsOf } from './crawl-delta.js';
import type { CrawlChunk } from './crawlers/crawler.js';
import type { KnownTable } from './table.repository.js';

const table = (name: string, change: Partial<CrawledTable> = {}): CrawledTable => ({
  name,
  label: name,
  kind: 'TABLE',
  comment: null,
  columns: [],
  primaryKey: [],
  uniqueKeys: [],
  foreignKeys: [],
  indexes: [],
  ...change,
});
const chunk = (tables: readonly CrawledTable[], rowEstimate = 100): CrawlChunk => ({
  tables,
  unread: [],
  statistics: tables.map(({ name }) => ({ name, rowEstimate, sizeBytes: 8192 })),
  skipped: 0,
  warnings: [],
});
const deltaOf = (...[now, known]: [CrawlChunk, ReadonlyMap<string, KnownTable>]) =>
  deltaIn(now, known, 'postgres://db');
const remembered = (before: CrawlChunk) => {
  const { memory } = deltaOf(before, new Map());
  return new Map(memory.map((known) => [known.name, known]));
};

describe('deltaOf', () => {
  it('says everything of what is new', () => {
    const delta = deltaOf(chunk([table('a')]), new Map());
    expect(delta).toMatchObject({ tables: [{ name: 'a' }], unchanged: [], created: 1, changed: 0 });
    expect(delta.statistics).toHaveLength(1);
  });

  it('says only the names of what is as before', () => {
    const delta = deltaOf(chunk([table('a')], 105), remembered(chunk([table('a')])));
    expect(delta).toMatchObject({ tables: [], statistics: [], unchanged: ['a'], created: 0, changed: 0 });
  });

  it('says everything again in another namespace', () => {
    const delta = deltaIn(chunk([table('a')]), remembered(chunk([table('a')])), 'postgres://other');
    expect(delta).toMatchObject({ tables: [{ name: 'a' }], statistics: [{ name: 'a' }], unchanged: [], changed: 1 });
  });

  it('says figures again when they moved by more than a tenth, and compares with what was said', () => {
    const said = remembered(chunk([table('a')], 100));
    const first = deltaOf(chunk([table('a')], 108), said);
    expect(first.statistics).toEqual([]);
    const second = deltaOf(chunk([table('a')], 112), new Map(first.memory.map((known) => [known.name, known])));
    expect(second.statistics).toEqual([{ name: 'a', rowEstimate: 112, sizeBytes: 8192 }]);
    expect(second.unchanged).toEqual(['a']);
  });

  const view = table('v', { kind: 'VIEW', view: { sql: 'select 1', reads: [] } });

  it('takes back the SQL of what was a view', () => {
    expect(deltaOf(chunk([table('v')]), remembered(chunk([view]))).tables[0]?.view).toBeNull();
    expect(
      'view' in (deltaOf(chunk([table('v')]), remembered(chunk([table('v', { comment: 'x' })]))).tables[0] ?? {}),
    ).toBe(false);
  });

  it('says nothing about the SQL of a view that could not be read, and remembers that it is one', () => {
    const unread = table('v', { kind: 'VIEW' });
    const delta = deltaOf(chunk([unread]), remembered(chunk([view])));
    expect('view' in (delta.tables[0] ?? {})).toBe(false);
    expect(delta.memory[0]?.isView).toBe(true);
  });
});

describe('what is not read this time', () => {
  const unread = { ...chunk([]), unread: ['a', 'b'] };

  it('is there, and keeps what is known of it', () => {
    const known = remembered(chunk([table('a')]));
    expect(deltaOf(unread, known)).toMatchObject({ tables: [], unread: ['a', 'b'], created: 0, changed: 0 });
    expect(deltaOf(unread, known).memory).toEqual([known.get('a')]);
  });
});

describe('portionsOf', () => {
  it('keeps messages small, and gives one also for nothing', () => {
    const large = Array.from({ length: 5 }, (_, at) => table(`t${at}`, { comment: 'x'.repeat(900_000) }));
    expect(portionsOf(large).map((portion) => portion.length)).toEqual([2, 2, 1]);
    expect(portionsOf([table('huge', { comment: 'x'.repeat(3_000_000) })])).toHaveLength(1);
    expect(portionsOf([])).toEqual([[]]);
  });
});
