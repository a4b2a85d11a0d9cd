import { listAt, textAt, type JsonObject } from '../readers/json.js';
import { identifier, nodeOf, nodesAt, tableName } from './ast.js';
import { allUses, type Surroundings } from './expression.js';
import type { ColumnsOf, QueryResolver } from './query.js';
import type { Scope } from './scope.js';
import { composedAll, distinct, type Result, type ResultColumn } from './use.js';

interface Merged {
  readonly target: readonly string[];
  readonly result: Result;
}

/** `MERGE INTO t USING s ON … WHEN …`. */
export function mergeOf(
  body: JsonObject,
  resolver: QueryResolver,
  around: { columnsOf: ColumnsOf; scope: Scope },
): Merged | null {
  const into = nodeOf(body['this']);
  const table = into?.kind === 'table' ? into : nodeOf(into?.body['this']);
  if (table?.kind !== 'table') return null;
  const target = tableName(table.body);
  const { scope, influences } = resolver.from.resolve([body['this'], body['using']], [], around.scope);
  const inside = resolver.surroundings(scope);
  const whens = nodesAt(body, 'whens', 'whens', 'expressions');
  const shown = { own: around.columnsOf(target), source: scope.relations[1]?.columns ?? null };
  const columns = whens.flatMap(({ body: when }) => assigned(when['then'], shown, inside));
  const conditions = whens.flatMap(({ body: when }) => allUses(when['condition'] ?? {}, inside));
  const decided = [
    ...influences,
    ...composedAll(allUses(body['on'] ?? {}, inside), 'JOIN'),
    ...composedAll(conditions, 'FILTER'),
  ];
  return { target, result: { columns: byName(columns), isComplete: true, influences: distinct(decided) } };
}

interface Shown {
  /** Columns of the target, and of what is merged into it; null when not known. */
  readonly own: readonly string[] | null;
  readonly source: readonly ResultColumn[] | null;
}

function assigned(then: unknown, shown: Shown, inside: Surroundings): ResultColumn[] {
  return assignments(then, shown).map(([name, value]) => ({ name, uses: distinct(allUses(value, inside)) }));
}

/** `UPDATE SET a = x, …`, `INSERT (a, …) VALUES (x, …)`, and `UPDATE SET *` of stores that know it. */
function assignments(then: unknown, { own, source }: Shown): [string, unknown][] {
  const [verb, first, second] = listAt(then, 'tuple', 'expressions');
  if (nodeOf(first)?.kind === 'star' || nodeOf(then)?.kind === 'var') {
    return (source ?? []).map(({ name }) => [name, { column: { name: { name } } }]);
  }
  if (textAt(verb, 'var', 'this') === 'UPDATE') return nodesAt(first, 'tuple', 'expressions').flatMap(updated);
  const listed = nodesAt(first, 'tuple', 'expressions').map(({ body }) => nameIn(body) ?? '');
  const values = listAt(second ?? first, 'tuple', 'expressions');
  return (second === undefined ? (own ?? []) : listed).map((name, index) => [name, values[index]]);
}

function updated({ body }: { readonly body: JsonObject }): [string, unknown][] {
  const left = nodeOf(body['left']);
  const name = left && nameIn(left.body);
  return name === null ? [] : [[name.split('.').at(-1) ?? name, body['right']]];
}

/** Of an identifier, or of a column. */
function nameIn(body: JsonObject): string | null {
  return identifier(body) ?? identifier(body['name']);
}

/** One column may be set by several branches. */
function byName(columns: readonly ResultColumn[]): ResultColumn[] {
  const merged = new Map<string, ResultColumn>();
  for (const column of columns) {
    const key = column.name.toLowerCase();
    const known = merged.get(key);
    merged.set(key, known ? { ...known, uses: distinct([...known.uses, ...column.uses]) } : column);
  }
  return [...merged.values()];
}
