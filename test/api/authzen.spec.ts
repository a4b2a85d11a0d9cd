import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.js';
import { applyTypes, ask, question, TICKETS } from '../support/authzen.js';

const NAMESPACE = 'postgres://db.example:5432';
const ref = (name: string): string => `dataset:${encodeURIComponent(NAMESPACE)}/${encodeURIComponent(name)}`;
const ORDERS = ref('open.orders');
const PAYROLL = ref('hidden.payroll');

const dataset = (name: string, domain: string): object => ({
  namespace: NAMESPACE,
  name,
  facets: {
    schema: { fields: ['id', 'email', 'salary'].map((field) => ({ name: field, type: 'text' })) },
    tags: {
      tags: [
        { key: 'domain', value: domain },
        { key: 'sensitivity', value: name === 'open.orders' ? 'INTERNAL' : 'RESTRICTED' },
        { key: 'sensitivity', value: 'RESTRICTED', field: 'salary' },
        { key: 'sensitivity', value: 'CONFIDENTIAL', field: 'email' },
      ],
    },
  },
});
const EVENT = {
  eventType: 'COMPLETE',
  eventTime: '2026-05-01T10:00:00Z',
  run: { runId: 'r' },
  job: { namespace: 'flow', name: 'load' },
  inputs: [dataset('hidden.payroll', 'people')],
  outputs: [dataset('open.orders', 'sales')],
};

const CATALOG = [
  {
    id: 'sales-see-sales',
    title: 'Sales sees sales',
    why: 'test',
    effect: 'allow',
    actions: ['discover'],
    resources: { types: ['asset'], where: { attribute: 'domain', operator: 'under', subject: 'domains' } },
    advice: { rowFilter: "region = 'EU'" },
  },
  {
    id: 'restricted-masked',
    title: 'What is confidential is masked',
    why: 'test',
    effect: 'allow',
    actions: ['read_column'],
    resources: { types: ['column'], where: { attribute: 'sensitivity', operator: 'eq', value: 2 } },
    advice: { mask: 'hash' },
  },
  {
    id: 'columns-not-restricted',
    title: 'Columns below restricted',
    why: 'test',
    effect: 'allow',
    actions: ['read_column'],
    resources: {
      types: ['column'],
      where: {
        any: [
          { attribute: 'sensitivity', operator: 'missing' },
          { attribute: 'sensitivity', operator: 'lte', value: 2 },
        ],
      },
    },
    advice: { mask: 'partial' },
  },
];

let test: TestApp;
beforeAll(async () => {
  test = await startTestApp({
    accounts: [
      { handle: 'pep', roles: ['pep'] },
      { handle: 'trusted', roles: ['pep'], trustsAttributes: true },
      { handle: 'sally', attributes: { department: 'red', domains: ['sales'] }, externalIds: ['SALLY@corp'] },
      { handle: 'gone', attributes: { department: 'red' } },
      { handle: 'blank' },
    ],
  });
  await applyTypes(test, [TICKETS], CATALOG);
  await test.as('admin').post('/api/v1/lineage', EVENT).expect(201);
  await test.settle();
  await test
    .as('admin')
    .graphql('mutation { accountUpdate(handle: "gone", input: { disabled: true }) { account { id } } }');
  const tickets = [
    { id: '1', properties: { team: 'red', level: 1, labels: ['a'], area: 'shop/till' } },
    { id: '2', properties: { team: 'red', level: 3, labels: [], area: 'shopping' } },
    { id: '3', properties: { team: 'red', level: 0, labels: ['b', 'secret'], area: null } },
    { id: '4', properties: { team: 'blue', level: 2 } },
    { id: '5', properties: { team: 7, level: '1', labels: 'a', area: 'a//b' } },
    { id: '6' },
  ];
  await test
    .as('admin')
    .graphql('mutation($r: JSON!) { outsideResourcesPut(type: "ticket", resources: $r) { count } }', { r: tickets });
});
afterAll(() => test.close());

const decisionOn = async (subject: string, action: string, id: string, type = 'ticket'): Promise<boolean> =>
  (await ask(test, 'evaluation', question(subject, action, id, type))).decision;

describe('a decision', () => {
  it.each([
    ['allows by an attribute of both', 'sally', 'read', '1', true],
    ['knows subjects by what another system calls them', 'SALLY@corp', 'read', '1', true],
    ['denies what no rule allows', 'sally', 'read', '4', false],
    ['lets a deny of a higher band stand against every allow', 'sally', 'read', '3', false],
    ['lets a deny of the same band stand', 'sally', 'close', '2', false],
    ['allows where the deny does not match', 'sally', 'close', '1', true],
    ['denies where the deny asks for what is missing', 'sally', 'close', '6', false],
    ['never allows by what is missing', 'blank', 'read', '6', false],
    ['takes a value of another type for missing', 'blank', 'read', '5', false],
    ['compares numbers', 'blank', 'read', '1', true],
    ['knows paths by their parts', 'blank', 'assign', '1', true],
    ['does not take a longer word for a path below', 'blank', 'assign', '2', false],
    ['denies what is in force no longer', 'blank', 'assign', '6', false],
    ['denies an action that the type does not have', 'sally', 'fly', '1', false],
    ['denies a thing that nobody stored', 'sally', 'read', '99', false],
    ['denies whoever is unknown', 'nobody', 'read', '1', false],
    ['denies whoever is disabled', 'gone', 'read', '1', false],
  ])('%s', async (_, subject, action, id, expected) => {
    expect(await decisionOn(subject, action, id)).toBe(expected);
  });

  it('is denied for a type that nobody declared, and for a subject of no known type', async () => {
    expect(await decisionOn('sally', 'read', '1', 'spaceship')).toBe(false);
    const robot = { ...question('sally', 'read', '1'), subject: { type: 'robot', id: 'sally' } };
    expect((await ask(test, 'evaluation', robot)).decision).toBe(false);
  });

  it('does not change with what is unknown, or with the context', async () => {
    const more = {
      ...question('sally', 'read', '1'),
      context: { time: '1999-01-01T00:00:00Z', ip: '::1' },
      extra: [1],
    };
    expect(await ask(test, 'evaluation', more)).toEqual(await ask(test, 'evaluation', question('sally', 'read', '1')));
  });

  it('takes attributes from the question only where the token is trusted with them', async () => {
    const raised = {
      subject: { type: 'user', id: 'blank', properties: { department: 'blue', roles: ['admin'] } },
      action: { name: 'read' },
      resource: { type: 'ticket', id: '4', properties: { level: 0 } },
    };
    expect((await ask(test, 'evaluation', raised)).decision).toBe(false);
    expect((await ask(test, 'evaluation', raised, 'trusted')).decision).toBe(true);
    const manage = { ...raised, action: { name: 'manage_policies' }, resource: { type: 'system', id: 'cadastre' } };
    expect((await ask(test, 'evaluation', manage)).decision).toBe(false);
    const stranger = {
      ...raised,
      subject: { type: 'user', id: 'who', properties: { department: 'blue', clearance: 'x' } },
    };
    expect((await ask(test, 'evaluation', stranger, 'trusted')).decision).toBe(true);
    const catalog = question('sally', 'discover', PAYROLL, 'asset', { domain: 'sales' });
    expect((await ask(test, 'evaluation', catalog, 'trusted')).decision).toBe(false);
  });

  it('says which rule made it, and what was missing', async () => {
    expect(await ask(test, 'evaluation', question('sally', 'close', '6'))).toMatchObject({
      decision: false,
      context: {
        decidedBy: { id: 'no-high', title: 'no-high' },
        missingAttributes: ['level', 'team'],
        policyVersion: 2,
      },
    });
  });

  it('brings masks and row filters of every allow that matches, the strictest mask', async () => {
    expect((await ask(test, 'evaluation', question('blank', 'assign', '1'))).context).toMatchObject({
      mask: 'null',
      rowFilters: ['x = 1'],
    });
    const onDataset = await ask(test, 'evaluation', question('sally', 'discover', ORDERS, 'asset'));
    expect(onDataset).toMatchObject({
      decision: true,
      context: {
        rowFilters: ["region = 'EU'"],
        columns: [
          { path: 'id', mask: 'partial' },
          { path: 'email', mask: 'hash' },
          { path: 'salary', mask: 'hide' },
        ],
      },
    });
    const onColumn = (path: string) =>
      ask(test, 'evaluation', question('sally', 'read_column', `${ORDERS}#${path}`, 'column'));
    expect(await onColumn('email')).toMatchObject({ decision: true, context: { mask: 'hash' } });
    expect((await onColumn('salary')).decision).toBe(false);
    expect((await onColumn('nothing')).decision).toBe(false);
    expect((await onColumn('%E0%A4%A')).decision).toBe(false);
  });
});

describe('who asks', () => {
  it('may ask about himself, and is told no reason that would tell the hidden from the missing', async () => {
    const answers = await Promise.all(
      [PAYROLL, ref('never.was')].map((id) =>
        ask(test, 'evaluation', question('sally', 'discover', id, 'asset'), 'sally'),
      ),
    );
    expect(answers).toEqual([{ decision: false }, { decision: false }]);
    expect((await ask(test, 'evaluation', question('sally', 'discover', ORDERS, 'asset'), 'sally')).decision).toBe(
      true,
    );
  });

  it('may not ask about others, whether they exist or not', async () => {
    for (const [path, body] of [
      ['evaluation', question('blank', 'read', '1')],
      ['evaluation', question('nobody', 'read', '1')],
      ['evaluations', { evaluations: [question('sally', 'read', '1'), question('blank', 'read', '1')] }],
      [
        'search/subject',
        { subject: { type: 'user' }, action: { name: 'read' }, resource: { type: 'ticket', id: '1' } },
      ],
      [
        'search/resource',
        { subject: { type: 'user', id: 'blank' }, action: { name: 'read' }, resource: { type: 'ticket' } },
      ],
      ['search/action', { subject: { type: 'user', id: 'blank' }, resource: { type: 'ticket', id: '1' } }],
    ] as const) {
      const { body: answer } = await test.as('sally').post(`/access/v1/${path}`, body).expect(403);
      expect(answer.error.code).toBe('FORBIDDEN');
    }
  });

  it('is on record with every denial, and with what was allowed of sensitive assets', async () => {
    await ask(test, 'evaluations', {
      ...question('sally', 'read', '1'),
      evaluations: [{}, { resource: { type: 'ticket', id: '4' } }],
    });
    const { auditLog } = await test
      .as('admin')
      .graphql<{ auditLog: { nodes: object[] } }>(
        '{ auditLog(first: 1, filter: { action: "evaluate" }) { nodes { actor subjectKind subjectId decision detail } } }',
      );
    expect(auditLog.nodes).toEqual([
      {
        actor: 'pep',
        subjectKind: 'ticket',
        subjectId: '4',
        decision: 'DENY',
        detail: { subject: 'sally', action: 'read', resource: '4' },
      },
    ]);
  });

  it('needs a token, except for the metadata', async () => {
    const response = await fetch(`${test.url}/access/v1/evaluation`, { method: 'POST', body: '{}' });
    expect(response.status).toBe(401);
    const metadata = await (await fetch(`${test.url}/.well-known/authzen-configuration`)).json();
    expect(metadata).toEqual({
      policy_decision_point: test.url,
      access_evaluation_endpoint: `${test.url}/access/v1/evaluation`,
      access_evaluations_endpoint: `${test.url}/access/v1/evaluations`,
      search_subject_endpoint: `${test.url}/access/v1/search/subject`,
      search_resource_endpoint: `${test.url}/access/v1/search/resource`,
      search_action_endpoint: `${test.url}/access/v1/search/action`,
    });
  });
});

describe('several questions', () => {
  const items = ['1', '4', '1'].map((id) => ({ resource: { type: 'ticket', id } }));
  const decisions = async (semantic: string | undefined, evaluations: object[] = items): Promise<boolean[]> => {
    const options = semantic === undefined ? {} : { options: { evaluations_semantic: semantic } };
    const body = { ...question('sally', 'read', '1'), ...options, evaluations };
    const answer = await ask<{ evaluations: { decision: boolean }[] }>(test, 'evaluations', body);
    return answer.evaluations.map(({ decision }) => decision);
  };

  it.each([
    [undefined, [true, false, true]],
    ['execute_all', [true, false, true]],
    ['deny_on_first_deny', [true, false]],
    ['permit_on_first_permit', [true]],
  ])('end as %s says', async (semantic, expected) => {
    expect(await decisions(semantic)).toEqual(expected);
  });

  it('take what they leave out from the whole, and are answered in their order', async () => {
    const others = [
      {},
      { subject: { type: 'user', id: 'blank' } },
      { action: { name: 'close' }, resource: { type: 'ticket', id: '2' } },
    ];
    expect(await decisions(undefined, others)).toEqual([true, true, false]);
  });

  it('are answered when one of them is malformed, which is denied with what is wrong', async () => {
    const body = { ...question('sally', 'read', '1'), evaluations: [{ resource: { type: 'ticket', id: 7 } }, {}] };
    expect(await ask(test, 'evaluations', body)).toMatchObject({
      evaluations: [
        { decision: false, context: { error: { status: 400, message: expect.stringContaining('resource.id') } } },
        { decision: true },
      ],
    });
  });

  it('are one question when there is no list', async () => {
    for (const more of [{}, { evaluations: [] }]) {
      expect(await ask(test, 'evaluations', { ...question('sally', 'read', '1'), ...more })).toMatchObject({
        decision: true,
      });
    }
  });

  it('cost as many statements as one', async () => {
    const asked = (count: number) => () =>
      ask(test, 'evaluations', {
        ...question('sally', 'read', '1'),
        evaluations: Array.from({ length: count }, (_, at) => ({
          resource: { type: 'ticket', id: String((at % 2) + 1) },
        })),
      });
    expect(await test.statementsOf(asked(50))).toBe(await test.statementsOf(asked(1)));
    const ofCatalog = (count: number) => () => {
      const kinds = [
        question('sally', 'discover', ORDERS, 'asset'),
        question('sally', 'read_column', `${ORDERS}#id`, 'column'),
      ];
      return ask(test, 'evaluations', { evaluations: Array.from({ length: count }, (_, at) => kinds[at % 2]) });
    };
    expect(await test.statementsOf(ofCatalog(50))).toBe(await test.statementsOf(ofCatalog(2)));
  });
});

describe('a search', () => {
  const all = async (what: string, body: object, limit: number): Promise<unknown[]> => {
    const found: unknown[] = [];
    for (let token = 'first'; token !== '';) {
      const page = token === 'first' ? { limit } : { limit, token };
      const answer = await ask<{ results: unknown[]; page: { next_token: string; count: number } }>(
        test,
        `search/${what}`,
        { ...body, page },
      );
      expect(answer.page.count).toBe(answer.results.length);
      expect(answer.results.length).toBeLessThanOrEqual(limit);
      found.push(...answer.results);
      token = answer.page.next_token;
    }
    return found;
  };
  const user = { type: 'user', id: 'sally' };

  it.each([1, 2, 100])('finds subjects, resources and actions, %i a page', async (limit) => {
    const ids = (found: unknown[]) => found.map((one) => (one as { id: string }).id);
    const subjects = { subject: { type: 'user' }, action: { name: 'read' }, resource: { type: 'ticket', id: '2' } };
    expect(await all('subject', subjects, limit)).toEqual([{ type: 'user', id: 'sally' }]);
    const resources = { subject: user, action: { name: 'read' }, resource: { type: 'ticket' } };
    expect(ids(await all('resource', resources, limit))).toEqual(['1', '2']);
    const assets = { subject: user, action: { name: 'discover' }, resource: { type: 'asset' } };
    expect(ids(await all('resource', assets, limit))).toEqual([ORDERS]);
    const columns = { subject: user, action: { name: 'read_column' }, resource: { type: 'column' } };
    expect(ids(await all('resource', columns, limit))).toEqual([`${ORDERS}#email`, `${ORDERS}#id`]);
    const actions = { subject: user, resource: { type: 'ticket', id: '1' } };
    expect(await all('action', actions, 100)).toEqual([{ name: 'read' }, { name: 'close' }, { name: 'assign' }]);
    const onAsset = { subject: user, resource: { type: 'asset', id: ORDERS } };
    expect(await all('action', onAsset, 100)).toEqual([{ name: 'discover' }]);
  });

  it('of what there is not is empty', async () => {
    const read = { action: { name: 'read' } };
    for (const [what, body] of [
      ['subject', { subject: { type: 'robot' }, ...read, resource: { type: 'ticket', id: '1' } }],
      ['subject', { subject: { type: 'user' }, ...read, resource: { type: 'spaceship', id: '1' } }],
      ['resource', { subject: { type: 'user', id: 'nobody' }, ...read, resource: { type: 'ticket' } }],
      ['resource', { subject: user, ...read, resource: { type: 'asset' } }],
      ['action', { subject: user, resource: { type: 'asset', id: ref('never.was') } }],
    ] as const) {
      expect(await ask(test, `search/${what}`, body)).toEqual({ results: [], page: { next_token: '', count: 0 } });
    }
  });

  it('goes on only with its own token', async () => {
    const body = { subject: user, action: { name: 'read' }, resource: { type: 'ticket' } };
    const { page } = await ask<{ page: { next_token: string } }>(test, 'search/resource', {
      ...body,
      page: { limit: 1 },
    });
    const other = { ...body, action: { name: 'close' }, page: { token: page.next_token } };
    for (const bad of [
      other,
      { ...body, page: { token: 'x' } },
      { ...body, page: { limit: 0 } },
      { ...body, page: { limit: 1001 } },
    ]) {
      await test.as('pep').post('/access/v1/search/resource', bad).expect(400);
    }
  });
});
