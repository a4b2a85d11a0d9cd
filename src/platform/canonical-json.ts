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

/** Below these, a value is one text again. */
const LEVELS_IN_PIECES = 4;

/** The same hash of parsed JSON that is too large to be written as one text. */
export function canonicalHashInPieces(value: unknown): Buffer {
  const hash = createHash('sha256');
  const add = (part: unknown, levels: number): void => {
    if (levels === 0 || typeof part !== 'object' || part === null) {
      hash.update(canonicalJson(part));
    } else if (Array.isArray(part)) {
      part.forEach((item, at) => {
        hash.update(at === 0 ? '[' : ',');
        add(item, levels - 1);
      });
      hash.update(part.length === 0 ? '[]' : ']');
    } else {
      const entries = Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1));
      entries.forEach(([key, child], at) => {
        hash.update(`${at === 0 ? '{' : ','}${canonicalJson(key)}:`);
        add(child, levels - 1);
      });
      hash.update(entries.length === 0 ? '{}' : '}');
    }
  };
  add(value, LEVELS_IN_PIECES);
  return hash.digest();
}
