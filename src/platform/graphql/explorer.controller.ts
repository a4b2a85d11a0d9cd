import { Controller, Get, Redirect, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { Authenticator } from '../auth/authenticator.js';
import { cookieOf } from '../auth/browser.js';
import { Explorer } from './explorer.js';

/** A page to try GraphQL with. Registered only when the explorer is enabled. */
@Controller()
export class ExplorerController {
  constructor(
    private readonly explorer: Explorer,
    private readonly authenticator: Authenticator,
  ) {}

  @Get()
  @Redirect('/explorer', 302)
  home(): void {}

  @Get('explorer')
  async show(@Req() request: Request, @Res() response: Response): Promise<void> {
    const cookie = this.authenticator.sessionCookie;
    // With `?token` for who has no account at the identity provider, or while that is away.
    const signIn = cookie === null || 'token' in request.query ? 'token' : 'session';
    if (signIn === 'session' && cookieOf(request, cookie ?? '') === null) {
      response.redirect(303, '/auth/login?returnTo=/explorer');
      return;
    }
    const page = await this.explorer.page(signIn);
    response.set({
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': page.contentSecurityPolicy,
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Cache-Control': 'no-cache',
      Vary: 'Accept-Encoding',
      ETag: page.etag,
    });
    if (request.headers['if-none-match'] === page.etag) {
      response.status(304).end();
      return;
    }
    if (request.acceptsEncodings('gzip')) {
      response.set('Content-Encoding', 'gzip').end(page.gzipped);
      return;
    }
    response.end(await promisify(gunzip)(page.gzipped));
  }
}
