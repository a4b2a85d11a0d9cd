import { Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { Access } from '../../platform/access/access.js';
import { ACTIONS } from '../../platform/access/attributes.js';
import { NOTHING, type Explanation } from '../../platform/access/explain.js';
import { OutsideAccess, outsideTypeOf, type OutsideAction } from '../../platform/access/outside.js';
import { PolicyStore } from '../../platform/access/policy-store.js';
import { decideForMany, decideOutsideForMany, type RuleFor } from '../../platform/access/resource-decision.js';
import type { Target } from './resources.js';

/** One decision, whatever it is about and whoever asks: the same compiled rules that pages, lists and search read. */
@Injectable()
export class Decider {
  constructor(
    private readonly access: Access,
    private readonly policies: PolicyStore,
  ) {}

  /** What is not there is denied as by no rule. */
  async decide(subject: Actor, action: OutsideAction, target: Target | null, now = new Date()): Promise<Explanation> {
    const nothing: Explanation = { ...NOTHING, policyVersion: subject.policyVersion };
    if (target === null) return nothing;
    if (target.kind === 'own') {
      const own = ACTIONS.find((name) => name === action.name);
      return own ? (await this.access.forActor(subject)).explain(own, target.resource) : nothing;
    }
    const type = outsideTypeOf(await this.policies.load(subject.policyVersion), target.type);
    if (!type) return nothing;
    const access = new OutsideAccess(type, action, subject, now);
    return { ...access.explain(target.resource), policyVersion: subject.policyVersion };
  }

  /** As `decide`, for many subjects and one resource: the rule that decides for each, null for none. */
  async decideForMany(asker: Actor, action: OutsideAction, target: Target | null, now = new Date()): Promise<RuleFor> {
    if (target === null) return () => null;
    const set = await this.policies.load(asker.policyVersion);
    if (target.kind === 'own') {
      const own = ACTIONS.find((name) => name === action.name);
      return own ? decideForMany(set, own, target.resource, now) : () => null;
    }
    const type = outsideTypeOf(set, target.type);
    return type ? decideOutsideForMany(type, action, target.resource, now) : () => null;
  }

  /** Actions that the type knows; none for a type that nobody declared. */
  async actionsOf(asker: Actor, target: Target | null): Promise<readonly string[]> {
    if (target === null) return [];
    if (target.kind === 'own') return ACTIONS;
    return outsideTypeOf(await this.policies.load(asker.policyVersion), target.type)?.actions ?? [];
  }
}
