import { readdirSync, readFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.js';

const SAMPLES = join(import.meta.dirname, '../../../shared/samples');
const COMPAT = join(SAMPLES, 'openlineage-compat-a');
const MARQUEZ = join(SAMPLES, 'marquez-events');
const JAFFLE = join(SAMPLES, 'dbt-jaffle-shop-1.12');

const json = (...path: string[]): unknown => JSON.parse(readFileSync(join(...path), 'utf8'));

function compatEvents(): unknown[] {
  return ['airflow', 'simple_run_event', 'spark_dataproc_simple_producer_test'].flatMap((folder) =>
    readdirSync(join(COMPAT, folder))
      .sort()
      .map((file) => json(COMPAT, folder, file)),
  );
}

/** The template has placeholders for times; any rising times will do. */
function marquezEvents(): unknown[] {
  let minute = 0;
  const text = readFileSync(join(MARQUEZ, 'metadata.template.json'), 'utf8').replaceAll(/\{\{[^}]*\}\}/g, () => {
    minute += 1;
    return new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();
  });
  return JSON.parse(text) as unknown[];
}

const WALK = `query($ref: String!, $direction: LineageDirection!, $hops: Int) {
  lineage(ref: $ref, direction: $direction, maxHops: $hops) { truncated nodes { distance asset { name } } }
}`;
const COLUMN_WALK = `query($ref: String!, $column: String!, $direction: LineageDirection!) {
  columnLineage(ref: $ref, column: $column, direction: $direction) {
    edges { fromColumn toColumn transformations isMasked }
    nodes { distance column asset { name } }
  }
}`;

interface WalkAnswer {
  lineage: { truncated: boolean; nodes: { distance: number; asset: { name: string } }[] };
}
interface ColumnWalkAnswer {
  columnLineage: {
    edges: { fromColumn: string; toColumn: string; transformations: string[]; isMasked: boolean }[];
    nodes: { distance: number; column: string; asset: { name: string } }[];
  };
}

describe.skipIf(!existsSync(SAMPLES))('shared samples (skipped where ../shared/samples is absent)', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp();
    const admin = test.as('admin');
    await admin.post('/api/v1/lineage/batch', compatEvents()).expect(200);
    await admin.post('/api/v1/lineage/batch', marquezEvents()).expect(200);
    await admin
      .post('/api/v1/dbt', {
        manifest: json(JAFFLE, 'manifest.json'),
        catalog: json(JAFFLE, 'catalog.json'),
        runResults: json(JAFFLE, 'run_results.json'),
      })
      .expect(201);
    await test.settle();
  });
  afterAll(() => test.close());

  const reach = async (ref: string, direction: string, hops = 20): Promise<string[]> => {
    const { lineage } = await test.as('admin').graphql<WalkAnswer>(WALK, { ref, direction, hops });
    return lineage.nodes
      .filter((n) => n.distance > 0)
      .map((n) => `${n.distance} ${n.asset.name}`)
      .sort();
  };
  const dataset = (namespace: string, name: string): string =>
    `dataset:${encodeURIComponent(namespace)}/${encodeURIComponent(name)}`;

  it('projects every message', async () => {
    const { operations } = await test
      .as('admin')
      .graphql<{ operations: { failedEvents: number } }>('{ operations { failedEvents ingestBacklog } }');
    expect(operations).toEqual({ failedEvents: 0, ingestBacklog: 0 });
  });

  // Read from airflow/line_03, line_05 and line_07: copied.csv and test.csv → upload → upload_cp → result.csv.
  it('walks the BigQuery pipeline of the Airflow scenario in both directions', async () => {
    expect(await reach(dataset('gs://mock-bucket', 'test.csv'), 'DOWNSTREAM')).toEqual([
      '1 mock-project.test.upload',
      '2 mock-project.test.upload_cp',
      '3 result.csv',
    ]);
    expect(await reach(dataset('gs://mock-bucket', 'result.csv'), 'UPSTREAM')).toEqual([
      '1 mock-project.test.upload_cp',
      '2 mock-project.test.upload',
      '3 copied.csv',
      '3 test.csv',
    ]);
  });

  it('does not walk sideways', async () => {
    const up = await reach(dataset('gs://mock-bucket', 'copy_of_uploaded_file.txt'), 'UPSTREAM');
    expect(up).toEqual(['1 uploaded_file.txt', '2 data.txt'].map((n) => n.replace('data.txt', '/files/temp/data.txt')));
  });

  // simple_run_event: bigquery test.table.input → test.table.output, with a run id that is no UUID.
  it('keeps a run id that is no UUID', async () => {
    expect(await reach(dataset('bigquery', 'test.table.output'), 'UPSTREAM')).toEqual(['1 test.table.input']);
  });

  // spark: t2.a ← t1.a, t2.b ← t1.b.
  it('knows the columns of the Spark scenario', async () => {
    const { columnLineage } = await test.as('admin').graphql<ColumnWalkAnswer>(COLUMN_WALK, {
      ref: dataset('hdfs://dataproc-producer-test-m', '/user/hive/warehouse/t2'),
      column: 'a',
      direction: 'UPSTREAM',
    });
    expect(columnLineage.nodes.map((n) => [n.distance, n.asset.name, n.column])).toEqual([
      [0, '/user/hive/warehouse/t2', 'a'],
      [1, '/user/hive/warehouse/t1', 'a'],
    ]);
  });

  // Read from the inputs, outputs and column lineage of the thirteen jobs of the food delivery pipeline; the column
  // lineage of delivery_7_days names a table `public.menu_item_id` that is no input, and what is said is kept.
  it('walks the food delivery pipeline in both directions', async () => {
    expect(await reach(dataset('food_delivery', 'public.popular_orders_day_of_week'), 'UPSTREAM')).toEqual([
      '1 public.top_delivery_times',
      '2 public.delivery_7_days',
      '3 public.customers',
      '3 public.drivers',
      '3 public.menu_item_id',
      '3 public.order_status',
      '3 public.orders_7_days',
      '3 public.restaurants',
      '4 public.categories',
      '4 public.menu_items',
      '4 public.menus',
      '4 public.orders',
    ]);
    expect(await reach(dataset('food_delivery', 'public.drivers'), 'DOWNSTREAM')).toEqual([
      '1 public.delivery_7_days',
      '2 public.discounts',
      '2 public.top_delivery_times',
      '3 public.popular_orders_day_of_week',
    ]);
  });

  // Read from the columnLineage facets: two times make the delivery time, and come from two tables before.
  it('knows the columns of the food delivery pipeline', async () => {
    const { columnLineage } = await test.as('admin').graphql<ColumnWalkAnswer>(COLUMN_WALK, {
      ref: dataset('food_delivery', 'public.top_delivery_times'),
      column: 'order_delivery_time',
      direction: 'UPSTREAM',
    });
    expect(columnLineage.nodes.map((n) => `${n.distance} ${n.asset.name}.${n.column}`).sort()).toEqual([
      '0 public.top_delivery_times.order_delivery_time',
      '1 public.delivery_7_days.order_delivered_on',
      '1 public.delivery_7_days.order_placed_on',
      '2 public.order_status.transitioned_at',
      '2 public.orders_7_days.placed_on',
      '3 public.orders.placed_on',
    ]);
  });

  // Read from the manifest: customers depends on stg_customers and orders.
  it('knows where a model of the dbt project comes from', async () => {
    expect((await reach(dataset('duckdb', 'jaffle_shop.main.customers'), 'UPSTREAM', 1)).sort()).toEqual([
      '1 jaffle_shop.main.orders',
      '1 jaffle_shop.main.stg_customers',
    ]);
  });

  const columnsBehind = async (name: string, column: string): Promise<string[]> => {
    const { columnLineage } = await test.as('admin').graphql<{
      columnLineage: {
        edges: {
          fromAsset: string;
          fromColumn: string;
          toAsset: string;
          toColumn: string;
          transformations: string[];
          isMasked: boolean;
        }[];
        nodes: { asset: { id: string; name: string } }[];
      };
    }>(
      `query($ref: String!, $column: String!) { columnLineage(ref: $ref, column: $column, direction: UPSTREAM, maxHops: 1) {
          nodes { asset { id name } } edges { fromAsset fromColumn toAsset toColumn transformations isMasked } } }`,
      { ref: dataset('duckdb', name), column },
    );
    const names = new Map(columnLineage.nodes.map(({ asset }) => [asset.id, asset.name.split('.').at(-1)]));
    return columnLineage.edges
      .filter((e) => names.get(e.toAsset) === name.split('.').at(-1))
      .map(
        (e) =>
          `${names.get(e.fromAsset)}.${e.fromColumn} -> ${e.toColumn || '*'} ${e.transformations.join(' ')}${e.isMasked ? ' masked' : ''}`,
      )
      .sort();
  };

  // Read from the compiled SQL of the models, by hand.
  it.each([
    [
      'jaffle_shop.main.customers',
      'lifetime_spend',
      [
        'orders.customer_id -> * INDIRECT/GROUP_BY INDIRECT/JOIN',
        'orders.order_total -> lifetime_spend DIRECT/AGGREGATION',
        'stg_customers.customer_id -> * INDIRECT/JOIN',
      ],
    ],
    [
      'jaffle_shop.main.customers',
      'customer_type',
      [
        'orders.customer_id -> * INDIRECT/GROUP_BY INDIRECT/JOIN',
        'orders.order_id -> customer_type INDIRECT/CONDITIONAL',
        'stg_customers.customer_id -> * INDIRECT/JOIN',
      ],
    ],
    [
      'jaffle_shop.main.orders',
      'is_food_order',
      [
        'order_items.is_food_item -> is_food_order INDIRECT/CONDITIONAL',
        'order_items.order_id -> * INDIRECT/GROUP_BY INDIRECT/JOIN',
        'stg_orders.order_id -> * INDIRECT/JOIN',
      ],
    ],
    [
      'jaffle_shop.main.order_items',
      'supply_cost',
      [
        'stg_order_items.order_id -> * INDIRECT/JOIN',
        'stg_order_items.product_id -> * INDIRECT/JOIN',
        'stg_orders.order_id -> * INDIRECT/JOIN',
        'stg_products.product_id -> * INDIRECT/JOIN',
        'stg_supplies.product_id -> * INDIRECT/GROUP_BY INDIRECT/JOIN',
        'stg_supplies.supply_cost -> supply_cost DIRECT/AGGREGATION',
      ],
    ],
    [
      'jaffle_shop.main.stg_supplies',
      'supply_uuid',
      [
        'raw_supplies.id -> supply_uuid DIRECT/TRANSFORMATION masked',
        'raw_supplies.sku -> supply_uuid DIRECT/TRANSFORMATION masked',
      ],
    ],
    ['jaffle_shop.main.products', 'product_name', ['stg_products.product_name -> product_name DIRECT/IDENTITY']],
  ])('knows the columns behind %s.%s from the SQL', async (name, column, expected) => {
    expect(await columnsBehind(name, column)).toEqual(expected);
  });

  it('ends in the same catalog when everything comes twice, doubled and shuffled', async () => {
    const other = await startTestApp();
    try {
      const all = [...compatEvents(), ...marquezEvents()];
      const doubled = [...all, ...all].map((event, i) => ({ event, at: (i * 7919) % 101 })).sort((a, b) => a.at - b.at);
      for (const { event } of doubled) await other.as('admin').post('/api/v1/lineage', event).expect(201);
      await other.as('admin').post('/api/v1/dbt', {
        runResults: json(JAFFLE, 'run_results.json'),
        catalog: json(JAFFLE, 'catalog.json'),
        manifest: json(JAFFLE, 'manifest.json'),
      });
      await other.settle();
      expect(await other.as('admin').dump()).toBe(await test.as('admin').dump());
    } finally {
      await other.close();
    }
  });
});
