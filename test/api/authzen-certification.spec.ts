import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.js';
import { applyTypes, aRule } from '../support/authzen.js';

/**
 * The draft certification scenario of the AuthZEN Authorization API 1.0 (openid.github.io/authzen, 2026), level by level:
 * its people, records and eight decisions, in a policy of ours, asked over HTTP as its harness asks.
 */
const RECORD = {
  type: 'record',
  actions: ['read', 'write', 'delete'],
  attributes: { status: { type: 'string' } },
  actionAttributes: { soft: { type: 'bool' } },
  policies: [
    aRule('everybody-reads', ['read']),
    aRule('alice-writes-what-is-active', ['write'], {
      subjects: { attribute: 'handle', operator: 'eq', value: 'alice' },
      where: { attribute: 'status', operator: 'ne', value: 'archived' },
    }),
    aRule('administrators-write-the-archive', ['write'], {
      subjects: { attribute: 'roles', operator: 'hasAny', value: ['admin'] },
      where: { attribute: 'status', operator: 'eq', value: 'archived' },
    }),
    aRule('alice-deletes-what-can-come-back', ['delete'], {
      subjects: { attribute: 'handle', operator: 'eq', value: 'alice' },
      where: { attribute: 'action.soft', operator: 'eq', value: true },
      tests: [
        {
          actor: { handle: 'alice' },
          action: 'delete',
          actionProperties: { soft: true },
          resource: {},
          expect: 'ALLOW',
        },
        {
          actor: { handle: 'alice' },
          action: 'delete',
          actionProperties: { soft: 'true' },
          resource: {},
          expect: 'DENY',
        },
        { actor: { handle: 'alice' }, action: 'delete', resource: {}, expect: 'DENY' },
      ],
    }),
  ],
};

const alice = { type: 'user', id: 'alice' };
const bob = { type: 'user', id: 'bob' };
const admin = { ...bob, properties: { role: 'admin' } };
const active = { type: 'record', id: 'record-1' };
const archived = { type: 'record', id: 'record-2', properties: { status: 'archived' } };
const [read, write] = [{ name: 'read' }, { name: 'write' }];
const deletion = (soft: boolean): object => ({ name: 'delete', properties: { soft } });

let test: TestApp;
beforeAll(async () => {
  test = await startTestApp({
    accounts: [{ handle: 'pep', roles: ['pep'], trustsAttributes: true }, { handle: 'alice' }, { handle: 'bob' }],
  });
  await applyTypes(test, [RECORD]);
  const resources = [
    { id: 'record-1', properties: { status: 'active' } },
    { id: 'record-2', properties: { status: 'archived' } },
  ];
  await test
    .as('admin')
    .graphql('mutation($r: JSON!) { outsideResourcesPut(type: "record", resources: $r) { count } }', { r: resources });
});
afterAll(() => test.close());

async function answer(path: string, body: object): Promise<Record<string, unknown>> {
  const { body: given } = await test
    .as('pep')
    .post(`/access/v1/${path}`, body)
    .expect(200)
    .expect('Content-Type', /^application\/json/);
  return given as Record<string, unknown>;
}

const decision = async (body: object): Promise<unknown> => (await answer('evaluation', body))['decision'];
const decisions = async (body: object): Promise<unknown[]> =>
  ((await answer('evaluations', body))['evaluations'] as { decision: unknown }[]).map((one) => one.decision);

/** As a harness may send anything: the body as text. */
async function statusOf(body: string, type = 'application/json'): Promise<number> {
  const sent = test.as('pep').get('/').set('Content-Type', type);
  sent.method = 'POST';
  sent.url = `${test.url}/access/v1/evaluation`;
  return (await sent.send(body)).status;
}

describe('Basic Core', () => {
  it.each([
    ['alice reads', alice, read, true],
    ['alice writes', alice, write, true],
    ['bob reads', bob, read, true],
    ['bob writes', bob, write, false],
  ])('decides that %s record-1', async (_, subject, action, expected) => {
    const question = { subject, action, resource: active };
    const context = { time: '2025-06-27T18:03-07:00', ip: '192.168.1.1' };
    const further = { subject: { ...subject, properties: { department: 'Sales' } }, future: { nested: true } };
    for (const more of [{}, {}, { context }, { context: {} }, further])
      expect(await decision({ ...question, ...more })).toBe(expected);
  });

  it('accepts properties that nobody knows', async () => {
    const subject = { ...alice, properties: { department: 'Sales', role: 'manager' } };
    const resource = { ...active, properties: { status: 'active', owner: 'bob' } };
    const action = { ...read, properties: { method: 'GET' } };
    expect(await decision({ subject, action, resource })).toBe(true);
  });

  it.each([
    ['without subject', { subject: undefined }],
    ['without action', { action: undefined }],
    ['without resource', { resource: undefined }],
    ['with a subject without type', { subject: { id: 'alice' } }],
    ['with a subject without id', { subject: { type: 'user' } }],
    ['with an action without name', { action: {} }],
    ['with a resource without type', { resource: { id: 'record-1' } }],
    ['with a resource without id', { resource: { type: 'record' } }],
    ['with a text for a subject', { subject: 'alice' }],
    ['with a number for a name', { action: { name: 123 } }],
  ])('answers a question %s with 400', async (_, change) => {
    const question = { subject: alice, action: read, resource: active, ...change };
    expect(await statusOf(JSON.stringify(question))).toBe(400);
  });

  it('answers what is no JSON with 400', async () => {
    const whole = JSON.stringify({ subject: alice, action: read, resource: active });
    expect(await statusOf(whole)).toBe(200);
    expect(await statusOf(whole, 'text/plain')).toBe(400);
    expect(await statusOf(whole.slice(0, -1))).toBe(400);
    expect(await statusOf('')).toBe(400);
  });
});

describe('Basic Properties', () => {
  it.each([
    ['alice writes what is archived', alice, write, archived, false],
    ['an administrator writes what is archived', admin, write, archived, true],
    ['bob, of whom nothing is said, writes what is archived', bob, write, archived, false],
    ['alice deletes for a while', alice, deletion(true), active, true],
    ['alice deletes for ever', alice, deletion(false), active, false],
    ['bob deletes for a while', bob, deletion(true), active, false],
  ])('decides whether %s', async (_, subject, action, resource, expected) => {
    expect(await decision({ subject, action, resource })).toBe(expected);
  });
});

describe('Batch Core', () => {
  it.each([
    [
      'over records',
      { subject: alice, action: read, evaluations: [{ resource: active }, { resource: archived }] },
      [true, true],
    ],
    [
      'over actions',
      { subject: bob, resource: active, evaluations: [{ action: read }, { action: write }] },
      [true, false],
    ],
    [
      'without defaults',
      {
        evaluations: [
          { subject: alice, action: read, resource: active },
          { subject: bob, action: write, resource: active },
        ],
      },
      [true, false],
    ],
    [
      'of which one is not whole',
      { subject: alice, action: read, evaluations: [{ resource: active }, {}] },
      [true, false],
    ],
  ])('decides %s', async (_, body, expected) => {
    expect(await decisions({ ...body, context: { time: '2025-06-27T18:03-07:00' } })).toEqual(expected);
  });

  it('is one question when there is no list, or an empty one', async () => {
    const question = { subject: alice, action: read, resource: active };
    for (const more of [{}, { evaluations: [] }])
      expect(await answer('evaluations', { ...question, ...more })).toMatchObject({ decision: true });
  });
});

describe('Batch Properties', () => {
  it.each([
    [
      'of each resource',
      { subject: alice, action: write, evaluations: [{ resource: active }, { resource: archived }] },
      [true, false],
    ],
    [
      'of each subject',
      { action: write, resource: archived, evaluations: [{ subject: alice }, { subject: admin }] },
      [false, true],
    ],
    [
      'of each action',
      { subject: alice, resource: active, evaluations: [{ action: deletion(true) }, { action: deletion(false) }] },
      [true, false],
    ],
  ])('takes those %s', async (_, body, expected) => {
    expect(await decisions(body)).toEqual(expected);
  });

  it('takes from the whole what identifies, and no property', async () => {
    const body = {
      subject: alice,
      action: write,
      resource: { type: 'record', id: 'record-9', properties: { status: 'archived' } },
      evaluations: [
        { resource: { id: 'record-1', properties: { status: 'active' } } },
        { resource: { type: 'record', id: 'record-2', properties: { status: 'archived' } } },
        { resource: { properties: { status: 'active' } } },
        {},
      ],
    };
    expect(await decisions(body)).toEqual([true, false, true, false]);
  });
});

describe('Search', () => {
  const results = async (path: string, body: object): Promise<unknown> =>
    (await answer(`search/${path}`, body))['results'];

  it.each([
    ['subject', { subject: { type: 'user' }, action: read, resource: active }, [alice, bob]],
    ['resource', { subject: alice, action: read, resource: { type: 'record' } }, [active]],
    ['action', { subject: alice, resource: active }, [read, write]],
  ])('Core finds each %s', async (path, body, expected) => {
    for (const more of [{}, { context: { ip: '192.168.1.1' } }])
      expect(await results(path, { ...body, ...more })).toEqual(expect.arrayContaining<object>(expected));
  });

  it.each([
    ['resource', { subject: admin, action: write, resource: { type: 'record' } }, { type: 'record', id: 'record-2' }],
    ['action', { subject: admin, resource: archived }, write],
  ])('Properties find each %s', async (path, body, expected) => {
    expect(await results(path, body)).toContainEqual(expected);
  });

  it('Core goes from page to page by token, and says where it ends', async () => {
    const body = { subject: { type: 'user' }, action: read, resource: active };
    const first = await answer('search/subject', { ...body, page: { limit: 1 } });
    const { next_token: token } = first['page'] as { next_token: string };
    expect(token).not.toBe('');
    const rest = await answer('search/subject', { ...body, page: { token } });
    expect(rest['page']).toMatchObject({ next_token: '' });
    expect([...(first['results'] as object[]), ...(rest['results'] as object[])]).toEqual(
      expect.arrayContaining([alice, bob]),
    );
  });

  it.each([
    ['action', { subject: { type: 'user', id: 'nobody' }, resource: active }],
    ['subject', { subject: { type: 'spaceship' }, action: read, resource: active }],
    ['resource', { subject: alice, action: read, resource: { type: 'spaceship' } }],
  ])('Core finds nothing where there is no such %s', async (path, body) => {
    expect(await results(path, body)).toEqual([]);
  });

  it.each([
    ['subject', { subject: { type: 'user' }, resource: active }],
    ['subject', { subject: { type: 'user' }, action: read, resource: { type: 'record' } }],
    ['resource', { action: read, resource: { type: 'record' } }],
    ['resource', { subject: { type: 'user' }, action: read, resource: { type: 'record' } }],
    ['action', { subject: alice }],
  ])('Core answers a search for a %s that is not whole with 400', async (path, body) => {
    await test.as('pep').post(`/access/v1/search/${path}`, body).expect(400);
  });
});

describe('Discovery', () => {
  it('names every endpoint under the address it was asked at', async () => {
    const { body } = await test.as('pep').get('/.well-known/authzen-configuration').expect(200);
    const { policy_decision_point: base, ...endpoints } = body;
    expect(base).toBe(test.url);
    expect(Object.keys(endpoints)).toHaveLength(5);
    for (const url of Object.values<string>(endpoints)) expect(url.startsWith(`${base}/access/v1/`)).toBe(true);
  });
});
