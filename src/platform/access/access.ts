import { createHash } from 'node:crypto';
import type { Actor } from '../../core/actor.js';
import { Forbidden } from '../../core/errors.js';
import {
  ACTION_TYPES,
  actorAttributes,
  readAttribute,
  type Action,
  type Resource,
  type ResourceType,
} from './attributes.js';
import { CaslReading } from './casl-reading.js';
import { compilePolicies, type CompiledPolicies } from './compile.js';
import { assume, type Residual } from './condition.js';
import { askerOf, circumstancesAsked, environmentValue } from './environment.js';
import { explain, type Explanation } from './explain.js';
import type { PolicySet } from './policy-document.js';
import { toSearchFilter } from './search-filter.js';
import { withinScopes } from './scopes.js';
import { simplify } from './simplify.js';
import { toSql, type SqlOptions, type SqlReading } from './sql-reading.js';

export interface AccessOptions {
  /** The set stored as this version. Versions never change, so a loaded one is kept. */
  readonly load: (version: number) => Promise<PolicySet>;
  readonly now: () => Date;
}

const MOST_ACTORS = 1000;
const MOST_VERSIONS = 4;
const NO_POLICIES: PolicySet = { policies: [] };

/** One policy, compiled once per actor and version, and read in ways that agree. */
export class Access {
  private readonly sets = new Map<number, Promise<PolicySet>>();
  private readonly actors = new Map<string, ActorAccess>();

  constructor(private readonly options: AccessOptions) {}

  async forActor(actor: Actor): Promise<ActorAccess> {
    // The service itself is not subject to any set.
    const set = actor.kind === 'SYSTEM' ? NO_POLICIES : await this.load(actor.policyVersion);
    const key = keyOf(actor, circumstancesOf(set));
    const known = this.actors.get(key);
    if (known?.isValidAt(this.options.now())) return known;
    const made = new ActorAccess(withinScopes(compilePolicies(set, actor, this.options.now()), actor));
    this.actors.delete(key);
    keep(this.actors, key, made, MOST_ACTORS);
    return made;
  }

  private async load(version: number): Promise<PolicySet> {
    const known = this.sets.get(version);
    if (known) return known;
    const loading = this.options.load(version);
    keep(this.sets, version, loading, MOST_VERSIONS);
    try {
      return await loading;
    } catch (error) {
      this.sets.delete(version);
      throw error;
    }
  }
}

/** What one actor may, as long as the rules in force stay the same. */
export class ActorAccess {
  private readonly reading: CaslReading;

  constructor(private readonly compiled: CompiledPolicies) {
    this.reading = new CaslReading(compiled);
  }

  can(action: Action, resource: Resource): boolean {
    return this.reading.can(action, resource);
  }

  /** @throws Forbidden. Only for what the actor may know of: what is hidden is NotFound. */
  require(action: Action, resource: Resource): void {
    if (!this.can(action, resource)) throw new Forbidden(`No policy allows you to '${action}' here.`);
  }

  /** Over the resources of the action's type, as `toSql`. */
  sql(action: Action, type: ResourceType, options: SqlOptions): SqlReading {
    return toSql(this.condition(action, type), options);
  }

  /** What the decision on a resource still depends on when those attributes of it are unknown; mostly nothing. */
  canUnless(action: Action, resource: Resource, unknown: ReadonlySet<string>): Residual {
    const read = (attribute: string) => (unknown.has(attribute) ? undefined : readAttribute(resource, attribute));
    return simplify(assume(this.condition(action, resource.type), read));
  }

  searchFilter(action: Action, type: ResourceType): string {
    return toSearchFilter(this.condition(action, type));
  }

  explain(action: Action, resource: Resource): Explanation {
    return explain(this.compiled, action, resource);
  }

  isValidAt(now: Date): boolean {
    const { validUntil } = this.compiled;
    return validUntil === null || now.getTime() < validUntil.getTime();
  }

  /** As a test of nodes: over the resources of the action's type, true for those that he may. */
  condition(action: Action, type: ResourceType): Residual {
    return ACTION_TYPES[action] === type && this.compiled.actions[action].condition;
  }
}

const asked = new WeakMap<PolicySet, readonly string[]>();

/** Those that some rule asks for: a set without `env` costs one entry per actor, wherever he asks from. */
function circumstancesOf(set: PolicySet): readonly string[] {
  const names = asked.get(set) ?? circumstancesAsked(set.policies.map(({ env }) => env));
  asked.set(set, names);
  return names;
}

/** Everything the set can know of the actor and of the circumstances. */
function keyOf(actor: Actor, circumstances: readonly string[]): string {
  const key = `${actor.policyVersion} ${hashOf(actor)}`;
  if (circumstances.length === 0) return key;
  const asker = askerOf(actor);
  return `${key} ${JSON.stringify(circumstances.map((name) => environmentValue(asker, name)))}`;
}

/** An actor never changes: it is read anew with each request. */
const hashes = new WeakMap<Actor, string>();

/** Everything a decision about the actor depends on. */
function hashOf(actor: Actor): string {
  const known = hashes.get(actor);
  if (known !== undefined) return known;
  const attributes = Object.entries(actorAttributes(actor)).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const hash = createHash('sha256')
    .update(JSON.stringify([attributes, actor.grants ?? [], actor.token?.scopes ?? null]))
    .digest('hex');
  hashes.set(actor, hash);
  return hash;
}

/** Forgets the oldest entry when there are too many. */
function keep<Key, Item>(cache: Map<Key, Item>, key: Key, item: Item, most: number): void {
  const [oldest] = cache.keys();
  if (cache.size >= most && oldest !== undefined) cache.delete(oldest);
  cache.set(key, item);
}
