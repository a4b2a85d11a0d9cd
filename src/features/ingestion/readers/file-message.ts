import { z } from 'zod';
import { Invalid } from '../../../core/errors.js';
import { platformOf } from './openlineage/facets.js';
import { at as valueAt, hashOf, isObject } from './json.js';
import type { AssetRef, SyncStatement } from './statement.js';

/** What every message says that has no time of its own: when it was received, and whether its removals are guarded. */
export const fileMessage = z.object({
  at: z.iso.datetime({ offset: true, error: 'is no RFC 3339 time such as 2026-01-31T12:00:00Z' }),
  removals: z.enum(['GUARD', 'APPLY'], { error: 'is none of GUARD and APPLY' }).default('GUARD'),
});

/** A name that people read and that becomes part of a source's key. */
export const sourceName = z
  .string({ error: 'is no text' })
  .trim()
  .min(1, 'is empty; give a name for the source')
  .max(200, 'is longer than 200 characters; give a shorter name');

/** As it was received, with the time of receipt when the sender gave none. */
export function stamped(body: unknown, now: Date): unknown {
  return isObject(body) && body['at'] === undefined ? { ...body, at: now.toISOString() } : body;
}

/** @throws Invalid with the path, the value and what is wrong, for up to five places. */
export function parseMessage<Schema extends z.ZodType>(
  schema: Schema,
  payload: unknown,
  what: string,
): z.infer<Schema> {
  const parsed = schema.safeParse(payload);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.flatMap(leaves);
  const said = issues.slice(0, 5).map(({ path, message }) => placeText(payload, path, message));
  const more = issues.length > said.length ? ` And ${issues.length - said.length} more.` : '';
  throw new Invalid(
    `${what} cannot be read: ${said.join(' ')}${more}`,
    issues[0]?.path.map(String).filter((part) => part !== ''),
  );
}

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** Of a union, what is wrong with the alternative that came furthest. */
function leaves(issue: z.core.$ZodIssue): Issue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const nested = issue.errors.map((errors) =>
    errors.flatMap(leaves).map((leaf) => ({ ...leaf, path: [...issue.path, ...leaf.path] })),
  );
  const depth = (errors: Issue[]): number => Math.max(0, ...errors.map(({ path }) => path.length));
  return nested.toSorted((a, b) => depth(b) - depth(a))[0] ?? [issue];
}

function placeText(payload: unknown, path: readonly PropertyKey[], message: string): string {
  const place = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  const value = valueIn(payload, path);
  const shown = value === undefined ? 'is missing' : `${JSON.stringify(value).slice(0, 80)} ${message}`;
  return `'${place.replace(/^\./, '')}' ${value === undefined ? `${shown} (${message})` : shown}.`;
}

function valueIn(payload: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, part) => (Array.isArray(value) ? value[Number(part)] : valueAt(value, String(part))),
    payload,
  );
}

/** The store that a namespace is of; null for what is no store: addresses of the web, contracts, catalogs. */
export function storeOf(namespace: string): string | null {
  const platform = platformOf(namespace);
  return platform !== null && ['http', 'https', 'contract', 'dcat'].includes(platform) ? null : platform;
}

/** A file lists all that its source has: what it had before and has no longer can go. */
export function syncOf(
  payload: { readonly at: string; readonly removals: 'GUARD' | 'APPLY' },
  seen: readonly AssetRef[],
  isComplete = true,
): SyncStatement {
  return {
    id: hashOf(payload),
    at: new Date(payload.at),
    scope: { include: [], exclude: [] },
    isComplete,
    removals: payload.removals,
    seen,
  };
}
