import { at as valueAt, isObject, listAt, objectAt, type JsonObject } from '../readers/json.js';
import { identifiersAt, nodesAt, tableName } from './ast.js';
import { allUses, INSERTED, type Surroundings } from './expression.js';
import { asSources } from './from-clause.js';
import { assigned } from './update-statement.js';
import type { Relation, Scope } from './scope.js';
import { byName, composedAll, distinct, placed, type Result, type ResultColumn } from './use.js';
import { scopeOf, type Place, type Written } from './written.js';

/** `INSERT … SELECT`, `INSERT … VALUES` with queries among the values, and what follows on a conflict. */
export function insertOf(body: JsonObject, place: Place): Written | null {
  const table = body['table'];
  if (!isObject(table)) return null;
  const scope = scopeOf(body, place);
  const given = givenBy(body, scope, place);
  if (!given) return null;
  const target = tableName(table);
  const listed = identifiersAt(body, 'columns');
  const names = listed.length > 0 ? listed : (place.columnsOf(target) ?? []);
  // Without a list the columns go by place into the table, whose columns must then be known, or named alike.
  const isByName = body['by_name'] === true || names.length === 0;
  const result = isByName ? given : placed(given, names);
  return {
    target,
    result: withConflict(result, objectAt(body, 'on_conflict', 'on_conflict'), { table, scope, place }),
  };
}

/** Null for what comes from no table. */
function givenBy(body: JsonObject, scope: Scope, { resolver }: Place): Result | null {
  if (isObject(body['query'])) return resolver.resolve(body['query'], scope);
  const rows = listAt(body, 'values').map((expressions) => ({ expressions }));
  const given = resolver.resolve({ values: { expressions: rows } }, scope);
  return given.columns.some(({ uses }) => uses.length > 0) ? given : null;
}

/** What is set where the row is there already: from that row, and from the one that was to be written. */
function withConflict(
  result: Result,
  conflict: JsonObject,
  at: { readonly table: JsonObject; readonly scope: Scope; readonly place: Place },
): Result {
  const pairs = [...nodesAt(conflict, 'action', 'tuple', 'expressions'), ...nodesAt(conflict, 'expressions')];
  if (pairs.length === 0) return result;
  const around = conflictScope(result, at);
  const columns = pairs.flatMap(({ body }): ResultColumn[] => assigned(body['left'], body['right'], around));
  const filters = composedAll(allUses(valueAt(conflict, 'where_') ?? {}, around), 'FILTER');
  return {
    ...result,
    columns: byName([...result.columns, ...columns]),
    influences: distinct([...result.influences, ...filters]),
  };
}

/** A name without qualifier is the target's. */
function conflictScope(
  { columns }: Result,
  { table, scope, place }: { readonly table: JsonObject; readonly scope: Scope; readonly place: Place },
): Surroundings {
  const inserted: Relation = {
    alias: INSERTED,
    table: null,
    columns,
    isOpen: false,
    anyColumn: null,
    mergedColumns: [],
  };
  const outer: Scope = { ...scope, relations: [inserted], merged: [] };
  return place.resolver.surroundings(place.resolver.from.resolve(asSources([table]), [], { ...scope, outer }).scope);
}
