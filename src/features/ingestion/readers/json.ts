import { canonicalHash } from '../../../platform/canonical-json.js';
import { isObject } from '../../../core/json.js';

export { at, isObject, listAt, numberAt, objectAt, textAt, type JsonObject } from '../../../core/json.js';

/** SHA-256 of the canonical JSON (RFC 8785), hexadecimal. */
export function hashOf(value: unknown): string {
  return canonicalHash(value).toString('hex');
}

/** Postgres keeps no NUL and no half of a surrogate pair: both become U+FFFD. */
export function storable<T>(value: T): T {
  // Nearly everything can be kept as it is: looking costs less than a copy.
  return isStorable(value) ? value : replaced(value);
}

function replaced<T>(value: T): T {
  if (typeof value === 'string') return storableText(value) as T;
  if (Array.isArray(value)) return value.map(replaced) as T;
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [storableText(key), replaced(child)])) as T;
}

const NUL_OR_SURROGATE = /[\0\uD800-\uDFFF]/;

function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return !NUL_OR_SURROGATE.test(value);
  if (Array.isArray(value)) return value.every(isStorable);
  return (
    !isObject(value) || Object.entries(value).every(([key, child]) => !NUL_OR_SURROGATE.test(key) && isStorable(child))
  );
}

export function storableText(text: string): string {
  if (!NUL_OR_SURROGATE.test(text)) return text;
  return text
    .replaceAll('\0', '\uFFFD')
    .replaceAll(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '\uFFFD');
}

export function uniqueSorted(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}
