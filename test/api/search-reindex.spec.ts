import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { SearchCatalogRepository } from '../../src/features/search/search-catalog.repository.js';
import { Jobs } from '../../src/platform/jobs/jobs.js';
import { startTestApp, type TestApp } from '../support/app.js';

interface State {
  readonly documents: number;
  readonly bytes: string;
  readonly rebuild: { isRunning: boolean; done: number; total: number; finishedAt: string | null } | null;
}

describe('building the search index anew', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp({ accounts: [{ handle: 'ann' }] });
    const tables = Array.from({ length: 1100 }, (_, i) => ({
      eventTime: '2026-05-01T10:00:00Z',
      dataset: { namespace: 'db', name: `shop.table_${i}`, facets: { documentation: { description: 'A table.' } } },
    }));
    await test.as('admin').post('/api/v1/lineage/batch', tables).expect(200);
    await test.settle();
    // Its steps are taken by hand.
    await test.app.get(Jobs, { strict: false }).beforeApplicationShutdown();
  }, 120_000);
  afterAll(() => test.close());

  const state = async (): Promise<State> =>
    (
      await test
        .as('admin')
        .graphql<{ searchIndex: State }>(
          '{ searchIndex { documents bytes rebuild { isRunning done total finishedAt } } }',
        )
    ).searchIndex;
  const found = async (query: string): Promise<number> =>
    (
      await test
        .as('admin')
        .graphql<{ search: { totalCount: number } }>('query($q: String!) { search(query: $q) { totalCount } }', {
          q: query,
        })
    ).search.totalCount;
  const ask = (): Promise<object> =>
    test.as('admin').graphql('mutation { searchReindex { isScheduled userErrors { message } } }');

  it('goes step by step while search goes on, and finds what is left behind', async () => {
    const before = await state();
    expect(before.rebuild).toBeNull();
    // Not what a follower would do: documents that no change will ever mend.
    await test.database.query(
      `UPDATE search_origin SET key = 'lost-' || key, group_key = 'lost' WHERE name = 'shop.table_7'`,
    );
    await ask();
    await ask();
    const jobs = test.app.get(Jobs, { strict: false });
    const progress: number[] = [];
    while ((await state()).rebuild?.isRunning === true) {
      expect(await jobs.runNext()).toBe(true);
      progress.push((await state()).rebuild?.done ?? 0);
      expect(await found('shop table')).toBeGreaterThanOrEqual(1100);
    }
    expect(progress.length).toBeGreaterThan(3);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    const after = await state();
    expect(after).toMatchObject({ documents: before.documents, rebuild: { isRunning: false } });
    expect(after.rebuild?.done).toBe(after.rebuild?.total);
    expect(await found('shop table')).toBe(1100);
  });

  it('keeps what is said while a step reads and writes', async () => {
    const jobs = test.app.get(Jobs, { strict: false });
    const catalog = test.app.get(SearchCatalogRepository, { strict: false });
    const read = catalog.assetDocuments.bind(catalog);
    await ask();
    await jobs.runNext();
    const reading = vi.spyOn(catalog, 'assetDocuments').mockImplementationOnce(async (ids) => {
      const documents = await read(ids);
      await test.database.separately(async () => {
        await test
          .as('admin')
          .graphql(
            'mutation($r: String!, $d: String!) { assetDescribe(ref: $r, description: $d) { userErrors { message } } }',
            {
              r: 'dataset:db/shop.table_700',
              d: 'Knows the wombat.',
            },
          );
        await vi.waitFor(async () => expect(await found('wombat')).toBe(1), { timeout: 10_000 });
      });
      return documents;
    });
    expect(await found('wombat')).toBe(0);
    while ((await state()).rebuild?.isRunning === true) expect(await jobs.runNext()).toBe(true);
    reading.mockRestore();
    expect(await found('wombat')).toBe(1);
  });

  it('goes on where it was when a step was lost', async () => {
    const jobs = test.app.get(Jobs, { strict: false });
    await ask();
    await jobs.runNext();
    const reached = (await state()).rebuild?.done ?? 0;
    expect(reached).toBeGreaterThan(0);
    await test.database.query(
      `UPDATE job_queue SET state = 'FAILED' WHERE kind = 'search.reindex' AND state = 'WAITING'`,
    );
    expect(await jobs.runNext()).toBe(false);
    await ask();
    expect((await state()).rebuild).toMatchObject({ isRunning: true, done: reached });
    while ((await state()).rebuild?.isRunning === true) expect(await jobs.runNext()).toBe(true);
    expect((await state()).rebuild).toMatchObject({ done: (await state()).rebuild?.total });
  });

  it('is for operators', async () => {
    const asked = await test.as('ann').graphqlRaw('{ searchIndex { documents } }');
    expect(asked.body).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] });
  });
});
