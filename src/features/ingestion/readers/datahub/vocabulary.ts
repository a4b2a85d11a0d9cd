import { listAt, textAt, uniqueSorted } from '../json.js';
import type { Proposal } from './proposal.js';
import { idOfUrn, type Urn } from './urn.js';

/** Aspects that give entities their names, and what they are inside of. */
const NAMES: Readonly<Record<string, { readonly name: readonly string[]; readonly parent?: string }>> = {
  tagProperties: { name: ['name'] },
  glossaryTermInfo: { name: ['name'], parent: 'parentNode' },
  glossaryNodeInfo: { name: ['name'], parent: 'parentNode' },
  domainProperties: { name: ['name'], parent: 'parentDomain' },
  dataProductProperties: { name: ['name'] },
  containerProperties: { name: ['name'] },
  corpGroupInfo: { name: ['displayName'] },
  corpUserInfo: { name: ['email', 'displayName'] },
  propertyDefinition: { name: ['displayName', 'qualifiedName'] },
  ownershipTypeInfo: { name: ['name'] },
};

const OPAQUE = /(^|\.)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** What the URNs of an input are called: entities point to each other by URN, assets here by name. */
export class Vocabulary {
  private readonly names = new Map<string, string>();
  private readonly parents = new Map<string, string>();
  private readonly products = new Map<string, Set<string>>();
  private readonly removed = new Set<string>();

  /** Order does not matter: of two names the later in the alphabet stays. */
  constructor(proposals: readonly Proposal[]) {
    for (const proposal of proposals) this.learn(proposal);
  }

  /** The name, or the id within the URN where the input has none. */
  name(urn: string): string {
    return this.names.get(urn) ?? idOfUrn(urn);
  }

  isNamed(urn: string): boolean {
    return this.names.has(urn);
  }

  /** Handle of a person or team: the id DataHub knows it by, or its name where the id is only a number for machines. */
  handle(urn: string): string {
    const id = idOfUrn(urn);
    return OPAQUE.test(id) ? this.name(urn) : id;
  }

  /** Names from the outermost to the thing itself, joined by slashes. */
  path(urn: string): string {
    const names: string[] = [];
    const visited = new Set<string>();
    for (let at: string | undefined = urn; at !== undefined && !visited.has(at); at = this.parents.get(at)) {
      visited.add(at);
      names.unshift(this.name(at).replaceAll('/', '∕'));
    }
    return names.join('/');
  }

  parent(urn: string): string | null {
    return this.parents.get(urn) ?? null;
  }

  /** Names of the data products that list the entity. */
  productsOf(urn: string): string[] {
    return uniqueSorted([...(this.products.get(urn) ?? [])].map((product) => this.name(product)));
  }

  isRemoved({ text }: Urn): boolean {
    return this.removed.has(text);
  }

  private learn({ urn, aspect, body, isDeletion }: Proposal): void {
    if (isDeletion && isKeyAspect(urn.type, aspect)) this.removed.add(urn.text);
    if (aspect === 'status' && body['removed'] === true) this.removed.add(urn.text);
    if (aspect === 'container' && urn.type === 'container')
      keepLater(this.parents, urn.text, textAt(body, 'container'));
    if (aspect === 'dataProductProperties') this.learnMembers(urn.text, body);
    const rule = Object.hasOwn(NAMES, aspect) ? NAMES[aspect] : undefined;
    if (!rule) return;
    keepLater(this.names, urn.text, rule.name.map((key) => textAt(body, key)).find((name) => name !== null) ?? null);
    if (rule.parent !== undefined) keepLater(this.parents, urn.text, textAt(body, rule.parent));
  }

  private learnMembers(product: string, body: Proposal['body']): void {
    for (const member of listAt(body, 'assets')) {
      const urn = textAt(member, 'destinationUrn');
      if (urn !== null) this.products.set(urn, (this.products.get(urn) ?? new Set()).add(product));
    }
  }
}

/** The aspect that repeats what is in the URN: `datasetKey`, of a `corpuser` `corpUserKey`. */
export function isKeyAspect(entityType: string, aspect: string): boolean {
  return aspect.toLowerCase() === `${entityType.toLowerCase()}key`;
}

function keepLater(map: Map<string, string>, key: string, value: string | null): void {
  const known = map.get(key);
  if (value !== null && (known === undefined || value > known)) map.set(key, value);
}
