import { Injectable } from '@nestjs/common';
import { SYSTEM_ACTOR, type Actor } from '../../core/actor.js';
import { Conflict, NotFound } from '../../core/errors.js';
import type { Page, PageRequest } from '../../core/page.js';
import { Access } from '../../platform/access/access.js';
import { newToken, tokenOf } from '../../platform/auth/tokens.js';
import { demoSecret } from './demo-secret.js';
import { Database } from '../../platform/database/database.js';
import { Events } from '../../platform/events/events.js';
import { decodeCursor, encodeCursor } from '../../platform/graphql/page-arguments.js';
import {
  checkAccount,
  checkName,
  checkScopes,
  expiryOf,
  type AccountInput,
  type AccountRow,
  type TokenRow,
} from './account.js';
import { IdentityRepository } from './identity.repository.js';

export interface AccountChange {
  readonly name?: string | null | undefined;
  readonly email?: string | null | undefined;
  readonly roles?: readonly string[] | null | undefined;
  readonly teams?: readonly string[] | null | undefined;
  readonly externalIds?: readonly string[] | null | undefined;
  readonly attributes?: unknown;
  readonly disabled?: boolean | null | undefined;
}

export interface TokenInput {
  readonly account?: string | null | undefined;
  readonly name: string;
  readonly expiresInDays?: number | null | undefined;
  readonly ingestNamespaces?: readonly string[] | null | undefined;
  readonly scopes?: readonly string[] | null | undefined;
  readonly trustsAttributes?: boolean | null | undefined;
}

const SYSTEM = { type: 'system' } as const;
const ADMIN_DAYS = 7;

@Injectable()
export class IdentityService {
  constructor(
    private readonly database: Database,
    private readonly accounts: IdentityRepository,
    private readonly access: Access,
    private readonly events: Events,
  ) {}

  async me(actor: Actor): Promise<AccountRow> {
    return this.accounts.getByHandle(actor.handle);
  }

  /** Without policy: for use cases that have decided themselves. */
  async get(handle: string): Promise<AccountRow> {
    return this.accounts.getByHandle(handle);
  }

  /** Without policy: by handle, id or what another system calls them; those that there are. */
  async listCalled(names: readonly string[]): Promise<Map<string, AccountRow>> {
    const rows = await this.accounts.listCalled([...new Set(names)]);
    return new Map(rows.map(({ called, ...account }) => [called, account]));
  }

  /** Without policy: all accounts in handle order, after a handle. */
  async listAll(first: number, afterHandle: string | null): Promise<AccountRow[]> {
    return (await this.accounts.list(first, afterHandle)).slice(0, first);
  }

  async list(actor: Actor, page: PageRequest): Promise<Page<AccountRow>> {
    await this.requireManager(actor);
    const after = page.after === null ? null : (decodeCursor(page.after, 1)[0] ?? null);
    const rows = await this.accounts.list(page.first, after);
    const nodes = rows.slice(0, page.first);
    const last = nodes.at(-1);
    return { nodes, hasNextPage: rows.length > page.first, endCursor: last ? encodeCursor([last.handle]) : null };
  }

  async create(actor: Actor, input: AccountInput): Promise<AccountRow> {
    return this.database.transaction(async () => {
      await this.requireManager(actor);
      const account = checkAccount(input);
      await this.accounts.insert(account);
      const stored = await this.accounts.getByHandle(account.handle);
      this.events.record(actor, {
        type: 'account.created',
        subject: { kind: 'account', id: stored.id },
        detail: { ...account, email: undefined },
      });
      return stored;
    });
  }

  async update(actor: Actor, handle: string, change: AccountChange): Promise<AccountRow> {
    return this.database.transaction(async () => {
      await this.requireManager(actor);
      const before = await this.accounts.getLocked(handle);
      const given = Object.fromEntries(
        Object.entries(change).filter(([key, value]) => value !== undefined && (value !== null || key === 'email')),
      );
      const account = checkAccount({ ...before, ...given });
      await this.accounts.update(account, change.disabled ?? before.disabledAt !== null);
      this.events.record(actor, {
        type: 'account.changed',
        subject: { kind: 'account', id: before.id },
        detail: { ...given, email: undefined },
      });
      return this.accounts.getByHandle(handle);
    });
  }

  /** @returns the secret too: it is never readable again. */
  async createToken(actor: Actor, input: TokenInput): Promise<{ token: TokenRow; secret: string }> {
    return this.database.transaction(async () => {
      const handle = input.account ?? actor.handle;
      const trustsAttributes = input.trustsAttributes ?? false;
      // Whose word on attributes counts could ask as anybody.
      if (handle !== actor.handle || trustsAttributes) await this.requireManager(actor);
      const account = await this.accounts.getByHandle(handle);
      const { secret, prefix, hash } = newToken();
      const token = await this.accounts.insertToken({
        accountId: account.id,
        name: checkName(input.name),
        prefix,
        hash,
        ingestNamespaces: narrowed(actor, handle, input.ingestNamespaces ?? null),
        scopes: narrowedScopes(actor, checkScopes(input.scopes)),
        trustsAttributes,
        expiresAt: expiryOf(input.expiresInDays, new Date()),
      });
      this.events.record(actor, {
        type: 'token.created',
        subject: { kind: 'token', id: token.id },
        detail: { account: handle, scopes: token.scopes ?? undefined, trustsAttributes: trustsAttributes || undefined },
      });
      return { token, secret };
    });
  }

  /** For a browser in which the actor has just signed in. @returns the secret: it is never readable again */
  async openSession(actor: Actor, hours: number): Promise<string> {
    return this.database.transaction(async () => {
      const { secret, prefix, hash } = newToken();
      const session = await this.accounts.insertToken({
        kind: 'SESSION',
        accountId: actor.id,
        name: 'browser',
        prefix,
        hash,
        ingestNamespaces: null,
        scopes: null,
        trustsAttributes: false,
        expiresAt: new Date(Date.now() + hours * 3_600_000),
      });
      this.events.record(actor, { type: 'session.opened', subject: { kind: 'token', id: session.id } });
      return secret;
    });
  }

  async revokeToken(actor: Actor, id: string): Promise<TokenRow> {
    return this.database.transaction(async () => {
      const token = /^[0-9a-f-]{36}$/i.test(id) ? await this.accounts.findToken(id) : null;
      const isManager = (await this.access.forActor(actor)).can('manage_accounts', SYSTEM);
      if (!token || (token.accountId !== actor.id && !isManager)) throw new NotFound('There is no such token.', ['id']);
      await this.accounts.revokeToken(id);
      this.events.record(actor, { type: 'token.revoked', subject: { kind: 'token', id } });
      return { ...token, revokedAt: token.revokedAt ?? new Date() };
    });
  }

  /** Tokens of the actor's own account, and with `manage_accounts` of every account; others answer with none. */
  async listTokens(actor: Actor, accountIds: readonly string[]): Promise<TokenRow[]> {
    const isManager = (await this.access.forActor(actor)).can('manage_accounts', SYSTEM);
    return this.accounts.listTokens(isManager ? accountIds : accountIds.filter((id) => id === actor.id));
  }

  /** A setting of the installation; `make` is used when there is none yet. */
  async setting(key: string, make: () => string): Promise<string> {
    return this.accounts.setting(key, make);
  }

  async deleteEndedTokens(): Promise<void> {
    await this.accounts.deleteEndedTokens();
  }

  /** Makes the account when there is none; for the demo and the first start. */
  async ensureAccount(input: AccountInput): Promise<AccountRow> {
    return this.database.transaction(async () => {
      const known = await this.accounts.findByHandle(input.handle);
      return known ?? this.create(SYSTEM_ACTOR, input);
    });
  }

  /** The demo token of an account, the same at every call. */
  async ensureDemoToken(handle: string): Promise<string> {
    return this.database.transaction(async () => {
      const key = await this.accounts.setting('demo.tokenKey', () => newToken().secret);
      const { secret, prefix, hash } = tokenOf(demoSecret(key, handle));
      const account = await this.accounts.getByHandle(handle);
      await this.accounts.insertToken({
        accountId: account.id,
        name: 'demo',
        prefix,
        hash,
        ingestNamespaces: null,
        scopes: null,
        trustsAttributes: false,
        expiresAt: null,
      });
      return secret;
    });
  }

  /** Makes the first administrator. @returns the token, or null when it was handed out before. */
  async firstAdminToken(): Promise<string | null> {
    return this.database.transaction(async () => {
      const done = await this.database.queryOne(
        `INSERT INTO setting VALUES ('admin.tokenHandedOutAt', to_jsonb(now())) ON CONFLICT (key) DO NOTHING RETURNING key`,
      );
      return done ? this.newAdminToken() : null;
    });
  }

  /** For whoever can restart the service: a new token for the administrator. */
  async newAdminToken(): Promise<string> {
    await this.ensureAccount({ kind: 'PERSON', handle: 'admin', name: 'Administrator', roles: ['admin'] });
    const input = { account: 'admin', name: 'first sign-in', expiresInDays: ADMIN_DAYS };
    return (await this.createToken(SYSTEM_ACTOR, input)).secret;
  }

  private async requireManager(actor: Actor): Promise<void> {
    (await this.access.forActor(actor)).require('manage_accounts', SYSTEM);
  }
}

/** A token that may write into some namespaces only cannot make one for itself that may write into more. */
function narrowed(actor: Actor, handle: string, wanted: readonly string[] | null): readonly string[] | null {
  const own = actor.token?.ingestNamespaces ?? null;
  if (own === null || handle !== actor.handle) return wanted;
  const tooMuch = wanted === null ? 'every namespace' : wanted.find((namespace) => !own.includes(namespace));
  if (tooMuch !== undefined)
    throw new Conflict(`This token may not write into ${tooMuch}, so it cannot make one that may.`, [
      'ingestNamespaces',
    ]);
  return wanted;
}

/** A token that is for some things only cannot make one for more, for whomever. */
function narrowedScopes(actor: Actor, wanted: readonly string[] | null): readonly string[] | null {
  const own = actor.token?.scopes ?? null;
  if (own === null) return wanted;
  const tooMuch = wanted === null ? 'everything' : wanted.find((scope) => !own.includes(scope));
  if (tooMuch === undefined) return wanted;
  throw new Conflict(`This token is not for ${tooMuch}, so it cannot make one that is.`, ['scopes']);
}
