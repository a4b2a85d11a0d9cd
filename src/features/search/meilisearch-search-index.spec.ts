import { Meilisearch } from 'meilisearch';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { FakeMeilisearch } from '../../../test/support/meilisearch-fake.js';
import { assetDocuments, assetIdOf, personDocument, type GivenAsset } from '../../../test/support/search-documents.js';
import { requestOf } from '../../../test/support/searched-catalog.js';
import { Log } from '../../platform/observability/log.js';
import { firstBytes, lexeme } from './meilisearch-document.js';
import { wordsFilter } from './meilisearch-filter.js';
import { MeilisearchSearchIndex } from './meilisearch-search-index.js';
import { MEILISEARCH_VERSION, type MeilisearchOptions } from './meilisearch-server.js';

const NAME = 'catalog';

describe('MeilisearchSearchIndex', () => {
  let fake: FakeMeilisearch;
  let lines: string[];
  let missed: number;
  beforeEach(async () => {
    fake = await FakeMeilisearch.start();
    [lines, missed] = [[], 0];
  });
  afterEach(() => fake.stop());

  function indexOf(options: Partial<MeilisearchOptions> = {}): MeilisearchSearchIndex {
    const log = new Log({ level: 'info', destination: { write: (line) => void lines.push(line) } });
    const onMissing = async (): Promise<void> => void (missed += 1);
    return new MeilisearchSearchIndex({ url: fake.url, key: fake.key, name: NAME, onMissing, ...options }, log);
  }

  async function built(): Promise<MeilisearchSearchIndex> {
    const index = indexOf();
    await index.beginRebuild();
    await index.endRebuild();
    return index;
  }

  const client = (): Meilisearch => new Meilisearch({ host: fake.url, apiKey: fake.key });
  const put = (index: MeilisearchSearchIndex, asset: GivenAsset, number: number): Promise<void> =>
    index.put(assetDocuments(asset, number), [assetIdOf(number)]);
  const totalOf = async (index: MeilisearchSearchIndex, query: string): Promise<number> =>
    (await index.search(await requestOf(query))).totalCount;

  it('speaks the version that docker-compose.yml starts', () => {
    const compose: unknown = parse(readFileSync(new URL('../../../docker-compose.yml', import.meta.url), 'utf8'));
    expect(compose).toMatchObject({
      services: { meilisearch: { image: `getmeili/meilisearch:v${MEILISEARCH_VERSION}` } },
    });
  });

  describe('while the server cannot answer', () => {
    const rejected = async (index: MeilisearchSearchIndex): Promise<unknown> =>
      index.search(await requestOf('orders')).catch((error: unknown) => error);

    it.each<[string, () => void, Partial<MeilisearchOptions>]>([
      ['answers with status 503', () => (fake.status = 503), {}],
      ['Meilisearch is 1.13.3, and 1.50.0 is needed', () => (fake.version = '1.13.3'), {}],
      ['refuses the key in MEILI_MASTER_KEY', () => undefined, { key: 'wrong-key' }],
      ['refuses the key in MEILI_MASTER_KEY', () => undefined, { key: null }],
      ['has not finished a task within 0.05 s', () => (fake.isStuck = true), { taskMs: 50 }],
      ['does not answer (request timed out after 50ms)', () => (fake.isSilent = true), { requestMs: 50 }],
    ])('says that it %s, once in the log, without the key', async (reason, happens, options) => {
      await put(await built(), { name: 'orders' }, 1);
      const index = indexOf(options);
      happens();
      const outcomes = [
        await rejected(index),
        await put(index, { name: 'orders' }, 1).catch((error: unknown) => error),
      ];
      const errors = outcomes.filter((outcome) => outcome instanceof Error);
      expect(errors.length).toBeGreaterThan(0);
      for (const error of errors) {
        expect(error).toMatchObject({ code: 'UNAVAILABLE', message: expect.stringContaining(reason) });
      }
      expect(lines.filter((line) => line.includes(reason))).toHaveLength(1);
      expect(lines.join()).not.toContain(fake.key);
      expect(lines.join()).not.toContain('wrong-key');
    });

    it('asks again over another connection when one is cut off, once', async () => {
      const index = await built();
      await put(index, { name: 'orders' }, 1);
      fake.cuts = 1;
      expect(await totalOf(index, 'orders')).toBe(1);
      fake.cuts = 2;
      expect(await rejected(index)).toMatchObject({ code: 'UNAVAILABLE' });
      fake.cuts = 0;
      expect(await totalOf(index, 'orders')).toBe(1);
    });

    it('is down, and up again', async () => {
      const index = await built();
      expect(await index.isUp()).toBe(true);
      fake.status = 500;
      expect(await index.isUp()).toBe(false);
      fake.status = null;
      expect(await index.isUp()).toBe(true);
      expect(missed).toBe(0);
    });
  });

  describe('an index', () => {
    it('that is not there is asked for, and told of', async () => {
      const index = indexOf();
      const error: unknown = await put(index, { name: 'orders' }, 1).catch((reason: unknown) => reason);
      expect(error).toMatchObject({ code: 'UNAVAILABLE', message: expect.stringContaining('is being built') });
      await expect(totalOf(index, 'orders')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
      expect(await index.isUp()).toBe(false);
      expect(missed).toBe(2);
    });

    it('that is being built takes what is put meanwhile, and answers once it is complete', async () => {
      const index = indexOf();
      await index.beginRebuild();
      await put(index, { name: 'orders' }, 1);
      await expect(totalOf(index, 'orders')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
      await index.endRebuild();
      expect(await totalOf(index, 'orders')).toBe(1);
    });

    it('that was left behind by a swap is not gone on with', async () => {
      const index = await built();
      await put(index, { name: 'orders' }, 1);
      await client().createIndex(`${NAME}-building`, { primaryKey: 'id' }).waitTask();
      await index.beginRebuild();
      await client()
        .swapIndexes([{ indexes: [NAME, `${NAME}-building`], rename: false }])
        .waitTask();
      expect(await totalOf(index, 'orders')).toBe(0);
      await index.beginRebuild();
      await index.endRebuild();
      expect(await totalOf(index, 'orders')).toBe(0);
    });

    it('that a late document made by itself is none', async () => {
      const index = await built();
      await client()
        .index(`${NAME}-building`)
        .addDocuments([{ id: 'late' }])
        .waitTask();
      await put(index, { name: 'orders' }, 1);
      await index.endRebuild();
      expect(await totalOf(index, 'orders')).toBe(1);
      await index.beginRebuild();
      await index.putRebuilt(assetDocuments({ name: 'orders' }, 1), [assetIdOf(1)]);
      await index.endRebuild();
      expect((await index.size()).documents).toBe(1);
    });
  });

  it('goes on with no index that the server has lost meanwhile', async () => {
    const index = await built();
    await put(index, { name: 'orders' }, 1);
    await index.beginRebuild();
    await client().deleteIndex(`${NAME}-building`).waitTask();
    await index.putRebuilt(assetDocuments({ name: 'items' }, 2), [assetIdOf(2)]);
    await index.endRebuild();
    expect(await totalOf(index, 'orders')).toBe(1);
  });

  describe('what cannot be had exactly', () => {
    it('is not whose assets are seen, however many own one together', async () => {
      const index = await built();
      const owners = Array.from({ length: 1100 }, (_, at) => `owner-${at}`);
      await put(index, { name: 'orders', owners }, 1);
      const people = ['owner-3', 'owner-1099', 'nobody'].map((handle) => personDocument(handle, 'Some One'));
      await index.put(
        people,
        people.map(({ group }) => group),
      );
      const { hits } = await index.search(await requestOf('some one'));
      expect(hits.map(({ handle }) => handle)).toEqual(['owner-1099', 'owner-3']);
    });

    it('is which of more than 1,000 values a facet shows beside equally frequent ones; the counts are', async () => {
      const index = await built();
      await put(index, { name: 'many', tags: Array.from({ length: 1100 }, (_, at) => `tag-${at}`) }, 1);
      await put(index, { name: 'other', tags: ['tag-1099', 'Tag-1099'] }, 2);
      const { facets } = await index.search({ ...(await requestOf('')), facets: ['tag'] });
      expect(facets[0]?.values).toHaveLength(100);
      expect(facets[0]?.values[0]).toEqual({ value: 'tag-1099', count: 2 });
      const narrowed = await index.search({ ...(await requestOf('other')), facets: ['tag'] });
      expect(narrowed.facets[0]?.values).toEqual([
        { value: 'Tag-1099', count: 1 },
        { value: 'tag-1099', count: 1 },
      ]);
    });

    it('is a name beyond 300 bytes: it is found by its first 300', async () => {
      const index = await built();
      await put(index, { name: `${'ж'.repeat(180)}б` }, 1);
      await put(index, { name: `${'ж'.repeat(180)}г` }, 2);
      const { hits } = await index.search(await requestOf(`${'ж'.repeat(180)}б`));
      expect(hits.map(({ tier }) => tier)).toEqual(['EXACT_NAME', 'NAME_PREFIX']);
    });
  });

  it('tells a failed task as an error of ours', async () => {
    const index = await built();
    const [document] = assetDocuments({ name: 'orders' }, 1);
    const broken = document ? [{ ...document, key: 'no key!' }] : [];
    await expect(index.put(broken, [])).rejects.toThrow('documentAdditionOrUpdate failed: Document identifier');
  });
});

describe('wordsFilter', () => {
  it('says tsqueries in the other language', () => {
    expect(wordsFilter([`('=a' | 'nb':*) & !('tc')`, `'td'`])).toBe(
      `((words = "=a" OR words STARTS WITH "nb") AND NOT (words = "tc")) OR (words = "td")`,
    );
  });
});

describe('lexeme', () => {
  it('keeps apart what is too long for a value, and begins like it', () => {
    const long = `=${'é'.repeat(300)}`;
    expect(lexeme('=short')).toBe('=short');
    expect(lexeme(long)).not.toBe(lexeme(`${long}x`));
    expect(Buffer.byteLength(lexeme(long))).toBeLessThan(400);
    expect(lexeme(long).startsWith(firstBytes(long))).toBe(true);
    expect(firstBytes(long)).toMatch(/^=é+$/);
  });
});
