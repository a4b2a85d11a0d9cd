import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.js';
import { rebuildCatalog } from '../support/rebuild.js';

const dataset = (name: string, facets: object = {}): object => ({ namespace: 'snowflake://org-acc', name, facets });
const event = (job: string, minute: number, inputs: object[], outputs: object[]): object => ({
  eventType: 'COMPLETE',
  eventTime: new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString(),
  run: { runId: `run-${job}` },
  job: { namespace: 'flow', name: job },
  inputs,
  outputs,
});
const fields = (...names: string[]): object => ({ schema: { fields: names.map((name) => ({ name, type: 'int' })) } });

describe('catalogRebuild', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp({ accounts: [{ handle: 'nora' }] });
    const symlink = { symlinks: { identifiers: [{ namespace: 'hive', name: 'a.b', type: 'TABLE' }] } };
    await test
      .as('admin')
      .post('/api/v1/lineage/batch', [
        event(
          'one',
          1,
          [dataset('A.B.ORDERS', fields('ID', 'X'))],
          [dataset('a.b.report', { ...fields('y'), ...symlink })],
        ),
        event(
          'two',
          2,
          [dataset('a.b.orders')],
          [dataset('a.b.other', { tags: { tags: [{ key: 'gold', value: 'true' }] } })],
        ),
        event('one', 3, [], [dataset('a.b.report', { documentation: { description: 'By a machine.' } })]),
      ])
      .expect(200);
    await test.settle();
  });
  afterAll(() => test.close());

  const describeOther = 'mutation($r: String!) { assetDescribe(ref: $r, description: "By hand.") { asset { id } } }';
  const ref = 'dataset:snowflake%3A%2F%2Forg-acc/a.b.other';

  it('ends in the same catalog, with ids and what people said', async () => {
    await test.as('admin').graphql(describeOther, { r: ref });
    const ids = await test.database.query('SELECT id, namespace, name FROM asset ORDER BY id');
    const before = await test.as('admin').dump();
    await rebuildCatalog(test);
    expect(await test.as('admin').dump()).toBe(before);
    expect(await test.database.query('SELECT id, namespace, name FROM asset ORDER BY id')).toEqual(ids);
    expect(before).toContain('By hand.');
    expect(before).toContain('"mergedInto":["DATASET","snowflake://org-acc","A.B.ORDERS"]');
  });

  it('takes away what no message says', async () => {
    const before = await test.as('admin').dump();
    await test.database.query(
      `INSERT INTO fact SELECT id, '', 'tags', 'openlineage', '["stale"]', now(), NULL, '\\x00' FROM asset WHERE name = 'a.b.report'`,
    );
    await test.database.query(`UPDATE asset SET tags = '{stale}', content_hash = NULL WHERE name = 'a.b.report'`);
    expect(await test.as('admin').dump()).not.toBe(before);
    await rebuildCatalog(test);
    expect(await test.as('admin').dump()).toBe(before);
  });

  it('tries again what failed, and is for operators', async () => {
    await test.database.query(
      `INSERT INTO raw_event_failure (event_id, error) SELECT id, 'an older reader' FROM raw_event`,
    );
    await rebuildCatalog(test);
    const open = 'SELECT event_id FROM raw_event_queue UNION SELECT event_id FROM raw_event_failure';
    expect(await test.database.query(open)).toEqual([]);
    const { body } = await test.as('nora').graphqlRaw('mutation { catalogRebuild { userErrors { code } } }');
    expect(body.data.catalogRebuild.userErrors).toEqual([{ code: 'FORBIDDEN' }]);
  });
});
