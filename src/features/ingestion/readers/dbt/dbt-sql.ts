import { columnFlowsOf, type KnownAsset } from '../../sql/column-flows.js';
import type { StatementLineage } from '../../sql/resolve-sql.js';
import type { SqlTask } from '../../sql/sql-task.js';
import { hashOf, textAt, type JsonObject } from '../json.js';
import { refText, type ColumnFlow, type LineageStatement, type Reading } from '../statement.js';
import { semanticSql } from './meanings.js';
import {
  datasetOf,
  jobOf,
  parentDatasetIds,
  parentIds,
  partsOf,
  projectOf,
  typeOf,
  type DbtArtifacts,
  type DbtProject,
} from './project.js';
import { compiledCode, hasContract } from './tables.js';
import { catalogSchema, columnsOf } from './words.js';

export type ResolveSql = (task: SqlTask) => Promise<readonly StatementLineage[]>;

/**
 * The reading with the column flows that the compiled SQL tells. Everything comes from the artifacts: columns from the
 * catalog or a contract, else from what the parents' own SQL gives; so the same artifacts always give the same flows.
 *
 * They are statements of their own: dbt compiles only what a command selects, and a manifest without a model's SQL says
 * nothing about its columns.
 */
export async function withDbtColumnFlows(
  reading: Reading,
  artifacts: DbtArtifacts,
  resolve: ResolveSql,
): Promise<Reading> {
  const project = projectOf(artifacts);
  const tables = new Map<string, KnownAsset>();
  for (const id of project.resources.keys()) {
    const known = knownTable(project, id);
    if (known) tables.set(id, known);
  }
  const lineage = [...reading.lineage];
  for (const id of inOrder(project)) {
    const sql = sqlOf(project, id);
    const target = tables.get(id);
    if (sql === null || !target) continue;
    const parents = parentTables(project, id, tables);
    const select = await selectOf(project, { sql, target, parents }, resolve);
    say(lineage, { project, id, target }, select ? columnFlowsOf(select, target, parents) : []);
    // What the catalog does not list is what the model's own SQL gives.
    if (select && target.columns === null) tables.set(id, { ...target, columns: wholeColumns(select) });
  }
  return { ...reading, lineage };
}

/** Null for what has no SQL that anybody ran: sources, seeds, Python models, and what dbt has not compiled. */
function sqlOf(project: DbtProject, id: string): string | null {
  const node = project.resources.get(id) ?? {};
  const type = typeOf(id, node);
  if (type === 'semantic_model') return semanticSql(node);
  const isQuery = ['model', 'snapshot'].includes(type) && (textAt(node, 'language') ?? 'sql') === 'sql';
  return isQuery ? compiledCode(node) : null;
}

/** Null for what cannot be resolved. */
async function selectOf(
  project: DbtProject,
  query: { readonly sql: string; readonly target: KnownAsset; readonly parents: readonly KnownAsset[] },
  resolve: ResolveSql,
): Promise<StatementLineage | null> {
  // An incremental model reads itself.
  const named = [...query.parents, query.target].map(({ parts, columns }) => ({ parts, columns }));
  const statements = await resolve({ sql: query.sql, dialect: project.adapter, tables: named });
  return statements.findLast(({ target }) => target === null) ?? null;
}

interface Written {
  readonly project: DbtProject;
  readonly id: string;
  readonly target: KnownAsset;
}

function say(lineage: LineageStatement[], { project, id, target }: Written, columnFlows: readonly ColumnFlow[]): void {
  const output = { asset: target.asset, columnFlows, isInferred: true };
  const job = jobOf(project, id);
  // One manifest sent with another catalog says something else.
  const hash = hashOf(columnFlows);
  if (job) {
    const said = { origin: 'SQL', job, run: null, at: project.generatedAt, hash } as const;
    lineage.push({ ...said, inputs: [], outputs: [output], mode: 'REPLACE' });
    return;
  }
  // A semantic model has its SQL in every manifest.
  const at = lineage.findIndex(({ outputs }) => outputs[0] && refText(outputs[0].asset) === refText(target.asset));
  const own = lineage[at];
  if (own) lineage[at] = { ...own, hash: hashOf([own.hash, hash]), outputs: [output] };
}

function wholeColumns({ columns, warnings }: StatementLineage): readonly string[] | null {
  return columns.length > 0 && warnings.length === 0 ? columns.map(({ name }) => name) : null;
}

function knownTable(project: DbtProject, id: string): KnownAsset | null {
  const asset = datasetOf(project, id);
  const node = project.resources.get(id) ?? {};
  return asset && { asset, parts: partsOf(typeOf(id, node), node), columns: knownColumns(project, id, node) };
}

/** What the manifest lists is what somebody described, seldom all: only the catalog or a contract has every column. */
function knownColumns(project: DbtProject, id: string, node: JsonObject): readonly string[] | null {
  const listed = catalogSchema(project, id, node)?.map(({ path }) => path) ?? null;
  return listed ?? (hasContract(node) ? columnsOf(node).map(([name]) => name) : null);
}

/** Tables of everything the node builds on; the SQL of an ephemeral model is part of its own. */
function parentTables(project: DbtProject, id: string, tables: ReadonlyMap<string, KnownAsset>): KnownAsset[] {
  const found = new Map<string, KnownAsset>();
  for (const parent of parentDatasetIds(project, project.resources.get(id) ?? {})) {
    const table = tables.get(parent);
    // A seed and the source that reads it are one table, named twice.
    if (table) found.set(refText(table.asset), richer(table, found.get(refText(table.asset))));
  }
  return [...found.values()];
}

function richer(a: KnownAsset, b: KnownAsset | undefined): KnownAsset {
  return a.columns === null && b ? b : a;
}

/** Models after those they read. */
function inOrder({ resources }: DbtProject): string[] {
  const ordered = new Set<string>();
  const begun = new Set<string>();
  for (const root of [...resources.keys()].sort()) {
    const stack = [root];
    for (let id = stack.at(-1); id !== undefined; id = stack.at(-1)) {
      const open = begun.has(id) ? [] : parentIds(resources.get(id)).filter((parent) => !begun.has(parent));
      begun.add(id);
      if (open.length > 0) stack.push(...open);
      else ordered.add(stack.pop() ?? id);
    }
  }
  return [...ordered];
}
