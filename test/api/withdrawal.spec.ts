import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.js';
import { PASSWORD, startPostgresShop, type CrawledServer } from '../support/crawled-servers.js';
import { crawl, defineSource, PASSWORD_VARIABLE, sourceInput } from '../support/sources.js';

process.env[PASSWORD_VARIABLE] = PASSWORD;

const VIEW = `query($ref: String!) { asset(ref: $ref) { presence description sources { source state }
  ... on Dataset { columns { path } } } }`;

let server: CrawledServer;
let test: TestApp;
beforeAll(async () => {
  server = await startPostgresShop();
  test = await startTestApp({ accounts: [{ handle: 'nora' }] });
  await defineSource(test, sourceInput(server));
  await defineSource(test, sourceInput(server, { key: 'twin', include: ['sales.orders'] }));
  await crawl(test);
  await crawl(test, 'twin');
  await admin(
    'mutation($ref: String!) { assetDescribe(ref: $ref, description: "Who buys.") { userErrors { code } } }',
    {
      ref: ref('customers'),
    },
  );
});
afterAll(async () => {
  await test.close();
  await server.stop();
});

const admin = <Data>(query: string, variables: object = {}): Promise<Data> =>
  test.as('admin').graphql<Data>(query, variables);
const ref = (name: string): string =>
  `dataset:${encodeURIComponent(server.namespace)}/${encodeURIComponent(`${server.prefix}sales.${name}`)}`;
const view = async (name: string): Promise<object | null> =>
  (await admin<{ asset: object | null }>(VIEW, { ref: ref(name) })).asset;
const upstream = async (name: string): Promise<number> => {
  const question = 'query($ref: String!) { lineage(ref: $ref, direction: UPSTREAM) { nodes { distance } } }';
  return (await admin<{ lineage: { nodes: object[] } }>(question, { ref: ref(name) })).lineage.nodes.length;
};

describe('a source that is deleted', () => {
  it('leaves what it listed as it is, and says how much that is', async () => {
    await defineSource(test, sourceInput(server, { key: 'brief', include: ['sales.orders'] }));
    await crawl(test, 'brief');
    const { sourceDelete } = await admin<{ sourceDelete: object }>(
      'mutation { sourceDelete(key: "brief") { key assetsKept assetsWithdrawn userErrors { message } } }',
    );
    expect(sourceDelete).toEqual({ key: 'brief', assetsKept: 1, assetsWithdrawn: 0, userErrors: [] });
    await test.settle();
    expect(await view('orders')).toMatchObject({ presence: 'PRESENT' });
    await admin('mutation { sourceWithdraw(source: "postgres:brief", reason: "A trial.") { userErrors { message } } }');
  });

  it('takes back what only it had when it is withdrawn too, human words and other sources stay', async () => {
    expect(await upstream('big_orders')).toBe(3);
    const { sourceDelete } = await admin<{ sourceDelete: object }>(
      'mutation { sourceDelete(key: "shop", withdraw: true) { key assetsKept assetsWithdrawn userErrors { message } } }',
    );
    expect(sourceDelete).toEqual({ key: 'shop', assetsKept: 0, assetsWithdrawn: 4, userErrors: [] });
    await test.settle();
    expect(await view('customers')).toMatchObject({
      presence: 'REMOVED',
      description: 'Who buys.',
      sources: [{ source: 'postgres:shop', state: 'REMOVED' }],
      columns: expect.arrayContaining([{ path: 'email' }]),
    });
    expect(await view('orders')).toMatchObject({
      presence: 'PRESENT',
      description: 'One line per order.',
      columns: expect.arrayContaining([{ path: 'amount' }]),
      sources: expect.arrayContaining([
        { source: 'postgres:shop', state: 'REMOVED' },
        { source: 'postgres:twin', state: 'PRESENT' },
      ]),
    });
    expect(await upstream('big_orders')).toBe(1);
  });

  it('is withdrawn after a rebuild as well', async () => {
    const before = await test.as('admin').dump();
    await admin('mutation { catalogRebuild { userErrors { message } } }');
    const isRebuilding = async (): Promise<boolean> =>
      (await admin<{ operations: { isRebuilding: boolean } }>('{ operations { isRebuilding } }')).operations
        .isRebuilding;
    while (await isRebuilding());
    await test.settle();
    expect(await test.as('admin').dump()).toBe(before);
  });

  it('brings everything back when it is defined and crawled anew', async () => {
    await defineSource(test, sourceInput(server));
    await crawl(test);
    expect(await view('customers')).toMatchObject({ presence: 'PRESENT', description: 'Who buys.' });
    expect(await upstream('big_orders')).toBe(3);
  });
});

describe('a withdrawal', () => {
  const withdraw = async (as: string, source: string, reason = 'The project has ended.'): Promise<object> => {
    const { body } = await test.as(as).graphqlRaw(
      `mutation($source: String!, $reason: String!) { sourceWithdraw(source: $source, reason: $reason) {
         source assets userErrors { code field } } }`,
      { source, reason },
    );
    return body.data.sourceWithdraw as object;
  };

  it('is for operators, says why, and names a source that lists what it has', async () => {
    expect(await withdraw('nora', 'postgres:twin')).toMatchObject({ userErrors: [{ code: 'FORBIDDEN' }] });
    expect(await withdraw('admin', 'postgres:twin', ' ')).toMatchObject({ userErrors: [{ field: ['reason'] }] });
    expect(await withdraw('admin', 'dbt:nobody')).toMatchObject({ userErrors: [{ code: 'NOT_FOUND' }] });
    expect(await withdraw('admin', 'postgres:twin')).toEqual({ source: 'postgres:twin', assets: 1, userErrors: [] });
    await test.settle();
    expect(await view('orders')).toMatchObject({ presence: 'PRESENT' });
    const { auditLog, sourceSyncs } = await admin<{ auditLog: { nodes: object[] }; sourceSyncs: { nodes: object[] } }>(
      `{ auditLog(filter: {subject: "postgres:twin"}, first: 1) { nodes { action detail } }
         sourceSyncs(source: "postgres:twin", first: 1) { nodes { isWithdrawal state knownCount goneCount } } }`,
    );
    expect(auditLog.nodes).toEqual([
      { action: 'source.withdrawn', detail: expect.objectContaining({ reason: 'The project has ended.', assets: 1 }) },
    ]);
    expect(sourceSyncs.nodes).toEqual([{ isWithdrawal: true, state: 'COMPLETE', knownCount: 1, goneCount: 1 }]);
  });
});
