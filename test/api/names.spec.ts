import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.js';

const SNOWFLAKE = 'snowflake://org-acc';
const ref = (namespace: string, name: string): string =>
  `dataset:${encodeURIComponent(namespace)}/${encodeURIComponent(name)}`;
const fields = (...names: string[]): object => ({ schema: { fields: names.map((name) => ({ name, type: 'int' })) } });
const dataset = (namespace: string, name: string, facets: object = {}): object => ({ namespace, name, facets });

let minute = 0;
const run = (job: string, inputs: object[], outputs: object[]): object => ({
  eventType: 'COMPLETE',
  eventTime: new Date(Date.UTC(2026, 0, 1, 0, (minute += 1))).toISOString(),
  run: { runId: `run-${job}` },
  job: { namespace: 'flow', name: job },
  inputs,
  outputs,
});
const described = (entry: object): object => ({
  eventTime: new Date(Date.UTC(2026, 0, 1, 0, (minute += 1))).toISOString(),
  dataset: entry,
});

interface Seen {
  asset: { id: string; name: string; aliases: { name: string; origins: string[] }[] } | null;
}

describe('several names of one dataset', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp({ accounts: [{ handle: 'nora' }] });
  });
  afterAll(() => test.close());

  const send = async (...events: object[]): Promise<void> => {
    await test.as('admin').post('/api/v1/lineage/batch', events).expect(200);
    await test.settle();
  };
  const open = async (namespace: string, name: string): Promise<NonNullable<Seen['asset']>> => {
    const { asset } = await test
      .as('admin')
      .graphql<Seen>('query($r: String!) { asset(ref: $r) { id name ... on Dataset { aliases { name origins } } } }', {
        r: ref(namespace, name),
      });
    if (!asset) throw new Error(`${name} is not there.`);
    return asset;
  };
  const down = async (namespace: string, name: string): Promise<{ nodes: string[]; edges: number }> => {
    const { lineage } = await test.as('admin').graphql<{
      lineage: { nodes: { asset: { name: string } }[]; edges: unknown[] };
    }>('query($r: String!) { lineage(ref: $r, direction: DOWNSTREAM, maxHops: 5) { nodes { asset { name } } edges { from } } }', { r: ref(namespace, name) });
    return { nodes: lineage.nodes.map((node) => node.asset.name), edges: lineage.edges.length };
  };
  const found = async (query: string): Promise<string[]> => {
    const { search } = await test
      .as('admin')
      .graphql<{ search: { nodes: { asset: { name: string }; column: object | null }[] } }>(
        'query($q: String!) { search(query: $q) { nodes { asset { name } column { path } } } }',
        { q: query },
      );
    return search.nodes.filter(({ column }) => column === null).map(({ asset }) => asset.name);
  };
  const mutate = async (mutation: string, variables: object): Promise<unknown> => {
    const data = await test
      .as('admin')
      .graphql<Record<string, { asset: { name: string } | null; userErrors: { code: string }[] }>>(
        `mutation($r: String!, $a: String!) { ${mutation}(ref: $r, alias: $a, reason: "seen by hand") { asset { name } userErrors { code field } } }`,
        variables,
      );
    return data[mutation];
  };

  // datahub#4224, #4649, #8928, #14082, #18639, #18938
  it('complaint 1: the same table twice because of letter case', async () => {
    await send(
      run('load', [], [dataset(SNOWFLAKE, 'SHOP.PUBLIC.ORDERS', fields('ID', 'AMOUNT'))]),
      run('report', [dataset(SNOWFLAKE, 'shop.public.orders')], [dataset(SNOWFLAKE, 'shop.public.report')]),
    );
    const upper = await open(SNOWFLAKE, 'SHOP.PUBLIC.ORDERS');
    expect(await open(SNOWFLAKE, 'shop.public.orders')).toEqual(upper);
    expect(upper).toMatchObject({
      name: 'SHOP.PUBLIC.ORDERS',
      aliases: [{ name: 'shop.public.orders', origins: ['SPELLING'] }],
    });
    const walked = { nodes: ['SHOP.PUBLIC.ORDERS', 'shop.public.report'], edges: 1 };
    expect(await down(SNOWFLAKE, 'SHOP.PUBLIC.ORDERS')).toEqual(walked);
    expect(await down(SNOWFLAKE, 'shop.public.orders')).toEqual(walked);
    expect(await found('orders')).toEqual(['SHOP.PUBLIC.ORDERS']);
  });

  // Marquez#2738
  it('binds a symlink that arrives after both names have lineage, also by a dataset event', async () => {
    await send(
      run('write', [], [dataset('s3://lake', 'warehouse/clicks', fields('at'))]),
      run('read', [dataset('hive://meta:9083', 'web.clicks')], [dataset('s3://lake', 'sessions')]),
    );
    expect((await down('s3://lake', 'warehouse/clicks')).nodes).toEqual(['warehouse/clicks']);
    await send(
      described(
        dataset('s3://lake', 'warehouse/clicks', {
          symlinks: { identifiers: [{ namespace: 'hive://meta:9083', name: 'web.clicks', type: 'TABLE' }] },
        }),
      ),
    );
    expect((await down('s3://lake', 'warehouse/clicks')).nodes).toEqual(['warehouse/clicks', 'sessions']);
    expect((await open('hive://meta:9083', 'web.clicks')).name).toBe('warehouse/clicks');
  });

  // OM#12968; datahub#18544, #18550
  it('complaint 11: a rename keeps owners and lineage, and the old name leads to the new', async () => {
    const before = ref('postgres://db', 'shop.public.customer');
    await send(
      run('crm', [dataset('postgres://db', 'shop.public.crm')], [dataset('postgres://db', 'shop.public.customer')]),
    );
    await test
      .as('admin')
      .graphql('mutation($r: String!) { assetSetOwners(ref: $r, owners: ["nora"]) { asset { id } } }', { r: before });
    await send(
      described(
        dataset('postgres://db', 'shop.public.client', {
          lifecycleStateChange: {
            lifecycleStateChange: 'RENAME',
            previousIdentifier: { namespace: 'postgres://db', name: 'shop.public.customer' },
          },
        }),
      ),
    );
    const { asset } = await test
      .as('admin')
      .graphql<{ asset: object }>('query($r: String!) { asset(ref: $r) { name owners } }', { r: before });
    expect(asset).toEqual({ name: 'shop.public.client', owners: ['nora'] });
    expect((await down('postgres://db', 'shop.public.crm')).nodes).toEqual(['shop.public.crm', 'shop.public.client']);
  });

  it('shows the name that the newest rename gave, in whatever order a rename back and forth is told', async () => {
    const renamed = (to: string, from: string, day: number): object => ({
      ...(described(
        dataset('postgres://db', `shop.public.${to}`, {
          lifecycleStateChange: {
            lifecycleStateChange: 'RENAME',
            previousIdentifier: { namespace: 'postgres://db', name: `shop.public.${from}` },
          },
        }),
      ) as object),
      eventTime: new Date(Date.UTC(2026, 2, day)).toISOString(),
    });
    await send(renamed('fare', 'price', 2), renamed('price', 'fare', 1));
    expect((await open('postgres://db', 'shop.public.price')).name).toBe('shop.public.fare');
    await send(renamed('price', 'fare', 3));
    expect((await open('postgres://db', 'shop.public.fare')).name).toBe('shop.public.price');
  });

  // OM#19313, #31731, #11726; datahub#10406
  it('complaint 4: an ambiguous match never binds; it becomes a task that a person decides, for good', async () => {
    const [a, b] = [ref(SNOWFLAKE, 'X.Y.Event'), ref(SNOWFLAKE, 'X.Y.EVENT')];
    const events = [
      run('one', [], [dataset(SNOWFLAKE, 'X.Y.Event', fields('id', 'name'))]),
      run('two', [], [dataset(SNOWFLAKE, 'X.Y.EVENT', fields('id', 'amount'))]),
    ];
    await send(...events);
    const proposals = async (handle: string): Promise<unknown> =>
      (
        await test
          .as(handle)
          .graphql<{ aliasProposals: { nodes: object[] } }>(
            '{ aliasProposals { nodes { origin asset { name } alias { name } } } }',
          )
      ).aliasProposals.nodes;
    expect((await open(SNOWFLAKE, 'X.Y.Event')).id).not.toBe((await open(SNOWFLAKE, 'X.Y.EVENT')).id);
    const proposed = [{ origin: 'SPELLING', asset: { name: 'X.Y.EVENT' }, alias: { name: 'X.Y.Event' } }];
    expect(await proposals('admin')).toEqual(proposed);
    expect(await proposals('nora')).toEqual([]);

    expect(await mutate('assetSeparate', { r: b, a })).toMatchObject({ asset: { name: 'X.Y.EVENT' }, userErrors: [] });
    expect(await proposals('admin')).toEqual([]);
    expect(await mutate('assetMerge', { r: a, a: b })).toMatchObject({ asset: { name: 'X.Y.Event' }, userErrors: [] });
    await send(run('two', [], [dataset(SNOWFLAKE, 'X.Y.EVENT', fields('id', 'amount', 'more'))]));
    expect((await open(SNOWFLAKE, 'X.Y.EVENT')).name).toBe('X.Y.Event');
  });

  it('complaint 4: a third spelling of two that are told apart is bound to neither', async () => {
    await send(
      described(dataset(SNOWFLAKE, 'APP.LOG.Event', fields('id', 'name'))),
      described(dataset(SNOWFLAKE, 'APP.LOG.EVENT', fields('id', 'amount'))),
    );
    await send(run('third', [dataset(SNOWFLAKE, 'app.log.event')], []));
    const ids = new Set<string>();
    for (const name of ['APP.LOG.Event', 'APP.LOG.EVENT', 'app.log.event']) {
      const asset = await open(SNOWFLAKE, name);
      expect(asset.name).toBe(name);
      ids.add(asset.id);
    }
    expect(ids.size).toBe(3);
    // A person says which it is, and only then it is bound: to that one.
    await mutate('assetMerge', { r: ref(SNOWFLAKE, 'APP.LOG.EVENT'), a: ref(SNOWFLAKE, 'app.log.event') });
    await test.settle();
    expect((await open(SNOWFLAKE, 'app.log.event')).name).toBe('APP.LOG.EVENT');
    expect((await open(SNOWFLAKE, 'APP.LOG.Event')).name).toBe('APP.LOG.Event');
  });

  it('undoes a merge, words and lineage included, and lets no machine bind the two again', async () => {
    const symlink = { symlinks: { identifiers: [{ namespace: 'glue', name: 'db.t', type: 'TABLE' }] } };
    const bound = run('bound', [], [dataset('s3://lake', 't', { ...fields('x'), ...symlink })]);
    await send(bound, run('onward', [dataset('glue', 'db.t', fields('x'))], [dataset('s3://lake', 'after')]));
    expect((await down('s3://lake', 't')).nodes).toEqual(['t', 'after']);

    const pair = { r: ref('s3://lake', 't'), a: ref('glue', 'db.t') };
    expect(await mutate('assetSeparate', pair)).toMatchObject({ asset: { name: 't' }, userErrors: [] });
    await send({ ...bound, eventTime: '2026-06-01T00:00:00Z' });
    expect((await down('s3://lake', 't')).nodes).toEqual(['t']);
    expect((await down('glue', 'db.t')).nodes).toEqual(['db.t', 'after']);
    expect(await open('glue', 'db.t')).toMatchObject({ name: 'db.t', aliases: [] });
    expect(await mutate('assetSeparate', pair)).toMatchObject({ userErrors: [{ code: 'NOT_FOUND' }] });
  });

  it('lets nobody bind or separate what he may not edit', async () => {
    const pair = { r: ref('s3://lake', 't'), a: ref('s3://lake', 'after') };
    const { body } = await test
      .as('nora')
      .graphqlRaw(
        'mutation($r: String!, $a: String!) { assetMerge(ref: $r, alias: $a, reason: "mine") { userErrors { code } } }',
        pair,
      );
    expect(body.data.assetMerge.userErrors).toEqual([{ code: 'NOT_FOUND' }]);
  });

  it('ends in the same catalog in whatever order names come', async () => {
    const symlink = { symlinks: { identifiers: [{ namespace: 'glue', name: 'web.log', type: 'TABLE' }] } };
    const events = [
      run('1', [dataset('s3a://lake', 'log/')], [dataset(SNOWFLAKE, 'a.b.c')]),
      run('2', [dataset('glue', 'web.log', fields('z'))], [dataset(SNOWFLAKE, 'A.B.C', fields('y'))]),
      run('3', [dataset('s3://lake', 'log', { ...fields('z'), ...symlink })], [dataset(SNOWFLAKE, 'A.b.C')]),
      described(dataset('s3://lake', 'log', { documentation: { description: 'Clicks.' } })),
    ];
    const dumps = new Set<string>();
    for (const order of [
      [0, 1, 2, 3],
      [3, 2, 1, 0],
      [2, 0, 3, 1, 2, 0],
    ]) {
      const other = await startTestApp();
      try {
        for (const at of order) {
          await other.as('admin').post('/api/v1/lineage', events[at]).expect(201);
          await other.settle();
        }
        dumps.add(await other.as('admin').dump());
      } finally {
        await other.close();
      }
    }
    expect(dumps.size).toBe(1);
    expect([...dumps][0]).toContain('"mergedInto":["DATASET","s3://lake","log"]');
  });
});
