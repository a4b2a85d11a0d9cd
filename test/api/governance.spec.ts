import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.js';

const ORDERS = 'dataset:db/shop.orders';
const facet = (words: object): object => ({
  _producer: 'https://example.com',
  _schemaURL: 'https://example.com',
  ...words,
});
const event = (name: string, facets: object): object => ({
  eventTime: '2026-01-01T10:00:00Z',
  producer: 'https://example.com',
  schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/DatasetEvent',
  dataset: { namespace: 'db', name, facets },
});
const tag = (key: string, value: string, field?: string): object => ({
  key,
  value,
  source: 'CATALOG',
  ...(field && { field }),
});

interface Payload {
  asset: Record<string, unknown> | null;
  userErrors: { code: string; field: string[] | null; message: string }[];
}

describe('governance', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp({
      accounts: [
        { handle: 'steward', roles: ['steward'] },
        { handle: 'reader', roles: ['reader'] },
      ],
    });
    const admin = test.as('admin');
    const { policySet } = await admin.graphql<{ policySet: { documents: object[] } }>('{ policySet { documents } }');
    const allow = (id: string, roles: string[], actions: string[], where?: object): object => ({
      id,
      title: id,
      why: 'For the test.',
      effect: 'allow',
      band: 'domain',
      actions,
      subjects: { attribute: 'roles', operator: 'hasAny', value: roles },
      resources: { types: [actions[0] === 'read_column' ? 'column' : 'asset'], ...(where && { where }) },
    });
    const notSecret = { not: { attribute: 'sensitivity', operator: 'gte', value: 2 } };
    const documents = [
      ...policySet.documents,
      allow('stewards', ['steward'], ['discover', 'edit'], notSecret),
      allow('readers', ['reader'], ['discover'], notSecret),
      allow('columns', ['reader', 'steward'], ['read_column']),
    ];
    await admin.graphql(
      'mutation($documents: JSON!) { policySetApply(documents: $documents) { userErrors { message } } }',
      { documents },
    );
    const schema = facet({
      fields: [
        { name: 'id', type: 'int' },
        { name: 'total', type: 'int' },
      ],
    });
    const tags = facet({ tags: [tag('raw', ''), tag('term', 'net revenue', 'total'), tag('sensitivity', 'internal')] });
    for (const name of ['shop.orders', 'shop.orders_v2']) {
      await admin.post('/api/v1/lineage', event(name, { schema, tags })).expect(201);
    }
    await test.settle();
  });
  afterAll(() => test.close());

  const mutate = async (handle: string, mutation: string, variables: object): Promise<Payload> => {
    const data = await test.as(handle).graphql<Record<string, Payload>>(mutation, variables);
    const [payload] = Object.values(data);
    if (!payload) throw new Error('no payload');
    return payload;
  };
  const TERM = `mutation($input: TermCreateInput!) { termCreate(input: $input) {
    asset { ref subtype description owners domain ... on Term { synonyms } } userErrors { code field message } } }`;

  it('complaint 13: tags, terms and classifications are three things, each with its source', async () => {
    await mutate('steward', TERM, { input: { name: 'Net revenue', definition: 'Without tax.', synonyms: ['NR'] } });
    await mutate(
      'steward',
      'mutation($ref: String!) { assetTag(ref: $ref, add: ["ours"]) { asset { id } userErrors { code field message } } }',
      { ref: ORDERS },
    );
    const { asset } = await test.as('reader').graphql<{ asset: object }>(
      `query($ref: String!) { asset(ref: $ref) { tags terms sensitivity provenance { attribute source }
        ... on Dataset { columns { path tags terms glossaryTerms { name description } } } } }`,
      { ref: ORDERS },
    );
    expect(asset).toMatchObject({
      tags: ['ours', 'raw'],
      terms: [],
      sensitivity: 'INTERNAL',
      columns: [
        { path: 'id', tags: [], terms: [], glossaryTerms: [] },
        {
          path: 'total',
          tags: [],
          terms: ['net revenue'],
          glossaryTerms: [{ name: 'Net revenue', description: 'Without tax.' }],
        },
      ],
    });
    expect(asset).toHaveProperty(
      'provenance',
      expect.arrayContaining([
        { attribute: 'tags', source: 'people' },
        { attribute: 'tags', source: 'openlineage' },
        { attribute: 'sensitivity', source: 'openlineage' },
      ]),
    );
  });

  it('complaint 14: terms have a kind, other words, a classification and a successor', async () => {
    const made = await mutate('steward', TERM, {
      input: {
        name: 'GMV',
        kind: 'ACRONYM',
        definition: 'Gross merchandise value.',
        owners: ['steward'],
        domain: 'commerce',
      },
    });
    expect(made).toEqual({
      asset: {
        ref: 'term:glossary/GMV',
        subtype: 'ACRONYM',
        description: 'Gross merchandise value.',
        owners: ['steward'],
        domain: 'commerce',
        synonyms: [],
      },
      userErrors: [],
    });
    const change = `mutation($ref: String!, $synonyms: [String!]) { termChange(ref: $ref, kind: METRIC, synonyms: $synonyms) {
      asset { subtype ... on Term { synonyms } } userErrors { code field message } } }`;
    expect(await mutate('steward', change, { ref: 'term:glossary/GMV', synonyms: ['gross sales'] })).toEqual({
      asset: { subtype: 'METRIC', synonyms: ['gross sales'] },
      userErrors: [],
    });
    expect((await mutate('steward', change, { ref: ORDERS, synonyms: [] })).userErrors).toMatchObject([
      { code: 'NOT_FOUND' },
    ]);
    const deprecate = `mutation($ref: String!, $successor: String) {
      assetDeprecate(ref: $ref, note: "Use net revenue.", successor: $successor) {
        asset { lifecycle lifecycleNote successor { name } } userErrors { code field message } } }`;
    const successor = 'term:glossary/Net%20revenue';
    expect(await mutate('steward', deprecate, { ref: 'term:glossary/GMV', successor })).toEqual({
      asset: { lifecycle: 'DEPRECATED', lifecycleNote: 'Use net revenue.', successor: { name: 'Net revenue' } },
      userErrors: [],
    });
    await test.settle();
    const { search } = await test
      .as('reader')
      .graphql<{ search: { nodes: object[] } }>(
        '{ search(query: "gross sales", filter: { kinds: [TERM] }) { nodes { tier asset { name } } } }',
      );
    expect(search.nodes).toMatchObject([{ asset: { name: 'GMV' } }]);
    // Classified beyond what readers may see, it is no longer there for them: not as a term, nor as a successor.
    await mutate(
      'admin',
      'mutation($ref: String!) { assetClassify(ref: $ref, sensitivity: RESTRICTED) { asset { id } userErrors { code field message } } }',
      { ref: successor },
    );
    const hidden = await test.as('reader').graphql<{ gmv: object; net: object | null; orders: object }>(
      `query($net: String!, $orders: String!) {
        gmv: asset(ref: "term:glossary/GMV") { successor { name } }
        net: asset(ref: $net) { name }
        orders: asset(ref: $orders) { ... on Dataset { columns { glossaryTerms { name } } } } }`,
      { net: successor, orders: ORDERS },
    );
    expect(hidden).toEqual({
      gmv: { successor: null },
      net: null,
      orders: { columns: [{ glossaryTerms: [] }, { glossaryTerms: [] }] },
    });
    // Who may not see it is refused like who may not make it.
    const again = { input: { name: 'Net revenue', definition: 'Mine.' } };
    expect((await mutate('steward', TERM, again)).userErrors).toMatchObject([{ code: 'FORBIDDEN' }]);
    expect((await mutate('reader', TERM, { input: { name: 'New', definition: 'x' } })).userErrors).toMatchObject([
      { code: 'FORBIDDEN' },
    ]);
    expect((await mutate('admin', TERM, again)).userErrors).toMatchObject([
      { code: 'CONFLICT', field: ['input', 'name'] },
    ]);
    expect((await mutate('steward', TERM, { input: { name: ' ', definition: 'x' } })).userErrors).toMatchObject([
      { code: 'INVALID', field: ['input', 'name'] },
    ]);
    expect(await test.database.query(`SELECT name FROM asset WHERE kind = 'TERM' AND name = 'New'`)).toEqual([]);
  });

  it('complaint 15: a certification has a level, a person and an end, and can be searched for', async () => {
    const certify = `mutation($ref: String!, $level: CertificationLevel, $expiresAt: DateTime) {
      assetCertify(ref: $ref, level: $level, expiresAt: $expiresAt, note: "Checked.") {
        asset { certification { level by note expiresAt isExpired } } userErrors { code field message } } }`;
    const soon = new Date(Date.now() + 3_600_000).toISOString();
    expect(await mutate('steward', certify, { ref: ORDERS, level: 'GOLD', expiresAt: soon })).toEqual({
      asset: { certification: { level: 'GOLD', by: 'steward', note: 'Checked.', expiresAt: soon, isExpired: false } },
      userErrors: [],
    });
    const past = { ref: ORDERS, level: 'GOLD', expiresAt: '2020-01-01T00:00:00Z' };
    expect((await mutate('steward', certify, past)).userErrors).toMatchObject([
      { code: 'INVALID', field: ['expiresAt'] },
    ]);
    expect((await mutate('reader', certify, { ref: ORDERS, level: 'GOLD' })).userErrors).toMatchObject([
      { code: 'FORBIDDEN' },
    ]);
    const found = async (level: string): Promise<string[]> => {
      await test.settle();
      const { search, assets } = await test
        .as('reader')
        .graphql<{ search: { nodes: { asset: { name: string } }[] }; assets: { nodes: { name: string }[] } }>(
          `query($level: CertificationLevel!) {
          search(query: "orders", filter: { minCertification: $level, kinds: [DATASET] }) { nodes { asset { name } } }
          assets(filter: { minCertification: $level }) { nodes { name } } }`,
          { level },
        );
      const names = [...new Set(search.nodes.map(({ asset }) => asset.name))];
      expect(names).toEqual(assets.nodes.map(({ name }) => name));
      return names;
    };
    expect(await found('SILVER')).toEqual(['shop.orders']);
    await mutate('steward', certify, { ref: ORDERS, level: 'BRONZE' });
    expect(await found('SILVER')).toEqual([]);
    expect(await found('BRONZE')).toEqual(['shop.orders']);
    // It has ended by itself: shown as expired, and no longer found.
    await test.database.query(
      `WITH ended AS (UPDATE asset SET certified_until = now() - interval '1 minute' WHERE name = 'shop.orders' RETURNING id)
       INSERT INTO change_log (actor_id, type, subject_kind, subject_id)
       SELECT gen_random_uuid(), 'asset.changed', 'asset', id::text FROM ended`,
    );
    expect(await found('BRONZE')).toEqual([]);
    const { asset } = await test
      .as('reader')
      .graphql<{ asset: object }>('query($ref: String!) { asset(ref: $ref) { certification { level isExpired } } }', {
        ref: ORDERS,
      });
    expect(asset).toEqual({ certification: { level: 'BRONZE', isExpired: true } });
    await mutate('steward', certify, { ref: ORDERS, level: null });
    expect(await found('BRONZE')).toEqual([]);
  });

  it('reads the terms of a page of assets in a fixed number of statements', async () => {
    await test.settle();
    const count = async (first: number): Promise<number> => {
      const before = test.database.statementCount;
      await test
        .as('reader')
        .graphql(
          'query($first: Int!) { assets(first: $first, filter: { kinds: [DATASET] }) { nodes { successor { id } sources { source } ... on Dataset { glossaryTerms { name } columns { glossaryTerms { name } } } } } }',
          { first },
        );
      return test.database.statementCount - before;
    };
    // Background work sends statements too, now and then: the least of several is the query's own.
    const least = async (first: number): Promise<number> =>
      Math.min(await count(first), await count(first), await count(first));
    expect(await least(2)).toBe(await least(1));
  });
});
