import { at as valueAt, isObject, listAt, type JsonObject } from '../readers/json.js';
import { identifier, identifiersAt, nodeOf, tableName, type AstNode } from './ast.js';
import { allUses } from './expression.js';
import { asSources } from './from-clause.js';
import { mergeOf } from './merge-statement.js';
import { QueryResolver, type ColumnsOf } from './query.js';
import { EMPTY_SCOPE, isSameName, type Scope } from './scope.js';
import { composedAll, distinct, type Result, type ResultColumn, type Use } from './use.js';

/** What one statement writes, and from what. */
export interface StatementLineage {
  /** Parts of the name of the table that is written; null for a bare query. */
  readonly target: readonly string[] | null;
  readonly columns: readonly ResultColumn[];
  /** Columns that influence every column of the target. */
  readonly influences: readonly Use[];
  /** Parts of the names of all tables that are read. */
  readonly inputs: readonly (readonly string[])[];
  /** Why something is left out. */
  readonly warnings: readonly string[];
}

interface Written {
  readonly target: readonly string[] | null;
  readonly result: Result;
  readonly isTemporary?: boolean;
}

/** Deeper trees are written by machines that mean no lineage, and would end the stack. */
const MAX_DEPTH = 2000;

/**
 * Column lineage of a script, from the parser's trees: CTEs, stars, set operations, subqueries, joins, windows, CASE;
 * INSERT … SELECT, CTAS, views, UPDATE, DELETE, MERGE; temporary tables are seen through. What cannot be resolved is left
 * out with a warning, never guessed.
 */
export function resolveStatements(statements: readonly unknown[], columnsOf: ColumnsOf): StatementLineage[] {
  const temporary = new Map<string, Result>();
  const made = new Map<string, readonly string[]>();
  const knownColumns: ColumnsOf = (table) => columnsOf(table) ?? made.get(table.join('.').toLowerCase()) ?? null;
  return statements.flatMap((statement) => {
    if (depthOf(statement) > MAX_DEPTH) return [];
    const resolver = new QueryResolver(knownColumns, temporary);
    const written = writtenBy(nodeOf(statement), resolver, knownColumns);
    if (!written) return [];
    const { target, result } = written;
    const name = (target ?? []).join('.').toLowerCase();
    if (written.isTemporary) {
      temporary.set(name, result);
      return [];
    }
    if (target && result.isComplete && !made.has(name))
      made.set(
        name,
        result.columns.map((column) => column.name),
      );
    return [
      {
        target,
        columns: result.columns,
        influences: result.influences,
        inputs: [...resolver.tables.values()],
        warnings: [...resolver.warnings],
      },
    ];
  });
}

type Reader = (body: JsonObject, resolver: QueryResolver, columnsOf: ColumnsOf) => Written | null;

/** How each kind of statement is read. */
const READERS: Readonly<Record<string, Reader>> = {
  insert: insertOf,
  create_table: (body, resolver) => createdOf(body, body['as_select'], resolver),
  create_view: (body, resolver) => createdOf(body, body['query'], resolver),
  update: updateOf,
  delete: deleteOf,
  merge: (body, resolver, columnsOf) => mergeOf(body, resolver, { columnsOf, scope: scopeOf(body, resolver) }),
};
const QUERIES = new Set(['select', 'union', 'intersect', 'except', 'subquery']);

function writtenBy(node: AstNode | null, resolver: QueryResolver, columnsOf: ColumnsOf): Written | null {
  if (!node) return null;
  if (QUERIES.has(node.kind)) return intoOf(node, resolver);
  return Object.hasOwn(READERS, node.kind) ? (READERS[node.kind]?.(node.body, resolver, columnsOf) ?? null) : null;
}

function intoOf(node: AstNode, resolver: QueryResolver): Written {
  const result = resolver.resolve({ [node.kind]: node.body });
  const into = nodeOf(valueAt(node.body, 'into', 'this'));
  if (!into) return { target: null, result };
  const target = tableName(into.body);
  const isTemporary = valueAt(node.body, 'into', 'temporary') === true || (target.at(-1) ?? '').startsWith('#');
  return { target, result, isTemporary };
}

function createdOf(body: JsonObject, query: unknown, resolver: QueryResolver): Written | null {
  const name = body['name'];
  if (!isObject(name) || query === undefined || query === null) return null;
  const result = resolver.resolve(query, scopeOf(body, resolver));
  const target = tableName(name);
  const isTemporary = body['temporary'] === true || (target.at(-1) ?? '').startsWith('#');
  return { target, result: withNames(result, columnNames(body)), isTemporary };
}

/** Column lists come as identifiers or as definitions with a name. */
function columnNames(body: JsonObject): string[] {
  return listAt(body, 'columns').flatMap((column) => identifier(valueAt(column, 'name')) ?? identifier(column) ?? []);
}

function insertOf(body: JsonObject, resolver: QueryResolver, columnsOf: ColumnsOf): Written | null {
  const name = body['table'];
  if (!isObject(name) || !isObject(body['query'])) return null;
  const target = tableName(name);
  const result = resolver.resolve(body['query'], scopeOf(body, resolver));
  const listed = identifiersAt(body, 'columns');
  const names = listed.length > 0 ? listed : (columnsOf(target) ?? []);
  // Without a list the columns go by position into the table, whose columns must then be known, or named alike.
  return { target, result: withNames(result, result.isComplete ? names : []) };
}

function withNames(result: Result, names: readonly string[]): Result {
  if (names.length === 0) return result;
  return {
    ...result,
    columns: result.columns
      .slice(0, names.length)
      .map((column, index) => ({ ...column, name: names[index] ?? column.name })),
  };
}

function scopeOf(body: JsonObject, resolver: QueryResolver): Scope {
  return resolver.withCtes(body['with'], EMPTY_SCOPE);
}

function updateOf(body: JsonObject, resolver: QueryResolver): Written | null {
  const table = body['table'];
  if (!isObject(table)) return null;
  const joins = [...listAt(body, 'table_joins'), ...listAt(body, 'from_joins')];
  const sources = asSources([table, ...listAt(body, 'from_clause', 'expressions'), ...listAt(body, 'extra_tables')]);
  const { scope, influences } = resolver.from.resolve(sources, joins, scopeOf(body, resolver));
  const around = resolver.surroundings(scope);
  const columns = listAt(body, 'set').flatMap((pair): ResultColumn[] => {
    const [column, value] = Array.isArray(pair) ? (pair as readonly unknown[]) : [];
    const name = identifier(column)?.split('.').at(-1);
    return name === undefined ? [] : [{ name, uses: distinct(allUses(value, around)) }];
  });
  const filters = composedAll(allUses(valueAt(body, 'where_clause', 'this') ?? {}, around), 'FILTER');
  const target = updatedTable(table, scope);
  const result = { columns, isComplete: true, influences: distinct([...influences, ...filters]) };
  return { target, result };
}

/** `update t set … from orders as t`: the alias stands for the table. */
function updatedTable(table: JsonObject, scope: Scope): readonly string[] {
  const written = tableName(table);
  const meant = scope.relations
    .slice(1)
    .find(({ alias }) => written.length === 1 && isSameName(alias, written[0] ?? null));
  return meant?.table ?? written;
}

function deleteOf(body: JsonObject, resolver: QueryResolver): Written | null {
  const table = body['table'];
  if (!isObject(table)) return null;
  const sources = asSources([table, ...listAt(body, 'using')]);
  const { scope, influences } = resolver.from.resolve(sources, listAt(body, 'joins'), scopeOf(body, resolver));
  const filters = composedAll(
    allUses(valueAt(body, 'where_clause', 'this') ?? {}, resolver.surroundings(scope)),
    'FILTER',
  );
  return {
    target: tableName(table),
    result: { columns: [], isComplete: true, influences: distinct([...influences, ...filters]) },
  };
}

function depthOf(root: unknown): number {
  let deepest = 0;
  const stack: [unknown, number][] = [[root, 0]];
  for (let top = stack.pop(); top; top = stack.pop()) {
    const [value, depth] = top;
    if (typeof value !== 'object' || value === null) continue;
    deepest = Math.max(deepest, depth);
    for (const child of Object.values(value)) stack.push([child, depth + 1]);
  }
  return deepest;
}
