import { listAt, textAt } from '../readers/json.js';
import { childrenOf, identifier, nodeOf, nodesAt, type AstNode } from './ast.js';
import { functionName, isAggregate, isMasking } from './functions.js';
import { columnOf, findQualified, findUnqualified, relationCalled, type Scope } from './scope.js';
import { composedAll, type Result, type Use } from './use.js';

/** What expressions need of their surroundings. */
export interface Surroundings {
  readonly scope: Scope;
  readonly query: (query: AstNode, scope: Scope) => Result;
  readonly warn: (message: string) => void;
}

/** What the row that an INSERT would have written is called where it meets one that is there. */
export const INSERTED = 'excluded';

/** Nodes that hand their value on as it is. */
const TRANSPARENT = new Set(['alias', 'paren', 'annotated', 'collation']);
const QUERIES = new Set(['select', 'union', 'intersect', 'except', 'values']);

type Reader = (node: AstNode, at: Surroundings) => Use[];

/** Nodes that do more than change a value. */
const READERS: Readonly<Record<string, Reader>> = {
  column: columnUses,
  subquery: ({ body }, at) => childUses(body['this'], at),
  exists: ({ body }, at) => composedAll(allUses(body, at), 'FILTER'),
  case: caseUses,
  if_func: ifUses,
  nvl2: nvl2Uses,
  dot: dotUses,
  window_function: windowUses,
  star: () => [],
  literal: () => [],
};

/** Functions that the parser has no node of their own for. */
const FUNCTIONS: Readonly<Record<string, Reader>> = { decode: decodeUses, values: insertedUses };

/** Every column an expression uses, and how. A plain column is IDENTITY; anything done to it is a TRANSFORMATION. */
export function usesOf(node: AstNode, at: Surroundings): Use[] {
  if (TRANSPARENT.has(node.kind)) return childUses(node.body['this'], at);
  if (QUERIES.has(node.kind)) return queryUses(node, at);
  const reader = readerOf(node);
  if (reader) return reader(node, at);
  return isAggregate(node) ? aggregateUses(node, at) : plainUses(node, at);
}

function readerOf(node: AstNode): Reader | undefined {
  if (Object.hasOwn(READERS, node.kind)) return READERS[node.kind];
  const name = node.kind === 'function' ? functionName(node) : '';
  return Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
}

/** All uses in a part of the tree, whatever it is. */
export function allUses(value: unknown, at: Surroundings): Use[] {
  const own = nodeOf(value);
  return own ? usesOf(own, at) : childrenOf(value).flatMap((child) => usesOf(child, at));
}

function childUses(value: unknown, at: Surroundings): Use[] {
  const node = nodeOf(value);
  return node ? usesOf(node, at) : [];
}

function columnUses({ body }: AstNode, { scope, warn }: Surroundings): Use[] {
  const name = identifier(body['name']) ?? '';
  const qualifier = identifier(body['table']);
  const found = qualifier === null ? findUnqualified(scope, name) : findQualified(scope, [qualifier], name);
  if (found === 'AMBIGUOUS') {
    warn(`Column '${name}' could be of several tables.`);
    return [];
  }
  // A name of the select list, where the dialect knows it: `select a as x, x + 1`.
  const uses = found ?? columnOf(scope.selected, name)?.uses ?? structUses(qualifier, scope) ?? rowUses(name, scope);
  if (!uses) warn(`Column '${qualifier === null ? '' : `${qualifier}.`}${name}' was not found.`);
  return [...(uses ?? [])];
}

/** `address.city`: what looks like a table may be a column with fields. */
function structUses(qualifier: string | null, scope: Scope): readonly Use[] | null {
  const found = qualifier === null ? null : findUnqualified(scope, qualifier);
  return found === null || found === 'AMBIGUOUS' ? null : composedAll(found, 'TRANSFORMATION');
}

/** `to_jsonb(orders)`: the name of a relation as a value is its whole row. */
function rowUses(name: string, scope: Scope): readonly Use[] | null {
  const columns = relationCalled(scope, [name])?.columns ?? null;
  return (
    columns &&
    composedAll(
      columns.flatMap(({ uses }) => uses),
      'TRANSFORMATION',
    )
  );
}

/** `sales.deals.value`: a column of a table in a schema, or the field of a column. */
function dotUses(node: AstNode, at: Surroundings): Use[] {
  const path = pathOf(node) ?? [];
  for (let length = path.length - 1; length > 1; length -= 1) {
    const found = findQualified(at.scope, path.slice(0, length), path[length] ?? '');
    if (found) return length === path.length - 1 ? [...found] : composedAll(found, 'TRANSFORMATION');
  }
  return plainUses(node, at);
}

/** The names of a chain of dots; null when there is something else in it. */
function pathOf(node: AstNode | null): string[] | null {
  if (node?.kind === 'column') {
    return [node.body['table'], node.body['name']].flatMap((part) => identifier(part) ?? []);
  }
  const before = node?.kind === 'dot' ? pathOf(nodeOf(node.body['this'])) : null;
  const field = identifier(node?.body['field']);
  return before && field !== null ? [...before, field] : null;
}

/** A query as a value: its column, and what decides which row is taken. */
function queryUses(node: AstNode, at: Surroundings): Use[] {
  const { columns, influences } = at.query(node, at.scope);
  return [...columns.flatMap(({ uses }) => uses), ...influences];
}

function caseUses({ body }: AstNode, at: Surroundings): Use[] {
  const whens = listAt(body, 'whens').filter(Array.isArray);
  const conditions = [body['operand'], ...whens.map((when: readonly unknown[]) => when[0])];
  const results = [...whens.map((when: readonly unknown[]) => when[1]), body['else_'], body['else']];
  return [
    ...composedAll(
      conditions.flatMap((part) => childUses(part, at)),
      'CONDITIONAL',
    ),
    ...composedAll(
      results.flatMap((part) => childUses(part, at)),
      'TRANSFORMATION',
    ),
  ];
}

function ifUses({ body }: AstNode, at: Surroundings): Use[] {
  const { condition, ...results } = body;
  return [
    ...composedAll(childUses(condition, at), 'CONDITIONAL'),
    ...composedAll(allUses(results, at), 'TRANSFORMATION'),
  ];
}

function nvl2Uses({ body }: AstNode, at: Surroundings): Use[] {
  const { this: condition, ...results } = body;
  return ifUses({ kind: 'if_func', body: { ...results, condition } }, at);
}

/** `decode(value, search, result, …, default)` is a CASE; with two arguments it is about encodings. */
function decodeUses(node: AstNode, at: Surroundings): Use[] {
  const [operand, ...rest] = listAt(node.body, 'args');
  if (rest.length < 2) return plainUses(node, at);
  const isResult = (index: number): boolean => index % 2 === 1 || index === rest.length - 1;
  return [
    ...composedAll(allUses([operand, ...rest.filter((_, index) => !isResult(index))], at), 'CONDITIONAL'),
    ...composedAll(
      allUses(
        rest.filter((_, index) => isResult(index)),
        at,
      ),
      'TRANSFORMATION',
    ),
  ];
}

/** `values(x)` of MySQL: what the INSERT would have written into x. */
function insertedUses(node: AstNode, at: Surroundings): Use[] {
  const [column] = nodesAt(node.body, 'args');
  const name = column?.kind === 'column' ? identifier(column.body['name']) : null;
  return [...((name === null ? null : findQualified(at.scope, [INSERTED], name)) ?? plainUses(node, at))];
}

function windowUses({ body }: AstNode, at: Surroundings): Use[] {
  return [
    ...composedAll(childUses(body['this'], at), 'TRANSFORMATION'),
    ...composedAll(
      windowParts(body['over'], at.scope).flatMap((part) => allUses(part, at)),
      'WINDOW',
    ),
  ];
}

/** A window, the named one it begins with, and so on. */
function windowParts(window: unknown, { windows }: Scope): unknown[] {
  const parts = new Set<unknown>();
  for (let part = window; part !== undefined && !parts.has(part);) {
    parts.add(part);
    part = windows.get((textAt(part, 'window_name', 'name') ?? '').toLowerCase());
  }
  return [...parts];
}

function aggregateUses(node: AstNode, at: Surroundings): Use[] {
  const { filter, order_by: order, separator: _, ...rest } = node.body;
  const aggregated = allUses(rest, at);
  // `percentile_cont(0.5) within group (order by amount)` aggregates what it sorts.
  const isOrderedSet = node.kind === 'within_group' && aggregated.length === 0;
  return [
    ...composedAll(aggregated, 'AGGREGATION', isMasking(node)),
    ...composedAll(allUses(filter ?? {}, at), 'FILTER'),
    ...composedAll(allUses(order ?? {}, at), isOrderedSet ? 'AGGREGATION' : 'SORT'),
  ];
}

function plainUses(node: AstNode, at: Surroundings): Use[] {
  return composedAll(allUses(node.body, at), 'TRANSFORMATION', isMasking(node));
}
