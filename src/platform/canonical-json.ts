import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

// The package is CommonJS and its types claim an ESM default; this is the one place that knows.
const serialize = canonicalize as unknown as (value: unknown) => string | undefined;

/** RFC 8785. @throws on what JSON cannot carry, such as Infinity. */
export function canonicalJson(value: unknown): string {
  return serialize(value) ?? 'null';
}

/** SHA-256 of the canonical JSON: equal only for equal values. */
export function canonicalHash(value: unknown): Buffer {
  return createHash('sha256').update(canonicalJson(value)).digest();
}
