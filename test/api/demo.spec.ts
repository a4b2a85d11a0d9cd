import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DemoLoader } from '../../src/demo/demo-loader.js';
import { startTestApp, type TestApp } from '../support/app.js';

const PEOPLE = ['ada', 'bruno', 'chiara', 'deniz', 'emil', 'fatou', 'greta', 'hugo'];

interface Dataset {
  readonly platform: string | null;
  readonly domain: string | null;
  readonly owners: readonly string[];
  readonly terms: readonly string[];
  readonly columns: readonly { readonly sensitivity: string | null; readonly description: string | null }[];
}

let test: TestApp;
beforeAll(async () => {
  test = await startTestApp({ catalog: 'demo' });
  await test.settle();
});
afterAll(() => test.close());

async function datasets(): Promise<Dataset[]> {
  const found: Dataset[] = [];
  for (let after: string | null = null; ;) {
    const { assets }: { assets: { nodes: Dataset[]; pageInfo: { hasNextPage: boolean; endCursor: string } } } =
      await test.as('ada').graphql(
        `query($after: String) { assets(filter: { kinds: [DATASET] }, first: 50, after: $after) { pageInfo { hasNextPage endCursor }
          nodes { platform domain owners terms ... on Dataset { columns { sensitivity description } } } } }`,
        { after },
      );
    found.push(...assets.nodes);
    if (!assets.pageInfo.hasNextPage) return found;
    after = assets.pageInfo.endCursor;
  }
}

const countOf = async (handle: string, kinds = 'DATASET'): Promise<number> =>
  (
    await test
      .as(handle)
      .graphql<{ assets: { totalCount: number } }>(`{ assets(filter: { kinds: [${kinds}] }) { totalCount } }`)
  ).assets.totalCount;

describe('the demo catalog', () => {
  it('is what a newcomer is told', async () => {
    const all = await datasets();
    const columns = all.flatMap((dataset) => dataset.columns);
    expect(all.length).toBeGreaterThanOrEqual(60);
    expect(columns.length).toBeGreaterThanOrEqual(600);
    expect(new Set(all.map(({ platform }) => platform)).size).toBe(4);
    expect(new Set(all.map(({ domain }) => domain?.split('/')[0])).size).toBe(6);
    expect(all.filter(({ owners }) => owners.length === 0)).toEqual([]);
    expect(all.filter(({ terms }) => terms.length > 0).length).toBeGreaterThan(10);
    expect(columns.filter(({ sensitivity }) => sensitivity === 'RESTRICTED').length).toBeGreaterThan(5);
    expect(await countOf('ada', 'DASHBOARD')).toBeGreaterThan(5);
    expect(await countOf('ada', 'JOB')).toBeGreaterThan(50);
  });

  it('is seen by each of its people as far as their attributes reach', async () => {
    const counts = Object.fromEntries(await Promise.all(PEOPLE.map(async (who) => [who, await countOf(who)] as const)));
    expect(counts['ada']).toBe(counts['emil']);
    expect(counts['hugo']).toBeGreaterThan(0);
    expect(Math.min(...PEOPLE.filter((who) => who !== 'hugo').map((who) => counts[who] ?? 0))).toBeGreaterThan(
      counts['hugo'] ?? 0,
    );
    expect(new Set(Object.values(counts)).size).toBeGreaterThanOrEqual(5);
  });

  it('has runs, and column lineage from the mart back to the shop', async () => {
    const { asset, columnLineage } = await test.as('ada').graphql<{
      asset: { runs: { nodes: { state: string }[] } };
      columnLineage: { nodes: { distance: number; column: string; asset: { platform: string } }[] };
    }>(`{
      asset(ref: "job:airflow%3A%2F%2Fflow.northlight.example/build_marts.fct_orders") { ... on Job { runs { nodes { state } } } }
      columnLineage(ref: "dataset:snowflake%3A%2F%2Fnorthlight-eu1/analytics.marts.dim_customers", column: "email_hash", direction: UPSTREAM) {
        nodes { distance column asset { platform } }
      }
    }`);
    expect(asset.runs.nodes.map(({ state }) => state)).toContain('COMPLETE');
    expect(columnLineage.nodes.map((node) => `${node.distance} ${node.asset.platform} ${node.column}`)).toEqual([
      '0 snowflake email_hash',
      '1 snowflake email',
      '2 s3 email',
      '3 postgres email',
    ]);
  });

  it('is loaded once: a second start changes nothing and shows the same tokens', async () => {
    const before = await test.as('ada').dump();
    const again = await test.app.get(DemoLoader, { strict: false }).load(new Date(Date.now() + 86_400_000));
    await test.settle();
    expect(await test.as('ada').dump()).toBe(before);
    const ada = again.find(({ handle }) => handle === 'ada');
    expect(`Bearer ${ada?.token}`).toBe(test.as('ada').authorization);
  });
});
