/** What an asset looks like to whoever asks: hidden columns are not in it, a hidden asset is no state at all. */
export interface AssetState {
  readonly ref: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly columns: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
}

export interface FieldChange {
  /** Column path; null for the asset itself. */
  readonly column: string | null;
  readonly attribute: string;
  readonly before: unknown;
  readonly after: unknown;
}

export interface AssetChange {
  readonly ref: string;
  readonly change: 'CREATED' | 'CHANGED' | 'MISSING' | 'REMOVED' | 'RETURNED' | 'UNCHANGED';
  readonly fields: readonly FieldChange[];
}

/** Null when it is hidden or absent on both sides. */
export function assetChange(before: AssetState | null, after: AssetState | null): AssetChange | null {
  const known = after ?? before;
  if (!known) return null;
  const fields = [
    ...valueChanges(null, before?.values ?? {}, after?.values ?? {}),
    ...[...new Set([...(before?.columns.keys() ?? []), ...(after?.columns.keys() ?? [])])].flatMap((path) =>
      columnChanges(path, before?.columns.get(path), after?.columns.get(path)),
    ),
  ];
  return { ref: known.ref, change: kindOf(before, after, fields.length), fields };
}

function kindOf(before: AssetState | null, after: AssetState | null, fieldCount: number): AssetChange['change'] {
  if (!before) return 'CREATED';
  if (!after) return 'REMOVED';
  const [was, is] = [before.values['presence'], after.values['presence']];
  if (was !== is && (is === 'MISSING' || is === 'REMOVED')) return is;
  if (was !== is) return 'RETURNED';
  return fieldCount > 0 ? 'CHANGED' : 'UNCHANGED';
}

function columnChanges(
  path: string,
  before: Readonly<Record<string, unknown>> | undefined,
  after: Readonly<Record<string, unknown>> | undefined,
): FieldChange[] {
  if (!before) return [{ column: path, attribute: 'column', before: null, after: after?.['dataType'] ?? 'added' }];
  if (!after) return [{ column: path, attribute: 'column', before: before['dataType'] ?? 'there', after: null }];
  return valueChanges(path, before, after);
}

function valueChanges(
  column: string | null,
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): FieldChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((attribute) => {
    const [was, is] = [before[attribute] ?? null, after[attribute] ?? null];
    const isSame = JSON.stringify(was) === JSON.stringify(is) || (isNothing(was) && isNothing(is));
    return isSame ? [] : [{ column, attribute, before: was, after: is }];
  });
}

function isNothing(value: unknown): boolean {
  return value === null || (Array.isArray(value) && value.length === 0);
}
