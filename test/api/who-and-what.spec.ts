import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeCursor } from '../../src/platform/graphql/page-arguments.js';
import { startTestApp, type TestApp } from '../support/app.js';

const SECRET = 'dataset:snowflake%3A%2F%2Fnorthlight-eu1/analytics.raw.payroll_runs';
const WHO = `query($ref: String!, $action: Action!, $column: String, $first: Int, $after: String) {
  whoCan(ref: $ref, action: $action, column: $column, first: $first, after: $after) {
    nodes { handle kind rule { id effect } } pageInfo { hasNextPage endCursor } } }`;
const WHAT = `query($account: String, $action: Action, $first: Int, $after: String) {
  whatCan(account: $account, action: $action, first: $first, after: $after) {
    nodes { action ref column asset { ref } } pageInfo { hasNextPage endCursor } } }`;
const EXPLAIN = `query($ref: String!, $action: Action!, $column: String, $account: String) {
  explain(ref: $ref, action: $action, column: $column, account: $account) {
    decision decidedBy { id } nearestMisses { policyId } mask rowFilters howToGet { isRequestable approvers } } }`;

interface Can {
  readonly handle: string;
  readonly rule: { readonly id: string };
}
interface Thing {
  readonly action: string;
  readonly ref: string | null;
  readonly column: string | null;
  readonly asset: { readonly ref: string } | null;
}
interface Answer<Node> {
  readonly nodes: readonly Node[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

let test: TestApp;
let handles: string[];
beforeAll(async () => {
  test = await startTestApp({ catalog: 'demo', accounts: [{ handle: 'left' }] });
  await test
    .as('ada')
    .graphql(
      'mutation { accountUpdate(handle: "left", input: { disabled: true, roles: ["admin"] }) { account { id } } }',
    );
  const { accounts } = await test
    .as('ada')
    .graphql<{ accounts: { nodes: { handle: string }[] } }>('{ accounts(first: 100) { nodes { handle } } }');
  handles = accounts.nodes.map(({ handle }) => handle).filter((handle) => handle !== 'left');
});
afterAll(() => test.close());

async function all<Node>(query: string, variables: object, first: number, asker = 'emil'): Promise<Node[]> {
  const nodes: Node[] = [];
  for (let after: string | null = null, isMore = true; isMore;) {
    const answer: Record<string, Answer<Node>> = await test.as(asker).graphql(query, { ...variables, first, after });
    const [page] = Object.values(answer);
    if (!page) throw new Error('There was no page.');
    nodes.push(...page.nodes);
    after = page.pageInfo.endCursor;
    isMore = page.pageInfo.hasNextPage;
  }
  return nodes;
}

const decisionOf = async (variables: object): Promise<string> =>
  (await test.as('emil').graphql<{ explain: { decision: string } }>(EXPLAIN, variables)).explain.decision;

describe('whoCan', () => {
  it.each([
    ['discover', null],
    ['edit', null],
    ['read_column', 'net'],
  ])('%s: is everybody for whom explain says so, with the rule, on one page and on many', async (action, column) => {
    const question = { ref: SECRET, action, column };
    const expected: string[] = [];
    for (const account of handles) if ((await decisionOf({ ...question, account })) === 'ALLOW') expected.push(account);
    const who = await all<Can>(WHO, question, 100);
    expect(who.map(({ handle }) => handle)).toEqual([...expected].sort());
    expect(who.length).toBeLessThan(handles.length);
    expect(await all<Can>(WHO, question, 1)).toEqual(who);
    const [first] = who;
    const explained = await test
      .as('emil')
      .graphql<{ explain: { decidedBy: { id: string } } }>(EXPLAIN, { ...question, account: first?.handle });
    expect(first?.rule.id).toBe(explained.explain.decidedBy.id);
  });

  it('takes as many statements as there are five hundreds of accounts', async () => {
    const ask = () => test.as('emil').graphql(WHO, { ref: SECRET, action: 'discover', first: 100 });
    expect(await test.statementsOf(ask)).toBeLessThanOrEqual(5);
  });

  it.each([
    ['an asset that there is not', { ref: 'dataset:nowhere/never.was', action: 'discover' }, 'NOT_FOUND'],
    ['a column that there is not', { ref: SECRET, action: 'read_column', column: 'colour' }, 'NOT_FOUND'],
    ['an action on the service', { ref: SECRET, action: 'operate' }, 'INVALID'],
    ['a cursor that was made up', { ref: SECRET, action: 'discover', after: 'x' }, 'INVALID'],
  ])('refuses %s', async (_, variables, code) => {
    const { body } = await test.as('emil').graphqlRaw(WHO, variables);
    expect(body.errors[0].extensions.code).toBe(code);
  });

  it("takes 'explain', whether the asset exists or not", async () => {
    for (const ref of [SECRET, 'dataset:nowhere/never.was']) {
      const { body } = await test.as('hugo').graphqlRaw(WHO, { ref, action: 'discover' });
      expect(body.errors[0].extensions.code).toBe('FORBIDDEN');
    }
  });
});

describe('whatCan', () => {
  const key = ({ action, ref, column }: Thing): string => [action, ref, column].join(' ');

  it.each([40, 100])('is everything for which explain says so, %i a page', async (first) => {
    const things = await all<Thing>(WHAT, { account: 'hugo' }, first);
    expect(new Set(things.map(key)).size).toBe(things.length);
    const assets = await all<{ ref: string }>(
      'query($first: Int, $after: String) { assets(first: $first, after: $after) { nodes { ref } pageInfo { hasNextPage endCursor } } }',
      {},
      100,
      'ada',
    );
    const discovered = things.filter(({ action }) => action === 'discover').map(({ ref }) => ref);
    for (const { ref } of first === 100 ? assets : assets.slice(0, 5)) {
      const decision = await decisionOf({ ref, action: 'discover', account: 'hugo' });
      expect({ ref, isThere: discovered.includes(ref) }).toEqual({ ref, isThere: decision === 'ALLOW' });
    }
    expect(discovered).not.toContain(SECRET);
    expect(things.some(({ action }) => action === 'read_column')).toBe(true);
  });

  it('of one action is that part of the whole', async () => {
    const whole = await all<Thing>(WHAT, { account: 'ada' }, 100);
    const columns = await all<Thing>(WHAT, { account: 'ada', action: 'read_column' }, 50);
    expect(columns).toEqual(whole.filter(({ action }) => action === 'read_column'));
    expect(whole.filter(({ ref }) => ref === null).map(({ action }) => action)).toContain('manage_policies');
  });

  it('shows assets only as far as the asker sees them', async () => {
    const [asked] = (await all<Thing>(WHAT, { account: 'greta', action: 'discover' }, 100)).filter(
      ({ ref }) => ref === SECRET,
    );
    const { asset } = await test
      .as('emil')
      .graphql<{ asset: object | null }>('query($r: String!) { asset(ref: $r) { ref } }', { r: SECRET });
    expect(asked?.asset).toEqual(asset);
  });

  it('is for everybody about himself, and about others takes explain', async () => {
    const own = await all<Thing>(WHAT, { action: 'discover' }, 100, 'hugo');
    expect(own).toEqual(
      (await all<Thing>(WHAT, { account: 'hugo', action: 'discover' }, 100)).map((thing) => ({
        ...thing,
        asset: thing.ref === null ? null : { ref: thing.ref },
      })),
    );
    for (const account of ['greta', 'nobody-there']) {
      const { body } = await test.as('hugo').graphqlRaw(WHAT, { account });
      expect(body.errors[0].extensions.code).toBe('FORBIDDEN');
    }
  });

  it.each([
    ['an account that is disabled', { account: 'left' }, 'NOT_FOUND'],
    ['an account that there is not', { account: 'nobody-there' }, 'NOT_FOUND'],
    ['a cursor of nobody', { after: 'x' }, 'INVALID'],
    ['a cursor without an id', { after: encodeCursor(['discover', 'a', 'b']) }, 'INVALID'],
    ['a cursor of an action that there is not', { after: encodeCursor(['fly', 'a', 'b']) }, 'INVALID'],
  ])('refuses %s', async (_, variables, code) => {
    const { body } = await test.as('emil').graphqlRaw(WHAT, variables);
    expect(body.errors[0].extensions.code).toBe(code);
  });
});

describe('explain', () => {
  const ask = async (asker: string, variables: object) =>
    (await test.as(asker).graphql<{ explain: object }>(EXPLAIN, { ref: SECRET, ...variables })).explain;

  it('says how to get what nobody decided', async () => {
    const denied = await ask('emil', { action: 'discover', account: 'hugo' });
    expect(denied).toMatchObject({
      decision: 'DENY',
      mask: null,
      rowFilters: [],
      howToGet: { approvers: expect.any(Array) },
    });
    expect(await ask('emil', { action: 'edit', account: 'hugo' })).toMatchObject({
      howToGet: { isRequestable: false, approvers: [] },
    });
    expect(await ask('emil', { action: 'discover', account: 'ada' })).toMatchObject({
      decision: 'ALLOW',
      howToGet: null,
    });
  });
});
