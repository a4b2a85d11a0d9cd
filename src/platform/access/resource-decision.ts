import type { Actor } from '../../core/actor.js';
import {
  ACTION_TYPES,
  preconditionsOf,
  readAttribute,
  RESOURCE_ATTRIBUTES,
  type Action,
  type AttributeDefinition,
  type Resource,
  type Value,
} from './attributes.js';
import { byStrength, isInForce, matches, SYSTEM_POLICIES } from './compile.js';
import { askerOf } from './environment.js';
import { grantPolicies } from './grants.js';
import type { OutsideAction, OutsideResource } from './outside.js';
import { outsideValue } from './outside.js';
import type { PolicyDocument, PolicySet } from './policy-document.js';
import { asRule, attributesOf, type OutsideType } from './resource-type.js';
import type { Rule } from './rule.js';

/** The rule that decides for one actor; null: no rule matches, and what nobody allows is denied. */
export type RuleFor = (actor: Actor) => Rule | null;

/**
 * One resource, many actors. Compiling the rules for an actor pays when he asks again; here each asks once, so the rules
 * are read as they are, the strongest first, until one matches.
 */
export function decideForMany(set: PolicySet, action: Action, resource: Resource, now: Date): RuleFor {
  if (ACTION_TYPES[action] !== resource.type) return () => null;
  const definitions = RESOURCE_ATTRIBUTES[resource.type];
  const read = (attribute: string): Value => readAttribute(resource, attribute);
  const own = rulesOn(set.policies, action, now);
  const system = rulesOn(SYSTEM_POLICIES, action, now);
  const before = preconditionsOf(action, resource).map(([needed, on]) => decideForMany(set, needed, on, now));
  return (actor) => {
    for (const ruleFor of before) {
      const rule = ruleFor(actor);
      if (rule?.effect !== 'allow') return rule;
    }
    const granted = rulesOn(grantPolicies(actor.grants ?? []), action, now);
    const rules = granted.length > 0 ? [...own, ...granted].toSorted(byStrength) : own;
    return firstMatch(actor.kind === 'SYSTEM' ? system : rules, actor, { definitions, read });
  };
}

/** As `decideForMany`, for a thing of another system. */
export function decideOutsideForMany(
  type: OutsideType,
  action: OutsideAction,
  resource: OutsideResource,
  now: Date,
): RuleFor {
  const definitions = attributesOf(type);
  const read = (attribute: string): Value => outsideValue(definitions, { ...resource, action }, attribute);
  const rules = type.policies
    .filter((rule) => rule.actions.includes(action.name))
    .map(asRule)
    .filter((rule) => isInForce(rule, now))
    .toSorted(byStrength);
  return (actor) => firstMatch(rules, actor, { definitions, read });
}

interface Thing {
  readonly definitions: ReadonlyMap<string, AttributeDefinition>;
  readonly read: (attribute: string) => Value;
}

function firstMatch(rules: readonly Rule[], actor: Actor, { definitions, read }: Thing): Rule | null {
  const asker = askerOf(actor);
  return rules.find((rule) => matches(rule, definitions, asker, read)) ?? null;
}

function rulesOn(policies: readonly PolicyDocument[], action: Action, now: Date): Rule[] {
  return policies.filter((policy) => policy.actions.includes(action) && isInForce(policy, now)).toSorted(byStrength);
}
