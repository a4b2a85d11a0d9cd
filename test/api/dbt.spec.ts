import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  catalogOf,
  manifestOf,
  node,
  runResultsOf,
  type ManifestParts,
} from '../../src/features/ingestion/readers/dbt/artifacts.testing.js';
import { startTestApp, type TestApp } from '../support/app.js';

const ref = (namespace: string, name: string): string =>
  `dataset:${encodeURIComponent(namespace)}/${encodeURIComponent(name)}`;

/** What a crawler or a job says of a table. */
const table = (namespace: string, name: string, columns: readonly string[]): object => ({
  eventTime: '2026-03-01T05:00:00Z',
  dataset: {
    namespace,
    name,
    facets: {
      documentation: { description: 'Seen in the store.' },
      schema: { fields: columns.map((column) => ({ name: column, type: 'int' })) },
    },
  },
});

interface Asset {
  readonly id: string;
  readonly namespace: string;
  readonly name: string;
  readonly description: string | null;
  readonly lifecycle: string;
  readonly presence: string;
  readonly provenance: { readonly source: string }[];
  readonly columns: { readonly path: string; readonly dataType: string | null; readonly description: string | null }[];
  readonly facets: { readonly name: string; readonly value: unknown }[];
  readonly aliases: { readonly namespace: string; readonly origins: readonly string[] }[];
}

const ASSET = `query($r: String!) { asset(ref: $r) { id namespace name description lifecycle presence provenance { source }
  ... on Dataset { columns { path dataType description } facets { name value } aliases { namespace origins } } } }`;

class Shop {
  constructor(readonly test: TestApp) {}

  async dbt(parts: ManifestParts = {}, rest: object = {}): Promise<void> {
    await this.test
      .as('admin')
      .post('/api/v1/dbt', { manifest: manifestOf(12, parts), ...rest })
      .expect(201);
    await this.test.settle();
  }

  async events(...events: object[]): Promise<void> {
    await this.test.as('admin').post('/api/v1/lineage/batch', events).expect(200);
    await this.test.settle();
  }

  async find(namespace: string, name: string): Promise<Asset | null> {
    const { asset } = await this.test.as('admin').graphql<{ asset: Asset | null }>(ASSET, { r: ref(namespace, name) });
    return asset;
  }

  async get(namespace: string, name: string): Promise<Asset> {
    const asset = await this.find(namespace, name);
    if (!asset) throw new Error(`${namespace} ${name} is not there.`);
    return asset;
  }

  async proposals(): Promise<string[]> {
    const { aliasProposals } = await this.test.as('admin').graphql<{
      aliasProposals: {
        nodes: { origin: string; asset: { namespace: string }; alias: { namespace: string; name: string } }[];
      };
    }>('{ aliasProposals(first: 100) { nodes { origin asset { namespace } alias { namespace name } } } }');
    return aliasProposals.nodes
      .map((p) => `${p.origin} ${p.asset.namespace} ${p.alias.namespace} ${p.alias.name}`)
      .sort();
  }
}

async function withShop(work: (shop: Shop) => Promise<void>): Promise<void> {
  const test = await startTestApp();
  try {
    await work(new Shop(test));
  } finally {
    await test.close();
  }
}

const HERE = 'postgres://farm-db:5432';
const THERE = 'postgres://copy-db:5432';
const EGGS = 'farm.public.eggs_by_hen';

describe('one table, said by dbt and by others', () => {
  const crawled = (namespace: string): object => table(namespace, EGGS, ['hen_id', 'eggs']);

  // datahub#5401, #17125; OM#1651, #7113
  it.each([
    ['dbt first, its store unknown', [{}, 'events'] as const],
    ['dbt last, its store unknown', ['events', {}] as const],
    ['dbt first, its store given', [{ datasetNamespace: HERE }, 'events'] as const],
    ['dbt last, its store given', ['events', { datasetNamespace: 'postgresql://FARM-DB' }] as const],
  ])('complaint 2: dbt model and table are two things (%s)', async (_, steps) => {
    await withShop(async (shop) => {
      for (const step of steps) await (step === 'events' ? shop.events(crawled(HERE)) : shop.dbt({}, step));
      const asset = await shop.get(HERE, EGGS);
      expect([...new Set(asset.provenance.map(({ source }) => source))].sort()).toEqual(['dbt:farm', 'openlineage']);
      expect(asset.columns.map(({ path, dataType }) => `${path} ${dataType}`)).toEqual(['hen_id int', 'eggs int']);
      expect(await shop.proposals()).toEqual([]);
      const { assets } = await shop.test
        .as('admin')
        .graphql<{ assets: { nodes: { name: string }[] } }>(
          '{ assets(filter: { kinds: [DATASET] }, first: 100) { nodes { name } } }',
        );
      expect(assets.nodes.filter(({ name }) => name === EGGS)).toHaveLength(1);
    });
  });

  it('answers to the name without a store, and shows the one with it', async () => {
    await withShop(async (shop) => {
      await shop.dbt();
      await shop.events(crawled(HERE));
      const asset = await shop.get('postgres', EGGS);
      expect(asset).toMatchObject({ namespace: HERE, aliases: [{ namespace: 'postgres', origins: ['SAME_NAME'] }] });
    });
  });

  // OM#19313, #31731, #11726; datahub#10406
  it.each([
    ['dbt first', ['dbt', HERE, THERE]],
    ['dbt between', [THERE, 'dbt', HERE]],
    ['dbt last', [HERE, THERE, 'dbt']],
  ])('complaint 4: wrong match to another source (%s)', async (_, order) => {
    await withShop(async (shop) => {
      for (const step of order) await (step === 'dbt' ? shop.dbt() : shop.events(crawled(step)));
      const names = await Promise.all([HERE, THERE, 'postgres'].map((namespace) => shop.get(namespace, EGGS)));
      expect(new Set(names.map(({ id }) => id)).size).toBe(3);
      const task = (namespace: string): string => `SAME_NAME ${namespace} postgres ${EGGS}`;
      expect(await shop.proposals()).toEqual([task(THERE), task(HERE)]);

      await shop.test
        .as('admin')
        .graphql(
          `mutation($r: String!, $a: String!) { assetMerge(ref: $r, alias: $a, reason: "asked the owner") { userErrors { message } } }`,
          { r: ref(HERE, EGGS), a: ref('postgres', EGGS) },
        );
      expect((await shop.get('postgres', EGGS)).namespace).toBe(HERE);
      expect((await shop.get(THERE, EGGS)).namespace).toBe(THERE);
      expect(await shop.proposals()).toEqual([]);
      await shop.dbt({ generatedAt: '2026-03-02T06:00:00Z' });
      expect(await shop.proposals()).toEqual([]);
    });
  });
});

describe('a dbt project over time', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = new Shop(await startTestApp());
  });
  afterAll(() => shop.test.close());

  const facet = (asset: Asset, name: string): unknown => asset.facets.find((each) => each.name === name)?.value;

  it('is found by what it says, and shows it', async () => {
    const runResults = runResultsOf({
      results: { 'test.farm.not_null_stg_eggs_id.1a': { status: 'fail', failures: 2 } },
    });
    const catalog = catalogOf({ 'model.farm.stg_eggs': { id: 'bigint', hen_id: 'bigint', laid_on: 'date' } });
    await shop.dbt({}, { catalog, runResults });
    const asset = await shop.get('postgres', 'farm.public.stg_eggs');
    expect(asset.columns).toEqual([
      { path: 'id', dataType: 'bigint', description: 'Number on the egg.' },
      { path: 'hen_id', dataType: 'bigint', description: null },
      { path: 'laid_on', dataType: 'date', description: null },
    ]);
    expect(facet(asset, 'dbtTest:test.farm.not_null_stg_eggs_id.1a')).toMatchObject({
      status: 'fail',
      failures: 2,
      column: 'id',
    });
    const { search } = await shop.test
      .as('admin')
      .graphql<{ search: { nodes: { asset: { name: string } }[] } }>(
        '{ search(query: "weekly eggs") { nodes { asset { name } } } }',
      );
    expect(search.nodes[0]?.asset.name).toBe('weekly_eggs');
  });

  it('keeps columns and column lineage when a later manifest brings neither catalog nor compiled SQL', async () => {
    const bare = { compiled_code: undefined, raw_code: "select id, hen as hen_id from {{ ref('clean_eggs') }}" };
    const columns = { id: { name: 'id', description: 'The number.', tags: [] } };
    await shop.dbt({
      generatedAt: '2026-03-02T06:00:00Z',
      nodes: {
        'model.farm.stg_eggs': node(12, 'model', 'stg_eggs', { ...bare, columns, parents: ['model.farm.clean_eggs'] }),
      },
    });
    const asset = await shop.get('postgres', 'farm.public.stg_eggs');
    expect(asset.columns).toEqual([
      { path: 'id', dataType: 'bigint', description: 'The number.' },
      { path: 'hen_id', dataType: 'bigint', description: null },
      { path: 'laid_on', dataType: 'date', description: null },
    ]);
    const { columnLineage } = await shop.test
      .as('admin')
      .graphql<{ columnLineage: { edges: { fromColumn: string; toColumn: string }[] } }>(
        'query($r: String!) { columnLineage(ref: $r, column: "hen_id", direction: UPSTREAM, maxHops: 1) { edges { fromColumn toColumn } } }',
        { r: ref('postgres', 'farm.public.stg_eggs') },
      );
    expect(columnLineage.edges).toContainEqual({ fromColumn: 'hen', toColumn: 'hen_id' });
  });

  it('shows the result of a later test run that comes with the same manifest', async () => {
    const runResults = runResultsOf({
      which: 'test',
      invocation: 'later',
      generatedAt: '2026-03-03T06:00:00Z',
      results: { 'test.farm.not_null_stg_eggs_id.1a': 'pass' },
    });
    await shop.dbt({ generatedAt: '2026-03-02T06:00:00Z' }, { runResults });
    const result = facet(
      await shop.get('postgres', 'farm.public.stg_eggs'),
      'dbtTest:test.farm.not_null_stg_eggs_id.1a',
    );
    expect(result).toMatchObject({ status: 'pass', invocation: 'later', executedAt: '2026-03-03T06:00:00.000Z' });
  });

  it('misses what the project no longer has, and finds it again', async () => {
    const gone = { 'model.farm.eggs_by_hen': undefined };
    await shop.dbt({ generatedAt: '2026-03-04T06:00:00Z', nodes: gone }, { removals: 'APPLY' });
    expect((await shop.get('postgres', EGGS)).presence).toBe('MISSING');
    await shop.dbt({ generatedAt: '2026-03-05T06:00:00Z' });
    expect((await shop.get('postgres', EGGS)).presence).toBe('PRESENT');
  });

  it('refuses a manifest that is too old, with what to do', async () => {
    const { body } = await shop.test
      .as('admin')
      .post('/api/v1/dbt', { manifest: manifestOf(3) })
      .expect(400);
    expect(body.error).toMatchObject({ message: expect.stringContaining('Make it anew with dbt 1.0 or newer.') });
  });
});
