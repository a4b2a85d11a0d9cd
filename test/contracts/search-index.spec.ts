import fc from 'fast-check';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { personDocument } from '../../src/features/search/search-catalog.repository.js';
import { inWholeWords } from '../../src/features/search/postgres-search-beginnings.js';
import { PostgresSearchIndex } from '../../src/features/search/postgres-search-index.js';
import { stagesOf, type AnyOf } from '../../src/features/search/search-stages.js';
import { parseQuery } from '../../src/features/search/search-text.js';
import { Database } from '../../src/platform/database/database.js';
import { openTestDatabase, type TestDatabase } from '../support/database.js';
import { assetDocuments } from '../support/search-documents.js';
import { requestOf, type SearchIndexUnderTest } from '../support/searched-catalog.js';
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

  it('counts nothing that was there before somebody emptied the table', async () => {
    const index = new PostgresSearchIndex(database);
    const documents = assetDocuments({ name: 'emptied_table' }, 1);
    await index.put(
      documents,
      documents.map(({ group }) => group),
    );
    const total = async (): Promise<number> => (await index.search(await requestOf('emptied'))).totalCount;
    expect(await total()).toBe(1);
    await database.query('TRUNCATE search_document CASCADE');
    expect(await total()).toBe(0);
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

  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'ü', '𝒳'), minLength: 1, maxLength: 6 });
  const name = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join('_'));
  const asset = fc.record({
    name: fc.tuple(name, name).map((parts) => parts.join('.')),
    columns: fc.array(name, { maxLength: 2 }).map((paths) => Object.fromEntries(paths.map((path) => [path, {}]))),
  });
  const asked = fc.array(word, { minLength: 1, maxLength: 3 });

  /** Ids of what is found in each stage. */
  async function found(stages: readonly { readonly anyOf: AnyOf }[]): Promise<unknown[]> {
    const sets: unknown[] = [];
    for (const { anyOf } of stages) {
      const sql = 'SELECT id FROM search_document WHERE words @@ ANY($1::tsquery[]) ORDER BY id';
      sets.push(await database.query(sql, [anyOf]));
    }
    return sets;
  }

  it('finds by whole words what it would find by their beginnings, in every stage', async () => {
    const property = fc.asyncProperty(
      fc.array(asset, { minLength: 1, maxLength: 12 }),
      fc.array(asked, { minLength: 8, maxLength: 8 }),
      async (assets, queries) => {
        const documents = assets.flatMap((one, at) => assetDocuments(one, at + 1));
        await new PostgresSearchIndex(database).put(documents, [...new Set(documents.map(({ group }) => group))]);
        for (const words of queries) {
          const stages = stagesOf(parseQuery(words.join(' ')));
          if (stages === null) continue;
          const whole = await inWholeWords(database, stages);
          expect(await found(whole.stages)).toEqual(await found(stages.stages));
          expect(await found([whole])).toEqual(await found([stages]));
        }
      },
    );
    await fc.assert(property, { numRuns: 25 });
  }, 120_000);

  it('asks for a word that hundreds of names begin with by that word alone', async () => {
    const documents = Array.from({ length: 300 }, (_, at) =>
      assetDocuments({ name: `staging_thing_${at}` }, 1000 + at),
    ).flat();
    await new PostgresSearchIndex(database).put(
      documents,
      documents.map(({ group }) => group),
    );
    const stages = stagesOf(parseQuery('stag thing'));
    const whole = stages && (await inWholeWords(database, stages));
    const text = whole?.stages.at(-1)?.anyOf.join(' ');
    expect(text).toContain(`'nstaging'`);
    expect(text).not.toContain('stagingthing');
    expect(text).not.toContain(':*');
  });
});
