import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.js';

const model = (name: string, compiled: string, parents: readonly string[], extra: object = {}): object => ({
  resource_type: 'model',
  name,
  alias: name,
  database: 'wh',
  schema: 'marts',
  package_name: 'shop',
  compiled_code: compiled,
  depends_on: { nodes: parents },
  config: { materialized: 'table' },
  columns: {},
  ...extra,
});

const manifest = (generatedAt: string): object => ({
  metadata: {
    dbt_schema_version: 'https://schemas.getdbt.com/dbt/manifest/v12.json',
    generated_at: generatedAt,
    project_name: 'shop',
    adapter_type: 'postgres',
  },
  nodes: {
    'model.shop.paid': model('paid', 'select id, customer, amount from "wh"."raw"."orders" where state = \'paid\'', [
      'source.shop.raw.orders',
    ]),
    // The catalog does not know `paid`: its columns are those its own SQL gives.
    'model.shop.totals': model(
      'totals',
      'with p as (select * from "wh"."marts"."paid") select customer, sum(amount) as total from p group by 1',
      ['model.shop.paid'],
    ),
    'model.shop.inlined': model('inlined', '', [], { config: { materialized: 'ephemeral' } }),
    'model.shop.broken': model('broken', 'select from from', ['model.shop.paid']),
  },
  sources: {
    'source.shop.raw.orders': {
      resource_type: 'source',
      name: 'orders',
      identifier: 'orders',
      database: 'wh',
      schema: 'raw',
      columns: {},
    },
  },
  exposures: {},
});
const catalog = {
  sources: {
    'source.shop.raw.orders': {
      columns: {
        ID: { index: 1, type: 'int' },
        CUSTOMER: { index: 2, type: 'int' },
        AMOUNT: { index: 3, type: 'int' },
        STATE: { index: 4, type: 'text' },
      },
    },
  },
  nodes: {},
};

const field = (...names: string[]): object => ({ schema: { fields: names.map((name) => ({ name, type: 'int' })) } });
const run = (job: string, facets: object, inputs: object[], outputs: object[], extra: object = {}): object => ({
  eventType: 'COMPLETE',
  eventTime: '2026-05-01T10:00:00Z',
  run: { runId: `run-${job}` },
  job: { namespace: 'flow', name: job, facets },
  inputs,
  outputs,
  ...extra,
});
const table = (name: string, facets: object = {}): object => ({ namespace: 'postgres://db:5432', name, facets });
const sql = (query: string): object => ({ sql: { query, dialect: 'postgres' } });

describe('column lineage from SQL', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test.close());

  const edges = async (app: TestApp, ref: string, column: string): Promise<string[]> => {
    const { columnLineage } = await app
      .as('admin')
      .graphql<{ columnLineage: { edges: { fromColumn: string; toColumn: string; transformations: string[] }[] } }>(
        `query($ref: String!, $column: String!) { columnLineage(ref: $ref, column: $column, direction: UPSTREAM, maxHops: 1) {
          edges { fromColumn toColumn transformations } } }`,
        { ref, column },
      );
    return columnLineage.edges
      .map((e) => `${e.fromColumn} -> ${e.toColumn || '*'} ${e.transformations.join(' ')}`)
      .sort();
  };
  const ref = (namespace: string, name: string): string => `dataset:${encodeURIComponent(namespace)}/${name}`;

  it('knows the columns of dbt models, as the catalog spells them, through models that it does not list', async () => {
    await test
      .as('admin')
      .post('/api/v1/dbt', { manifest: manifest('2026-05-01T00:00:00Z'), catalog })
      .expect(201);
    await test.settle();
    expect(await edges(test, ref('postgres', 'wh.marts.paid'), 'amount')).toEqual([
      'AMOUNT -> amount DIRECT/IDENTITY',
      'STATE -> * INDIRECT/FILTER',
    ]);
    expect(await edges(test, ref('postgres', 'wh.marts.totals'), 'total')).toEqual([
      'amount -> total DIRECT/AGGREGATION',
      'customer -> * INDIRECT/GROUP_BY',
    ]);
  });

  it('keeps the table lineage of a model whose SQL cannot be read', async () => {
    const { lineage } = await test
      .as('admin')
      .graphql<{ lineage: { nodes: { asset: { name: string } }[] } }>(
        'query($r: String!) { lineage(ref: $r, direction: UPSTREAM, maxHops: 1) { nodes { asset { name } } } }',
        { r: ref('postgres', 'wh.marts.broken') },
      );
    expect(lineage.nodes.map(({ asset }) => asset.name)).toEqual(['wh.marts.broken', 'wh.marts.paid']);
  });

  it('reads the SQL of a job that says nothing of columns, with the names and columns of the event', async () => {
    const query =
      'insert into shop.report (n, total) select c.name, o.amount * 2 from shop.orders o join customers c on o.c = c.id';
    await test
      .as('admin')
      .post(
        '/api/v1/lineage',
        run(
          'report',
          sql(query),
          [table('db.shop.orders', field('id', 'c', 'amount')), table('db.shop.customers')],
          [table('db.shop.report')],
        ),
      )
      .expect(201);
    await test.settle();
    expect(await edges(test, ref('postgres://db:5432', 'db.shop.report'), 'total')).toEqual([
      'amount -> total DIRECT/TRANSFORMATION',
      'c -> * INDIRECT/JOIN',
      'id -> * INDIRECT/JOIN',
    ]);
  });

  it('never overrides what a producer says about columns, in whatever order it comes', async () => {
    const inputs = [table('db.shop.orders')];
    const said = {
      columnLineage: {
        fields: {
          x: { inputFields: [{ namespace: 'postgres://db:5432', name: 'db.shop.orders', field: 'declared' }] },
        },
      },
    };
    const query = sql('insert into db.shop.target (x) select guessed from db.shop.orders');
    const declared = run('precise', {}, inputs, [table('db.shop.target', said)], { eventTime: '2026-05-01T09:00:00Z' });
    const inferred = run('precise', query, inputs, [table('db.shop.target')]);
    for (const events of [
      [declared, inferred],
      [inferred, declared],
    ]) {
      const other = await startTestApp();
      try {
        for (const event of events) {
          await other.as('admin').post('/api/v1/lineage', event).expect(201);
          await other.settle();
        }
        expect(await edges(other, ref('postgres://db:5432', 'db.shop.target'), 'x')).toEqual([
          'declared -> x DIRECT/UNKNOWN',
        ]);
      } finally {
        await other.close();
      }
    }
  });
});
