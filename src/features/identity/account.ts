import { Invalid } from '../../core/errors.js';
import { parseSubjectAttributes } from '../../platform/access/attributes.js';
import { parseGrants } from '../../platform/access/grants.js';
import { TOKEN_SCOPES } from '../../platform/access/scopes.js';
import type { Actor, AttributeValue } from '../../core/actor.js';

export interface AccountRow {
  readonly id: string;
  readonly kind: 'PERSON' | 'SERVICE';
  readonly handle: string;
  readonly name: string;
  readonly email: string | null;
  readonly roles: readonly string[];
  readonly teams: readonly string[];
  /** What other systems call it; unique among all accounts. */
  readonly externalIds: readonly string[];
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  /** As stored; see `parseGrants`. */
  readonly grants: unknown;
  readonly disabledAt: Date | null;
}

export interface TokenRow {
  readonly id: string;
  /** A session lives in the cookie of a browser. */
  readonly kind: 'TOKEN' | 'SESSION';
  /** What it may do at most; null: everything its account may. */
  readonly scopes: readonly string[] | null;
  readonly accountId: string;
  readonly name: string;
  readonly prefix: string;
  readonly ingestNamespaces: readonly string[] | null;
  /** Whether attributes that it sends with a question count (AuthZEN). */
  readonly trustsAttributes: boolean;
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
  readonly externalIds?: readonly string[] | null | undefined;
  readonly attributes?: unknown;
}

export interface CheckedAccount {
  readonly kind: 'PERSON' | 'SERVICE';
  readonly handle: string;
  readonly name: string;
  readonly email: string | null;
  readonly roles: readonly string[];
  readonly teams: readonly string[];
  readonly externalIds: readonly string[];
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
    externalIds: unique(input.externalIds ?? []).map(checkExternalId),
    attributes: parseSubjectAttributes(input.attributes ?? {}),
  };
}

export function isHandle(text: string): boolean {
  return HANDLE.test(text);
}

export function checkHandle(handle: string, field: string): string {
  if (isHandle(handle)) return handle;
  throw new Invalid(`'${handle.slice(0, 100)}' is no handle. Use lower case letters, digits, dots and dashes.`, [
    field,
  ]);
}

function checkExternalId(id: string): string {
  if (id.trim() !== '' && id.length <= 500) return id;
  throw new Invalid('What another system calls an account has 1 to 500 characters.', ['externalIds']);
}

/** The account as policies see it, whoever asks about it. */
export function actorOfAccount(account: AccountRow, policyVersion: number): Actor {
  const { id, kind, handle, name, email, roles, teams, attributes } = account;
  return {
    id,
    kind,
    handle,
    name,
    roles,
    teamIds: teams,
    attributes: email === null ? attributes : { ...attributes, email },
    grants: parseGrants(account.grants),
    policyVersion,
    token: null,
  };
}

export function checkName(name: string): string {
  if (name.trim() !== '' && name.length <= 200) return name.trim();
  throw new Invalid('The name must have 1 to 200 characters.', ['name']);
}

/** @throws Invalid for an empty list or an unknown word. */
export function checkScopes(scopes: readonly string[] | null | undefined): readonly string[] | null {
  if (scopes === null || scopes === undefined) return null;
  const unknown = scopes.find((scope) => !TOKEN_SCOPES.includes(scope));
  if (unknown !== undefined)
    throw new Invalid(`'${unknown.slice(0, 50)}' is no scope; there are ${TOKEN_SCOPES.join(', ')}.`, ['scopes']);
  if (scopes.length === 0)
    throw new Invalid('A token without any scope is for nothing. Leave them out for all.', ['scopes']);
  return unique(scopes);
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
