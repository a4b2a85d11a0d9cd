import { z } from 'zod';
import { RESOURCE_TYPES, type AttributeDefinition } from './attributes.js';
import {
  checkCondition,
  schemaProblems,
  SUBJECT_SCOPE,
  type ConditionScope,
  type Problem,
} from './condition-parser.js';
import type { Condition } from './condition.js';
import { ENVIRONMENT_SCOPE } from './environment.js';
import { expectation, ruleFields, testActor, type Rule } from './rule.js';

/** As other systems name their types and actions (AuthZEN 1.0 gives no grammar); no white space, nothing that prints wrong. */
const name = z.string().regex(/^[A-Za-z][\w.:/-]{0,99}$/, 'must be a name such as record or can_read');
const attributeName = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_]{0,99}$/, 'must be a name such as ownerID')
  .refine((given) => given !== 'id', 'is what every resource has');

/** Every attribute may be missing: what another system sends is not ours to promise. */
const attribute = z
  .strictObject({
    type: z.enum(['string', 'int', 'path', 'bool']),
    many: z.boolean().optional(),
  })
  .refine(({ type, many }) => type !== 'bool' || many !== true, 'one thing is either true or false: leave out many');

const outsideRule = z.strictObject({
  ...ruleFields,
  actions: z.array(name).min(1),
  where: z.custom<Condition>().optional(),
  tests: z
    .array(
      z.strictObject({
        actor: testActor,
        action: name,
        /** Attributes of the action. */
        actionProperties: z.record(z.string(), z.unknown()).optional(),
        /** `id` and attributes. */
        resource: z.record(z.string(), z.unknown()),
        ...expectation,
      }),
    )
    .max(200)
    .optional(),
});
export type OutsideRule = z.infer<typeof outsideRule>;

const resourceType = z.strictObject({
  type: name.refine((given) => !RESOURCE_TYPES.some((own) => own === given), 'is a type of the catalog itself'),
  actions: z.array(name).min(1).max(100),
  attributes: z.record(attributeName, attribute).default({}),
  /** What is said of the action itself, such as whether a deletion can be undone; conditions call it `action.soft`. */
  actionAttributes: z.record(attributeName, attribute).default({}),
  policies: z.array(outsideRule).max(10_000),
});

/** What an enforcement point outside asks about: its own kind of thing, with attributes, actions and rules. */
export type OutsideType = z.infer<typeof resourceType>;

/** Every problem of one resource type, each with its path; with the type when it can be read. */
export function checkResourceType(json: unknown, path: string): { problems: Problem[]; type: OutsideType | null } {
  const problems = schemaProblems(resourceType, json, path);
  const type = resourceType.safeParse(json).data ?? null;
  if (type) problems.push(...type.policies.flatMap((rule, at) => checkRule(rule, type, `${path}.policies[${at}]`)));
  return { problems, type };
}

export const ACTION_PREFIX = 'action.';

/** What a condition may name on a resource of the type, and on what is to be done to it. */
export function attributesOf(type: OutsideType): ReadonlyMap<string, AttributeDefinition> {
  return new Map([
    ['id', { type: 'string', cardinality: 'one', isNullable: false }],
    ...Object.entries(type.attributes).map(([name, given]) => [name, definitionOf(given)] as const),
    ...Object.entries(type.actionAttributes).map(
      ([name, given]) => [ACTION_PREFIX + name, definitionOf(given)] as const,
    ),
  ]);
}

function definitionOf({ type, many = false }: z.infer<typeof attribute>): AttributeDefinition {
  return { type, cardinality: many ? 'many' : 'one', isNullable: !many };
}

/** As the compiler takes it. */
export function asRule({ where, ...rule }: OutsideRule): Rule {
  return { ...rule, resources: { where } };
}

function checkRule(rule: OutsideRule, type: OutsideType, path: string): Problem[] {
  const definitions = attributesOf(type);
  const scope: ConditionScope = {
    define: (attributeNamed) => definitions.get(attributeNamed) ?? null,
    owner: `the type ${type.type}`,
    mayUseSubject: true,
  };
  const strangers = rule.actions
    .map((action, at): Problem => ({
      path: `${path}.actions[${at}]`,
      message: `'${action}' is no action of ${type.type}`,
    }))
    .filter((_, at) => !type.actions.includes(rule.actions[at] ?? ''));
  return [
    ...(rule.subjects === undefined ? [] : checkCondition(rule.subjects, `${path}.subjects`, SUBJECT_SCOPE)),
    ...(rule.env === undefined ? [] : checkCondition(rule.env, `${path}.env`, ENVIRONMENT_SCOPE)),
    ...(rule.where === undefined ? [] : checkCondition(rule.where, `${path}.where`, scope)),
    ...strangers,
    ...checkEffect(rule, path),
  ];
}

/** Rules between the fields of one rule, whatever it is about. */
export function checkEffect(
  rule: { readonly effect: 'allow' | 'deny' } & Readonly<
    Partial<Record<'absolute' | 'onMissing' | 'advice' | 'validity', unknown>>
  >,
  path: string,
): Problem[] {
  const problems: Problem[] = [];
  const refuse = (field: string, message: string): void => void problems.push({ path: `${path}.${field}`, message });
  if (rule.effect === 'allow' && rule.absolute === true) refuse('absolute', 'is for deny rules only');
  if (rule.effect === 'allow' && rule.onMissing !== undefined) refuse('onMissing', 'is for deny rules only');
  if (rule.effect === 'deny' && rule.advice !== undefined) refuse('advice', 'is for allow rules only');
  const { from, to } = instants.safeParse(rule.validity).data ?? {};
  if (from && to && Date.parse(from) >= Date.parse(to)) refuse('validity.to', 'must be later than from');
  return problems;
}

const instants = z.object({ from: z.string().optional(), to: z.string().optional() });
