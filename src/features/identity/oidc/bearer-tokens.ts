import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Actor } from '../../../core/actor.js';
import { Authenticator } from '../../../platform/auth/authenticator.js';
import { SignInRefused } from '../../../platform/auth/sign-in-refused.js';
import { accountOf } from './claims.js';
import { OIDC_OPTIONS, type OidcOptions } from './oidc-options.js';
import { ProviderAccounts } from './provider-accounts.js';
import { TokenVerifier } from './token-verifier.js';

/** Lets the provider's own tokens in, as `Authorization: Bearer`. */
@Injectable()
export class BearerTokens implements OnModuleInit {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly verifier: TokenVerifier,
    private readonly accounts: ProviderAccounts,
    @Inject(OIDC_OPTIONS) private readonly options: OidcOptions,
  ) {}

  onModuleInit(): void {
    this.authenticator.acceptForeign((token) => this.actorOf(token, this.options.audience));
  }

  /** @throws SignInRefused, Unavailable */
  async actorOf(token: string, audience: readonly string[]): Promise<Actor> {
    const claimed = accountOf(await this.verifier.verify(token, audience), this.options.claims);
    if (!claimed) throw new SignInRefused('The token does not say whom it is about.');
    return this.accounts.actorOf(claimed);
  }
}
