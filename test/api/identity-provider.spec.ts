import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.js';
import { TestIdentityProvider } from '../support/identity-provider.js';

/** The provider's tokens as `Authorization: Bearer`, from a real provider (docs/identity.md). */
const ANN = {
  preferred_username: 'ann',
  name: 'Ann Meyer',
  email: 'ann@example.com',
  groups: ['sales', 'Not A Handle'],
};

let provider: TestIdentityProvider;
let test: TestApp;
let knownOnly: TestApp;
const folder = mkdtempSync(join(tmpdir(), 'cadastre-oidc-'));

function configFile(more: string): string {
  const path = join(folder, `${randomBytes(4).toString('hex')}.yaml`);
  writeFileSync(
    path,
    `oidc:
  issuer: ${provider.issuer}
  audience: cadastre
  ${more}
  claims:
    teams: { claim: groups }
    roles: { claim: groups, values: { catalog-admins: admin } }
    attributes: { department: department, clearance: clearance }
`,
  );
  return path;
}

beforeAll(async () => {
  provider = await TestIdentityProvider.start({
    'sub-ann': { ...ANN, department: 'sales', clearance: '2' },
    'sub-bob': { preferred_username: 'bob', name: 'Bob' },
    'sub-root': { preferred_username: 'root', groups: ['catalog-admins'] },
    'sub-carl': { preferred_username: 'admin', name: 'Carl' },
  });
  test = await startTestApp({ env: { CADASTRE_CONFIG_FILE: configFile('accounts: at-first-sight') } });
  knownOnly = await startTestApp({
    accounts: [{ handle: 'bob', externalIds: ['sub-bob'], teams: ['ops'], attributes: { country: 'DE' } }],
    env: { CADASTRE_CONFIG_FILE: configFile('clockSkewSeconds: 5') },
  });
});
afterAll(async () => {
  await test.close();
  await knownOnly.close();
  await provider.stop();
  rmSync(folder, { recursive: true, force: true });
});

const ask = (app: TestApp, token: string) =>
  request(app.url)
    .post('/graphql')
    .set('Authorization', `Bearer ${token}`)
    .send({ query: '{ me { handle name roles teams externalIds attributes } }' });

async function meOf(app: TestApp, token: string): Promise<Record<string, unknown>> {
  const { body } = await ask(app, token).expect(200);
  return body.data.me;
}

async function auditOf(app: TestApp, action: string): Promise<{ actor_handle: string; detail: object }[]> {
  return app.database.query('SELECT * FROM audit_entry WHERE action = $1 ORDER BY seq', [action]);
}

describe('a token of the provider', () => {
  it('lets somebody in whom nobody knew, with what the provider says of him', async () => {
    const { idToken, accessToken } = await provider.tokensOf('sub-ann');
    const ann = {
      handle: 'ann',
      name: 'Ann Meyer',
      roles: [],
      teams: ['sales'],
      externalIds: ['sub-ann'],
      attributes: { department: 'sales', clearance: 2 },
    };
    expect(await meOf(test, idToken)).toEqual(ann);
    expect(await meOf(test, accessToken)).toEqual(ann);
    expect(await auditOf(test, 'account.created')).toMatchObject([
      { actor_handle: `provider ${provider.issuer}`, detail: { handle: 'ann', teams: ['sales'] } },
    ]);
    expect(await auditOf(test, 'signIn')).toMatchObject([{ actor_handle: 'ann' }]);
  });

  it('takes one statement when nothing is new', async () => {
    const token = await provider.sign(provider.claimsOf('sub-ann'));
    await meOf(test, token);
    const first = await test.statementsOf(() => ask(test, token));
    // The account once to sign in, and once for `me`.
    expect(first).toBe(2);
  });

  it('changes the account with the next word of the provider, and takes away what he no longer says', async () => {
    const before = { ...provider.claimsOf('sub-ann'), sub: 'sub-change', preferred_username: 'chris' };
    await meOf(test, await provider.sign(before));
    const after = { ...before, groups: undefined, clearance: undefined, department: 'finance' };
    expect(await meOf(test, await provider.sign(after))).toMatchObject({
      handle: 'chris',
      teams: [],
      attributes: { department: 'finance' },
    });
    expect(await auditOf(test, 'account.changed')).toMatchObject([{ actor_handle: `provider ${provider.issuer}` }]);
  });

  it('gives roles to groups that are named for it, and the right that policies give to the role', async () => {
    const token = await provider.sign(provider.claimsOf('sub-root'));
    expect(await meOf(test, token)).toMatchObject({ handle: 'root', roles: ['admin'] });
    const accounts = '{ accounts { nodes { handle } } }';
    const asked = (secret: string) =>
      request(test.url).post('/graphql').set('Authorization', `Bearer ${secret}`).send({ query: accounts });
    expect((await asked(token)).body.errors).toBeUndefined();
    const noMore = await provider.sign({ ...provider.claimsOf('sub-root'), groups: [] });
    expect((await asked(noMore)).body.errors[0].extensions.code).toBe('FORBIDDEN');
  });

  it('never becomes an account that is there by its name alone', async () => {
    const me = await meOf(test, await provider.sign(provider.claimsOf('sub-carl')));
    expect(me).toMatchObject({ name: 'Carl', roles: [] });
    expect(me['handle']).toMatch(/^admin-[0-9a-f]{8}$/);
  });

  it('makes one account when several requests come first at once', async () => {
    const token = await provider.sign({ ...provider.claimsOf('sub-bob'), sub: 'sub-many', preferred_username: 'many' });
    const answers = await Promise.all(Array.from({ length: 6 }, () => meOf(test, token)));
    expect(new Set(answers.map(({ handle }) => handle))).toEqual(new Set(['many']));
  });

  it('is refused at once when the account is disabled', async () => {
    const token = await provider.sign({ ...provider.claimsOf('sub-bob'), sub: 'sub-gone', preferred_username: 'gone' });
    await meOf(test, token);
    await test
      .as('admin')
      .graphql('mutation { accountUpdate(handle: "gone", input: { disabled: true }) { userErrors { message } } }');
    const { body } = await ask(test, token).expect(401);
    expect(body.error).toEqual({ code: 'UNAUTHENTICATED', message: 'Your account is disabled.' });
  });
});

describe('where accounts must be known', () => {
  it('lets in whom an administrator named by the subject, and keeps what the provider does not speak about', async () => {
    const token = await provider.sign(provider.claimsOf('sub-bob'));
    expect(await meOf(knownOnly, token)).toMatchObject({
      handle: 'bob',
      name: 'Bob',
      teams: [],
      attributes: { country: 'DE' },
    });
  });

  it('refuses others with what to do', async () => {
    const { body } = await ask(knownOnly, await provider.sign(provider.claimsOf('sub-ann'))).expect(401);
    expect(body.error.message).toBe('You have no account here. Ask an administrator for one.');
    expect(await knownOnly.database.query(`SELECT handle FROM account ORDER BY handle`)).toEqual([
      { handle: 'admin' },
      { handle: 'bob' },
    ]);
  });
});

describe('the keys of the provider', () => {
  it('are asked for anew when a token names one that is not known, at most once in a while', async () => {
    await meOf(knownOnly, await provider.sign(provider.claimsOf('sub-bob')));
    const before = provider.keyRequests;
    for (let at = 0; at < 20; at += 1)
      await ask(knownOnly, await provider.sign(provider.claimsOf('sub-bob'), { kid: `unknown-${at}` })).expect(401);
    expect(provider.keyRequests - before).toBeLessThanOrEqual(1);
  });

  it('may be others from one day to the next', async () => {
    const fresh = await startTestApp({ env: { CADASTRE_CONFIG_FILE: configFile('accounts: at-first-sight') } });
    try {
      const old = await provider.sign(provider.claimsOf('sub-ann'));
      await meOf(fresh, old);
      await provider.rotate('second');
      const fresher = await provider.sign(provider.claimsOf('sub-ann'));
      // As if the pause between two looks had passed.
      const realNow = Date.now;
      Date.now = () => realNow() + 31_000;
      try {
        await meOf(fresh, fresher);
      } finally {
        Date.now = realNow;
      }
      const { body } = await ask(fresh, old).expect(401);
      expect(body.error.message).toBe('The token is signed by a key that the provider does not have.');
    } finally {
      await fresh.close();
    }
  });
});

describe('a provider that is away', () => {
  it('is said to be; tokens of our own go on', async () => {
    const gone = await TestIdentityProvider.start({});
    const path = configFile('accounts: at-first-sight');
    const app = await startTestApp({ env: { CADASTRE_CONFIG_FILE: path } });
    const lonely = await startTestApp({ env: { CADASTRE_CONFIG_FILE: awayFile(gone.issuer) } });
    try {
      const token = await gone.sign(gone.claimsOf('sub-ann'));
      await gone.stop();
      for (let time = 0; time < 2; time += 1) {
        const { body } = await ask(lonely, token).expect(503);
        expect(body.error).toEqual({
          code: 'UNAVAILABLE',
          message: 'The identity provider does not answer. Try again soon, or use a token of this service.',
        });
      }
      await lonely.as('admin').graphql('{ me { handle } }');
      expect(lonely.logLines.filter((line) => line.includes('identity provider'))).toHaveLength(1);
      expect(lonely.logLines.join('\n')).not.toContain(token);
    } finally {
      await app.close();
      await lonely.close();
    }
  });
});

function awayFile(issuer: string): string {
  const path = join(folder, 'away.yaml');
  writeFileSync(path, `oidc:\n  issuer: ${issuer}\n  audience: cadastre\n`);
  return path;
}

describe('the section oidc of the configuration', () => {
  it.each([
    ['issuer: http://login.example.com', 'oidc.issuer must begin with https'],
    ['algorithms: [HS256]', 'oidc.algorithms[0]'],
    ['algorithms: [none]', 'oidc.algorithms[0]'],
    ['clockSkewSeconds: 61', 'oidc.clockSkewSeconds'],
    ['accounts: everybody', 'oidc.accounts'],
    ['claims: { attributes: { shoeSize: size } }', 'oidc.claims.attributes'],
  ])('refuses %s, with its place', async (line, message) => {
    const path = join(folder, 'wrong.yaml');
    const issuer = line.startsWith('issuer') ? '' : '  issuer: https://login.example.com\n';
    writeFileSync(path, `oidc:\n${issuer}  audience: cadastre\n  ${line}\n`);
    const error = await startTestApp({ env: { CADASTRE_CONFIG_FILE: path } }).catch((reason: unknown) =>
      String(reason),
    );
    expect(error).toContain(message);
    expect(error).not.toContain('hunter2');
  });
});
