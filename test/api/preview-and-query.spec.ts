import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.js';
import { applyTypes, aRule, ask, question } from '../support/authzen.js';

const NAMESPACE = 'postgres://db.example:5432';
const ref = (name: string): string => `dataset:${encodeURIComponent(NAMESPACE)}/${name}`;
const ORDERS = ref('orders');
const PAYROLL = ref('payroll');

const dataset = (name: string): object => ({
  namespace: NAMESPACE,
  name,
  facets: {
    schema: { fields: ['id', 'email', 'salary'].map((field) => ({ name: field, type: 'text' })) },
    tags: { tags: [{ key: 'sensitivity', value: 'RESTRICTED', field: 'salary' }] },
  },
});
const EVENT = {
  eventType: 'COMPLETE',
  eventTime: '2026-05-01T10:00:00Z',
  run: { runId: 'r' },
  job: { namespace: 'flow', name: 'load' },
  inputs: [dataset('payroll')],
  outputs: [dataset('orders')],
};

const assets = (...names: string[]): object => ({
  types: ['asset'],
  where: { attribute: 'name', operator: 'in', value: names },
});
const columns = (where?: object): object => ({ types: ['column'], ...(where && { where }) });
const isEmail = { attribute: 'path', operator: 'eq', value: 'email' };
const isRestricted = { attribute: 'sensitivity', operator: 'eq', value: 3 };
const staff = { attribute: 'teams', operator: 'hasAny', value: ['staff'] };
const POLICIES = [
  aRule('orders', ['discover'], { subjects: staff, resources: assets('orders') }),
  aRule('all-data', ['preview', 'query'], {
    subjects: staff,
    resources: assets('orders', 'payroll'),
    advice: { rowFilter: 'is_current' },
  }),
  aRule('all-columns', ['read_column', 'query_column'], { subjects: staff, resources: columns() }),
  aRule('no-salaries', ['query_column'], { effect: 'deny', resources: columns(isRestricted), onMissing: 'ignore' }),
  aRule('emails-hashed', ['query_column'], { subjects: staff, resources: columns(isEmail), advice: { mask: 'hash' } }),
];

let test: TestApp;
beforeAll(async () => {
  test = await startTestApp({
    accounts: [
      { handle: 'ann', teams: ['staff'] },
      { handle: 'pep', roles: ['pep'] },
    ],
  });
  await test.as('admin').post('/api/v1/lineage', EVENT).expect(201);
  await applyTypes(test, [], POLICIES);
  await test.settle();
});
afterAll(() => test.close());

const onDataset = (action: string, id: string) => ask(test, 'evaluation', question('ann', action, id, 'asset'));
const onColumn = (action: string, path: string, id = ORDERS) =>
  ask(test, 'evaluation', question('ann', action, `${id}#${path}`, 'column'));

describe('querying and previewing', () => {
  it('come with rows and the columns that may not be asked for', async () => {
    const columnsOf = async (action: string) => (await onDataset(action, ORDERS)).context?.['columns'];
    expect(await onDataset('query', ORDERS)).toMatchObject({
      decision: true,
      context: {
        decidedBy: { id: 'all-data' },
        rowFilters: ['is_current'],
        columns: [
          { path: 'email', mask: 'hash' },
          { path: 'salary', mask: 'hide' },
        ],
      },
    });
    // Nobody allowed any column to be previewed; all may be seen.
    expect(await columnsOf('preview')).toEqual(['id', 'email', 'salary'].map((path) => ({ path, mask: 'hide' })));
    expect(await columnsOf('discover')).toBeUndefined();
  });

  it('take that the asset may be discovered', async () => {
    for (const action of ['query', 'preview']) expect((await onDataset(action, PAYROLL)).decision).toBe(false);
    expect((await onColumn('query_column', 'id', PAYROLL)).decision).toBe(false);
  });

  it('decide column by column', async () => {
    expect(await onColumn('query_column', 'email')).toMatchObject({ decision: true, context: { mask: 'hash' } });
    expect((await onColumn('query_column', 'salary')).decision).toBe(false);
    expect((await onColumn('read_column', 'salary')).decision).toBe(true);
    expect((await onColumn('preview_column', 'id')).decision).toBe(false);
  });

  it('are found backwards', async () => {
    const { whoCan, whatCan, explain } = await test.as('pep').graphql<{
      whoCan: { nodes: { handle: string }[] };
      whatCan: { nodes: { column: string }[] };
      explain: { decision: string; decidedBy: { id: string } };
    }>(
      `query($orders: String!) {
        whoCan(action: query, ref: $orders) { nodes { handle } }
        whatCan(account: "ann", action: query_column) { nodes { column } }
        explain(action: query_column, ref: $orders, column: "salary", account: "ann") { decision decidedBy { id } }
      }`,
      { orders: ORDERS },
    );
    expect(whoCan.nodes).toEqual([{ handle: 'ann' }]);
    expect(whatCan.nodes).toEqual([{ column: 'email' }, { column: 'id' }]);
    expect(explain).toEqual({ decision: 'DENY', decidedBy: { id: 'no-salaries' } });
  });
});
