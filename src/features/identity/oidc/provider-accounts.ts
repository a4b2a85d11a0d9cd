import { Inject, Injectable } from '@nestjs/common';
import { SYSTEM_ACTOR, type Actor } from '../../../core/actor.js';
import { Conflict } from '../../../core/errors.js';
import { AuditTrail } from '../../../platform/audit/audit-trail.js';
import { actorFromRow } from '../../../platform/auth/actor-row.js';
import { SignInRefused } from '../../../platform/auth/sign-in-refused.js';
import { Database } from '../../../platform/database/database.js';
import type { AccountInput, AccountRow } from '../account.js';
import { handleWithMark } from '../handle.js';
import { IdentityService } from '../identity.service.js';
import { isSame, withClaims, type ClaimedAccount } from './claims.js';
import { OIDC_OPTIONS, type OidcOptions } from './oidc-options.js';
import { ProviderAccountsRepository, type KnownAccount } from './provider-accounts.repository.js';

/** Finds the account that a provider speaks of, and keeps it as the provider says it is. */
@Injectable()
export class ProviderAccounts {
  constructor(
    private readonly database: Database,
    private readonly known: ProviderAccountsRepository,
    private readonly identity: IdentityService,
    private readonly audit: AuditTrail,
    @Inject(OIDC_OPTIONS) private readonly options: OidcOptions,
  ) {}

  /** One statement when nothing is new. @throws SignInRefused for who has no account, or one that is disabled */
  async actorOf(claimed: ClaimedAccount): Promise<Actor> {
    const known = await this.known.find(claimed.subject);
    if (known?.disabledAt) throw new SignInRefused('Your account is disabled.', known.handle);
    if (known && !known.isUseStale && isSame(known, withClaims(known, claimed))) return actorFromRow(known, null);
    return this.database.transaction(() => this.signIn(claimed));
  }

  private async signIn(claimed: ClaimedAccount): Promise<Actor> {
    const before = await this.known.find(claimed.subject);
    if (!before) await this.make(claimed);
    else if (!isSame(before, withClaims(before, claimed))) await this.change(before, claimed);
    const account = await this.known.find(claimed.subject);
    if (!account || account.disabledAt) throw new SignInRefused('Your account is disabled.', account?.handle);
    const actor = actorFromRow(account, null);
    // Asked again: of several requests at once, one writes.
    if (await this.known.noteUse(account.id))
      await this.audit.write({ actor, action: 'signIn', subject: { kind: 'account', id: account.id } });
    return actor;
  }

  private async make(claimed: ClaimedAccount): Promise<void> {
    if (this.options.accounts === 'known-only')
      throw new SignInRefused('You have no account here. Ask an administrator for one.');
    // Of two first requests at once, the second finds the account made.
    await this.known.lock(claimed.subject);
    if (await this.known.find(claimed.subject)) return;
    const account = {
      kind: 'PERSON' as const,
      handle: claimed.wantedHandle,
      externalIds: [claimed.subject],
      ...withClaims({ name: '', email: null, teams: [], roles: [], attributes: {} }, claimed),
    };
    const made = await this.create(account, handleWithMark(claimed.wantedHandle, claimed.subject));
    await this.write('account.created', made.id, { ...account, handle: made.handle, email: undefined });
  }

  private async create(account: AccountInput, handleIfTaken: string): Promise<AccountRow> {
    try {
      return await this.database.savepoint(() => this.identity.create(SYSTEM_ACTOR, account));
    } catch (error) {
      if (!(error instanceof Conflict) || error.field?.[0] !== 'handle') throw refusalOf(error);
      return this.identity.create(SYSTEM_ACTOR, { ...account, handle: handleIfTaken });
    }
  }

  private async change(before: KnownAccount, claimed: ClaimedAccount): Promise<void> {
    const { name, email, teams, roles, attributes } = withClaims(before, claimed);
    try {
      await this.identity.update(SYSTEM_ACTOR, before.handle, { name, email, teams, roles, attributes });
    } catch (error) {
      throw refusalOf(error);
    }
    await this.write('account.changed', before.id, { name, teams, roles, attributes });
  }

  /** The service changes accounts on the provider's word: that is on record as his. */
  private async write(action: string, id: string, detail: Readonly<Record<string, unknown>>): Promise<void> {
    const actor = { id: null, handle: `provider ${this.options.issuer}` };
    await this.audit.write({ actor, action, subject: { kind: 'account', id }, detail });
  }
}

/** What the provider says cannot be so here: a team that has the name of an account. */
function refusalOf(error: unknown): unknown {
  return error instanceof Conflict ? new SignInRefused(`The provider's word cannot be taken: ${error.message}`) : error;
}
