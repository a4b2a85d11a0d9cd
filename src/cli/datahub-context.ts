/** Which proposals of an export go along with others, so that these can be read without the rest. */

/** Entities that others point to and whose names are meant. */
const NAMED =
  /^urn:li:(tag|glossaryTerm|glossaryNode|domain|dataProduct|container|corpGroup|corpuser|structuredProperty|ownershipType):/;
const NAMING_ASPECT = /(Info|Properties|Definition)$|^container$/;

interface Known {
  readonly item: unknown;
  /** Further names to send along: of what it is inside of. A product's members need none. */
  readonly mentions: readonly string[];
}

/** Grows with the vocabulary of an export, not with its tables. */
export class DataHubContext {
  private readonly named = new Map<string, Known[]>();
  /** By member. */
  private readonly products = new Map<string, unknown[]>();
  private readonly removals = new Map<string, unknown[]>();

  learn(item: unknown): void {
    const urn = urnOf(item);
    if (urn === null) return;
    const mentions = mentionsIn(item);
    const isProduct = urn.startsWith('urn:li:dataProduct:');
    if (NAMED.test(urn) && isNaming(item)) add(this.named, urn, { item, mentions: isProduct ? [] : mentions });
    if (isProduct) for (const member of mentions) if (member !== urn) add(this.products, member, item);
    if (isRemoval(item)) add(this.removals, urn, item);
  }

  /** For a chunk: the names of everything it mentions, the products of it, and what of it is removed. */
  of(items: readonly unknown[]): unknown[] {
    const mentioned = new Set(items.flatMap(mentionsIn));
    const found = new Set<unknown>();
    for (const urn of mentioned) {
      const known = this.named.get(urn) ?? [];
      const others = [...(this.products.get(urn) ?? []), ...(this.removals.get(urn) ?? [])];
      for (const item of [...known.map(({ item }) => item), ...others]) found.add(item);
      // A set that is walked takes in what is added meanwhile.
      for (const further of known.flatMap(({ mentions }) => mentions)) if (NAMED.test(further)) mentioned.add(further);
    }
    return [...found];
  }
}

function add<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

function urnOf(item: unknown): string | null {
  const snapshot = Object.values(objectIn(objectIn(item)['proposedSnapshot']))[0];
  const urn = objectIn(item)['entityUrn'] ?? objectIn(snapshot)['urn'];
  return typeof urn === 'string' ? urn : null;
}

/** A snapshot has all its aspects in one. */
function isNaming(item: unknown): boolean {
  const aspect = objectIn(item)['aspectName'];
  return typeof aspect !== 'string' || NAMING_ASPECT.test(aspect);
}

function isRemoval(item: unknown): boolean {
  const { changeType, aspectName } = objectIn(item);
  if (changeType === 'DELETE') return typeof aspectName === 'string' && aspectName.endsWith('Key');
  return (aspectName === 'status' || aspectName === undefined) && /"removed\\?"\s*:\s*true/.test(JSON.stringify(item));
}

/** Every URN in it, also in aspects that are JSON within a text, and the tables of columns. */
function mentionsIn(item: unknown): string[] {
  const urns: string[] = [];
  const stack: unknown[] = [item];
  while (stack.length > 0) {
    const value = stack.pop();
    if (typeof value === 'string') {
      if (value.startsWith('urn:li:')) urns.push(value, ...tableOf(value));
      else if (value.startsWith('{')) stack.push(parsed(value));
    } else if (typeof value === 'object' && value !== null) {
      for (const inner of Object.values(value)) stack.push(inner);
    }
  }
  return urns;
}

function tableOf(urn: string): string[] {
  return urn.startsWith('urn:li:schemaField:(') ? [urn.slice(urn.indexOf('(') + 1, urn.lastIndexOf(','))] : [];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // a text that only looks like JSON; the service says so where it should be
  }
}

function objectIn(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
