import type { AssetRow } from './asset.js';
import type { AssetState, ColumnState } from './asset-states.js';

/** What one attribute said before and after; a list has one value or none where an attribute has one. */
export interface AssetDifference {
  readonly asset: AssetRow;
  readonly attribute: string;
  /** Null for one of the asset itself. */
  readonly column: string | null;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

const WORDS = ['description', 'sensitivity', 'tags', 'terms'] as const;
const OF_ASSETS = [...WORDS, 'displayName', 'platform', 'subtype', 'domain', 'lifecycle', 'owners'] as const;
const OF_COLUMNS = [...WORDS, 'dataType'] as const;

/** Between two states of one asset, its own first, then by column. A column that came or went is the attribute `column`. */
export function differencesBetween(before: AssetState, after: AssetState): AssetDifference[] {
  const { asset } = after;
  const own = OF_ASSETS.flatMap((attribute) => {
    const said = { before: listed(before[attribute]), after: listed(after[attribute]) };
    return isSame(said) ? [] : [{ asset, attribute, column: null, ...said }];
  });
  const then = new Map(before.columns.map((column) => [column.path, column]));
  const now = new Map(after.columns.map((column) => [column.path, column]));
  const paths = [...new Set([...then.keys(), ...now.keys()])];
  return [
    ...own,
    ...paths.flatMap((path) =>
      ofColumn(then.get(path), now.get(path)).map((difference) => ({ asset, column: path, ...difference })),
    ),
  ];
}

function ofColumn(
  before: ColumnState | undefined,
  after: ColumnState | undefined,
): Omit<AssetDifference, 'asset' | 'column'>[] {
  if (!before || !after)
    return [{ attribute: 'column', before: listed(before?.path ?? null), after: listed(after?.path ?? null) }];
  return OF_COLUMNS.flatMap((attribute) => {
    const said = { before: listed(before[attribute]), after: listed(after[attribute]) };
    return isSame(said) ? [] : [{ attribute, ...said }];
  });
}

function listed(value: string | readonly string[] | null): readonly string[] {
  if (value === null) return [];
  return typeof value === 'string' ? [value] : value;
}

function isSame({ before, after }: { before: readonly string[]; after: readonly string[] }): boolean {
  return before.length === after.length && before.every((value, at) => value === after[at]);
}
