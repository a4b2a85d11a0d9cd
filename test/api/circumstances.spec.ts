import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.js';
import { applyTypes, aRule, ask, question } from '../support/authzen.js';

const NAMESPACE = 'postgres://db.example:5432';
const ref = (name: string): string => `dataset:${encodeURIComponent(NAMESPACE)}/${name}`;
const [OFFICE, HOME, OFFICE_6] = ['10.1.2.3', '192.0.2.7', '2001:db8::7'];

const dataset = (name: string): object => ({
  namespace: NAMESPACE,
  name,
  facets: { schema: { fields: [{ name: 'id', type: 'int' }] } },
});
/** payroll → load → bonus. */
const EVENT = {
  eventType: 'COMPLETE',
  eventTime: '2026-05-01T10:00:00Z',
  run: { runId: 'r' },
  job: { namespace: 'flow', name: 'load' },
  inputs: [dataset('payroll')],
  outputs: [dataset('bonus')],
};

const named = (...names: string[]): object => ({
  types: ['asset'],
  where: { attribute: 'name', operator: 'in', value: names },
});
const POLICIES = [
  aRule('load-and-bonus', ['discover'], { resources: named('load', 'bonus') }),
  aRule('payroll-from-the-office', ['discover'], {
    env: { attribute: 'ip', operator: 'inNetwork', value: ['10.0.0.0/8', '2001:db8::/32'] },
    resources: named('payroll'),
  }),
  aRule('payroll-against-fraud', ['discover'], {
    env: { attribute: 'purpose', operator: 'eq', value: 'fraud' },
    resources: named('payroll'),
  }),
  aRule('never-by-the-command-line', ['discover'], {
    effect: 'deny',
    env: { attribute: 'channel', operator: 'eq', value: 'cli' },
    resources: named('bonus'),
    onMissing: 'ignore',
  }),
  aRule('no-secrets-from-nowhere', ['discover'], {
    effect: 'deny',
    env: { not: { attribute: 'ip', operator: 'inNetwork', value: ['0.0.0.0/0', '::/0'] } },
    resources: named('load'),
  }),
];

let test: TestApp;
beforeAll(async () => {
  test = await startTestApp({
    env: { CADASTRE_TRUSTED_PROXIES: '127.0.0.1, ::1' },
    accounts: [
      { handle: 'ann', attributes: { purposes: ['fraud', 'Grüße'] } },
      { handle: 'ben' },
      { handle: 'pep', roles: ['pep'] },
      { handle: 'loader', roles: ['admin', 'pep'] },
    ],
  });
  await test.as('loader').post('/api/v1/lineage', EVENT).expect(201);
  await applyTypes(test, [], POLICIES);
  await test.settle();
});
afterAll(() => test.close());

const READINGS = `query($ref: String!, $bonus: String!) {
  asset(ref: $ref) { name }
  assets(first: 10) { nodes { name } totalCount }
  search(query: "payroll") { nodes { asset { name } } }
  lineage(ref: $bonus, direction: UPSTREAM, maxHops: 5) { nodes { asset { name } } }
}`;
interface Readings {
  readonly asset: { readonly name: string } | null;
  readonly assets: { readonly nodes: readonly { readonly name: string }[]; readonly totalCount: number };
  readonly search: { readonly nodes: readonly { readonly asset: { readonly name: string } }[] };
  readonly lineage: { readonly nodes: readonly { readonly asset: { readonly name: string } }[] };
}

/** Whether page, list, search and lineage show the payroll. */
async function seen(handle: string, headers: Record<string, string>): Promise<boolean[]> {
  const variables = { ref: ref('payroll'), bonus: ref('bonus') };
  const { body } = await test.as(handle).graphqlRaw(READINGS, variables).set(headers).expect(200);
  const { asset, assets, search, lineage } = body.data as Readings;
  expect(assets.totalCount).toBe(assets.nodes.length);
  return [
    asset !== null,
    assets.nodes.some(({ name }) => name === 'payroll'),
    search.nodes.length > 0,
    lineage.nodes.some(({ asset: { name } }) => name === 'payroll'),
  ];
}

const YES = [true, true, true, true];
const NO = [false, false, false, false];

describe('circumstances of a request', () => {
  it.each([
    ['from the office', { 'x-forwarded-for': OFFICE }, YES],
    ['from the office over IPv6', { 'x-forwarded-for': OFFICE_6 }, YES],
    ['from an IPv4 address written as IPv6', { 'x-forwarded-for': `::ffff:${OFFICE}` }, YES],
    ['from home', { 'x-forwarded-for': HOME }, NO],
    ['from home, with the office named by nobody we trust', { 'x-forwarded-for': `${OFFICE}, ${HOME}` }, NO],
    ['from the proxy itself', {}, NO],
    ['from home with a purpose', { 'x-forwarded-for': HOME, 'cadastre-purpose': 'fraud' }, YES],
    ['with another of his purposes', { 'x-forwarded-for': HOME, 'cadastre-purpose': 'Gr%C3%BC%C3%9Fe' }, NO],
  ])('decide alike in page, list, search and lineage: %s', async (_, headers, expected) => {
    expect(await seen('ann', headers)).toEqual(expected);
  });

  it('are asked for anew at every request', async () => {
    for (const [from, expected] of [
      [OFFICE, YES],
      [HOME, NO],
      [OFFICE, YES],
    ] as const)
      expect(await seen('ben', { 'x-forwarded-for': from })).toEqual(expected);
  });

  it('hold no purpose that the account does not have', async () => {
    const { body } = await test.as('ben').graphqlRaw('{ __typename }').set('cadastre-purpose', 'fraud').expect(403);
    expect(body.errors[0].message).toContain("has not the purpose 'fraud'");
  });

  it('know the command line', async () => {
    const bonus = (headers: Record<string, string>): Promise<{ body: { data: { asset: object | null } } }> =>
      test
        .as('ben')
        .graphqlRaw('query($r: String!) { asset(ref: $r) { name } }', { r: ref('bonus') })
        .set(headers);
    expect((await bonus({})).body.data.asset).toEqual({ name: 'bonus' });
    expect((await bonus({ 'cadastre-channel': 'cli' })).body.data.asset).toBeNull();
  });
});

describe('questions about circumstances', () => {
  const evaluate = async (subject: string, context: object | undefined, asker = 'pep') => {
    const { decision } = await ask(
      test,
      'evaluation',
      { ...question(subject, 'discover', ref('payroll'), 'asset'), context },
      asker,
    );
    return decision;
  };

  it('are answered for the context that an enforcement point sends', async () => {
    expect(await evaluate('ben', { ip: OFFICE })).toBe(true);
    expect(await evaluate('ben', { ip: HOME })).toBe(false);
    expect(await evaluate('ben', undefined)).toBe(false);
    expect(await evaluate('ben', { ip: ['no', 'address'] })).toBe(false);
    expect(await evaluate('ann', { purpose: 'fraud' })).toBe(true);
    expect(await evaluate('ben', { purpose: 'fraud' })).toBe(false);
  });

  it('are not answered for a context that somebody makes up for himself', async () => {
    expect(await evaluate('ben', { ip: OFFICE }, 'ben')).toBe(false);
  });

  it('are found backwards: who, what and what for', async () => {
    const search = (kind: string, body: object) =>
      ask<{ results: { id?: string; name?: string }[] }>(test, `search/${kind}`, body);
    const resource = { type: 'asset', id: ref('payroll') };
    const action = { name: 'discover' };
    const who = await search('subject', { subject: { type: 'user' }, action, resource, context: { purpose: 'fraud' } });
    expect(who.results.map(({ id }) => id)).toEqual(['admin', 'ann', 'loader']);
    const subject = { type: 'user', id: 'ben' };
    const what = await search('resource', { subject, action, resource: { type: 'asset' }, context: { ip: OFFICE } });
    expect(what.results).toContainEqual(resource);
    const actions = await search('action', { subject, resource, context: { ip: OFFICE } });
    expect(actions.results).toEqual([{ name: 'discover' }]);
  });

  it('tell in GraphQL which circumstance is missing', async () => {
    const { explain } = await test
      .as('loader')
      .graphql<{ explain: { decision: string; missingAttributes: string[]; nearestMisses: { failed: string[] }[] } }>(
        `query($r: String!) { explain(action: discover, ref: $r, account: "ben", environment: { ip: "${HOME}" }) {
        decision missingAttributes nearestMisses { failed } } }`,
        { r: ref('payroll') },
      );
    expect(explain.decision).toBe('DENY');
    expect(explain.missingAttributes).toEqual(['env.channel', 'env.purpose']);
    expect(explain.nearestMisses.flatMap(({ failed }) => failed)).toContain('env.purpose eq "fraud", but it is null');
  });

  it('are refused for what is no address, and for who may not ask about others', async () => {
    const asked = (ip: string) =>
      `{ whoCan(action: discover, ref: "${ref('payroll')}", environment: { ip: "${ip}" }) { nodes { handle } } }`;
    const refused = await test.as('loader').graphqlRaw(asked('10.0.0.300'));
    expect(refused.body.errors[0].message).toContain("'10.0.0.300' is no address");
    const own = await test.as('ben').graphqlRaw(`{ whatCan(environment: { ip: "${OFFICE}" }) { nodes { ref } } }`);
    expect(own.body.errors[0].extensions.code).toBe('FORBIDDEN');
  });
});
