import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CrawlChunk, CrawlTarget } from '../../src/features/sources/crawlers/crawler.js';
import type { CrawledTable } from '../../src/features/ingestion/index.js';
import { SERVER_KINDS, type CrawledServer } from '../support/crawled-servers.js';

const NEVER = new AbortController().signal;

describe.each(SERVER_KINDS)('a crawler of $name', (kind) => {
  describe.skipIf(!kind.isInstalled)('on a real server', () => {
    let server: CrawledServer;
    beforeAll(async () => {
      server = await kind.start();
    }, 120_000);
    afterAll(() => server.stop());

    const crawl = async (filter = (name: string) => name.startsWith('sales.')): Promise<CrawlChunk> => {
      const whole = { tables: [], unread: [], statistics: [], skipped: 0, warnings: [] };
      const chunks: CrawlChunk[] = [];
      for await (const chunk of server.crawler.crawl(server.target, filter, NEVER)) chunks.push(chunk);
      return chunks.reduce<CrawlChunk>(
        (all, chunk) => ({
          tables: [...all.tables, ...chunk.tables],
          unread: [...all.unread, ...chunk.unread],
          statistics: [...all.statistics, ...chunk.statistics],
          skipped: all.skipped + chunk.skipped,
          warnings: [...all.warnings, ...chunk.warnings],
        }),
        whole,
      );
    };
    const table = async (name: string): Promise<CrawledTable> => {
      const found = (await crawl()).tables.find((one) => one.name === `${server.prefix}${name}`);
      if (!found) throw new Error(`${name} was not crawled.`);
      return found;
    };

    it('lists tables and views within the filter, in name order, and counts the others', async () => {
      const { tables, skipped, warnings } = await crawl();
      expect(tables.map(({ name, kind: what }) => [name.slice(server.prefix.length), what])).toEqual([
        ['sales.big_orders', 'VIEW'],
        ['sales.buyers', 'VIEW'],
        ['sales.customers', 'TABLE'],
        ['sales.orders', 'TABLE'],
      ]);
      expect(skipped).toBe(1);
      expect(warnings).toEqual([]);
    });

    it('reads columns with type, nullability, default, comment and place', async () => {
      const { columns, comment, label } = await table('sales.orders');
      expect(comment).toBe('One line per order.');
      expect(label).toBe('orders');
      expect(columns.map(({ name, isNullable, ordinal }) => [ordinal, name, isNullable])).toEqual([
        [1, 'id', false],
        [2, 'customer_id', false],
        [3, 'placed_on', true],
        [4, 'amount', false],
      ]);
      expect(columns[3]).toMatchObject({ comment: 'In euro, with tax.', default: expect.stringMatching(/^0/) });
      expect(columns[3]?.type).toMatch(/^(numeric|decimal)\(10,2\)$/);
      expect(columns[2]).toMatchObject({ comment: null, default: null });
    });

    it('reads keys and indexes', async () => {
      const orders = await table('sales.orders');
      expect(orders.primaryKey).toEqual(['id']);
      expect(orders.foreignKeys).toEqual([
        {
          name: 'orders_customer',
          columns: ['customer_id'],
          references: { table: `${server.prefix}sales.customers`, columns: ['id'] },
        },
      ]);
      expect(orders.indexes).toContainEqual({
        name: 'orders_by_day',
        columns: ['placed_on', 'customer_id'],
        isUnique: false,
        method: 'btree',
        isPartial: false,
        hasExpressions: false,
      });
      expect((await table('sales.customers')).uniqueKeys).toEqual([{ name: 'customers_email', columns: ['email'] }]);
    });

    it('reads how many rows a table has about, and how large it is', async () => {
      const { statistics } = await crawl();
      const customers = statistics.find(({ name }) => name === `${server.prefix}sales.customers`);
      expect(customers?.rowEstimate).toBe(40);
      expect(customers?.sizeBytes).toBeGreaterThanOrEqual(8192);
      expect(statistics.some(({ name }) => name.endsWith('big_orders'))).toBe(false);
    });

    it('reads the SQL of views, and of nothing else', async () => {
      expect((await table('sales.big_orders')).view?.sql).toMatch(/sales\W+orders/);
      expect('view' in (await table('sales.orders'))).toBe(false);
    });

    it('says what it can see without reading it', async () => {
      const filter = (name: string) => name.startsWith('sales.');
      expect(await server.crawler.test(server.target, filter, NEVER)).toEqual({
        version: expect.stringMatching(/\d+\.\d+/),
        tables: 4,
        skipped: 1,
      });
    });

    const failure = async (change: Partial<CrawlTarget>): Promise<unknown> =>
      server.crawler.test({ ...server.target, ...change }, () => true, NEVER).catch((error: unknown) => error);

    it.each<[string, Partial<CrawlTarget>, string, RegExp]>([
      [
        'a wrong password',
        { password: 'wrong-Pa55word' },
        'LOGIN_REFUSED',
        /is not let in: .*(authentication failed|denied)/,
      ],
      ['no password', { password: null }, 'LOGIN_REFUSED', /none is configured/],
      ['an unknown user', { user: 'nobody_here' }, 'LOGIN_REFUSED', /'nobody_here' is not let in/],
      ['an unknown host', { host: 'no-such-host.invalid' }, 'HOST_UNKNOWN', /knows the host 'no-such-host.invalid'/],
      ['a port where nothing is', { port: 1 }, 'UNREACHABLE', /Nothing answers at \S+:1: .*ECONNREFUSED/],
      ['an unknown database', { database: 'no_such_db' }, 'DATABASE_UNKNOWN', /no database 'no_such_db': .*no_such_db/],
      ['a server without TLS', { ssl: 'require' }, 'TLS', /ssl 'require'/],
    ])('tells %s from the others', async (_, change, code, message) => {
      expect(await failure(change)).toMatchObject({
        name: 'CrawlFailure',
        code,
        message: expect.stringMatching(message),
      });
    });

    it('tells a missing right from the others', async () => {
      expect(await failure(server.closed)).toMatchObject({
        code: 'PERMISSION_DENIED',
        message: expect.stringMatching(/has no right to read the database '\w+': .*denied/),
      });
    });

    it('never tells the password', async () => {
      const password = 'wrong "%20 é';
      const error = await failure({ user: password, database: password, password });
      expect(String(error)).not.toContain(password);
      expect(String(error)).toContain('[secret]');
    });

    it('ends at once when it is told to', async () => {
      const stop = new AbortController();
      const chunks = server.crawler.crawl(server.target, () => true, stop.signal)[Symbol.asyncIterator]();
      await chunks.next();
      stop.abort(new Error('enough'));
      await expect(chunks.next().then(() => chunks.next())).rejects.toThrow('enough');
    });
  });
});
