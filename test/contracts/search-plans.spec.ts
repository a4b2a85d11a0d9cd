import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PostgresSearchIndex } from '../../src/features/search/postgres-search-index.js';
import { Database } from '../../src/platform/database/database.js';
import { openTestDatabase, type TestDatabase } from '../support/database.js';
import { NOT_HIDDEN, requestOf, type Asking } from '../support/searched-catalog.js';

const DOCUMENTS = 100_000;

/** Statements as they are sent, to be explained afterwards. */
class ObservedDatabase extends Database {
  readonly sent: { sql: string; parameters: readonly unknown[] }[] = [];

  override async query<Row extends object>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    this.sent.push({ sql, parameters });
    return super.query<Row>(sql, parameters);
  }
}

/** Half of all documents are called `common`, one in a hundred `seldom`, one `single`; a fifth is hidden. */
const FILL = `
  WITH class AS (
    INSERT INTO search_class (hash, owners, body)
    SELECT decode(md5(n::text), 'hex'), '{}', jsonb_build_object(
      'resource', jsonb_build_object('type', 'asset', 'id', '', 'kind', 'DATASET', 'namespace', 'ns', 'name', '',
        'platform', null, 'domain', 'd' || n, 'sensitivity', null, 'lifecycle', 'ACTIVE', 'terms', '[]'::jsonb,
        'owners', '[]'::jsonb, 'tags', CASE WHEN n % 5 = 0 THEN '["hidden"]'::jsonb ELSE '[]'::jsonb END),
      'fields', jsonb_build_object('kind', 'DATASET', 'type', null, 'platform', null, 'namespace', 'ns', 'domain', 'd' || n,
        'owner', '[]'::jsonb, 'tag', '[]'::jsonb, 'term', '[]'::jsonb, 'product', '[]'::jsonb, 'sensitivity', null,
        'certification', null, 'certifiedUntil', null, 'lifecycle', 'ACTIVE', 'presence', 'PRESENT'))
    FROM generate_series(1, 500) n RETURNING id
  ), document AS (
    INSERT INTO search_document (class_id, place, usage, updated_at, sort_name, words)
    SELECT (SELECT min(id) FROM class) + n % 500, -(n * 7919 % 500), 0, now(), 'table ' || n,
      array_to_tsvector(ARRAY['=table' || n, 'ntable', 'n' || n]
        || CASE WHEN n % 2 = 0 THEN ARRAY['ncommon'] ELSE '{}' END
        || CASE WHEN n % 100 = 0 THEN ARRAY['nseldom'] ELSE '{}' END
        || CASE WHEN n = 4711 THEN ARRAY['nsingle'] ELSE '{}' END)
    FROM generate_series(1, ${DOCUMENTS}) n RETURNING id, sort_name
  )
  INSERT INTO search_origin (id, key, group_key, asset_id, name, column_path, score, content_hash, generation)
  SELECT id, id::text, id::text, gen_random_uuid(), sort_name, '', '[]', ''::bytea, 0 FROM document`;

const FILL_WORDS = `
  INSERT INTO search_name_word (word, least)
  SELECT word, 0 FROM unnest('{table,common,seldom,single}'::text[]) AS word
  UNION ALL SELECT n::text, 0 FROM generate_series(1, ${DOCUMENTS}) n`;

describe('search over a hundred thousand documents', () => {
  let testDatabase: TestDatabase;
  let dataSource: DataSource;
  let database: ObservedDatabase;
  let index: PostgresSearchIndex;
  beforeAll(async () => {
    testDatabase = await openTestDatabase();
    dataSource = await new DataSource({ type: 'postgres', url: testDatabase.url, poolSize: 2 }).initialize();
    database = new ObservedDatabase(dataSource);
    index = new PostgresSearchIndex(database);
    // Made once, at the end, as it is faster so.
    await database.query('DROP INDEX search_document_words_idx');
    await database.query(FILL);
    await database.query(FILL_WORDS);
    await database.query('CREATE INDEX search_document_words_idx ON search_document USING gin (words)');
    await database.query('ANALYZE search_document, search_origin, search_class');
  }, 120_000);
  afterAll(async () => {
    await dataSource.destroy();
    await testDatabase.close();
  });

  /** What was asked of the documents: the plan of every statement, as text. */
  async function plansOf(query: string, options: Asking): Promise<{ total: number; plans: string[] }> {
    database.sent.length = 0;
    const { totalCount, hits } = await index.search(await requestOf(query, options));
    expect(hits.length).toBe(Math.min(20, totalCount));
    const asked = database.sent.filter(({ sql }) => sql.includes('search_document'));
    const plans: string[] = [];
    for (const { sql, parameters } of asked) {
      const rows = await dataSource.query<{ 'QUERY PLAN': string }[]>(`EXPLAIN ${sql}`, [...parameters]);
      plans.push(rows.map((row) => row['QUERY PLAN']).join('\n'));
    }
    return { total: totalCount, plans };
  }

  it.each([
    ['seldom', DOCUMENTS / 100],
    ['single', 1],
    ['table 4711', 11],
    ['nothing of the kind', 0],
  ])('reads what matches %s by GIN and nothing else', async (query, total) => {
    const { total: found, plans } = await plansOf(query, {});
    expect(found).toBe(total);
    expect(plans.length).toBeGreaterThan(0);
    for (const plan of plans) {
      expect(plan).toContain('Bitmap Index Scan on search_document_words_idx');
      expect(plan).not.toContain('Seq Scan on search_document ');
    }
  });

  it('walks along the order to the best of what half of all documents match', async () => {
    const { total, plans } = await plansOf('common', {});
    expect(total).toBe(DOCUMENTS / 2);
    expect(plans.at(-1)).toContain('Index Scan using search_document_place_idx');
    expect(plans.at(-1)).not.toContain('Sort Key: d.place');
  });

  it('asks as often with a policy as without', async () => {
    const without = await plansOf('common', {});
    const narrowed = await plansOf('common', { policies: NOT_HIDDEN });
    expect(narrowed.total).toBe(without.total * 0.8);
    expect(narrowed.plans.length).toBe(without.plans.length);
  });

  it.each(['common', 'table 4711'])(
    'tests the class of what matches %s as it is read, not class by class',
    async (query) => {
      const { plans } = await plansOf(query, { policies: NOT_HIDDEN });
      expect(plans.at(-1)).toMatch(/hashed SubPlan/);
      for (const plan of plans) expect(plan).not.toContain('search_document_class_idx');
    },
  );
});
