import { Invalid } from '../../core/errors.js';
import type { PageRequest } from '../../core/page.js';

/** The arguments `first` and `after` of a list. @throws {Invalid} unless `first` is 1–100. */
export function pageRequest(first: number | null | undefined, after: string | null | undefined): PageRequest {
  const size = first ?? 20;
  if (size < 1 || size > 100) throw new Invalid(`first is 1–100, not ${size}.`, ['first']);
  return { first: size, after: after ?? null };
}

/** The sort key of the last row of a page, in a form that nobody is tempted to write by hand. */
export function encodeCursor(key: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(key.map(String))).toString('base64url');
}

/** @throws {Invalid} when it is no cursor of a key with that many parts. */
export function decodeCursor(cursor: string, partCount: number): string[] {
  const key = parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  const parts = Array.isArray(key) ? key.filter((part) => typeof part === 'string') : [];
  if (!Array.isArray(key) || key.length !== partCount || parts.length !== partCount) {
    throw new Invalid('after is not the endCursor of a page of this list.', ['after']);
  }
  return parts;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
