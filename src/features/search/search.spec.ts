import fc from 'fast-check';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../../test/support/database.js';
import { SYSTEM_ACTOR, type Actor } from '../../core/actor.js';
import { Access } from '../../platform/access/access.js';
import { parsePolicySet } from '../../platform/access/policy-document.js';
import { Database } from '../../platform/database/database.js';
import { encodeCursor } from '../../platform/graphql/page-arguments.js';
import type { AssetFilter } from '../assets/index.js';
import { PostgresSearchIndex } from './postgres-search-index.js';
import type { SearchHit, SearchResult } from './search-index.js';
import { parseQuery } from './search-text.js';

const ACTOR: Actor = { ...SYSTEM_ACTOR, id: idOf(999), kind: 'PERSON', handle: 'ann', policyVersion: 1 };
const said = { title: 't', why: 'w' };
const hidden = { attribute: 'tags', operator: 'hasAny', value: ['hidden'] };
const POLICIES = parsePolicySet([
  {
    ...said,
    id: 'all',
    effect: 'allow',
    actions: ['discover', 'read_column'],
    resources: { types: ['asset', 'column'] },
  },
  { ...said, id: 'no-assets', effect: 'deny', actions: ['discover'], resources: { types: ['asset'], where: hidden } },
  {
    ...said,
    id: 'no-columns',
    effect: 'deny',
    actions: ['read_column'],
    resources: { types: ['column'], where: hidden },
  },
]);

let testDatabase: TestDatabase;
let dataSource: DataSource;
let database: Database;
let index: PostgresSearchIndex;
let access: Access;

beforeAll(async () => {
  testDatabase = await openTestDatabase();
  dataSource = await new DataSource({ type: 'postgres', url: testDatabase.url, poolSize: 2 }).initialize();
  database = new Database(dataSource);
  access = new Access({ load: async () => POLICIES, now: () => new Date() });
  index = new PostgresSearchIndex(database);
});

afterAll(async () => {
  await dataSource.destroy();
  await testDatabase.close();
});

interface Given {
  readonly name: string;
  readonly kind?: string;
  readonly displayName?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly owners?: readonly string[];
  readonly lifecycle?: string;
  readonly platform?: string;
  readonly domain?: string;
  readonly sensitivity?: number;
  readonly isPlaceholder?: boolean;
  readonly columns?: Readonly<Record<string, { description?: string; tags?: readonly string[]; sensitivity?: number }>>;
}

function idOf(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

/** The first asset has id 1. */
async function given(...assets: readonly Given[]): Promise<void> {
  await database.query('TRUNCATE asset CASCADE');
  for (const [position, asset] of assets.entries()) {
    await database.query(
      `INSERT INTO asset (id, kind, namespace, name, display_name, description, tags, owners, lifecycle, platform, domain, sensitivity, is_placeholder)
       VALUES ($1, $2, 'ns', $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [
        idOf(position + 1),
        asset.kind ?? 'DATASET',
        asset.name,
        asset.displayName ?? null,
        asset.description ?? null,
        asset.tags ?? [],
        asset.owners ?? [],
        asset.lifecycle ?? 'ACTIVE',
        asset.platform ?? null,
        asset.domain ?? null,
        asset.sensitivity ?? null,
        asset.isPlaceholder ?? false,
      ],
    );
    for (const [path, column] of Object.entries(asset.columns ?? {})) {
      await database.query(
        'INSERT INTO asset_column (asset_id, path, ordinal, description, tags, sensitivity) VALUES ($1, $2, 1, $3, $4, $5)',
        [idOf(position + 1), path, column.description ?? null, column.tags ?? [], column.sensitivity ?? null],
      );
    }
  }
  await index.index(assets.map((_, position) => idOf(position + 1)));
}

async function search(
  query: string,
  options: { filter?: AssetFilter; first?: number; after?: string | null } = {},
): Promise<SearchResult> {
  const page = { first: options.first ?? 20, after: options.after ?? null };
  return index.search(await access.forActor(ACTOR), { query: parseQuery(query), filter: options.filter ?? {}, page });
}

function shown(hits: readonly SearchHit[]): string[] {
  return hits.map(({ asset, column, tier }) => `${tier} ${asset.name}${column ? `:${column.path}` : ''}`);
}

async function found(query: string, filter: AssetFilter = {}): Promise<string[]> {
  const { hits, totalCount } = await search(query, { filter });
  expect(totalCount).toBe(hits.length);
  return shown(hits);
}

describe('tiers', () => {
  const CATALOG: Given[] = [
    {
      name: 'shop.public.cust_order',
      description: 'One row per order',
      columns: { custOrderID: {}, amount: { description: 'Net value of the basket' } },
    },
    { name: 'shop.public.cust_order_item', columns: { id: {} } },
    { name: 'shop.archive.old_cust_order' },
    {
      name: 'shop.report.revenue',
      description: 'Money per customer and day',
      tags: ['finance'],
      owners: ['team-sales'],
    },
    { name: 'daily.load_revenue', kind: 'JOB' },
    { name: 'board', kind: 'DASHBOARD', displayName: 'Sales Overview' },
    { name: 'shop.public.unknown_cust_order', isPlaceholder: true },
  ];
  beforeEach(() => given(...CATALOG));

  it.each(['cust_order', 'custOrder', 'CUST-ORDER', 'cust order', 'Cust.Order'])(
    'puts the exact name first, spelled %s',
    async (query) => {
      expect((await found(query)).slice(0, 4)).toEqual(
        [
          'EXACT_NAME shop.public.cust_order',
          'NAME_PREFIX shop.public.cust_order_item',
          'NAME_PREFIX shop.public.cust_order:custOrderID',
          'NAME_WORDS shop.archive.old_cust_order',
        ].slice(0, query === 'custorder' ? 4 : 4),
      );
    },
  );

  it('finds whole names, endings of qualified names and display names', async () => {
    expect((await found('shop.public.cust_order'))[0]).toBe('EXACT_NAME shop.public.cust_order');
    expect(await found('public.cust_order')).toEqual(expect.arrayContaining(['QUALIFIED_NAME shop.public.cust_order']));
    expect((await found('cust_order.amount'))[0]).toBe('QUALIFIED_NAME shop.public.cust_order:amount');
    expect(await found('sales overview')).toEqual(['EXACT_NAME board']);
  });

  it('finds words in any order, word forms, descriptions, tags and owners', async () => {
    expect(await found('order old')).toEqual(['NAME_WORDS shop.archive.old_cust_order']);
    expect(await found('revenues')).toEqual(['NAME_WORDS shop.report.revenue', 'NAME_WORDS daily.load_revenue']);
    expect(await found('customers money')).toEqual(['TEXT shop.report.revenue']);
    expect(await found('finance')).toEqual(['TEXT shop.report.revenue']);
    expect(await found('team sales')).toEqual(['TEXT shop.report.revenue']);
  });

  it('finds columns by name and description, and not for the name of their table alone', async () => {
    expect(await found('amount')).toEqual(['EXACT_NAME shop.public.cust_order:amount']);
    expect(await found('basket')).toEqual(['TEXT shop.public.cust_order:amount']);
    expect(await found('cust_order_item')).toEqual(['EXACT_NAME shop.public.cust_order_item']);
    const [hit] = (await search('amount')).hits;
    expect(hit?.column).toMatchObject({ assetId: idOf(1), path: 'amount', description: 'Net value of the basket' });
  });

  it('finds a name without its separators', async () => {
    expect((await found('custorder'))[0]).toBe('EXACT_NAME shop.public.cust_order');
  });

  it('takes typing errors only when nothing better is there, the nearest first', async () => {
    expect(await found('revenu_dayly')).not.toEqual([]);
    expect((await found('revenoe'))[0]).toBe('SIMILAR shop.report.revenue');
    expect(await found('amoumt')).toEqual(['SIMILAR shop.public.cust_order:amount']);
    expect(await found('qqxxzz')).toEqual([]);
  });

  it('knows phrases and exclusions', async () => {
    expect(await found('"order row"')).toEqual([]);
    expect(await found('"per order"')).toEqual(['TEXT shop.public.cust_order']);
    expect(await found('cust order -old -item -id')).toEqual(['EXACT_NAME shop.public.cust_order']);
  });

  it('narrows by filter', async () => {
    expect(await found('revenue', { kinds: ['JOB'] })).toEqual(['NAME_WORDS daily.load_revenue']);
    expect(await found('revenue', { tags: ['finance'] })).toEqual(['EXACT_NAME shop.report.revenue']);
    expect(await found('revenue', { owners: ['nobody'] })).toEqual([]);
    expect(await found('revenue', { namespace: 'ns', kinds: ['DATASET'] })).toEqual(['EXACT_NAME shop.report.revenue']);
  });
});

describe('order and pages', () => {
  it('puts what is deprecated last in its tier', async () => {
    await given(
      { name: 'a.orders', lifecycle: 'DEPRECATED' },
      { name: 'b.orders' },
      { name: 'c.orders', lifecycle: 'RETIRED' },
      { name: 'orders_x' },
    );
    expect(await found('orders')).toEqual([
      'EXACT_NAME b.orders',
      'EXACT_NAME a.orders',
      'EXACT_NAME c.orders',
      'NAME_PREFIX orders_x',
    ]);
  });

  it('pages through everything once, with the exact total', async () => {
    const names = Array.from({ length: 23 }, (_, i) => ({ name: `s${i % 4}.orders_${i}`, columns: { orders: {} } }));
    await given(...names);
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page = await search('orders', { first: 5, after });
      expect(page.totalCount).toBe(46);
      seen.push(...shown(page.hits));
      after = page.hasNextPage ? page.endCursor : null;
    } while (after !== null);
    expect(seen).toEqual(shown((await search('orders', { first: 100 })).hits));
    expect(new Set(seen).size).toBe(46);
  });

  it('refuses a cursor of its own making', async () => {
    const cursors = [
      'x',
      encodeCursor([0, 0, 0, 0, 0, 'a', 'no uuid', '']),
      encodeCursor([0, 0, 0, '1e400', 0, 'a', idOf(1), '\0']),
    ];
    for (const after of cursors) {
      await expect(search('orders', { after })).rejects.toMatchObject({ code: 'INVALID', field: ['after'] });
    }
  });

  it('sends at most four statements, however many hits', async () => {
    await given(
      ...Array.from({ length: 40 }, (_, i) => ({ name: `customers_${i}`, columns: { customer: {}, other: {} } })),
    );
    for (const [query, first] of [
      ['customer', 2],
      ['customer', 100],
      ['cusotmers', 100],
    ] as const) {
      const before = database.statementCount;
      const { totalCount } = await search(query, { first });
      expect(totalCount).toBeGreaterThan(2);
      expect(database.statementCount - before).toBeLessThanOrEqual(4);
    }
  });
});

describe('policy', () => {
  beforeEach(() =>
    given(
      { name: 'pay.salary', tags: ['hidden'], description: 'zebra', columns: { salary: {}, zebra: {} } },
      {
        name: 'pay.people',
        columns: { salary_level: { tags: ['hidden'], description: 'zebra' }, name: { sensitivity: 3 } },
      },
    ),
  );

  it.each(['salary', 'salary_level', 'pay.salary', 'zebra', 'salery', 'zebar'])(
    'hides what is hidden from %s',
    async (query) => {
      expect(await search(query)).toEqual({ hits: [], totalCount: 0, hasNextPage: false, endCursor: null });
    },
  );

  it('hides it from suggestions and exclusions', async () => {
    expect(await index.suggest(await access.forActor(ACTOR), parseQuery('sal'), 10)).toEqual([]);
    expect(await found('people -zebra -salary')).toEqual(['EXACT_NAME pay.people']);
  });

  it('follows the live rows before the index does', async () => {
    await database.query(`UPDATE asset SET tags = '{}' WHERE id = $1`, [idOf(1)]);
    expect((await found('salary'))[0]).toBe('EXACT_NAME pay.salary');
    await database.query(`UPDATE asset SET tags = '{hidden}'`);
    expect(await found('salary')).toEqual([]);
    expect(await found('people')).toEqual([]);
  });

  it('measures a column by its own sensitivity', async () => {
    await database.query('UPDATE asset SET sensitivity = 1');
    expect(await found('name', { maxSensitivity: 'CONFIDENTIAL' })).toEqual([]);
    expect(await found('name', { maxSensitivity: 'RESTRICTED' })).toEqual(['EXACT_NAME pay.people:name']);
  });
});

describe('suggest', () => {
  it('gives names that start like the text, at most ten', async () => {
    await given(
      { name: 's.orders' },
      { name: 's.order' },
      { name: 's.old_orders' },
      ...Array.from({ length: 12 }, (_, i) => ({ name: `order_${i}` })),
    );
    const before = database.statementCount;
    const hits = await index.suggest(await access.forActor(ACTOR), parseQuery('Order'), 10);
    expect(database.statementCount - before).toBe(2);
    expect(shown(hits).slice(0, 2)).toEqual(['EXACT_NAME s.order', 'NAME_PREFIX s.orders']);
    expect(hits).toHaveLength(10);
  });
});

describe('the index', () => {
  it('replaces documents and drops those of columns and assets that are gone', async () => {
    await given({ name: 'a.orders', columns: { one: {}, two: {} } }, { name: 'b.items' });
    await database.query(`DELETE FROM asset_column WHERE path = 'one'`);
    await database.query(`UPDATE asset SET name = 'a.invoices' WHERE id = $1`, [idOf(1)]);
    await database.query('DELETE FROM asset WHERE id = $1', [idOf(2)]);
    await index.index([idOf(1), idOf(2), idOf(3)]);
    const rows = await database.query(
      'SELECT column_path AS path, folded_path AS name FROM search_document ORDER BY 1',
    );
    expect(rows).toEqual([
      { path: '', name: 'a invoices' },
      { path: 'two', name: 'a invoices two' },
    ]);
    await index.clear();
    expect(await found('invoices')).toEqual([]);
  });

  it('takes names and texts of any length and kind', async () => {
    const long = 'Xy9_'.repeat(2000);
    await given(
      {
        name: long,
        displayName: `'":*&|!<->\\`,
        description: `${'word '.repeat(100_000)}`,
        columns: { [long.slice(0, 2000)]: {} },
      },
      { name: '--- ' },
    );
    expect((await search('xy9xy')).totalCount).toBe(2);
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }), async (text) => {
        await given({
          name: text.replaceAll('\0', ''),
          description: text.replaceAll('\0', ''),
          tags: [text.replaceAll('\0', '')],
        });
      }),
      { numRuns: 40 },
    );
  });
});

describe('hostile queries', () => {
  it.each([
    `' OR 1=1 --`,
    `"'`,
    `a:*b`,
    `a & | !`,
    `<->`,
    `\\`,
    `'\\''`,
    `\0`,
    `%`,
    `$1`,
    `-"`,
    '\ud800',
    `a'b:*A`,
    '9'.repeat(512),
    'a1'.repeat(256),
  ])('answers %j without an error', async (query) => {
    await given({ name: 'plain' });
    expect((await search(query)).totalCount).toBe(0);
  });

  it('answers any text without an error', async () => {
    await given({ name: 'plain' });
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 200 }), async (query) => {
        await search(query);
        await index.suggest(await access.forActor(ACTOR), parseQuery(query), 10);
      }),
      { numRuns: 100 },
    );
  });
});
