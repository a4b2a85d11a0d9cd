import { Inject, Injectable } from '@nestjs/common';
import { SYSTEM_ACTOR, type Actor } from '../../core/actor.js';
import { Forbidden, Invalid, NotFound } from '../../core/errors.js';
import type { Page, PageRequest } from '../../core/page.js';
import { Access } from '../../platform/access/access.js';
import { CaslReading } from '../../platform/access/casl-reading.js';
import { compilePolicies } from '../../platform/access/compile.js';
import { parsePolicySet, type PolicySet } from '../../platform/access/policy-document.js';
import { canonicalHash, canonicalJson } from '../../platform/canonical-json.js';
import { decodeCursor, encodeCursor } from '../../platform/graphql/page-arguments.js';
import { Database } from '../../platform/database/database.js';
import { Events } from '../../platform/events/events.js';
import { DEFAULT_POLICIES } from './default-policies.js';
import { reportOn } from './policy-check.js';
import { PoliciesRepository, type PolicySetRow } from './policies.repository.js';

const SYSTEM = { type: 'system' } as const;

export const POLICY_OPTIONS = Symbol('policy options');

export interface PolicyOptions {
  /** Whether somebody else than its author must put a set in force. */
  readonly needsSecondPerson: boolean;
}

@Injectable()
export class PoliciesService {
  constructor(
    private readonly database: Database,
    private readonly policies: PoliciesRepository,
    private readonly access: Access,
    private readonly events: Events,
    @Inject(POLICY_OPTIONS) private readonly options: PolicyOptions,
  ) {}

  async active(actor: Actor): Promise<PolicySetRow> {
    await this.requireReader(actor);
    const active = await this.policies.findActive();
    if (!active) throw new NotFound('No policy set is in force.');
    return active;
  }

  /** @throws Forbidden, NotFound */
  async get(actor: Actor, version: number): Promise<PolicySetRow> {
    await this.requireReader(actor);
    return this.policies.get(version);
  }

  /** Newest first. */
  async list(actor: Actor, page: PageRequest): Promise<Page<PolicySetRow>> {
    await this.requireReader(actor);
    const rows = await this.policies.list(page.after === null ? null : versionOf(page.after), page.first + 1);
    const nodes = rows.slice(0, page.first);
    const last = nodes.at(-1);
    return { nodes, hasNextPage: rows.length > page.first, endCursor: last ? encodeCursor([last.version]) : null };
  }

  /**
   * Checked, its tests run, stored as a new immutable version and put in force: whole or not at all. Where it takes a
   * second person, it is stored only. What is in force already is not stored again.
   */
  async apply(actor: Actor, documents: unknown, note: string | null): Promise<PolicySetRow> {
    const isReviewed = this.options.needsSecondPerson && actor.kind !== 'SYSTEM';
    return this.database.transaction(async () => {
      const stored = await this.store(actor, documents, note);
      return isReviewed || stored.isActive ? stored : this.putInForce(actor, stored.version);
    });
  }

  /** Stored as a new version, and not put in force. */
  async propose(actor: Actor, documents: unknown, note: string | null): Promise<PolicySetRow> {
    return this.database.transaction(() => this.store(actor, documents, note));
  }

  /**
   * Moves the pointer: forward to what was proposed, or back to what was in force before.
   * @throws Forbidden for its author where it takes a second person; going back takes one.
   */
  async activate(actor: Actor, version: number): Promise<PolicySetRow> {
    return this.database.transaction(async () => {
      await this.requireManager(actor);
      const set = await this.policies.get(version);
      const isNew = set.activatedAt === null;
      if (this.options.needsSecondPerson && isNew && set.createdBy === actor.handle)
        throw new Forbidden('Somebody else must put in force what you wrote.', ['version']);
      // Sound when it was stored; rules of time, and who asks, may be others by now.
      requireSound(set.documents, actor, 'version');
      return this.putInForce(actor, version);
    });
  }

  /** Gives an installation without policies its first ones; later calls change nothing. */
  async applyFirst(documents: readonly unknown[] = DEFAULT_POLICIES): Promise<void> {
    await this.database.transaction(async () => {
      // Two processes that start together take turns here; the second finds the work done.
      await this.database.query('LOCK TABLE policy_activation IN SHARE ROW EXCLUSIVE MODE');
      if (!(await this.policies.findActive())) await this.apply(SYSTEM_ACTOR, documents, 'first start');
    });
  }

  private async store(actor: Actor, documents: unknown, note: string | null): Promise<PolicySetRow> {
    await this.requireManager(actor);
    requireSound(documents, actor, 'documents');
    const contentHash = canonicalHash(documents).toString('hex');
    const active = await this.policies.findActive();
    if (active?.contentHash === contentHash) return active;
    const set = { documents: canonicalJson(documents), contentHash, createdBy: actor.id, note };
    const version = await this.policies.insert(set);
    this.events.record(actor, {
      type: 'policySet.proposed',
      subject: { kind: 'policySet', id: String(version) },
      detail: { contentHash },
    });
    return this.policies.get(version);
  }

  private async putInForce(actor: Actor, version: number): Promise<PolicySetRow> {
    await this.policies.activate(version, actor.id);
    const active = await this.policies.get(version);
    this.events.record(actor, {
      type: 'policySet.activated',
      subject: { kind: 'policySet', id: String(version) },
      detail: { contentHash: active.contentHash },
    });
    return active;
  }

  private async requireReader(actor: Actor): Promise<void> {
    const access = await this.access.forActor(actor);
    if (!access.can('manage_policies', SYSTEM) && !access.can('read_audit', SYSTEM)) {
      throw new Forbidden("You may not read the policies. It takes 'manage_policies' or 'read_audit'.");
    }
  }

  private async requireManager(actor: Actor): Promise<void> {
    (await this.access.forActor(actor)).require('manage_policies', SYSTEM);
  }
}

/** @throws Invalid when a document is none, has an error, a test in it fails, or the actor would lock himself out. */
function requireSound(documents: unknown, actor: Actor, field: string): void {
  const set = parsePolicySet(documents);
  const { findings, failures } = reportOn(documents, new Date());
  const errors = findings.filter(({ severity }) => severity === 'ERROR');
  const said = [...errors.map(({ policyId, message }) => `${policyId}: ${message}`), ...failures];
  if (said.length > 0) throw new Invalid(said.join('; '), [field]);
  refuseLockOut(set, actor, field);
}

/** Whoever takes away the right to change policies from himself could not give it back. */
function refuseLockOut(set: PolicySet, actor: Actor, field: string): void {
  const isSafe =
    actor.kind === 'SYSTEM'
      ? set.policies.length > 0
      : new CaslReading(compilePolicies(set, actor, new Date())).can('manage_policies', SYSTEM);
  if (!isSafe) {
    throw new Invalid(
      "With this set you could not change policies any more. Keep a policy that allows you 'manage_policies'.",
      [field],
    );
  }
}

function versionOf(after: string): number {
  const [version = ''] = decodeCursor(after, 1);
  if (!/^\d{1,9}$/.test(version)) throw new Invalid('after is not the endCursor of a page of this list.', ['after']);
  return Number(version);
}
