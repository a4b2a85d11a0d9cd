/** Which of several names stands for all. Pure: the same names and aliases give the same answer in whatever order they came. */

export interface Named {
  readonly id: string;
  /** Text of the natural key; decides where nothing else does. */
  readonly key: string;
  /** Somebody says what it looks like; others only mention it. */
  readonly isDescribed: boolean;
}

export interface Bond {
  readonly assetId: string;
  readonly aliasId: string;
  /** The first of the two is the name to show: symlinks, renames, and what people say. */
  readonly isDirected: boolean;
}

/** Id of each name → id of the name that stands for it; itself when it stands alone or for others. */
export function rootsOf(names: readonly Named[], bonds: readonly Bond[]): Map<string, string> {
  const groups = new Map(names.map(({ id }) => [id, [id]]));
  for (const { assetId, aliasId } of bonds) {
    const [a, b] = [groups.get(assetId), groups.get(aliasId)];
    if (!a || !b || a === b) continue;
    a.push(...b);
    for (const id of b) groups.set(id, a);
  }
  const byId = new Map(names.map((name) => [name.id, name]));
  const pointedAt = new Set(bonds.filter(({ isDirected }) => isDirected).map(({ aliasId }) => aliasId));
  const roots = new Map<string, string>();
  for (const group of new Set(groups.values())) {
    const members = group.flatMap((id) => byId.get(id) ?? []);
    const [root] = members.toSorted((a, b) => byPreference(a, b, pointedAt));
    if (root) for (const id of group) roots.set(id, root.id);
  }
  return roots;
}

function byPreference(a: Named, b: Named, pointedAt: ReadonlySet<string>): number {
  return (
    Number(pointedAt.has(a.id)) - Number(pointedAt.has(b.id)) ||
    Number(b.isDescribed) - Number(a.isDescribed) ||
    (a.key < b.key ? -1 : 1)
  );
}

/** The columns that one source says an asset has, in lower case. */
export type SchemasBySource = ReadonlyMap<string, ReadonlySet<string>>;

/** One source that describes both as different things knows two things; nothing is bound against that. */
export function areToldApart(a: SchemasBySource, b: SchemasBySource): boolean {
  return [...a].some(([source, columns]) => {
    const others = b.get(source);
    return others !== undefined && !isWithin(columns, others) && !isWithin(others, columns);
  });
}

function isWithin(part: ReadonlySet<string>, whole: ReadonlySet<string>): boolean {
  return [...part].every((column) => whole.has(column));
}
