import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.js';

const SECRET = 'dataset:snowflake%3A%2F%2Fnorthlight-eu1/analytics.raw.payroll_runs';
const ORDERS = 'dataset:snowflake%3A%2F%2Fnorthlight-eu1/analytics.raw.orders';

interface Entry {
  readonly actor: string;
  readonly action: string;
  readonly decision: string | null;
  readonly policyId: string | null;
  readonly requestId: string | null;
  readonly subjectId: string;
}

let test: TestApp;
let ids: Record<string, string>;
let before: string;
beforeAll(async () => {
  test = await startTestApp({ catalog: 'demo' });
  const idOf = async (ref: string): Promise<string> =>
    (
      await test
        .as('ada')
        .graphql<{ asset: { id: string } }>('query($r: String!) { asset(ref: $r) { id } }', { r: ref })
    ).asset.id;
  ids = { secret: await idOf(SECRET), orders: await idOf(ORDERS) };
  // The first use of a token is a line of its own.
  for (const handle of ['hugo', 'greta', 'emil', 'bruno']) await test.as(handle).graphql('{ me { handle } }');
});
afterAll(() => test.close());
beforeEach(async () => {
  const { auditLog } = await test
    .as('emil')
    .graphql<{ auditLog: { nodes: { seq: string }[] } }>('{ auditLog(first: 1) { nodes { seq } } }');
  before = auditLog.nodes[0]?.seq ?? '0';
});

/** What was written down since the test began, oldest first. */
async function written(): Promise<readonly Entry[]> {
  const { auditLog } = await test
    .as('emil')
    .graphql<{ auditLog: { nodes: (Entry & { seq: string })[] } }>(
      '{ auditLog(first: 50) { nodes { seq actor action decision policyId requestId subjectId } } }',
    );
  return auditLog.nodes.filter(({ seq }) => BigInt(seq) > BigInt(before)).toReversed();
}

const DESCRIBE = 'mutation($r: String!) { assetDescribe(ref: $r, description: "x") { userErrors { code } } }';
const WALK = 'query($r: String!) { lineage(ref: $r, direction: UPSTREAM) { truncated } }';
const COLUMN_WALK =
  'query($r: String!) { columnLineage(ref: $r, column: "net_pay", direction: UPSTREAM) { truncated } }';

describe('the audit log', () => {
  it('has every opening of a sensitive asset, with the rule that allowed it and the request', async () => {
    await test
      .as('greta')
      .graphqlRaw('query($r: String!) { asset(ref: $r) { id } }', { r: SECRET })
      .set('X-Request-Id', 'r-7');
    expect(await written()).toMatchObject([
      {
        actor: 'greta',
        action: 'discover',
        decision: 'ALLOW',
        policyId: expect.any(String),
        requestId: 'r-7',
        subjectId: ids['secret'],
      },
    ]);
  });

  it.each([
    ['asset', 'query($r: String!) { asset(ref: $r) { id } }'],
    ['lineage', WALK],
    ['columnLineage', COLUMN_WALK],
  ])('has whoever asked for a hidden asset by %s', async (_, query) => {
    await test.as('hugo').graphqlRaw(query, { r: SECRET });
    expect(await written()).toMatchObject([
      { actor: 'hugo', action: 'discover', decision: 'DENY', subjectId: ids['secret'] },
    ]);
  });

  it('has whoever walked from a sensitive asset', async () => {
    await test.as('greta').graphql(WALK, { r: SECRET });
    expect(await written()).toMatchObject([{ actor: 'greta', action: 'discover', decision: 'ALLOW' }]);
  });

  it('has an edit that was refused, though nothing was changed', async () => {
    const answer = await test.as('emil').graphql(DESCRIBE, { r: ORDERS });
    expect(answer).toEqual({ assetDescribe: { userErrors: [{ code: 'FORBIDDEN' }] } });
    expect(await written()).toMatchObject([
      { actor: 'emil', action: 'edit', decision: 'DENY', subjectId: ids['orders'] },
    ]);
  });

  it('has a change once, and no opening of what everybody may see', async () => {
    await test.as('ada').graphql('query($r: String!) { asset(ref: $r) { id } }', { r: ORDERS });
    await test.as('ada').graphql(DESCRIBE, { r: ORDERS });
    expect(await written()).toMatchObject([{ actor: 'ada', action: 'asset.edited', subjectId: ids['orders'] }]);
  });

  it('has a change of the policies, and not those that were refused for what is in them', async () => {
    const apply = 'mutation($d: JSON!) { policySetApply(documents: $d) { policySet { version } userErrors { code } } }';
    const { policySet } = await test
      .as('ada')
      .graphql<{ policySet: { documents: unknown } }>('{ policySet { documents } }');
    await test.as('ada').graphql(apply, { d: [] });
    const [first = {}, ...others] = policySet.documents as object[];
    await test.as('ada').graphql(apply, { d: [{ ...first, why: 'Another reason.' }, ...others] });
    const entries = await written();
    expect(entries.map(({ actor, action }) => `${actor} ${action}`)).toContain('ada policySet.activated');
    expect(entries.filter(({ action }) => action === 'policySet.activated')).toHaveLength(1);
  });

  it('has a token that nobody knows', async () => {
    await test.as('ada').graphqlRaw('{ me { id } }').set('Authorization', 'Bearer cad_nobody').expect(401);
    expect(await written()).toMatchObject([{ action: 'signInRefused' }]);
  });

  it('has no line for a text that names no asset of any kind', async () => {
    await test.as('hugo').graphql('{ asset(ref: "orders") { id } }');
    expect(await written()).toEqual([]);
  });
});
