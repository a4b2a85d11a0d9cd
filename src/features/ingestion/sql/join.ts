import { identifiersAt } from './ast.js';
import { textAt, type JsonObject } from '../readers/json.js';
import { columnOf, findUnqualified, isSameName, storedUse, usesIn, type Relation, type Scope } from './scope.js';
import { composedAll, distinct, type ResultColumn, type Use } from './use.js';

/** The scope after a join, and the columns that decide which rows meet. */
export interface Joined {
  readonly scope: Scope;
  readonly deciding: readonly Use[];
}

/** Adds what is joined; columns that USING or NATURAL name are then one column. */
export function joined(join: JsonObject, left: Scope, right: readonly Relation[]): Joined {
  const kind = textAt(join, 'kind') ?? '';
  const names = mergedNames(join, kind, { left, right });
  const pairs = names.map((name) => ({ name, left: usesBefore(left, name), right: ownUses(right, name) }));
  const hide = (relation: Relation): Relation => ({
    ...relation,
    mergedColumns: [...relation.mergedColumns, ...names],
  });
  const kept = left.merged.filter(({ name }) => !names.some((one) => isSameName(one, name)));
  return {
    scope: {
      ...left,
      relations: [...left.relations, ...right].map(hide),
      merged: [...pairs.map((pair) => mergedColumn(pair, kind)), ...kept],
    },
    deciding: pairs.flatMap((pair) => [...pair.left, ...pair.right]),
  };
}

/** A half join only asks whether there is such a row: what is joined has no columns after it. */
export function isHalfJoin(join: JsonObject): boolean {
  return /semi|anti/i.test(textAt(join, 'kind') ?? '');
}

interface Pair {
  readonly name: string;
  readonly left: readonly Use[];
  readonly right: readonly Use[];
}

/** An outer join takes the side that is there; a full one COALESCEs the two (SQL:2016 part 2, 7.10). */
function mergedColumn({ name, left, right }: Pair, kind: string): ResultColumn {
  if (/full/i.test(kind)) return { name, uses: distinct(composedAll([...left, ...right], 'TRANSFORMATION')) };
  return { name, uses: /right/i.test(kind) ? right : left };
}

/** USING names them; NATURAL means all that both sides are known to have. */
function mergedNames(
  join: JsonObject,
  kind: string,
  { left, right }: { readonly left: Scope; readonly right: readonly Relation[] },
): string[] {
  const using = identifiersAt(join, 'using');
  if (using.length > 0 || !/natural/i.test(kind)) return using;
  const theirs = right.flatMap(({ columns }) => columns ?? []);
  const ours = [...left.merged, ...left.relations.flatMap(({ columns }) => columns ?? [])];
  return theirs.map(({ name }) => name).filter((name) => columnOf(ours, name));
}

function usesBefore(scope: Scope, name: string): readonly Use[] {
  const found = findUnqualified({ ...scope, outer: null }, name);
  return found === 'AMBIGUOUS' ? [] : (found ?? []);
}

function ownUses(relations: readonly Relation[], name: string): readonly Use[] {
  const owner = relations.find(({ columns }) => columnOf(columns, name));
  if (owner) return usesIn(owner, name) ?? [];
  const unknown = relations.find(({ table, columns }) => table && columns === null);
  return unknown?.table ? [storedUse(unknown.table, name)] : [];
}
