import { listAt, textAt, type JsonObject } from '../readers/json.js';
import { identifier, nodeOf, nodesAt, tableName } from './ast.js';
import { allUses, type Surroundings } from './expression.js';
import { assigned } from './update-statement.js';
import { byName, composedAll, distinct, type ResultColumn } from './use.js';
import { scopeOf, type Place, type Written } from './written.js';

/** `MERGE INTO t USING s ON … WHEN …`. */
export function mergeOf(body: JsonObject, place: Place): Written | null {
  const into = nodeOf(body['this']);
  const table = into?.kind === 'table' ? into : nodeOf(into?.body['this']);
  if (table?.kind !== 'table') return null;
  const target = tableName(table.body);
  const { resolver } = place;
  const { scope, influences } = resolver.from.resolve([body['this'], body['using']], [], scopeOf(body, place));
  const inside = resolver.surroundings(scope);
  const whens = nodesAt(body, 'whens', 'whens', 'expressions');
  const shown = { own: place.columnsOf(target), source: scope.relations[1]?.columns ?? null };
  const columns = whens.flatMap(({ body: when }) => setBy(when['then'], shown, inside));
  const conditions = whens.flatMap(({ body: when }) => allUses(when['condition'] ?? {}, inside));
  const decided = [
    ...influences,
    ...composedAll(allUses(body['on'] ?? {}, inside), 'JOIN'),
    ...composedAll(conditions, 'FILTER'),
  ];
  return { target, result: { columns: byName(columns), gapAt: null, influences: distinct(decided) } };
}

interface Shown {
  /** Columns of the target, and of what is merged into it; null when not known. */
  readonly own: readonly string[] | null;
  readonly source: readonly ResultColumn[] | null;
}

/** `UPDATE SET a = x, …` and `INSERT (a, …) VALUES (x, …)`; a DELETE sets nothing. */
function setBy(then: unknown, { own, source }: Shown, inside: Surroundings): ResultColumn[] {
  const [verb, first, second] = listAt(then, 'tuple', 'expressions');
  // `UPDATE SET *`, `INSERT *`: every column of the source, by its name.
  if (nodeOf(first)?.kind === 'star') return [...(source ?? [])];
  const isUpdate = textAt(verb, 'var', 'this') === 'UPDATE';
  const items = nodesAt(first, 'tuple', 'expressions');
  if (isUpdate) return items.flatMap(({ body }) => assigned(body['left'], body['right'], inside));
  const names =
    second === undefined ? (own ?? []) : items.map(({ body }) => identifier(body) ?? identifier(body['name']));
  const values = listAt(second ?? first, 'tuple', 'expressions');
  return names.flatMap((name, index) => assigned({ name }, values[index], inside));
}
