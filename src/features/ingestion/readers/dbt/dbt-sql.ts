import { columnFlowsOf, type KnownAsset } from '../../sql/column-flows.js';
import type { StatementLineage } from '../../sql/resolve-sql.js';
import type { SqlTask } from '../../sql/sql-task.js';
import { hashOf, listAt, objectAt, textAt, type JsonObject } from '../json.js';
import { refText, type ColumnFlow, type LineageStatement, type Reading } from '../statement.js';
import { datasetOf, jobOf, projectOf, type DbtArtifacts, type DbtProject } from './read-dbt.js';

export type ResolveSql = (task: SqlTask) => Promise<readonly StatementLineage[]>;

/**
 * The reading with the column flows that the models' compiled SQL tells. Everything comes from the artifacts: columns from
 * the catalog, else from what the parents' own SQL gives; so the same artifacts always give the same flows.
 */
export async function withDbtColumnFlows(
  reading: Reading,
  artifacts: DbtArtifacts,
  resolve: ResolveSql,
): Promise<Reading> {
  const project = projectOf(artifacts);
  const tables = new Map<string, KnownAsset>();
  for (const [id, node] of project.nodes) {
    const known = knownTable(project, id, node);
    if (known) tables.set(id, known);
  }
  const flows = new Map<string, readonly ColumnFlow[]>();
  for (const id of inOrder(project)) {
    const found = await selectOf(project, id, { tables, resolve });
    if (!found) continue;
    flows.set(refText(jobOf(project, id)), columnFlowsOf(found.select, found.target, found.parents));
    // What the catalog does not list is what the model's own SQL gives.
    if (found.target.columns === null) tables.set(id, { ...found.target, columns: wholeColumns(found.select) });
  }
  return { ...reading, lineage: reading.lineage.map((statement) => withFlows(statement, flows)) };
}

interface Found {
  readonly select: StatementLineage;
  readonly target: KnownAsset;
  readonly parents: readonly KnownAsset[];
}

/** Null for what has no SQL, makes no table, or cannot be resolved. */
async function selectOf(
  project: DbtProject,
  id: string,
  { tables, resolve }: { readonly tables: ReadonlyMap<string, KnownAsset>; readonly resolve: ResolveSql },
): Promise<Found | null> {
  const node = project.nodes.get(id);
  const target = tables.get(id);
  const sql = textAt(node, 'compiled_code') ?? textAt(node, 'compiled_sql');
  if (!node || !target || sql === null || textAt(node, 'language') === 'python') return null;
  const parents = parentTables(project, node, tables);
  const plain = parents.map(({ parts, columns }) => ({ parts, columns }));
  const statements = await resolve({ sql, dialect: project.adapter, tables: plain });
  const select = statements.findLast(({ target: written }) => written === null);
  return select ? { select, target, parents } : null;
}

function wholeColumns({ columns, warnings }: StatementLineage): readonly string[] | null {
  return columns.length > 0 && warnings.length === 0 ? columns.map(({ name }) => name) : null;
}

function withFlows(statement: LineageStatement, flows: ReadonlyMap<string, readonly ColumnFlow[]>): LineageStatement {
  const own = statement.job ? flows.get(refText(statement.job)) : undefined;
  if (!own || own.length === 0) return statement;
  return {
    ...statement,
    // One manifest sent with another catalog says something else.
    hash: hashOf([statement.hash, own]),
    outputs: statement.outputs.map((output) => ({ ...output, columnFlows: own, isInferred: true })),
  };
}

function knownTable(project: DbtProject, id: string, node: JsonObject): KnownAsset | null {
  const asset = datasetOf(project, node);
  if (!asset) return null;
  const identifier = textAt(node, 'resource_type') === 'source' ? textAt(node, 'identifier') : textAt(node, 'alias');
  const parts = [textAt(node, 'database'), textAt(node, 'schema'), identifier ?? textAt(node, 'name')];
  return { asset, parts: parts.flatMap((part) => part ?? []), columns: catalogColumns(project, id) };
}

/** What the manifest lists is what somebody described, seldom all: only the catalog has every column, in order. */
function catalogColumns({ catalog }: DbtProject, id: string): readonly string[] | null {
  const columns = { ...objectAt(catalog, 'nodes', id, 'columns'), ...objectAt(catalog, 'sources', id, 'columns') };
  const names = Object.entries(columns).toSorted(([, a], [, b]) => positionOf(a) - positionOf(b));
  return names.length > 0 ? names.map(([name]) => name) : null;
}

function positionOf(column: unknown): number {
  return Number(objectAt({ column }, 'column')['index'] ?? 0);
}

/** Tables of everything the node builds on; the SQL of an ephemeral model is part of its own. */
function parentTables(project: DbtProject, node: JsonObject, tables: ReadonlyMap<string, KnownAsset>): KnownAsset[] {
  const seen = new Set<string>();
  const found = new Map<string, KnownAsset>();
  const visit = (ids: readonly unknown[]): void => {
    for (const id of ids) {
      if (typeof id !== 'string' || seen.has(id)) continue;
      seen.add(id);
      const table = tables.get(id);
      // A seed and the source that reads it are one table, named twice.
      if (table) found.set(refText(table.asset), richer(table, found.get(refText(table.asset))));
      else visit(listAt(project.nodes.get(id), 'depends_on', 'nodes'));
    }
  };
  visit(listAt(node, 'depends_on', 'nodes'));
  return [...found.values()];
}

function richer(a: KnownAsset, b: KnownAsset | undefined): KnownAsset {
  return a.columns === null && b ? b : a;
}

/** Models after those they read. */
function inOrder(project: DbtProject): string[] {
  const ordered = new Set<string>();
  const begun = new Set<string>();
  for (const root of [...project.nodes.keys()].sort()) {
    const stack = [root];
    for (let id = stack.at(-1); id !== undefined; id = stack.at(-1)) {
      const parents = begun.has(id) ? [] : listAt(project.nodes.get(id), 'depends_on', 'nodes');
      begun.add(id);
      const open = parents.filter((parent): parent is string => typeof parent === 'string' && !begun.has(parent));
      if (open.length > 0) stack.push(...open);
      else ordered.add(stack.pop() ?? id);
    }
  }
  return [...ordered];
}
