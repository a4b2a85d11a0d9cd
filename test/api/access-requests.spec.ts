import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.js';

const facet = (words: object): object => ({
  _producer: 'https://example.com',
  _schemaURL: 'https://example.com',
  ...words,
});
const table = (name: string, sensitivity: string): object => ({
  eventTime: '2026-01-01T10:00:00Z',
  producer: 'https://example.com',
  schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/DatasetEvent',
  dataset: {
    namespace: 'db',
    name,
    facets: {
      schema: facet({
        fields: [
          { name: 'id', type: 'int' },
          { name: 'iban', type: 'text' },
        ],
      }),
      ownership: facet({ owners: [{ name: 'olga' }] }),
      tags: facet({ tags: [{ key: 'sensitivity', value: sensitivity, source: 'x' }] }),
    },
  },
});
const SALARIES = 'dataset:db/hr.salaries';
const BOARD = 'dataset:db/hr.board';

const REQUEST_FIELDS = `request { id state requester ref asset { name } columns expiresAt revokedAt decidedBy viewerCanDecide }
  userErrors { code field message }`;
const CREATE = `mutation($input: AccessRequestCreateInput!) { accessRequestCreate(input: $input) { ${REQUEST_FIELDS} } }`;
const DECIDE = `mutation($id: ID!, $isApproved: Boolean!, $days: Int) {
  accessRequestDecide(id: $id, isApproved: $isApproved, reason: "Needed.", days: $days) { ${REQUEST_FIELDS} } }`;
const REVOKE = `mutation($id: ID!) { accessGrantRevoke(request: $id, reason: "Project over.") { ${REQUEST_FIELDS} } }`;

interface Payload {
  request: { id: string; state: string; expiresAt: string | null; asset: object | null } | null;
  userErrors: { code: string; field: string[] | null; message: string }[];
}

describe('access requests', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp({
      accounts: [{ handle: 'anna' }, { handle: 'olga', roles: ['owner'] }, { handle: 'otto' }],
    });
    const admin = test.as('admin');
    const { policySet } = await admin.graphql<{ policySet: { documents: object[] } }>('{ policySet { documents } }');
    const rule = (id: string, words: object): object => ({
      id,
      title: id,
      why: 'For the test.',
      band: 'domain',
      ...words,
    });
    const owners = { attribute: 'roles', operator: 'hasAny', value: ['owner'] };
    const documents = [
      ...policySet.documents,
      rule('owners', { effect: 'allow', actions: ['discover'], subjects: owners, resources: { types: ['asset'] } }),
      rule('owners-columns', {
        effect: 'allow',
        actions: ['read_column'],
        subjects: owners,
        resources: { types: ['column'] },
      }),
      rule('no-iban', {
        effect: 'deny',
        actions: ['read_column'],
        subjects: { not: owners },
        resources: { types: ['column'], where: { attribute: 'path', operator: 'eq', value: 'iban' } },
      }),
    ];
    await admin.graphql(
      'mutation($documents: JSON!) { policySetApply(documents: $documents) { userErrors { message } } }',
      {
        documents,
      },
    );
    await admin.post('/api/v1/lineage', table('hr.salaries', 'confidential')).expect(201);
    await admin.post('/api/v1/lineage', table('hr.board', 'restricted')).expect(201);
    await test.settle();
  });
  afterAll(() => test.close());

  const ask = async (handle: string, mutation: string, variables: object): Promise<Payload> => {
    const data = await test.as(handle).graphql<Record<string, Payload>>(mutation, variables);
    const [payload] = Object.values(data);
    if (!payload) throw new Error('no payload');
    return payload;
  };
  /** What anna sees of the salaries by page, list, search and lineage. */
  const readings = async (): Promise<unknown[]> => {
    const answer = await test.as('anna').graphql<Record<string, never>>(
      `query($ref: String!) {
        asset(ref: $ref) { ... on Dataset { columns { path } } }
        assets { totalCount nodes { name } }
        search(query: "salaries") { totalCount nodes { asset { name } } }
        searchSuggest(prefix: "sala") { asset { name } } }`,
      { ref: SALARIES },
    );
    const walk = await test
      .as('anna')
      .graphqlRaw('query($ref: String!) { lineage(ref: $ref, direction: UPSTREAM) { root { name } } }', {
        ref: SALARIES,
      });
    return [answer, walk.body.data?.lineage ?? null];
  };

  it('complaint 16: asks, is granted, sees in every reading, and loses it at once; all of it audited', async () => {
    const before = await readings();
    expect(JSON.stringify(before)).not.toContain('hr.salaries');
    // What is hidden answers like what does not exist.
    const real = await ask('anna', CREATE, { input: { ref: SALARIES, purpose: 'Pay gap report' } });
    const made = await ask('anna', CREATE, { input: { ref: 'dataset:db/no.such', purpose: 'Pay gap report' } });
    const shape = ({ request, userErrors }: Payload): object => ({ ...request, id: null, ref: null, userErrors });
    expect(shape(real)).toEqual(shape(made));
    expect(real.request).toMatchObject({ state: 'PENDING', asset: null });
    const id = real.request?.id ?? '';
    expect((await ask('anna', CREATE, { input: { ref: SALARIES, purpose: 'Again' } })).userErrors).toMatchObject([
      { code: 'CONFLICT' },
    ]);

    const seen = async (handle: string): Promise<string[]> => {
      const { accessRequests } = await test
        .as(handle)
        .graphql<{ accessRequests: { nodes: { ref: string; viewerCanDecide: boolean }[] } }>(
          '{ accessRequests { nodes { ref viewerCanDecide } pageInfo { hasNextPage } } }',
        );
      return accessRequests.nodes.map(({ ref, viewerCanDecide }) => `${ref} ${viewerCanDecide}`);
    };
    expect(await seen('olga')).toEqual([`${SALARIES} true`]);
    expect(await seen('otto')).toEqual([]);
    expect(await seen('anna')).toEqual(['dataset:db/no.such false', `${SALARIES} false`]);
    expect((await ask('otto', DECIDE, { id, isApproved: true })).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect((await ask('anna', DECIDE, { id, isApproved: true })).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect((await ask('olga', DECIDE, { id, isApproved: true, days: 365 })).userErrors).toMatchObject([
      { code: 'INVALID', field: ['days'] },
    ]);

    const approved = await ask('olga', DECIDE, { id, isApproved: true, days: 7 });
    expect(approved).toMatchObject({ request: { state: 'APPROVED', decidedBy: 'olga' }, userErrors: [] });
    // A deny of a policy stands against every grant: the iban stays hidden.
    expect(await readings()).toEqual([
      {
        asset: { columns: [{ path: 'id' }] },
        assets: { totalCount: 1, nodes: [{ name: 'hr.salaries' }] },
        search: expect.objectContaining({ nodes: expect.arrayContaining([{ asset: { name: 'hr.salaries' } }]) }),
        searchSuggest: [{ asset: { name: 'hr.salaries' } }],
      },
      { root: { name: 'hr.salaries' } },
    ]);
    const { explain } = await test
      .as('admin')
      .graphql<{ explain: { decision: string; decidedBy: { id: string; title: string } } }>(
        'query($ref: String!) { explain(action: discover, ref: $ref, account: "anna") { decision decidedBy { id title } } }',
        { ref: SALARIES },
      );
    expect(explain).toMatchObject({ decision: 'ALLOW', decidedBy: { title: 'Granted by olga' } });

    expect((await ask('olga', REVOKE, { id })).userErrors).toEqual([]);
    expect(await readings()).toEqual(before);
    expect((await ask('olga', REVOKE, { id })).userErrors).toMatchObject([{ code: 'CONFLICT' }]);
    const { auditLog } = await test
      .as('admin')
      .graphql<{ auditLog: { nodes: { action: string; actor: string }[] } }>(
        'query($subject: String!) { auditLog(filter: { subject: $subject }) { nodes { action actor } } }',
        { subject: id },
      );
    expect(auditLog.nodes.map(({ action, actor }) => `${action} ${actor}`)).toEqual([
      'accessGrant.revoked olga',
      'accessRequest.approved olga',
      'accessRequest.created anna',
    ]);
  });

  it('ends a grant by itself, without anybody doing anything', async () => {
    const { request } = await ask('anna', CREATE, { input: { ref: SALARIES, purpose: 'Again', columns: ['id'] } });
    await ask('olga', DECIDE, { id: request?.id ?? '', isApproved: true });
    expect(JSON.stringify(await readings())).toContain('hr.salaries');
    await test.database.query(
      `UPDATE access_grant SET expires_at = now() - interval '1 second' WHERE revoked_at IS NULL`,
    );
    expect(JSON.stringify(await readings())).not.toContain('hr.salaries');
  });

  it('leaves restricted data to those who may change policies, and nobody decides for himself', async () => {
    const { request } = await ask('anna', CREATE, { input: { ref: BOARD, purpose: 'Report' } });
    const id = request?.id ?? '';
    expect((await ask('olga', DECIDE, { id, isApproved: true, days: 5 })).userErrors).toMatchObject([
      { code: 'FORBIDDEN' },
    ]);
    expect((await ask('admin', DECIDE, { id, isApproved: false })).request).toMatchObject({ state: 'REJECTED' });
    const own = await ask('olga', CREATE, { input: { ref: SALARIES, purpose: 'Mine' } });
    expect((await ask('olga', DECIDE, { id: own.request?.id ?? '', isApproved: true })).userErrors).toMatchObject([
      { code: 'FORBIDDEN', message: 'Nobody decides about his own request.' },
    ]);
  });

  it('names the field of what cannot be asked', async () => {
    const errors = async (input: object): Promise<unknown> =>
      (await ask('anna', CREATE, { input })).userErrors[0]?.field;
    expect(await errors({ ref: SALARIES, purpose: ' ' })).toEqual(['input', 'purpose']);
    expect(await errors({ ref: SALARIES, purpose: 'x', days: 0 })).toEqual(['input', 'days']);
    expect(await errors({ ref: ' ', purpose: 'x' })).toEqual(['input', 'ref']);
    expect(await errors({ ref: SALARIES, purpose: 'x', columns: [] })).toEqual(['input', 'columns']);
  });
});
