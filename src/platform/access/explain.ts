import { RESOURCE_ATTRIBUTES, resourceValue, type Resource } from './attributes.js';
import type { CompiledPolicies, CompiledRule } from './compile.js';
import { atomHolds, attributesOf, holds, type Condition } from './condition.js';
import { BANDS, type Action, type Band } from './policy-document.js';

export interface ExplainedRule {
  readonly policyId: string;
  readonly title: string;
  readonly effect: 'ALLOW' | 'DENY';
  readonly band: Band;
}

export interface Explanation {
  readonly decision: 'ALLOW' | 'DENY';
  /** Null: nothing allowed it. */
  readonly decidedBy: ExplainedRule | null;
  readonly matched: readonly ExplainedRule[];
  readonly nearestMisses: readonly { readonly rule: ExplainedRule; readonly failed: readonly string[] }[];
  readonly missingAttributes: readonly string[];
}

/** The rule that decides, found by the same order that the readings use. For a column, its dataset decides first. */
export function explain(compiled: CompiledPolicies, action: Action, resource: Resource): Explanation {
  if (resource.type === 'column') {
    const parent = explain(compiled, 'discover', resource.asset);
    if (parent.decision === 'DENY') return parent;
  }
  const valueOf = (name: string) => resourceValue(resource, name);
  const rules = compiled.rules(action, resource.type);
  const matched = rules
    .filter((rule) => rule.subjectMatches && holds(rule.where, valueOf))
    .toSorted((a, b) => strength(b) - strength(a) || (a.policy.id < b.policy.id ? -1 : 1));
  const [deciding] = matched;
  const isAllowed = deciding?.policy.effect === 'allow';
  const misses = rules.filter((rule) => rule.policy.effect === 'allow' && !matched.includes(rule));
  return {
    decision: isAllowed ? 'ALLOW' : 'DENY',
    decidedBy: deciding ? named(deciding) : null,
    matched: matched.map(named),
    nearestMisses: isAllowed ? [] : nearest(misses, resource),
    missingAttributes: missing(rules, resource),
  };
}

function strength({ policy }: CompiledRule): number {
  if (policy.absolute) return 100;
  return BANDS.indexOf(policy.band) * 2 + (policy.effect === 'deny' ? 1 : 0);
}

function named({ policy }: CompiledRule): ExplainedRule {
  return { policyId: policy.id, title: policy.title, effect: policy.effect === 'allow' ? 'ALLOW' : 'DENY', band: policy.band };
}

function nearest(rules: readonly CompiledRule[], resource: Resource): Explanation['nearestMisses'] {
  return rules
    .map((rule) => ({
      rule: named(rule),
      failed: [...(rule.subjectMatches ? [] : ['the actor is not among its subjects']), ...failedAtoms(rule.where, resource)],
    }))
    .toSorted((a, b) => a.failed.length - b.failed.length || (a.rule.policyId < b.rule.policyId ? -1 : 1))
    .slice(0, 3);
}

function failedAtoms(condition: Condition, resource: Resource): string[] {
  const valueOf = (name: string) => resourceValue(resource, name);
  if (holds(condition, valueOf)) return [];
  if (condition.op === 'all' || condition.op === 'any') return condition.of.flatMap((part) => failedAtoms(part, resource));
  if (condition.op !== 'atom') return [condition.op === 'not' ? 'an exception applies' : 'it can never apply'];
  const { attribute, operator, value } = condition.atom;
  const actual = valueOf(attribute);
  if (atomHolds(condition.atom, actual)) return [];
  return [`${attribute} ${operator} ${JSON.stringify(value ?? null)}, but it is ${JSON.stringify(actual ?? null)}`];
}

function missing(rules: readonly CompiledRule[], resource: Resource): string[] {
  const names = new Set(rules.flatMap((rule) => [...attributesOf(rule.where)]));
  return [...names]
    .filter((name) => RESOURCE_ATTRIBUTES[resource.type].get(name)?.isNullable && (resourceValue(resource, name) ?? null) === null)
    .sort();
}
