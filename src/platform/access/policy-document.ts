import { z } from 'zod';
import { Invalid } from '../../core/errors.js';
import { ACTION_TYPES, ACTIONS, RESOURCE_ATTRIBUTES, RESOURCE_TYPES, textValue } from './attributes.js';
import { checkCondition, resourceScope, schemaProblems, SUBJECT_SCOPE, type Problem } from './condition-parser.js';
import type { Condition } from './condition.js';
import { ENVIRONMENT_SCOPE } from './environment.js';
import { checkEffect, checkResourceType, type OutsideType } from './resource-type.js';
import { assetProperties, describedResource, expectation, ruleFields, testActor } from './rule.js';

const MAX_POLICIES = 10_000;
const MAX_RESOURCE_TYPES = 100;

const action = z.enum(ACTIONS);

const policyTest = z.strictObject({
  actor: testActor,
  action,
  /** What is left out is null, empty, or for a name the empty text. */
  resource: z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('asset'), ...assetProperties.shape }),
    z.strictObject({
      type: z.literal('column'),
      path: textValue.optional(),
      ...z.object(describedResource).partial().shape,
      asset: assetProperties.optional(),
    }),
    z.strictObject({ type: z.literal('system') }),
  ]),
  ...expectation,
});
export type PolicyTest = z.infer<typeof policyTest>;

const policyDocument = z.strictObject({
  ...ruleFields,
  actions: z.array(action).min(1),
  resources: z.strictObject({
    types: z.array(z.enum(RESOURCE_TYPES)).min(1),
    where: z.custom<Condition>().optional(),
  }),
  tests: z.array(policyTest).max(200).optional(),
});
export type PolicyDocument = z.infer<typeof policyDocument>;

export interface PolicySet {
  readonly policies: readonly PolicyDocument[];
  /** What enforcement points outside ask about. */
  readonly resourceTypes?: readonly OutsideType[];
}

/**
 * `{ policies: [...], resourceTypes: [...] }`, or the list of policies alone.
 * @throws Invalid listing every problem with its path in the documents.
 */
export function parsePolicySet(json: unknown): PolicySet {
  const { policies, resourceTypes = [] } = partsOf(json);
  const parsed = policies.map((policy) => policyDocument.safeParse(policy).data);
  const checked = resourceTypes.map((type, index) => checkResourceType(type, `resourceTypes[${index}]`));
  const problems = [
    ...policies.flatMap((policy, index) => checkPolicy(policy, `policies[${index}]`)),
    ...checked.flatMap((type) => type.problems),
    ...duplicates(
      idsOf(
        parsed,
        checked.map(({ type }) => type),
      ),
    ),
    ...duplicates(
      checked.map(({ type }, index) => ({
        name: type?.type,
        path: `resourceTypes[${index}].type`,
        owner: `resourceTypes[${index}]`,
      })),
    ),
  ];
  if (problems.length > 0) throw invalid(problems);
  return {
    policies: parsed.flatMap((policy) => policy ?? []),
    ...(resourceTypes.length > 0 && { resourceTypes: checked.flatMap(({ type }) => type ?? []) }),
  };
}

const policySet = z.strictObject({
  policies: z.array(z.unknown()).max(MAX_POLICIES),
  resourceTypes: z.array(z.unknown()).max(MAX_RESOURCE_TYPES).optional(),
});

function partsOf(json: unknown): z.infer<typeof policySet> {
  const wrapped = Array.isArray(json) ? { policies: json } : json;
  const problems = schemaProblems(policySet, wrapped, '');
  if (problems.length > 0) throw invalid(problems);
  return policySet.parse(wrapped);
}

interface Named {
  readonly name: string | undefined;
  readonly path: string;
  readonly owner: string;
}

/** A rule is named by its id in answers and in the audit log, whatever it is about. */
function idsOf(policies: readonly (PolicyDocument | undefined)[], types: readonly (OutsideType | null)[]): Named[] {
  const named = (owner: string, name: string | undefined): Named => ({ name, path: `${owner}.id`, owner });
  return [
    ...policies.map((policy, index) => named(`policies[${index}]`, policy?.id)),
    ...types.flatMap((type, place) =>
      (type?.policies ?? []).map((rule, index) => named(`resourceTypes[${place}].policies[${index}]`, rule.id)),
    ),
  ];
}

function invalid(problems: readonly Problem[]): Invalid {
  const lines = problems.map(({ path, message }) => `${path || 'documents'}: ${message}`);
  const count = lines.length === 1 ? 'one problem' : `${lines.length} problems`;
  return new Invalid(`The policy set has ${count}:\n${lines.join('\n')}`, ['documents']);
}

const resourceTypes = z.array(z.enum(RESOURCE_TYPES)).min(1);

function checkPolicy(json: unknown, path: string): Problem[] {
  const problems = schemaProblems(policyDocument, json, path);
  const subjects = member(json, 'subjects');
  if (subjects !== undefined) problems.push(...checkCondition(subjects, `${path}.subjects`, SUBJECT_SCOPE));
  const env = member(json, 'env');
  if (env !== undefined) problems.push(...checkCondition(env, `${path}.env`, ENVIRONMENT_SCOPE));
  const where = member(member(json, 'resources'), 'where');
  const types = resourceTypes.safeParse(member(member(json, 'resources'), 'types'));
  // Without types nothing is known about attributes; the schema has already complained.
  if (where !== undefined && types.success) {
    const scope = resourceScope(types.data, RESOURCE_ATTRIBUTES);
    problems.push(...checkCondition(where, `${path}.resources.where`, scope));
  }
  return [...problems, ...checkCombination(json, path)];
}

function member(json: unknown, key: string): unknown {
  if (typeof json !== 'object' || json === null) return undefined;
  return new Map<string, unknown>(Object.entries(json)).get(key);
}

const combination = z.object({
  effect: z.enum(['allow', 'deny']),
  absolute: z.unknown().optional(),
  onMissing: z.unknown().optional(),
  advice: z.unknown().optional(),
  validity: z.unknown().optional(),
  actions: z.array(action),
  resources: z.object({ types: z.array(z.enum(RESOURCE_TYPES)) }),
});

/** Rules between the fields of one document. */
function checkCombination(json: unknown, path: string): Problem[] {
  const policy = combination.safeParse(json).data;
  if (!policy) return [];
  const problems = checkEffect(policy, path);
  const refuse = (field: string, message: string): void => void problems.push({ path: `${path}.${field}`, message });
  policy.actions.forEach((name, index) => {
    const needed = ACTION_TYPES[name];
    if (!policy.resources.types.includes(needed)) {
      refuse(`actions[${index}]`, `'${name}' is about the type ${needed}, which resources.types does not name`);
    }
  });
  policy.resources.types.forEach((type, index) => {
    if (!policy.actions.some((name) => ACTION_TYPES[name] === type)) {
      refuse(`resources.types[${index}]`, `no action of this rule is about the type ${type}`);
    }
  });
  return problems;
}

function duplicates(named: readonly Named[]): Problem[] {
  const first = new Map<string, string>();
  return named.flatMap(({ name, path, owner }) => {
    if (name === undefined) return [];
    const before = first.get(name);
    if (before === undefined) first.set(name, owner);
    const what = path.endsWith('.id') ? 'id' : 'type';
    return before === undefined ? [] : [{ path, message: `'${name}' is the ${what} of ${before} too` }];
  });
}
