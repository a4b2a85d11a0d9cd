import { at as valueAt, isObject, listAt, type JsonObject } from '../readers/json.js';
import { identifier, nodeOf, tableName } from './ast.js';
import { allUses, type Surroundings } from './expression.js';
import { asSources } from './from-clause.js';
import { relationCalled, type Scope } from './scope.js';
import { composedAll, distinct, type ResultColumn, type Use } from './use.js';
import { scopeOf, type Place, type Written } from './written.js';

/** `UPDATE … SET … FROM … WHERE`. */
export function updateOf(body: JsonObject, place: Place): Written | null {
  const table = body['table'];
  if (!isObject(table)) return null;
  const { resolver } = place;
  const joins = [...listAt(body, 'table_joins'), ...listAt(body, 'from_joins')];
  const others = asSources([...listAt(body, 'from_clause', 'expressions'), ...listAt(body, 'extra_tables')]);
  const outer = scopeOf(body, place);
  // `update o set … from orders as o`: the alias stands for the table, and adds none.
  const meant = meantTable(table, resolver.from.resolve(others, listAt(body, 'from_joins'), outer).scope);
  const sources = meant ? others : [...asSources([table]), ...others];
  const { scope, influences } = resolver.from.resolve(sources, joins, outer);
  const around = resolver.surroundings(scope);
  const columns = listAt(body, 'set').flatMap((pair): ResultColumn[] => {
    const [column, value] = Array.isArray(pair) ? (pair as readonly unknown[]) : [];
    return assigned(column, value, around);
  });
  const result = { columns, gapAt: null, influences: distinct([...influences, ...filters(body, around)]) };
  return { target: meant ?? tableName(table), result };
}

/** `DELETE FROM … USING … WHERE`: it writes no column, and what decides influences all. */
export function deleteOf(body: JsonObject, place: Place): Written | null {
  const table = body['table'];
  if (!isObject(table)) return null;
  const { resolver } = place;
  const sources = asSources([{ ...table, alias: table['alias'] ?? body['alias'] }, ...listAt(body, 'using')]);
  const { scope, influences } = resolver.from.resolve(sources, listAt(body, 'joins'), scopeOf(body, place));
  const decided = distinct([...influences, ...filters(body, resolver.surroundings(scope))]);
  return { target: tableName(table), result: { columns: [], gapAt: null, influences: decided } };
}

/** One column that is set; some stores write the table before its name. */
export function assigned(column: unknown, value: unknown, around: Surroundings): ResultColumn[] {
  const node = nodeOf(column);
  const name = (identifier(column) ?? identifier(node?.body) ?? identifier(node?.body['name']))?.split('.').at(-1);
  return name === undefined ? [] : [{ name, uses: distinct(allUses(value ?? {}, around)) }];
}

function filters(body: JsonObject, around: Surroundings): Use[] {
  return composedAll(allUses(valueAt(body, 'where_clause', 'this') ?? {}, around), 'FILTER');
}

function meantTable(table: JsonObject, scope: Scope): readonly string[] | null {
  const written = tableName(table);
  if (written.length !== 1) return null;
  return relationCalled({ ...scope, outer: null }, written)?.table ?? null;
}
