import fc from 'fast-check';
import { createHmac, createPublicKey, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SignInRefused } from '../../src/platform/auth/sign-in-refused.js';
import { Authenticator } from '../../src/platform/auth/authenticator.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { TestIdentityProvider } from '../support/identity-provider.js';

/** What somebody sends who should not get in (RFC 8725): refused with 401 and the reason, never a 5xx. */
let provider: TestIdentityProvider;
let test: TestApp;
const folder = mkdtempSync(join(tmpdir(), 'cadastre-hostile-'));
beforeAll(async () => {
  provider = await TestIdentityProvider.start({ 'sub-ann': { preferred_username: 'ann', name: 'Ann' } });
  const path = join(folder, 'cadastre.yaml');
  writeFileSync(
    path,
    `oidc:
  issuer: ${provider.issuer}
  audience: cadastre
  accounts: at-first-sight
  claims:
    teams: { claim: groups }
    roles: { claim: groups, values: { catalog-admins: admin } }
    attributes: { department: department, clearance: clearance, domains: domains }
`,
  );
  test = await startTestApp({ env: { CADASTRE_CONFIG_FILE: path } });
});
afterAll(async () => {
  await test.close();
  await provider.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function send(token: string): Promise<{ status: number; text: string }> {
  const response = await fetch(`${test.url}/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: '{"query":"{ me { handle roles teams attributes } }"}',
  });
  return { status: response.status, text: await response.text() };
}

const part = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
const ann = () => provider.claimsOf('sub-ann');
const now = () => Math.floor(Date.now() / 1000);

/** The classic: the public key, which everybody has, as the secret of HS256. */
async function signedByThePublicKey(): Promise<string> {
  const { n = '', e = '' } = provider.key.jwk;
  const pem = createPublicKey({ key: { n, e, kty: 'RSA' }, format: 'jwk' }).export({ type: 'spki', format: 'pem' });
  const content = `${part({ alg: 'HS256', kid: provider.key.kid, typ: 'JWT' })}.${part(ann())}`;
  return `${content}.${createHmac('sha256', pem).update(content).digest('base64url')}`;
}

async function signedByAnother(header: object = {}): Promise<string> {
  const other = await TestIdentityProvider.start({});
  try {
    return await other.sign(ann(), { kid: provider.key.kid, ...header });
  } finally {
    await other.stop();
  }
}

const HOSTILE: readonly (readonly [string, () => string | Promise<string>, string])[] = [
  ['without signature (alg none)', () => `${part({ alg: 'none', typ: 'JWT' })}.${part(ann())}.`, 'is not signed by'],
  ['alg None in other letters', () => `${part({ alg: 'nOnE' })}.${part(ann())}.`, 'is not signed by'],
  ['HS256 by the public key', signedByThePublicKey, 'is not signed by'],
  ['expired', () => provider.sign({ ...ann(), iat: now() - 900, exp: now() - 31 }), 'is too old'],
  ['issued long ago', () => provider.sign({ ...ann(), iat: now() - 90_000 }), 'is too old'],
  ['not valid yet', () => provider.sign({ ...ann(), nbf: now() + 60 }), 'is not valid yet'],
  ['issued in the future', () => provider.sign({ ...ann(), iat: now() + 60, exp: now() + 90 }), 'in the future'],
  ['ended before it began', () => provider.sign({ ...ann(), iat: now() + 20, exp: now() - 10 }), 'before it begins'],
  ['without an end', () => provider.sign({ ...ann(), exp: undefined }), 'until when'],
  ['with a text for its end', () => provider.sign({ ...ann(), exp: '9999999999' }), 'until when'],
  ['without iat', () => provider.sign({ ...ann(), iat: undefined }), 'or not when'],
  ['for another audience', () => provider.sign({ ...ann(), aud: 'payroll' }), 'another audience'],
  ['for nobody', () => provider.sign({ ...ann(), aud: undefined }), 'another audience'],
  ['of another issuer', () => provider.sign({ ...ann(), iss: `${provider.issuer}/` }), 'another issuer'],
  [
    'of a look-alike issuer',
    () => provider.sign({ ...ann(), iss: provider.issuer.replace('1', '１') }),
    'another issuer',
  ],
  ['by an unknown key', () => provider.sign(ann(), { kid: 'other' }), 'does not have'],
  ['by another key of that name', () => signedByAnother(), 'does not fit'],
  ['with its own key in it', () => signedByAnother({ jwk: { kty: 'oct', k: 'AA' } }), 'does not fit'],
  ['with the address of a key', () => signedByAnother({ jku: 'http://127.0.0.1:1/keys' }), 'does not fit'],
  ['with a path for the key', () => provider.sign(ann(), { kid: '../../../../dev/null' }), 'does not have'],
  ['with SQL for the key', () => provider.sign(ann(), { kid: `x' UNION SELECT 'secret` }), 'does not have'],
  ['of another type', () => provider.sign(ann(), { typ: 'logout+jwt' }), 'signs nobody in'],
  ['without subject', () => provider.sign({ ...ann(), sub: undefined }), 'whom it is about'],
  ['of an empty subject', () => provider.sign({ ...ann(), sub: ' ' }), 'whom it is about'],
  ['of a number for a subject', () => provider.sign({ ...ann(), sub: 1 }), 'whom it is about'],
  ['of a subject with U+0000', () => provider.sign({ ...ann(), sub: 'sub\0-ann' }), 'whom it is about'],
  ['of half a character', () => provider.sign({ ...ann(), sub: 'sub\ud800' }), 'whom it is about'],
  ['huge', () => provider.sign({ ...ann(), pad: 'x'.repeat(9000) }), 'longer than 8192'],
  ['with a list of claims', () => `${part({ alg: 'RS256', kid: provider.key.kid })}.${part([])}.${part('x')}`, ''],
  ['of two dots', () => '..', 'cannot be read'],
  ['of JSON that is none', () => `${part('{')}.${part('{')}.AA`, 'cannot be read'],
  ['encrypted (five parts)', () => 'a.b.c.d.e', 'unknown, expired or revoked'],
];

describe('a token', () => {
  it.each(HOSTILE)('that is %s is refused', async (_, make, reason) => {
    const token = await make();
    const { status, text } = await send(token);
    expect({ status, text }).toEqual({ status: 401, text: expect.stringContaining(reason) });
    expect(test.logLines.join('\n')).not.toContain(token.slice(0, 60));
  });

  it('nested deeply, or with keys of Object.prototype, is read and gives nothing', async () => {
    const deep = `${'['.repeat(1200)}${']'.repeat(1200)}`;
    const claims = `{"groups":${deep},"__proto__":{"groups":["catalog-admins"],"department":"x"},"constructor":{"prototype":{"roles":["admin"]}},"clearance":{"__proto__":3},`;
    const token = await provider.signText(claims + JSON.stringify({ ...ann(), sub: 'sub-deep' }).slice(1));
    const { status, text } = await send(token);
    expect(status).toBe(200);
    expect(JSON.parse(text)).toMatchObject({ data: { me: { roles: [], teams: [], attributes: {} } } });
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it.each(['sub-Ann', 'sub-ann ', 'sub-аnn', 'ｓub-ann', 'sub-ann\u200b', 'SUB-ANN', '__proto__'])(
    'of the subject %j is not of sub-ann',
    async (sub) => {
      await send(await provider.sign(ann()));
      const { status, text } = await send(await provider.sign({ ...ann(), sub }));
      expect(status).toBe(200);
      expect(text).not.toContain('"handle":"ann"');
    },
  );
});

describe('10,000 random changes of a good token', () => {
  it('are refused, or are the token as it was: never anything else', { timeout: 300_000 }, async () => {
    const authenticator = test.app.get(Authenticator);
    const good = await provider.sign(ann());
    const goodParts = good.split('.');
    const bearer = await authenticator.authenticate(good);
    const json = fc.json({ maxDepth: 3 });
    const changed = fc.oneof(
      // One character is another one.
      fc
        .tuple(fc.nat(good.length - 1), fc.constantFrom(...'AZaz09-_.+/= '))
        .map(([at, by]) => good.slice(0, at) + by + good.slice(at + 1)),
      // Cut off, or doubled.
      fc.nat(good.length).map((at) => good.slice(0, at)),
      fc.tuple(fc.nat(good.length), fc.nat(good.length)).map(([from, to]) => good.slice(0, from) + good.slice(to)),
      // A part is another JSON, or other bytes.
      fc.tuple(fc.nat(2), json).map(([at, text]) => goodParts.with(at, part(text)).join('.')),
      fc
        .tuple(fc.nat(2), fc.uint8Array({ maxLength: 300 }))
        .map(([at, bytes]) => goodParts.with(at, Buffer.from(bytes).toString('base64url')).join('.')),
      // A header claim is another value.
      fc
        .tuple(
          fc.constantFrom('alg', 'kid', 'typ', 'crit', 'b64', 'jwk', 'jku', 'x5c', '__proto__'),
          fc.jsonValue({ maxDepth: 2 }),
        )
        .map(([key, value]) =>
          goodParts.with(0, part({ alg: 'RS256', kid: provider.key.kid, [key]: value })).join('.'),
        ),
      fc.string({ unit: 'binary', maxLength: 200 }).map((text) => `${text}.${text}.`),
    );
    await fc.assert(
      fc.asyncProperty(changed, async (token) => {
        const outcome = await authenticator.authenticate(token).catch((error: unknown) => error);
        if (outcome === null || outcome instanceof SignInRefused) return;
        // Of the last character of a signature some bits are padding, and white space is not looked at by base64url decoders.
        expect(outcome).toEqual(bearer);
        expect(Buffer.from(token.split('.')[2] ?? '', 'base64url')).toEqual(
          Buffer.from(goodParts[2] ?? '', 'base64url'),
        );
        expect(token.split('.').slice(0, 2)).toEqual(goodParts.slice(0, 2));
      }),
      { numRuns: 10_000 },
    );
  });

  it('signed claims of any kind never fail on our side, nor make an administrator', { timeout: 120_000 }, async () => {
    const claim = fc.constantFrom(
      'preferred_username',
      'name',
      'email',
      'email_verified',
      'groups',
      'department',
      'clearance',
      'domains',
      'aud',
      'exp',
      'nbf',
      'iat',
      'azp',
      'sub',
    );
    await fc.assert(
      fc.asyncProperty(fc.dictionary(claim, fc.jsonValue({ maxDepth: 3 }), { maxKeys: 4 }), async (claims) => {
        const sub = `sub-${randomBytes(6).toString('hex')}`;
        const { status, text } = await send(await provider.sign({ ...ann(), sub, ...claims }));
        expect([200, 401]).toContain(status);
        expect(text).not.toContain('"roles":["admin"]');
      }),
      { numRuns: 300 },
    );
  });

  it('over HTTP end in 401 or 400, never in 5xx', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme-ascii', maxLength: 400 }), async (text) => {
        const { status } = await send(text.replace(/[^\x21-\x7e]/g, '.'));
        expect([400, 401, 431]).toContain(status);
      }),
      { numRuns: 300 },
    );
  });
});
