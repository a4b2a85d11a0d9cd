import type { Actor, AttributeValue } from '../../core/actor.js';
import type { AssetResource, Resource } from './attributes.js';
import { compilePolicies } from './compile.js';
import { explain } from './explain.js';
import { OutsideAccess } from './outside.js';
import type { PolicySet, PolicyTest } from './policy-document.js';
import type { OutsideRule, OutsideType } from './resource-type.js';

export interface TestFailure {
  readonly policyId: string;
  /** Place in the document's `tests`. */
  readonly index: number;
  readonly expected: Outcome;
  readonly actual: Outcome;
}

export interface Outcome {
  readonly decision: 'ALLOW' | 'DENY';
  /** Null when no rule matched; for the expected outcome also when the test does not say. */
  readonly decidedBy: string | null;
}

/** The tests written in the documents, each against the whole set as it is in force when the test says, else at `now`. */
export function runPolicyTests(set: PolicySet, now: Date): TestFailure[] {
  return [
    ...set.policies.flatMap((policy) => failuresOf(policy, (test) => outcomeOf(set, test, now))),
    ...(set.resourceTypes ?? []).flatMap((type) =>
      type.policies.flatMap((rule) => failuresOf(rule, (test) => outsideOutcome(type, test, now))),
    ),
  ];
}

interface Expectation {
  readonly expect: 'ALLOW' | 'DENY';
  readonly decidedBy?: string | undefined;
  readonly at?: string | undefined;
}

function failuresOf<Test extends Expectation>(
  policy: { readonly id: string; readonly tests?: readonly Test[] | undefined },
  outcome: (test: Test) => Outcome,
): TestFailure[] {
  return (policy.tests ?? []).flatMap((test, index) => {
    const expected = { decision: test.expect, decidedBy: test.decidedBy ?? null };
    const actual = outcome(test);
    const isRight =
      actual.decision === expected.decision && (expected.decidedBy === null || actual.decidedBy === expected.decidedBy);
    return isRight ? [] : [{ policyId: policy.id, index, expected, actual }];
  });
}

function outcomeOf(set: PolicySet, test: PolicyTest, now: Date): Outcome {
  const compiled = compilePolicies(set, actorOf(test), timeOf(test, now));
  const { decision, decidedBy } = explain(compiled, test.action, resourceOf(test.resource));
  return { decision, decidedBy: decidedBy?.policyId ?? null };
}

type OutsideTest = NonNullable<OutsideRule['tests']>[number];

function outsideOutcome(type: OutsideType, test: OutsideTest, now: Date): Outcome {
  const { id, ...properties } = test.resource;
  const action = { name: test.action, properties: test.actionProperties };
  const access = new OutsideAccess(type, action, actorOf(test), timeOf(test, now));
  const { decision, decidedBy } = access.explain({ id: typeof id === 'string' ? id : '', properties });
  return { decision, decidedBy: decidedBy?.policyId ?? null };
}

function timeOf({ at }: Expectation, now: Date): Date {
  return at === undefined ? now : new Date(at);
}

function actorOf({ actor, env }: Pick<PolicyTest, 'actor' | 'env'>): Actor {
  const { id, handle, kind, roles, teams, ...stored } = actor;
  const { ip = null, purpose = null, channel = null } = env ?? {};
  const attributes: Record<string, AttributeValue> = {};
  for (const [name, value] of Object.entries(stored)) if (value !== undefined) attributes[name] = value;
  return {
    id: id ?? '',
    kind: kind ?? 'PERSON',
    handle: handle ?? '',
    name: '',
    roles: roles ?? [],
    teamIds: teams ?? [],
    attributes,
    environment: { ip, purpose, channel },
    policyVersion: 0,
    token: null,
  };
}

type PartialAsset = Omit<Extract<PolicyTest['resource'], { type: 'asset' }>, 'type'>;

function resourceOf(resource: PolicyTest['resource']): Resource {
  if (resource.type === 'system') return resource;
  if (resource.type === 'asset') return assetOf(resource);
  return {
    type: 'column',
    asset: assetOf(resource.asset ?? {}),
    path: resource.path ?? '',
    sensitivity: resource.sensitivity ?? null,
    tags: resource.tags ?? [],
    terms: resource.terms ?? [],
  };
}

const BLANK: AssetResource = {
  type: 'asset',
  id: '',
  kind: 'DATASET',
  namespace: '',
  name: '',
  platform: null,
  domain: null,
  sensitivity: null,
  lifecycle: 'ACTIVE',
  tags: [],
  terms: [],
  owners: [],
};

/** Parsed JSON holds no key that is undefined. */
function assetOf(given: PartialAsset): AssetResource {
  return { ...BLANK, ...(given as Partial<AssetResource>), type: 'asset' };
}
