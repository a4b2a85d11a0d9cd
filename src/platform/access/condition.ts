import type { ResourceValue } from './attributes.js';

export type Operator =
  'eq' | 'ne' | 'in' | 'notIn' | 'lt' | 'lte' | 'gt' | 'gte' | 'has' | 'missing' | 'hasAny' | 'hasAll' | 'hasNone' | 'isEmpty' | 'under';

export type Literal = string | number | readonly string[] | readonly number[];

export interface Atom {
  readonly attribute: string;
  readonly operator: Operator;
  /** Left out by has, missing and isEmpty. */
  readonly value?: Literal;
}

/**
 * Two-valued: every atom is true or false, also where a value is missing; `not` is the exact complement. So the readings
 * cannot part over NULL.
 */
export type Condition =
  | { readonly op: 'true' }
  | { readonly op: 'false' }
  | { readonly op: 'atom'; readonly atom: Atom }
  | { readonly op: 'all' | 'any'; readonly of: readonly Condition[] }
  | { readonly op: 'not'; readonly of: Condition };

export const TRUE: Condition = { op: 'true' };
export const FALSE: Condition = { op: 'false' };

export function all(conditions: readonly Condition[]): Condition {
  const kept = conditions.filter((c) => c.op !== 'true');
  if (kept.some((c) => c.op === 'false')) return FALSE;
  const [only] = kept;
  if (!only) return TRUE;
  return kept.length === 1 ? only : { op: 'all', of: kept };
}

export function any(conditions: readonly Condition[]): Condition {
  const kept = conditions.filter((c) => c.op !== 'false');
  if (kept.some((c) => c.op === 'true')) return TRUE;
  const [only] = kept;
  if (!only) return FALSE;
  return kept.length === 1 ? only : { op: 'any', of: kept };
}

export function not(condition: Condition): Condition {
  if (condition.op === 'true') return FALSE;
  if (condition.op === 'false') return TRUE;
  return condition.op === 'not' ? condition.of : { op: 'not', of: condition };
}

export function holds(condition: Condition, valueOf: (attribute: string) => ResourceValue): boolean {
  switch (condition.op) {
    case 'true':
      return true;
    case 'false':
      return false;
    case 'atom':
      return atomHolds(condition.atom, valueOf(condition.atom.attribute));
    case 'all':
      return condition.of.every((part) => holds(part, valueOf));
    case 'any':
      return condition.of.some((part) => holds(part, valueOf));
    case 'not':
      return !holds(condition.of, valueOf);
    default:
      throw condition satisfies never;
  }
}

export function atomHolds(atom: Atom, value: ResourceValue): boolean {
  if (isListOperator(atom.operator)) return listAtomHolds(atom, Array.isArray(value) ? value : []);
  if (atom.operator === 'missing') return value === null || value === undefined;
  if (value === null || value === undefined || Array.isArray(value)) return false;
  return atom.operator === 'has' || comparisonHolds(atom, value as string | number);
}

function isListOperator(operator: Operator): boolean {
  return ['hasAny', 'hasAll', 'hasNone', 'isEmpty'].includes(operator);
}

function listAtomHolds(atom: Atom, values: readonly unknown[]): boolean {
  const wanted = listOf(atom.value);
  switch (atom.operator) {
    case 'hasAny':
      return wanted.some((value) => values.includes(value));
    case 'hasAll':
      return wanted.every((value) => values.includes(value));
    case 'hasNone':
      return !wanted.some((value) => values.includes(value));
    default:
      return values.length === 0;
  }
}

function comparisonHolds(atom: Atom, value: string | number): boolean {
  switch (atom.operator) {
    case 'eq':
      return value === atom.value;
    case 'ne':
      return value !== atom.value;
    case 'in':
      return listOf(atom.value).includes(value);
    case 'notIn':
      return !listOf(atom.value).includes(value);
    case 'under':
      return listOf(atom.value).some((path) => value === path || String(value).startsWith(`${path}/`));
    default:
      return orderHolds(atom, Number(value));
  }
}

function orderHolds(atom: Atom, value: number): boolean {
  const bound = Number(atom.value);
  switch (atom.operator) {
    case 'lt':
      return value < bound;
    case 'lte':
      return value <= bound;
    case 'gt':
      return value > bound;
    default:
      return value >= bound;
  }
}

export function listOf(value: Literal | undefined): readonly (string | number)[] {
  if (value === undefined) return [];
  return typeof value === 'string' || typeof value === 'number' ? [value] : value;
}

/** Attributes a condition reads. */
export function attributesOf(condition: Condition): Set<string> {
  if (condition.op === 'atom') return new Set([condition.atom.attribute]);
  if (condition.op === 'not') return attributesOf(condition.of);
  if (condition.op === 'all' || condition.op === 'any') return new Set(condition.of.flatMap((c) => [...attributesOf(c)]));
  return new Set();
}
