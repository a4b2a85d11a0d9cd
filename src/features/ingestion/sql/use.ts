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
  /** Where a star stands that could not be expanded: from there on places say nothing. Null when these are all columns. */
  readonly gapAt: number | null;
  /** Columns that decide about rows, and so influence every column: filters, joins, groups, order. */
  readonly influences: readonly Use[];
}

export const NO_RESULT: Result = { columns: [], gapAt: 0, influences: [] };

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
  const { columns, gapAt } = result;
  if (names.length === 0) return result;
  // The list says how many there are; beyond a gap nobody knows what they are.
  if (gapAt !== null) {
    return {
      ...result,
      columns: names.map((name, index) => ({ name, uses: index < gapAt ? (columns[index]?.uses ?? []) : [] })),
      gapAt: null,
    };
  }
  return { ...result, columns: columns.map((column, index) => ({ ...column, name: names[index] ?? column.name })) };
}

/** As written into columns of these names: what has no place among them is left out. */
export function placed(result: Result, names: readonly string[]): Result {
  const columns = result.columns.slice(0, Math.min(names.length, result.gapAt ?? names.length));
  return { ...result, columns: columns.map((column, index) => ({ ...column, name: names[index] ?? column.name })) };
}

/** Several ways to one column are one column; names are compared without case. */
export function byName(columns: readonly ResultColumn[]): ResultColumn[] {
  const merged = new Map<string, ResultColumn>();
  for (const column of columns) {
    const key = column.name.toLowerCase();
    const known = merged.get(key);
    merged.set(key, known ? { ...known, uses: distinct([...known.uses, ...column.uses]) } : column);
  }
  return [...merged.values()];
}
