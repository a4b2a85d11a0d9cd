import { Injectable } from '@nestjs/common';
import { SYSTEM_ACTOR, type Actor } from '../../core/actor.js';
import { Forbidden, Invalid, NotFound } from '../../core/errors.js';
import { Access } from '../../platform/access/access.js';
import { CaslReading } from '../../platform/access/casl-reading.js';
import { compilePolicies } from '../../platform/access/compile.js';
import { parsePolicySet, type PolicySet } from '../../platform/access/policy-document.js';
import { runPolicyTests, type TestFailure } from '../../platform/access/policy-tests.js';
import { canonicalHash, canonicalJson } from '../../platform/canonical-json.js';
import { Database } from '../../platform/database/database.js';
import { Events } from '../../platform/events/events.js';
import { DEFAULT_POLICIES } from './default-policies.js';
import { PoliciesRepository, type PolicySetRow } from './policies.repository.js';

const SYSTEM = { type: 'system' } as const;

@Injectable()
export class PoliciesService {
  constructor(
    private readonly database: Database,
    private readonly policies: PoliciesRepository,
    private readonly access: Access,
    private readonly events: Events,
  ) {}

  async active(actor: Actor): Promise<PolicySetRow> {
    const access = await this.access.forActor(actor);
    if (!access.can('manage_policies', SYSTEM) && !access.can('read_audit', SYSTEM)) {
      throw new Forbidden("You may not read the policies. It takes 'manage_policies' or 'read_audit'.");
    }
    const active = await this.policies.findActive();
    if (!active) throw new NotFound('No policy set is in force.');
    return active;
  }

  /** Checked, its tests run, stored as a new immutable version and put in force: whole or not at all. */
  async apply(actor: Actor, documents: unknown, note: string | null): Promise<PolicySetRow> {
    return this.database.transaction(async () => {
      await this.requireManager(actor);
      requireSound(documents, actor, 'documents');
      const version = await this.policies.insert({
        documents: canonicalJson(documents),
        contentHash: canonicalHash(documents).toString('hex'),
        createdBy: actor.id,
        note,
      });
      return this.putInForce(actor, version);
    });
  }

  async activate(actor: Actor, version: number): Promise<PolicySetRow> {
    return this.database.transaction(async () => {
      await this.requireManager(actor);
      // Sound when it was stored; rules of time, and who asks, may be others by now.
      requireSound((await this.policies.get(version)).documents, actor, 'version');
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

  private async putInForce(actor: Actor, version: number): Promise<PolicySetRow> {
    await this.policies.activate(version);
    const active = await this.policies.get(version);
    this.events.record(actor, {
      type: 'policySet.activated',
      subject: { kind: 'policySet', id: String(version) },
      detail: { contentHash: active.contentHash },
    });
    return active;
  }

  private async requireManager(actor: Actor): Promise<void> {
    (await this.access.forActor(actor)).require('manage_policies', SYSTEM);
  }
}

/** @throws Invalid when a document is none, a test in it fails, or the actor would lock himself out. */
function requireSound(documents: unknown, actor: Actor, field: string): void {
  const set = parsePolicySet(documents);
  const failures = runPolicyTests(set, new Date());
  if (failures.length > 0) throw new Invalid(failures.map(failureText).join('; '), [field]);
  refuseLockOut(set, actor, field);
}

function failureText({ policyId, index, expected, actual }: TestFailure): string {
  const text = ({ decision, decidedBy }: TestFailure['actual']): string =>
    decidedBy === null ? decision : `${decision} by ${decidedBy}`;
  return `${policyId}.tests[${index}]: expected ${text(expected)}, got ${text(actual)}`;
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
