import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { personDocument } from '../../src/features/search/search-catalog.repository.js';
import { PostgresSearchIndex } from '../../src/features/search/postgres-search-index.js';
import { Database } from '../../src/platform/database/database.js';
import { openTestDatabase, type TestDatabase } from '../support/database.js';
import type { SearchIndexUnderTest } from '../support/searched-catalog.js';
import { describeSearchIndex } from './search-index.contract.js';
import { describeSearchPolicy } from './search-policy.contract.js';

async function onPostgres(): Promise<SearchIndexUnderTest> {
  const testDatabase = await openTestDatabase();
  const dataSource = await new DataSource({ type: 'postgres', url: testDatabase.url, poolSize: 2 }).initialize();
  const database = new Database(dataSource);
  return {
    index: new PostgresSearchIndex(database),
    async empty() {
      await database.query('TRUNCATE search_document, search_word CASCADE');
      await database.query('UPDATE search_generation SET revision = revision + 1');
    },
    async close() {
      await dataSource.destroy();
      await testDatabase.close();
    },
  };
}

describeSearchIndex('Postgres', onPostgres);
describeSearchPolicy('Postgres', onPostgres);

describe('the search index on Postgres', () => {
  let testDatabase: TestDatabase;
  let database: Database;
  let dataSource: DataSource;
  beforeAll(async () => {
    testDatabase = await openTestDatabase();
    dataSource = await new DataSource({ type: 'postgres', url: testDatabase.url, poolSize: 2 }).initialize();
    database = new Database(dataSource);
  });
  afterAll(async () => {
    await dataSource.destroy();
    await testDatabase.close();
  });

  it('leaves no words behind that searches would read one by one', async () => {
    const people = Array.from({ length: 200 }, (_, at) =>
      personDocument({ handle: `person-${at}`, name: `Somebody number ${at}`, updatedAt: new Date(0) }),
    );
    await new PostgresSearchIndex(database).put(
      people,
      people.map(({ group }) => group),
    );
    // Says how many pages it found waiting.
    const left = `SELECT gin_clean_pending_list('search_document_words_idx')::int AS pages`;
    expect(await database.query(left)).toEqual([{ pages: 0 }]);
  });
});
