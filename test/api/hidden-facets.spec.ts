import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.js';
import { HIDDEN_EVENTS, SECRET } from '../support/hidden-things.js';
import { applyPolicies, HIDDEN_BY_TAG } from '../support/policies.js';

const EVERYTHING = readFileSync(join(import.meta.dirname, '../support/everything.graphql'), 'utf8');
describe('facets', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp({ accounts: [{ handle: 'nora' }] });
    const admin = test.as('admin');
    await applyPolicies(test, HIDDEN_BY_TAG);
    await admin.post('/api/v1/lineage/batch', HIDDEN_EVENTS).expect(200);
    await test.settle();
  });
  afterAll(() => test.close());

  const read = async (handle: string, ref: string): Promise<Record<string, unknown>> => {
    const { asset } = await test.as(handle).graphql<{ asset: Record<string, unknown> }>(EVERYTHING, { ref });
    return asset;
  };

  it.each(['dataset:db/t', 'dataset:db/declared', 'job:flow/load'])(
    'of %s never name what is hidden, in no field and no facet, and tell it to who sees all',
    async (ref) => {
      expect(JSON.stringify(await read('admin', ref))).toContain(SECRET);
      expect(JSON.stringify(await read('nora', ref))).not.toContain(SECRET);
    },
  );

  it('of runs never name what is hidden in the REST API of Marquez either', async () => {
    const path = '/api/v1/namespaces/flow/jobs/load/runs';
    expect((await test.as('admin').get(path).expect(200)).text).toContain(SECRET);
    expect((await test.as('nora').get(path).expect(200)).text).not.toContain(SECRET);
  });

  it('are shown as far as they are about what is visible', async () => {
    const asset = await read('nora', 'dataset:db/t');
    expect(asset).toMatchObject({
      storage: { layer: 'delta' },
      sourceTags: [{ key: 'gold' }],
      qualityResults: [{ assertion: 'not_null', column: 'id', success: true, content: null }],
      statistics: { rowCount: 3, columns: [{ column: 'id', nullCount: 0 }] },
    });
    expect(await read('nora', 'job:flow/load')).toMatchObject({
      processingType: 'BATCH',
      sql: null,
      runs: {
        nodes: [{ state: 'FAIL', nominalStartAt: '2026-01-01T00:00:00.000Z', parent: null, errorMessage: null }],
      },
    });
  });

  it('ask the database in sets, however many runs there are', async () => {
    const statements = async (first: number): Promise<number> => {
      const before = test.database.statementCount;
      await test.as('admin').graphql(
        `{ assets(first: 10) { nodes { ... on Job { sql { query } dependencies { job { name } } runs(first: ${first}) { nodes {
             parent { job { name } run { state } } inputs { dataset { name } version } errorMessage } } }
           ... on Dataset { storage { layer } qualityResults { assertion run { state } } statistics { rowCount } runs { nodes { run { state } } } } } } }`,
      );
      return test.database.statementCount - before;
    };
    await test.as('admin').post(
      '/api/v1/lineage/batch',
      Array.from({ length: 30 }, (_, i) => ({
        ...HIDDEN_EVENTS[0],
        run: { ...HIDDEN_EVENTS[0]?.run, runId: `more-${i}` },
      })),
    );
    await test.settle();
    // Batches depend on which answer comes first; one statement a run would be more than sixty.
    expect(await statements(20)).toBeLessThan(30);
  });
});
