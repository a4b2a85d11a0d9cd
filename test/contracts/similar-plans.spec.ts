import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SimilarRepository } from '../../src/features/similar/similar.repository.js';
import { Database } from '../../src/platform/database/database.js';
import { openTestDatabase, type TestDatabase } from '../support/database.js';
import { NOT_HIDDEN, requestOf } from '../support/searched-catalog.js';

const DATASETS = 100_000;

/** Every dataset has a column `batch_id`, one in 1,000 `seldom_used`, one in 50 `often_used`; a fifth is hidden. */
const FILL = [
  `INSERT INTO asset (id, kind, namespace, name, tags, is_placeholder)
   SELECT lpad(to_hex(n), 32, '0')::uuid, 'DATASET', 'ns', 't' || n, CASE WHEN n % 5 = 0 THEN '{hidden}'::text[] ELSE '{}' END, false
   FROM generate_series(1, ${DATASETS}) n`,
  `INSERT INTO asset_column (asset_id, path, ordinal)
   SELECT lpad(to_hex(n), 32, '0')::uuid, path, 0 FROM generate_series(1, ${DATASETS}) n,
     LATERAL (SELECT 'batch_id' UNION ALL SELECT 'own_' || n UNION ALL SELECT 'seldom_used' WHERE n % 1000 = 1
              UNION ALL SELECT 'OftenUsed' WHERE n % 50 = 1) AS c(path)`,
  'ANALYZE asset, asset_column',
];

/** Statements as they are sent, to be explained afterwards. */
class ObservedDatabase extends Database {
  sent: readonly [sql: string, parameters: readonly unknown[]] = ['', []];

  override async query<Row extends object>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    this.sent = [sql, parameters];
    return super.query<Row>(sql, parameters);
  }
}

interface Plan {
  readonly 'Node Type': string;
  readonly 'Index Name'?: string;
  readonly 'Shared Hit Blocks': number;
  readonly Plans?: readonly Plan[];
}

const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];

describe('what has columns in common among a hundred thousand datasets', () => {
  let testDatabase: TestDatabase;
  let dataSource: DataSource;
  let database: ObservedDatabase;
  let repository: SimilarRepository;
  beforeAll(async () => {
    testDatabase = await openTestDatabase();
    dataSource = await new DataSource({ type: 'postgres', url: testDatabase.url, poolSize: 2 }).initialize();
    database = new ObservedDatabase(dataSource);
    repository = new SimilarRepository(database);
    for (const sql of FILL) await database.query(sql);
  }, 120_000);
  afterAll(async () => {
    await dataSource.destroy();
    await testDatabase.close();
  });

  it('is read along the index, name by name, and no further than what is common', async () => {
    const { access } = await requestOf('', { policies: NOT_HIDDEN });
    const asked = '00000000-0000-0000-0000-000000000001';
    const names = ['batch_id', 'seldom_used', 'often_used', 'own_1'];
    const sharing = await repository.listSharing(asked, names, { access, limit: 200 });
    expect(sharing.map(({ name, assetIds }) => [name, assetIds.length])).toEqual([
      ['batch_id', 200],
      ['seldom_used', 99],
      ['often_used', 200],
      ['own_1', 0],
    ]);
    const [sql, parameters] = database.sent;
    const [explained] = await database.query<{ 'QUERY PLAN': readonly { Plan: Plan }[] }>(
      `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${sql}`,
      parameters,
    );
    const plan = explained?.['QUERY PLAN'][0]?.Plan;
    const nodes = plan ? nodesOf(plan) : [];
    expect(nodes.map((node) => node['Node Type'])).not.toContain('Seq Scan');
    expect(nodes.map((node) => node['Index Name'])).toContain('asset_column_name_idx');
    expect(plan?.['Shared Hit Blocks']).toBeLessThan(10_000);
  });
});
