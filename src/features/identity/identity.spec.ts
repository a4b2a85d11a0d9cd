import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestServices } from '../../../test/support/services.js';
import type { Actor } from '../../core/actor.js';
import { checkAccount, expiryOf } from './account.js';

let services: TestServices;
let admin: Actor;
let ann: Actor;
beforeAll(async () => {
  services = await TestServices.open();
  admin = await services.actor('admin', ['admin']);
  ann = await services.actor('ann');
});
afterAll(() => services.close());

const anAccount = (handle: string) => ({ kind: 'PERSON', handle, name: handle }) as const;

describe('checkAccount', () => {
  it.each(['', 'Ann', 'a b', '-ann', '.ann', 'ann@home', 'ä', 'x'.repeat(64)])('refuses the handle %j', (handle) => {
    expect(() => checkAccount(anAccount(handle))).toThrow('is no handle');
  });

  it.each([{ clearence: 1 }, { clearance: 4 }, { clearance: '2' }, { roles: ['admin'] }, []])(
    'refuses the attributes %j',
    (attributes) => {
      expect(() => checkAccount({ ...anAccount('ann'), attributes })).toThrow(/attributes/);
    },
  );
});

describe('expiryOf', () => {
  const now = new Date('2026-01-01T00:00:00Z');
  it('is 90 days when nothing is said', () => {
    expect(expiryOf(null, now)).toEqual(new Date('2026-04-01T00:00:00Z'));
  });
  it.each([0, -1, 367])('refuses %i days', (days) => {
    expect(() => expiryOf(days, now)).toThrow(`1 to 366 days, not ${days}`);
  });
});

describe('accounts', () => {
  it('are made with their teams, and audited', async () => {
    const made = await services.identity.create(admin, {
      ...anAccount('bob'),
      teams: ['sales', 'ops'],
      attributes: { clearance: 1 },
    });
    expect(made).toMatchObject({
      handle: 'bob',
      teams: ['ops', 'sales'],
      attributes: { clearance: 1 },
      disabledAt: null,
    });
    expect(await services.auditOf('account.created')).toMatchObject([{ actor_handle: 'admin', subject_id: made.id }]);
  });

  it('have handles of their own', async () => {
    const again = services.identity.create(admin, anAccount('ann'));
    await expect(again).rejects.toMatchObject({
      code: 'CONFLICT',
      message: "The handle 'ann' is taken by an account.",
    });
  });

  it('never share a handle with a team, because owners are named by it', async () => {
    await services.identity.create(admin, { ...anAccount('ina'), teams: ['night-shift'] });
    await expect(services.identity.create(admin, anAccount('night-shift'))).rejects.toMatchObject({
      code: 'CONFLICT',
      message: "The handle 'night-shift' is taken by a team.",
    });
    await expect(services.identity.update(admin, 'ina', { teams: ['ann'] })).rejects.toMatchObject({
      code: 'CONFLICT',
      field: ['teams'],
    });
  });

  it('keep both of two changes that are made at once', async () => {
    await services.identity.create(admin, anAccount('kim'));
    await Promise.all([
      services.identity.update(admin, 'kim', { roles: ['reader'] }),
      services.identity.update(admin, 'kim', { name: 'Kim' }),
      services.identity.update(admin, 'kim', { attributes: { clearance: 2 } }),
    ]);
    expect(await services.identity.get('kim')).toMatchObject({
      name: 'Kim',
      roles: ['reader'],
      attributes: { clearance: 2 },
    });
  });

  it('keep what a change leaves out', async () => {
    await services.identity.create(admin, { ...anAccount('cat'), roles: ['reader'], teams: ['ops'] });
    const changed = await services.identity.update(admin, 'cat', { name: 'Cat' });
    expect(changed).toMatchObject({ name: 'Cat', roles: ['reader'], teams: ['ops'] });
    expect(await services.identity.update(admin, 'cat', { teams: [] })).toMatchObject({ roles: ['reader'], teams: [] });
  });

  it('are locked out at once when disabled, and let in again', async () => {
    const { secret } = await services.tokenOf('dan');
    await services.identity.update(admin, 'dan', { disabled: true });
    expect(await services.authenticator.authenticate(secret)).toBeNull();
    await services.identity.update(admin, 'dan', { name: 'Dan' });
    expect(await services.authenticator.authenticate(secret)).toBeNull();
    await services.identity.update(admin, 'dan', { disabled: false });
    expect(await services.authenticator.authenticate(secret)).toMatchObject({ name: 'Dan' });
  });

  it('are changed and listed by managers only, whether they exist or not', async () => {
    const attempts = [
      () => services.identity.create(ann, anAccount('eve')),
      () => services.identity.update(ann, 'bob', { roles: ['admin'] }),
      () => services.identity.update(ann, 'nobody-there', {}),
      () => services.identity.update(ann, 'ann', { roles: ['admin'] }),
      () => services.identity.list(ann, { first: 10, after: null }),
      () => services.identity.createToken(ann, { account: 'admin', name: 'mine' }),
      () => services.identity.createToken(ann, { account: 'nobody-there', name: 'mine' }),
    ];
    for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('are paged in handle order with one statement a page, however many there are', async () => {
    for (const handle of ['p1', 'p2', 'p3'])
      await services.identity.create(admin, { ...anAccount(handle), teams: ['ops'] });
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page = await services.identity.list(admin, { first: 2, after });
      seen.push(...page.nodes.map(({ handle }) => handle));
      after = page.hasNextPage ? page.endCursor : null;
    } while (after !== null);
    expect(seen).toEqual([...seen].sort());
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual(expect.arrayContaining(['admin', 'ann', 'p1', 'p2', 'p3']));
    expect(await services.statementsOf(() => services.identity.list(admin, { first: 100, after: null }))).toBe(1);
    await expect(services.identity.list(admin, { first: 2, after: 'x' })).rejects.toMatchObject({ field: ['after'] });
  });
});

describe('tokens', () => {
  it('are made for oneself, shown once and stored as a hash', async () => {
    const { token, secret } = await services.identity.createToken(ann, { name: 'laptop' });
    expect(await services.authenticator.authenticate(secret)).toMatchObject({ handle: 'ann', token: { id: token.id } });
    const stored = await services.database.query('SELECT * FROM access_token t WHERE id = $1', [token.id]);
    expect(JSON.stringify([stored, await services.auditOf('token.created')])).not.toContain(secret);
  });

  it('limited to namespaces cannot make wider ones', async () => {
    const { secret } = await services.identity.createToken(ann, { name: 'narrow', ingestNamespaces: ['a', 'b'] });
    const narrow = await services.authenticator.authenticate(secret);
    if (!narrow) throw new Error('refused');
    for (const ingestNamespaces of [null, ['a', 'c']]) {
      const wider = services.identity.createToken(narrow, { name: 'wider', ingestNamespaces });
      await expect(wider).rejects.toMatchObject({ field: ['ingestNamespaces'] });
    }
    expect(
      (await services.identity.createToken(narrow, { name: 'same', ingestNamespaces: ['b'] })).token.ingestNamespaces,
    ).toEqual(['b']);
  });

  it('for some things only can do no other, nor make tokens for more, nor decide as a person', async () => {
    const { secret, token } = await services.identity.createToken(ann, { name: 'reader', scopes: ['discover'] });
    expect(token.scopes).toEqual(['discover']);
    const reader = await services.authenticator.authenticate(secret);
    if (!reader) throw new Error('refused');
    for (const scopes of [null, ['discover', 'edit'], ['scim']]) {
      const wider = services.identity.createToken(reader, { name: 'wider', scopes });
      await expect(wider).rejects.toMatchObject({ code: 'CONFLICT', field: ['scopes'] });
    }
    for (const scopes of [[], ['everything'], ['__proto__']]) {
      const wrong = services.identity.createToken(ann, { name: 'wrong', scopes });
      await expect(wrong).rejects.toMatchObject({ code: 'INVALID', field: ['scopes'] });
    }
    const adminReader = await services.identity.createToken(admin, { name: 'reader', scopes: ['discover'] });
    const asAdmin = await services.authenticator.authenticate(adminReader.secret);
    if (!asAdmin) throw new Error('refused');
    await expect(services.identity.list(asAdmin, { first: 1, after: null })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
  });

  it('are ended by their owner or a manager; to others they do not exist', async () => {
    const { id, secret } = await services.tokenOf('fay');
    const refused = { code: 'NOT_FOUND', message: 'There is no such token.' };
    await expect(services.identity.revokeToken(ann, id)).rejects.toMatchObject(refused);
    await expect(services.identity.revokeToken(ann, '00000000-0000-0000-0000-000000000001')).rejects.toMatchObject(
      refused,
    );
    await expect(services.identity.revokeToken(admin, "x' OR true")).rejects.toMatchObject(refused);
    expect((await services.identity.revokeToken(admin, id)).revokedAt).toBeInstanceOf(Date);
    expect(await services.authenticator.authenticate(secret)).toBeNull();
  });

  it('of others are listed for managers only, in one statement for all accounts', async () => {
    const others = [admin.id, ann.id];
    expect(new Set((await services.identity.listTokens(ann, others)).map((t) => t.accountId))).toEqual(
      new Set([ann.id]),
    );
    expect(new Set((await services.identity.listTokens(admin, others)).map((t) => t.accountId))).toEqual(
      new Set(others),
    );
    expect(await services.statementsOf(() => services.identity.listTokens(admin, others))).toBe(1);
  });
});

describe('the first administrator', () => {
  it('gets a token once; another one only when it is asked for', async () => {
    const secret = await services.identity.firstAdminToken();
    expect(await services.authenticator.authenticate(secret ?? '')).toMatchObject({
      handle: 'admin',
      roles: ['admin'],
    });
    expect(await services.identity.firstAdminToken()).toBeNull();
    expect(await services.identity.newAdminToken()).not.toBe(secret);
  });

  it('has a demo token that is the same at every start', async () => {
    const secret = await services.identity.ensureDemoToken('admin');
    expect(await services.identity.ensureDemoToken('admin')).toBe(secret);
    expect(await services.authenticator.authenticate(secret)).toMatchObject({ handle: 'admin' });
  });
});
