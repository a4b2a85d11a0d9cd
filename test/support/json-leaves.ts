type Path = readonly (string | number)[];

export interface Leaf {
  /** `fields[].name`; `fields{}` is the key of a map. */
  readonly path: string;
  /** The same value with this leaf changed, and nothing else. */
  readonly changed: unknown;
}

/** What a value of an enumeration changes to; other texts get a word more. */
const OTHERS: Readonly<Record<string, string>> = {
  DATASET: 'JOB',
  JOB: 'DATASET',
  DIRECT: 'INDIRECT',
  INDIRECT: 'DIRECT',
  IDENTITY: 'AGGREGATION',
  RENAME: 'ALTER',
  pass: 'fail',
  SUBJECT: 'somewhere',
};

/** Every leaf of a JSON value, each with the value that differs by it alone. `maps`: paths whose keys are names of things. */
export function leavesOf(root: unknown, maps: ReadonlySet<string>): Leaf[] {
  return walk(root, [], '').map(({ at, path, isKey }) => ({ path, changed: changedAt(root, at, isKey) }));

  function walk(value: unknown, at: Path, path: string): { at: Path; path: string; isKey: boolean }[] {
    if (Array.isArray(value)) return value.flatMap((item, index) => walk(item, [...at, index], `${path}[]`));
    if (typeof value !== 'object' || value === null) return [{ at, path, isKey: false }];
    const isMap = maps.has(path);
    return Object.entries(value).flatMap(([key, child]) => {
      const below = isMap ? `${path}{}` : [path, key].filter((part) => part !== '').join('.');
      const own = isMap ? [{ at: [...at, key], path: `${below} (key)`, isKey: true }] : [];
      return [...own, ...walk(child, [...at, key], below)];
    });
  }
}

function changedAt(value: unknown, [key, ...rest]: Path, isKey: boolean): unknown {
  if (key === undefined) return other(value);
  if (Array.isArray(value)) return value.map((item, index) => (index === key ? changedAt(item, rest, isKey) : item));
  return Object.fromEntries(
    Object.entries(value as object).map(([name, child]) => {
      if (name !== key) return [name, child];
      return isKey && rest.length === 0 ? [`${name} changed`, child] : [name, changedAt(child, rest, isKey)];
    }),
  );
}

function other(value: unknown): unknown {
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') return value + 1;
  const text = String(value);
  if (/^\d{4}-\d\d-\d\dT/.test(text)) return text.replace('2026', '2025');
  return OTHERS[text] ?? `${text} changed`;
}
