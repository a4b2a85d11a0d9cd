import { Inject, Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import * as openid from 'openid-client';
import { Unavailable } from '../../../core/errors.js';
import { SignInRefused } from '../../../platform/auth/sign-in-refused.js';
import { newToken } from '../../../platform/auth/tokens.js';
import { IdentityService } from '../identity.service.js';
import { BearerTokens } from './bearer-tokens.js';
import { openLogin, sealLogin, type LoginState } from './login-state.js';
import type { LoginOptions } from './oidc-options.js';
import { OidcProvider } from './oidc-provider.js';

export const LOGIN_OPTIONS = Symbol('LoginOptions');

const CALLBACK = '/auth/callback';

/** Signing in with a browser: Authorization Code with PKCE, state and nonce (OpenID Connect Core 1.0, RFC 7636, RFC 9700). */
@Injectable()
export class LoginService {
  constructor(
    private readonly provider: OidcProvider,
    private readonly tokens: BearerTokens,
    private readonly identity: IdentityService,
    @Inject(LOGIN_OPTIONS) private readonly options: LoginOptions,
  ) {}

  /** Where to send the browser, and what it has to bring back. @throws Unavailable */
  async begin(returnTo: string): Promise<{ address: string; sealed: string }> {
    const { configuration } = await this.provider.get();
    const login: LoginState = {
      state: openid.randomState(),
      nonce: openid.randomNonce(),
      codeVerifier: openid.randomPKCECodeVerifier(),
      returnTo,
    };
    const address = openid.buildAuthorizationUrl(configuration, {
      redirect_uri: this.options.publicUrl + CALLBACK,
      scope: this.options.scopes.join(' '),
      code_challenge: await openid.calculatePKCECodeChallenge(login.codeVerifier),
      code_challenge_method: 'S256',
      state: login.state,
      nonce: login.nonce,
    });
    return { address: address.href, sealed: await sealLogin(login, await this.key()) };
  }

  /**
   * `answer`: path and query with which the browser came back.
   * @returns the secret of its session. @throws SignInRefused, Unavailable
   */
  async finish(answer: string, sealed: string | null): Promise<{ secret: string; returnTo: string }> {
    const login = sealed === null ? null : await openLogin(sealed, await this.key());
    if (!login) throw new SignInRefused('This browser did not begin to sign in, or long ago. Open /auth/login.');
    const { configuration } = await this.provider.get();
    const idToken = await this.exchange(configuration, new URL(answer, this.options.publicUrl), login);
    // Its signature too, and who he is: as for every token of the provider.
    const actor = await this.tokens.actorOf(idToken, [this.options.clientId]);
    return { secret: await this.identity.openSession(actor, this.options.sessionHours), returnTo: login.returnTo };
  }

  /** Where the provider ends its own session. @throws Unavailable */
  async endAddress(): Promise<string> {
    const { clientId, publicUrl } = this.options;
    const here = `${publicUrl}/auth/logout`;
    const { configuration } = await this.provider.get();
    if (configuration.serverMetadata().end_session_endpoint === undefined) return here;
    return openid.buildEndSessionUrl(configuration, { client_id: clientId, post_logout_redirect_uri: here }).href;
  }

  private async exchange(configuration: openid.Configuration, answer: URL, login: LoginState): Promise<string> {
    try {
      const { id_token: idToken } = await openid.authorizationCodeGrant(configuration, answer, {
        pkceCodeVerifier: login.codeVerifier,
        expectedState: login.state,
        expectedNonce: login.nonce,
        idTokenExpected: true,
      });
      if (idToken !== undefined) return idToken;
    } catch (error) {
      throw this.failureOf(error);
    }
    throw new SignInRefused('The provider sent no ID token.');
  }

  private failureOf(error: unknown): SignInRefused | Unavailable {
    if (error instanceof openid.AuthorizationResponseError)
      return new SignInRefused(`The identity provider did not let you in (${wordOf(error.error)}).`);
    if (error instanceof openid.ResponseBodyError)
      return new SignInRefused(`The identity provider refuses the code (${wordOf(error.error)}). Open /auth/login.`);
    if (error instanceof openid.ClientError && error.code !== 'OAUTH_TIMEOUT')
      return new SignInRefused('What came back is no answer to this sign-in. Open /auth/login.');
    return this.provider.noteAway(error);
  }

  /** One for all processes of an installation, so that any of them can finish what another began. */
  private async key(): Promise<Uint8Array> {
    return createHash('sha256')
      .update(await this.identity.setting('login.key', () => newToken().secret))
      .digest();
  }
}

/** RFC 6749 lists the words; anything else would be somebody else's text on our page. */
function wordOf(error: string): string {
  return /^[a-z_]{1,40}$/.test(error) ? error : 'unknown error';
}
