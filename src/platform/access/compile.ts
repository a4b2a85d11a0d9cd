import type { Actor, AttributeValue } from '../../core/actor.js';
import {
  ACTION_TYPES,
  ACTIONS,
  neededFor,
  perAction,
  PARENT_PREFIX,
  RESOURCE_ATTRIBUTES,
  SUBJECT_ATTRIBUTES,
  type Action,
  type AttributeDefinition,
  type ResourceType,
  type Value,
} from './attributes.js';
import {
  evaluate,
  renameAttributes,
  type Condition,
  type LiteralAtom,
  type Residual,
  type SubjectAtom,
} from './condition.js';
import { askerOf, ENVIRONMENT_ATTRIBUTES, environmentValue, type Asker } from './environment.js';
import { grantPolicies } from './grants.js';
import type { PolicyDocument, PolicySet } from './policy-document.js';
import { BANDS, type Rule } from './rule.js';
import { isOpen, staysUntil } from './schedule.js';
import { simplify } from './simplify.js';

export interface CompiledRule {
  readonly policy: Rule;
  /** The actor is one of its subjects, and the circumstances are those it asks for. */
  readonly isForActor: boolean;
  /** FALSE when the rule can never match for this actor. */
  readonly residual: Residual;
}

export interface CompiledAction {
  readonly type: ResourceType;
  /** Strongest first; the first that matches decides. Without those that can never match. */
  readonly rules: readonly CompiledRule[];
  /** Every rule in force on this action, for explanations. */
  readonly considered: readonly CompiledRule[];
  /** The whole decision as one condition over the resource; it includes what else it takes, such as `discover` on a column's asset. */
  readonly condition: Residual;
}

export interface CompiledPolicies {
  readonly policyVersion: number;
  /** From this instant on another set of rules is in force; null means never. */
  readonly validUntil: Date | null;
  readonly asker: Asker;
  readonly actions: Readonly<Record<Action, CompiledAction>>;
}

/** The service acting for itself may everything, by a rule that explanations can name. */
export const SYSTEM_POLICIES: readonly PolicyDocument[] = [
  {
    id: 'cadastre.system',
    title: 'The service itself',
    why: 'Followers and jobs work on everything; no token reaches this actor.',
    effect: 'allow',
    band: 'platform',
    actions: [...ACTIONS],
    resources: { types: ['asset', 'column', 'system'] },
  },
];

/** What the policies in force at `now` mean for one actor. Linear in the number of rules. */
export function compilePolicies(set: PolicySet, actor: Actor, now: Date): CompiledPolicies {
  const asker = askerOf(actor);
  const granted = grantPolicies(actor.grants ?? []);
  const policies = actor.kind === 'SYSTEM' ? SYSTEM_POLICIES : [...set.policies, ...granted];
  const inForce = policies.filter((policy) => isInForce(policy, now)).toSorted(byStrength);
  const known = new Map<Action, CompiledAction>();
  const compiled = (action: Action): CompiledAction => {
    const before = neededFor(action).map((needed) => asSeenBy(action, compiled(needed)));
    const made = known.get(action) ?? compileAction(action, inForce, asker, before);
    known.set(action, made);
    return made;
  };
  return {
    policyVersion: actor.policyVersion,
    validUntil: nextBoundary(policies, now),
    asker,
    actions: perAction(compiled),
  };
}

export function isInForce({ validity }: Rule, now: Date): boolean {
  if (validity?.from && now.getTime() < Date.parse(validity.from)) return false;
  if (validity?.to && now.getTime() >= Date.parse(validity.to)) return false;
  return !validity?.schedule || isOpen(validity.schedule, now);
}

function nextBoundary(policies: readonly Rule[], now: Date): Date | null {
  let next = Infinity;
  for (const { validity } of policies) {
    const boundaries = [validity?.from, validity?.to].flatMap((boundary) => (boundary ? [Date.parse(boundary)] : []));
    if (validity?.schedule) boundaries.push(staysUntil(validity.schedule, now));
    for (const at of boundaries) if (at > now.getTime() && at < next) next = at;
  }
  return next === Infinity ? null : new Date(next);
}

/** Absolute denies, then band by band; inside a band denies before allows. Ids make the order total. */
export function byStrength(a: Rule, b: Rule): number {
  return strength(a) - strength(b) || (a.id < b.id ? -1 : 1);
}

function strength(policy: Rule): number {
  if (policy.absolute) return -1;
  return BANDS.indexOf(policy.band) * 2 + (policy.effect === 'deny' ? 0 : 1);
}

/** What has to hold before an action, over the resources of that action. */
function asSeenBy(action: Action, { type, condition }: CompiledAction): Residual {
  if (type === ACTION_TYPES[action]) return condition;
  return renameAttributes(condition, (attribute) => PARENT_PREFIX + attribute);
}

function compileAction(
  action: Action,
  policies: readonly PolicyDocument[],
  asker: Asker,
  preconditions: readonly Residual[],
): CompiledAction {
  const type = ACTION_TYPES[action];
  const considered = compileRules(
    policies.filter((policy) => policy.actions.includes(action)),
    RESOURCE_ATTRIBUTES[type],
    asker,
  );
  const rules = considered.filter((rule) => rule.residual !== false);
  return { type, rules, considered, condition: simplify({ all: [...preconditions, combine(rules)] }) };
}

/** Each rule for one actor, over resources with these attributes. */
export function compileRules(
  rules: readonly Rule[],
  definitions: ReadonlyMap<string, AttributeDefinition>,
  asker: Asker,
): CompiledRule[] {
  return rules.map((rule) => compileRule(rule, definitions, asker));
}

function compileRule(policy: Rule, definitions: ReadonlyMap<string, AttributeDefinition>, asker: Asker): CompiledRule {
  const isForActor = isFor(policy, asker);
  const ofResource = { failsClosed: failsClosed(policy), subject: asker.subject, definitions };
  return { policy, isForActor, residual: isForActor && simplify(specialise(policy.resources.where, ofResource)) };
}

/** Whether the rule matches, for one actor and one resource that nobody asks about again. */
export function matches(
  rule: Rule,
  definitions: ReadonlyMap<string, AttributeDefinition>,
  asker: Asker,
  read: (attribute: string) => Value,
): boolean {
  const ofResource = { failsClosed: failsClosed(rule), subject: asker.subject, definitions };
  return isFor(rule, asker) && evaluate(specialise(rule.resources.where, ofResource), read);
}

function isFor(rule: Rule, asker: Asker): boolean {
  const context = { failsClosed: failsClosed(rule), subject: asker.subject };
  const ofActor = { ...context, definitions: SUBJECT_ATTRIBUTES };
  const ofRequest = { ...context, definitions: ENVIRONMENT_ATTRIBUTES };
  return (
    evaluate(specialise(rule.subjects, ofActor), (name) => subjectValue(asker.subject, name)) &&
    evaluate(specialise(rule.env, ofRequest), (name) => environmentValue(asker, name))
  );
}

function failsClosed({ effect, onMissing }: Rule): boolean {
  return effect === 'deny' && onMissing !== 'ignore';
}

interface Specialisation {
  /** A deny whose attributes are missing denies. */
  readonly failsClosed: boolean;
  readonly subject: Readonly<Record<string, AttributeValue>>;
  readonly definitions: ReadonlyMap<string, AttributeDefinition>;
}

function specialise(condition: Condition | undefined, context: Specialisation, isNegated = false): Residual {
  if (condition === undefined) return true;
  if ('all' in condition) return { all: condition.all.map((part) => specialise(part, context, isNegated)) };
  if ('any' in condition) return { any: condition.any.map((part) => specialise(part, context, isNegated)) };
  if ('not' in condition) return { not: specialise(condition.not, context, !isNegated) };
  const atom = 'subject' in condition ? resolve(condition, context) : condition;
  // A missing actor attribute makes a deny match and an allow not match, whatever the number of `not`s around it.
  if (atom === null) return context.failsClosed !== isNegated;
  // Under `not` the two-valued atom is FALSE when missing, so the deny matches as it is.
  return context.failsClosed && !isNegated ? orMissing(atom, context.definitions) : atom;
}

function orMissing(atom: LiteralAtom, definitions: Specialisation['definitions']): Residual {
  // A rule that asks for presence has itself decided what missing means.
  const asksForPresence = atom.operator === 'has' || atom.operator === 'missing';
  if (asksForPresence || !definitions.get(atom.attribute)?.isNullable) return atom;
  return { any: [atom, { attribute: atom.attribute, operator: 'missing' }] };
}

function resolve({ attribute, operator, subject }: SubjectAtom, context: Specialisation): LiteralAtom | null {
  const value = context.subject[subject];
  if (value === undefined || typeof value === 'boolean') return null;
  const needsList = operator === 'hasAny' || operator === 'hasAll' || operator === 'hasNone';
  return { attribute, operator, value: needsList && typeof value === 'string' ? [value] : value };
}

export function subjectValue(subject: Readonly<Record<string, AttributeValue>>, name: string): Value {
  const value = subject[name];
  return value === undefined || typeof value === 'boolean' ? null : value;
}

/** From the weakest rule up: a deny takes away from what is below it, an allow adds to it. Runs of one effect share a list. */
function combine(strongestFirst: readonly CompiledRule[]): Residual {
  let decision: Residual = false;
  let run: Residual[] = [];
  let runEffect: Rule['effect'] = 'allow';
  const close = (): void => {
    if (run.length > 0)
      decision = runEffect === 'deny' ? { all: [{ not: { any: run } }, decision] } : { any: [...run, decision] };
    run = [];
  };
  for (const { policy, residual } of strongestFirst.toReversed()) {
    if (policy.effect !== runEffect) close();
    runEffect = policy.effect;
    run.push(residual);
  }
  close();
  return decision;
}
