/**
 * How a result uses a column of a stored table. Subtypes are those of OpenLineage ColumnLineageDatasetFacet 1-2-0; the
 * first three are DIRECT and grow along a path: what was aggregated once stays aggregated.
 */
export type Subtype =
  'IDENTITY' | 'TRANSFORMATION' | 'AGGREGATION' | 'JOIN' | 'GROUP_BY' | 'FILTER' | 'SORT' | 'WINDOW' | 'CONDITIONAL';

const DIRECT: readonly Subtype[] = ['IDENTITY', 'TRANSFORMATION', 'AGGREGATION'];

export interface Use {
  /** Parts of the table's name, as far as they are written. */
  readonly table: readonly string[];
  readonly column: string;
  readonly subtype: Subtype;
  /** A function that hides the value is on the way. */
  readonly isMasked: boolean;
}

/** A column of a result and everything it is made from. */
export interface ResultColumn {
  readonly name: string;
  readonly uses: readonly Use[];
}

/** What a query gives. */
export interface Result {
  readonly columns: readonly ResultColumn[];
  /** False when a star could not be expanded: there are more columns than these. */
  readonly isComplete: boolean;
  /** Columns that decide about rows, and so influence every column: filters, joins, groups, order. */
  readonly influences: readonly Use[];
}

export const NO_RESULT: Result = { columns: [], isComplete: false, influences: [] };

export function isDirect(subtype: Subtype): boolean {
  return DIRECT.includes(subtype);
}

/** What becomes of a use when its value is used once more, as `subtype`. */
export function composed(inner: Use, subtype: Subtype, isMasked = false): Use {
  if (!isDirect(subtype)) return { ...inner, subtype, isMasked: false };
  if (!isDirect(inner.subtype)) return inner;
  const stronger = DIRECT.indexOf(inner.subtype) > DIRECT.indexOf(subtype) ? inner.subtype : subtype;
  return { ...inner, subtype: stronger, isMasked: inner.isMasked || isMasked };
}

export function composedAll(uses: readonly Use[], subtype: Subtype, isMasked = false): Use[] {
  return uses.map((use) => composed(use, subtype, isMasked));
}

export function distinct(uses: readonly Use[]): Use[] {
  const byKey = new Map<string, Use>();
  for (const use of uses) {
    const key = JSON.stringify([use.table, use.column, use.subtype]);
    const known = byKey.get(key);
    // One way without a mask is enough to see the value.
    byKey.set(key, known ? { ...use, isMasked: known.isMasked && use.isMasked } : use);
  }
  return [...byKey.values()];
}

/** With a list of column names, as in `cte(a, b)`. */
export function renamed(result: Result, names: readonly string[]): Result {
  if (names.length === 0) return result;
  const { columns } = result;
  // VALUES has no columns of its own: the names are all there is.
  if (columns.length < names.length) return { ...result, columns: names.map((name) => ({ name, uses: [] })) };
  return { ...result, columns: columns.map((column, index) => ({ ...column, name: names[index] ?? column.name })) };
}
