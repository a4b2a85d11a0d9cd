import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.js';

let test: TestApp;
beforeAll(async () => {
  test = await startTestApp({ catalog: 'demo' });
  await test.as('admin').post('/api/v1/lineage', RIGHT_TO_LEFT).expect(201);
  await test.settle();
});
afterAll(() => test.close());

const RIGHT_TO_LEFT = {
  eventTime: '2026-01-01T00:00:00Z',
  producer: 'https://test.example',
  schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/DatasetEvent',
  dataset: { namespace: 'kafka://test.example:9092', name: 'طلبات_اليوم' },
};

const HOSTILE: readonly (readonly [string, string])[] = [
  ['nothing', ''],
  ['only space', ' \t\n\u00a0\u2003 '],
  ['10,000 letters', 'a'.repeat(10_000)],
  ['10,000 characters of words', 'order '.repeat(1667).slice(0, 10_000)],
  ['10,000 quotes', '"'.repeat(10_000)],
  ['5,000 words', Array.from({ length: 5000 }, (_, at) => `word${at}`).join(' ')],
  ['as many words as a query may hold', Array.from({ length: 256 }, (_, at) => 'abcdefghij'[at % 10]).join(' ')],
  ['as many excluded words as a query may hold', '-a '.repeat(170)],
  ['as many phrases as a query may hold', '"a b" '.repeat(85)],
  ['only punctuation', '!@#$%^&*()_+-=[]{}|;\':",./<>?`~\\'],
  ['only quotes', '""""""'],
  ['only dashes', '--- - -- -"" -'],
  ['a regular expression', '^(fct|dim)_.*$'],
  ['a regular expression that explodes', '(a+)+$ aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!'],
  ['wild cards', '%_% *?* fct\\_%'],
  ['emoji', '🦓🔥👩‍👩‍👧‍👦 🏳️‍🌈'],
  ['emoji within a word', 'cust🦓omer'],
  ['half an emoji', 'orders \ud83e'],
  ['right to left', 'طلبات العملاء'],
  ['a right-to-left override', '\u202Esredro_tcf'],
  ['accents upon accents', `Z${'\u0301'.repeat(400)}`],
  ['no-width characters', 'or\u200bders\ufeff\u2060'],
  ['letters that grow when they are folded', 'ﷺ'.repeat(500)],
  ['full-width letters', 'ｆｃｔ＿ｏｒｄｅｒｓ'],
  ['an SQL statement', `'; DROP TABLE asset; --`],
  ['an SQL union', `x' UNION SELECT handle, token FROM account WHERE '1'='1`],
  ['SQL parameters', '$1 $2 ? :name'],
  ['dollar quotes', '$$ orders $tag$ x $tag$'],
  ['a tsquery', `orders:*A & !(refunds | payments) <-> customers <2> 'x''y'`],
  ['a broken tsquery', `& | ! <-> ) ( :* orders:`],
  ['a tsquery within quotes', `"orders' | 'payments"`],
  ['a key of the index', '=orders #orders ~orders'],
  ['a backslash at the end', 'orders\\'],
  ['NUL', 'ord\0ers'],
  ['control characters', 'orders\u0001\u0007\u001b[31m'],
  ['an unbalanced quote', '"fct orders'],
  ['quotes within quotes', '"fct "orders" x'],
  ['an unbalanced excluded phrase', 'orders -"refunds'],
  ['only exclusions', '-orders'],
  ['a qualifier without a value', 'owner:'],
  ['qualifiers without values', 'owner: tag: type: domain:""'],
  ['a qualifier of nothing', ':value ::: a:b:c'],
  ['a qualifier that is a word of JavaScript', 'constructor:x __proto__:y toString:z'],
  ['a qualifier with a hostile value', `owner:"'; --" tag:\0 type:🦓`],
  ['braces of JSON', '{"$ne": null}'],
  ['a path', '../../../etc/passwd'],
  ['a template', '${7*7} {{7*7}} <script>alert(1)</script>'],
];

/** What could make an engine ask word by word. */
const COSTLY = /^as many|^5,000|regular expression that|^wild|^a tsquery$|^qualifiers without/;

interface Answer {
  readonly data?: {
    search?: { totalCount: number; nodes: readonly unknown[] } | null;
    searchSuggest?: unknown[];
  } | null;
  readonly errors?: readonly { message: string; extensions: { code: string; field?: readonly string[] } }[];
}

async function ask(query: string, variables: object): Promise<Answer> {
  const { status, body } = await test.as('admin').graphqlRaw(query, variables);
  expect(status).toBe(200);
  return body as Answer;
}

const search = (query: string): Promise<Answer> =>
  ask('query($query: String!) { search(query: $query, first: 10) { totalCount nodes { tier } } }', { query });
const suggest = (prefix: string): Promise<Answer> =>
  ask('query($prefix: String!) { searchSuggest(prefix: $prefix) { tier } }', { prefix });

/**
 * 'found' for a page that fits its total, 'refused' for the one error that the asker can mend: it names the field, if one is
 * given, and is short. Otherwise the whole answer.
 */
function outcomeOf(answer: Answer, field?: string): string {
  const { data, errors } = answer;
  const [error, ...others] = errors ?? [];
  if (error) {
    const isNamed =
      field === undefined || (error.extensions.field?.length === 1 && error.extensions.field[0] === field);
    const isClear = error.extensions.code === 'INVALID' && error.message.length < 500 && others.length === 0;
    return isNamed && isClear ? 'refused' : JSON.stringify(answer);
  }
  const isPage = data?.search ? data.search.nodes.length === Math.min(10, data.search.totalCount) : false;
  const isList = (data?.searchSuggest?.length ?? Number.NaN) <= 10;
  return isPage || isList ? 'found' : JSON.stringify(answer);
}
const CLEAR = /^(?:found|refused)$/;

describe('a hostile query', () => {
  it.each(HOSTILE)('finds something or says what is wrong: %s', async (_, query) => {
    expect(outcomeOf(await search(query), 'query')).toMatch(CLEAR);
  });

  it.each(HOSTILE)('is suggested for, or told what is wrong: %s', async (_, prefix) => {
    expect(outcomeOf(await suggest(prefix), 'prefix')).toMatch(CLEAR);
  });

  // A few for each tier that is looked at; never one for each word, qualifier or hit.
  it('costs a bounded number of statements', async () => {
    const costs = new Map<string, number>();
    for (const [name, query] of HOSTILE.filter(([each]) => COSTLY.test(each)))
      costs.set(name, await test.statementsOf(() => search(query)));
    expect(costs.size).toBe(8);
    expect([...costs].filter(([, statements]) => statements > 40)).toEqual([]);
  });

  it('of any characters at all is answered', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 100 }),
      fc.string({ unit: fc.constantFrom(...`a:"-_ \0'\\&|!()*<>`) }),
    );
    await fc.assert(
      fc.asyncProperty(text, async (query) => {
        expect(outcomeOf(await search(query), 'query')).toMatch(CLEAR);
        expect(outcomeOf(await suggest(query), 'prefix')).toMatch(CLEAR);
      }),
      { numRuns: 150 },
    );
  });

  it('that is too long says how long it may be', async () => {
    const { errors } = await search('a'.repeat(10_000));
    expect(errors?.[0]?.message).toMatch(/at most \d+ characters long, not 10000/);
  });

  it('changes nothing', async () => {
    expect((await search('fct_orders')).data?.search?.totalCount).toBeGreaterThan(0);
  });
});

describe('a name among hostile characters', () => {
  const namesOf = async (query: string): Promise<string[]> => {
    const { search: found } = await test
      .as('admin')
      .graphql<{ search: { nodes: { asset: { name: string } }[] } }>(
        'query($query: String!) { search(query: $query, first: 10) { nodes { asset { name } } } }',
        { query },
      );
    return found.nodes.map(({ asset }) => asset.name);
  };

  it.each([
    'fct_orders & | ! <->',
    `'fct_orders'`,
    '"fct_orders',
    '((fct_orders))',
    'fct_orders\0',
    '\u202Efct_orders',
    '🔥 fct_orders 🔥',
    'ｆｃｔ＿ｏｒｄｅｒｓ',
    'FCT_ÖRDERS',
  ])('is found: %j', async (query) => {
    expect((await namesOf(query))[0]).toBe('analytics.marts.fct_orders');
  });

  it('is found from right to left', async () => {
    expect(await namesOf('طلبات')).toEqual(['طلبات_اليوم']);
    expect(await namesOf('طلبات اليوم')).toEqual(['طلبات_اليوم']);
  });
});

describe('a hostile argument beside the query', () => {
  const LISTS = ['tags', 'owners', 'platforms'];
  const FIELDS = ['domain', 'namespace', 'dataProduct', ...LISTS];
  const withFilter = (field: string, value: string): Promise<Answer> =>
    ask(
      'query($filter: SearchFilter) { search(query: "orders", filter: $filter, first: 10) { totalCount nodes { tier } } }',
      {
        filter: { [field]: LISTS.includes(field) ? [value] : value },
      },
    );
  const NASTY = ['', '\0', `'; DROP TABLE asset; --`, '%', '🦓\ud83e', 'x'.repeat(10_000)];

  it.each(FIELDS)('finds nothing or says what is wrong: filter %s', async (field) => {
    for (const value of NASTY) expect(outcomeOf(await withFilter(field, value))).toMatch(CLEAR);
  });

  it.each(FIELDS)('of a list says which it is that holds NUL: filter %s', async (field) => {
    const { errors } = await ask('query($filter: AssetFilter) { assets(filter: $filter) { totalCount } }', {
      filter: { [field]: LISTS.includes(field) ? ['\0'] : '\0' },
    });
    expect(errors?.[0]).toMatchObject({ extensions: { code: 'INVALID', field: ['filter', field] } });
  });

  it.each(['x', '', '\0', 'W10', Buffer.from('[1,2,3,4,5,6,7,8]').toString('base64url'), 'A'.repeat(10_000)])(
    'is refused as a cursor: %j',
    async (after) => {
      const { errors } = await ask('query($after: String) { search(query: "orders", after: $after) { totalCount } }', {
        after,
      });
      expect(errors?.[0]).toMatchObject({ extensions: { code: 'INVALID', field: ['after'] } });
    },
  );

  it.each([0, -1, 101, 2_147_483_647])('is refused as a size of the page: %i', async (first) => {
    const { errors } = await ask('query($first: Int) { search(query: "orders", first: $first) { totalCount } }', {
      first,
    });
    expect(errors?.[0]).toMatchObject({ extensions: { code: 'INVALID', field: ['first'] } });
  });
});
