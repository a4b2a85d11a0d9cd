import type { Condition } from './condition.js';
import type { PolicyDocument, PolicySet } from './policy-document.js';
import { runPolicyTests } from './policy-tests.js';
import type { OutsideRule, OutsideType } from './resource-type.js';

/** A change that somebody might make by mistake. */
export interface Mutant {
  readonly policyId: string;
  /** In words: 'effect is the opposite', 'where.all[1] is left out'. */
  readonly change: string;
}

export interface MutationScore {
  readonly mutants: number;
  /** How many made a test fail. */
  readonly caught: number;
  readonly survivors: readonly Mutant[];
  /** Mutants beyond the bound are not tried. */
  readonly isComplete: boolean;
}

const MOST_MUTANTS = 2000;

/** How much of a set its tests pin down: each rule with its effect turned, and without each of its conditions. */
export function mutationScore(set: PolicySet, now: Date): MutationScore {
  const survivors: Mutant[] = [];
  let mutants = 0;
  let isComplete = true;
  for (const { mutant, changed } of mutantsOf(set)) {
    if (mutants === MOST_MUTANTS) {
      isComplete = false;
      break;
    }
    mutants += 1;
    if (runPolicyTests(changed, now).length === 0) survivors.push(mutant);
  }
  return { mutants, caught: mutants - survivors.length, survivors, isComplete };
}

function* mutantsOf(set: PolicySet): Generator<{ mutant: Mutant; changed: PolicySet }> {
  for (const [at, policy] of set.policies.entries()) {
    const put = (changed: PolicyDocument): PolicySet => ({ ...set, policies: set.policies.with(at, changed) });
    const { where } = policy.resources;
    yield { mutant: turned(policy), changed: put(opposite(policy)) };
    for (const side of ['subjects', 'env'] as const)
      for (const { change, left } of without(policy[side], side))
        yield { mutant: { policyId: policy.id, change }, changed: put({ ...policy, [side]: left }) };
    for (const { change, left } of without(where, 'where'))
      yield {
        mutant: { policyId: policy.id, change },
        changed: put({ ...policy, resources: { ...policy.resources, where: left } }),
      };
  }
  for (const [place, type] of (set.resourceTypes ?? []).entries()) {
    for (const { mutant, changed } of mutantsOfType(type))
      yield { mutant, changed: { ...set, resourceTypes: (set.resourceTypes ?? []).with(place, changed) } };
  }
}

function* mutantsOfType(type: OutsideType): Generator<{ mutant: Mutant; changed: OutsideType }> {
  for (const [at, rule] of type.policies.entries()) {
    const put = (changed: OutsideRule): OutsideType => ({ ...type, policies: type.policies.with(at, changed) });
    yield { mutant: turned(rule), changed: put(opposite(rule)) };
    for (const side of ['subjects', 'env', 'where'] as const)
      for (const { change, left } of without(rule[side], side))
        yield { mutant: { policyId: rule.id, change }, changed: put({ ...rule, [side]: left }) };
  }
}

function turned({ id }: { readonly id: string }): Mutant {
  return { policyId: id, change: 'effect is the opposite' };
}

function opposite<R extends { readonly effect: 'allow' | 'deny' }>(rule: R): R {
  return { ...rule, effect: rule.effect === 'allow' ? 'deny' : 'allow', absolute: undefined };
}

interface Without {
  readonly change: string;
  readonly left: Condition | undefined;
}

/** The condition without each of its atoms; what is left of an empty list is nothing. */
function without(condition: Condition | undefined, path: string): Without[] {
  if (condition === undefined) return [];
  if ('not' in condition)
    return without(condition.not, `${path}.not`).map(({ change, left }) => ({ change, left: left && { not: left } }));
  if ('all' in condition) return withoutPart(condition.all, `${path}.all`, (all) => ({ all }));
  if ('any' in condition) return withoutPart(condition.any, `${path}.any`, (any) => ({ any }));
  return [{ change: `${path} is left out`, left: undefined }];
}

function withoutPart(
  parts: readonly Condition[],
  path: string,
  make: (parts: readonly Condition[]) => Condition,
): Without[] {
  return parts.flatMap((part, at) =>
    without(part, `${path}[${at}]`).map(({ change, left }) => {
      const others = left === undefined ? parts.toSpliced(at, 1) : parts.with(at, left);
      return { change, left: others.length > 0 ? make(others) : undefined };
    }),
  );
}
