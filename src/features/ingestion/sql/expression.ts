import { listAt, textAt } from '../readers/json.js';
import { childrenOf, identifier, nodeOf, type AstNode } from './ast.js';
import { isAggregate, isMasking } from './functions.js';
import { columnOf, findQualified, findUnqualified, type Scope } from './scope.js';
import { composedAll, type Result, type Use } from './use.js';

/** What expressions need of their surroundings. */
export interface Surroundings {
  readonly scope: Scope;
  readonly query: (query: AstNode, scope: Scope) => Result;
  readonly warn: (message: string) => void;
}

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
  window_function: windowUses,
  star: () => [],
  literal: () => [],
};

/** Every column an expression uses, and how. A plain column is IDENTITY; anything done to it is a TRANSFORMATION. */
export function usesOf(node: AstNode, at: Surroundings): Use[] {
  if (TRANSPARENT.has(node.kind)) return childUses(node.body['this'], at);
  if (QUERIES.has(node.kind)) return queryUses(node, at);
  const reader = Object.hasOwn(READERS, node.kind) ? READERS[node.kind] : undefined;
  if (reader) return reader(node, at);
  return isAggregate(node) ? aggregateUses(node, at) : plainUses(node, at);
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
  const found = qualifier === null ? findUnqualified(scope, name) : findQualified(scope, qualifier, name);
  if (found === 'AMBIGUOUS') {
    warn(`Column '${name}' could be of several tables.`);
    return [];
  }
  // A name of the select list, where the dialect knows it: `select a as x, x + 1`.
  const uses = found ?? columnOf(scope.selected, name)?.uses ?? structUses(qualifier, scope);
  if (!uses) warn(`Column '${qualifier === null ? '' : `${qualifier}.`}${name}' was not found.`);
  return [...(uses ?? [])];
}

/** `address.city`: what looks like a table may be a column with fields. */
function structUses(qualifier: string | null, scope: Scope): readonly Use[] | null {
  const found = qualifier === null ? null : findUnqualified(scope, qualifier);
  return found === null || found === 'AMBIGUOUS' ? null : composedAll(found, 'TRANSFORMATION');
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

function windowUses({ body }: AstNode, at: Surroundings): Use[] {
  const named = at.scope.windows.get((textAt(body, 'over', 'window_name', 'name') ?? '').toLowerCase());
  return [
    ...composedAll(childUses(body['this'], at), 'TRANSFORMATION'),
    ...composedAll([...allUses(body['over'], at), ...allUses(named ?? {}, at)], 'WINDOW'),
  ];
}

function aggregateUses(node: AstNode, at: Surroundings): Use[] {
  const { filter, order_by: order, separator: _, ...rest } = node.body;
  return [
    ...composedAll(allUses(rest, at), 'AGGREGATION', isMasking(node)),
    ...composedAll(allUses(filter ?? {}, at), 'FILTER'),
    ...composedAll(allUses(order ?? {}, at), 'SORT'),
  ];
}

function plainUses(node: AstNode, at: Surroundings): Use[] {
  return composedAll(allUses(node.body, at), 'TRANSFORMATION', isMasking(node));
}
