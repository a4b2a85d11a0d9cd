import { DataSource } from 'typeorm';
import { PostgresSearchIndex } from '../../src/features/search/postgres-search-index.js';
import { Database } from '../../src/platform/database/database.js';
import { openTestDatabase } from '../support/database.js';
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
