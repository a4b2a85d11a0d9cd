import { at as valueAt, isObject, listAt, textAt, type JsonObject } from '../readers/json.js';
import { identifier, identifiersAt, nodeOf, nodesAt, type AstNode } from './ast.js';
import { allUses, type Surroundings } from './expression.js';
import { fromItems, FromClause } from './from-clause.js';
import { hasAggregate } from './functions.js';
import { columnOf, EMPTY_SCOPE, type Scope } from './scope.js';
import { expandStar, type Expanded } from './star.js';
import {
  composedAll,
  distinct,
  NO_RESULT,
  renamed,
  type Result,
  type ResultColumn,
  type Subtype,
  type Use,
} from './use.js';

/** Columns of a stored table in their order; null when nobody knows them. */
export type ColumnsOf = (table: readonly string[]) => readonly string[] | null;

/** Clauses that decide about rows, and how. */
const CLAUSES: readonly (readonly [clause: string, subtype: Subtype])[] = [
  ['where_clause', 'FILTER'],
  ['group_by', 'GROUP_BY'],
  ['having', 'FILTER'],
  ['qualify', 'FILTER'],
  ['order_by', 'SORT'],
  ['sort_by', 'SORT'],
  ['distinct_on', 'GROUP_BY'],
];

export interface QueryOptions {
  readonly columnsOf: ColumnsOf;
  /** Results of earlier statements of one script, by lower-case name. */
  readonly temporary: ReadonlyMap<string, Result>;
  readonly dialect: string;
  /** What a statement inside WITH writes and gives back; null for what writes nothing. */
  readonly written: (node: AstNode, scope: Scope) => Result | null;
}

/** Where a common table expression may name itself without RECURSIVE. */
const RECURSIVE_BY_ITSELF = new Set(['tsql', 'oracle', 'snowflake', 'teradata']);
/** A recursion whose columns are not settled by then turns more columns round than anybody writes. */
const MOST_ROUNDS = 20;

/** Resolves queries to the stored columns their results are made from. */
export class QueryResolver {
  readonly warnings = new Set<string>();
  /** Every stored table that is read, by its written name. */
  readonly tables = new Map<string, readonly string[]>();
  readonly from: FromClause;

  constructor(private readonly options: QueryOptions) {
    const { columnsOf, temporary } = options;
    this.from = new FromClause({
      resolve: (query, scope) => this.resolve(query, scope),
      surroundings: (scope) => this.surroundings(scope),
      named: (table, { ctes }) => {
        const name = table.join('.').toLowerCase();
        return ctes.get(name) ?? temporary.get(name) ?? null;
      },
      stored: (table) => {
        this.tables.set(JSON.stringify(table), table);
        return columnsOf(table);
      },
    });
  }

  /** @returns NO_RESULT for what is no query. */
  resolve(query: unknown, outer: Scope | null = null): Result {
    const node = nodeOf(query);
    if (!node) return NO_RESULT;
    const scope = this.withCtes(node.body['with'], { ...EMPTY_SCOPE, ctes: outer?.ctes ?? new Map(), outer });
    if (node.kind !== 'subquery' && node.kind !== 'paren') return this.query(node, scope);
    return renamed(this.resolve(node.body['this'], scope), identifiersAt(node.body, 'column_aliases'));
  }

  private query(node: AstNode, scope: Scope): Result {
    switch (node.kind) {
      case 'select':
        return this.select(node.body, scope);
      case 'union':
      case 'intersect':
        return this.union(node, scope);
      case 'except':
        return this.except(node.body, scope);
      case 'values':
        return this.values(node.body, scope);
      default:
        return this.options.written(node, scope) ?? NO_RESULT;
    }
  }

  /** The scope with the common table expressions of a WITH clause; each knows those before it, a recursive one itself. */
  withCtes(clause: unknown, scope: Scope): Scope {
    const ctes = new Map(scope.ctes);
    for (const cte of listAt(clause, 'ctes')) {
      const name = (identifier(valueAt(cte, 'alias')) ?? '').toLowerCase();
      const names = identifiersAt(cte, 'columns');
      const query = valueAt(cte, 'this');
      const resolve = (): Result => renamed(this.resolve(query, { ...scope, ctes }), names);
      const isRecursive = valueAt(clause, 'recursive') === true || RECURSIVE_BY_ITSELF.has(this.options.dialect);
      const start = isRecursive ? leftmost(query) : query;
      if (start === query) ctes.set(name, resolve());
      else this.settle(ctes, name, { start: renamed(this.resolve(start, { ...scope, ctes }), names), resolve });
    }
    return { ...scope, ctes };
  }

  /** What a recursion gives: begun with what does not use itself, repeated until nothing is new. */
  private settle(
    ctes: Map<string, Result>,
    name: string,
    { start, resolve }: { readonly start: Result; readonly resolve: () => Result },
  ): void {
    ctes.set(name, start);
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const before = JSON.stringify(ctes.get(name));
      ctes.set(name, resolve());
      if (JSON.stringify(ctes.get(name)) === before) return;
    }
  }

  surroundings(scope: Scope): Surroundings {
    return {
      scope,
      query: (query, inner) => this.resolve({ [query.kind]: query.body }, inner),
      warn: (message) => this.warnings.add(message),
    };
  }

  private select(body: JsonObject, outer: Scope): Result {
    const sources = this.from.resolve(fromItems(body), listAt(body, 'joins'), outer);
    const viewed = this.from.withLateralViews(listAt(body, 'lateral_views'), sources.scope);
    let scope: Scope = { ...viewed, windows: windowsOf(body) };
    const columns: ResultColumn[] = [];
    let gapAt: number | null = null;
    for (const expression of nodesAt(body, 'expressions')) {
      const expanded = this.selected(expression, scope);
      if (!expanded.isComplete) gapAt ??= columns.length;
      columns.push(...expanded.columns);
      scope = { ...scope, selected: columns };
    }
    const clauses = CLAUSES.flatMap(([key, subtype]) =>
      composedAll(this.clauseUses(body[key], scope, columns), subtype),
    );
    const grouped = composedAll(groupedByAll(body, columns), 'GROUP_BY');
    return { columns, gapAt, influences: distinct([...sources.influences, ...clauses, ...grouped]) };
  }

  private selected(expression: AstNode, scope: Scope): Expanded {
    const around = this.surroundings(scope);
    if (expression.kind === 'star') return expandStar(expression.body, around);
    const { name, value } = this.namedValue(expression);
    return { columns: [{ name, uses: distinct(allUses(value, around)) }], isComplete: true };
  }

  /** SQL Server knows no comparison as a value: there `x = a` gives a the name x. */
  private namedValue(expression: AstNode): { readonly name: string; readonly value: unknown } {
    const left = nodeOf(expression.body['left']);
    const isNaming = this.options.dialect === 'tsql' && expression.kind === 'eq' && left?.kind === 'column';
    if (isNaming) return { name: nameOf(left), value: expression.body['right'] };
    return { name: nameOf(expression), value: { [expression.kind]: expression.body } };
  }

  /** Every column from what stands at its place in any row. */
  private values(body: JsonObject, scope: Scope): Result {
    const rows = listAt(body, 'expressions').map((row) => listAt(row, 'expressions'));
    const around = this.surroundings(scope);
    const columns = (rows[0] ?? []).map((_, index) => ({
      name: `column${index + 1}`,
      uses: distinct(rows.flatMap((row) => allUses(row[index] ?? {}, around))),
    }));
    return { columns, gapAt: null, influences: [] };
  }

  /** `order by 2` and `group by 1` mean columns of the select list. */
  private clauseUses(clause: unknown, scope: Scope, columns: readonly ResultColumn[]): Use[] {
    const items = Array.isArray(clause) ? (clause as readonly unknown[]) : listAt(clause, 'expressions');
    const parts = items.length > 0 ? items : [clause];
    return parts.flatMap((part) => {
      if (isAll(part)) return columns.flatMap(({ uses }) => uses);
      const isWrapped = isObject(part) && !nodeOf(part) && part['this'] !== undefined;
      const value = isWrapped ? part['this'] : part;
      const isPosition = textAt(value, 'literal', 'literal_type') === 'number';
      const position = Number(textAt(value, 'literal', 'value'));
      const positioned = isPosition ? columns[position - 1] : undefined;
      return positioned ? [...positioned.uses] : allUses(value, this.surroundings(scope));
    });
  }

  private except(body: JsonObject, scope: Scope): Result {
    const left = this.resolve(body['left'], scope);
    const right = this.resolve(body['right'], scope);
    const decided = composedAll(
      right.columns.flatMap(({ uses }) => uses),
      'FILTER',
    );
    return { ...left, influences: distinct([...left.influences, ...right.influences, ...decided]) };
  }

  private union({ kind, body }: AstNode, scope: Scope): Result {
    const left = this.resolve(body['left'], scope);
    const right = this.resolve(body['right'], scope);
    const isByName = body['by_name'] === true;
    const isComplete = left.gapAt === null && right.gapAt === null;
    const isAligned = isByName || isComplete;
    if (!isAligned) this.warnings.add(`The columns of a ${kind.toUpperCase()} could not be matched.`);
    const columns = isAligned ? matched(left.columns, right.columns, isByName) : left.columns;
    const order = this.clauseUses(body['order_by'], { ...scope, selected: columns }, columns);
    return {
      columns,
      gapAt: isComplete ? null : (left.gapAt ?? left.columns.length),
      influences: distinct([...left.influences, ...right.influences, ...composedAll(order, 'SORT')]),
    };
  }
}

function matched(left: readonly ResultColumn[], right: readonly ResultColumn[], isByName: boolean): ResultColumn[] {
  const columns = left.map((column, index) => {
    const partner = isByName ? columnOf(right, column.name) : right[index];
    return { name: column.name, uses: distinct([...column.uses, ...(partner?.uses ?? [])]) };
  });
  return isByName ? [...columns, ...right.filter(({ name }) => !columnOf(left, name))] : columns;
}

function windowsOf(body: JsonObject): ReadonlyMap<string, unknown> {
  return new Map(
    listAt(body, 'windows').map((window) => [
      (textAt(window, 'name', 'name') ?? '').toLowerCase(),
      valueAt(window, 'spec'),
    ]),
  );
}

/** GROUP BY ALL: by every selected value that is no aggregate. */
function groupedByAll(body: JsonObject, columns: readonly ResultColumn[]): Use[] {
  const expressions = nodesAt(body, 'expressions');
  if (valueAt(body, 'group_by', 'all') !== true || expressions.some(({ kind }) => kind === 'star')) return [];
  return columns.flatMap(({ uses }, index) => (hasAggregate(expressions[index] ?? NO_NODE) ? [] : uses));
}

/** `order by all`: a word, where it is not quoted. */
function isAll(part: unknown): boolean {
  const column = valueAt(part, 'this', 'column');
  const isBare = identifier(valueAt(column, 'table')) === null && valueAt(column, 'name', 'quoted') !== true;
  return isBare && /^all$/i.test(identifier(valueAt(column, 'name')) ?? '');
}

const NO_NODE: AstNode = { kind: '', body: {} };

/** The part of a recursive expression that does not use itself. */
function leftmost(query: unknown): unknown {
  const node = nodeOf(query);
  return node?.kind === 'union' ? leftmost(node.body['left']) : query;
}

/** The key under which a node keeps the name of its column. */
const NAME_KEYS: Readonly<Record<string, string>> = { alias: 'alias', column: 'name', dot: 'field' };

function nameOf({ kind, body }: AstNode): string {
  const key = NAME_KEYS[kind];
  if (key !== undefined) return identifier(body[key]) ?? '';
  const inner = kind === 'paren' || kind === 'cast' ? nodeOf(body['this']) : null;
  return inner ? nameOf(inner) : (textAt(body, 'original_name') ?? kind).toLowerCase();
}
