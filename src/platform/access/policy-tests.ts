import type { Actor, AttributeValue } from '../../core/actor.js';
import { RESOURCE_ATTRIBUTES, type AssetResource, type Resource } from './attributes.js';
import { caslReading } from './casl-reading.js';
import { compilePolicies } from './compile.js';
import { explain } from './explain.js';
import type { Action, PolicySetDocuments, PolicyTest } from './policy-document.js';

export interface TestFailure {
  readonly policyId: string;
  readonly test: number;
  readonly message: string;
}

/** Runs the tests that stand in the documents, on the whole set. */
export function runPolicyTests(documents: PolicySetDocuments, now: Date): TestFailure[] {
  return documents.flatMap((policy) =>
    policy.tests.flatMap((test, index) => {
      const message = failureOf(documents, test, now);
      return message === null ? [] : [{ policyId: policy.id, test: index, message }];
    }),
  );
}

function failureOf(documents: PolicySetDocuments, test: PolicyTest, now: Date): string | null {
  const compiled = compilePolicies(documents, actorOf(test), now);
  const resource = resourceOf(test.resource);
  const action = test.action as Action;
  const decision = caslReading(compiled)(action, resource) ? 'ALLOW' : 'DENY';
  if (decision !== test.expect) return `expected ${test.expect}, got ${decision}`;
  const decidedBy = explain(compiled, action, resource).decidedBy?.policyId ?? null;
  if (test.decidedBy && test.decidedBy !== decidedBy) return `expected '${test.decidedBy}' to decide, it was '${decidedBy ?? 'nothing'}'`;
  return null;
}

function actorOf({ actor }: PolicyTest): Actor {
  const { id, handle, kind, roles, teams, ...attributes } = actor;
  return {
    id: String(id ?? 'test'),
    kind: kind === 'SERVICE' ? 'SERVICE' : 'PERSON',
    handle: String(handle ?? 'test'),
    name: 'test',
    roles: Array.isArray(roles) ? roles : [],
    teamIds: Array.isArray(teams) ? teams : [],
    attributes: attributes as Record<string, AttributeValue>,
    policyVersion: 0,
    token: null,
  };
}

const NOBODYS_ASSET: AssetResource = {
  type: 'asset',
  id: 'test',
  kind: 'DATASET',
  namespace: 'test',
  name: 'test',
  platform: null,
  domain: null,
  sensitivity: null,
  lifecycle: 'ACTIVE',
  tags: [],
  terms: [],
  owners: [],
};

function resourceOf(resource: PolicyTest['resource']): Resource {
  const given = Object.entries(resource);
  if (resource.type === 'system') return { type: 'system' };
  if (resource.type === 'asset') return { ...NOBODYS_ASSET, ...Object.fromEntries(given.filter(known('asset'))), type: 'asset' };
  const nested = typeof resource['asset'] === 'object' && resource['asset'] !== null ? Object.entries(resource['asset']) : [];
  const dotted = given.filter(([name]) => name.startsWith('asset.')).map(([name, value]) => [name.slice(6), value] as const);
  const asset = { ...NOBODYS_ASSET, ...Object.fromEntries([...nested, ...dotted].filter(known('asset'))) };
  const own = Object.fromEntries(given.filter(known('column')).filter(([name]) => !name.startsWith('asset.')));
  return { path: 'test', sensitivity: null, tags: [], terms: [], ...own, type: 'column', asset };
}

function known(type: 'asset' | 'column') {
  return ([name]: readonly [string, unknown]): boolean => RESOURCE_ATTRIBUTES[type].has(name);
}
