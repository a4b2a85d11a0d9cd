import type { AttributeValue } from '../../core/actor.js';
import {
  ACTION_TYPES,
  preconditionsOf,
  readAttribute,
  RESOURCE_ATTRIBUTES,
  SUBJECT_ATTRIBUTES,
  type Action,
  type AttributeDefinition,
  type Resource,
  type Value,
} from './attributes.js';
import { subjectValue, type CompiledPolicies, type CompiledRule } from './compile.js';
import { evaluate, holds, type Condition, type Literal, type LiteralAtom, type SubjectAtom } from './condition.js';
import { ENVIRONMENT_ATTRIBUTES, environmentValue, type Asker } from './environment.js';
import { MASKS, type Band, type Mask } from './rule.js';

export interface ExplainedRule {
  readonly policyId: string;
  readonly title: string;
  readonly effect: 'ALLOW' | 'DENY';
  readonly band: Band;
}

export interface FailedAtom {
  /** Of the actor when it begins with `subject.`, of the request when with `env.`. */
  readonly attribute: string;
  /** With `not ` before it where the rule asks for the opposite. */
  readonly operator: string;
  /** Null where the operator takes nothing, or the actor lacks the attribute it is taken from. */
  readonly expected: AttributeValue | Literal | null;
  readonly actual: Value;
}

export interface NearMiss {
  readonly policyId: string;
  readonly title: string;
  readonly failed: readonly FailedAtom[];
}

/** What whoever enforces the decision is to do with what it lets through. */
export interface Advice {
  /** The strictest; null: none. */
  readonly mask: Mask | null;
  /** All of them apply. */
  readonly rowFilters: readonly string[];
}

export interface Explanation {
  readonly decision: 'ALLOW' | 'DENY';
  /** Null: no rule matched, and what nobody allows is denied. */
  readonly decidedBy: ExplainedRule | null;
  /** Strongest first. */
  readonly matched: readonly ExplainedRule[];
  /** The allow rules that came closest, at most three. */
  readonly nearestMisses: readonly NearMiss[];
  readonly missingAttributes: readonly string[];
  readonly advice: Advice;
  readonly policyVersion: number;
}

const MOST_MISSES = 3;

/** Why, by the same rules that every reading reads. What is denied by what it takes first is explained by that. */
export function explain(compiled: CompiledPolicies, action: Action, resource: Resource): Explanation {
  if (ACTION_TYPES[action] !== resource.type) return inapplicable(compiled);
  for (const [needed, on] of preconditionsOf(action, resource)) {
    const before = explain(compiled, needed, on);
    if (before.decision === 'DENY') return before;
  }
  const { considered } = compiled.actions[action];
  const read = (attribute: string): Value => readAttribute(resource, attribute);
  const view = { asker: compiled.asker, definitions: RESOURCE_ATTRIBUTES[resource.type], read };
  return { ...explainRules(considered, view), policyVersion: compiled.policyVersion };
}

function inapplicable({ policyVersion }: CompiledPolicies): Explanation {
  return { ...NOTHING, policyVersion };
}

/** A denial by no rule at all. */
export const NOTHING = {
  decision: 'DENY',
  decidedBy: null,
  matched: [],
  nearestMisses: [],
  missingAttributes: [],
  advice: { mask: null, rowFilters: [] },
} as const;

/** One actor and one resource, as rules see them. */
export interface View {
  readonly asker: Asker;
  readonly definitions: ReadonlyMap<string, AttributeDefinition>;
  readonly read: (attribute: string) => Value;
}

/** What the rules, strongest first, say of one resource. */
export function explainRules(considered: readonly CompiledRule[], view: View): Omit<Explanation, 'policyVersion'> {
  const matched = considered.filter((rule) => rule.residual !== false && evaluate(rule.residual, view.read));
  const [deciding] = matched;
  const isAllowed = deciding?.policy.effect === 'allow';
  const missed = considered.filter((rule) => rule.policy.effect === 'allow' && !matched.includes(rule));
  return {
    decision: isAllowed ? 'ALLOW' : 'DENY',
    decidedBy: deciding ? named(deciding) : null,
    matched: matched.map(named),
    nearestMisses: nearest(missed, view),
    missingAttributes: missingAttributes(considered, view),
    advice: isAllowed ? adviceOf(matched) : NOTHING.advice,
  };
}

function adviceOf(matched: readonly CompiledRule[]): Advice {
  return mergeAdvice(matched.flatMap(({ policy }) => (policy.effect === 'allow' && policy.advice) || []));
}

/** The strictest mask, and every row filter. */
export function mergeAdvice(
  advice: readonly { readonly mask?: Mask | null | undefined; readonly rowFilter?: string | null | undefined }[],
): Advice {
  const masks = advice.flatMap(({ mask }) => mask ?? []);
  const rowFilters = [...new Set(advice.flatMap(({ rowFilter }) => rowFilter ?? []))].toSorted();
  return { mask: MASKS.findLast((mask) => masks.includes(mask)) ?? null, rowFilters };
}

function named({ policy }: CompiledRule): ExplainedRule {
  const effect = policy.effect === 'allow' ? 'ALLOW' : 'DENY';
  return { policyId: policy.id, title: policy.title, effect, band: policy.band };
}

function nearest(missed: readonly CompiledRule[], view: View): NearMiss[] {
  const { subject } = view.asker;
  const ofSubject: Reader = { prefix: 'subject.', subject, read: (name) => subjectValue(subject, name) };
  const ofRequest: Reader = { prefix: 'env.', subject, read: (name) => environmentValue(view.asker, name) };
  const ofResource: Reader = { prefix: '', subject, read: view.read };
  return missed
    .map(({ policy, isForActor }) => ({
      policyId: policy.id,
      title: policy.title,
      failed: [
        ...(isForActor ? [] : failedAtoms(policy.subjects, ofSubject)),
        ...(isForActor ? [] : failedAtoms(policy.env, ofRequest)),
        ...failedAtoms(policy.resources.where, ofResource),
      ],
    }))
    .toSorted((a, b) => a.failed.length - b.failed.length || (a.policyId < b.policyId ? -1 : 1))
    .slice(0, MOST_MISSES);
}

interface Reader {
  readonly prefix: string;
  readonly subject: Readonly<Record<string, AttributeValue>>;
  readonly read: (attribute: string) => Value;
}

/** The atoms of an allow that would have to turn; of alternatives, those of the one with the fewest. */
function failedAtoms(condition: Condition | undefined, reader: Reader, isNegated = false): FailedAtom[] {
  if (condition === undefined) return [];
  if ('not' in condition) return failedAtoms(condition.not, reader, !isNegated);
  if ('all' in condition || 'any' in condition) {
    const parts = ('all' in condition ? condition.all : condition.any).map((part) =>
      failedAtoms(part, reader, isNegated),
    );
    const needsEvery = 'all' in condition !== isNegated;
    return needsEvery ? parts.flat() : parts.reduce((least, part) => (part.length < least.length ? part : least));
  }
  return atomFails(condition, reader, isNegated) ? [describe(condition, reader, isNegated)] : [];
}

function atomFails(atom: LiteralAtom | SubjectAtom, { subject, read }: Reader, isNegated: boolean): boolean {
  const actual = read(atom.attribute);
  if (!('subject' in atom)) return holds(atom, actual) === isNegated;
  const value = subject[atom.subject];
  if (value === undefined || typeof value === 'boolean') return true;
  return holds({ attribute: atom.attribute, operator: atom.operator, value }, actual) === isNegated;
}

function describe(atom: LiteralAtom | SubjectAtom, { prefix, subject, read }: Reader, isNegated: boolean): FailedAtom {
  return {
    attribute: prefix + atom.attribute,
    operator: isNegated ? `not ${atom.operator}` : atom.operator,
    expected: ('subject' in atom ? subject[atom.subject] : atom.value) ?? null,
    actual: read(atom.attribute),
  };
}

/** What the rules ask for and neither the resource nor the actor nor the request has. */
function missingAttributes(rules: readonly CompiledRule[], { asker, definitions, read }: View): string[] {
  const { subject } = asker;
  const ofRequest = rules.flatMap(({ policy }) => atomsOf(policy.env)).map(({ attribute }) => attribute);
  const ofActor = rules.flatMap(({ policy }) => atomsOf(policy.subjects));
  const ofResource = rules.flatMap(({ policy, isForActor }) => (isForActor ? atomsOf(policy.resources.where) : []));
  const references = ofResource.flatMap((atom) => ('subject' in atom ? [atom.subject] : []));
  const compared = ofActor.map(({ attribute }) => attribute).filter((name) => SUBJECT_ATTRIBUTES.get(name)?.isNullable);
  const missing = [
    ...ofResource
      .map(({ attribute }) => attribute)
      .filter((name) => definitions.get(name)?.isNullable && read(name) === null),
    ...ofRequest
      .filter((name) => ENVIRONMENT_ATTRIBUTES.has(name) && environmentValue(asker, name) === null)
      .map((name) => `env.${name}`),
    ...[...compared, ...references].filter((name) => subject[name] === undefined).map((name) => `subject.${name}`),
  ];
  return [...new Set(missing)].toSorted();
}

function atomsOf(condition: Condition | undefined): (LiteralAtom | SubjectAtom)[] {
  if (condition === undefined) return [];
  if ('all' in condition) return condition.all.flatMap(atomsOf);
  if ('any' in condition) return condition.any.flatMap(atomsOf);
  return 'not' in condition ? atomsOf(condition.not) : [condition];
}
