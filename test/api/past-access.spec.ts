import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.js';
import { applyTypes, aRule } from '../support/authzen.js';

const ORDERS = 'dataset:db/orders';

const orders = (eventTime: string, domain: string): object => ({
  eventTime,
  producer: 'https://example.com',
  schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/DatasetEvent',
  dataset: {
    namespace: 'db',
    name: 'orders',
    facets: {
      schema: { fields: [{ name: 'id', type: 'int' }] },
      tags: { tags: [{ key: 'domain', value: domain }] },
      ownership: { owners: [{ name: 'admin' }] },
    },
  },
});
const OWN_DOMAIN = aRule('own-domain', ['discover'], {
  subjects: { attribute: 'handle', operator: 'ne', value: 'pep' },
  resources: { types: ['asset'], where: { attribute: 'domain', operator: 'under', subject: 'domains' } },
});

let test: TestApp;
/** Moments between what happens, in its order. */
const then = new Map<string, string>();
const remember = (name: string): void => void then.set(name, new Date().toISOString());

beforeAll(async () => {
  test = await startTestApp({
    accounts: [
      { handle: 'ann', attributes: { domains: ['sales'] } },
      { handle: 'ben' },
      { handle: 'pep', roles: ['pep'] },
    ],
  });
  await test.as('admin').post('/api/v1/lineage', orders('2026-01-01T10:00:00Z', 'sales')).expect(201);
  await test.settle();
  await applyTypes(test, []);
  remember('closed');
  await applyTypes(test, [], [OWN_DOMAIN]);
  remember('open');
  const { accessRequestCreate } = await test
    .as('ben')
    .graphql<{ accessRequestCreate: { request: { id: string } } }>(
      `mutation { accessRequestCreate(input: { ref: "${ORDERS}", purpose: "report" }) { request { id } } }`,
    );
  const { id } = accessRequestCreate.request;
  await test
    .as('admin')
    .graphql(`mutation { accessRequestDecide(id: "${id}", isApproved: true, reason: "x") { userErrors { message } } }`);
  remember('granted');
  await test
    .as('admin')
    .graphql(`mutation { accessGrantRevoke(request: "${id}", reason: "x") { userErrors { message } } }`);
  remember('revoked');
  const later = new Date(Date.parse(then.get('revoked') ?? '') + 1).toISOString();
  await test.as('admin').post('/api/v1/lineage', orders(later, 'people')).expect(201);
  await test.settle();
  remember('moved');
});
afterAll(() => test.close());

async function who(moment: string): Promise<string[]> {
  const { whoCanAsOf } = await test
    .as('pep')
    .graphql<{ whoCanAsOf: { nodes: { handle: string }[] } }>(
      'query($at: DateTime!, $ref: String!) { whoCanAsOf(at: $at, action: discover, ref: $ref) { nodes { handle } } }',
      { at: then.get(moment), ref: ORDERS },
    );
  return whoCanAsOf.nodes.map(({ handle }) => handle);
}

describe('access as of a date', () => {
  it('goes by the policy set, the grants and the asset of then', async () => {
    expect(await who('closed')).toEqual(['admin']);
    expect(await who('open')).toEqual(['admin', 'ann']);
    expect(await who('granted')).toEqual(['admin', 'ann', 'ben']);
    expect(await who('revoked')).toEqual(['admin', 'ann']);
    expect(await who('moved')).toEqual(['admin']);
  });

  it('is explained, and says what it rests on', async () => {
    const explain = async (moment: string, account: string) => {
      const { explainAsOf } = await test.as('pep').graphql<{ explainAsOf: Record<string, unknown> }>(
        `query($at: DateTime!, $ref: String!, $account: String!) {
          explainAsOf(at: $at, action: discover, ref: $ref, account: $account) {
            decision decidedBy { id title } asOf { at policyVersion ofThen ofToday } } }`,
        { at: then.get(moment), ref: ORDERS, account },
      );
      return explainAsOf;
    };
    expect(await explain('open', 'ann')).toEqual({
      decision: 'ALLOW',
      decidedBy: { id: 'own-domain', title: 'own-domain' },
      asOf: {
        at: then.get('open'),
        policyVersion: 3,
        ofThen: expect.arrayContaining(['policy set', 'grants']),
        ofToday: expect.arrayContaining(['their roles, teams and attributes']),
      },
    });
    expect(await explain('closed', 'ann')).toMatchObject({ decision: 'DENY', asOf: { policyVersion: 2 } });
    expect(await explain('granted', 'ben')).toMatchObject({ decidedBy: { title: 'Granted by admin' } });
    expect(await explain('moved', 'ann')).toMatchObject({ decision: 'DENY', decidedBy: null });
  });

  it('is paged', async () => {
    const page = (after: string | null) =>
      test.as('pep').graphql<{ whoCanAsOf: { nodes: { handle: string }[]; pageInfo: { endCursor: string | null } } }>(
        `query($at: DateTime!, $after: String) { whoCanAsOf(at: $at, action: discover, ref: "${ORDERS}", first: 2, after: $after) {
          nodes { handle } pageInfo { endCursor } } }`,
        { at: then.get('granted'), after },
      );
    const first = (await page(null)).whoCanAsOf;
    const second = (await page(first.pageInfo.endCursor)).whoCanAsOf;
    expect([...first.nodes, ...second.nodes].map(({ handle }) => handle)).toEqual(['admin', 'ann', 'ben']);
    expect(second.pageInfo.endCursor).toBeNull();
  });

  it.each([
    ['what is not over', 'pep', '2999-01-01T00:00:00Z', 'INVALID'],
    ['before anything was known of the asset', 'pep', '2020-01-01T00:00:00Z', 'NOT_FOUND'],
    ['himself, without the right to explain', 'ann', '2026-06-01T00:00:00Z', 'FORBIDDEN'],
  ])('is not told: %s', async (_, handle, at, code) => {
    const { body } = await test
      .as(handle)
      .graphqlRaw(`{ explainAsOf(at: "${at}", action: discover, ref: "${ORDERS}", account: "ann") { decision } }`);
    expect(body.errors[0].extensions.code).toBe(code);
  });
});
