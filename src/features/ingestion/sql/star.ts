import { isObject, listAt, type JsonObject } from '../readers/json.js';
import { identifier, identifiersAt } from './ast.js';
import { allUses, type Surroundings } from './expression.js';
import { isSameName, type Relation } from './scope.js';
import type { ResultColumn } from './use.js';

/** The columns of `*` or `t.*`, with EXCEPT, REPLACE and RENAME; incomplete when those of a relation are not known. */
export function expandStar(star: JsonObject, around: Surroundings): { columns: ResultColumn[]; isComplete: boolean } {
  const qualifier = identifier(star['table']);
  const relations = around.scope.relations.filter(
    ({ alias, table }) => qualifier === null || isSameName(alias ?? table?.at(-1) ?? null, qualifier),
  );
  const isComplete = relations.length > 0 && relations.every(({ columns }) => columns !== null);
  if (!isComplete) around.warn(`The columns of ${qualifier === null ? '*' : `${qualifier}.*`} are not known.`);
  const dropped = identifiersAt(star, 'except');
  const columns = relations
    .flatMap((relation) => shownColumns(relation, qualifier !== null))
    .filter(({ name }) => !dropped.some((one) => isSameName(one, name)));
  return { isComplete, columns: columns.map((column) => changed(column, star, around)) };
}

/** What a join has merged is shown once, by the relation before; asked for by name it is there. */
function shownColumns({ columns, mergedColumns }: Relation, isQualified: boolean): readonly ResultColumn[] {
  const all = columns ?? [];
  return isQualified ? all : all.filter(({ name }) => !mergedColumns.some((merged) => isSameName(merged, name)));
}

function changed(column: ResultColumn, star: JsonObject, around: Surroundings): ResultColumn {
  const replacement = listAt(star, 'replace').find(
    (one) => isObject(one) && isSameName(identifier(one['alias']), column.name),
  );
  const rename = listAt(star, 'rename').find(
    (pair): pair is readonly unknown[] => Array.isArray(pair) && isSameName(identifier(pair[0]), column.name),
  );
  return {
    name: identifier(rename?.[1]) ?? column.name,
    uses: isObject(replacement) ? allUses(replacement['this'], around) : column.uses,
  };
}
