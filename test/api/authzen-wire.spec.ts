import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.js';
import { applyTypes, aRule, ask, question, TICKETS } from '../support/authzen.js';

const ASSET = 'dataset:postgres%3A%2F%2Fdb.example%3A5432/open.orders';

let test: TestApp;
beforeAll(async () => {
  test = await startTestApp({
    accounts: [
      { handle: 'pep', roles: ['pep'] },
      { handle: 'trusted', roles: ['pep'], trustsAttributes: true },
      { handle: 'sally', attributes: { department: 'red' } },
      { handle: 'blank' },
    ],
  });
  await applyTypes(test, [TICKETS]);
  const tickets = [{ id: '1', properties: { team: 'red', level: 1 } }];
  await test
    .as('admin')
    .graphql('mutation($r: JSON!) { outsideResourcesPut(type: "ticket", resources: $r) { count } }', { r: tickets });
});
afterAll(() => test.close());

describe('the wire', () => {
  it('brings the request id back, and takes no answer for another', async () => {
    const sent = test
      .as('pep')
      .post('/access/v1/evaluation', question('sally', 'read', '1'))
      .set('X-Request-ID', 'bfe9eb29/ab87=4ca3:be83');
    const { headers } = await sent.expect(200).expect('Content-Type', /^application\/json/);
    expect(headers['x-request-id']).toBe('bfe9eb29/ab87=4ca3:be83');
  });

  it.each([
    ['no subject', { ...question('sally', 'read', '1'), subject: undefined }, 'subject'],
    ['a subject without id', { ...question('sally', 'read', '1'), subject: { type: 'user' } }, 'subject.id'],
    [
      'an id that is no text',
      { ...question('sally', 'read', '1'), resource: { type: 'ticket', id: 1 } },
      'resource.id',
    ],
    ['an action that is a text', { ...question('sally', 'read', '1'), action: 'read' }, 'action'],
    ['properties that are no object', question('sally', 'read', '1', 'ticket', []), 'resource.properties'],
    ['a list', [], 'The body'],
  ])('refuses %s by name', async (_, body, field) => {
    const { body: answer } = await test.as('pep').post('/access/v1/evaluation', body).expect(400);
    expect(answer.error).toMatchObject({ code: 'INVALID', message: expect.stringContaining(`${field}: `) });
  });

  it.each(['', '{', '"x"', '{"subject": {"type": "user"'])('refuses the body %j', async (body) => {
    const sent = test.as('pep').get('/').set('Content-Type', 'application/json');
    sent.method = 'POST';
    sent.url = `${test.url}/access/v1/evaluation`;
    await sent.send(body).expect(400);
  });

  it('refuses a semantic that there is not, and too many questions', async () => {
    const body = { ...question('sally', 'read', '1'), evaluations: [{}] };
    await test
      .as('pep')
      .post('/access/v1/evaluations', { ...body, options: { evaluations_semantic: 'majority' } })
      .expect(400);
    await test
      .as('pep')
      .post('/access/v1/evaluations', { ...body, evaluations: Array(1001).fill({}) })
      .expect(400);
  });

  it('answers whatever is sent without failing', async () => {
    const key = fc.constantFrom(
      'subject',
      'action',
      'resource',
      'evaluations',
      'options',
      'page',
      'type',
      'id',
      'name',
      'properties',
      '__proto__',
      'constructor',
    );
    const value = fc.oneof(
      fc.constantFrom('user', 'ticket', 'asset', 'column', 'sally', 'read', '1', ASSET, `${ASSET}#%`, '\0', 'ｓally'),
      fc.jsonValue({ maxDepth: 2 }),
    );
    const { body } = fc.letrec((tie) => ({
      body: fc.oneof(
        { depthSize: 'small' },
        value,
        fc.dictionary(key, tie('body'), { maxKeys: 5 }),
        fc.array(tie('body'), { maxLength: 3 }),
      ),
    }));
    const path = fc.constantFrom('evaluation', 'evaluations', 'search/subject', 'search/resource', 'search/action');
    await fc.assert(
      fc.asyncProperty(path, fc.dictionary(key, body), async (where, sent) => {
        const { status } = await test.as('trusted').post(`/access/v1/${where}`, sent);
        expect([200, 400]).toContain(status);
      }),
      { numRuns: 300 },
    );
  });
});

describe('things of other systems', () => {
  const put = (handle: string, type: string, resources: unknown) =>
    test
      .as(handle)
      .graphql(
        'mutation($t: String!, $r: JSON!) { outsideResourcesPut(type: $t, resources: $r) { count userErrors { code field } } }',
        { t: type, r: resources },
      );

  it('are kept, replaced and forgotten by managers, for declared types', async () => {
    expect(await put('sally', 'ticket', [])).toMatchObject({
      outsideResourcesPut: { userErrors: [{ code: 'FORBIDDEN' }] },
    });
    expect(await put('admin', 'spaceship', [])).toMatchObject({
      outsideResourcesPut: { userErrors: [{ code: 'INVALID', field: ['type'] }] },
    });
    expect(await put('admin', 'ticket', [{ name: 'x' }])).toMatchObject({
      outsideResourcesPut: { userErrors: [{ code: 'INVALID' }] },
    });
    await put('admin', 'ticket', [{ id: '9', properties: { level: 0 } }]);
    expect((await ask(test, 'evaluation', question('blank', 'read', '9'))).decision).toBe(true);
    await put('admin', 'ticket', [{ id: '9', properties: { level: 9 } }]);
    expect((await ask(test, 'evaluation', question('blank', 'read', '9'))).decision).toBe(false);
    const forgotten = await test
      .as('admin')
      .graphql('mutation { outsideResourcesRemove(type: "ticket", ids: ["9", "99"]) { count } }');
    expect(forgotten).toEqual({ outsideResourcesRemove: { count: 1 } });
  });
});

describe('a policy set with resource types', () => {
  const rule = (rest: object) => ({ ...TICKETS, policies: [aRule('one', ['read'], rest)] });
  it.each([
    [
      'an attribute that was not declared',
      rule({ where: { attribute: 'colour', operator: 'eq', value: 'x' } }),
      'resourceTypes[0].policies[0].where.attribute',
    ],
    [
      'an action that was not declared',
      { ...TICKETS, actions: ['close'], policies: [aRule('one', ['read'])] },
      'resourceTypes[0].policies[0].actions[0]',
    ],
    ['a type of the catalog', { ...TICKETS, type: 'asset' }, 'resourceTypes[0].type'],
    [
      'an attribute called id',
      { ...TICKETS, attributes: { id: { type: 'string' } } },
      'resourceTypes[0].attributes.id',
    ],
    [
      'an id that another rule has',
      { ...TICKETS, policies: [aRule('administrators', ['read'])] },
      'resourceTypes[0].policies[0].id',
    ],
    ['advice on a deny', rule({ effect: 'deny', advice: { mask: 'hash' } }), 'resourceTypes[0].policies[0].advice'],
    [
      'a window in no time zone',
      rule({ validity: { schedule: { timeZone: 'Mars/Base', from: '09:00', to: '17:00' } } }),
      'resourceTypes[0].policies[0].validity.schedule.timeZone',
    ],
  ])('refuses %s by its path', async (_, type, path) => {
    await expect(applyTypes(test, [type])).rejects.toThrow(`${path}: `);
  });

  const WINDOW = { validity: { schedule: { timeZone: 'Europe/Berlin', days: ['SUN'], from: '02:30', to: '04:00' } } };
  const tests = (expected: readonly (readonly [string, string])[]) =>
    expected.map(([at, expect]) => ({ actor: {}, action: 'read', resource: { id: '1' }, at, expect }));

  it('runs the tests in it at the times they say, also where clocks are moved', async () => {
    const right = tests([
      ['2026-03-29T00:59:59Z', 'DENY'],
      ['2026-03-29T01:00:00Z', 'ALLOW'],
      ['2026-03-29T02:00:00Z', 'DENY'],
      ['2026-10-25T00:30:00Z', 'ALLOW'],
      ['2026-10-25T02:59:00Z', 'ALLOW'],
      ['2026-10-25T03:00:00Z', 'DENY'],
      ['2026-10-26T02:00:00Z', 'DENY'],
    ]);
    await applyTypes(test, [rule({ ...WINDOW, tests: right })]);
    const wrong = rule({ ...WINDOW, tests: tests([['2026-03-29T00:59:59Z', 'ALLOW']]) });
    await expect(applyTypes(test, [wrong])).rejects.toThrow('one.tests[0]: expected ALLOW, got DENY');
  });
});
