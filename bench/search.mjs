// Search over 10,000, 100,000 and 1,000,000 generated documents (`--documents` says otherwise), asked of the index itself:
// with and without a policy, with facets, suggestions; beside plain ts_rank over the same texts without policy or total.
// And how soon what was ingested is found, over HTTP, while events keep coming in.
import { createRequire } from 'node:module';
import { COMMON_QUERIES, queries, warehouse } from './search-documents.mjs';
import { percentiles, report, shown, startPostgres } from './service.mjs';
import { freshness } from './search-freshness.mjs';

const QUERIES = 200;
const { DataSource } = createRequire(import.meta.url)('typeorm');

export async function run({ seed, documents }) {
  for (const count of documents) await measure(count, seed);
  await freshness(seed);
}

async function measure(count, seed) {
  const postgres = await startPostgres(`search-${count}`);
  const dataSource = await openDatabase(postgres.url);
  try {
    const { Database } = await import('../dist/platform/database/database.js');
    const { PostgresSearchIndex } = await import('../dist/features/search/postgres-search-index.js');
    const database = new Database(dataSource);
    const index = new PostgresSearchIndex(database);
    await build(index, database, { count, seed });
    await ask(index, database, seed);
  } finally {
    await dataSource.destroy();
    await postgres.stop();
  }
}

async function openDatabase(url) {
  const { migrate, migrationsIn } = await import('../dist/platform/database/migrations.js');
  const migrations = migrationsIn(new URL('../migrations', import.meta.url).pathname);
  const options = { type: 'postgres', url, poolSize: 2, migrations, migrationsTableName: 'migration' };
  const dataSource = await new DataSource(options).initialize();
  await migrate(dataSource);
  return dataSource;
}

async function build(index, database, { count, seed }) {
  const started = performance.now();
  for await (const batch of warehouse({ count, seed })) {
    await index.put(batch, [...new Set(batch.map(({ group }) => group))]);
  }
  const seconds = (performance.now() - started) / 1000;
  await database.query('VACUUM ANALYZE');
  const { documents, bytes } = await index.size();
  const [{ classes }] = await database.query('SELECT count(*)::int AS classes FROM search_class');
  console.log(
    `search, ${documents} documents: built in ${seconds.toFixed(0)} s (${Math.round(documents / seconds)} a second), ` +
      `${(bytes / 2 ** 20).toFixed(0)} MB, ${classes} classes`,
  );
}

async function ask(index, database, seed) {
  const asked = queries({ count: QUERIES, seed });
  const [open, strict] = [await accessOf(OPEN), await accessOf(STRICT)];
  const search = (access, facets) => (text) => searchOf(index, { access, text, facets });
  // What classes mean for an actor is decided by the first searches and then known.
  for (const access of [open, strict]) for (const text of asked.slice(0, 20)) await search(access, [])(text);
  const everything = await cold(database, asked, search(open, []));
  const baseline = await cold(database, asked, (text) => database.query(TS_RANK, [text]));
  report('  without policy, first time', everything, 'plain ts_rank, 20 ids, no total', baseline);
  const narrowed = await cold(database, asked, search(strict, []));
  const ratio = (name) => (narrowed[name] / everything[name]).toFixed(2);
  console.log(`  with policy: ${shown(narrowed)}; with/without at p50 ${ratio('p50')}, at p99 ${ratio('p99')}`);
  console.log(`  with policy and seven facets: ${shown(await cold(database, asked, search(strict, FACETS)))}`);
  console.log(`  asked again while nothing changes: ${shown(await warm(asked, search(strict, FACETS)))}`);
  console.log(`  words that a tenth or more have: ${shown(await cold(database, COMMON_QUERIES, search(strict, [])))}`);
  const suggest = (text) => suggestOf(index, { access: strict, text: text.slice(0, 4) });
  console.log(`  suggestions: ${shown(await cold(database, asked, suggest))}`);
}

/** Counts are kept while no document changes: each question is asked as if one just had. */
async function cold(database, texts, work) {
  const times = [];
  for (const text of texts) {
    await database.query('UPDATE search_generation SET revision = revision + 1');
    const started = performance.now();
    await work(text);
    times.push(performance.now() - started);
  }
  return percentiles(times);
}

async function warm(texts, work) {
  for (const text of texts) await work(text);
  const times = [];
  for (const text of texts) {
    const started = performance.now();
    await work(text);
    times.push(performance.now() - started);
  }
  return percentiles(times);
}

async function searchOf(index, { access, text, facets }) {
  const { parseQuery } = await import('../dist/features/search/search-text.js');
  return index.search({
    access,
    handle: 'ann',
    query: parseQuery(text),
    conditions: [{ field: 'presence', anyOf: ['REMOVED'], isExcluded: true }],
    facets,
    sort: 'RELEVANCE',
    page: { first: 20, after: null },
    now: new Date(),
  });
}

async function suggestOf(index, { access, text }) {
  const { parseQuery } = await import('../dist/features/search/search-text.js');
  return index.suggest({ access, handle: 'ann', query: parseQuery(text), limit: 10, now: new Date() });
}

const FACETS = ['kind', 'platform', 'domain', 'owner', 'tag', 'certification', 'sensitivity'];

const rule = (id, effect, action, type, where) => ({
  id,
  title: id,
  why: 'bench',
  effect,
  actions: [action],
  resources: { types: [type], ...(where ? { where } : {}) },
});
const OPEN = [rule('assets', 'allow', 'discover', 'asset'), rule('columns', 'allow', 'read_column', 'column')];
const STRICT = [
  ...OPEN,
  rule('sensitive', 'deny', 'discover', 'asset', { attribute: 'sensitivity', operator: 'gte', value: 2 }),
  rule('areas', 'deny', 'discover', 'asset', { attribute: 'domain', operator: 'under', value: ['area-1', 'area-3'] }),
  rule('personal', 'deny', 'read_column', 'column', { attribute: 'tags', operator: 'hasAny', value: ['pii'] }),
];

async function accessOf(documents) {
  const { Access } = await import('../dist/platform/access/access.js');
  const { parsePolicySet } = await import('../dist/platform/access/policy-document.js');
  const set = parsePolicySet(documents);
  return new Access({ load: async () => set, now: () => new Date() }).forActor({
    id: '00000000-0000-4000-8000-000000000001',
    kind: 'PERSON',
    handle: 'ann',
    name: 'Ann',
    roles: [],
    teamIds: [],
    attributes: {},
    policyVersion: 1,
    token: null,
  });
}

/** All words, each as a name word, path word or text word of assets or columns. */
const TS_RANK = `
  WITH query AS (
    SELECT to_tsquery('simple', string_agg(
      '(' || concat_ws('|', 'n' || w, 'p' || w, 't' || w, 'cn' || w, 'cp' || w, 'ct' || w) || ')', '&')) AS q
    FROM regexp_split_to_table(lower($1), '[^a-z0-9]+') AS t(w) WHERE w <> '')
  SELECT id FROM search_document, query WHERE words @@ q ORDER BY ts_rank(words, q) DESC LIMIT 20`;
