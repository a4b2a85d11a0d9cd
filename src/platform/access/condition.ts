import type { Value } from './attributes.js';
import { isInNetwork } from './network.js';

export const OPERATORS = [
  'eq',
  'ne',
  'in',
  'notIn',
  'lt',
  'lte',
  'gt',
  'gte',
  'has',
  'missing',
  'hasAny',
  'hasAll',
  'hasNone',
  'isEmpty',
  'under',
  'inNetwork',
] as const;
export type Operator = (typeof OPERATORS)[number];

/** One value to compare with. */
export type Single = string | number | boolean;
export type Literal = Single | readonly string[] | readonly number[] | readonly boolean[];

export interface LiteralAtom {
  readonly attribute: string;
  readonly operator: Operator;
  /** Absent for `has`, `missing` and `isEmpty`. */
  readonly value?: Literal;
}

/** Takes its value from the actor. */
export interface SubjectAtom {
  readonly attribute: string;
  readonly operator: Operator;
  readonly subject: string;
}

/** As a document writes it. */
export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  | LiteralAtom
  | SubjectAtom;

export type Composite =
  | { readonly all: readonly Residual[] }
  | { readonly any: readonly Residual[] }
  | { readonly not: Residual }
  | LiteralAtom;

/** What is left of a condition once the actor is known: constants and atoms over the resource. */
export type Residual = boolean | Composite;

/** Two-valued: every atom is TRUE or FALSE, and `not` is the exact complement. */
export function evaluate(condition: Residual, read: (attribute: string) => Value): boolean {
  if (typeof condition === 'boolean') return condition;
  if ('all' in condition) return condition.all.every((part) => evaluate(part, read));
  if ('any' in condition) return condition.any.some((part) => evaluate(part, read));
  if ('not' in condition) return !evaluate(condition.not, read);
  return holds(condition, read(condition.attribute));
}

/** What is left of a condition when only some attributes are known; `read` gives undefined for the others. */
export function assume(condition: Residual, read: (attribute: string) => Value | undefined): Residual {
  if (typeof condition === 'boolean') return condition;
  if ('all' in condition) return { all: condition.all.map((part) => assume(part, read)) };
  if ('any' in condition) return { any: condition.any.map((part) => assume(part, read)) };
  if ('not' in condition) return { not: assume(condition.not, read) };
  const actual = read(condition.attribute);
  return actual === undefined ? condition : holds(condition, actual);
}

/** Whether an atom holds for the value of its attribute. Only `missing` and `isEmpty` hold for null, and what asks for nothing. */
export function holds(atom: LiteralAtom, actual: Value): boolean {
  switch (atom.operator) {
    case 'has':
      return actual !== null;
    case 'missing':
      return actual === null;
    case 'hasAny':
      return listOf(atom.value).some((value) => elementsOf(actual).includes(value));
    case 'hasAll':
      return listOf(atom.value).every((value) => elementsOf(actual).includes(value));
    case 'hasNone':
      return !listOf(atom.value).some((value) => elementsOf(actual).includes(value));
    case 'isEmpty':
      return elementsOf(actual).length === 0;
    case 'inNetwork':
      return typeof actual === 'string' && isInNetwork(actual, listOf(atom.value));
    default:
      return actual !== null && !isList(actual) && compare(atom, actual);
  }
}

function compare({ operator, value }: LiteralAtom, actual: Single): boolean {
  switch (operator) {
    case 'eq':
      return actual === value;
    case 'ne':
      return actual !== value;
    case 'in':
      return listOf(value).includes(actual);
    case 'notIn':
      return !listOf(value).includes(actual);
    case 'under':
      return listOf(value).some((path) => actual === path || String(actual).startsWith(`${path}/`));
    default:
      return typeof actual === 'number' && typeof value === 'number' && inOrder(operator, actual, value);
  }
}

function inOrder(operator: Operator, actual: number, value: number): boolean {
  switch (operator) {
    case 'lt':
      return actual < value;
    case 'lte':
      return actual <= value;
    case 'gt':
      return actual > value;
    case 'gte':
      return actual >= value;
    default:
      return false;
  }
}

/** A literal as a list; a single one is a list of one. */
export function listOf(value: Literal | undefined): readonly Single[] {
  if (value === undefined) return [];
  return isList(value) ? value : [value];
}

function elementsOf(actual: Value): readonly Single[] {
  return isList(actual) ? actual : [];
}

function isList(value: unknown): value is readonly Single[] {
  return Array.isArray(value);
}

/** The same condition over attributes under other names. */
export function renameAttributes(condition: Residual, rename: (attribute: string) => string): Residual {
  if (typeof condition === 'boolean') return condition;
  if ('all' in condition) return { all: condition.all.map((part) => renameAttributes(part, rename)) };
  if ('any' in condition) return { any: condition.any.map((part) => renameAttributes(part, rename)) };
  if ('not' in condition) return { not: renameAttributes(condition.not, rename) };
  return { ...condition, attribute: rename(condition.attribute) };
}
