import { Meilisearch } from 'meilisearch';
import { randomInt } from 'node:crypto';
import { MeilisearchSearchIndex } from '../../src/features/search/meilisearch-search-index.js';
import { Log } from '../../src/platform/observability/log.js';
import { FakeMeilisearch } from '../support/meilisearch-fake.js';
import type { SearchIndexUnderTest } from '../support/searched-catalog.js';
import { describeSearchIndex } from './search-index.contract.js';
import { describeSearchPolicy } from './search-policy.contract.js';

const { MEILI_URL, MEILI_MASTER_KEY = null } = process.env;

/** A real server where MEILI_URL names one, the fake otherwise. */
async function onMeilisearch(): Promise<SearchIndexUnderTest> {
  const fake = MEILI_URL === undefined ? await FakeMeilisearch.start() : null;
  const url = MEILI_URL ?? fake?.url ?? '';
  const key = fake ? fake.key : MEILI_MASTER_KEY;
  const name = `test-${randomInt(2 ** 40)}`;
  const log = new Log({ level: 'error' });
  const index = new MeilisearchSearchIndex({ url, key, name, onMissing: async () => undefined }, log);
  await index.beginRebuild();
  await index.endRebuild();
  const client = new Meilisearch({ host: url, apiKey: key ?? '', defaultWaitOptions: { interval: 5 } });
  return {
    index,
    async empty() {
      await client.index(name).deleteAllDocuments().waitTask();
    },
    async close() {
      await client.deleteIndex(name).waitTask();
      await fake?.stop();
    },
  };
}

describeSearchIndex(MEILI_URL === undefined ? 'Meilisearch (a fake)' : 'Meilisearch', onMeilisearch);
describeSearchPolicy(MEILI_URL === undefined ? 'Meilisearch (a fake)' : 'Meilisearch', onMeilisearch);
