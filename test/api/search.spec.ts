import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.js';
import { applyPolicies, HIDDEN_BY_TAG } from '../support/policies.js';

const NAMESPACE = 'postgres://db.example:5432';
const ref = (name: string): string => `dataset:${encodeURIComponent(NAMESPACE)}/${name}`;

interface Given {
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly owner?: string;
  readonly columns?: readonly string[];
}

/** A DatasetEvent. */
function declared(name: string, { description, tags, owner, columns }: Given): object {
  return {
    eventTime: '2026-05-01T10:00:00Z',
    dataset: {
      namespace: NAMESPACE,
      name,
      facets: {
        ...(description === undefined ? {} : { documentation: { description } }),
        ...(tags === undefined ? {} : { tags: { tags: tags.map((key) => ({ key, value: 'true' })) } }),
        ...(owner === undefined ? {} : { ownership: { owners: [{ name: owner, type: 'OWNER' }] } }),
        schema: { fields: (columns ?? ['id']).map((column) => ({ name: column, type: 'text' })) },
      },
    },
  };
}

interface Answer {
  readonly totalCount: number;
  readonly didYouMean: string | null;
  readonly position: string;
  readonly notices: readonly { text: string; message: string }[];
  readonly facets: readonly { field: string; values: readonly { value: string; count: number }[]; without: number }[];
  readonly nodes: readonly {
    tier: string;
    item: { __typename: string; name?: string; path?: string; handle?: string };
    asset: { name: string } | null;
    matches: readonly { field: string; text: string; highlights: readonly { start: number; length: number }[] }[];
    score: readonly { name: string; points: number }[] | null;
  }[];
}

const SEARCH = `query($q: String!, $filter: SearchFilter, $facets: [SearchField!], $sort: SearchSort, $min: String, $explain: Boolean) {
  search(query: $q, filter: $filter, facets: $facets, sort: $sort, minPosition: $min, explain: $explain) {
    totalCount didYouMean position notices { text message } facets { field values { value count } without }
    nodes { tier asset { name } score { name points } matches { field text highlights { start length } }
      item { __typename ... on Dataset { name } ... on Column { path } ... on Person { handle } } } } }`;

describe('search', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp({ accounts: [{ handle: 'ann', teams: ['crew'] }, { handle: 'zoe' }, { handle: 'ben' }] });
    const admin = test.as('admin');
    await admin
      .post('/api/v1/lineage/batch', [
        declared('shop.orders', {
          description: 'One row per order, with the gross amount.',
          tags: ['finance'],
          owner: 'ann',
          columns: ['order_id', 'gross_amount'],
        }),
        declared('shop.order_items', { owner: 'crew' }),
        declared('shop.salaries', { tags: ['hidden'], owner: 'zoe', description: 'What everybody earns.' }),
      ])
      .expect(200);
    await applyPolicies(test, HIDDEN_BY_TAG);
    await test.settle();
  });
  afterAll(() => test.close());

  const ask = async (q: string, rest: object = {}, handle = 'ann'): Promise<Answer> =>
    (await test.as(handle).graphql<{ search: Answer }>(SEARCH, { q, ...rest })).search;
  const shown = ({ nodes }: Answer): string[] =>
    nodes.map(({ item }) => `${item.__typename} ${item.name ?? item.path ?? item.handle ?? ''}`);

  it('finds datasets, columns and people, and says which text matched where', async () => {
    const answer = await ask('gross amount');
    expect(shown(answer)).toEqual(['Column gross_amount', 'Dataset shop.orders']);
    expect(answer.nodes[0]).toMatchObject({ tier: 'COLUMN_NAME', asset: { name: 'shop.orders' }, score: null });
    expect(answer.nodes[0]?.matches).toEqual([
      { field: 'NAME', text: 'gross_amount', highlights: [{ start: 0, length: 12 }] },
    ]);
    const [, inText] = answer.nodes;
    const [match] = inText?.matches ?? [];
    expect(match?.field).toBe('DESCRIPTION');
    expect(match?.highlights.map(({ start, length }) => match.text.slice(start, start + length))).toEqual([
      'gross',
      'amount',
    ]);
    expect(shown(await ask('ann'))[0]).toBe('Person ann');
  });

  it('counts in facets what the caller may see, and nothing else', async () => {
    const facets = ['TAG', 'KIND', 'OWNER'];
    expect((await ask('shop', { facets, filter: { kinds: ['DATASET'] } })).facets).toEqual([
      { field: 'TAG', values: [{ value: 'finance', count: 1 }], without: 1 },
      { field: 'KIND', values: [{ value: 'DATASET', count: 2 }], without: 0 },
      {
        field: 'OWNER',
        values: [
          { value: 'ann', count: 1 },
          { value: 'crew', count: 1 },
        ],
        without: 0,
      },
    ]);
    expect((await ask('shop', { facets, filter: { kinds: ['DATASET'] } }, 'admin')).totalCount).toBe(3);
  });

  it('hides people who own nothing that the caller may see', async () => {
    expect(await ask('zoe')).toMatchObject({ nodes: [], totalCount: 0, didYouMean: null });
    expect(shown(await ask('zoe', {}, 'admin'))[0]).toBe('Person zoe');
    expect(shown(await ask('zoe', {}, 'zoe'))).toEqual(['Person zoe']);
  });

  it('reads qualifiers, and explains those it cannot', async () => {
    expect(shown(await ask('owner:me type:table')).toSorted()).toEqual([
      'Dataset shop.order_items',
      'Dataset shop.orders',
    ]);
    expect(shown(await ask('tag:FINANCE kind:dataset'))).toEqual(['Dataset shop.orders']);
    expect(shown(await ask('order -tag:finance kind:datasets'))).toEqual(['Dataset shop.order_items']);
    const wrong = await ask('orders sensitivity:secret colour:red');
    expect(wrong.notices).toEqual([
      {
        text: 'sensitivity:secret',
        message: "There is no sensitivity 'secret'. There are: public, internal, confidential, restricted.",
      },
      { text: 'colour:red', message: expect.stringContaining("'colour' is no qualifier and was searched as a word.") },
    ]);
  });

  it('takes other words for kinds', async () => {
    for (const query of ['ann kind:people', 'crew type:teams', 'ann kind:person'])
      expect(shown(await ask(query))).toEqual([`Person ${query.split(' ')[0] ?? ''}`]);
    expect(shown(await ask('kind:tables'))).toEqual(shown(await ask('type:table')));
    expect(await ask('kind:products')).toMatchObject({ totalCount: 0, notices: [] });
  });

  it('counts nothing in each facet that is asked for where nothing is searched', async () => {
    expect(await ask('!!!', { facets: ['TAG', 'KIND'] })).toMatchObject({
      totalCount: 0,
      facets: [
        { field: 'TAG', values: [], without: 0 },
        { field: 'KIND', values: [], without: 0 },
      ],
    });
  });

  it('says what it searched instead of a misspelled word', async () => {
    const answer = await ask('ammount');
    expect(answer).toMatchObject({ didYouMean: 'amount' });
    expect(answer.nodes[0]).toMatchObject({ tier: 'SIMILAR', item: { path: 'gross_amount' } });
    expect(await ask('salariez')).toMatchObject({ didYouMean: null, totalCount: 0 });
  });

  it('takes abbreviations, synonyms of the glossary that the caller may see, and those that were added', async () => {
    expect(shown(await ask('gross amt'))).toEqual(shown(await ask('gross amount')));
    const term = `mutation($name: String!) {
      termCreate(input: { glossary: "sales", name: $name, definition: "A word.", synonyms: ["TTO"] }) {
        asset { ref } userErrors { message } } }`;
    const { termCreate } = await test
      .as('admin')
      .graphql<{ termCreate: { asset: { ref: string } } }>(term, { name: 'Gross Amount' });
    await test.settle();
    expect(shown(await ask('TTO'))).toEqual(['Term ', 'Column gross_amount', 'Dataset shop.orders']);
    await test
      .as('admin')
      .graphql('mutation($ref: String!) { assetTag(ref: $ref, add: ["hidden"]) { userErrors { message } } }', {
        ref: termCreate.asset.ref,
      });
    await test.settle();
    expect(await ask('TTO')).toMatchObject({ totalCount: 0, didYouMean: null });
    const add =
      'mutation { searchSynonymSet(word: "TTO", synonyms: ["gross amount"]) { synonym { word synonyms } userErrors { code } } }';
    expect(await test.as('ann').graphql(add)).toMatchObject({
      searchSynonymSet: { userErrors: [{ code: 'FORBIDDEN' }] },
    });
    expect(await test.as('admin').graphql(add)).toMatchObject({
      searchSynonymSet: { synonym: { word: 'tto', synonyms: ['gross amount'] }, userErrors: [] },
    });
    expect((await ask('tto')).totalCount).toBe(2);
    const { searchSynonyms } = await test
      .as('ann')
      .graphql<{ searchSynonyms: { nodes: object[] } }>('{ searchSynonyms(first: 100) { nodes { word synonyms } } }');
    expect(searchSynonyms.nodes).toContainEqual({ word: 'customer', synonyms: ['cust', 'client'] });
  });

  it('explains places, and sorts', async () => {
    const [hit] = (await ask('orders', { explain: true })).nodes;
    expect(hit?.score).toContainEqual({ name: 'OWNERSHIP', points: 20 });
    const byName = await ask('', { sort: 'NAME', filter: { kinds: ['DATASET'] } });
    expect(shown(byName)).toEqual(['Dataset shop.order_items', 'Dataset shop.orders']);
  });

  it('finds what was just said when it is asked to wait for it', async () => {
    for (const word of ['walrus', 'ocelot', 'marten']) {
      const { assetDescribe } = await test
        .as('admin')
        .graphql<{ assetDescribe: { userErrors: object[] } }>(
          'mutation($ref: String!, $d: String!) { assetDescribe(ref: $ref, description: $d) { userErrors { message } } }',
          { ref: ref('shop.order_items'), d: `Has a ${word}.` },
        );
      expect(assetDescribe.userErrors).toEqual([]);
      const { changeLogPosition } = await test
        .as('ann')
        .graphql<{ changeLogPosition: string }>('{ changeLogPosition }');
      const answer = await ask(word, { min: changeLogPosition });
      expect(answer.totalCount).toBe(1);
      expect(BigInt(answer.position)).toBeGreaterThanOrEqual(BigInt(changeLogPosition));
    }
    const refused = await test.as('ann').graphqlRaw(SEARCH, { q: 'x', min: 'soon' });
    expect(refused.body).toMatchObject({
      errors: [{ message: 'minPosition is a position of the change log: digits only.' }],
    });
  });

  it('refuses ten thousand characters and answers nothing for punctuation', async () => {
    const refused = await test.as('ann').graphqlRaw(SEARCH, { q: 'a'.repeat(10_000) });
    expect(refused.body).toMatchObject({
      errors: [{ message: 'A search is at most 512 characters long, not 10000.' }],
    });
    expect(await ask('?!* ()')).toMatchObject({ totalCount: 0, nodes: [] });
  });

  it('sends few statements, however many hits', async () => {
    const few = await test.statementsOf(() => ask('shop', { facets: ['TAG', 'OWNER'] }));
    const all = await test.statementsOf(() => ask('order', { facets: ['TAG', 'OWNER', 'DOMAIN', 'KIND'] }));
    expect(Math.max(few, all)).toBeLessThanOrEqual(16);
  });
});
