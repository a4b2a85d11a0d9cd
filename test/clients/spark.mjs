// The Spark agent in PySpark's local mode: tables by SQL, files by data frames, a masked column, a job that fails.
import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Catalog } from './catalog.mjs';
import { Difference, sameLines } from './differences.mjs';
import { jarsOf, must, pythonWith, run, versions } from './tools.mjs';

const program = fileURLToPath(new URL('./spark/job.py', import.meta.url));

export const spark = {
  name: `openlineage-spark ${versions['openlineage-spark']}, pyspark ${versions['pyspark']}`,
  async run({ tools, folder, cadastre, gate, check }) {
    await must('no Java', 'java', ['-version']);
    const artifact = { artifact: `openlineage-spark_${versions['scala']}`, version: versions['openlineage-spark'] };
    const jars = await jarsOf(join(tools, 'spark-agent'), { ...artifact, alone: true });
    const programs = await pythonWith(join(tools, 'pyspark'), ['pyspark']);
    const agent = join(jars.folder, jars.names[0]);
    const submit = async (namespace, settings) => {
      const own = join(folder, namespace);
      mkdirSync(own, { recursive: true });
      gate.taken();
      const { code, output } = await run(join(programs, 'python'), [program, own, agent, namespace, ...settings], {
        cwd: own,
        env: { OPENLINEAGE_URL: gate.url, OPENLINEAGE_API_KEY: cadastre.token },
      });
      if (code !== 0) throw new Difference(`the client ended with ${code}: ${output.slice(-600)}`);
      await cadastre.settle();
      return { passed: gate.taken(), own };
    };
    const stands = async (namespace, settings) => {
      const { passed, own } = await submit(namespace, settings);
      sameLines(
        'statuses',
        passed.map(({ status }) => `${status}`),
        ['201'],
      );
      await sparkStands(cadastre, namespace, own);
      const encodings = new Set(passed.map(({ encoding }) => encoding ?? 'plain'));
      return `${passed.length} events, ${[...encodings].join(' and ')}`;
    };
    await check('http', () => stands('spark-http', []));
    await check('http, gzip, dataset-level columns under every field', () =>
      stands('spark-folded', [
        'spark.openlineage.transport.compression=gzip',
        'spark.openlineage.columnLineage.datasetLineageEnabled=false',
      ]),
    );
  },
};

/** By the queries of spark/job.py. Tables are folders of the warehouse. */
const COLUMNS = [
  'warehouse/customers.customer_id → warehouse/revenue.customer_id DIRECT/IDENTITY',
  'warehouse/customers.email → warehouse/revenue.email_hash DIRECT/TRANSFORMATION masked',
  'warehouse/customers.city → warehouse/revenue.city DIRECT/TRANSFORMATION',
  'warehouse/orders.amount → warehouse/revenue.revenue DIRECT/AGGREGATION',
  // Spark itself filters the keys of an inner join: they must not be null.
  'warehouse/orders.customer_id → warehouse/revenue.* INDIRECT/FILTER, INDIRECT/JOIN',
  'warehouse/customers.customer_id → warehouse/revenue.* INDIRECT/FILTER, INDIRECT/GROUP_BY, INDIRECT/JOIN',
  'warehouse/customers.email → warehouse/revenue.* INDIRECT/GROUP_BY',
  'warehouse/customers.city → warehouse/revenue.* INDIRECT/GROUP_BY',
  'warehouse/orders.status → warehouse/revenue.* INDIRECT/FILTER',
  'warehouse/orders.order_id → warehouse/order_ranks.order_id DIRECT/IDENTITY',
  'warehouse/orders.status → warehouse/order_ranks.size DIRECT/TRANSFORMATION',
  'warehouse/orders.amount → warehouse/order_ranks.size INDIRECT/CONDITIONAL',
  'warehouse/orders.customer_id → warehouse/order_ranks.place INDIRECT/WINDOW',
  'warehouse/orders.amount → warehouse/order_ranks.place INDIRECT/WINDOW',
  'warehouse/revenue.customer_id → export/doubled.customer_id DIRECT/IDENTITY',
  'warehouse/revenue.revenue → export/doubled.doubled DIRECT/TRANSFORMATION',
  'warehouse/revenue.revenue → export/doubled.* INDIRECT/FILTER',
  'warehouse/orders.order_id → warehouse/broken.order_id DIRECT/TRANSFORMATION, INDIRECT/CONDITIONAL',
];

const CREATE = 'shop.execute_create_data_source_table_as_select_command.default';
const INSERT = 'shop.execute_insert_into_hadoop_fs_relation_command';

/** A CREATE TABLE … AS SELECT is two jobs to the agent: the command, and the plan that writes. */
const TABLES = [
  `warehouse/customers → warehouse/revenue (${CREATE}_revenue)`,
  'warehouse/customers → warehouse/revenue (shop.adaptive_spark_plan.warehouse_revenue)',
  `warehouse/orders → warehouse/revenue (${CREATE}_revenue)`,
  'warehouse/orders → warehouse/revenue (shop.adaptive_spark_plan.warehouse_revenue)',
  'warehouse/orders → warehouse/order_ranks (shop.adaptive_spark_plan.warehouse_order_ranks)',
  `warehouse/revenue → export/doubled (${INSERT}.export_doubled)`,
  `warehouse/orders → warehouse/broken (${CREATE}_broken)`,
  `warehouse/orders → warehouse/broken (${INSERT}.warehouse_broken)`,
];

/** The plan that failed says so, and COMPLETE after it; the command around it says only COMPLETE. */
const RUNS = [
  'shop COMPLETE',
  `${CREATE}_customers COMPLETE`,
  `${INSERT}.warehouse_customers COMPLETE`,
  `${CREATE}_orders COMPLETE`,
  `${INSERT}.warehouse_orders COMPLETE`,
  `${CREATE}_revenue COMPLETE`,
  'shop.adaptive_spark_plan.warehouse_revenue COMPLETE',
  'shop.execute_create_data_source_table_command.default_order_ranks COMPLETE',
  'shop.adaptive_spark_plan.warehouse_order_ranks COMPLETE',
  `${INSERT}.export_doubled COMPLETE`,
  `${CREATE}_broken COMPLETE`,
  `${INSERT}.warehouse_broken FAIL: an exception of Spark`,
];

/** Each table is found by its name in Spark's catalog too. */
const NAMES = ['customers', 'orders', 'revenue', 'order_ranks', 'broken'].map((name) => `${name}: default.${name}`);

async function sparkStands(cadastre, namespace, folder) {
  const catalog = new Catalog(cadastre, `${folder}/`);
  // Each version of Spark puts it in words of its own.
  const runs = (await catalog.runs(namespace)).map((line) =>
    line.replace(/FAIL: org\.apache\.spark\.\w+: .+/, 'FAIL: an exception of Spark'),
  );
  sameLines('runs', runs, RUNS);
  sameLines('table lineage', await catalog.tableLineage('file'), TABLES);
  sameLines('column lineage', await catalog.columnLineage('file', COLUMNS), COLUMNS);
  const tables = (await catalog.datasets('file')).filter(({ name }) => name.startsWith(`${folder}/warehouse/`));
  const names = tables.flatMap(({ name, aliases }) =>
    aliases.map(({ ref }) => `${basename(name)}: ${decodeURIComponent(basename(ref))}`),
  );
  sameLines('names', names, NAMES);
}
