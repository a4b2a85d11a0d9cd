import { Invalid } from '../../core/errors.js';
import { canonicalHash } from '../../platform/canonical-json.js';

const NOT_OURS = 'page.token is not the next_token of a page of this search.';

/** A place in the results of one search, good for that search only (AuthZEN 1.0 section 8.2). */
export function pageToken(search: object, key: readonly string[] | null): string {
  return key === null ? '' : Buffer.from(JSON.stringify([fingerprint(search), ...key])).toString('base64url');
}

/** Null for the first page. @throws Invalid for a token of another search, or of nobody. */
export function placeOf(search: object, token: string | undefined, parts: number): readonly string[] | null {
  if (token === undefined || token === '') return null;
  const [print, ...key] = read(token);
  if (print !== fingerprint(search) || key.length !== parts) throw new Invalid(NOT_OURS, ['page', 'token']);
  return key;
}

function read(token: string): string[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
    return Array.isArray(parts) ? parts.map(String) : [];
  } catch {
    return [];
  }
}

function fingerprint(search: object): string {
  return canonicalHash(search).toString('base64url').slice(0, 16);
}
