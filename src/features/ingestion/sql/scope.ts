import type { Result, ResultColumn, Use } from './use.js';

/** What a name in FROM stands for. */
export interface Relation {
  /** The name that columns are qualified with; null for a subquery without one. */
  readonly alias: string | null;
  /** Parts of a stored table's name; null for everything that is computed. */
  readonly table: readonly string[] | null;
  /** Null when nobody knows which columns it has. */
  readonly columns: readonly ResultColumn[] | null;
  /** For what is computed from values: what any column of it is made from. */
  readonly anyColumn: readonly Use[] | null;
  /** Columns that a join has merged into those of a relation before. */
  readonly mergedColumns: readonly string[];
}

/** Names that are known at one place of a statement; the outer query's are behind. */
export interface Scope {
  readonly relations: readonly Relation[];
  /** Results by the name of a common table expression, in lower case. */
  readonly ctes: ReadonlyMap<string, Result>;
  readonly outer: Scope | null;
  /** Columns of the select list that later parts may use by name. */
  readonly selected: readonly ResultColumn[];
  /** Named windows, by lower-case name. */
  readonly windows: ReadonlyMap<string, unknown>;
}

export const EMPTY_SCOPE: Scope = { relations: [], ctes: new Map(), outer: null, selected: [], windows: new Map() };

/** Names are compared without case: every store folds them in its own way, and none has two that differ only in it by intent. */
export function isSameName(a: string | null, b: string | null): boolean {
  return a !== null && b !== null && a.toLowerCase() === b.toLowerCase();
}

export function columnOf(columns: readonly ResultColumn[] | null, name: string): ResultColumn | undefined {
  return columns?.find((column) => column.name === name) ?? columns?.find((column) => isSameName(column.name, name));
}

/** What a column of a relation is made from; null when it has no such column. */
export function usesIn(relation: Relation, name: string): readonly Use[] | null {
  const known = columnOf(relation.columns, name);
  if (known) return known.uses;
  if (relation.anyColumn) return relation.anyColumn;
  // A stored table may have columns that nobody has described; a qualified name is a fact.
  return relation.table ? [{ table: relation.table, column: name, subtype: 'IDENTITY', isMasked: false }] : null;
}

/** The uses of a qualified column; null when no relation of that name has it. */
export function findQualified(scope: Scope, qualifier: string, name: string): readonly Use[] | null {
  for (let at: Scope | null = scope; at; at = at.outer) {
    const relation = at.relations.find(
      ({ alias, table }) =>
        isSameName(alias, qualifier) || (alias === null && isSameName(table?.at(-1) ?? null, qualifier)),
    );
    if (relation) return usesIn(relation, name);
  }
  return null;
}

/**
 * The uses of a column without qualifier: of the one relation that has it, of the only one whose columns nobody knows, or
 * of the outer query. `'AMBIGUOUS'` when it could be of several: that is never guessed.
 */
export function findUnqualified(scope: Scope, name: string): readonly Use[] | 'AMBIGUOUS' | null {
  for (let at: Scope | null = scope; at; at = at.outer) {
    const owners = at.relations.filter(
      ({ columns, mergedColumns }) =>
        columnOf(columns, name) && !mergedColumns.some((merged) => isSameName(merged, name)),
    );
    const [owner] = owners;
    if (owner) return owners.length === 1 ? usesIn(owner, name) : 'AMBIGUOUS';
    const open = at.relations.filter(
      ({ columns, mergedColumns }) => columns === null && !mergedColumns.some((m) => isSameName(m, name)),
    );
    const [only] = open;
    if (only) return open.length === 1 ? usesIn(only, name) : 'AMBIGUOUS';
  }
  return null;
}
