import { z } from 'zod';
import { Invalid } from '../../core/errors.js';
import {
  RESOURCE_KINDS,
  ACTION_TYPES,
  ACTIONS,
  RESOURCE_ATTRIBUTES,
  RESOURCE_TYPES,
  storedSubjectAttributes,
  textValue,
  pathValue,
  intValue,
} from './attributes.js';
import { checkCondition, resourceScope, schemaProblems, SUBJECT_SCOPE, type Problem } from './condition-parser.js';
import type { Condition } from './condition.js';

export const BANDS = ['platform', 'domain', 'asset'] as const;
/** Who speaks: the highest band with a matching rule decides. */
export type Band = (typeof BANDS)[number];

const MAX_POLICIES = 10_000;

const action = z.enum(ACTIONS);
const policyId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, 'must be letters, digits, ".", "_" and "-"');
const instant = z.iso.datetime({ offset: true });
const texts = z.array(textValue).max(1000);

const described = { sensitivity: intValue.nullable(), tags: texts, terms: texts };
const assetProperties = z
  .strictObject({
    ...described,
    id: textValue,
    kind: z.enum(RESOURCE_KINDS),
    namespace: textValue,
    name: textValue,
    platform: textValue.nullable(),
    domain: pathValue.nullable(),
    lifecycle: textValue,
    owners: texts,
  })
  .partial();

const policyTest = z.strictObject({
  actor: z.strictObject({
    ...storedSubjectAttributes.shape,
    id: textValue.optional(),
    handle: textValue.optional(),
    kind: z.enum(['PERSON', 'SERVICE']).optional(),
    roles: texts.optional(),
    teams: texts.optional(),
  }),
  action,
  /** What is left out is null, empty, or for a name the empty text. */
  resource: z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('asset'), ...assetProperties.shape }),
    z.strictObject({
      type: z.literal('column'),
      path: textValue.optional(),
      ...z.object(described).partial().shape,
      asset: assetProperties.optional(),
    }),
    z.strictObject({ type: z.literal('system') }),
  ]),
  expect: z.enum(['ALLOW', 'DENY']),
  decidedBy: policyId.optional(),
});
export type PolicyTest = z.infer<typeof policyTest>;

const policyDocument = z.strictObject({
  id: policyId,
  title: textValue.min(1),
  why: textValue.min(1),
  effect: z.enum(['allow', 'deny']),
  band: z.enum(BANDS).default('domain'),
  /** A deny that no allow of any band overrides. */
  absolute: z.boolean().optional(),
  actions: z.array(action).min(1),
  /** Checked by `checkCondition`, which names the place of every problem. */
  subjects: z.custom<Condition>().optional(),
  resources: z.strictObject({
    types: z.array(z.enum(RESOURCE_TYPES)).min(1),
    where: z.custom<Condition>().optional(),
  }),
  /** From `from` on, until just before `to`. */
  validity: z.strictObject({ from: instant.optional(), to: instant.optional() }).optional(),
  /** What a deny does when an attribute it asks for is missing. */
  onMissing: z.enum(['deny', 'ignore']).optional(),
  tests: z.array(policyTest).max(200).optional(),
});
export type PolicyDocument = z.infer<typeof policyDocument>;

export interface PolicySet {
  readonly policies: readonly PolicyDocument[];
}

/**
 * `{ policies: [...] }`, or the list alone.
 * @throws Invalid listing every problem with its path in the documents.
 */
export function parsePolicySet(json: unknown): PolicySet {
  const policies = policiesOf(json);
  const parsed = policies.map((policy) => policyDocument.safeParse(policy));
  const problems = [
    ...policies.flatMap((policy, index) => checkPolicy(policy, `policies[${index}]`)),
    ...duplicates(parsed.map((policy) => policy.data?.id)),
  ];
  if (problems.length > 0) throw invalid(problems);
  return { policies: parsed.flatMap((policy) => policy.data ?? []) };
}

const policyList = z.array(z.unknown()).max(MAX_POLICIES);
const policySet = z.strictObject({ policies: policyList });

function policiesOf(json: unknown): readonly unknown[] {
  const wrapped = Array.isArray(json) ? { policies: json } : json;
  const problems = schemaProblems(policySet, wrapped, '');
  if (problems.length > 0) throw invalid(problems);
  return policySet.parse(wrapped).policies;
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
  actions: z.array(action),
  resources: z.object({ types: z.array(z.enum(RESOURCE_TYPES)) }),
  validity: z.object({ from: instant.optional(), to: instant.optional() }).optional(),
});

/** Rules between the fields of one document. */
function checkCombination(json: unknown, path: string): Problem[] {
  const policy = combination.safeParse(json).data;
  if (!policy) return [];
  const problems: Problem[] = [];
  const refuse = (field: string, message: string): void => void problems.push({ path: `${path}.${field}`, message });
  if (policy.effect === 'allow' && policy.absolute === true) refuse('absolute', 'is for deny rules only');
  if (policy.effect === 'allow' && policy.onMissing !== undefined) refuse('onMissing', 'is for deny rules only');
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
  const { from, to } = policy.validity ?? {};
  if (from && to && Date.parse(from) >= Date.parse(to)) refuse('validity.to', 'must be later than from');
  return problems;
}

function duplicates(ids: readonly (string | undefined)[]): Problem[] {
  const first = new Map<string, number>();
  return ids.flatMap((id, index) => {
    if (id === undefined) return [];
    const before = first.get(id);
    if (before === undefined) first.set(id, index);
    return before === undefined
      ? []
      : [{ path: `policies[${index}].id`, message: `'${id}' is the id of policies[${before}] too` }];
  });
}
