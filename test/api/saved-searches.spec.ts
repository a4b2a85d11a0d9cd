import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SearchWatcher } from '../../src/features/saved-searches/search-watcher.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { applyPolicies, HIDDEN_BY_TAG } from '../support/policies.js';

const ref = (name: string): string => `dataset:db/${name}`;
const declared = (name: string, columns: readonly string[] = ['id']): object => ({
  eventTime: '2026-05-01T10:00:00Z',
  dataset: {
    namespace: 'db',
    name,
    facets: { schema: { fields: columns.map((column) => ({ name: column, type: 'int' })) } },
  },
});

interface Saved {
  readonly id: string;
  readonly name: string;
  readonly watch: string;
}
interface Payload {
  readonly savedSearch: Saved | null;
  readonly userErrors: readonly { message: string; code: string; field: string[] | null }[];
}
interface Notices {
  readonly totalCount: number;
  readonly unreadCount: number;
  readonly nodes: readonly {
    id: string;
    type: string;
    isRead: boolean;
    savedSearch: { name: string };
    asset: { name: string };
    column: { path: string } | null;
  }[];
  readonly pageInfo: { hasNextPage: boolean; endCursor: string };
}

let test: TestApp;
beforeAll(async () => {
  test = await startTestApp({
    accounts: [
      { handle: 'ann', teams: ['crew'] },
      { handle: 'ben', teams: ['crew'] },
      { handle: 'cleo' },
      { handle: 'dora' },
      { handle: 'emil' },
      { handle: 'fay' },
    ],
  });
  const admin = test.as('admin');
  await admin.post(
    '/api/v1/lineage/batch',
    ['orders', 'order_items', 'shops'].map((name) => declared(name)),
  );
  await applyPolicies(test, HIDDEN_BY_TAG);
  await test.settle();
});
afterAll(() => test.close());

const PAYLOAD = '{ savedSearch { id name watch } userErrors { message code field } }';
const create = async (handle: string, input: object): Promise<Payload> =>
  (
    await test.as(handle).graphql<{
      savedSearchCreate: Payload;
    }>(`mutation($i: SavedSearchInput!) { savedSearchCreate(input: $i) ${PAYLOAD} }`, { i: input })
  ).savedSearchCreate;
const update = async (handle: string, id: string, input: object): Promise<Payload> =>
  (
    await test.as(handle).graphql<{
      savedSearchUpdate: Payload;
    }>(`mutation($id: ID!, $i: SavedSearchChangeInput!) { savedSearchUpdate(id: $id, input: $i) ${PAYLOAD} }`, { id, i: input })
  ).savedSearchUpdate;
const list = async (handle: string, page: object = {}): Promise<{ nodes: Saved[]; pageInfo: { endCursor: string } }> =>
  (
    await test.as(handle).graphql<{ savedSearches: { nodes: Saved[]; pageInfo: { endCursor: string } } }>(
      `query($first: Int, $after: String) { savedSearches(first: $first, after: $after) {
        nodes { id name watch } pageInfo { hasNextPage endCursor } } }`,
      page,
    )
  ).savedSearches;
const namesOf = async (handle: string): Promise<string[]> => (await list(handle)).nodes.map(({ name }) => name);
const notices = async (handle: string, args: object = {}): Promise<Notices> =>
  (
    await test.as(handle).graphql<{ notices: Notices }>(
      `query($filter: NoticeFilter, $first: Int, $after: String) { notices(filter: $filter, first: $first, after: $after) {
        totalCount unreadCount pageInfo { hasNextPage endCursor }
        nodes { id type isRead savedSearch { name } asset { name } column { path } } } }`,
      args,
    )
  ).notices;
const told = ({ nodes }: Notices): string[] =>
  nodes.map(({ type, asset, column }) => [type, asset.name, ...(column ? [column.path] : [])].join(' ')).toSorted();
const look = async (): Promise<void> => {
  await test.settle();
  await test.app.get(SearchWatcher, { strict: false }).lookAround(0);
};
const ingest = async (...events: object[]): Promise<void> => {
  await test.as('admin').post('/api/v1/lineage/batch', events).expect(200);
};
const tag = async (name: string, change: 'add' | 'remove', value = 'hidden'): Promise<void> => {
  await test
    .as('admin')
    .graphql(`mutation($r: String!, $t: [String!]!) { assetTag(ref: $r, ${change}: $t) { userErrors { message } } }`, {
      r: ref(name),
      t: [value],
    });
};

describe('a saved search', () => {
  it('is kept with everything it asks, listed by name, renamed, run and deleted', async () => {
    const filter = { kinds: ['DATASET'], tags: ['x'], maxSensitivity: 'INTERNAL', minCertification: 'BRONZE' };
    await create('cleo', { name: 'b', query: 'order', filter: { kinds: ['DATASET'] }, sort: 'NAME' });
    const { savedSearch } = await create('cleo', { name: 'a', query: 'shops', filter, watch: false });
    expect(await namesOf('cleo')).toEqual(['a', 'b']);
    const first = await list('cleo', { first: 1 });
    expect((await list('cleo', { first: 1, after: first.pageInfo.endCursor })).nodes[0]?.name).toBe('b');
    expect(await update('cleo', savedSearch?.id ?? '', { name: 'c' })).toEqual({
      savedSearch: { id: savedSearch?.id, name: 'c', watch: 'OFF' },
      userErrors: [],
    });
    const { savedSearches } = await test.as('cleo').graphql<{ savedSearches: { nodes: object[] } }>(
      `{ savedSearches { nodes { name query sort owner isMine team
        filter { kinds tags maxSensitivity minCertification domain } } } }`,
    );
    expect(savedSearches.nodes).toEqual([
      {
        name: 'b',
        query: 'order',
        sort: 'NAME',
        owner: 'cleo',
        isMine: true,
        team: null,
        filter: { kinds: ['DATASET'], tags: null, maxSensitivity: null, minCertification: null, domain: null },
      },
      {
        name: 'c',
        query: 'shops',
        sort: 'RELEVANCE',
        owner: 'cleo',
        isMine: true,
        team: null,
        filter: { ...filter, domain: null },
      },
    ]);
    const [{ id } = { id: '' }] = (await list('cleo')).nodes;
    const found = await test.as('cleo').graphql(
      `query($id: ID!) { savedSearchResults(id: $id, facets: [KIND], first: 1) {
        totalCount facets { values { value count } } nodes { asset { name } } } }`,
      { id },
    );
    expect(found).toEqual({
      savedSearchResults: {
        totalCount: 2,
        facets: [{ values: [{ value: 'DATASET', count: 2 }] }],
        nodes: [{ asset: { name: 'order_items' } }],
      },
    });
    const remove = (): Promise<object> =>
      test.as('cleo').graphql('mutation($id: ID!) { savedSearchDelete(id: $id) { id userErrors { code field } } }', {
        id: savedSearch?.id,
      });
    expect(await remove()).toEqual({ savedSearchDelete: { id: savedSearch?.id, userErrors: [] } });
    expect(await remove()).toEqual({
      savedSearchDelete: { id: null, userErrors: [{ code: 'NOT_FOUND', field: ['id'] }] },
    });
    expect(await namesOf('cleo')).toEqual(['b']);
  });

  it('belongs to its owner; members of a team that it is shared with read and run it with their own rights', async () => {
    const { savedSearch } = await create('ann', { name: 'ours', query: 'owner:me orders', team: 'crew' });
    const id = savedSearch?.id ?? '';
    expect(await list('ben')).toMatchObject({ nodes: [{ id, name: 'ours', watch: 'OFF' }] });
    expect(await namesOf('cleo')).not.toContain('ours');
    const read = (handle: string): Promise<object> =>
      test
        .as(handle)
        .graphql(
          'query($id: ID!) { savedSearch(id: $id) { name isMine } savedSearchResults(id: $id) { totalCount } }',
          { id },
        );
    expect(await read('ben')).toEqual({
      savedSearch: { name: 'ours', isMine: false },
      savedSearchResults: { totalCount: 0 },
    });
    expect(await read('cleo')).toEqual({ savedSearch: null, savedSearchResults: null });
    const refused = {
      savedSearch: null,
      userErrors: [{ message: 'You keep no such search.', code: 'NOT_FOUND', field: ['id'] }],
    };
    expect(await update('ben', id, { name: 'mine' })).toEqual(refused);
    expect(await update('ben', 'no id', { name: 'mine' })).toEqual(refused);
    expect((await update('ann', id, { team: null })).userErrors).toEqual([]);
    expect(await namesOf('ben')).toEqual([]);
    const other = await create('cleo', { name: 'theirs', query: 'x', team: 'crew' });
    expect(other.userErrors).toEqual([
      { message: "You are in no team 'crew'.", code: 'INVALID', field: ['input', 'team'] },
    ]);
  });

  it('is refused with what to correct', async () => {
    const codes = async (input: object): Promise<object[]> =>
      (await create('cleo', input)).userErrors.map(({ code, field }) => ({ code, field }));
    expect(await codes({ name: ' ', query: 'x' })).toEqual([{ code: 'INVALID', field: ['input', 'name'] }]);
    expect(await codes({ name: 'long', query: 'a'.repeat(513) })).toEqual([
      { code: 'INVALID', field: ['input', 'query'] },
    ]);
    expect(await codes({ name: 'b', query: 'x' })).toEqual([{ code: 'CONFLICT', field: ['input', 'name'] }]);
  });
});

describe('a watched search', () => {
  it('tells what newly matches, what no longer does, and nothing of what matched before', async () => {
    expect((await create('dora', { name: 'pay', query: 'payment' })).savedSearch?.watch).toBe('ON');
    await create('dora', { name: 'all orders', query: 'orders' });
    await look();
    expect(await notices('dora')).toMatchObject({ totalCount: 0, unreadCount: 0, nodes: [] });
    await ingest(declared('payments', ['id', 'payment_id']), declared('unrelated'));
    await look();
    expect(told(await notices('dora'))).toEqual(['MATCHES payments', 'MATCHES payments payment_id']);
    await look();
    expect((await notices('dora')).totalCount).toBe(2);
    await create('dora', { name: 'vip', query: 'tag:vip' });
    await tag('shops', 'add', 'vip');
    await look();
    await tag('shops', 'remove', 'vip');
    await look();
    expect(told(await notices('dora')).filter((text) => text.includes('shops'))).toEqual([
      'MATCHES shops',
      'NO_LONGER_MATCHES shops',
    ]);
  });

  it('marks notices as read, one by one and all of them, and pages through them', async () => {
    const all = await notices('dora');
    const [newest] = all.nodes;
    const page = await notices('dora', { first: 3 });
    const rest = await notices('dora', { first: 3, after: page.pageInfo.endCursor });
    expect([...page.nodes, ...rest.nodes].map(({ id }) => id)).toEqual(all.nodes.map(({ id }) => id));
    const mark = (ids: string[] | null, handle = 'dora'): Promise<object> =>
      test
        .as(handle)
        .graphql('mutation($ids: [ID!]) { noticesMarkRead(ids: $ids) { unreadCount userErrors { code field } } }', {
          ids,
        });
    expect(await mark([newest?.id ?? ''], 'cleo')).toMatchObject({ noticesMarkRead: { unreadCount: 0 } });
    expect(await mark([newest?.id ?? ''])).toEqual({ noticesMarkRead: { unreadCount: 3, userErrors: [] } });
    expect(await notices('dora', { filter: 'UNREAD' })).toMatchObject({ totalCount: 3, unreadCount: 3 });
    expect(await mark(null)).toEqual({ noticesMarkRead: { unreadCount: 0, userErrors: [] } });
    expect(await notices('dora', { filter: 'UNREAD' })).toMatchObject({ totalCount: 0, nodes: [] });
    expect(await mark(['x'])).toEqual({
      noticesMarkRead: { unreadCount: null, userErrors: [{ code: 'INVALID', field: ['ids'] }] },
    });
  });

  it('tells nothing of what its owner may not see, and takes back what has become hidden', async () => {
    await create('emil', { name: 'wages', query: 'wages' });
    await ingest(declared('wages_open'), declared('wages_secret'));
    await test.settle();
    await tag('wages_secret', 'add');
    await look();
    expect(told(await notices('emil'))).toEqual(['MATCHES wages_open']);
    await tag('wages_open', 'add');
    expect(await notices('emil')).toMatchObject({ totalCount: 0, unreadCount: 0, nodes: [] });
    await look();
    expect((await notices('emil')).nodes).toEqual([]);
    await tag('wages_open', 'remove');
    await look();
    expect(told(await notices('emil'))).toEqual(['MATCHES wages_open', 'MATCHES wages_open']);
  });

  it('is told what a change of policies brings', async () => {
    await create('fay', { name: 'secret', query: 'wages secret', filter: { kinds: ['DATASET'] } });
    await look();
    expect((await notices('fay')).nodes).toEqual([]);
    const apply = (d: object[]): Promise<object> =>
      test
        .as('admin')
        .graphql('mutation($d: JSON!) { policySetApply(documents: $d) { userErrors { message } } }', { d });
    const everything = {
      id: 'everything',
      title: 'Fay sees everything',
      why: 'test',
      effect: 'allow',
      actions: ['discover', 'read_column'],
      subjects: { attribute: 'handle', operator: 'eq', value: 'fay' },
      resources: { types: ['asset', 'column'] },
    };
    expect(await apply([...HIDDEN_BY_TAG, everything])).toEqual({ policySetApply: { userErrors: [] } });
    await look();
    expect(told(await notices('fay'))).toEqual(['MATCHES wages_secret']);
    await apply(HIDDEN_BY_TAG);
    expect(await notices('fay')).toMatchObject({ totalCount: 0, unreadCount: 0, nodes: [] });
  });

  it('says that it is too broad to be followed, and begins anew when it is narrowed', async () => {
    await test.database.query(
      `INSERT INTO asset (id, kind, namespace, name, is_placeholder)
       SELECT gen_random_uuid(), 'DATASET', 'many', 'broad_' || n, false FROM generate_series(1, 1001) n`,
    );
    await test.as('admin').graphql('mutation { searchReindex { isScheduled } }');
    const { savedSearch } = await create('cleo', { name: 'broad', query: 'broad' });
    await expect
      .poll(
        async () => {
          await update('cleo', savedSearch?.id ?? '', { query: 'broad ' });
          return (await update('cleo', savedSearch?.id ?? '', { query: 'broad' })).savedSearch?.watch;
        },
        { timeout: 20_000, interval: 500 },
      )
      .toBe('TOO_BROAD');
    const narrowed = await update('cleo', savedSearch?.id ?? '', { query: '"broad 7"' });
    expect(narrowed.savedSearch?.watch).toBe('ON');
    await look();
    expect((await notices('cleo')).nodes).toEqual([]);
  });

  it('is looked at once in a while, and only when something changed', async () => {
    const looks = async (): Promise<string[]> =>
      (
        await test.database.query<{ at: string }>('SELECT looked_at::text AS at FROM saved_search ORDER BY looked_at')
      ).map(({ at }) => at);
    await look();
    const before = await looks();
    await look();
    expect(await looks()).toEqual(before);
    await ingest(declared('something_else'));
    await test.settle();
    await test.app.get(SearchWatcher, { strict: false }).lookAround(300);
    expect(await looks()).toEqual(before);
    await look();
    expect(await looks()).not.toEqual(before);
  });

  it('lists notices and searches with a number of statements that does not grow', async () => {
    const statements = (first: number): Promise<number> => test.statementsOf(() => notices('dora', { first }));
    expect(await statements(1)).toBe(await statements(4));
    const searches = (first: number): Promise<number> => test.statementsOf(() => list('dora', { first }));
    expect(await searches(1)).toBe(await searches(3));
  });
});
