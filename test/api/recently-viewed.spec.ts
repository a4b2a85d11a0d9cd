import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UsageService } from '../../src/features/usage/usage.service.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { applyPolicies, HIDDEN_BY_TAG } from '../support/policies.js';

const ref = (name: string): string => `dataset:db/${name}`;
const declared = (name: string, facets: object = {}): object => ({
  eventTime: '2026-05-01T10:00:00Z',
  dataset: { namespace: 'db', name, facets: { schema: { fields: [{ name: 'id', type: 'int' }] }, ...facets } },
});

interface Recent {
  readonly totalCount: number;
  readonly nodes: readonly { asset: { name: string }; viewedAt: string }[];
  readonly pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

let test: TestApp;
beforeAll(async () => {
  test = await startTestApp({ accounts: ['ann', 'ben', 'cleo', 'dora', 'emil'].map((handle) => ({ handle })) });
  const admin = test.as('admin');
  const names = ['orders', 'items', 'shops', 'pay', 'sales_one', 'sales_two', 'sales_three'];
  await admin
    .post(
      '/api/v1/lineage/batch',
      names.map((name) => declared(name)),
    )
    .expect(200);
  await applyPolicies(test, HIDDEN_BY_TAG);
  await test.settle();
});
afterAll(() => test.close());

const open = async (handle: string, ...names: string[]): Promise<void> => {
  for (const name of names)
    await test.as(handle).graphql('query($r: String!) { asset(ref: $r) { id } }', { r: ref(name) });
};
const recent = async (handle: string, page: object = {}): Promise<Recent> =>
  (
    await test.as(handle).graphql<{ recentlyViewed: Recent }>(
      `query($first: Int, $after: String) { recentlyViewed(first: $first, after: $after) {
        totalCount nodes { asset { name } viewedAt } pageInfo { hasNextPage endCursor } } }`,
      page,
    )
  ).recentlyViewed;
const names = ({ nodes }: Recent): string[] => nodes.map(({ asset }) => asset.name);
const setHidden = async (name: string, change: 'add' | 'remove'): Promise<void> => {
  await test
    .as('admin')
    .graphql(
      `mutation($r: String!) { assetTag(ref: $r, ${change}: ["hidden"]) { asset { id } userErrors { message } } }`,
      {
        r: ref(name),
      },
    );
};
const count = (): Promise<void> =>
  test.database.transaction(() => test.app.get(UsageService, { strict: false }).count());

describe('recentlyViewed', () => {
  it('lists distinct assets whose page was opened, newest first, page by page, and only to who opened them', async () => {
    await open('ann', 'orders', 'items', 'orders', 'shops');
    const all = await recent('ann');
    expect(names(all)).toEqual(['shops', 'orders', 'items']);
    expect(all.totalCount).toBe(3);
    const first = await recent('ann', { first: 2 });
    expect([names(first), first.pageInfo.hasNextPage]).toEqual([['shops', 'orders'], true]);
    expect(names(await recent('ann', { first: 2, after: first.pageInfo.endCursor }))).toEqual(['items']);
    expect(await recent('ben')).toMatchObject({ totalCount: 0, nodes: [] });
  });

  it('takes no list, no search and no lineage for an opening', async () => {
    await test.as('ben').graphql(
      `query($r: String!) { assets { nodes { name } } search(query: "orders") { nodes { cursor } }
        lineage(ref: $r, direction: UPSTREAM) { truncated } }`,
      { r: ref('orders') },
    );
    expect((await recent('ben')).nodes).toEqual([]);
  });

  it('loses what becomes hidden, in list and count, and shows it again with the right to see it', async () => {
    await open('cleo', 'orders', 'pay');
    await setHidden('pay', 'add');
    expect(await recent('cleo')).toMatchObject({ totalCount: 1, nodes: [{ asset: { name: 'orders' } }] });
    await open('cleo', 'pay');
    await setHidden('pay', 'remove');
    expect(names(await recent('cleo'))).toEqual(['pay', 'orders']);
  });

  it('costs the page that is opened no statement', async () => {
    const statements = await test.statementsOf(() => open('dora', 'orders'));
    // Sign-in, the policy set in force and the asset.
    expect(statements).toBeLessThanOrEqual(3);
    const listed = (first: number): Promise<number> => test.statementsOf(() => recent('ann', { first }));
    expect(await listed(1)).toBe(await listed(3));
  });

  it('keeps 500 of each person, for 180 days', async () => {
    const [account] = await test.database.query<{ id: string }>(`SELECT id FROM account WHERE handle = 'emil'`);
    await test.database.query(
      `WITH made AS (
         INSERT INTO asset (id, kind, namespace, name, is_placeholder)
         SELECT gen_random_uuid(), 'DATASET', 'many', 't' || n, false FROM generate_series(1, 600) n RETURNING id, name)
       INSERT INTO asset_view SELECT $1::uuid, id, now() - make_interval(hours => substr(name, 2)::int) FROM made`,
      [account?.id],
    );
    await count();
    expect((await recent('emil', { first: 1 })).totalCount).toBe(500);
    await test.database.query(
      `UPDATE asset_view SET viewed_at = now() - interval '181 days' FROM asset a WHERE a.id = asset_id AND length(a.name) < 4 AND a.name LIKE 't%'`,
    );
    await count();
    const { totalCount, nodes } = await recent('emil', { first: 1 });
    expect([totalCount, nodes[0]?.asset.name]).toEqual([401, 't100']);
  });

  it('refuses a cursor that was made up', async () => {
    const after = Buffer.from(JSON.stringify(['yesterday', 'x'])).toString('base64url');
    const { body } = await test.as('ann').graphqlRaw(`{ recentlyViewed(after: "${after}") { totalCount } }`);
    expect(body.errors[0].extensions.code).toBe('INVALID');
  });

  it('goes with the person', async () => {
    const admin = test.as('admin');
    await admin.graphql(
      `mutation { accountCreate(input: { kind: PERSON, handle: "fred", name: "Fred" }) { userErrors { message } } }`,
    );
    const { tokenCreate } = await admin.graphql<{ tokenCreate: { secret: string } }>(
      'mutation { tokenCreate(input: { account: "fred", name: "x" }) { secret } }',
    );
    const ask = (query: string): Promise<unknown> =>
      fetch(`${test.url}/graphql`, {
        method: 'POST',
        headers: { authorization: `Bearer ${tokenCreate.secret}`, 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
      });
    await ask(`{ asset(ref: "${ref('orders')}") { id } }`);
    await ask('{ recentlyViewed { totalCount } }');
    await ask('mutation { savedSearchCreate(input: { name: "mine", query: "orders" }) { userErrors { message } } }');
    const kept = (): Promise<object[]> =>
      test.database.query(
        `SELECT (SELECT count(*)::int FROM asset_view v WHERE v.account_id = p.id) AS views,
                (SELECT count(*)::int FROM saved_search s WHERE s.account_id = p.id) AS searches
         FROM account p WHERE p.handle = 'fred'`,
      );
    expect(await kept()).toEqual([{ views: 1, searches: 1 }]);
    await admin.graphql(
      'mutation { accountUpdate(handle: "fred", input: { disabled: true }) { userErrors { message } } }',
    );
    const erased = await admin.graphql(
      'mutation { auditErase(account: "fred", reason: "asked for") { userErrors { message } } }',
    );
    expect(erased).toEqual({ auditErase: { userErrors: [] } });
    expect(await kept()).toEqual([{ views: 0, searches: 0 }]);
  });
});

describe('usage', () => {
  const usage = async (name: string): Promise<object> =>
    (
      await test.as('ann').graphql<{
        asset: { usage: object };
      }>('query($r: String!) { asset(ref: $r) { usage { viewers queries } } }', { r: ref(name) })
    ).asset.usage;
  const found = async (): Promise<string[]> =>
    (
      await test.as('ann').graphql<{
        search: { nodes: { asset: { name: string } }[] };
      }>('{ search(query: "sales", filter: { kinds: [DATASET] }) { nodes { asset { name } } } }')
    ).search.nodes.map(({ asset }) => asset.name);

  it('counts people once, and puts what more of them opened first inside its tier', async () => {
    expect(await found()).toEqual(['sales_one', 'sales_three', 'sales_two']);
    await open('ben', 'sales_two', 'sales_two');
    await open('cleo', 'sales_two', 'sales_three');
    await recent('ben');
    await count();
    await test.settle();
    expect(await usage('sales_two')).toEqual({ viewers: 2, queries: 0 });
    expect(await usage('sales_one')).toEqual({ viewers: 0, queries: 0 });
    expect(await found()).toEqual(['sales_two', 'sales_three', 'sales_one']);
  });

  it('takes what sources report of queries', async () => {
    const statistics = { usageStatistics: { totalSqlQueries: 400, _producer: 'https://x.example', _schemaURL: 'x' } };
    await test.as('admin').post('/api/v1/lineage', declared('sales_one', statistics)).expect(201);
    await test.settle();
    await count();
    await test.settle();
    expect(await usage('sales_one')).toEqual({ viewers: expect.any(Number), queries: 400 });
    expect((await found())[0]).toBe('sales_one');
  });

  it('is counted again when nothing changed without a change', async () => {
    await count();
    const [before] = await test.database.query<{ n: number }>('SELECT count(*)::int AS n FROM change_log');
    await count();
    expect(await test.database.query('SELECT count(*)::int AS n FROM change_log')).toEqual([before]);
  });
});
