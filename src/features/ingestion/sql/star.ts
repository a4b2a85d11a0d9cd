import { isObject, listAt, type JsonObject } from '../readers/json.js';
import { identifier, identifiersAt } from './ast.js';
import { allUses, type Surroundings } from './expression.js';
import { isCalled, isMergedIn, isSameName, type Relation, type Scope } from './scope.js';
import type { ResultColumn } from './use.js';

/** Columns of a select list, of which a star may be incomplete. */
export interface Expanded {
  readonly columns: readonly ResultColumn[];
  /** False when there are more columns than these. */
  readonly isComplete: boolean;
}

/** The columns of `*` or `t.*`, with EXCEPT, REPLACE and RENAME; incomplete when those of a relation are not known. */
export function expandStar(star: JsonObject, around: Surroundings): Expanded {
  const qualifier = identifier(star['table']);
  const relations = around.scope.relations.filter(
    (relation) => qualifier === null || isCalled(relation, qualifier.split('.')),
  );
  const isComplete = relations.length > 0 && relations.every(({ isOpen }) => !isOpen);
  if (!isComplete) around.warn(`The columns of ${qualifier === null ? '*' : `${qualifier}.*`} are not known.`);
  const dropped = identifiersAt(star, 'except');
  const shown = qualifier === null ? shownColumns(around.scope) : relations.flatMap(({ columns }) => columns ?? []);
  const columns = shown.filter(({ name }) => !dropped.some((one) => isSameName(one, name)));
  return { isComplete, columns: columns.map((column) => changed(column, star, around)) };
}

/** What a join has merged is shown once, before all others (SQL:2016 part 2, 7.10); asked for by its table it is there. */
function shownColumns({ merged, relations }: Scope): ResultColumn[] {
  const own = (relation: Relation): ResultColumn[] =>
    (relation.columns ?? []).filter(({ name }) => !isMergedIn(relation, name));
  return [...merged, ...relations.flatMap(own)];
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
