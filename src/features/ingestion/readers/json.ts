import { canonicalHash } from '../../../platform/canonical-json.js';
import { isObject } from '../../../core/json.js';

export { at, isObject, listAt, numberAt, objectAt, textAt, type JsonObject } from '../../../core/json.js';

/** SHA-256 of the canonical JSON (RFC 8785), hexadecimal. */
export function hashOf(value: unknown): string {
  return canonicalHash(value).toString('hex');
}

/** Postgres keeps no NUL and no half of a surrogate pair: both become U+FFFD. */
export function storable<T>(value: T): T {
  if (typeof value === 'string') return storableText(value) as T;
  if (Array.isArray(value)) return value.map(storable) as T;
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [storableText(key), storable(child)])) as T;
}

export function storableText(text: string): string {
  return text
    .replaceAll('\0', '\uFFFD')
    .replaceAll(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '\uFFFD');
}

export function uniqueSorted(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}
