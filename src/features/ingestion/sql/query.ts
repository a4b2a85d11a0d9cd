import { at as valueAt, isObject, listAt, textAt, type JsonObject } from '../readers/json.js';
import { identifier, identifiersAt, nodeOf, nodesAt, type AstNode } from './ast.js';
import { allUses, usesOf, type Surroundings } from './expression.js';
import { fromItems, FromClause } from './from-clause.js';
import { columnOf, EMPTY_SCOPE, type Scope } from './scope.js';
import { expandStar } from './star.js';
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

/** Resolves queries to the stored columns their results are made from. */
export class QueryResolver {
  readonly warnings = new Set<string>();
  /** Every stored table that is read, by its written name. */
  readonly tables = new Map<string, readonly string[]>();
  readonly from: FromClause;

  /** `temporary` are results of earlier statements of one script, by lower-case name. */
  constructor(columnsOf: ColumnsOf, temporary: ReadonlyMap<string, Result> = new Map()) {
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
    switch (node.kind) {
      case 'select':
        return this.select(node.body, scope);
      case 'union':
      case 'intersect':
        return this.union(node, scope);
      case 'except':
        return this.except(node.body, scope);
      case 'subquery':
      case 'paren':
        return renamed(this.resolve(node.body['this'], scope), identifiersAt(node.body, 'column_aliases'));
      default:
        return NO_RESULT;
    }
  }

  /** The scope with the common table expressions of a WITH clause; each knows those before it, a recursive one itself. */
  withCtes(clause: unknown, scope: Scope): Scope {
    const ctes = new Map(scope.ctes);
    for (const cte of listAt(clause, 'ctes')) {
      const name = (identifier(valueAt(cte, 'alias')) ?? '').toLowerCase();
      const names = identifiersAt(cte, 'columns');
      const query = valueAt(cte, 'this');
      if (valueAt(clause, 'recursive') === true) {
        ctes.set(name, renamed(this.resolve(leftmost(query), { ...scope, ctes }), names));
      }
      ctes.set(name, renamed(this.resolve(query, { ...scope, ctes }), names));
    }
    return { ...scope, ctes };
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
    let isComplete = true;
    for (const expression of nodesAt(body, 'expressions')) {
      const expanded = this.selected(expression, scope);
      columns.push(...expanded.columns);
      isComplete &&= expanded.isComplete;
      scope = { ...scope, selected: columns };
    }
    const clauses = CLAUSES.flatMap(([key, subtype]) =>
      composedAll(this.clauseUses(body[key], scope, columns), subtype),
    );
    return { columns, isComplete, influences: distinct([...sources.influences, ...clauses]) };
  }

  private selected(expression: AstNode, scope: Scope): { columns: readonly ResultColumn[]; isComplete: boolean } {
    const around = this.surroundings(scope);
    if (expression.kind === 'star') return expandStar(expression.body, around);
    return { columns: [{ name: nameOf(expression), uses: distinct(usesOf(expression, around)) }], isComplete: true };
  }

  /** `order by 2` and `group by 1` mean columns of the select list. */
  private clauseUses(clause: unknown, scope: Scope, columns: readonly ResultColumn[]): Use[] {
    const items = Array.isArray(clause) ? (clause as readonly unknown[]) : listAt(clause, 'expressions');
    const parts = items.length > 0 ? items : [clause];
    return parts.flatMap((part) => {
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
    const isAligned = isByName || (left.isComplete && right.isComplete);
    if (!isAligned) this.warnings.add(`The columns of a ${kind.toUpperCase()} could not be matched.`);
    const order = this.clauseUses(body['order_by'], { ...scope, selected: left.columns }, left.columns);
    return {
      columns: isAligned ? matched(left.columns, right.columns, isByName) : left.columns,
      isComplete: isAligned && left.isComplete && right.isComplete,
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
