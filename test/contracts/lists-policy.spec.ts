import fc from 'fast-check';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../../src/core/actor.js';
import { AssetPage, AssetReader, AssetRepository } from '../../src/features/assets/index.js';
import { NoticeRepository } from '../../src/features/saved-searches/notice.repository.js';
import { NoticesService } from '../../src/features/saved-searches/notices.service.js';
import { PostgresSearchIndex } from '../../src/features/search/postgres-search-index.js';
import { SearchHits } from '../../src/features/search/search-hits.js';
import { SearchSynonymRepository } from '../../src/features/search/search-synonym.repository.js';
import { SearchSynonyms } from '../../src/features/search/search-synonyms.js';
import { SearchService } from '../../src/features/search/search.service.js';
import { SimilarRepository } from '../../src/features/similar/similar.repository.js';
import { SimilarService } from '../../src/features/similar/similar.service.js';
import { candidatesOf, similarity, tellingColumns, weightOf } from '../../src/features/similar/similarity.js';
import { UsageRepository } from '../../src/features/usage/usage.repository.js';
import { UsageService } from '../../src/features/usage/usage.service.js';
import { ViewBuffer } from '../../src/features/usage/view-buffer.js';
import { ViewRepository } from '../../src/features/usage/view.repository.js';
import { actors, assets, columns, NOW, policySets } from '../../src/platform/access/access-arbitraries.testing.js';
import { Access, type ActorAccess } from '../../src/platform/access/access.js';
import type { AssetResource, ColumnResource } from '../../src/platform/access/attributes.js';
import { parsePolicySet } from '../../src/platform/access/policy-document.js';
import { AuditTrail } from '../../src/platform/audit/audit-trail.js';
import { Database } from '../../src/platform/database/database.js';
import { Events } from '../../src/platform/events/events.js';
import { Followers } from '../../src/platform/events/followers.js';
import { WakeUp } from '../../src/platform/events/wake-up.js';
import { Log } from '../../src/platform/observability/log.js';
import { openTestDatabase, type TestDatabase } from '../support/database.js';

const ACCOUNT = '00000000-0000-4000-8000-0000000000aa';
const SEARCH = '00000000-0000-4000-8000-0000000000bb';
const PAGE = { first: 100, after: null };

let testDatabase: TestDatabase;
let dataSource: DataSource;
let database: Database;
beforeAll(async () => {
  testDatabase = await openTestDatabase();
  dataSource = await new DataSource({ type: 'postgres', url: testDatabase.url, poolSize: 2 }).initialize();
  database = new Database(dataSource);
  await database.query(`INSERT INTO account (id, kind, handle, name) VALUES ($1, 'PERSON', 'somebody', 'Somebody')`, [
    ACCOUNT,
  ]);
  await database.query(
    `INSERT INTO saved_search (id, account_id, name, query, filter, sort, is_watched)
     VALUES ($1, $2, 'x', 'x', '{}', 'NAME', false)`,
    [SEARCH, ACCOUNT],
  );
});
afterAll(async () => {
  await dataSource.destroy();
  await testDatabase.close();
});

interface Catalog {
  readonly assets: readonly AssetResource[];
  readonly columns: readonly ColumnResource[];
}

/** Each asset once by its id, its columns once by their path; everything was viewed, and everything has a notice. */
async function fill(some: readonly AssetResource[], ofThem: readonly ColumnResource[]): Promise<Catalog> {
  const kept = some.map((asset, at) => ({ ...asset, id: `00000000-0000-4000-8000-${String(at).padStart(12, '0')}` }));
  const taken = new Map(
    ofThem.map((column, at) => {
      const asset = kept[at % kept.length] ?? column.asset;
      return [`${asset.id} ${column.path}`, { ...column, asset }] as const;
    }),
  );
  const catalog = { assets: kept, columns: [...taken.values()] };
  await database.query('TRUNCATE asset CASCADE');
  await database.query(
    `INSERT INTO asset (id, kind, namespace, name, platform, domain, sensitivity, lifecycle, tags, terms, owners, is_placeholder)
     SELECT id, kind, namespace, id::text, platform, domain, sensitivity, lifecycle, tags, terms, owners, false
     FROM jsonb_to_recordset($1::jsonb) AS v(id uuid, kind text, namespace text, platform text, domain text,
       sensitivity smallint, lifecycle text, tags text[], terms text[], owners text[])`,
    [JSON.stringify(catalog.assets)],
  );
  await database.query(
    `INSERT INTO asset_column (asset_id, path, ordinal, sensitivity, tags, terms)
     SELECT (v.asset ->> 'id')::uuid, v.path, 0, v.sensitivity, v.tags, v.terms
     FROM jsonb_to_recordset($1::jsonb) AS v(asset jsonb, path text, sensitivity smallint, tags text[], terms text[])`,
    [JSON.stringify(catalog.columns)],
  );
  await database.query('INSERT INTO asset_view SELECT $1::uuid, id, now() FROM asset', [ACCOUNT]);
  await database.query(
    `INSERT INTO notice (id, account_id, search_id, asset_id, column_path, type)
     SELECT gen_random_uuid(), $1::uuid, $2::uuid, asset_id, path, 'MATCHES'
     FROM (SELECT id AS asset_id, '' AS path FROM asset UNION ALL SELECT asset_id, path FROM asset_column) t`,
    [ACCOUNT, SEARCH],
  );
  // Names are ids: they have no words in common, which are the index's to compare.
  return { ...catalog, ...named(catalog) };
}

function named({ assets: some, columns: ofThem }: Catalog): Catalog {
  const rename = (asset: AssetResource): AssetResource => ({ ...asset, name: asset.id });
  return { assets: some.map(rename), columns: ofThem.map((column) => ({ ...column, asset: rename(column.asset) })) };
}

function servicesOf(access: Access): { usage: UsageService; notices: NoticesService; similar: SimilarService } {
  const log = new Log({ level: 'error' });
  const events = new Events(database);
  const reader = new AssetReader(new AssetRepository(database), access);
  const page = new AssetPage(reader, access, new AuditTrail(database));
  const views = new ViewRepository(database);
  const synonyms = new SearchSynonyms(new SearchSynonymRepository(database), database, access, events);
  const followers = new Followers(database, new WakeUp(dataSource, log), log);
  const index = new PostgresSearchIndex(database);
  const search = new SearchService(index, new SearchHits(database), synonyms, access, followers);
  return {
    usage: new UsageService(views, new ViewBuffer(views, log, page), new UsageRepository(database), access, events),
    notices: new NoticesService(new NoticeRepository(database), access),
    similar: new SimilarService(new SimilarRepository(database), page, reader, search, access),
  };
}

/** What is alike among what is visible alone, found by looking at each. */
function alike(dataset: AssetResource, datasets: readonly AssetResource[], seen: readonly ColumnResource[]): object[] {
  const folded = (path: string): string => path.replaceAll(/[_\-. ]/g, '').toLowerCase();
  const own = seen.filter(({ asset }) => asset.id === dataset.id).map(({ path }) => path);
  const traits = tellingColumns(own).map((name) => {
    const having = seen.filter(({ asset, path }) => asset.id !== dataset.id && folded(path) === folded(name));
    const ids = new Set(having.map(({ asset }) => asset.id).filter((id) => datasets.some((one) => one.id === id)));
    return { name, weight: weightOf(ids.size), assetIds: ids };
  });
  const others = new Set(candidatesOf(traits, 100));
  return datasets
    .filter(({ id }) => others.has(id))
    .map((other) => ({ id: other.id, ...similarity(dataset, other, { columns: traits, words: [] }) }))
    .toSorted((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
}

async function compare(catalog: Catalog, access: Access, actor: Actor): Promise<void> {
  const decide: ActorAccess = await access.forActor(actor);
  const shown = catalog.assets.filter((asset) => decide.can('discover', asset));
  const seen = catalog.columns.filter((column) => decide.can('read_column', column));
  const { usage, notices, similar } = servicesOf(access);
  const ids = shown.map(({ id }) => id).toSorted();

  const viewed = await usage.recentlyViewed(actor, PAGE);
  expect(viewed.nodes.map(({ id }) => id).toSorted()).toEqual(ids);
  expect(await usage.countRecentlyViewed(actor)).toBe(ids.length);

  const told = await notices.list(actor, 'UNREAD', PAGE);
  const expected = [...ids.map((id) => `${id} `), ...seen.map(({ asset, path }) => `${asset.id} ${path}`)].toSorted();
  expect(told.nodes.map(({ id, columnRow }) => `${id} ${columnRow?.path ?? ''}`).toSorted()).toEqual(expected);
  expect(await notices.count(actor, 'UNREAD')).toBe(expected.length);

  const datasets = shown.filter(({ kind }) => kind === 'DATASET');
  for (const dataset of datasets) {
    const found = await similar.list(actor, dataset.id, 50);
    expect(found.map(({ dataset: { id }, ...why }) => ({ id, ...why }))).toEqual(alike(dataset, datasets, seen));
  }
}

describe('what one viewed, notices and similar datasets', () => {
  it(
    'agree with the decision in memory on every asset and column, whatever the policies',
    { timeout: 120_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(assets, { minLength: 8, maxLength: 8 }),
          fc.array(columns, { minLength: 24, maxLength: 24 }),
          fc.array(fc.tuple(policySets, actors), { minLength: 3, maxLength: 3 }),
          async (someAssets, someColumns, readings) => {
            const mostly = someAssets.map((asset, at) => (at < 6 ? { ...asset, kind: 'DATASET' as const } : asset));
            const catalog = await fill(mostly, someColumns);
            for (const [policies, actor] of readings) {
              const set = parsePolicySet(policies);
              const access = new Access({ load: async () => set, now: () => NOW });
              await compare(catalog, access, { ...actor, id: ACCOUNT });
            }
          },
        ),
        { numRuns: 25 },
      );
    },
  );
});
