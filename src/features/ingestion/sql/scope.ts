import type { Result, ResultColumn, Use } from './use.js';

/** What a name in FROM stands for. */
export interface Relation {
  /** The name that columns are qualified with; null for a subquery without one. */
  readonly alias: string | null;
  /** Parts of a stored table's name; null for everything that is computed. */
  readonly table: readonly string[] | null;
  /** Null when nobody knows which columns it has. */
  readonly columns: readonly ResultColumn[] | null;
  /** It may have columns beside `columns`. */
  readonly isOpen: boolean;
  /** For what is computed from values: what any column of it is made from. */
  readonly anyColumn: readonly Use[] | null;
  /** Columns that a join has merged: without a qualifier they are those of the scope. */
  readonly mergedColumns: readonly string[];
}

/** Names that are known at one place of a statement; the outer query's are behind. */
export interface Scope {
  readonly relations: readonly Relation[];
  /** Columns that USING or NATURAL made one of two, in the order of a star. */
  readonly merged: readonly ResultColumn[];
  /** Results by the name of a common table expression, in lower case. */
  readonly ctes: ReadonlyMap<string, Result>;
  readonly outer: Scope | null;
  /** Columns of the select list that later parts may use by name. */
  readonly selected: readonly ResultColumn[];
  /** Named windows, by lower-case name. */
  readonly windows: ReadonlyMap<string, unknown>;
}

export const EMPTY_SCOPE: Scope = {
  relations: [],
  merged: [],
  ctes: new Map(),
  outer: null,
  selected: [],
  windows: new Map(),
};

/** Names are compared without case: every store folds them in its own way, and none has two that differ only in it by intent. */
export function isSameName(a: string | null, b: string | null): boolean {
  return a !== null && b !== null && a.toLowerCase() === b.toLowerCase();
}

export function columnOf(columns: readonly ResultColumn[] | null, name: string): ResultColumn | undefined {
  return columns?.find((column) => column.name === name) ?? columns?.find((column) => isSameName(column.name, name));
}

/** By its alias, or a table without one by the end of its name: `deals`, `sales.deals`. */
export function isCalled({ alias, table }: Relation, qualifier: readonly string[]): boolean {
  if (qualifier.length === 1) return isSameName(alias ?? table?.at(-1) ?? null, qualifier[0] ?? null);
  const end = (table ?? []).slice(-qualifier.length);
  return (
    end.length === qualifier.length &&
    isSameName(alias, end.at(-1) ?? null) &&
    end.every((part, index) => isSameName(part, qualifier[index] ?? null))
  );
}

export function isMergedIn({ mergedColumns }: Relation, name: string): boolean {
  return mergedColumns.some((merged) => isSameName(merged, name));
}

/** What a column of a relation is made from; null when it has no such column. */
export function usesIn(relation: Relation, name: string): readonly Use[] | null {
  const known = columnOf(relation.columns, name);
  if (known) return known.uses;
  if (relation.anyColumn) return relation.anyColumn;
  // A stored table may have columns that nobody has described; a qualified name is a fact.
  return relation.table ? [storedUse(relation.table, name)] : null;
}

export function storedUse(table: readonly string[], column: string): Use {
  return { table, column, subtype: 'IDENTITY', isMasked: false };
}

/** The innermost relation of a name. */
export function relationCalled(scope: Scope, qualifier: readonly string[]): Relation | null {
  for (let at: Scope | null = scope; at; at = at.outer) {
    const relation = at.relations.find((one) => isCalled(one, qualifier));
    if (relation) return relation;
  }
  return null;
}

/** The uses of a qualified column; null when no relation of that name has it. */
export function findQualified(scope: Scope, qualifier: readonly string[], name: string): readonly Use[] | null {
  const relation = relationCalled(scope, qualifier);
  return relation && usesIn(relation, name);
}

/**
 * The uses of a column without qualifier: of the one relation that has it, of the only one whose columns nobody knows, or
 * of the outer query. `'AMBIGUOUS'` when it could be of several: that is never guessed.
 */
export function findUnqualified(scope: Scope, name: string): readonly Use[] | 'AMBIGUOUS' | null {
  for (let at: Scope | null = scope; at; at = at.outer) {
    const own = at.relations.filter((relation) => !isMergedIn(relation, name));
    const merged = columnOf(at.merged, name);
    const owners = own.filter(({ columns }) => columnOf(columns, name));
    const found = [...(merged ? [merged.uses] : []), ...owners.map((owner) => usesIn(owner, name))];
    if (found[0]) return found.length === 1 ? found[0] : 'AMBIGUOUS';
    const open = own.filter(({ columns }) => columns === null);
    if (open[0]) return open.length === 1 ? usesIn(open[0], name) : 'AMBIGUOUS';
  }
  return null;
}
