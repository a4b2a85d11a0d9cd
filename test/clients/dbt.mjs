// dbt-ol with dbt-duckdb: at the end of a run from dbt's artifacts, and during it from dbt's log.
import { cpSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Catalog } from './catalog.mjs';
import { Difference, sameLines } from './differences.mjs';
import { pythonWith, run, versions } from './tools.mjs';

const project = fileURLToPath(new URL('./dbt', import.meta.url));

export const dbt = {
  name: `openlineage-dbt ${versions['openlineage-dbt']}, dbt-core ${versions['dbt-core']}, dbt-duckdb ${versions['dbt-duckdb']}`,
  async run({ tools, folder, cadastre, gate, check }) {
    const programs = await pythonWith(join(tools, 'dbt'), ['openlineage-dbt', 'dbt-core', 'dbt-duckdb', 'duckdb']);
    const dbtOl = (namespace) => {
      const own = join(folder, namespace);
      cpSync(project, own, { recursive: true });
      const env = {
        PATH: [programs, process.env['PATH']].join(delimiter),
        OPENLINEAGE_URL: gate.url,
        OPENLINEAGE_API_KEY: cadastre.token,
        OPENLINEAGE_NAMESPACE: namespace,
        SHOP_DUCKDB: join(own, 'shop.duckdb'),
        DBT_SEND_ANONYMOUS_USAGE_STATS: 'false',
      };
      return {
        store: `duckdb://${env.SHOP_DUCKDB}`,
        run: (...args) => run(join(programs, 'dbt-ol'), args, { cwd: own, env }),
      };
    };
    const stands = async (namespace, commands, expected) => {
      const { store, run } = dbtOl(namespace);
      gate.taken();
      for (const command of commands) {
        const { code, output } = await run(...command);
        if (code !== 0) throw new Difference(`dbt-ol ${command.join(' ')} ended with ${code}: ${output.slice(-600)}`);
      }
      const passed = gate.taken();
      sameLines(
        'statuses',
        passed.map(({ status }) => `${status}`),
        ['201'],
      );
      await cadastre.settle();
      await dbtStands(new Catalog(cadastre, 'shop.main.'), { namespace, store, expected });
      return `${passed.length} events`;
    };
    await check('from artifacts', () => stands('dbt-artifacts', [['seed'], ['run'], ['test']], FROM_ARTIFACTS));
    await check('from the log', () => stands('dbt-log', [['--consume-structured-logs', 'build']], FROM_LOG));
  },
};

/** By the SQL of dbt/models. */
const FROM_ARTIFACTS = {
  runs: [
    'dbt-run-shop COMPLETE',
    'shop.main.shop.paid_orders COMPLETE',
    'shop.main.shop.revenue COMPLETE',
    'shop.main.shop.paid_orders.test COMPLETE',
    'shop.main.shop.revenue.test COMPLETE',
  ],
  // The client leaves seeds out of the inputs and names them in the column lineage.
  tables: [
    'orders → paid_orders (shop.main.shop.paid_orders)',
    'customers → revenue (shop.main.shop.revenue)',
    'paid_orders → revenue (shop.main.shop.revenue)',
  ],
  // It names columns that flow; filters, joins and groups it does not say.
  columns: [
    'orders.order_id → paid_orders.order_id DIRECT/IDENTITY',
    'orders.customer_id → paid_orders.customer_id DIRECT/IDENTITY',
    'orders.amount → paid_orders.amount DIRECT/IDENTITY',
    'customers.customer_id → revenue.customer_id DIRECT/IDENTITY',
    'customers.email → revenue.email_hash DIRECT/TRANSFORMATION masked',
    'paid_orders.amount → revenue.revenue DIRECT/AGGREGATION',
  ],
  tests: [
    'paid_orders.customer_id accepted_values failed (WARN)',
    'revenue.customer_id not_null passed (ERROR)',
    'revenue.customer_id unique passed (ERROR)',
  ],
};

const FROM_LOG = {
  runs: [
    'dbt-run-shop COMPLETE',
    'seed.shop.customers COMPLETE',
    'seed.shop.orders COMPLETE',
    'model.shop.paid_orders COMPLETE',
    'model.shop.revenue COMPLETE',
    'test.shop.accepted_values_paid_orders_customer_id__1.88c0b22c88 COMPLETE',
    'test.shop.not_null_revenue_customer_id.2da0e8393f COMPLETE',
    'test.shop.unique_revenue_customer_id.64a1271e8a COMPLETE',
  ],
  tables: [
    'orders → paid_orders (model.shop.paid_orders)',
    'customers → revenue (model.shop.revenue)',
    'paid_orders → revenue (model.shop.revenue)',
  ],
  // The client sends the SQL as jobs of their own, without inputs and outputs, and no column lineage.
  columns: [],
  // Each test is a job of its own here, and each job's word stands.
  tests: FROM_ARTIFACTS.tests,
};

async function dbtStands(catalog, { namespace, store, expected }) {
  // How many statements dbt sends for a model is not ours to know.
  const runs = (await catalog.runs(namespace)).filter((line) => !/\.sql\.\d+ /.test(line));
  sameLines('runs', runs, expected.runs);
  sameLines('table lineage', await catalog.tableLineage(store), expected.tables);
  sameLines('column lineage', await catalog.columnLineage(store, expected.columns), expected.columns);
  const datasets = await catalog.datasets(store);
  sameLines('tests', datasets.flatMap(testsOf), expected.tests);
}

function testsOf({ name, qualityResults }) {
  return qualityResults.map(
    ({ assertion, column, success, severity }) =>
      `${name.replace('shop.main.', '')}.${column} ${assertion} ${success ? 'passed' : 'failed'} (${severity})`,
  );
}
