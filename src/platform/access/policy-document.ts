import { z } from 'zod';
import { Invalid } from '../../core/errors.js';
import { RESOURCE_ATTRIBUTES, SUBJECT_ATTRIBUTES, type AttributeDefinition, type ResourceType } from './attributes.js';

export const ACTIONS = {
  asset: ['discover', 'edit'],
  column: ['read_column'],
  system: ['ingest', 'manage_policies', 'manage_accounts', 'read_audit', 'explain', 'operate'],
} as const satisfies Record<ResourceType, readonly string[]>;
export type Action = (typeof ACTIONS)[ResourceType][number];

export const BANDS = ['asset', 'domain', 'platform'] as const;
export type Band = (typeof BANDS)[number];

const OPERATORS = {
  has: 'nothing',
  missing: 'nothing',
  isEmpty: 'nothing',
  eq: 'one',
  ne: 'one',
  lt: 'number',
  lte: 'number',
  gt: 'number',
  gte: 'number',
  in: 'list',
  notIn: 'list',
  hasAny: 'list',
  hasAll: 'list',
  hasNone: 'list',
  under: 'path',
} as const;

const MANY_OPERATORS = new Set(['hasAny', 'hasAll', 'hasNone', 'isEmpty']);
const MAX_DEPTH = 12;

export type ConditionDocument =
  | { readonly all: readonly ConditionDocument[] }
  | { readonly any: readonly ConditionDocument[] }
  | { readonly not: ConditionDocument }
  | AtomDocument;

export interface AtomDocument {
  readonly attribute: string;
  readonly operator: keyof typeof OPERATORS;
  readonly value?: string | number | readonly string[] | readonly number[] | undefined;
  /** The value is this attribute of the actor. */
  readonly subject?: string | undefined;
}

const text = z.string().min(1).max(500);
const scalar = z.union([text, z.number().int()]);
const atom = z.strictObject({
  attribute: text,
  operator: z.enum(Object.keys(OPERATORS) as [keyof typeof OPERATORS]),
  value: z.union([scalar, z.array(text), z.array(z.number().int())]).optional(),
  subject: text.optional(),
});
// A union would report every branch that failed; the shape is told apart by its key, so the message is about one.
const condition: z.ZodType<ConditionDocument> = z.lazy(() =>
  z.unknown().transform((value, context) => {
    const branch = branchOf(value).safeParse(value);
    if (branch.success) return branch.data as ConditionDocument;
    for (const issue of branch.error.issues) context.addIssue({ code: 'custom', message: issue.message, path: issue.path });
    return z.NEVER;
  }),
) as z.ZodType<ConditionDocument>;

function branchOf(value: unknown): z.ZodType {
  const keys = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  if (keys.includes('all')) return z.strictObject({ all: z.array(condition).min(1).max(1000) });
  if (keys.includes('any')) return z.strictObject({ any: z.array(condition).min(1).max(1000) });
  if (keys.includes('not')) return z.strictObject({ not: condition });
  return atom;
}

const testDocument = z.strictObject({
  name: text.optional(),
  actor: z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string())])),
  action: text,
  resource: z.looseObject({ type: z.enum(['asset', 'column', 'system']) }),
  expect: z.enum(['ALLOW', 'DENY']),
  decidedBy: text.nullish(),
});

const policyDocument = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,99}$/, 'must be lower case letters, digits and dashes'),
  title: text,
  why: text,
  effect: z.enum(['allow', 'deny']),
  band: z.enum(BANDS).default('domain'),
  absolute: z.boolean().default(false),
  actions: z.array(z.enum(Object.values(ACTIONS).flat() as [Action])).min(1),
  subjects: condition.optional(),
  resources: z.strictObject({
    types: z.array(z.enum(['asset', 'column', 'system'])).min(1),
    where: condition.optional(),
  }),
  validity: z.strictObject({ from: z.iso.datetime().optional(), to: z.iso.datetime().optional() }).optional(),
  onMissing: z.enum(['deny', 'ignore']).default('deny'),
  tests: z.array(testDocument).default([]),
});

export type PolicyDocument = z.infer<typeof policyDocument>;
export type PolicyTest = z.infer<typeof testDocument>;
export type PolicySetDocuments = readonly PolicyDocument[];

/** @throws Invalid that lists every problem with its path in the documents. */
export function parsePolicySet(json: unknown): PolicySetDocuments {
  const problems: string[] = [];
  refuseDepth(json, 'policies', 0);
  const parsed = z.array(policyDocument).max(10_000).safeParse(json);
  if (!parsed.success) {
    throw new Invalid(parsed.error.issues.map((issue) => `${pathText(issue.path)}: ${issue.message}`).join('; '), ['documents']);
  }
  const ids = new Set<string>();
  parsed.data.forEach((policy, index) => {
    const path = `policies[${index}]`;
    if (ids.has(policy.id)) problems.push(`${path}.id: '${policy.id}' is there twice`);
    ids.add(policy.id);
    problems.push(...checkPolicy(policy, path));
  });
  if (problems.length > 0) throw new Invalid(problems.join('; '), ['documents']);
  return parsed.data;
}

function checkPolicy(policy: PolicyDocument, path: string): string[] {
  const problems: string[] = [];
  if (policy.absolute && policy.effect !== 'deny') problems.push(`${path}.absolute: only a deny can be absolute`);
  if (policy.subjects) problems.push(...checkCondition(policy.subjects, SUBJECT_ATTRIBUTES, `${path}.subjects`, false));
  for (const type of policy.resources.types) {
    if (policy.resources.where) {
      problems.push(...checkCondition(policy.resources.where, RESOURCE_ATTRIBUTES[type], `${path}.resources.where`, true));
    }
    if (!policy.actions.some((action) => (ACTIONS[type] as readonly string[]).includes(action))) {
      problems.push(`${path}.actions: none of them applies to '${type}'`);
    }
  }
  return [...new Set(problems)];
}

function checkCondition(
  document: ConditionDocument,
  attributes: ReadonlyMap<string, AttributeDefinition>,
  path: string,
  maySubject: boolean,
): string[] {
  if ('all' in document) return document.all.flatMap((c, i) => checkCondition(c, attributes, `${path}.all[${i}]`, maySubject));
  if ('any' in document) return document.any.flatMap((c, i) => checkCondition(c, attributes, `${path}.any[${i}]`, maySubject));
  if ('not' in document) return checkCondition(document.not, attributes, `${path}.not`, maySubject);
  const definition = attributes.get(document.attribute);
  if (!definition) return [`${path}.attribute: '${document.attribute}' is unknown; known are ${[...attributes.keys()].join(', ')}`];
  if (document.subject !== undefined) return checkReference(document, definition, path, maySubject);
  return checkValue(document, definition, path);
}

function checkReference(document: AtomDocument, definition: AttributeDefinition, path: string, maySubject: boolean): string[] {
  if (!maySubject) return [`${path}.subject: a condition on the actor compares with a value, not with the actor`];
  if (document.value !== undefined) return [`${path}: has both value and subject; keep one`];
  const subject = SUBJECT_ATTRIBUTES.get(document.subject ?? '');
  if (!subject) return [`${path}.subject: '${document.subject}' is unknown; known are ${[...SUBJECT_ATTRIBUTES.keys()].join(', ')}`];
  const takes = OPERATORS[document.operator];
  if (takes === 'nothing') return [`${path}.subject: '${document.operator}' takes no value`];
  const isListNeeded = takes === 'list' || takes === 'path';
  if (!isListNeeded && subject.cardinality === 'many') return [`${path}.subject: '${document.operator}' takes one value, '${document.subject}' is a list`];
  if ((subject.type === 'int') !== (definition.type === 'int')) return [`${path}.subject: '${document.subject}' and '${document.attribute}' are of different types`];
  return checkShape(document, definition, path);
}

function checkShape(document: AtomDocument, definition: AttributeDefinition, path: string): string[] {
  const { operator } = document;
  if (MANY_OPERATORS.has(operator) !== (definition.cardinality === 'many')) {
    const kind = definition.cardinality === 'many' ? 'is a list: use hasAny, hasAll, hasNone or isEmpty' : 'is one value';
    return [`${path}.operator: '${operator}' does not fit, '${document.attribute}' ${kind}`];
  }
  if (OPERATORS[operator] === 'number' && definition.type !== 'int') return [`${path}.operator: '${operator}' orders numbers only`];
  if (operator === 'under' && definition.type !== 'path') return [`${path}.operator: 'under' is for paths only`];
  return [];
}

function checkValue(document: AtomDocument, definition: AttributeDefinition, path: string): string[] {
  const shape = checkShape(document, definition, path);
  if (shape.length > 0) return shape;
  const takes = OPERATORS[document.operator];
  const { value } = document;
  if (takes === 'nothing') return value === undefined ? [] : [`${path}.value: '${document.operator}' takes no value`];
  if (value === undefined) return [`${path}.value: is missing`];
  if (takes === 'list' && !Array.isArray(value)) return [`${path}.value: must be a list`];
  if ((takes === 'one' || takes === 'number') && Array.isArray(value)) return [`${path}.value: must be one value`];
  const expected = definition.type === 'int' ? 'number' : 'string';
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.every((each) => typeof each === expected) ? [] : [`${path}.value: must be of type ${expected}`];
}

function refuseDepth(value: unknown, path: string, depth: number): void {
  if (depth > MAX_DEPTH * 2) throw new Invalid(`${path}: nests deeper than ${MAX_DEPTH} conditions`, ['documents']);
  if (typeof value !== 'object' || value === null) return;
  for (const [key, child] of Object.entries(value)) refuseDepth(child, `${path}.${key}`, depth + 1);
}

function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((all, part) => (typeof part === 'number' ? `${all}[${part}]` : `${all}.${String(part)}`), 'policies');
}
