import { Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import type { OutsideAction } from '../../platform/access/outside.js';
import type { RuleFor } from '../../platform/access/resource-decision.js';
import type { Rule } from '../../platform/access/rule.js';
import { underContext, type Context } from './circumstances.js';
import { Decider } from './decider.js';
import { pageOf, type Found, type Range } from './found.js';
import type { Target } from './resources.js';
import { Subjects } from './subjects.js';

/** How many accounts are looked at in one statement. */
export const STEP = 500;

/** `last`: where the next step begins; null at the end. */
export interface Step {
  readonly actors: readonly Actor[];
  readonly last: string | null;
}

/** Who may, and why. */
export interface Permitted {
  readonly actor: Actor;
  readonly rule: Rule;
}

/** Who may do this to that? */
export interface Reverse {
  readonly action: OutsideAction;
  readonly target: Target | null;
  readonly context: Context;
}

/** The reverse of a decision: everybody, or every action, for which it would be yes. Complete, and paged. */
@Injectable()
export class DecisionSearch {
  constructor(
    private readonly subjects: Subjects,
    private readonly decider: Decider,
  ) {}

  /** Accounts that work, in handle order, each with the rule that allows it. */
  async subjectsFor(asker: Actor, { action, target, context }: Reverse, range: Range): Promise<Found<Permitted>> {
    if (target === null) return { results: [], next: null };
    const asking = { asker, mayAskAll: await this.subjects.mayAskAll(asker) };
    const ruleFor = await this.decider.decideForMany(asker, action, target);
    const step = async (after: string | null): Promise<Step> => {
      const { actors, last } = await this.subjects.step(asker, after, STEP);
      return { actors: actors.map((account) => underContext(asking, account, context)), last };
    };
    return permittedAmong(step, ruleFor, range);
  }

  /** In the order in which the type declares them. */
  async actionsFor(subject: Actor, target: Target | null): Promise<string[]> {
    const allowed: string[] = [];
    for (const name of await this.decider.actionsOf(subject, target)) {
      if ((await this.decider.decide(subject, { name }, target)).decision === 'ALLOW') allowed.push(name);
    }
    return allowed;
  }
}

/** Those whom the rule that decides for them allows, step by step until a page is full. */
export async function permittedAmong(
  step: (after: string | null) => Promise<Step>,
  ruleFor: RuleFor,
  range: Range,
): Promise<Found<Permitted>> {
  const results: Permitted[] = [];
  for (let after = range.after?.[0] ?? null, isMore = true; isMore;) {
    const { actors, last } = await step(after);
    for (const actor of actors) {
      const rule = ruleFor(actor);
      if (rule?.effect === 'allow') results.push({ actor, rule });
      if (results.length > range.count) return pageOf(results, range.count, (one) => [one.actor.handle]);
    }
    after = last;
    isMore = last !== null;
  }
  return { results, next: null };
}
