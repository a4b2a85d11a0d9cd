import type { Actor } from '../../core/actor.js';
import type { AssetResource, Resource } from './attributes.js';
import type { PolicyDocument } from './policy-document.js';

/**
 * The meaning of policy documents, written a second time and as plainly as possible: it interprets the document for one
 * actor and one resource, compiles nothing and shares no code with the readings that are compared with it.
 */
export function referenceDecision(
  policies: readonly PolicyDocument[],
  actor: Actor,
  now: Date,
  action: string,
  resource: Resource,
): 'ALLOW' | 'DENY' {
  const isDenied = (name: string, on: Resource): boolean =>
    referenceDecision(policies, actor, now, name, on) === 'DENY';
  if (resource.type === 'column' && isDenied('discover', resource.asset)) return 'DENY';
  if ((action === 'preview' || action === 'query') && isDenied('discover', resource)) return 'DENY';
  if (resource.type === 'column' && action !== 'read_column') {
    if (isDenied('read_column', resource)) return 'DENY';
    if (isDenied(action === 'preview_column' ? 'preview' : 'query', resource.asset)) return 'DENY';
  }
  const person = personOf(actor);
  const request = requestOf(actor);
  const thing = thingOf(resource);
  const matching = policies.filter(
    (policy) =>
      policy.actions.some((name) => name === action) &&
      isOn(policy, now) &&
      matches(policy, { person, request, thing }),
  );
  if (matching.some((policy) => policy.absolute)) return 'DENY';
  for (const band of ['platform', 'domain', 'asset']) {
    const speaking = matching.filter((policy) => policy.band === band);
    if (speaking.length > 0) return speaking.some((policy) => policy.effect === 'deny') ? 'DENY' : 'ALLOW';
  }
  return 'DENY';
}

type Facts = Map<string, unknown>;

function personOf(actor: Actor): Facts {
  const facts: Facts = new Map(Object.entries(actor.attributes));
  facts.set('id', actor.id).set('handle', actor.handle).set('kind', actor.kind);
  return facts.set('roles', actor.roles).set('teams', actor.teamIds);
}

/** A purpose that the account does not have is not declared. */
function requestOf({ environment, attributes }: Actor): Facts {
  const facts: Facts = new Map(Object.entries(environment ?? {}));
  const purposes = new Set(Array.isArray(attributes['purposes']) ? attributes['purposes'] : []);
  return purposes.has(String(facts.get('purpose'))) ? facts : facts.set('purpose', null);
}

function thingOf(resource: Resource): Facts {
  if (resource.type === 'system') return new Map();
  const own = new Map<string, unknown>(Object.entries(resource));
  if (resource.type === 'column')
    for (const [name, value] of assetFacts(resource.asset)) own.set(`asset.${name}`, value);
  return own;
}

function assetFacts(asset: AssetResource): [string, unknown][] {
  return Object.entries(asset);
}

function isOn({ validity = {} }: PolicyDocument, now: Date): boolean {
  const begins = validity.from === undefined ? -Infinity : new Date(validity.from).valueOf();
  const ends = validity.to === undefined ? Infinity : new Date(validity.to).valueOf();
  return begins <= now.valueOf() && now.valueOf() < ends;
}

interface Case {
  readonly person: Facts;
  readonly request: Facts;
  readonly thing: Facts;
}

function matches(policy: PolicyDocument, { person, request, thing }: Case): boolean {
  const leansToMatch = policy.effect === 'deny' && (policy.onMissing ?? 'deny') === 'deny';
  return (
    fulfils(policy.subjects, { wanted: true, facts: person, person, leansToMatch }) &&
    fulfils(policy.env, { wanted: true, facts: request, person, leansToMatch }) &&
    fulfils(policy.resources.where, { wanted: true, facts: thing, person, leansToMatch })
  );
}

interface Question {
  /** What the condition has to be. Turning it at every `not` leaves no negation to get wrong. */
  readonly wanted: boolean;
  readonly facts: Facts;
  readonly person: Facts;
  readonly leansToMatch: boolean;
}

interface Tree {
  all?: Tree[];
  any?: Tree[];
  not?: Tree;
  attribute: string;
  operator: string;
  value?: unknown;
  subject?: string;
}

function fulfils(condition: unknown, question: Question): boolean {
  if (condition === undefined) return true;
  const tree = condition as Tree;
  if (tree.not) return fulfils(tree.not, { ...question, wanted: !question.wanted });
  const parts = tree.all ?? tree.any;
  if (!parts) return leafFulfils(tree, question);
  const answers = parts.map((part) => fulfils(part, question));
  const everyNeeded = question.wanted ? tree.all !== undefined : tree.any !== undefined;
  return everyNeeded ? !answers.includes(false) : answers.includes(true);
}

function leafFulfils(leaf: Tree, { wanted, facts, person, leansToMatch }: Question): boolean {
  const operand = leaf.subject === undefined ? leaf.value : person.get(leaf.subject);
  if (leaf.subject !== undefined && operand === undefined) return leansToMatch;
  const actual = facts.get(leaf.attribute) ?? null;
  const isAboutLists = ['hasAny', 'hasAll', 'hasNone', 'isEmpty'].includes(leaf.operator);
  const isAboutPresence = ['has', 'missing'].includes(leaf.operator);
  if (actual === null && leansToMatch && !isAboutLists && !isAboutPresence) return true;
  return isTrue(leaf.operator, actual, operand) === wanted;
}

function isTrue(operator: string, actual: unknown, operand: unknown): boolean {
  const have = new Set(Array.isArray(actual) ? actual : []);
  const wants = Array.isArray(operand) ? operand : [operand];
  const shared = wants.filter((want) => have.has(want)).length;
  if (operator === 'isEmpty') return have.size === 0;
  if (operator === 'hasAny') return shared > 0;
  if (operator === 'hasAll') return shared === wants.length;
  if (operator === 'hasNone') return shared === 0;
  if (operator === 'missing') return actual === null;
  if (actual === null) return false;
  if (operator === 'has') return true;
  if (operator === 'eq') return actual === operand;
  if (operator === 'ne') return actual !== operand;
  if (operator === 'in') return wants.indexOf(actual) >= 0;
  if (operator === 'notIn') return wants.indexOf(actual) < 0;
  if (operator === 'inNetwork') return wants.some((want) => isInside(String(actual), String(want)));
  if (operator === 'under') return wants.some((want) => isUnder(String(actual).split('/'), String(want).split('/')));
  return isOrdered(operator, Number(actual) - Number(operand));
}

function isInside(address: string, network: string): boolean {
  const [base = '', length] = network.split('/');
  const bits = bitsOf(address);
  const wanted = bitsOf(base).slice(0, length === undefined ? undefined : Number(length));
  return address.includes(':') === base.includes(':') && bits.startsWith(wanted);
}

/** '10.1' as '0000101000000001'; groups of IPv6 have 16 bits, and `::` is as many zeros as are missing. */
function bitsOf(address: string): string {
  const width = address.includes(':') ? 16 : 8;
  const [head = '', tail] = address.split('::');
  const groups = (text: string): string[] => (text === '' ? [] : text.split(width === 16 ? ':' : '.'));
  const [left, right] = [groups(head), groups(tail ?? '')];
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - left.length - right.length }, () => '0');
  const number = (group: string): number => parseInt(group, width === 16 ? 16 : 10);
  return [...left, ...zeros, ...right].map((group) => number(group).toString(2).padStart(width, '0')).join('');
}

function isUnder(path: readonly string[], top: readonly string[]): boolean {
  return top.length <= path.length && top.every((segment, index) => path[index] === segment);
}

function isOrdered(operator: string, difference: number): boolean {
  if (operator === 'lt') return difference < 0;
  if (operator === 'lte') return difference <= 0;
  return operator === 'gt' ? difference > 0 : difference >= 0;
}
