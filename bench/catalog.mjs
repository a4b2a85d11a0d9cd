// A service that holds the company of generate.mjs, made once for all topics that ask for it.
import pg from 'pg';
import { companyEvents } from './generate.mjs';
import { startPostgres, startService } from './service.mjs';

const DATASETS = 9000;
const JOBS = 1000;

export function sharedCatalog(seed) {
  let made = null;
  return {
    catalog: () => (made ??= makeCatalog(seed)),
    stop: async () => (await made)?.stop(),
  };
}

async function makeCatalog(seed) {
  const postgres = await startPostgres('catalog');
  const service = await startService({ DATABASE_URL: postgres.url, CADASTRE_DEMO: 'false' });
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  const all = companyEvents({ datasets: DATASETS, jobs: JOBS, seed });
  for (let i = 0; i < all.length; i += 200) await service.post('/api/v1/lineage/batch', all.slice(i, i + 200));
  await service.projected();
  await client.query('ANALYZE');
  console.log(`catalog: ${DATASETS} datasets, ${JOBS} jobs from ${all.length} events`);
  const stop = async () => {
    await client.end();
    await service.stop();
    await postgres.stop();
  };
  return { service, client, stop };
}
