import { setTimeout as sleep } from 'node:timers/promises';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Jobs } from '../../src/platform/jobs/jobs.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { FakeMeilisearch } from '../support/meilisearch-fake.js';

const AWAY = 'Search is away: the Meilisearch server does not answer (ECONNREFUSED). Everything else works; try again.';
const SEARCH = `query ($query: String!) {
  search(query: $query, first: 50, facets: [KIND, TAG, OWNER, DOMAIN, CERTIFICATION], explain: true) {
    totalCount
    didYouMean
    facets { field without values { value count } }
    nodes { ...hit }
  }
  searchSuggest(prefix: $query) { ...hit }
}
fragment hit on SearchHit {
  tier
  item { __typename ... on Person { handle } }
  asset { id name }
  column { path }
  matches { field text }
  score { name points }
}`;
const QUERIES = [
  'orders',
  'customer',
  'net revenue',
  'salary',
  'email',
  'fct ledger',
  'revenoe',
  'daily -load',
  'o',
  'qqq',
  'tag:pii email',
  'hugo',
  '',
];

interface Answer {
  readonly search: { readonly totalCount: number; readonly nodes: readonly object[] };
}

let fake: FakeMeilisearch;
let onMeilisearch: TestApp;
let onPostgres: TestApp;

beforeAll(async () => {
  fake = await FakeMeilisearch.start();
  onMeilisearch = await startTestApp({
    catalog: 'demo',
    env: { MEILI_URL: fake.url, MEILI_MASTER_KEY: fake.key },
  });
  onPostgres = await startTestApp({ catalog: 'demo' });
  await Promise.all([onMeilisearch.settle(), onPostgres.settle()]);
  await until(async () => (await ready()).body.search === 'up');
});
afterAll(async () => {
  await onMeilisearch?.close();
  await onPostgres?.close();
  await fake?.stop();
});

async function until(holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    if (await holds()) return;
    await sleep(20);
  }
  throw new Error('It did not come to hold within a minute.');
}

function ready(): request.Test {
  return request(onMeilisearch.url).get('/health/ready');
}

/** Ids differ from database to database. */
function withoutIds(answer: Answer): unknown {
  return JSON.parse(JSON.stringify(answer, (name, value: unknown) => (name === 'id' ? undefined : value)));
}

async function searched(test: TestApp, handle: string, query: string): Promise<Answer> {
  return test.as(handle).graphql<Answer>(SEARCH, { query });
}

describe('search with Meilisearch', () => {
  it.each(QUERIES)('answers %j as Postgres does, to whoever asks', async (query) => {
    for (const handle of ['ada', 'hugo', 'admin']) {
      const answer = withoutIds(await searched(onMeilisearch, handle, query));
      expect(answer).toEqual(withoutIds(await searched(onPostgres, handle, query)));
    }
  });

  it('shows more to one than to the other', async () => {
    const totals = ['ada', 'hugo'].map(async (who) => (await searched(onMeilisearch, who, 'orders')).search.totalCount);
    const [ada = 0, hugo = 0] = await Promise.all(totals);
    expect(ada).toBeGreaterThan(hugo);
    expect(hugo).toBeGreaterThan(0);
  });

  it('says that it is away, and nothing else is; catches up when the server is back', async () => {
    await fake.stop();
    const { body } = await onMeilisearch.as('ada').graphqlRaw(SEARCH, { query: 'orders' });
    expect(body.errors).toEqual([expect.objectContaining({ message: AWAY, extensions: { code: 'UNAVAILABLE' } })]);
    const rest = await onMeilisearch.as('ada').get('/api/v1/search?q=orders').expect(503);
    expect(rest.body.error).toEqual({ code: 'UNAVAILABLE', message: AWAY });
    expect((await ready().expect(200)).body).toEqual({ status: 'up', search: 'down' });
    const metrics = await request(onMeilisearch.url).get('/metrics').expect(200);
    expect(metrics.text).toContain('cadastre_part_up{part="search"} 0');

    const { search } = await searched(onPostgres, 'admin', 'fct orders');
    expect(search.totalCount).toBeGreaterThan(0);
    await onMeilisearch
      .as('admin')
      .post('/api/v1/lineage', {
        eventType: 'COMPLETE',
        eventTime: '2026-05-01T10:00:00Z',
        run: { runId: 'run-while-away' },
        job: { namespace: 'flow', name: 'while_away' },
        outputs: [{ namespace: 'postgres://db.example:5432', name: 'made.zebra_crossings' }],
      })
      .expect(({ status }) => expect(status).toBeLessThan(300));
    await until(async () => (await lagged()) !== null);

    fake = await fake.restart();
    await onMeilisearch.settle();
    const found = await searched(onMeilisearch, 'admin', 'zebra crossings');
    expect(found.search.nodes).toMatchObject([{ tier: 'EXACT_NAME', asset: { name: 'made.zebra_crossings' } }]);
    expect((await ready()).body).toEqual({ status: 'up', search: 'up' });
  });

  it('builds the index where the server has lost it, and says so until it is there', async () => {
    await fake.stop();
    fake = await FakeMeilisearch.start(fake.port, fake.key);
    const { body } = await onMeilisearch.as('ada').graphqlRaw(SEARCH, { query: 'orders' });
    expect(body.errors[0].message).toBe(
      'Search is away: its index is being built. Everything else works; try again in a while.',
    );
    await until(async () => (await ready()).body.search === 'up');
    const found = await searched(onMeilisearch, 'admin', 'zebra crossings');
    expect(found.search.nodes).toHaveLength(1);
  });

  it('answers all the while it is built anew', async () => {
    const before = await searched(onMeilisearch, 'ada', 'orders');
    const { database } = onMeilisearch;
    const reindexed = 'mutation { searchReindex { isScheduled userErrors { message } } }';
    const swaps = (): number => fake.requests.filter((line) => line === 'POST /swap-indexes').length;
    const swapsBefore = swaps();
    await onMeilisearch.as('admin').graphql(reindexed);
    await until(async () => {
      expect(await searched(onMeilisearch, 'ada', 'orders')).toEqual(before);
      return swaps() > swapsBefore;
    });
    await until(async () => {
      const waiting = await database.query(`SELECT FROM job_queue WHERE kind = 'search.reindex' AND state = 'WAITING'`);
      return waiting.length === 0;
    });
    expect(await searched(onMeilisearch, 'ada', 'orders')).toEqual(before);
  });

  it('fills the index of the engine that was not in use when it comes back', async () => {
    const jobs = async ({ database }: TestApp, kind: string): Promise<unknown[]> =>
      (await database.query<{ state: string }>('SELECT state FROM job_queue WHERE kind = $1', [kind])).map(
        ({ state }) => state,
      );
    expect(await jobs(onMeilisearch, 'search.refill.postgres')).toEqual(['WAITING']);
    expect(await jobs(onPostgres, 'search.refill.meilisearch')).toEqual([]);
    await onPostgres.database.query('TRUNCATE search_document CASCADE');
    await onPostgres.app.get(Jobs, { strict: false }).schedule('search.refill.postgres');
    await until(async () => (await jobs(onPostgres, 'search.refill.postgres')).join() === 'DONE');
    await until(async () => (await searched(onPostgres, 'admin', 'orders')).search.nodes.length > 0);
    expect(await jobs(onPostgres, 'search.refill.meilisearch')).toEqual(['WAITING']);
  });

  it('refuses what is not the key or too old, and tells neither the key nor the address with its secrets', async () => {
    const key = 'not-the-key-at-all';
    const url = fake.url.replace('//', '//user:hidden-word@');
    const test = await startTestApp({ env: { MEILI_URL: url, MEILI_MASTER_KEY: key } });
    const asked = async (): Promise<string> =>
      (await test.as('admin').graphqlRaw(SEARCH, { query: 'orders' })).body.errors[0].message;
    const messages = [await asked()];
    await test.close();
    const other = await startTestApp({ env: { MEILI_URL: fake.url, MEILI_MASTER_KEY: key } });
    const { body } = await other.as('admin').graphqlRaw(SEARCH, { query: 'orders' });
    expect(body.errors[0].message).toContain('refuses the key in MEILI_MASTER_KEY');
    await other.close();
    const log = [...test.logLines, ...other.logLines, ...messages].join('\n');
    expect(log).not.toContain(key);
    expect(log).not.toContain('hidden-word');
  });

  async function lagged(): Promise<string | null> {
    const row = await onMeilisearch.database.queryOne<{ error: string | null }>(
      `SELECT last_error AS error FROM follower WHERE name = 'search'`,
    );
    return row?.error ?? null;
  }
});
