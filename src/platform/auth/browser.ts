import type { Request } from 'express';

/** The value of a cookie (RFC 6265); null without one. */
export function cookieOf(request: Request, name: string): string | null {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
  const pair = pairs.find((text) => text.startsWith(`${name}=`));
  return pair?.slice(name.length + 1) || null;
}

/**
 * Whether a page of this service itself asks. What browsers say of it themselves (Fetch Metadata) comes first; who says
 * nothing at all is no browser, and has no business with a cookie.
 */
export function isSameOrigin({ headers }: Request): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const { origin, host } = headers;
  return origin !== undefined && URL.canParse(origin) && new URL(origin).host === host;
}
