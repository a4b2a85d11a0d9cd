import { Invalid } from '../../core/errors.js';
import { parseSubjectAttributes } from '../../platform/access/attributes.js';
import type { AttributeValue } from '../../core/actor.js';

export interface AccountRow {
  readonly id: string;
  readonly kind: 'PERSON' | 'SERVICE';
  readonly handle: string;
  readonly name: string;
  readonly email: string | null;
  readonly roles: readonly string[];
  readonly teams: readonly string[];
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  /** As stored; see `parseGrants`. */
  readonly grants: unknown;
  readonly disabledAt: Date | null;
}

export interface TokenRow {
  readonly id: string;
  readonly accountId: string;
  readonly name: string;
  readonly prefix: string;
  readonly ingestNamespaces: readonly string[] | null;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
  readonly lastUsedAt: Date | null;
}

export interface AccountInput {
  readonly kind: 'PERSON' | 'SERVICE';
  readonly handle: string;
  readonly name: string;
  readonly email?: string | null | undefined;
  readonly roles?: readonly string[] | null | undefined;
  readonly teams?: readonly string[] | null | undefined;
  readonly attributes?: unknown;
}

export interface CheckedAccount {
  readonly kind: 'PERSON' | 'SERVICE';
  readonly handle: string;
  readonly name: string;
  readonly email: string | null;
  readonly roles: readonly string[];
  readonly teams: readonly string[];
  readonly attributes: Readonly<Record<string, AttributeValue>>;
}

const HANDLE = /^[a-z0-9][a-z0-9.-]{0,62}$/;

/** @throws Invalid that names the field. */
export function checkAccount(input: AccountInput): CheckedAccount {
  return {
    kind: input.kind,
    handle: checkHandle(input.handle, 'handle'),
    name: checkName(input.name),
    email: input.email ?? null,
    roles: unique(input.roles ?? []),
    teams: unique(input.teams ?? []).map((team) => checkHandle(team, 'teams')),
    attributes: parseSubjectAttributes(input.attributes ?? {}),
  };
}

export function checkHandle(handle: string, field: string): string {
  if (HANDLE.test(handle)) return handle;
  throw new Invalid(`'${handle.slice(0, 100)}' is no handle. Use lower case letters, digits, dots and dashes.`, [
    field,
  ]);
}

export function checkName(name: string): string {
  if (name.trim() !== '' && name.length <= 200) return name.trim();
  throw new Invalid('The name must have 1 to 200 characters.', ['name']);
}

/** Days from now; 90 when nothing is said. @throws Invalid */
export function expiryOf(days: number | null | undefined, now: Date): Date {
  const length = days ?? 90;
  if (length < 1 || length > 366) throw new Invalid(`A token lives 1 to 366 days, not ${length}.`, ['expiresInDays']);
  return new Date(now.getTime() + length * 86_400_000);
}

export function unique(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}
