import { Controller, Get, Inject, Post, Query, Req, Res, type OnModuleInit } from '@nestjs/common';
import type { CookieOptions, Request, Response } from 'express';
import { Unavailable } from '../../../core/errors.js';
import { Authenticator } from '../../../platform/auth/authenticator.js';
import { cookieOf, isSameOrigin } from '../../../platform/auth/browser.js';
import { SignInRefused } from '../../../platform/auth/sign-in-refused.js';
import { IdentityService } from '../identity.service.js';
import { LOGIN_SECONDS, returnPath } from './login-state.js';
import { LOGIN_OPTIONS, LoginService } from './login.service.js';
import type { LoginOptions } from './oidc-options.js';

const LOGOUT_PAGE =
  '<!doctype html><title>Cadastre</title><form method="post"><button>Sign out of Cadastre</button></form><p><a href="/auth/login">Sign in</a></p>';

/** For people with a browser: a session in a cookie that no script can read and no other site can use. */
@Controller('auth')
export class LoginController implements OnModuleInit {
  constructor(
    private readonly login: LoginService,
    private readonly identity: IdentityService,
    private readonly authenticator: Authenticator,
    @Inject(LOGIN_OPTIONS) private readonly options: LoginOptions,
  ) {}

  onModuleInit(): void {
    this.authenticator.acceptSessions(this.cookieName('session'));
  }

  @Get('login')
  async begin(@Res() response: Response, @Query('returnTo') returnTo?: unknown): Promise<void> {
    await this.answering(response, async () => {
      const { address, sealed } = await this.login.begin(returnPath(returnTo, this.options.publicUrl));
      response.cookie(this.cookieName('login'), sealed, this.cookie(LOGIN_SECONDS * 1000));
      response.redirect(303, address);
    });
  }

  @Get('callback')
  async finish(@Req() request: Request, @Res() response: Response): Promise<void> {
    const sealed = cookieOf(request, this.cookieName('login'));
    response.clearCookie(this.cookieName('login'), this.cookie());
    await this.answering(response, async () => {
      const { secret, returnTo } = await this.login.finish(request.originalUrl, sealed);
      response.cookie(this.cookieName('session'), secret, this.cookie(this.options.sessionHours * 3_600_000));
      response.redirect(303, returnTo);
    });
  }

  @Get('logout')
  ask(@Res() response: Response): void {
    response.set('Content-Security-Policy', "default-src 'none'; form-action 'self'; frame-ancestors 'none'");
    response.type('html').send(LOGOUT_PAGE);
  }

  @Post('logout')
  async end(@Req() request: Request, @Res() response: Response): Promise<void> {
    await this.answering(response, async () => {
      if (!isSameOrigin(request)) throw new SignInRefused('Sign out from a page of this service: /auth/logout.');
      const secret = cookieOf(request, this.cookieName('session'));
      const actor = secret === null ? null : await this.authenticator.authenticateSession(secret);
      response.clearCookie(this.cookieName('session'), this.cookie());
      if (actor?.token) await this.identity.revokeToken(actor, actor.token.id);
      response.redirect(303, await this.login.endAddress());
    });
  }

  /** These pages are open, so nobody before them has told who is refused. */
  private async answering(response: Response, work: () => Promise<void>): Promise<void> {
    response.set({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' });
    try {
      await work();
    } catch (error) {
      if (error instanceof Unavailable) return void response.status(503).json({ error: bodyOf(error.code, error) });
      if (!(error instanceof SignInRefused)) throw error;
      await this.authenticator.recordRefusal(error.who, { reason: error.message });
      response.status(401).json({ error: bodyOf('UNAUTHENTICATED', error) });
    }
  }

  private cookieName(what: 'login' | 'session'): string {
    // Browsers take a name with this prefix only from the host itself, over TLS, for all paths (RFC 6265bis).
    return `${this.isSecure ? '__Host-' : ''}cadastre_${what}`;
  }

  private cookie(maxAge?: number): CookieOptions {
    // Lax, not Strict: the way back from the provider begins at another site.
    const options = { httpOnly: true, sameSite: 'lax', secure: this.isSecure, path: '/' } as const;
    return maxAge === undefined ? options : { ...options, maxAge };
  }

  private get isSecure(): boolean {
    return this.options.publicUrl.startsWith('https:');
  }
}

function bodyOf(code: string, { message }: Error): { code: string; message: string } {
  return { code, message };
}
