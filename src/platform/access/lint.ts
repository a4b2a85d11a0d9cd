import type { Action } from './attributes.js';
import { listOf, type Condition, type Single } from './condition.js';
import type { PolicySet } from './policy-document.js';
import { asRule } from './resource-type.js';
import type { Rule } from './rule.js';

export interface LintFinding {
  readonly policyId: string;
  /** What has an ERROR does not come into force. */
  readonly severity: 'ERROR' | 'WARNING';
  readonly code:
    'NEVER_MATCHES' | 'OPEN_TO_EVERYBODY' | 'ALLOWS_EVERYTHING' | 'DENY_WITHOUT_TEST' | 'NO_TEST' | 'EXPIRED';
  readonly message: string;
}

/** What gives power over everything else. */
const POWERS: readonly Action[] = ['manage_policies', 'manage_accounts', 'operate'];

/** What is valid and hardly meant. */
export function lintPolicies(set: PolicySet, now: Date): LintFinding[] {
  const outside = (set.resourceTypes ?? []).flatMap((type) => type.policies);
  return [
    ...set.policies.flatMap((policy) => [...findingsOf(policy, policy.tests, now), ...openTo(policy, policy.actions)]),
    ...outside.flatMap((rule) => findingsOf(asRule(rule), rule.tests, now)),
  ];
}

function findingsOf(rule: Rule, tests: readonly unknown[] = [], now: Date): LintFinding[] {
  const warning = (code: LintFinding['code'], message: string): LintFinding => ({
    policyId: rule.id,
    severity: 'WARNING',
    code,
    message,
  });
  const findings: LintFinding[] = [];
  for (const [side, condition] of [
    ['subjects', rule.subjects],
    ['env', rule.env],
    ['where', rule.resources.where],
  ] as const) {
    const clash = condition && contradiction(condition);
    if (clash)
      findings.push({
        policyId: rule.id,
        severity: 'ERROR',
        code: 'NEVER_MATCHES',
        message: `${side} can never hold: ${clash}.`,
      });
  }
  if (tests.length === 0 && rule.effect === 'deny')
    findings.push(warning('DENY_WITHOUT_TEST', 'No test shows that it denies.'));
  if (tests.length === 0 && rule.effect === 'allow') findings.push(warning('NO_TEST', 'No test shows what it allows.'));
  const { to } = rule.validity ?? {};
  if (to && Date.parse(to) <= now.getTime()) findings.push(warning('EXPIRED', `It ended at ${to}.`));
  return findings;
}

function openTo(rule: Rule, actions: readonly Action[]): LintFinding[] {
  if (rule.effect !== 'allow' || rule.subjects) return [];
  const power = actions.find((action) => POWERS.includes(action));
  if (power)
    return [
      {
        policyId: rule.id,
        severity: 'ERROR',
        code: 'OPEN_TO_EVERYBODY',
        message: `It allows everybody to '${power}'. Name its subjects.`,
      },
    ];
  if (rule.resources.where) return [];
  return [
    {
      policyId: rule.id,
      severity: 'WARNING',
      code: 'ALLOWS_EVERYTHING',
      message: 'It allows everybody everything of its types.',
    },
  ];
}

/** Why no value of an attribute can fulfil the condition; null when it is not that plain. */
function contradiction(condition: Condition): string | null {
  if ('not' in condition) return null;
  if ('any' in condition) {
    const clashes = condition.any.map(contradiction);
    return clashes.every((clash) => clash !== null) ? (clashes[0] ?? null) : null;
  }
  const parts = 'all' in condition ? condition.all : [condition];
  return (
    parts.map((part) => ('all' in part ? contradiction(part) : emptyList(part))).find((clash) => clash !== null) ??
    clashOf(parts)
  );
}

function emptyList(part: Condition): string | null {
  if (!('attribute' in part) || !('value' in part)) return 'attribute' in part ? null : contradiction(part);
  const isEmpty = ['in', 'hasAny', 'under', 'inNetwork'].includes(part.operator) && listOf(part.value).length === 0;
  return isEmpty ? `${part.attribute} ${part.operator} an empty list` : null;
}

/** Two atoms of one list that exclude each other. */
function clashOf(parts: readonly Condition[]): string | null {
  const wanted = new Map<string, Set<Single>>();
  for (const part of parts) {
    if (!('attribute' in part)) continue;
    const { attribute, operator } = part;
    if (operator === 'missing' && parts.some((other) => isPresent(other, attribute)))
      return `${attribute} is missing and is not`;
    if (!('value' in part) || (operator !== 'eq' && operator !== 'in')) continue;
    const values = new Set(listOf(part.value));
    const before = wanted.get(attribute);
    const both = before ? new Set([...values].filter((value) => before.has(value))) : values;
    if (before && both.size === 0) return `${attribute} would have to be two values at once`;
    wanted.set(attribute, both);
  }
  return null;
}

function isPresent(part: Condition, attribute: string): boolean {
  return (
    'attribute' in part &&
    part.attribute === attribute &&
    ['has', 'eq', 'ne', 'in', 'notIn', 'lt', 'lte', 'gt', 'gte', 'under', 'inNetwork'].includes(part.operator)
  );
}
