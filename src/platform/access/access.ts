import type { Actor } from '../../core/actor.js';
import { Forbidden } from '../../core/errors.js';
import type { Resource, ResourceType } from './attributes.js';
import { caslReading } from './casl-reading.js';
import { compilePolicies, type CompiledPolicies } from './compile.js';
import { TRUE, type Condition } from './condition.js';
import { explain, type Explanation } from './explain.js';
import type { Action, PolicySetDocuments } from './policy-document.js';
import { toSearchFilter } from './search-filter.js';
import { toSql, type SqlOptions, type SqlReading } from './sql-reading.js';

export interface AccessOptions {
  readonly load: (version: number) => Promise<PolicySetDocuments>;
  readonly now: () => Date;
}

const CACHE_SIZE = 1000;

/** One policy, compiled once per actor, read in four ways that agree. */
export class Access {
  private readonly cache = new Map<string, ActorAccess>();

  constructor(private readonly options: AccessOptions) {}

  /** Kept per policy version and everything a policy may know of the actor, until a rule begins or ends. */
  async forActor(actor: Actor): Promise<ActorAccess> {
    if (actor.kind === 'SYSTEM') return new ActorAccess(null);
    const key = JSON.stringify([actor.policyVersion, actor.id, actor.handle, actor.kind, actor.roles, actor.teamIds, actor.attributes]);
    const known = this.cache.get(key);
    const now = this.options.now();
    if (known && !known.isStale(now)) return known;
    const made = new ActorAccess(compilePolicies(await this.options.load(actor.policyVersion), actor, now));
    const [oldest] = this.cache.keys();
    if (this.cache.size >= CACHE_SIZE && oldest !== undefined) this.cache.delete(oldest);
    this.cache.set(key, made);
    return made;
  }
}

/** What one actor may. `compiled` null is the service itself, which may everything. */
export class ActorAccess {
  private readonly reading: (action: Action, resource: Resource) => boolean;

  constructor(private readonly compiled: CompiledPolicies | null) {
    this.reading = compiled ? caslReading(compiled) : () => true;
  }

  can(action: Action, resource: Resource): boolean {
    return this.reading(action, resource);
  }

  /** @throws Forbidden. Only for what the actor may know of; hidden things are NotFound. */
  require(action: Action, resource: Resource): void {
    if (!this.can(action, resource)) throw new Forbidden(`You may not '${action}'. Ask an administrator for a policy that allows it.`);
  }

  sql(action: Action, type: ResourceType, options: SqlOptions): SqlReading {
    return toSql(this.condition(action, type), options);
  }

  searchFilter(action: Action, type: ResourceType): string {
    return toSearchFilter(this.condition(action, type));
  }

  explain(action: Action, resource: Resource): Explanation {
    if (this.compiled) return explain(this.compiled, action, resource);
    return { decision: 'ALLOW', decidedBy: null, matched: [], nearestMisses: [], missingAttributes: [] };
  }

  isStale(now: Date): boolean {
    const until = this.compiled?.validUntil;
    return until !== undefined && until !== null && now >= until;
  }

  private condition(action: Action, type: ResourceType): Condition {
    return this.compiled ? this.compiled.condition(action, type) : TRUE;
  }
}
