import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.js';

const table = (name: string, sensitivity: string, columnTags: object[] = []): object => ({
  eventTime: '2026-01-01T10:00:00Z',
  producer: 'https://example.com',
  schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/DatasetEvent',
  dataset: {
    namespace: 'db',
    name,
    facets: {
      schema: { fields: ['id', 'iban'].map((field) => ({ name: field, type: 'text' })) },
      ownership: { owners: [{ name: 'olga' }, { name: 'oscar' }] },
      tags: { tags: [{ key: 'sensitivity', value: sensitivity }, ...columnTags] },
    },
  },
});
const BOARD = 'dataset:db/hr.board';
const SALARIES = 'dataset:db/hr.salaries';
const TEAMS = 'dataset:db/hr.teams';

const REQUEST = `request { id state isEmergency hours renews decidedBy expiresAt revokedAt reviewedBy isJustified reviewReason }
  userErrors { code field }`;
const MUTATIONS = {
  create: `mutation($input: AccessRequestCreateInput!) { r: accessRequestCreate(input: $input) { ${REQUEST} } }`,
  decide: `mutation($id: ID!) { r: accessRequestDecide(id: $id, isApproved: true, reason: "Needed.") { ${REQUEST} } }`,
  revoke: `mutation($id: ID!) { r: accessGrantRevoke(request: $id, reason: "Over.") { ${REQUEST} } }`,
  renew: `mutation($id: ID!, $days: Int) { r: accessGrantRenew(request: $id, days: $days) { ${REQUEST} } }`,
  breakGlass: `mutation($input: BreakGlassInput!) { r: breakGlassRequest(input: $input) { ${REQUEST} } }`,
  review: `mutation($id: ID!, $isJustified: Boolean!) {
    r: breakGlassReview(request: $id, isJustified: $isJustified, reason: "Looked at it.") { ${REQUEST} } }`,
};

interface Payload {
  readonly request: Readonly<Record<string, unknown>> & { readonly id: string; readonly expiresAt: string | null };
  readonly userErrors: readonly { readonly code: string; readonly field: readonly string[] | null }[];
}

let test: TestApp;
beforeAll(async () => {
  test = await startTestApp({
    accounts: [{ handle: 'anna' }, { handle: 'olga', roles: ['owner'] }, { handle: 'oscar', roles: ['owner'] }],
  });
  const admin = test.as('admin');
  const { policySet } = await admin.graphql<{ policySet: { documents: object[] } }>('{ policySet { documents } }');
  const owners = { attribute: 'roles', operator: 'hasAny', value: ['owner'] };
  const others = { not: { any: [owners, { attribute: 'roles', operator: 'hasAny', value: ['admin'] }] } };
  const rule = (id: string, words: object): object => ({ id, title: id, why: 'For the test.', ...words });
  const documents = [
    ...policySet.documents,
    rule('owners', { effect: 'allow', actions: ['discover'], subjects: owners, resources: { types: ['asset'] } }),
    rule('their-columns', {
      effect: 'allow',
      actions: ['read_column'],
      subjects: owners,
      resources: { types: ['column'] },
    }),
    rule('board-is-closed', {
      effect: 'deny',
      actions: ['discover'],
      subjects: others,
      resources: { types: ['asset'], where: { attribute: 'name', operator: 'eq', value: 'hr.board' } },
    }),
    rule('never-iban', {
      effect: 'deny',
      absolute: true,
      actions: ['read_column'],
      subjects: others,
      resources: { types: ['column'], where: { attribute: 'path', operator: 'eq', value: 'iban' } },
    }),
  ];
  const applied = await admin.graphql<{ policySetApply: { userErrors: { message: string }[] } }>(
    'mutation($d: JSON!) { policySetApply(documents: $d) { userErrors { message } } }',
    { d: documents },
  );
  for (const { message } of applied.policySetApply.userErrors) throw new Error(message);
  const isRestricted = [{ key: 'sensitivity', value: 'RESTRICTED', field: 'iban' }];
  for (const event of [
    table('hr.board', 'restricted'),
    table('hr.salaries', 'confidential'),
    table('hr.teams', 'internal', isRestricted),
  ])
    await admin.post('/api/v1/lineage', event).expect(201);
  await test.settle();
});
afterAll(() => test.close());

async function as(handle: string, mutation: keyof typeof MUTATIONS, variables: object): Promise<Payload> {
  return (await test.as(handle).graphql<{ r: Payload }>(MUTATIONS[mutation], variables)).r;
}

/** What anna sees by page, list, search and lineage. */
async function seen(ref: string): Promise<string> {
  const { body } = await test.as('anna').graphqlRaw(
    `query($ref: String!) {
      asset(ref: $ref) { ... on Dataset { columns { path } } }
      assets(first: 10) { nodes { name } }
      search(query: "hr", first: 10) { nodes { asset { name } } } }`,
    { ref },
  );
  const walk = await test
    .as('anna')
    .graphqlRaw('query($ref: String!) { lineage(ref: $ref, direction: UPSTREAM) { root { name } } }', { ref });
  return JSON.stringify([body.data, walk.body.data?.lineage ?? null]);
}

const needingReview = async (handle: string): Promise<string[]> => {
  const { accessRequests } = await test
    .as(handle)
    .graphql<{ accessRequests: { nodes: { id: string }[] } }>('{ accessRequests(needsReview: true) { nodes { id } } }');
  return accessRequests.nodes.map(({ id }) => id);
};

describe('breaking the glass', () => {
  const EMERGENCY = { ref: BOARD, reason: 'The payment run hangs and nobody else is up.', hours: 2 };

  it('opens above the rules of domains, never past an absolute deny, for hours, with a second and a third person', async () => {
    const before = await seen(BOARD);
    expect(before).not.toContain('hr.board');
    const { request } = await as('anna', 'breakGlass', { input: EMERGENCY });
    const { id } = request;
    expect(request).toMatchObject({ state: 'PENDING', isEmergency: true, hours: 2 });
    expect(await seen(BOARD)).toBe(before);
    expect((await as('anna', 'decide', { id })).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect(await needingReview('admin')).toEqual([]);

    const askedAt = Date.now();
    const granted = await as('olga', 'decide', { id });
    expect(granted).toMatchObject({ request: { state: 'APPROVED', decidedBy: 'olga' }, userErrors: [] });
    const hours = (Date.parse(granted.request.expiresAt ?? '') - askedAt) / 3_600_000;
    expect(hours).toBeGreaterThan(1.9);
    expect(hours).toBeLessThan(2.1);
    const after = await seen(BOARD);
    expect(JSON.parse(after)).toEqual([
      {
        asset: { columns: [{ path: 'id' }] },
        assets: { nodes: [{ name: 'hr.board' }] },
        search: { nodes: expect.arrayContaining([{ asset: { name: 'hr.board' } }]) },
      },
      { root: { name: 'hr.board' } },
    ]);

    expect(await needingReview('admin')).toEqual([id]);
    expect((await as('olga', 'review', { id, isJustified: true })).userErrors).toMatchObject([{ code: 'FORBIDDEN' }]);
    expect((await as('anna', 'review', { id, isJustified: true })).userErrors).toMatchObject([{ code: 'FORBIDDEN' }]);
    const reviewed = await as('oscar', 'review', { id, isJustified: false });
    expect(reviewed.request).toMatchObject({ reviewedBy: 'oscar', isJustified: false, reviewReason: 'Looked at it.' });
    expect(reviewed.request['revokedAt']).not.toBeNull();
    expect(await seen(BOARD)).toBe(before);
    expect(await needingReview('admin')).toEqual([]);
    expect((await as('oscar', 'review', { id, isJustified: true })).userErrors).toMatchObject([{ code: 'CONFLICT' }]);

    const { auditLog } = await test
      .as('admin')
      .graphql<{ auditLog: { nodes: { action: string; actor: string }[] } }>(
        'query($id: String!) { auditLog(filter: { subject: $id }) { nodes { action actor } } }',
        { id },
      );
    expect(auditLog.nodes.map(({ action, actor }) => `${action} ${actor}`)).toEqual([
      'breakGlass.reviewed oscar',
      'accessRequest.approved olga',
      'breakGlass.requested anna',
    ]);
  });

  it('ends by itself', async () => {
    const { id } = (await as('anna', 'breakGlass', { input: EMERGENCY })).request;
    await as('olga', 'decide', { id });
    expect(await seen(BOARD)).toContain('hr.board');
    await test.database.query(`UPDATE access_grant SET expires_at = now() WHERE request_id = $1`, [id]);
    expect(await seen(BOARD)).not.toContain('hr.board');
    expect((await as('anna', 'renew', { id })).userErrors).toMatchObject([{ code: 'CONFLICT', field: ['request'] }]);
    await as('oscar', 'review', { id, isJustified: true });
  });

  it('says which field is wrong', async () => {
    for (const [change, field] of [
      [{ reason: 'help' }, 'reason'],
      [{ hours: 25 }, 'hours'],
      [{ hours: 0 }, 'hours'],
      [{ ref: ' ' }, 'ref'],
    ] as const)
      expect((await as('anna', 'breakGlass', { input: { ...EMERGENCY, ...change } })).userErrors).toMatchObject([
        { code: 'INVALID', field: ['input', field] },
      ]);
  });
});

describe('an ordinary request', () => {
  const effectOf = (handle: string, id: string) =>
    test
      .as(handle)
      .graphqlRaw('query($id: ID!) { accessRequestEffect(id: $id) { seesAsset willSeeAsset gains refused } }', { id });

  it('shows who decides what it would change, and nobody else', async () => {
    const { id } = (await as('anna', 'create', { input: { ref: SALARIES, purpose: 'Report' } })).request;
    const { body } = await effectOf('olga', id);
    expect(body.data.accessRequestEffect).toEqual({
      seesAsset: false,
      willSeeAsset: true,
      gains: ['id'],
      refused: ['iban'],
    });
    expect((await effectOf('anna', id)).body.errors[0].extensions.code).toBe('NOT_FOUND');
    await as('olga', 'decide', { id });
    expect(await seen(SALARIES)).toContain('hr.salaries');
  });

  it('does not open what a rule denies', async () => {
    const { id } = (await as('anna', 'create', { input: { ref: BOARD, purpose: 'Report' } })).request;
    const { body } = await effectOf('admin', id);
    expect(body.data.accessRequestEffect).toMatchObject({ seesAsset: false, willSeeAsset: false, gains: [] });
  });

  it('is renewed: the new grant takes the place of the old', async () => {
    const { id } = (await as('anna', 'create', { input: { ref: TEAMS, purpose: 'Report', columns: ['id'] } })).request;
    expect((await as('anna', 'renew', { id })).userErrors).toMatchObject([{ code: 'CONFLICT' }]);
    await as('olga', 'decide', { id });
    expect((await as('olga', 'renew', { id })).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    const again = (await as('anna', 'renew', { id, days: 60 })).request;
    expect(again).toMatchObject({ state: 'PENDING', renews: id });
    const renewed = (await as('olga', 'decide', { id: again.id })).request;
    expect((Date.parse(renewed.expiresAt ?? '') - Date.now()) / 86_400_000).toBeCloseTo(60, 1);
    expect((await as('olga', 'revoke', { id })).userErrors).toMatchObject([{ code: 'CONFLICT' }]);
    expect(await seen(TEAMS)).toContain('hr.teams');
    await as('olga', 'revoke', { id: again.id });
    expect(await seen(TEAMS)).not.toContain('hr.teams');
  });

  it('takes whoever may change policies where one of its columns is restricted', async () => {
    const { id } = (await as('anna', 'create', { input: { ref: TEAMS, purpose: 'All of it' } })).request;
    expect((await as('olga', 'decide', { id })).userErrors).toMatchObject([{ code: 'FORBIDDEN' }]);
    expect((await as('admin', 'decide', { id })).userErrors).toEqual([]);
  });
});
