import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.js';
import { PASSWORD, SERVER_KINDS, type CrawledServer } from '../support/crawled-servers.js';
import { crawl, defineSource, PASSWORD_VARIABLE, sourceInput } from '../support/sources.js';

process.env[PASSWORD_VARIABLE] = PASSWORD;

const ASSET = `query($ref: String!) { asset(ref: $ref) {
  displayName description platform subtype presence sources { source state }
  ... on Dataset { columns { path dataType description ordinal } } } }`;
const LINEAGE = `query($ref: String!) { lineage(ref: $ref, direction: UPSTREAM) {
  nodes { distance asset { name } } edges { origins } } }`;
const COLUMN_LINEAGE = `query($ref: String!, $column: String!) {
  columnLineage(ref: $ref, column: $column, direction: UPSTREAM) { nodes { distance column asset { name } } edges { transformations } } }`;

interface AssetView {
  readonly displayName: string;
  readonly description: string | null;
  readonly presence: string;
  readonly sources: readonly { source: string; state: string }[];
  readonly columns: readonly { path: string; dataType: string; description: string | null }[];
}

interface Foreseen {
  readonly foreseen: { readonly changes: readonly { ref: string; change: string }[] } | null;
  readonly userErrors: readonly object[];
}

async function foresee(test: TestApp): Promise<Foreseen> {
  const { sourceRun } = await test.as('admin').graphql<{ sourceRun: Foreseen }>(
    `mutation { sourceRun(key: "shop", dryRun: true) {
       run { id } userErrors { message code field } foreseen { summary { created changed missing }
         changes { ref change fields { column attribute before after } } edgesAdded { from to job } edgesRemoved { from to job }
         isTruncated held { sourceKey knownCount goneCount } warnings { path message } } } }`,
  );
  return sourceRun;
}

describe.each(SERVER_KINDS)('a source of $name', (kind) => {
  describe.skipIf(!kind.isInstalled)('on a real server', () => {
    let server: CrawledServer;
    let test: TestApp;
    beforeAll(async () => {
      server = await kind.start();
      test = await startTestApp();
      await defineSource(test, sourceInput(server));
    }, 120_000);
    afterAll(async () => {
      await test.close();
      await server.stop();
    });

    const ref = (name: string): string =>
      `dataset:${encodeURIComponent(server.namespace)}/${encodeURIComponent(server.prefix + name)}`;
    const asset = async (name: string): Promise<AssetView | null> =>
      (await test.as('admin').graphql<{ asset: AssetView | null }>(ASSET, { ref: ref(name) })).asset;
    const presence = async (name: string): Promise<string | undefined> => (await asset(name))?.presence;
    const upstream = async (name: string): Promise<string[]> => {
      const { lineage } = await test
        .as('admin')
        .graphql<{ lineage: { nodes: { distance: number; asset: { name: string } }[] } }>(LINEAGE, { ref: ref(name) });
      return lineage.nodes.map((node) => `${node.distance} ${node.asset.name.slice(server.prefix.length)}`).sort();
    };

    it('brings tables, columns and comments into the catalog', async () => {
      const run = await crawl(test);
      expect(run).toMatchObject({
        state: 'COMPLETE',
        error: null,
        requestedBy: 'admin',
        counts: { created: 4, changed: 0, unchanged: 0, skipped: 1, warnings: 0, missing: 0, removed: 0 },
      });
      expect(run.log.nodes.at(-1)?.message).toBe(
        'Complete. 4 tables: 4 created, 0 changed, 0 unchanged; 1 skipped, 0 warnings.',
      );
      expect(await asset('sales.orders')).toMatchObject({
        displayName: 'orders',
        description: 'One line per order.',
        platform: server.crawler.type,
        subtype: 'TABLE',
        presence: 'PRESENT',
        sources: [{ source: `${server.crawler.type}:shop`, state: 'PRESENT' }],
      });
      const { columns = [] } = (await asset('sales.orders')) ?? {};
      expect(columns.map(({ path }) => path)).toEqual(['id', 'customer_id', 'placed_on', 'amount']);
      expect(columns[3]?.description).toBe('In euro, with tax.');
      expect(await asset('attic.old')).toBeNull();
    });

    it('reads lineage from the SQL of views, and of views on views', async () => {
      expect(await upstream('sales.big_orders')).toEqual(['0 sales.big_orders', '1 sales.customers', '1 sales.orders']);
      expect(await upstream('sales.buyers')).toEqual([
        '0 sales.buyers',
        '1 sales.big_orders',
        '2 sales.customers',
        '2 sales.orders',
      ]);
      const { columnLineage } = await test.as('admin').graphql<{
        columnLineage: { nodes: { distance: number; column: string; asset: { name: string } }[] };
      }>(COLUMN_LINEAGE, { ref: ref('sales.buyers'), column: 'who' });
      expect(
        columnLineage.nodes.map((n) => `${n.distance} ${n.asset.name.slice(server.prefix.length)}.${n.column}`),
      ).toEqual(expect.arrayContaining(['1 sales.big_orders.buyer', '2 sales.customers.email']));
    });

    it('says of unchanged tables only that they are there, and a rebuild ends in the same catalog', async () => {
      const before = await test.as('admin').dump();
      const run = await crawl(test);
      expect(run.counts).toMatchObject({ created: 0, changed: 0, unchanged: 4, missing: 0 });
      const [sent] = await test.database.query<{ payload: { tables: object[]; unchanged: string[] } }>(
        `SELECT payload FROM raw_event WHERE kind = 'CRAWL' AND payload->'sync'->>'id' = $1 ORDER BY id LIMIT 1`,
        [run.id],
      );
      expect(sent?.payload.tables).toEqual([]);
      expect(sent?.payload.unchanged).toHaveLength(4);
      const facts = (dump: string): unknown => (JSON.parse(dump) as { facts: unknown }).facts;
      const after = await test.as('admin').dump();
      expect(facts(after)).toEqual(facts(before));
      await test.as('admin').graphql('mutation { catalogRebuild { isScheduled } }');
      await rebuilt(test);
      expect(await test.as('admin').dump()).toBe(after);
    });

    it('foresees what a crawl would change, and changes nothing', async () => {
      await server.run('CREATE TABLE sales.visits (id integer)', 'DROP VIEW sales.buyers');
      const state = async (): Promise<unknown> => [
        await test.as('admin').dump(),
        await test.database.query('SELECT id FROM raw_event UNION ALL SELECT count(*) FROM source_run'),
        await test.database.query('SELECT name, hash, seen_in FROM source_table ORDER BY name'),
      ];
      const before = await state();
      const { foreseen } = await foresee(test);
      expect(foreseen).toMatchObject({
        summary: { created: 1, changed: 0, missing: 1 },
        changes: [
          { ref: ref('sales.buyers'), change: 'MISSING' },
          { ref: ref('sales.visits'), change: 'CREATED' },
        ],
        held: [],
        warnings: [],
      });
      expect(await state()).toEqual(before);
      await server.run(
        'DROP TABLE sales.visits',
        'CREATE VIEW sales.buyers (who) AS SELECT buyer FROM sales.big_orders',
      );
    });

    it('sends again what changed, and takes back the SQL of what is no view any more', async () => {
      await server.run(
        'ALTER TABLE sales.customers ADD COLUMN phone varchar(20)',
        'DROP VIEW sales.buyers',
        'CREATE TABLE sales.buyers (who varchar(200))',
      );
      const run = await crawl(test);
      // PostgreSQL lists the columns of what a view reads: the view on customers is described anew too.
      const changed = server.crawler.type === 'postgres' ? 3 : 2;
      expect(run.counts).toMatchObject({ created: 0, changed, unchanged: 4 - changed, missing: 0 });
      expect((await asset('sales.customers'))?.columns.map(({ path }) => path)).toContain('phone');
      expect(await upstream('sales.buyers')).toEqual(['0 sales.buyers']);
    });

    it('complaint 7: changing a filter deletes assets', async () => {
      await defineSource(test, sourceInput(server, { include: ['sales.o*'] }), 'sourceUpdate');
      expect((await crawl(test)).counts).toMatchObject({ unchanged: 1, missing: 0, skipped: 4 });
      const customers = await asset('sales.customers');
      expect(customers).toMatchObject({ presence: 'PRESENT', sources: [{ state: 'OUT_OF_SCOPE' }] });
      await defineSource(test, sourceInput(server), 'sourceUpdate');
      expect((await crawl(test)).counts).toMatchObject({ created: 3, unchanged: 1, missing: 0 });
      expect(await asset('sales.customers')).toMatchObject({ sources: [{ state: 'PRESENT' }] });
    });

    it('holds a run that would take much away, and applies it when asked to', async () => {
      await server.run('DROP VIEW sales.big_orders', 'DROP TABLE sales.orders', 'DROP TABLE sales.buyers');
      expect(await crawl(test)).toMatchObject({ state: 'HELD', counts: { unchanged: 1, missing: 3 } });
      expect(await presence('sales.orders')).toBe('PRESENT');
      expect(await crawl(test, 'shop', 'APPLY')).toMatchObject({ state: 'COMPLETE', counts: { missing: 3 } });
      expect(await presence('sales.orders')).toBe('MISSING');
    });

    it('never shows the password', async () => {
      await server.run(...breakLogin(server));
      const run = await crawl(test);
      expect(run).toMatchObject({ state: 'FAILED', error: expect.stringContaining('is not let in') });
      const { sourceTest } = await test.as('admin').graphql<{
        sourceTest: { result: object };
      }>('mutation { sourceTest(key: "shop") { result { isOk code message } } }');
      expect(sourceTest.result).toMatchObject({ isOk: false, code: 'LOGIN_REFUSED' });
      const { userErrors } = await foresee(test);
      expect(userErrors).toEqual([
        { message: expect.stringContaining('is not let in'), code: 'INVALID', field: ['key'] },
      ]);
      const answers = await test
        .as('admin')
        .graphql(
          '{ sources(first: 5) { nodes { key host user password { env file } runs(first: 10) { nodes { error log(first: 20) { nodes { message } } } } } } auditLog(first: 100) { nodes { detail } } }',
        );
      const everything = [
        JSON.stringify(answers),
        ...test.logLines,
        await test.as('admin').dump(),
        ...(await rows(test)),
      ];
      const forms = [PASSWORD, JSON.stringify(PASSWORD).slice(1, -1), encodeURIComponent(PASSWORD)];
      expect(everything.filter((text) => forms.some((form) => text.includes(form)))).toEqual([]);
      expect(everything.some((text) => text.includes(PASSWORD_VARIABLE))).toBe(true);
    });
  });
});

/** The user keeps its name and gets another password. */
function breakLogin({ target, crawler }: CrawledServer): string[] {
  return crawler.type === 'postgres'
    ? [`ALTER ROLE ${target.user} PASSWORD 'another'`]
    : [`ALTER USER ${target.user}@'%' IDENTIFIED BY 'another'`];
}

/** Every row of the service's own database, as text. */
async function rows(test: TestApp): Promise<string[]> {
  const tables = await test.database.query<{ name: string }>(
    `SELECT quote_ident(table_name) AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const lines = await test.database.query<{ line: string }>(`SELECT t::text AS line FROM ${name} t`);
    found.push(...lines.map(({ line }) => line));
  }
  return found;
}

async function rebuilt(test: TestApp): Promise<void> {
  for (;;) {
    const { operations } = await test
      .as('admin')
      .graphql<{ operations: { isRebuilding: boolean } }>('{ operations { isRebuilding } }');
    if (!operations.isRebuilding) return test.settle();
  }
}
