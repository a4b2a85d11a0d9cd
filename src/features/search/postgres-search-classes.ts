import { createHash } from 'node:crypto';
import type { ActorAccess } from '../../platform/access/access.js';
import type { AssetResource, ColumnResource } from '../../platform/access/attributes.js';
import type { Residual } from '../../platform/access/condition.js';
import type { Database } from '../../platform/database/database.js';
import { canonicalJson } from '../../platform/canonical-json.js';
import type { SearchDocument } from './search-document.js';
import { holds, type SearchCondition, type SearchFields } from './search-fields.js';

/** What all documents of a class have in common; id, name and path of its resource are of none of them. */
export interface SearchClass {
  readonly resource: AssetResource | ColumnResource | null;
  readonly fields: SearchFields;
}

/** What is a document's own, and so left open when its class is decided. */
const OWN_ATTRIBUTES = new Set(['id', 'name', 'path', 'asset.id', 'asset.name']);
const MOST_CLASSES = 200_000;

/** How the documents of one class stand to a request: all, none, those for which the rest of a policy holds, people. */
export type Decision = boolean | Exclude<Residual, boolean> | 'OWNERS';

/**
 * Classes as they were read, and what they mean for the actors of late. A class never changes, so both are remembered:
 * the first search of an actor decides, the next ones look up.
 */
export class SearchClasses {
  private readonly classes = new Map<number, SearchClass>();
  private readonly decisions = new WeakMap<ActorAccess, Map<number, Decision>>();

  constructor(private readonly database: Database) {}

  /** The classes with these ids; ids of no class are passed over. */
  async load(ids: readonly number[]): Promise<ReadonlyMap<number, SearchClass>> {
    const unknown = ids.filter((id) => !this.classes.has(id));
    if (unknown.length > 0) {
      if (this.classes.size + unknown.length > MOST_CLASSES) this.classes.clear();
      const rows = await this.database.query<{ id: number; body: SearchClass }>(
        'SELECT id, body FROM search_class WHERE id = ANY($1::int[])',
        [this.classes.size === 0 ? ids : unknown],
      );
      for (const { id, body } of rows) this.classes.set(id, body);
    }
    return this.classes;
  }

  known(id: number): SearchClass | undefined {
    return this.classes.get(id);
  }

  /** What the policy says of a class that was loaded. */
  decide(access: ActorAccess, id: number): Decision {
    const known = this.decisions.get(access) ?? new Map<number, Decision>();
    this.decisions.set(access, known);
    const remembered = known.get(id);
    if (remembered !== undefined) return remembered;
    const found = this.classes.get(id);
    if (!found) return false;
    const decision = decisionOn(access, found.resource);
    known.set(id, decision);
    return decision;
  }

  fits(id: number, conditions: readonly SearchCondition[], now: Date): boolean {
    const found = this.classes.get(id);
    return found !== undefined && conditions.every((condition) => holds(found.fields, condition, now));
  }
}

function decisionOn(access: ActorAccess, resource: SearchClass['resource']): Decision {
  if (resource === null) return 'OWNERS';
  return access.canUnless(resource.type === 'column' ? 'read_column' : 'discover', resource, OWN_ATTRIBUTES);
}

/** What is stored of a document's class. */
export interface StoredClass {
  /** SHA-256 of the canonical JSON of the body; hex. */
  readonly hash: string;
  readonly owners: readonly string[];
  readonly body: SearchClass;
}

export function classOf(document: SearchDocument): StoredClass {
  const body = { resource: commonResource(document.resource), fields: sorted(document.fields) };
  const hash = createHash('sha256').update(canonicalJson(body), 'utf8').digest('hex');
  return { hash, owners: document.resource?.type === 'asset' ? document.resource.owners : [], body };
}

function commonResource(resource: SearchDocument['resource']): SearchClass['resource'] {
  if (resource === null) return null;
  if (resource.type === 'asset') return commonAsset(resource);
  const { tags, terms } = resource;
  return { ...resource, path: '', tags: tags.toSorted(), terms: terms.toSorted(), asset: commonAsset(resource.asset) };
}

function commonAsset(asset: AssetResource): AssetResource {
  const { tags, terms, owners } = asset;
  return { ...asset, id: '', name: '', tags: tags.toSorted(), terms: terms.toSorted(), owners: owners.toSorted() };
}

/** Order of tags and the like makes no class of its own. */
function sorted(fields: SearchFields): SearchFields {
  const { owner, tag, term, product } = fields;
  return {
    ...fields,
    owner: owner.toSorted(),
    tag: tag.toSorted(),
    term: term.toSorted(),
    product: product.toSorted(),
  };
}
