import type { Actor, AttributeValue } from '../../core/actor.js';
import { actorAttributes, RESOURCE_ATTRIBUTES, SUBJECT_ATTRIBUTES, type ResourceType } from './attributes.js';
import { all, any, attributesOf, FALSE, holds, not, TRUE, type Atom, type Condition, type Literal } from './condition.js';
import { ACTIONS, BANDS, type Action, type Band, type ConditionDocument, type PolicyDocument, type PolicySetDocuments } from './policy-document.js';

/** One rule for one actor: everything about the actor and the time is decided, only the resource is open. */
export interface CompiledRule {
  readonly policy: PolicyDocument;
  readonly subjectMatches: boolean;
  /** What the resource must fulfil; for a deny this includes "or the attribute is missing". */
  readonly where: Condition;
}

export interface CompiledPolicies {
  readonly rules: (action: Action, type: ResourceType) => readonly CompiledRule[];
  /** The whole decision as one condition on the resource. Linear in the rules. */
  readonly condition: (action: Action, type: ResourceType) => Condition;
  /** When a rule begins or ends: a compiled set older than this is stale. */
  readonly validUntil: Date | null;
}

export function compilePolicies(documents: PolicySetDocuments, actor: Actor, now: Date): CompiledPolicies {
  const attributes = actorAttributes(actor);
  const rules = new Map<string, CompiledRule[]>();
  for (const policy of documents) {
    if (!isInForce(policy, now)) continue;
    for (const type of policy.resources.types) {
      const rule = compileRule(policy, type, attributes);
      for (const action of policy.actions.filter((a) => (ACTIONS[type] as readonly string[]).includes(a))) {
        const key = `${action} ${type}`;
        rules.set(key, [...(rules.get(key) ?? []), rule]);
      }
    }
  }
  const rulesOf = (action: Action, type: ResourceType): readonly CompiledRule[] => rules.get(`${action} ${type}`) ?? [];
  const conditions = new Map<string, Condition>();
  return {
    rules: rulesOf,
    condition: (action, type) => {
      const key = `${action} ${type}`;
      const known = conditions.get(key) ?? fullCondition(rulesOf, action, type);
      conditions.set(key, known);
      return known;
    },
    validUntil: nextBoundary(documents, now),
  };
}

/** A column is visible only where its dataset is. */
function fullCondition(rulesOf: CompiledPolicies['rules'], action: Action, type: ResourceType): Condition {
  const own = combine(rulesOf(action, type).filter((rule) => rule.subjectMatches));
  if (type !== 'column') return own;
  return all([onParent(combine(rulesOf('discover', 'asset').filter((rule) => rule.subjectMatches))), own]);
}

/** The highest band with a match decides; inside a band deny wins; an absolute deny wins over all; else denied. */
function combine(rules: readonly CompiledRule[]): Condition {
  const of = (effect: 'allow' | 'deny', band: Band): Condition =>
    any(rules.filter((r) => r.policy.effect === effect && r.policy.band === band && !r.policy.absolute).map((r) => r.where));
  const decided = BANDS.reduce<Condition>(
    (lower, band) => all([not(of('deny', band)), any([of('allow', band), lower])]),
    FALSE,
  );
  return all([not(any(rules.filter((r) => r.policy.absolute).map((r) => r.where))), decided]);
}

function compileRule(policy: PolicyDocument, type: ResourceType, attributes: ReadonlyMap<string, AttributeValue>): CompiledRule {
  const isDeny = policy.effect === 'deny';
  // An actor attribute that is missing counts against the actor: an allow does not reach, a deny does.
  const whenUnknown = isDeny && policy.onMissing === 'deny';
  const subject = policy.subjects ? resolve(policy.subjects, new Map(), whenUnknown) : TRUE;
  const where = policy.resources.where ? resolve(policy.resources.where, attributes, whenUnknown) : TRUE;
  return {
    policy,
    subjectMatches: subjectHolds(subject, attributes, whenUnknown),
    where: isDeny && policy.onMissing === 'deny' ? any([where, ...missingOf(where, type)]) : where,
  };
}

function subjectHolds(condition: Condition, attributes: ReadonlyMap<string, AttributeValue>, whenUnknown: boolean): boolean {
  if (holds(condition, (name) => attributes.get(name))) return true;
  if (!whenUnknown) return false;
  return [...attributesOf(condition)].some((name) => SUBJECT_ATTRIBUTES.get(name)?.isNullable && !attributes.has(name));
}

/** A deny that reads a nullable attribute also fires where it is missing (access.md 4.2). */
function missingOf(where: Condition, type: ResourceType): Condition[] {
  return [...attributesOf(where)]
    .filter((name) => RESOURCE_ATTRIBUTES[type].get(name)?.isNullable && !asksForMissing(where, name))
    .map((attribute) => ({ op: 'atom', atom: { attribute, operator: 'missing' } }));
}

/** A deny that itself speaks about missing values has decided what they mean. */
function asksForMissing(where: Condition, attribute: string): boolean {
  if (where.op === 'atom') return where.atom.attribute === attribute && ['missing', 'has'].includes(where.atom.operator);
  if (where.op === 'not') return asksForMissing(where.of, attribute);
  return (where.op === 'all' || where.op === 'any') && where.of.some((part) => asksForMissing(part, attribute));
}

/** `whenUnknown`: what an atom becomes whose actor attribute is missing; under `not` it turns, so the rule's sense stays. */
function resolve(document: ConditionDocument, attributes: ReadonlyMap<string, AttributeValue>, whenUnknown: boolean): Condition {
  if ('all' in document) return all(document.all.map((part) => resolve(part, attributes, whenUnknown)));
  if ('any' in document) return any(document.any.map((part) => resolve(part, attributes, whenUnknown)));
  if ('not' in document) return not(resolve(document.not, attributes, !whenUnknown));
  const { attribute, operator, value, subject } = document;
  if (subject === undefined) return simplify(value === undefined ? { attribute, operator } : { attribute, operator, value });
  const known = attributes.get(subject);
  if (known === undefined || typeof known === 'boolean') return whenUnknown ? TRUE : FALSE;
  const isList = !['eq', 'ne', 'lt', 'lte', 'gt', 'gte'].includes(operator);
  return simplify({ attribute, operator, value: isList && !Array.isArray(known) ? [String(known)] : (known as Literal) });
}

/** An empty list decides an atom: no engine has to agree on what IN () means. */
function simplify(atom: Atom): Condition {
  if (!Array.isArray(atom.value) || atom.value.length > 0) return { op: 'atom', atom };
  if (['in', 'hasAny', 'under'].includes(atom.operator)) return FALSE;
  if (['hasAll', 'hasNone'].includes(atom.operator)) return TRUE;
  return { op: 'atom', atom: { attribute: atom.attribute, operator: 'has' } }; // notIn []: present
}

function onParent(condition: Condition): Condition {
  switch (condition.op) {
    case 'atom':
      return { op: 'atom', atom: { ...condition.atom, attribute: `asset.${condition.atom.attribute}` } };
    case 'not':
      return { op: 'not', of: onParent(condition.of) };
    case 'all':
    case 'any':
      return { op: condition.op, of: condition.of.map(onParent) };
    default:
      return condition;
  }
}

function isInForce({ validity }: PolicyDocument, now: Date): boolean {
  if (validity?.from && now < new Date(validity.from)) return false;
  return !(validity?.to && now >= new Date(validity.to));
}

function nextBoundary(documents: PolicySetDocuments, now: Date): Date | null {
  const times = documents
    .flatMap(({ validity }) => [validity?.from, validity?.to])
    .flatMap((time) => (time && new Date(time) > now ? [new Date(time).getTime()] : []));
  return times.length === 0 ? null : new Date(Math.min(...times));
}
