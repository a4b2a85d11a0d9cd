import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SearchCondition } from '../../src/features/search/search-fields.js';
import type { IndexHit, SearchRequest, SearchResult } from '../../src/features/search/search-index.js';
import { parseQuery, termsOf } from '../../src/features/search/search-text.js';
import { encodeCursor } from '../../src/platform/graphql/page-arguments.js';
import { assetDocuments, assetIdOf, type GivenAsset } from '../support/search-documents.js';
import {
  countsOf,
  is,
  not,
  requestOf,
  SearchedCatalog,
  type SearchIndexUnderTest,
} from '../support/searched-catalog.js';

/** What every search engine must do, policy apart. `make` is asked once. */
export function describeSearchIndex(name: string, make: () => Promise<SearchIndexUnderTest>): void {
  describe(`${name} as a search index`, () => {
    let tested: SearchIndexUnderTest;
    let catalog: SearchedCatalog;
    beforeAll(async () => {
      tested = await make();
      catalog = new SearchedCatalog(tested);
    });
    afterAll(() => tested?.close());
    describe('tiers', () => {
      beforeEach(() => catalog.fill(...SHOP));

      it.each(['cust_order', 'custOrder', 'CUST-ORDER', 'cust order', 'Cust.Order'])(
        'puts the exact name first, spelled %s',
        async (query) => {
          expect((await catalog.found(query)).slice(0, 4)).toEqual([
            'EXACT_NAME shop.public.cust_order',
            'NAME_PREFIX shop.public.cust_order_item',
            'NAME_WORDS shop.archive.old_cust_order',
            'COLUMN_NAME shop.public.cust_order:custOrderID',
          ]);
        },
      );

      it('finds a name without its separators', async () => {
        expect(await catalog.found('custorder')).toEqual([
          'EXACT_NAME shop.public.cust_order',
          'NAME_PREFIX shop.public.cust_order_item',
          'COLUMN_NAME shop.public.cust_order:custOrderID',
        ]);
      });

      it('finds whole names, endings of qualified names and display names', async () => {
        expect((await catalog.found('shop.public.cust_order'))[0]).toBe('EXACT_NAME shop.public.cust_order');
        expect((await catalog.found('public.cust_order'))[0]).toBe('QUALIFIED_NAME shop.public.cust_order');
        expect((await catalog.found('cust_order.amount'))[0]).toBe('QUALIFIED_NAME shop.public.cust_order:amount');
        expect((await catalog.found('shop.public.cust_order.amount'))[0]).toBe(
          'EXACT_NAME shop.public.cust_order:amount',
        );
        expect(await catalog.found('sales overview')).toEqual(['EXACT_NAME board']);
      });

      it('finds words in any order, word forms, descriptions, tags and owners', async () => {
        expect(await catalog.found('order old')).toEqual(['NAME_WORDS shop.archive.old_cust_order']);
        expect(await catalog.found('revenues')).toEqual([
          'NAME_WORDS shop.report.revenue',
          'NAME_WORDS daily.load_revenue',
        ]);
        expect(await catalog.found('customers money')).toEqual(['TEXT shop.report.revenue']);
        expect(await catalog.found('finance')).toEqual(['TEXT shop.report.revenue']);
        expect(await catalog.found('team sales')).toEqual(['TEXT shop.report.revenue']);
      });

      it('finds columns by name and description, and not for the name of their table alone', async () => {
        expect(await catalog.found('amount')).toEqual(['COLUMN_NAME shop.public.cust_order:amount']);
        expect(await catalog.found('basket')).toEqual(['TEXT shop.public.cust_order:amount']);
        expect(await catalog.found('cust_order_item')).toEqual(['EXACT_NAME shop.public.cust_order_item']);
      });

      it('does without the words that say nothing', async () => {
        expect(await catalog.found('what is the money per customer')).toEqual(['TEXT shop.report.revenue']);
      });

      it('knows phrases and exclusions', async () => {
        expect(await catalog.found('"order row"')).toEqual([]);
        expect(await catalog.found('"per order"')).toEqual(['TEXT shop.public.cust_order']);
        expect(await catalog.found('cust order -old -item -id')).toEqual(['EXACT_NAME shop.public.cust_order']);
        expect(await catalog.found('cust order -"old cust"')).not.toContain('NAME_WORDS shop.archive.old_cust_order');
      });

      it('takes synonyms for the word itself', async () => {
        const [client] = termsOf('client', false);
        const query = parseQuery('client money');
        const wanted = query.wanted.map((term) =>
          term.words[0] === client?.words[0] ? { ...term, also: [['customer']] } : term,
        );
        expect(await catalog.found({ ...query, wanted })).toEqual(['TEXT shop.report.revenue']);
        const [gmv] = parseQuery('gmv').wanted;
        expect(
          await catalog.found({ ...query, wanted: gmv ? [{ ...gmv, also: [['sales', 'overview']] }] : [] }),
        ).toEqual(['NAME_WORDS board']);
      });

      it('leaves words out only when no document has all', async () => {
        expect((await catalog.found('revenue order basket'))[0]).toBe('SOME_WORDS shop.public.cust_order:amount');
        expect(await catalog.found('revenue zzzyyy')).toEqual([
          'SOME_WORDS shop.report.revenue',
          'SOME_WORDS daily.load_revenue',
        ]);
      });

      it('takes typing errors only when nothing better is there, and says what it took', async () => {
        const { hits, didYouMean } = await catalog.ask('revenoe');
        expect(catalog.shown(hits)[0]).toBe('SIMILAR shop.report.revenue');
        expect(didYouMean).toBe('revenue');
        expect((await catalog.ask('amoumt')).didYouMean).toBe('amount');
        expect((await catalog.ask('revenue')).didYouMean).toBeNull();
        expect(await catalog.ask('qqxxzz')).toMatchObject({ hits: [], totalCount: 0, didYouMean: null });
        expect(await catalog.found('olx')).toEqual([]);
      });
    });

    describe('conditions', () => {
      beforeEach(() =>
        catalog.fill(
          { name: 'a.revenue', tags: ['Finance'], owners: ['ann'], domain: 'sales/emea', platform: 'postgres' },
          {
            name: 'b.revenue',
            kind: 'JOB',
            domain: 'sales',
            certification: 'GOLD',
            certifiedUntil: '2026-05-31T00:00:00Z',
          },
          { name: 'c.revenue', domain: 'salesforce', certification: 'SILVER', presence: 'REMOVED' },
          { name: 'd.other', columns: { revenue: { tags: ['pii'], sensitivity: 3 } }, owners: ['bob'], sensitivity: 1 },
        ),
      );

      const CASES: readonly [string, SearchCondition[], string[]][] = [
        ['kind', [is('kind', 'JOB')], ['b.revenue']],
        ['kind COLUMN', [is('kind', 'COLUMN')], ['d.other:revenue']],
        ['tag, whatever its case', [is('tag', 'finance')], ['a.revenue']],
        ['one of several owners', [is('owner', 'ann', 'bob')], ['a.revenue', 'd.other:revenue']],
        ['domain and what lies under it', [is('domain', 'sales')], ['a.revenue', 'b.revenue']],
        ['certification that has not expired', [is('certification', 'GOLD', 'SILVER')], ['c.revenue']],
        ['none of the values', [not('presence', 'REMOVED'), not('kind', 'COLUMN')], ['a.revenue', 'b.revenue']],
        ['the sensitivity of the column', [is('sensitivity', 'RESTRICTED')], ['d.other:revenue']],
        ['all of them', [is('domain', 'sales'), is('kind', 'DATASET')], ['a.revenue']],
        ['nothing', [is('tag')], []],
      ];
      it.each(CASES)('narrow by %s', async (_, conditions, expected) => {
        const names = (await catalog.found('revenue', { conditions })).map((text) => text.split(' ')[1]);
        expect(names.toSorted()).toEqual(expected);
      });

      it('are enough without words; columns and people only when asked for', async () => {
        expect((await catalog.found('', { conditions: [is('domain', 'sales')] })).toSorted()).toEqual([
          'TEXT a.revenue',
          'TEXT b.revenue',
        ]);
        expect((await catalog.found('')).length).toBe(4);
        expect(await catalog.found('', { conditions: [is('kind', 'COLUMN')] })).toEqual(['TEXT d.other:revenue']);
        expect(await catalog.found('-revenue')).toEqual(['TEXT d.other']);
      });

      it('count in facets, exactly, after conditions', async () => {
        const { facets } = await catalog.ask('revenue', {
          facets: ['kind', 'domain', 'certification', 'owner', 'tag'],
          first: 1,
        });
        expect(countsOf(facets)).toEqual({
          kind: { DATASET: 2, JOB: 1, COLUMN: 1 },
          domain: { sales: 1, 'sales/emea': 1, salesforce: 1, '': 1 },
          certification: { SILVER: 1, '': 3 },
          owner: { ann: 1, bob: 1, '': 2 },
          tag: { Finance: 1, pii: 1, '': 2 },
        });
        const narrowed = await catalog.ask('revenue', { facets: ['kind'], conditions: [is('domain', 'sales')] });
        expect(countsOf(narrowed.facets)).toEqual({ kind: { DATASET: 1, JOB: 1 } });
      });
    });

    describe('order and pages', () => {
      it('orders a tier by usage, certification and ownership, what is deprecated last', async () => {
        await catalog.fill(
          { name: 'a.orders', lifecycle: 'DEPRECATED', usage: 1000 },
          { name: 'b.orders' },
          { name: 'c.orders', owners: ['ann'] },
          { name: 'd.orders', certification: 'GOLD' },
          { name: 'e.orders', usage: 500 },
          { name: 'orders_x', usage: 100_000, certification: 'GOLD' },
        );
        const result = await catalog.ask('orders');
        expect(catalog.shown(result.hits)).toEqual([
          'EXACT_NAME e.orders',
          'EXACT_NAME d.orders',
          'EXACT_NAME c.orders',
          'EXACT_NAME b.orders',
          'EXACT_NAME a.orders',
          'NAME_PREFIX orders_x',
        ]);
        expect(result.hits[1]?.score).toContainEqual({ name: 'CERTIFICATION', points: 60 });
      });

      it('sorts by name, change and usage', async () => {
        await catalog.fill(
          { name: 'a.orders', usage: 1, updatedAt: new Date('2026-03-01T00:00:00Z') },
          { name: 'b.my_orders', usage: 3, updatedAt: new Date('2026-02-01T00:00:00Z') },
          { name: 'c.all_orders', usage: 2, updatedAt: new Date('2026-04-01T00:00:00Z') },
        );
        const order = async (sort: SearchRequest['sort']): Promise<(string | undefined)[]> =>
          (await catalog.found('orders', { sort })).map((text) => text.split(' ')[1]);
        expect(await order('NAME')).toEqual(['c.all_orders', 'b.my_orders', 'a.orders']);
        expect(await order('UPDATED')).toEqual(['c.all_orders', 'a.orders', 'b.my_orders']);
        expect(await order('USAGE')).toEqual(['b.my_orders', 'c.all_orders', 'a.orders']);
      });

      it.each(['RELEVANCE', 'NAME', 'UPDATED', 'USAGE'] as const)(
        'pages through everything once, with the exact total, by %s',
        async (sort) => {
          await catalog.fill(
            ...Array.from({ length: 23 }, (_, i) => ({
              name: `s${i % 4}.orders_${i % 9}`,
              usage: i % 3,
              columns: { orders: {} },
            })),
          );
          const seen: IndexHit[] = [];
          let after: string | null = null;
          do {
            const page: SearchResult = await catalog.ask('orders', { first: 5, after, sort });
            expect(page.totalCount).toBe(46);
            seen.push(...page.hits);
            after = page.hasNextPage ? (page.hits.at(-1)?.cursor ?? null) : null;
          } while (after !== null);
          const identity = ({ assetId, columnPath }: IndexHit): string => `${assetId}:${columnPath}`;
          expect(seen.map(identity)).toEqual((await catalog.ask('orders', { first: 100, sort })).hits.map(identity));
          expect(new Set(seen.map(identity)).size).toBe(46);
        },
      );

      it('finds nothing behind the last tier', async () => {
        await catalog.fill({ name: 'orders' });
        const { hits, totalCount } = await catalog.ask('orders', { after: encodeCursor([99, 0, 'a', 1]) });
        expect({ hits, totalCount }).toEqual({ hits: [], totalCount: 1 });
      });

      it('refuses a cursor of its own making', async () => {
        await catalog.fill({ name: 'orders' });
        for (const after of ['x', encodeCursor([0, 0, 'a', 'no uuid']), encodeCursor([0, '1e400', 0, '\0'])]) {
          await expect(catalog.ask('orders', { after })).rejects.toMatchObject({ code: 'INVALID', field: ['after'] });
        }
      });
    });

    describe('suggest', () => {
      it('gives names that start like the text, at most as many as asked for', async () => {
        await catalog.fill(
          { name: 's.orders' },
          { name: 's.order' },
          { name: 's.old_orders' },
          { name: 't', columns: { order_no: {} } },
          ...Array.from({ length: 12 }, (_, i) => ({ name: `order_${i}`, usage: i })),
        );
        const suggest = async (text: string, limit: number): Promise<string[]> =>
          catalog.shown(await tested.index.suggest({ ...(await requestOf(text)), limit }));
        expect((await suggest('Order', 10)).slice(0, 2)).toEqual(['EXACT_NAME s.order', 'NAME_PREFIX order_11']);
        expect(await suggest('Order', 10)).toHaveLength(10);
        expect((await suggest('order', 100)).at(-1)).toBe('COLUMN_NAME t:order_no');
        expect(await suggest('   ', 10)).toEqual([]);
      });
    });

    describe('documents', () => {
      it('are replaced by group', async () => {
        await catalog.fill({ name: 'a.orders', columns: { one: {}, two: {} } }, { name: 'b.items' });
        const changed = assetDocuments({ name: 'a.invoices', columns: { two: {} } }, 1);
        await tested.index.put(changed, [assetIdOf(1), assetIdOf(2), assetIdOf(3)]);
        expect(await catalog.found('orders')).toEqual([]);
        expect(await catalog.found('items')).toEqual([]);
        expect(await catalog.found('one')).toEqual([]);
        expect(await catalog.found('invoices')).toEqual(['EXACT_NAME a.orders']);
        expect((await tested.index.size()).documents).toBe(2);
      });

      it('are searched all the while an index is built anew', async () => {
        await catalog.fill({ name: 'a.orders' }, { name: 'b.orders' }, { name: 'c.orders' });
        await tested.index.beginRebuild();
        expect(await catalog.found('orders')).toHaveLength(3);
        await tested.index.putRebuilt(assetDocuments({ name: 'a.orders' }, 1), [assetIdOf(1)]);
        expect(await catalog.found('orders')).toHaveLength(3);
        await tested.index.put(assetDocuments({ name: 'd.orders' }, 4), [assetIdOf(4)]);
        expect((await catalog.ask('orders')).totalCount).toBe(4);
        await tested.index.beginRebuild();
        await tested.index.endRebuild();
        expect((await catalog.ask('orders')).hits.map(({ assetId }) => assetId).toSorted()).toEqual([
          assetIdOf(1),
          assetIdOf(4),
        ]);
      });

      it('take names and texts of any length and kind', async () => {
        const long = 'Xy9_'.repeat(2000);
        await catalog.fill(
          {
            name: long,
            displayName: `'":*&|!<->\\`,
            description: 'word '.repeat(100_000),
            columns: { [long.slice(0, 2000)]: {} },
          },
          { name: '--- ' },
        );
        expect((await catalog.ask('xy9xy')).totalCount).toBe(2);
        await fc.assert(
          fc.asyncProperty(fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }), async (binary) => {
            const text = binary.replace(/[\0\p{Surrogate}]/gu, '');
            await catalog.fill({ name: text, description: text, tags: [text], owners: [text] });
          }),
          { numRuns: 30 },
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
        'مرحبا بالعالم',
        '🦆🦆',
        '(a+)+$',
      ])('answers %j without an error', async (query) => {
        await catalog.fill({ name: 'plain' });
        const hits = parseQuery(query).wanted.length > 0 ? (await catalog.ask(query)).totalCount : 0;
        expect(hits).toBe(0);
      });

      it('answers any text without an error', async () => {
        await catalog.fill({ name: 'plain' });
        await fc.assert(
          fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 200 }), async (query) => {
            await catalog.ask(query);
            await tested.index.suggest({ ...(await requestOf(query)), limit: 10 });
          }),
          { numRuns: 60 },
        );
      });
    });
  });
}

const SHOP: readonly GivenAsset[] = [
  {
    name: 'shop.public.cust_order',
    description: 'One row per order',
    columns: { custOrderID: {}, amount: { description: 'Net value of the basket' } },
  },
  { name: 'shop.public.cust_order_item', columns: { id: {} } },
  { name: 'shop.archive.old_cust_order' },
  { name: 'shop.report.revenue', description: 'Money per customer and day', tags: ['finance'], owners: ['team-sales'] },
  { name: 'daily.load_revenue', kind: 'JOB' },
  { name: 'board', kind: 'DASHBOARD', displayName: 'Sales Overview' },
];
