import { Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { Decider } from './decider.js';
import { pageOf, type Found, type Range } from './found.js';
import type { Target } from './resources.js';
import { Subjects } from './subjects.js';

/** How many accounts are looked at in one statement. */
const STEP = 500;

/** The reverse of a decision: everybody, or every action, for which it would be yes. Complete, and paged. */
@Injectable()
export class DecisionSearch {
  constructor(
    private readonly subjects: Subjects,
    private readonly decider: Decider,
  ) {}

  /** Accounts that work, in handle order. */
  async subjectsFor(asker: Actor, action: string, target: Target | null, range: Range): Promise<Found<Actor>> {
    const results: Actor[] = [];
    for (let after = range.after?.[0] ?? null, isMore = target !== null; isMore;) {
      const { actors, last } = await this.subjects.step(asker, after, STEP);
      for (const actor of actors) {
        const { decision } = await this.decider.decide(actor, action, target);
        if (decision === 'ALLOW') results.push(actor);
        if (results.length > range.count) return pageOf(results, range.count, ({ handle }) => [handle]);
      }
      after = last;
      isMore = last !== null;
    }
    return { results, next: null };
  }

  /** In the order in which the type declares them. */
  async actionsFor(subject: Actor, target: Target | null): Promise<string[]> {
    const allowed: string[] = [];
    for (const action of await this.decider.actionsOf(subject, target)) {
      if ((await this.decider.decide(subject, action, target)).decision === 'ALLOW') allowed.push(action);
    }
    return allowed;
  }
}
