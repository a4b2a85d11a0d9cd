import { at as valueAt, isObject, listAt, type JsonObject } from '../readers/json.js';
import { identifier, nodeOf, nodesAt, tableName, type AstNode } from './ast.js';
import { asSources } from './from-clause.js';
import { insertOf } from './insert-statement.js';
import { mergeOf } from './merge-statement.js';
import { QueryResolver, type ColumnsOf } from './query.js';
import { EMPTY_SCOPE } from './scope.js';
import { deleteOf, updateOf } from './update-statement.js';
import { byName, distinct, placed, type Result, type ResultColumn, type Use } from './use.js';
import { scopeOf, type Place, type Written } from './written.js';

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

/** Deeper trees are written by machines that mean no lineage, and would end the stack. */
const MAX_DEPTH = 2000;

/**
 * Column lineage of a script, from the parser's trees: CTEs, stars, set operations, subqueries, joins, windows, CASE;
 * INSERT … SELECT, CTAS, views, UPDATE, DELETE, MERGE; temporary tables are seen through. What cannot be resolved is left
 * out with a warning, never guessed.
 */
export function resolveStatements(
  statements: readonly unknown[],
  columnsOf: ColumnsOf,
  dialect = '',
): StatementLineage[] {
  const script = new Script(columnsOf, dialect);
  return statements.flatMap((statement) => (depthOf(statement) > MAX_DEPTH ? [] : script.add(nodeOf(statement))));
}

/** What the statements of one script know of those before them. */
class Script {
  /** By lower-case name, as the two below. */
  private readonly temporary = new Map<string, Result>();
  private readonly made = new Map<string, readonly string[]>();

  constructor(
    private readonly columnsOf: ColumnsOf,
    private readonly dialect: string,
  ) {}

  /** A statement may hold others in its WITH. */
  add(node: AstNode | null): StatementLineage[] {
    if (!node) return [];
    if (node.kind === 'drop_table') this.drop(node.body);
    const held: StatementLineage[] = [];
    const resolver = new QueryResolver({
      columnsOf: (table) => this.known(table),
      temporary: this.temporary,
      dialect: this.dialect,
      written: (inner, scope) => {
        const written = this.read(inner, { ...place, scope });
        if (!written) return null;
        held.push(...this.keep(written, resolver));
        return returnedBy(inner.body, written, { ...place, scope });
      },
    });
    const place: Place = { resolver, columnsOf: (table) => this.known(table), scope: EMPTY_SCOPE };
    const written = this.read(node, place);
    return written ? [...held, ...this.keep(written, resolver)] : held;
  }

  private known(table: readonly string[]): readonly string[] | null {
    const name = table.join('.').toLowerCase();
    const own = this.temporary.get(name)?.columns.map((column) => column.name);
    return own ?? this.columnsOf(table) ?? this.made.get(name) ?? null;
  }

  private read(node: AstNode, place: Place): Written | null {
    if (QUERIES.has(node.kind)) return intoOf(node, place);
    return Object.hasOwn(READERS, node.kind) ? (READERS[node.kind]?.(node.body, place) ?? null) : null;
  }

  /** What goes into a temporary table is seen where it comes out. */
  private keep({ target, result, isTemporary }: Written, resolver: QueryResolver): StatementLineage[] {
    const name = (target ?? []).join('.').toLowerCase();
    const before = this.temporary.get(name);
    if (isTemporary || before) {
      this.temporary.set(name, before && !isTemporary ? added(before, result) : result);
      return [];
    }
    if (target && result.gapAt === null && !this.made.has(name))
      this.made.set(
        name,
        result.columns.map((column) => column.name),
      );
    const { columns, influences } = result;
    return [{ target, columns, influences, inputs: [...resolver.tables.values()], warnings: [...resolver.warnings] }];
  }

  private drop(body: JsonObject): void {
    for (const table of listAt(body, 'names').filter(isObject))
      this.temporary.delete(tableName(table).join('.').toLowerCase());
  }
}

function added(before: Result, { columns, influences }: Result): Result {
  return {
    ...before,
    columns: byName([...before.columns, ...columns]),
    influences: distinct([...before.influences, ...influences]),
  };
}

/** `RETURNING`: columns of what was written, of the rows that were decided on. */
function returnedBy(body: JsonObject, { result }: Written, { resolver, scope }: Place): Result {
  const from = { expressions: asSources([body['table']]) };
  const returned = resolver.resolve({ select: { expressions: nodesOf(body['returning']), from } }, scope);
  return { ...returned, influences: distinct([...returned.influences, ...result.influences]) };
}

function nodesOf(list: unknown): unknown[] {
  return nodesAt(list).map(({ kind, body }) => ({ [kind]: body }));
}

type Reader = (body: JsonObject, place: Place) => Written | null;

/** How each kind of statement is read. */
const READERS: Readonly<Record<string, Reader>> = {
  insert: insertOf,
  create_table: tableOf,
  create_view: (body, place) => createdOf(body, body['query'], place),
  update: updateOf,
  delete: deleteOf,
  merge: mergeOf,
};
const QUERIES = new Set(['select', 'union', 'intersect', 'except', 'subquery']);

function intoOf(node: AstNode, { resolver, scope }: Place): Written {
  const result = resolver.resolve({ [node.kind]: node.body }, scope);
  const into = nodeOf(valueAt(node.body, 'into', 'this'));
  if (!into) return { target: null, result };
  const target = tableName(into.body);
  return { target, result, isTemporary: valueAt(node.body, 'into', 'temporary') === true || isHash(target) };
}

/** Filled as it is made, a copy of another, or empty. An empty one is worth a word only where it ends with the session. */
function tableOf(body: JsonObject, place: Place): Written | null {
  const source = body['clone_source'];
  if (isObject(source)) {
    const from = { expressions: asSources([source]) };
    return createdOf(body, { select: { expressions: [{ star: {} }], from } }, place);
  }
  if (isObject(body['as_select'])) return createdOf(body, body['as_select'], place);
  const columns = columnNames(body).map((name): ResultColumn => ({ name, uses: [] }));
  const written = createdAs(body, { columns, gapAt: null, influences: [] });
  return written?.isTemporary ? written : null;
}

function createdOf(body: JsonObject, query: unknown, place: Place): Written | null {
  if (!isObject(query)) return null;
  const result = place.resolver.resolve(query, scopeOf(body, place));
  const names = columnNames(body);
  return createdAs(body, names.length > 0 ? placed(result, names) : result);
}

function createdAs(body: JsonObject, result: Result): Written | null {
  const name = body['name'];
  if (!isObject(name)) return null;
  const target = tableName(name);
  return { target, result, isTemporary: body['temporary'] === true || isHash(target) };
}

/** How SQL Server writes a temporary table. */
function isHash(table: readonly string[]): boolean {
  return (table.at(-1) ?? '').startsWith('#');
}

/** Column lists come as identifiers or as definitions with a name. */
function columnNames(body: JsonObject): string[] {
  return listAt(body, 'columns').flatMap((column) => identifier(valueAt(column, 'name')) ?? identifier(column) ?? []);
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
