import { CompactSign, exportJWK, generateKeyPair, type JWK, type JWTPayload } from 'jose';
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Provider, type Configuration } from 'oidc-provider';

/** Somebody at the provider: his claims by his subject. */
export type People = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

interface SigningKey {
  readonly kid: string;
  readonly jwk: JWK;
  readonly privateKey: CryptoKey;
}

const CLIENT = 'cadastre';
const SECRET = 'secret-of-the-client-that-no-log-may-hold';

/** A real OpenID provider on loopback: node-oidc-provider, whose people sign in by being named in `login_hint`. */
export class TestIdentityProvider {
  private provider: Provider;
  readonly issuer: string;
  readonly clientId = CLIENT;
  readonly clientSecret = SECRET;
  /** Requests for its keys. */
  keyRequests = 0;
  /** Who signs in when nobody is named. */
  visitor = '';

  private constructor(
    private readonly server: Server,
    private readonly people: Map<string, Readonly<Record<string, unknown>>>,
    private readonly redirectUris: string[],
    public key: SigningKey,
  ) {
    const address = server.address();
    this.issuer = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
    this.provider = this.build();
    server.on('request', (request, response) => void this.answer(request, response));
  }

  static async start(people: People, redirectUri = 'http://127.0.0.1:1/callback'): Promise<TestIdentityProvider> {
    const server = createServer();
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    return new TestIdentityProvider(server, new Map(Object.entries(people)), [redirectUri], await newKey('first'));
  }

  set(subject: string, claims: Readonly<Record<string, unknown>>): void {
    this.people.set(subject, claims);
  }

  allowRedirect(uri: string): void {
    this.redirectUris.push(uri);
    this.provider = this.build();
  }

  /** From now on it signs by another key, and knows the old one no more. */
  async rotate(kid: string): Promise<void> {
    this.key = await newKey(kid);
    this.provider = this.build();
  }

  /** As the provider signs: for tokens that a real one would not issue. */
  async sign(
    payload: Readonly<Record<string, unknown>>,
    header: Readonly<Record<string, unknown>> = {},
  ): Promise<string> {
    return this.signText(JSON.stringify(payload), header);
  }

  async signText(payload: string, header: Readonly<Record<string, unknown>> = {}): Promise<string> {
    return new CompactSign(new TextEncoder().encode(payload))
      .setProtectedHeader({ alg: 'RS256', kid: this.key.kid, typ: 'JWT', ...header })
      .sign(this.key.privateKey);
  }

  /** Claims as they are right, for `sub`. */
  claimsOf(subject: string): JWTPayload {
    const now = Math.floor(Date.now() / 1000);
    const said = this.people.get(subject) ?? {};
    return { ...said, iss: this.issuer, aud: CLIENT, sub: subject, iat: now, exp: now + 300 };
  }

  /** The tokens of somebody who went through the whole code flow in a browser. */
  async tokensOf(subject: string): Promise<{ idToken: string; accessToken: string }> {
    const verifier = 'v'.repeat(64);
    const redirect = this.redirectUris[0] ?? '';
    const address = new URL(`${this.issuer}/auth`);
    address.search = new URLSearchParams({
      client_id: CLIENT,
      response_type: 'code',
      scope: 'openid profile email',
      redirect_uri: redirect,
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      login_hint: subject,
      nonce: 'n',
      state: 's',
    }).toString();
    const back = await this.browse(address, new CookieJar());
    const response = await fetch(`${this.issuer}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${CLIENT}:${SECRET}`).toString('base64')}` },
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        code: back.searchParams.get('code') ?? '',
        redirect_uri: redirect,
        code_verifier: verifier,
      }),
    });
    const body: unknown = await response.json();
    const { id_token: idToken, access_token: accessToken } = body as { id_token: string; access_token: string };
    return { idToken, accessToken };
  }

  /** As a browser: follows redirects as long as they stay at the provider. @returns where it is sent then */
  async browse(from: URL, jar: CookieJar): Promise<URL> {
    let at = from;
    while (at.origin === this.issuer) {
      const response = await fetch(at, { redirect: 'manual', headers: { cookie: jar.header(at) } });
      jar.take(at, response);
      const next = response.headers.get('location');
      if (next === null) throw new Error(`The provider answered ${response.status}: ${await response.text()}`);
      at = new URL(next, at);
    }
    return at;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => void this.server.close(resolve));
  }

  private build(): Provider {
    const claimsOf = (subject: string) => this.people.get(subject) ?? {};
    const configuration: Configuration = {
      clients: [
        {
          client_id: CLIENT,
          client_secret: SECRET,
          redirect_uris: [...this.redirectUris],
          post_logout_redirect_uris: this.redirectUris.map((uri) => `${new URL(uri).origin}/explorer`),
        },
      ],
      jwks: { keys: [this.key.jwk] },
      cookies: { keys: ['test'] },
      conformIdTokenClaims: false,
      claims: {
        openid: ['sub'],
        profile: ['preferred_username', 'name', 'groups', 'department', 'clearance'],
        email: ['email', 'email_verified'],
      },
      findAccount: (_context, sub) => ({ accountId: sub, claims: () => ({ ...claimsOf(sub), sub }) }),
      interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
      extraTokenClaims: (_context, token) => ('accountId' in token ? { ...claimsOf(token.accountId) } : {}),
      pkce: { required: () => true },
      features: {
        devInteractions: { enabled: false },
        resourceIndicators: {
          enabled: true,
          defaultResource: () => 'urn:cadastre',
          useGrantedResource: () => true,
          getResourceServerInfo: () => ({ scope: '', audience: CLIENT, accessTokenFormat: 'jwt' }),
        },
      },
    };
    return new Provider(this.issuer, configuration);
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url?.startsWith('/jwks')) this.keyRequests += 1;
    if (!request.url?.startsWith('/interaction/')) return void this.provider.callback()(request, response);
    const { prompt, params, session, grantId } = await this.provider.interactionDetails(request, response);
    if (prompt.name === 'login') {
      const accountId = String(params['login_hint'] ?? this.visitor);
      return this.provider.interactionFinished(request, response, { login: { accountId } });
    }
    const grant =
      (grantId === undefined ? undefined : await this.provider.Grant.find(grantId)) ??
      new this.provider.Grant({ accountId: session?.accountId ?? '', clientId: CLIENT });
    grant.addOIDCScope('openid profile email');
    const consent = { grantId: await grant.save() };
    await this.provider.interactionFinished(request, response, { consent }, { mergeWithLastSubmission: true });
  }
}

/** Cookies by origin; enough of RFC 6265 for one test. */
export class CookieJar {
  private readonly cookies = new Map<string, Map<string, string>>();

  take(at: URL, response: { headers: Headers }): void {
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...flags] = line.split(/; */);
      const [name = '', value = ''] = pair.split(/=(.*)/s);
      const ended = flags.some((flag) => /^(max-age=0|expires=thu, 01 jan 1970)/i.test(flag));
      const known = this.cookies.get(at.origin) ?? new Map<string, string>();
      this.cookies.set(at.origin, known);
      if (ended || value === '') known.delete(name);
      else known.set(name, value);
    }
  }

  get(at: URL, name: string): string | undefined {
    return this.cookies.get(at.origin)?.get(name);
  }

  header(at: URL): string {
    return [...(this.cookies.get(at.origin) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ');
  }
}

async function newKey(kid: string): Promise<SigningKey> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  return { kid, privateKey, jwk: { ...(await exportJWK(privateKey)), kid, alg: 'RS256', use: 'sig' } };
}
