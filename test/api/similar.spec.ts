import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.js';
import { applyPolicies, HIDDEN_BY_TAG } from '../support/policies.js';

const ref = (name: string): string => `dataset:db/${name}`;
const tagged = (...keys: string[]): object => ({ tags: { tags: keys.map((key) => ({ key, value: 'true' })) } });
const declared = (name: string, columns: readonly string[], facets: object = {}): object => ({
  eventTime: '2026-05-01T10:00:00Z',
  dataset: {
    namespace: 'db',
    name,
    facets: { schema: { fields: columns.map((column) => ({ name: column, type: 'int' })) }, ...facets },
  },
});

interface Similar {
  readonly dataset: { name: string };
  readonly score: number;
  readonly columns: readonly string[];
  readonly words: readonly string[];
  readonly terms: readonly string[];
  readonly tags: readonly string[];
}

let test: TestApp;
beforeAll(async () => {
  test = await startTestApp({ accounts: [{ handle: 'ann' }, { handle: 'inga', roles: ['ingestor'] }] });
  const admin = test.as('admin');
  await admin.post('/api/v1/lineage/batch', [
    declared('shop.orders', ['id', 'order_number', 'customer_id', 'net_amount', 'created_at'], tagged('finance')),
    declared('lake.OrderArchive', ['orderNumber', 'CustomerID', 'NetAmount', 'archived'], tagged('finance')),
    declared('crm.customers', ['id', 'customer_id', 'birthday', 'created_at']),
    declared('hr.people', ['id', 'birthday', 'created_at']),
    declared('shop.orders_daily', ['id', 'total']),
    declared('crm.loyalty', ['member_id']),
  ]);
  await applyPolicies(test, HIDDEN_BY_TAG);
  await test.settle();
});
afterAll(() => test.close());

const ask = async (name: string, handle = 'ann', first = 10): Promise<Similar[]> =>
  (
    await test.as(handle).graphql<{ similarDatasets: Similar[] }>(
      `query($r: String!, $first: Int) { similarDatasets(ref: $r, first: $first) {
        dataset { name } score columns words terms tags } }`,
      { r: ref(name), first },
    )
  ).similarDatasets;

describe('similarDatasets', () => {
  it('finds what has telling columns, words and labels in common, the most alike first, and says which', async () => {
    const found = await ask('shop.orders');
    expect(found.map(({ dataset, columns, words, tags }) => [dataset.name, columns, words, tags])).toEqual([
      ['lake.OrderArchive', ['net_amount', 'order_number', 'customer_id'], ['orders'], ['finance']],
      ['crm.customers', ['customer_id'], [], []],
      ['shop.orders_daily', [], ['orders'], []],
    ]);
    const scores = found.map(({ score }) => score);
    expect(scores.toSorted((a, b) => b - a)).toEqual(scores);
    expect(scores.every((score) => score > 0 && score <= 1)).toBe(true);
    expect((await ask('shop.orders', 'ann', 1)).map(({ dataset }) => dataset.name)).toEqual(['lake.OrderArchive']);
  });

  it('takes columns that tables of anything have for nothing', async () => {
    expect((await ask('crm.loyalty')).map(({ dataset }) => dataset.name)).toEqual([]);
    expect((await ask('hr.people')).map(({ dataset, columns }) => [dataset.name, columns])).toEqual([
      ['crm.customers', ['birthday']],
    ]);
  });

  it('does not change by what is hidden: no hit, no column, no weight', async () => {
    const before = await ask('shop.orders');
    const hiddenColumn = {
      tags: { tags: [{ key: 'hidden', value: 'true', field: 'order_number' }] },
    };
    await test
      .as('admin')
      .post('/api/v1/lineage/batch', [
        declared('shop.orders_secret', ['order_number', 'net_amount', 'customer_id'], tagged('hidden', 'finance')),
        declared('shop.orders_other_secret', ['order_number', 'net_amount'], tagged('hidden')),
        declared('crm.half_secret', ['order_number'], hiddenColumn),
      ])
      .expect(200);
    await test.settle();
    expect(await ask('shop.orders')).toEqual(before);
    expect((await ask('shop.orders', 'admin')).map(({ dataset }) => dataset.name)).toEqual(
      expect.arrayContaining(['shop.orders_secret', 'crm.half_secret']),
    );
  });

  it('is asked with a number of statements that does not grow with what is found', async () => {
    const statements = (name: string, first: number): Promise<number> =>
      test.statementsOf(() => ask(name, 'admin', first));
    expect(await statements('shop.orders', 1)).toBe(await statements('shop.orders', 50));
  });

  it('answers about a hidden dataset as about none, and refuses what is no dataset', async () => {
    const errorOf = async (asked: string, first = 10): Promise<object> => {
      const { body } = await test
        .as('ann')
        .graphqlRaw('query($r: String!, $f: Int) { similarDatasets(ref: $r, first: $f) { score } }', {
          r: asked,
          f: first,
        });
      return { code: body.errors[0].extensions.code, message: body.errors[0].message.replaceAll(asked, 'REF') };
    };
    expect(await errorOf(ref('shop.orders_secret'))).toEqual(await errorOf(ref('never.was')));
    expect(await errorOf(ref('never.was'))).toMatchObject({ code: 'NOT_FOUND' });
    expect(await errorOf(ref('shop.orders'), 51)).toEqual({ code: 'INVALID', message: 'first is 1–50, not 51.' });
  });
});
