import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.js';
import { ADMINISTRATORS } from '../support/policies.js';

const NAMESPACE = 'postgres://db.example:5432';
const ref = (name: string): string => `dataset:${encodeURIComponent(NAMESPACE)}/${encodeURIComponent(name)}`;

const tags = (domain: string, columnTags: object[] = []): object => ({
  tags: [{ key: 'domain', value: domain }, { key: 'sensitivity', value: 'INTERNAL' }, ...columnTags],
});

const dataset = (name: string, facets: object = {}): object => ({
  namespace: NAMESPACE,
  name,
  facets: {
    schema: {
      fields: [
        { name: 'id', type: 'int' },
        { name: 'secret_salary', type: 'int' },
      ],
    },
    documentation: { description: `All about ${name}.` },
    tags: tags('sales', [{ key: 'sensitivity', value: 'RESTRICTED', field: 'secret_salary' }]),
    ...facets,
  },
});

const event = (job: string, inputs: object[], outputs: object[]): object => ({
  eventType: 'COMPLETE',
  eventTime: '2026-05-01T10:00:00Z',
  run: { runId: `run-${job}` },
  job: { namespace: 'flow', name: job, facets: { tags: tags('sales') } },
  inputs,
  outputs,
});

/** open.a → hidden.b → open.c, and open.a → open.d. */
const EVENTS = [
  event('one', [dataset('open.a')], [dataset('hidden.b', { tags: tags('people') })]),
  event('two', [dataset('hidden.b', { tags: tags('people') })], [dataset('open.c')]),
  event('three', [dataset('open.a')], [dataset('open.d')]),
];

const POLICIES = [
  { ...ADMINISTRATORS, actions: [...ADMINISTRATORS.actions, 'explain'] },
  {
    id: 'own-domain',
    title: 'Everybody sees the own domain',
    why: 'test',
    effect: 'allow',
    actions: ['discover'],
    resources: { types: ['asset'], where: { attribute: 'domain', operator: 'under', subject: 'domains' } },
  },
  {
    id: 'columns-by-clearance',
    title: 'Columns by clearance',
    why: 'test',
    effect: 'allow',
    actions: ['read_column'],
    resources: {
      types: ['column'],
      where: {
        any: [
          { attribute: 'sensitivity', operator: 'missing' },
          { attribute: 'sensitivity', operator: 'lte', subject: 'clearance' },
        ],
      },
    },
  },
];

describe('one decision, read in every way', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp({
      accounts: [
        { handle: 'sally', attributes: { domains: ['sales'], clearance: 1 } },
        { handle: 'pete', attributes: { domains: ['sales', 'people'], clearance: 3 } },
      ],
    });
    const admin = test.as('admin');
    await admin.post('/api/v1/lineage/batch', EVENTS).expect(200);
    await admin.graphql('mutation($d: JSON!) { policySetApply(documents: $d) { userErrors { message } } }', {
      d: POLICIES,
    });
    await test.settle();
  });
  afterAll(() => test.close());

  const names = async (handle: string): Promise<Record<string, unknown>> => {
    const answer = await test.as(handle).graphql<{
      list: { totalCount: number; nodes: { name: string }[] };
      search: { totalCount: number; nodes: { asset: { name: string }; column: { path: string } | null }[] };
      suggest: { asset: { name: string } }[];
      page: { name: string } | null;
      down: { truncated: boolean; nodes: { asset: { name: string } }[]; edges: unknown[] };
    }>(
      `query($hidden: String!, $a: String!) {
        list: assets(filter: { kinds: [DATASET] }) { totalCount nodes { name } }
        search(query: "hidden") { totalCount nodes { asset { name } column { path } } }
        suggest: searchSuggest(prefix: "b") { asset { name } }
        page: asset(ref: $hidden) { name }
        down: lineage(ref: $a, direction: DOWNSTREAM, maxHops: 5) { truncated nodes { asset { name } } edges { from to } }
      }`,
      { hidden: ref('hidden.b'), a: ref('open.a') },
    );
    return {
      list: answer.list.nodes.map((node) => node.name),
      listed: answer.list.totalCount,
      found: answer.search.nodes.filter((hit) => hit.column === null).map((hit) => hit.asset.name),
      isFound: answer.search.totalCount > 0,
      suggested: answer.suggest.map((hit) => hit.asset.name),
      page: answer.page?.name ?? null,
      downstream: answer.down.nodes.map((node) => node.asset.name).sort(),
      edges: answer.down.edges.length,
      truncated: answer.down.truncated,
    };
  };

  it('shows an asset in page, list, search, suggestion and lineage to whoever may see it', async () => {
    expect(await names('pete')).toEqual({
      list: ['hidden.b', 'open.a', 'open.c', 'open.d'],
      listed: 4,
      found: ['hidden.b'],
      isFound: true,
      suggested: ['hidden.b'],
      page: 'hidden.b',
      downstream: ['hidden.b', 'open.a', 'open.c', 'open.d'],
      edges: 3,
      truncated: false,
    });
  });

  it('hides it in all of them from whoever may not, with what lies behind it', async () => {
    expect(await names('sally')).toEqual({
      list: ['open.a', 'open.c', 'open.d'],
      listed: 3,
      found: [],
      isFound: false,
      suggested: [],
      page: null,
      downstream: ['open.a', 'open.d'],
      edges: 1,
      truncated: false,
    });
  });

  it('pages through all of them, and refuses a cursor that was made up', async () => {
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const {
        assets,
      }: { assets: { nodes: { name: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } } } = await test
        .as('sally')
        .graphql(
          `query($after: String) { assets(first: 2, after: $after, filter: { kinds: [DATASET] }) {
            nodes { name } pageInfo { hasNextPage endCursor } } }`,
          { after },
        );
      seen.push(...assets.nodes.map(({ name }) => name));
      after = assets.pageInfo.hasNextPage ? assets.pageInfo.endCursor : null;
    } while (after !== null);
    expect(seen).toEqual(['open.a', 'open.c', 'open.d']);
    const madeUp = Buffer.from(JSON.stringify(['a', 'no id'])).toString('base64url');
    const response = await test.as('sally').graphqlRaw(`{ assets(after: "${madeUp}") { nodes { name } } }`);
    expect(response.body.errors[0].extensions.code).toBe('INVALID');
  });

  it('answers about a hidden asset as about one that was made up', async () => {
    const ask = async (asset: string): Promise<string> => {
      const response = await test
        .as('sally')
        .graphqlRaw('query($r: String!) { lineage(ref: $r, direction: UPSTREAM) { truncated } }', { r: ref(asset) });
      return JSON.stringify(response.body).replaceAll(ref(asset), 'REF');
    };
    expect(await ask('hidden.b')).toBe(await ask('never.was'));
    expect(await ask('hidden.b')).toContain('NOT_FOUND');
  });

  it('does as much work for a hidden page as for one that was made up', async () => {
    const open = (name: string): Promise<number> =>
      test.statementsOf(() =>
        test.as('sally').graphql('query($r: String!) { asset(ref: $r) { id } }', { r: ref(name) }),
      );
    expect(await open('hidden.b')).toBe(await open('never.was'));
  });

  it('lists with a number of statements that does not grow with the page', async () => {
    const list = (first: number): Promise<number> =>
      test.statementsOf(() =>
        test.as('pete').graphql(
          `query($first: Int!) { assets(first: $first) { totalCount nodes {
            name viewerCan ... on Dataset { columns { path } facets { name } } ... on Job { runs(first: 1) { nodes { state } } }
          } } }`,
          { first },
        ),
      );
    // Both pages hold a job with runs and datasets with columns.
    expect(await list(4)).toBeGreaterThan(3);
    expect(await list(7)).toBe(await list(4));
  });

  it('hides a column from the dataset, from search and from column lineage', async () => {
    const columns = async (handle: string): Promise<unknown> => {
      const { asset, search } = await test.as(handle).graphql<{
        asset: { columns: { path: string }[] };
        search: { totalCount: number };
      }>(`query($r: String!) { asset(ref: $r) { ... on Dataset { columns { path } } } search(query: "salary") { totalCount } }`, { r: ref('open.a') });
      return { columns: asset.columns.map((column) => column.path), isFound: search.totalCount > 0 };
    };
    expect(await columns('pete')).toEqual({ columns: ['id', 'secret_salary'], isFound: true });
    expect(await columns('sally')).toEqual({ columns: ['id'], isFound: false });
    const walk = await test
      .as('sally')
      .graphqlRaw(
        'query($r: String!) { columnLineage(ref: $r, column: "secret_salary", direction: UPSTREAM) { truncated } }',
        {
          r: ref('open.a'),
        },
      );
    expect(walk.body.errors[0].extensions.code).toBe('NOT_FOUND');
  });

  it('complaint 18: explains with the rule that decides, and writes refusals down', async () => {
    const { explain } = await test
      .as('admin')
      .graphql<{ explain: { decision: string; decidedBy: { id: string } | null } }>(
        `query($r: String!) { explain(action: discover, ref: $r, account: "pete") { decision decidedBy { id } } }`,
        { r: ref('hidden.b') },
      );
    expect(explain).toEqual({ decision: 'ALLOW', decidedBy: { id: 'own-domain' } });
    const { auditLog } = await test
      .as('admin')
      .graphql<{ auditLog: { nodes: { actor: string; decision: string }[] } }>(
        `{ auditLog(filter: { action: "discover", actor: "sally" }) { nodes { actor decision } } }`,
      );
    expect(auditLog.nodes).toContainEqual({ actor: 'sally', decision: 'DENY' });
  });
});

describe("people's words", () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp();
    await test.as('admin').post('/api/v1/lineage/batch', EVENTS).expect(200);
    await test.settle();
  });
  afterAll(() => test.close());

  it('win over machines and survive every later ingest, with who said them', async () => {
    const admin = test.as('admin');
    await admin.graphql(
      `mutation($r: String!) {
        a: assetDescribe(ref: $r, description: "Ours.") { userErrors { message } }
        b: assetTag(ref: $r, add: ["golden"], remove: ["old"]) { userErrors { message } }
        c: assetSetOwners(ref: $r, owners: ["sally"]) { userErrors { message } }
        d: assetDescribe(ref: $r, column: "id", description: "Our key.") { userErrors { message } }
      }`,
      { r: ref('open.a') },
    );
    const later = {
      ...event(
        'four',
        [],
        [
          dataset('open.a', {
            documentation: { description: 'Machine talk.' },
            tags: {
              tags: [
                { key: 'old', value: 'true' },
                { key: 'new', value: 'true' },
              ],
            },
            ownership: { owners: [{ name: 'team:robots' }] },
          }),
        ],
      ),
      eventTime: '2027-01-01T00:00:00Z',
    };
    await admin.post('/api/v1/lineage', later).expect(201);
    await test.settle();
    const { asset } = await admin.graphql<{
      asset: {
        description: string;
        tags: string[];
        owners: string[];
        columns: { path: string; description: string }[];
        provenance: object[];
      };
    }>(
      `query($r: String!) { asset(ref: $r) { description tags owners provenance { attribute source by }
        ... on Dataset { columns { path description } } } }`,
      { r: ref('open.a') },
    );
    expect(asset.description).toBe('Ours.');
    expect(asset.tags).toEqual(['golden', 'new']);
    expect(asset.owners).toEqual(['sally']);
    expect(asset.columns[0]).toEqual({ path: 'id', description: 'Our key.' });
    expect(asset.provenance).toContainEqual({ attribute: 'description', source: 'people', by: 'admin' });
  });

  it('are found by search', async () => {
    const spoken = 'mutation($r: String!) { assetDescribe(ref: $r, description: "Zanzibar ledger") { asset { id } } }';
    await test.as('admin').graphql(spoken, { r: ref('open.d') });
    await test.settle();
    const { search } = await test
      .as('admin')
      .graphql<{ search: { nodes: { asset: { name: string } }[] } }>(
        '{ search(query: "zanzibar") { nodes { asset { name } } } }',
      );
    expect(search.nodes.map(({ asset }) => asset.name)).toEqual(['open.d']);
  });
});

describe('ingestion over HTTP', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp({
      accounts: [{ handle: 'loader', roles: ['admin'], ingestNamespaces: ['flow', NAMESPACE] }],
    });
  });
  afterAll(() => test.close());

  it('names the field of an event without identity', async () => {
    const response = await test
      .as('admin')
      .post('/api/v1/lineage', { eventTime: '2026-01-01T00:00:00Z', job: { name: 'x' }, run: { runId: '1' } });
    expect(response.status).toBe(400);
    expect(response.body.error).toMatchObject({ code: 'INVALID', field: ['job', 'namespace'] });
  });

  it('keeps the good events of a batch and lists the others', async () => {
    const response = await test.as('admin').post('/api/v1/lineage/batch', [EVENTS[0], { nonsense: true }, EVENTS[0]]);
    expect(response.body).toMatchObject({
      status: 'partial_success',
      summary: { received: 3, successful: 2, failed: 1, duplicates: 1 },
      failed_events: [{ index: 1, retriable: false }],
    });
  });

  it('lets a token write only into its namespaces', async () => {
    expect((await test.as('loader').post('/api/v1/lineage', EVENTS[1] ?? {})).status).toBe(201);
    const foreign = event('x', [{ namespace: 's3://elsewhere', name: 'y' }], []);
    const response = await test.as('loader').post('/api/v1/lineage', foreign);
    expect(response.status).toBe(403);
    expect(response.body.error).toMatchObject({ code: 'FORBIDDEN', field: ['namespace'] });
    expect(response.body.error.message).toContain("'s3://elsewhere'");
    const batch = await test.as('loader').post('/api/v1/lineage/batch', [EVENTS[1], foreign]);
    expect(batch.status).toBe(200);
    expect(batch.body.failed_events).toMatchObject([{ index: 1, code: 'FORBIDDEN', retriable: false }]);
  });

  it('lists and finds what a run reads and writes, however little it says; what is only mentioned it does not', async () => {
    const mention = { namespace: 'pantry', name: 'rumour', field: 'x' };
    const columnLineage = { fields: { y: { inputFields: [mention] } } };
    const bare = event(
      'stir',
      [{ namespace: 'pantry', name: 'flour' }],
      [{ namespace: 'pantry', name: 'dough', facets: { columnLineage } }],
    );
    await test.as('admin').post('/api/v1/lineage', bare).expect(201);
    await test.settle();
    const { assets, search } = await test.as('admin').graphql<{ assets: object; search: object }>(
      `{ assets(filter: { namespace: "pantry" }) { totalCount nodes { name isPlaceholder } }
         search(query: "flour") { nodes { asset { name } } } }`,
    );
    expect(assets).toEqual({
      totalCount: 2,
      nodes: [
        { name: 'dough', isPlaceholder: false },
        { name: 'flour', isPlaceholder: false },
      ],
    });
    expect(search).toEqual({ nodes: [{ asset: { name: 'flour' } }] });
  });

  it('keeps what Postgres cannot store as text', async () => {
    const odd = event(
      'nul',
      [],
      [dataset('odd', { documentation: { description: 'a\u0000b\ud800' }, custom: { x: '\u0000' } })],
    );
    await test.as('admin').post('/api/v1/lineage', odd).expect(201);
    await test.settle();
    const { operations } = await test.as('admin').graphql<{ operations: object }>('{ operations { failedEvents } }');
    expect(operations).toEqual({ failedEvents: 0 });
  });
});
