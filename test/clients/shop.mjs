// The shop that the Python and the Java client speak of (python/send.py, java/Send.java), and what their SQL says.
import { Catalog } from './catalog.mjs';
import { sameLines } from './differences.mjs';

/** How many events a client sends. */
export const SHOP_EVENTS = 8;

const RUNS = ['revenue COMPLETE', 'recent COMPLETE', 'refund FAIL: disk full'];

/** `nightly_copy` reads customers and says that nothing of them goes into the copy. */
const TABLES = [
  'orders → revenue (revenue)',
  'customers → revenue (revenue)',
  'orders → recent (recent)',
  'orders → orders_copy (nightly_copy)',
  'revenue → big_spenders (declared)',
];

const COLUMNS = [
  // Said by the client, as the query has it.
  'customers.id → revenue.customer_id DIRECT/IDENTITY',
  'customers.email → revenue.email_hash DIRECT/TRANSFORMATION masked',
  'orders.amount → revenue.revenue DIRECT/AGGREGATION',
  'orders.customer_id → revenue.* INDIRECT/JOIN',
  'customers.id → revenue.* INDIRECT/GROUP_BY, INDIRECT/JOIN',
  'customers.email → revenue.* INDIRECT/GROUP_BY',
  'orders.status → revenue.* INDIRECT/FILTER',
  // Said by nobody: read from the SQL.
  'orders.order_id → recent.order_id DIRECT/IDENTITY',
  'orders.status → recent.status DIRECT/TRANSFORMATION',
  'orders.order_id → recent.large DIRECT/TRANSFORMATION',
  'orders.amount → recent.large INDIRECT/CONDITIONAL',
  'orders.ordered_at → recent.* INDIRECT/FILTER',
  // The explicit lineage facet.
  'orders.order_id → orders_copy.order_id DIRECT/IDENTITY',
];

/** @throws Difference when Cadastre holds anything else of this namespace. */
export async function shopStands(cadastre, namespace) {
  const catalog = new Catalog(cadastre, 'shop.public.');
  const store = `postgres://${namespace}:5432`;
  sameLines('runs', await catalog.runs(namespace), RUNS);
  sameLines('table lineage', await catalog.tableLineage(store), TABLES);
  sameLines('column lineage', await catalog.columnLineage(store, COLUMNS), COLUMNS);
}
