import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.js';
import { applyPolicies, HIDDEN_BY_TAG } from '../support/policies.js';
import { rebuildCatalog } from '../support/rebuild.js';

const NAMESPACE = 'postgres://db.example:5432';
const ref = (name: string): string => `dataset:${encodeURIComponent(NAMESPACE)}/${name}`;
const day = (number: number): string => `2026-03-${String(number).padStart(2, '0')}T00:00:00Z`;

interface Words {
  readonly columns?: readonly string[];
  readonly owners?: readonly string[];
  readonly tags?: readonly string[];
  readonly description?: string;
}

/** What a declaration says of a table on a day of March. */
function says(name: string, at: number, { columns, owners, tags, description }: Words): object {
  return {
    eventTime: day(at),
    dataset: {
      namespace: NAMESPACE,
      name,
      facets: {
        ...(columns && { schema: { fields: columns.map((column) => ({ name: column, type: 'text' })) } }),
        ...(owners && { ownership: { owners: owners.map((owner) => ({ name: owner, type: 'x' })) } }),
        ...(tags && { tags: { tags: tags.map((key) => ({ key, value: 'true', source: 'x' })) } }),
        ...(description !== undefined && { documentation: { description } }),
      },
    },
  };
}
const feeds = (from: string, to: string, at: number): object => ({
  eventType: 'COMPLETE',
  eventTime: day(at),
  run: { runId: `${from}-${to}-${at}` },
  job: { namespace: 'flow', name: `${from}-${to}` },
  inputs: [{ namespace: NAMESPACE, name: from }],
  outputs: [{ namespace: NAMESPACE, name: to }],
});

const STATE = 'description owners tags isPlaceholder columns { path dataType tags }';

let test: TestApp;
beforeAll(async () => {
  test = await startTestApp({ accounts: [{ handle: 'reader' }] });
  await applyPolicies(test, HIDDEN_BY_TAG);
});
afterAll(() => test.close());

async function send(...events: readonly object[]): Promise<void> {
  await test.as('admin').post('/api/v1/lineage/batch', events).expect(200);
  await test.settle();
}

async function stateOf(name: string, at: string, handle = 'admin'): Promise<Record<string, unknown> | null> {
  const QUERY = `query ($ref: String!, $at: DateTime!) { assetAsOf(ref: $ref, at: $at) { ${STATE} } }`;
  interface Answer {
    readonly assetAsOf: Record<string, unknown> | null;
  }
  return (await test.as(handle).graphql<Answer>(QUERY, { ref: ref(name), at })).assetAsOf;
}

async function currentOf(name: string): Promise<unknown> {
  const QUERY = `query ($ref: String!) { asset(ref: $ref) { description owners tags isPlaceholder
    ... on Dataset { columns { path dataType tags } } } }`;
  return (await test.as('admin').graphql<{ readonly asset: unknown }>(QUERY, { ref: ref(name) })).asset;
}

const EVENTS = [
  says('orders', 1, { columns: ['id', 'email'], owners: ['ann'], tags: ['raw'], description: 'Orders.' }),
  says('orders', 10, { columns: ['id', 'email', 'total'], owners: ['bob'] }),
  says('orders', 20, { columns: ['id', 'total'], owners: ['bob'], tags: ['clean'] }),
];

describe('an asset as of a date', () => {
  it('is what had been said by then', async () => {
    await send(...EVENTS, feeds('orders', 'report', 2));
    const paths = async (at: number): Promise<unknown> => {
      const state = await stateOf('orders', day(at));
      return [state?.['owners'], state?.['tags'], state?.['columns']];
    };
    const column = (path: string): object => ({ path, dataType: 'text', tags: [] });
    expect(await stateOf('orders', '2026-02-01T00:00:00Z')).toMatchObject({ isPlaceholder: true, columns: [] });
    expect(await paths(5)).toEqual([['ann'], ['raw'], [column('id'), column('email')]]);
    expect(await paths(15)).toEqual([['bob'], ['raw'], [column('id'), column('email'), column('total')]]);
    expect(await paths(25)).toEqual([['bob'], ['clean'], [column('id'), column('total')]]);
    expect(await stateOf('orders', '2099-01-01T00:00:00Z')).toEqual(await currentOf('orders'));
  });

  it('has what people said since they said it', async () => {
    const before = new Date().toISOString();
    await test
      .as('admin')
      .graphql('mutation ($ref: String!) { assetTag(ref: $ref, add: ["gold"]) { userErrors { code } } }', {
        ref: ref('orders'),
      });
    expect(await stateOf('orders', before)).toMatchObject({ tags: ['clean'] });
    expect(await stateOf('orders', new Date().toISOString())).toMatchObject({ tags: ['clean', 'gold'] });
  });

  it('is shown on all nodes of a lineage in four statements', async () => {
    const QUERY = `query ($ref: String!, $asOf: DateTime, $maxNodes: Int) {
      lineage(ref: $ref, direction: UPSTREAM, asOf: $asOf, maxNodes: $maxNodes) {
        nodes { asset { name } state { owners columns { path } } } } }`;
    const ask = (variables: object): Promise<unknown> =>
      test.as('admin').graphql(QUERY, { ref: ref('report'), ...variables });
    expect(await ask({ asOf: day(15) })).toEqual({
      lineage: {
        nodes: [
          { asset: { name: 'report' }, state: { owners: [], columns: [] } },
          {
            asset: { name: 'orders' },
            state: { owners: ['bob'], columns: [{ path: 'id' }, { path: 'email' }, { path: 'total' }] },
          },
        ],
      },
    });
    expect(await ask({})).toMatchObject({ lineage: { nodes: [{ state: null }, { state: null }] } });
    const WITHOUT = QUERY.replace(/state \{.*\} \} \} \}$/, '} } }');
    const without = await test.statementsOf(() =>
      test.as('admin').graphql(WITHOUT, { ref: ref('report'), asOf: day(15) }),
    );
    expect(await test.statementsOf(() => ask({ asOf: day(15) }))).toBe(without + 4);
  });

  it('differs between two dates in columns, owners and tags', async () => {
    const QUERY = `query ($ref: String!, $from: DateTime!, $to: DateTime!) {
      lineageDiff(ref: $ref, direction: UPSTREAM, from: $from, to: $to) {
        changed { asset { name } attribute column before after } } }`;
    const { lineageDiff } = await test.as('admin').graphql<{ lineageDiff: { changed: readonly object[] } }>(QUERY, {
      ref: ref('report'),
      from: day(5),
      to: day(25),
    });
    const orders = { asset: { name: 'orders' } };
    expect(lineageDiff.changed).toEqual([
      { ...orders, attribute: 'tags', column: null, before: ['raw'], after: ['clean'] },
      { ...orders, attribute: 'owners', column: null, before: ['ann'], after: ['bob'] },
      { ...orders, attribute: 'column', column: 'email', before: ['email'], after: [] },
      { ...orders, attribute: 'column', column: 'total', before: [], after: ['total'] },
    ]);
  });

  it('outlives a rebuild, and nothing is said twice', async () => {
    const COUNT = 'SELECT count(*)::int AS count FROM fact_history';
    const before = [await stateOf('orders', day(5)), await stateOf('orders', day(15))];
    const counted = await test.database.queryOne(COUNT);
    await rebuildCatalog(test);
    expect([await stateOf('orders', day(5)), await stateOf('orders', day(15))]).toEqual(before);
    expect(await test.database.queryOne(COUNT)).toEqual(counted);
  });
});

describe('who may see the past', () => {
  const columnTag = (field: string): object => ({ key: 'hidden', value: 'true', source: 'x', field });
  const withHidden = (name: string, at: number, columns: readonly string[], hidden: readonly string[]): object => ({
    eventTime: day(at),
    dataset: {
      namespace: NAMESPACE,
      name,
      facets: {
        schema: { fields: columns.map((column) => ({ name: column, type: 'text' })) },
        tags: { tags: hidden.map(columnTag) },
      },
    },
  });
  const paths = async (name: string, at: number, handle: string): Promise<unknown> =>
    (await stateOf(name, day(at), handle))?.['columns'];

  it('is decided today: a column that is hidden now was always hidden, and one that is shown now always shown', async () => {
    await send(
      withHidden('people', 1, ['id', 'mail', 'age'], ['age']),
      withHidden('people', 5, ['id', 'mail', 'age'], ['mail']),
    );
    const shown = [{ path: 'id' }, { path: 'age' }];
    expect(await paths('people', 2, 'reader')).toMatchObject(shown);
    expect(await paths('people', 2, 'admin')).toHaveLength(3);
  });

  it('is decided by what was said then of a column that is gone', async () => {
    await send(withHidden('gone', 1, ['id', 'open', 'secret'], ['secret']), withHidden('gone', 5, ['id'], []));
    expect(await paths('gone', 2, 'reader')).toMatchObject([{ path: 'id' }, { path: 'open' }]);
    expect(await paths('gone', 2, 'admin')).toHaveLength(3);
  });

  it('is nobody to whom the asset is hidden today', async () => {
    await send(says('vault', 1, { description: 'Open once.' }), says('vault', 5, { tags: ['hidden'] }));
    expect(await stateOf('vault', day(2), 'reader')).toBeNull();
    expect(await stateOf('vault', day(2), 'admin')).toMatchObject({ description: 'Open once.' });
    expect(await stateOf('no-such', day(2), 'reader')).toBeNull();
  });
});

/** Words of a day; those of different days may be the same. */
const words = fc.record(
  {
    columns: fc.subarray(['id', 'email', 'total'], { minLength: 1 }),
    owners: fc.subarray(['ann', 'bob'], { minLength: 1 }),
    description: fc.constantFrom('One.', 'Two.'),
  },
  { requiredKeys: [] },
);

describe('what is shown as of any date', () => {
  let round = 0;

  /** The oracle is a table of which nothing later was ever said. */
  async function expectHistory(
    days: readonly Words[],
    sent: readonly (readonly object[])[],
    name: string,
  ): Promise<void> {
    for (const batch of sent) await send(...batch);
    for (let last = 1; last <= days.length; last += 1) {
      const twin = `${name}-until-${last}`;
      await send(...days.slice(0, last).map((said, at) => says(twin, at + 1, said)));
      expect(await stateOf(name, day(last)), `on day ${last}`).toEqual(await currentOf(twin));
    }
  }

  it('is what would be current if nothing had been said since', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(words, { minLength: 1, maxLength: 5 }), fc.nat(5), async (days, cut) => {
        round += 1;
        const name = `in-order-${round}`;
        const events = days.map((said, at) => says(name, at + 1, said));
        await expectHistory(
          days,
          [events.slice(0, cut), events.slice(cut)].filter((batch) => batch.length > 0),
          name,
        );
      }),
      { numRuns: 8 },
    );
  }, 60_000);

  it.each([
    ['One. Two. One. One.', 1],
    ['One. Two. One. One. Two.', 1],
    ['One. Two. One. One. Two. Two. One.', 2],
    ['One. Two. One. One. Two. Two. One.', 7],
  ])('knows words that are taken back and said again: %s, the first %i apart', async (said, cut) => {
    round += 1;
    const name = `said-again-${round}`;
    const days = said.split(' ').map((description) => ({ description }));
    const events = days.map((words, at) => says(name, at + 1, words));
    await expectHistory(
      days,
      [events.slice(0, cut), events.slice(cut)].filter((batch) => batch.length > 0),
      name,
    );
  });

  it('is the same in whatever order and however often the words come', async () => {
    const days = [1, 2, 3, 4].map((at) => ({ description: `Day ${at}.`, columns: ['id', `of_${at}`] }));
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([0, 1, 2, 3, 0, 1, 2, 3], { minLength: 8 }), async (order) => {
        round += 1;
        const name = `shuffled-${round}`;
        const sent = order.map((at) => [says(name, at + 1, days[at] ?? {})]);
        await expectHistory(days, sent, name);
      }),
      { numRuns: 5 },
    );
  }, 60_000);
});
