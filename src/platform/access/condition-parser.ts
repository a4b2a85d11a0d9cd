import { z } from 'zod';
import {
  intValue,
  pathValue,
  SUBJECT_ATTRIBUTES,
  textValue,
  type AttributeDefinition,
  type ResourceType,
} from './attributes.js';
import { OPERATORS, type Operator } from './condition.js';
import { networkValue } from './network.js';

/** Deeper conditions are refused: nobody can review them, and every reading walks them recursively. */
const MAX_DEPTH = 20;
const MAX_PARTS = 1000;

export interface Problem {
  /** As in the document: `policies[2].resources.where.all[0].operator`. */
  readonly path: string;
  readonly message: string;
}

export interface ConditionScope {
  /** Null when the name is unknown. */
  define(attribute: string): AttributeDefinition | null;
  /** What the names belong to, for messages. */
  readonly owner: string;
  /** Whether a value may be taken from the actor. */
  readonly mayUseSubject: boolean;
}

export const SUBJECT_SCOPE: ConditionScope = {
  define: (attribute) => SUBJECT_ATTRIBUTES.get(attribute) ?? null,
  owner: 'an actor',
  mayUseSubject: false,
};

/** A name must mean something on every type that the rule speaks of. */
export function resourceScope(
  types: readonly ResourceType[],
  attributes: Readonly<Record<ResourceType, ReadonlyMap<string, AttributeDefinition>>>,
): ConditionScope {
  return {
    define(attribute) {
      const definitions = types.map((type) => attributes[type].get(attribute));
      return definitions.every((definition) => definition !== undefined) ? (definitions[0] ?? null) : null;
    },
    owner: types.length > 1 ? `each of ${types.join(' and ')}` : `the type ${types.join()}`,
    mayUseSubject: true,
  };
}

/** Every problem of a condition, each with its path; none means that it is a `Condition`. */
export function checkCondition(json: unknown, path: string, scope: ConditionScope, depth = 1): Problem[] {
  if (depth > MAX_DEPTH) return [{ path, message: `is nested deeper than ${MAX_DEPTH} levels` }];
  if (!isRecord(json))
    return [{ path, message: 'must be a condition: { all }, { any }, { not } or an attribute test' }];
  for (const key of ['all', 'any', 'not'] as const) {
    if (Object.hasOwn(json, key)) return checkComposite(json, key, path, scope, depth);
  }
  return checkAtom(json, path, scope);
}

type Json = Record<string, unknown>;

function checkComposite(
  json: Json,
  key: 'all' | 'any' | 'not',
  path: string,
  scope: ConditionScope,
  depth: number,
): Problem[] {
  const strangers = unknownKeys(json, [key], path);
  const inner = json[key];
  if (key === 'not') return [...strangers, ...checkCondition(inner, `${path}.not`, scope, depth + 1)];
  const at = `${path}.${key}`;
  // An empty list would match everything or nothing, and is a mistake either way.
  if (!Array.isArray(inner) || inner.length === 0 || inner.length > MAX_PARTS) {
    return [...strangers, { path: at, message: `must be a list of 1 to ${MAX_PARTS} conditions` }];
  }
  const parts = inner.flatMap((part, index) => checkCondition(part, `${at}[${index}]`, scope, depth + 1));
  return [...strangers, ...parts];
}

function checkAtom(json: Json, path: string, scope: ConditionScope): Problem[] {
  const problems = unknownKeys(json, ['attribute', 'operator', 'value', 'subject'], path);
  const { attribute, operator } = json;
  const definition = typeof attribute === 'string' ? scope.define(attribute) : null;
  if (!definition) {
    problems.push({ path: `${path}.attribute`, message: `${quoted(attribute)} is no attribute of ${scope.owner}` });
  }
  if (!isOperator(operator)) {
    const message = `${quoted(operator)} is no operator; there are ${OPERATORS.join(', ')}`;
    return [...problems, { path: `${path}.operator`, message }];
  }
  const misuse = definition && operatorMisuse(operator, definition);
  if (misuse) problems.push({ path: `${path}.operator`, message: `${operator} ${misuse}` });
  if (!definition || misuse) return problems;
  return [...problems, ...checkOperand(json, operator, definition, path, scope)];
}

function checkOperand(
  json: Json,
  operator: Operator,
  definition: AttributeDefinition,
  path: string,
  scope: ConditionScope,
): Problem[] {
  const hasValue = Object.hasOwn(json, 'value');
  const hasSubject = Object.hasOwn(json, 'subject');
  if (takesNothing(operator)) {
    return [...(hasValue ? ['value'] : []), ...(hasSubject ? ['subject'] : [])].map((key) => ({
      path: `${path}.${key}`,
      message: `is not taken by ${operator}`,
    }));
  }
  if (hasValue === hasSubject) return [{ path, message: `${operator} needs either a value or a subject attribute` }];
  if (hasSubject) return checkSubject(json['subject'], operator, definition, `${path}.subject`, scope);
  return checkValue(json['value'], operator, definition, `${path}.value`);
}

function checkValue(value: unknown, operator: Operator, definition: AttributeDefinition, path: string): Problem[] {
  if (operator === 'under' && !Array.isArray(value)) return schemaProblems(pathValue, value, path);
  const item = itemSchema(definition);
  return schemaProblems(takesList(operator) ? z.array(item).max(MAX_PARTS) : item, value, path);
}

function checkSubject(
  name: unknown,
  operator: Operator,
  definition: AttributeDefinition,
  path: string,
  scope: ConditionScope,
): Problem[] {
  if (!scope.mayUseSubject) return [{ path, message: 'is not allowed here: compare with a value' }];
  const subject = typeof name === 'string' ? SUBJECT_ATTRIBUTES.get(name) : undefined;
  if (!subject) return [{ path, message: `${quoted(name)} is no attribute of an actor` }];
  if (!isComparable(definition, subject, operator)) {
    return [{ path, message: `${quoted(name)} is of type ${subject.type}, not ${definition.type}` }];
  }
  // `owners hasAny handle` is the way to say "his own", so the list operators take a single value too.
  const isList = subject.cardinality === 'many';
  if (isList && !takesList(operator))
    return [{ path, message: `${operator} needs one value, ${quoted(name)} has many` }];
  const needsList = operator === 'in' || operator === 'notIn';
  if (!isList && needsList) return [{ path, message: `${operator} needs many values, ${quoted(name)} has one` }];
  return [];
}

function isComparable(resource: AttributeDefinition, subject: AttributeDefinition, operator: Operator): boolean {
  if (operator === 'under') return subject.type === 'path';
  if (resource.type === 'ip' || resource.type === 'bool') return false;
  return (resource.type === 'int') === (subject.type === 'int');
}

function operatorMisuse(operator: Operator, definition: AttributeDefinition): string | null {
  const isForMany = ['hasAny', 'hasAll', 'hasNone', 'isEmpty'].includes(operator);
  if (isForMany && definition.cardinality === 'one') return 'is for attributes with many values';
  if (!isForMany && definition.cardinality === 'many') return 'is for attributes with one value';
  if (['lt', 'lte', 'gt', 'gte'].includes(operator) && definition.type !== 'int') return 'is for numbers only';
  if (operator === 'under' && definition.type !== 'path') return 'is for paths only';
  if (definition.type === 'bool' && !['eq', 'ne', 'has', 'missing'].includes(operator))
    return 'is not for true and false';
  return addressMisuse(operator, definition);
}

/** One address is written in many ways: text is never compared with it. */
function addressMisuse(operator: Operator, { type }: AttributeDefinition): string | null {
  if (type !== 'ip') return operator === 'inNetwork' ? 'is for addresses only' : null;
  return ['inNetwork', 'has', 'missing'].includes(operator) ? null : 'is not for addresses: use inNetwork';
}

function itemSchema(definition: AttributeDefinition): z.ZodType {
  if (definition.type === 'int') return intValue;
  if (definition.type === 'path') return pathValue;
  if (definition.type === 'ip') return networkValue;
  if (definition.type === 'bool') return z.boolean();
  return definition.values ? z.enum([...definition.values]) : textValue;
}

export function schemaProblems(schema: z.ZodType, value: unknown, path: string): Problem[] {
  const parsed = schema.safeParse(value);
  return parsed.success
    ? []
    : parsed.error.issues.map((issue) => ({ path: at(path, issue.path), message: issue.message }));
}

/** `policies` and [2, 'resources'] make `policies[2].resources`. */
function at(base: string, path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, key) => text + (typeof key === 'number' ? `[${key}]` : `${text && '.'}${String(key)}`),
    base,
  );
}

function takesNothing(operator: Operator): boolean {
  return operator === 'has' || operator === 'missing' || operator === 'isEmpty';
}

function takesList(operator: Operator): boolean {
  return ['in', 'notIn', 'hasAny', 'hasAll', 'hasNone', 'under', 'inNetwork'].includes(operator);
}

function unknownKeys(json: Json, known: readonly string[], path: string): Problem[] {
  const strangers = Object.keys(json).filter((key) => !known.includes(key));
  return strangers.map((key) => ({ path: `${path}.${key}`, message: 'is not known here' }));
}

function isOperator(value: unknown): value is Operator {
  return OPERATORS.some((operator) => operator === value);
}

function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function quoted(value: unknown): string {
  return typeof value === 'string' ? `'${value.slice(0, 80)}'` : typeof value;
}
