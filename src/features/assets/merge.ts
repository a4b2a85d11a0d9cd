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
  /** Of a rename, when it was last said: the newest one about a name decides whether that is its old or its new one. */
  readonly renamedAt?: Date;
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
  const pointedAt = pointedAtIn(bonds);
  const roots = new Map<string, string>();
  for (const group of new Set(groups.values())) {
    const members = group.flatMap((id) => byId.get(id) ?? []);
    const [root] = members.toSorted((a, b) => byPreference(a, b, pointedAt));
    if (root) for (const id of group) roots.set(id, root.id);
  }
  return roots;
}

/** Names that are aliases of others. */
function pointedAtIn(bonds: readonly Bond[]): Set<string> {
  const lasting = bonds.filter(({ isDirected, renamedAt }) => isDirected && renamedAt === undefined);
  const newest = new Map<string, { readonly at: number; readonly isOld: boolean }>();
  for (const { assetId, aliasId, renamedAt } of bonds) {
    if (renamedAt === undefined) continue;
    const at = renamedAt.getTime();
    const ofAlias = newest.get(aliasId);
    if (!ofAlias || at > ofAlias.at) newest.set(aliasId, { at, isOld: true });
    const ofAsset = newest.get(assetId);
    // Renamed to and from at one time: it is no old name.
    if (!ofAsset || at >= ofAsset.at) newest.set(assetId, { at, isOld: false });
  }
  const renamed = [...newest].flatMap(([id, { isOld }]) => (isOld ? [id] : []));
  return new Set([...lasting.map(({ aliasId }) => aliasId), ...renamed]);
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

interface Judged extends Pick<Bond, 'assetId' | 'aliasId'> {
  readonly origin: string;
  readonly state: 'ACTIVE' | 'PROPOSED' | 'ENDED';
  readonly decidedBy: string | null;
}

/**
 * A name in no known store is the one thing that has this name in a store. Several such things wait for a person; once
 * it is known to be one of them, by a person or a source, it is none of the others. `roots` is what all other words bind.
 */
export function judgeSameNames<Alias extends Judged>(
  aliases: readonly Alias[],
  roots: ReadonlyMap<string, string>,
): Alias[] {
  const open = aliases.filter(({ origin, state }) => origin === 'SAME_NAME' && state !== 'ENDED');
  return aliases.map((alias) => {
    if (alias.origin !== 'SAME_NAME' || alias.decidedBy !== null) return alias;
    const own = open.filter(({ aliasId }) => roots.get(aliasId) === roots.get(alias.aliasId));
    const known = own.find(({ assetId }) => roots.get(assetId) === roots.get(alias.aliasId));
    const isBound = known && roots.get(alias.assetId) === roots.get(alias.aliasId);
    if (known) return { ...alias, state: isBound ? 'ACTIVE' : 'ENDED' };
    const things = new Set(own.map(({ assetId }) => roots.get(assetId)));
    return things.size > 1 ? { ...alias, state: 'PROPOSED' } : alias;
  });
}
