import fc from 'fast-check';
import request, { type Test } from 'supertest';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.js';
import { ADMINISTRATORS } from '../support/policies.js';

/** SCIM 2.0 over HTTP, as Okta and Entra ID send it (RFC 7643, RFC 7644). */
const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

let test: TestApp;
let token: string;
let number = 0;
beforeAll(async () => {
  test = await startTestApp({
    accounts: [{ handle: 'nora' }, { handle: 'known', externalIds: ['ext-known'], attributes: { country: 'DE' } }],
  });
  token = await tokenOf('admin', '[scim]');
  const policies = [
    ADMINISTRATORS,
    {
      id: 'sales',
      title: 'The team sales may see',
      why: 'test',
      effect: 'allow',
      actions: ['discover'],
      subjects: { attribute: 'teams', operator: 'hasAny', value: ['sales'] },
      resources: { types: ['asset'] },
    },
  ];
  await test
    .as('admin')
    .graphql('mutation($d: JSON!) { policySetApply(documents: $d) { userErrors { message } } }', { d: policies });
  await test
    .as('admin')
    .post('/api/v1/lineage', {
      eventTime: '2026-01-01T00:00:00Z',
      dataset: { namespace: 'db', name: 'orders', facets: { schema: { fields: [{ name: 'id' }] } } },
    })
    .expect(201);
  await test.settle();
});
afterAll(() => test.close());
beforeEach(() => {
  number += 1;
});

async function tokenOf(handle: string, scopes: string): Promise<string> {
  const { tokenCreate } = await test.as('admin').graphql<{
    tokenCreate: { secret: string };
  }>(`mutation { tokenCreate(input: { account: "${handle}", name: "t", scopes: ${scopes} }) { secret } }`);
  return tokenCreate.secret;
}

function scim(method: 'get' | 'post' | 'put' | 'patch' | 'delete', path: string, body?: object): Test {
  const sent = request(test.url)
    [method](`/scim/v2/${path}`)
    .set('Authorization', `Bearer ${token}`)
    .set('Content-Type', 'application/scim+json');
  return body === undefined ? sent : sent.send(JSON.stringify(body));
}

function aUser(more: object = {}): object {
  return {
    schemas: [USER],
    userName: `ann${number}@example.com`,
    name: { givenName: 'Ann', familyName: 'Meyer' },
    emails: [{ value: `ann${number}@example.com`, type: 'work', primary: true }],
    active: true,
    ...more,
  };
}

async function made(more: object = {}): Promise<{ id: string; userName: string }> {
  return (await scim('post', 'Users', aUser(more)).expect(201)).body;
}

const patchOf = (...Operations: object[]) => ({ schemas: [PATCH], Operations });

describe('a user', () => {
  it('is made, read, replaced and removed, and is an account', async () => {
    const enterprise = { schemas: [USER, ENTERPRISE], [ENTERPRISE]: { department: 'sales' }, externalId: 'ext-1' };
    const { body, headers } = await scim('post', 'Users', aUser(enterprise)).expect(201);
    expect(headers['content-type']).toContain('application/scim+json');
    expect(body).toMatchObject({
      schemas: [USER, ENTERPRISE],
      userName: `ann${number}@example.com`,
      externalId: 'ext-1',
      active: true,
      [ENTERPRISE]: { department: 'sales' },
      meta: { resourceType: 'User', location: `/scim/v2/Users/${body.id}` },
    });
    expect((await scim('get', `Users/${body.id}`).expect(200)).body).toEqual(body);
    const { accounts } = await test
      .as('admin')
      .graphql<{ accounts: { nodes: { id: string }[] } }>(
        '{ accounts(first: 100) { nodes { id handle name externalIds attributes } } }',
      );
    expect(accounts.nodes.find(({ id }) => id === body.id)).toEqual({
      id: body.id,
      handle: `ann${number}`,
      name: 'Ann Meyer',
      externalIds: ['ext-1'],
      attributes: { department: 'sales' },
    });
    const replaced = await scim('put', `Users/${body.id}`, aUser({ displayName: 'Ann M.' })).expect(200);
    expect(replaced.body).toMatchObject({ displayName: 'Ann M.' });
    expect(replaced.body).not.toHaveProperty('externalId');
    await scim('delete', `Users/${body.id}`).expect(204);
    expect((await scim('get', `Users/${body.id}`).expect(404)).body).toMatchObject({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
      status: '404',
    });
  });

  it('is changed by patches, as Okta and Entra ID write them', async () => {
    const { id } = await made();
    const patch = async (...operations: object[]) =>
      (await scim('patch', `Users/${id}`, patchOf(...operations)).expect(200)).body;
    expect(await patch({ op: 'replace', value: { active: false } })).toMatchObject({ active: false });
    expect(await patch({ op: 'Replace', path: 'active', value: 'True' })).toMatchObject({ active: true });
    expect(await patch({ op: 'add', path: 'displayName', value: 'A.' })).toMatchObject({ displayName: 'A.' });
    expect(await patch({ op: 'replace', path: 'name.familyName', value: 'M' })).toMatchObject({
      name: { givenName: 'Ann', familyName: 'M' },
    });
    const mail = { op: 'replace', path: 'emails[type eq "work"].value', value: 'new@example.com' };
    expect(await patch(mail)).toMatchObject({ emails: [{ value: 'new@example.com', type: 'work', primary: true }] });
    const department = { op: 'add', path: `${ENTERPRISE}:department`, value: 'ops' };
    expect(await patch(department)).toMatchObject({ [ENTERPRISE]: { department: 'ops' } });
  });

  it('who is deactivated is out at once, with every token and session, and stays so when he comes back', async () => {
    const { id } = await made();
    const secret = await tokenOf(`ann${number}`, 'null');
    const me = () =>
      request(test.url).post('/graphql').set('Authorization', `Bearer ${secret}`).send({ query: '{ me { handle } }' });
    await me().expect(200);
    await scim('patch', `Users/${id}`, patchOf({ op: 'replace', path: 'active', value: false })).expect(200);
    await me().expect(401);
    await scim('patch', `Users/${id}`, patchOf({ op: 'replace', path: 'active', value: true })).expect(200);
    await me().expect(401);
  });

  it('of an account that is called by the same external id is that account', async () => {
    const { body } = await scim('post', 'Users', aUser({ externalId: 'ext-known' })).expect(201);
    const [account] = await test.database.query('SELECT handle, name, attributes FROM account WHERE id = $1', [
      body.id,
    ]);
    expect(account).toEqual({ handle: 'known', name: 'Ann Meyer', attributes: { country: 'DE' } });
  });

  it('has a userName of its own, in whatever letters', async () => {
    const first = await made();
    const twice = await scim('post', 'Users', aUser({ userName: first.userName.toUpperCase() })).expect(409);
    expect(twice.body).toMatchObject({ scimType: 'uniqueness', status: '409' });
    const other = await made({ userName: `other${number}` });
    await scim('put', `Users/${other.id}`, aUser({ userName: first.userName })).expect(409);
  });

  it('never becomes somebody by a look-alike name', async () => {
    const { id } = await made({ userName: 'аdmin@example.com' });
    const { id: other } = await made({ userName: 'admin@example.com' });
    const rows = await test.database.query<{ handle: string }>('SELECT handle FROM account WHERE id = ANY($1)', [
      [id, other],
    ]);
    for (const { handle } of rows) expect(handle).not.toBe('admin');
  });

  it.each([
    ['nothing', 'x'],
    ['no userName', { schemas: [USER] }],
    ['an empty userName', { schemas: [USER], userName: '' }],
    ['a list for a name', { schemas: [USER], userName: ['a'] }],
    ['another schema', { schemas: [GROUP], userName: 'a' }],
    ['U+0000', { schemas: [USER], userName: 'a\0b' }],
  ])('of %s is refused with 400', async (_, body) => {
    const sent = await scim('post', 'Users', body as object);
    expect(sent.status).toBe(400);
    expect(sent.body.schemas).toEqual(['urn:ietf:params:scim:api:messages:2.0:Error']);
  });
});

describe('a list of users', () => {
  it('is filtered, paged and cut to the attributes that were asked for', async () => {
    for (const letter of ['a', 'b', 'c'])
      await made({ userName: `list-${letter}`, externalId: `list-${letter}`, displayName: `L ${letter}` });
    const namesOf = async (filter: string, more = ''): Promise<string[]> => {
      const { body } = await scim('get', `Users?filter=${encodeURIComponent(filter)}${more}`).expect(200);
      return body.Resources.map(({ userName }: { userName: string }) => userName).toSorted();
    };
    expect(await namesOf('userName eq "LIST-A"')).toEqual(['list-a']);
    expect(await namesOf('externalId eq "list-b"')).toEqual(['list-b']);
    expect(await namesOf('userName sw "list-" and displayName ew "c"')).toEqual(['list-c']);
    expect(await namesOf('userName eq "list-a" or userName eq "list-b"')).toEqual(['list-a', 'list-b']);
    expect(await namesOf('userName eq "nobody"')).toEqual([]);
    const filter = encodeURIComponent('userName sw "list-"');
    const page = await scim('get', `Users?filter=${filter}&startIndex=2&count=1&attributes=userName`).expect(200);
    expect(page.body).toMatchObject({ totalResults: 3, startIndex: 2, itemsPerPage: 1 });
    expect(Object.keys(page.body.Resources[0]).toSorted()).toEqual(['id', 'schemas', 'userName']);
    expect((await scim('get', 'Users?count=0').expect(200)).body.Resources).toEqual([]);
  });

  it('takes one statement, however many there are', async () => {
    const statements = await test.statementsOf(() => scim('get', 'Users'));
    // Who asks, and the list.
    expect(statements).toBeLessThanOrEqual(2);
  });

  it('shows nobody whom SCIM did not make', async () => {
    const { body } = await scim('get', 'Users');
    const names = body.Resources.map(({ userName }: { userName: string }) => userName);
    for (const name of ['admin', 'nora']) expect(names).not.toContain(name);
    const [nora] = await test.database.query<{ id: string }>(`SELECT id FROM account WHERE handle = 'nora'`);
    await scim('delete', `Users/${nora?.id}`).expect(404);
  });

  it.each([
    ['without operator', 'userName'],
    ['without value', 'userName eq'],
    ['without value before another', 'userName eq or displayName pr'],
    ['of brackets', '((((('],
    ['of an unknown operator', 'userName zz "x"'],
    ['that is nested', '('.repeat(900)],
    ['that is long', 'x'.repeat(2000)],
  ])('refuses a filter %s with 400', async (_, filter) => {
    const { body, status } = await scim('get', `Users?filter=${encodeURIComponent(filter)}`);
    expect(status).toBe(400);
    expect(body).toMatchObject({ scimType: 'invalidFilter' });
  });
});

describe('a group', () => {
  it('is a team that policies name: who comes into it sees, who leaves it does not', async () => {
    const { id } = await made();
    const secret = await tokenOf(`ann${number}`, 'null');
    const seen = async (): Promise<number> => {
      const query = '{ assets { totalCount } }';
      const sent = request(test.url).post('/graphql').set('Authorization', `Bearer ${secret}`).send({ query });
      return (await sent.expect(200)).body.data.assets.totalCount;
    };
    expect(await seen()).toBe(0);
    const group = { schemas: [GROUP], displayName: 'sales', members: [{ value: id }] };
    const { body } = await scim('post', 'Groups', group).expect(201);
    expect(body).toMatchObject({ displayName: 'sales', members: [{ value: id, display: `ann${number}@example.com` }] });
    expect(await seen()).toBe(1);
    expect((await scim('get', `Users/${id}`)).body.groups).toMatchObject([{ value: body.id, display: 'sales' }]);
    const leave = patchOf({ op: 'remove', path: `members[value eq "${id}"]` });
    await scim('patch', `Groups/${body.id}`, leave).expect(200);
    expect(await seen()).toBe(0);
    await scim('patch', `Groups/${body.id}`, patchOf({ op: 'add', path: 'members', value: [{ value: id }] })).expect(
      200,
    );
    expect(await seen()).toBe(1);
    const renamed = await scim(
      'patch',
      `Groups/${body.id}`,
      patchOf({ op: 'replace', path: 'displayName', value: 'Verkauf' }),
    );
    expect(renamed.body).toMatchObject({ displayName: 'Verkauf', members: [{ value: id }] });
    expect(await seen()).toBe(1);
    await scim('delete', `Groups/${body.id}`).expect(204);
    expect(await seen()).toBe(0);
    await scim('get', `Groups/${body.id}`).expect(404);
  });

  it('never becomes a team that is called otherwise, nor an account', async () => {
    await test
      .as('admin')
      .graphql('mutation { accountUpdate(handle: "nora", input: { teams: ["secret"] }) { account { id } } }');
    for (const displayName of ['Secret', 'SECRET', 'nora', 'Nora', '!!!', 'ѕ'])
      expect((await scim('post', 'Groups', { schemas: [GROUP], displayName })).status).toBeGreaterThanOrEqual(400);
    // Not folded into what they look like: teams of their own.
    for (const displayName of ['secret!', 'ѕecret'])
      await scim('post', 'Groups', { schemas: [GROUP], displayName }).expect(201);
    const rows = await test.database.query(
      `SELECT 1 AS one FROM scim_group g JOIN team t ON t.id = g.team_id WHERE t.handle = 'secret'`,
    );
    expect(rows).toEqual([]);
  });

  it('takes no member whom SCIM does not know', async () => {
    const [nora] = await test.database.query<{ id: string }>(`SELECT id FROM account WHERE handle = 'nora'`);
    for (const value of [nora?.id, 'x', '00000000-0000-7000-8000-000000000001']) {
      const group = { schemas: [GROUP], displayName: `g${number}`, members: [{ value }] };
      await scim('post', 'Groups', group).expect(400);
    }
  });
});

describe('who provisions', () => {
  it.each([
    ['a token without the scope', () => tokenOf('admin', 'null')],
    ['a token for accounts', () => tokenOf('admin', '[manage_accounts]')],
    ['a token of somebody without the right', () => tokenOf('nora', '[scim]')],
  ])('is not %s', async (_, make) => {
    const secret = await make();
    for (const [method, path] of [
      ['get', 'Users'],
      ['post', 'Users'],
      ['get', 'Groups'],
      ['delete', 'Users/00000000-0000-7000-8000-000000000001'],
    ] as const) {
      const sent = await request(test.url)[method](`/scim/v2/${path}`).set('Authorization', `Bearer ${secret}`);
      expect([sent.status, sent.body.status]).toEqual([403, '403']);
    }
  });

  it('can do nothing else with the token', async () => {
    const query = (text: string) =>
      request(test.url).post('/graphql').set('Authorization', `Bearer ${token}`).send({ query: text });
    expect((await query('{ assets { totalCount } }')).body.data.assets.totalCount).toBe(0);
    expect((await query('{ accounts { nodes { handle } } }')).body.errors[0].extensions.code).toBe('FORBIDDEN');
    const { body } = await query('mutation { tokenCreate(input: { name: "all" }) { secret userErrors { code } } }');
    expect(body.data.tokenCreate).toEqual({ secret: null, userErrors: [{ code: 'CONFLICT' }] });
  });

  it('is told what there is', async () => {
    expect((await scim('get', 'ServiceProviderConfig').expect(200)).body.patch).toEqual({ supported: true });
    const types = (await scim('get', 'ResourceTypes').expect(200)).body.Resources;
    expect(types.map(({ endpoint }: { endpoint: string }) => endpoint)).toEqual(['/Users', '/Groups']);
    const schemas = (await scim('get', 'Schemas').expect(200)).body.Resources;
    expect(schemas.map(({ id }: { id: string }) => id)).toEqual([USER, GROUP, ENTERPRISE]);
    const user = (await scim('get', `Schemas/${USER}`).expect(200)).body;
    expect(user.attributes.map(({ name }: { name: string }) => name)).not.toContain('password');
    await scim('get', 'Schemas/urn:none').expect(404);
  });

  it('is on record', async () => {
    const rows = await test.database.query<{ action: string }>(
      `SELECT DISTINCT action FROM audit_entry WHERE actor_handle = 'admin' ORDER BY action`,
    );
    const wanted = ['account.created', 'account.changed', 'team.provisioned', 'team.changed', 'team.removed'];
    expect(rows.map(({ action }) => action)).toEqual(expect.arrayContaining(wanted));
  });

  it('gets 4xx for whatever is wrong, never 5xx', { timeout: 120_000 }, async () => {
    const { id } = await made();
    const key = fc.constantFrom(
      'userName',
      'active',
      'emails',
      'name',
      'members',
      'displayName',
      'externalId',
      'id',
      'meta',
      'schemas',
      ENTERPRISE,
      '__proto__',
    );
    const body = fc.dictionary(key, fc.jsonValue({ maxDepth: 3 }), { maxKeys: 4 });
    const operation = fc.record(
      {
        op: fc.constantFrom('add', 'replace', 'remove', 'x', '__proto__'),
        path: fc.oneof(
          key,
          fc.constantFrom('emails[type eq "work"].value', 'members[', 'a.b.c', '[]', 'constructor'),
          fc.string(),
        ),
        value: fc.jsonValue({ maxDepth: 2 }),
      },
      { requiredKeys: ['op'] },
    );
    await fc.assert(
      fc.asyncProperty(body, operation, fc.string({ maxLength: 40 }), async (given, change, filter) => {
        const answers = [
          await scim('post', 'Users', { schemas: [USER], ...given }),
          await scim('post', 'Groups', { schemas: [GROUP], ...given }),
          await scim('patch', `Users/${id}`, patchOf(change)),
          await scim('get', `Users?filter=${encodeURIComponent(filter)}`),
        ];
        for (const { status } of answers) expect(status).toBeLessThan(500);
      }),
      { numRuns: 60 },
    );
  });
});
