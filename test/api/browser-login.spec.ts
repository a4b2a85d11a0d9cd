import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.js';
import { CookieJar, TestIdentityProvider } from '../support/identity-provider.js';

/** Signing in with a browser, at a real provider: Authorization Code with PKCE, state and nonce. */
const PUBLIC = 'http://localhost:7';
const SESSION = 'cadastre_session';
const LOGIN = 'cadastre_login';

let provider: TestIdentityProvider;
let test: TestApp;
const folder = mkdtempSync(join(tmpdir(), 'cadastre-login-'));
beforeAll(async () => {
  provider = await TestIdentityProvider.start(
    { 'sub-ann': { preferred_username: 'ann', name: 'Ann', groups: ['sales'] } },
    `${PUBLIC}/auth/callback`,
  );
  provider.visitor = 'sub-ann';
  const path = join(folder, 'cadastre.yaml');
  writeFileSync(
    path,
    `oidc:
  issuer: ${provider.issuer}
  audience: cadastre-api
  accounts: at-first-sight
  claims: { teams: { claim: groups } }
  login: { clientId: ${provider.clientId}, clientSecret: { file: ${join(folder, 'secret')} }, publicUrl: ${PUBLIC} }
`,
  );
  writeFileSync(join(folder, 'secret'), `${provider.clientSecret}\n`);
  test = await startTestApp({ env: { CADASTRE_CONFIG_FILE: path } });
});
afterAll(async () => {
  await test.close();
  await provider.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A browser that reaches the service by its public address. */
class Browser {
  readonly jar = new CookieJar();

  async open(path: string, init: RequestInit = {}): Promise<Response> {
    const at = new URL(path, PUBLIC);
    const headers = { cookie: this.jar.header(at), ...init.headers };
    const response = await fetch(test.url + at.pathname + at.search, { redirect: 'manual', ...init, headers });
    this.jar.take(at, response);
    return response;
  }

  cookie(name: string): string | undefined {
    return this.jar.get(new URL(PUBLIC), name);
  }

  /** @returns the path of the callback, with the code. */
  async toProvider(path = '/auth/login'): Promise<string> {
    const response = await this.open(path);
    const back = await provider.browse(new URL(response.headers.get('location') ?? ''), this.jar);
    return back.pathname + back.search;
  }

  async signIn(): Promise<Response> {
    return this.open(await this.toProvider());
  }

  ask(query: string, headers: Record<string, string> = { 'sec-fetch-site': 'same-origin' }): Promise<Response> {
    const body = JSON.stringify({ query });
    return this.open('/graphql', { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });
  }
}

async function messageOf(response: Response): Promise<string> {
  const body: unknown = await response.json();
  return (body as { error: { message: string } }).error.message;
}

describe('somebody with a browser', () => {
  it('is sent to the provider from the explorer, comes back with a session, and asks by it', async () => {
    const browser = new Browser();
    const first = await browser.open('/explorer');
    expect(first.headers.get('location')).toBe('/auth/login?returnTo=/explorer');
    const begun = await browser.open('/auth/login?returnTo=/explorer');
    const address = new URL(begun.headers.get('location') ?? '');
    expect(address.searchParams.get('code_challenge_method')).toBe('S256');
    for (const name of ['state', 'nonce', 'code_challenge']) expect(address.searchParams.get(name)).toMatch(/^.{40,}$/);
    const back = await provider.browse(address, browser.jar);
    const done = await browser.open(back.pathname + back.search);
    expect([done.status, done.headers.get('location')]).toEqual([303, '/explorer']);
    const cookie = done.headers.getSetCookie().find((line) => line.startsWith(SESSION));
    expect(cookie).toMatch(/; HttpOnly; SameSite=Lax$/);
    expect(browser.cookie(LOGIN)).toBeUndefined();
    const answer = await browser.ask('{ me { handle teams tokens { kind name } } }');
    expect(await answer.json()).toEqual({
      data: { me: { handle: 'ann', teams: ['sales'], tokens: [{ kind: 'SESSION', name: 'browser' }] } },
    });
    const page = await (await browser.open('/explorer')).text();
    expect(page).toContain('You are signed in by your browser');
    expect(page).not.toContain('YOUR-TOKEN');
  });

  it('may still use a token of his own', async () => {
    const page = await (await new Browser().open('/explorer?token')).text();
    expect(page).toContain('YOUR-TOKEN');
  });

  it('signs out: the session ends at once, everywhere', async () => {
    const browser = new Browser();
    await browser.signIn();
    const secret = browser.cookie(SESSION);
    expect((await browser.open('/auth/logout', { method: 'POST' })).status).toBe(401);
    expect(await (await browser.open('/auth/logout')).text()).toContain('Sign out');
    const out = await browser.open('/auth/logout', { method: 'POST', headers: { 'sec-fetch-site': 'same-origin' } });
    expect(out.headers.get('location')).toContain(`${provider.issuer}/session/end`);
    expect(browser.cookie(SESSION)).toBeUndefined();
    const again = await browser.ask('{ me { handle } }', {
      cookie: `${SESSION}=${secret}`,
      'sec-fetch-site': 'same-origin',
    });
    expect(again.status).toBe(401);
    expect(await messageOf(again)).toBe('The session has ended. Sign in again: open /auth/login.');
  });

  it('loses his session with his account', async () => {
    const browser = new Browser();
    await browser.signIn();
    const set = (disabled: boolean) =>
      test
        .as('admin')
        .graphql(
          'mutation($d: Boolean!) { accountUpdate(handle: "ann", input: { disabled: $d }) { account { id } } }',
          {
            d: disabled,
          },
        );
    await set(true);
    expect((await browser.ask('{ me { handle } }')).status).toBe(401);
    expect(await messageOf(await browser.signIn())).toBe('Your account is disabled.');
    await set(false);
    expect((await browser.ask('{ me { handle } }')).status).toBe(200);
  });

  it('leaves no secret in the log, and every step in the audit log', async () => {
    const browser = new Browser();
    const back = await browser.toProvider();
    await browser.open(back);
    const log = test.logLines.join('\n');
    const code = new URL(back, PUBLIC).searchParams.get('code') ?? '';
    for (const secret of [provider.clientSecret, browser.cookie(SESSION) ?? '', code]) {
      expect(secret).not.toBe('');
      expect(log).not.toContain(secret);
    }
    const actions = await test.database.query<{ action: string }>('SELECT DISTINCT action FROM audit_entry');
    expect(actions.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['account.created', 'signIn', 'session.opened', 'token.revoked', 'signInRefused']),
    );
  });
});

describe('a session', () => {
  it.each([
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['another host of this site', { 'sec-fetch-site': 'same-site', origin: PUBLIC }],
    ['another origin', { origin: 'https://evil.example.com' }],
    ['what does not say whence', {}],
  ])('changes nothing on behalf of %s', async (_, headers) => {
    const browser = new Browser();
    await browser.signIn();
    const answer = await browser.ask('mutation { tokenCreate(input: { name: "x" }) { secret } }', headers);
    expect(answer.status).toBe(403);
    expect(await messageOf(answer)).toBe('A session changes something only from a page of this service.');
  });

  it('is no token, and a token no session', async () => {
    const browser = new Browser();
    await browser.signIn();
    const asToken = await fetch(`${test.url}/graphql?query={me{handle}}`, {
      headers: { authorization: `Bearer ${browser.cookie(SESSION)}`, 'apollo-require-preflight': '1' },
    });
    expect(asToken.status).toBe(401);
    const token = test.as('admin').authorization.replace('Bearer ', '');
    const asSession = await new Browser().ask('{ me { handle } }', { cookie: `${SESSION}=${token}` });
    expect(asSession.status).toBe(403);
    const sameOrigin = { cookie: `${SESSION}=${token}`, 'sec-fetch-site': 'same-origin' };
    expect((await new Browser().ask('{ me { handle } }', sameOrigin)).status).toBe(401);
  });
});

describe('a sign-in that is not as it was begun', () => {
  const NOT_BEGUN = 'This browser did not begin to sign in, or long ago. Open /auth/login.';

  async function refusal(browser: Browser, path: string, headers: Record<string, string> = {}): Promise<string> {
    const response = await browser.open(path, { headers });
    expect(response.status).toBe(401);
    expect(browser.cookie(SESSION)).toBeUndefined();
    return messageOf(response);
  }

  it('by another browser is refused: nobody can be signed in as somebody else', async () => {
    expect(await refusal(new Browser(), await new Browser().toProvider())).toBe(NOT_BEGUN);
  });

  it('replayed is refused, also with the cookie of the first time', async () => {
    const browser = new Browser();
    const back = await browser.toProvider();
    const cookie = `${LOGIN}=${browser.cookie(LOGIN)}`;
    expect((await browser.open(back)).status).toBe(303);
    expect(await refusal(new Browser(), back)).toBe(NOT_BEGUN);
    expect(await refusal(new Browser(), back, { cookie })).toContain('refuses the code (invalid_grant)');
  });

  it('with another state, another code, or somebody else’s answer is refused', async () => {
    const changed = async (key: string, value: string): Promise<string> => {
      const browser = new Browser();
      const url = new URL(await browser.toProvider(), PUBLIC);
      url.searchParams.set(key, value);
      return refusal(browser, url.pathname + url.search);
    };
    expect(await changed('state', 'x')).toBe('What came back is no answer to this sign-in. Open /auth/login.');
    expect(await changed('code', 'x')).toContain('refuses the code (invalid_grant)');
    expect(await changed('iss', 'https://evil.example.com')).toContain('no answer to this sign-in');
    expect(await changed('error', 'access_denied')).toBe('The identity provider did not let you in (access_denied).');
    expect(await changed('error', '<b>free money</b>')).toContain('(unknown error)');
  });

  it('with a cookie that we did not write is refused', async () => {
    const back = await new Browser().toProvider();
    for (const value of ['x', 'a.b.c.d.e', 'e'.repeat(6000), '__proto__'])
      expect(await refusal(new Browser(), back, { cookie: `${LOGIN}=${value}` })).toBe(NOT_BEGUN);
  });

  it.each([
    'https://evil.example.com',
    '//evil.example.com',
    '/\\evil.example.com',
    'javascript:alert(1)',
    '/..//evil.com',
  ])('never leads to %s afterwards', async (returnTo) => {
    const browser = new Browser();
    const done = await browser.open(await browser.toProvider(`/auth/login?returnTo=${encodeURIComponent(returnTo)}`));
    expect(done.headers.get('location')).toBe('/explorer');
  });
});
