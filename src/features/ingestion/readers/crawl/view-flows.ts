import { columnFlowsOf, type KnownAsset } from '../../sql/column-flows.js';
import type { StatementLineage } from '../../sql/resolve-sql.js';
import type { SqlTask } from '../../sql/sql-task.js';
import { refText, type AssetRef, type FactStatement, type LineageStatement, type Reading } from '../statement.js';
import { parseCrawl, type CrawledTable, type CrawlMessage } from './crawl-message.js';
import { refOf } from './read-crawl.js';

interface ViewFlows {
  readonly inputs: readonly AssetRef[];
  readonly select: StatementLineage;
  readonly target: KnownAsset;
  readonly parents: readonly KnownAsset[];
}

/**
 * The reading with what the views' own SQL tells: column flows, and the tables that are read where the database does not
 * list them. Everything comes from the message, so that what was received before changes nothing.
 */
export async function withViewFlows(
  reading: Reading,
  payload: unknown,
  resolve: (task: SqlTask) => Promise<readonly StatementLineage[]>,
): Promise<Reading> {
  const crawl = parseCrawl(payload);
  const found = new Map<string, ViewFlows>();
  for (const table of crawl.tables) {
    const flows = table.view ? await flowsOf(crawl, table, resolve) : null;
    if (flows) found.set(refText(refOf(crawl, table.name)), flows);
  }
  return {
    ...reading,
    facts: reading.facts.map((fact) => withReads(fact, found)),
    lineage: reading.lineage.map((statement) => withFlows(statement, found)),
    assets: [...reading.assets, ...[...found.values()].flatMap(({ inputs }) => inputs)],
  };
}

async function flowsOf(
  crawl: CrawlMessage,
  table: CrawledTable,
  resolve: (task: SqlTask) => Promise<readonly StatementLineage[]>,
): Promise<ViewFlows | null> {
  if (!table.view) return null;
  const { sql, reads } = table.view;
  const listed = reads?.map(({ name, columns }) => ({ asset: refOf(crawl, name), parts: name.split('.'), columns }));
  const tables = (listed ?? []).map(({ parts, columns }) => ({ parts, columns }));
  const statements = await resolve({ sql, dialect: crawl.platform, tables });
  const select = statements.findLast(({ target }) => target === null);
  if (!select) return null;
  const parents = listed ?? select.inputs.map((parts) => tableRead(crawl, table, parts));
  const columns = table.columns.map(({ name }) => name);
  return {
    inputs: parents.map(({ asset }) => asset),
    select: withNames(select, columns),
    target: { asset: refOf(crawl, table.name), parts: table.name.split('.'), columns },
    parents,
  };
}

/** Names in views are written out in full; one that is not is beside the view. */
function tableRead(crawl: CrawlMessage, { name }: CrawledTable, parts: readonly string[]): KnownAsset {
  const around = name.split('.');
  const whole = [...around.slice(0, Math.max(0, around.length - parts.length)), ...parts];
  return { asset: refOf(crawl, whole.join('.')), parts: whole, columns: null };
}

/** `CREATE VIEW v (a, b) AS SELECT x, y`: the columns of the view are named by their place. */
function withNames(select: StatementLineage, names: readonly string[]): StatementLineage {
  if (select.columns.length !== names.length) return select;
  return {
    ...select,
    columns: select.columns.map((column, place) => ({ ...column, name: names[place] ?? column.name })),
  };
}

function withFlows(statement: LineageStatement, found: ReadonlyMap<string, ViewFlows>): LineageStatement {
  const [output] = statement.outputs;
  const flows = output ? found.get(refText(output.asset)) : undefined;
  if (!output || !flows) return statement;
  const columnFlows = columnFlowsOf(flows.select, flows.target, flows.parents);
  const said = columnFlows.length > 0 ? { ...output, columnFlows, isInferred: true } : output;
  return { ...statement, inputs: flows.inputs, outputs: [said] };
}

function withReads(fact: FactStatement, found: ReadonlyMap<string, ViewFlows>): FactStatement {
  const flows = fact.attribute === 'physical:view' ? found.get(refText(fact.asset)) : undefined;
  if (!flows || typeof fact.value !== 'object' || fact.value === null) return fact;
  return { ...fact, value: { ...fact.value, reads: flows.inputs.map(({ name }) => name).sort() } };
}
