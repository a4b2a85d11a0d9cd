import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.js';
import { OWN_STREAMS, realStreams } from '../support/event-streams.js';

/**
 * What users of other catalogs complain about, and why it does not happen here. Others have their tests beside what
 * prevents them: 1, 4 and 11 in names.spec.ts.
 */
const SNOWFLAKE = 'snowflake://acme-main';
const time = (minute: number): string => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();
const about = (minute: number, name: string, facets: object, namespace = SNOWFLAKE): object => ({
  eventTime: time(minute),
  producer: 'https://example.org/producer',
  dataset: { namespace, name, facets },
});
const tags = (...list: object[]): object => ({ tags: { tags: list } });
const gold = { key: 'gold', value: 'true' };
const ref = (name: string, namespace = SNOWFLAKE): string =>
  `dataset:${encodeURIComponent(namespace)}/${encodeURIComponent(name)}`;

describe('complaints', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test.close());

  const send = async (...events: unknown[]): Promise<void> => {
    await test.as('admin').post('/api/v1/lineage/batch', events).expect(200);
    await test.settle();
  };
  const mutate = async (mutation: string): Promise<void> => {
    const data = await test
      .as('admin')
      .graphql<Record<string, { userErrors: object[] }>>(`mutation { ${mutation} { userErrors { message } } }`);
    expect(Object.values(data).flatMap(({ userErrors }) => userErrors)).toEqual([]);
  };
  const read = async (name: string, what: string): Promise<unknown> =>
    (await test.as('admin').graphql<{ asset: unknown }>(`{ asset(ref: "${ref(name)}") { ${what} } }`)).asset;

  // datahub#18259, #10886
  it('complaint 3: a merge hides where a tag was put; here every value shows its source, read by any name', async () => {
    await send(
      about(1, 'SHOP.ORDERS', { ...tags(gold), schema: { fields: [{ name: 'ID' }] } }),
      about(2, 'shop.orders', tags({ key: 'raw', value: 'true' })),
    );
    await mutate(`assetTag(ref: "${ref('shop.orders')}", add: ["checked"])`);
    const seen = await read('SHOP.ORDERS', 'id tags provenance { attribute source at by }');
    expect(await read('shop.orders', 'id tags provenance { attribute source at by }')).toEqual(seen);
    expect(seen).toMatchObject({ tags: ['checked', 'gold', 'raw'] });
    const { provenance } = seen as { provenance: { attribute: string; source: string; at: string }[] };
    const ofTags = provenance.filter(({ attribute }) => attribute === 'tags');
    expect(ofTags.map(({ source }) => source).sort()).toEqual(['openlineage', 'openlineage', 'people']);
    expect(
      ofTags
        .filter(({ source }) => source === 'openlineage')
        .map(({ at }) => at)
        .sort(),
    ).toEqual([time(1), time(2)]);
  });

  // OM#24840
  it('complaint 5: of two assets of one name one is lost; here each is kept, and what is not taken is listed', async () => {
    const spaces = ['s3://lake', 's3://lake/', 'gs://lake', 'file'];
    const names = ['a/b', 'a:b', 'a_b', 'a b', 'a%2Fb'];
    const all = spaces.flatMap((namespace) =>
      names.map((name) => about(1, name, { documentation: { description: `${namespace} ${name}` } }, namespace)),
    );
    await send(...all);
    const rows = await test.database.query<{ description: string }>(
      'SELECT description FROM asset WHERE merged_into IS NULL AND namespace = ANY($1) ORDER BY description',
      [spaces],
    );
    // 's3://lake/' is another spelling of 's3://lake': one asset under two names, and no third.
    expect(rows).toHaveLength(names.length * 3);
    const { body } = await test
      .as('admin')
      .post('/api/v1/lineage/batch', [all[0], { eventTime: time(1) }, about(2, '', {})]);
    expect(body.failed_events.map(({ index, field }: { index: number; field: string[] }) => [index, field])).toEqual([
      [1, ['job']],
      [2, ['dataset', 'name']],
    ]);
  });

  // datahub#11482
  it('complaint 9: a tag that its source no longer sends goes, and nobody else’s does', async () => {
    await send(about(1, 'TAGGED', { ...tags(gold, { ...gold, field: 'ID' }), schema: { fields: [{ name: 'ID' }] } }));
    await mutate(`assetTag(ref: "${ref('TAGGED')}", add: ["mine"])`);
    expect(await read('TAGGED', 'tags ... on Dataset { columns { tags } }')).toEqual({
      tags: ['gold', 'mine'],
      columns: [{ tags: ['gold'] }],
    });
    await send(about(2, 'TAGGED', tags()));
    expect(await read('TAGGED', 'tags ... on Dataset { columns { tags } }')).toEqual({
      tags: ['mine'],
      columns: [{ tags: [] }],
    });
  });

  // amundsen#1662
  it(
    'complaint 10: clean-up destroys what people wrote; here it survives every ingest, in a hundred orders',
    { timeout: 120_000 },
    async () => {
      await send(about(1, 'HUMAN', { documentation: { description: 'By a machine.' }, ...tags(gold) }));
      await mutate(`assetDescribe(ref: "${ref('HUMAN')}", description: "By hand.")`);
      await mutate(`assetTag(ref: "${ref('HUMAN')}", add: ["mine"], remove: ["gold"])`);
      const words = [
        { documentation: { description: 'Newer.' } },
        { documentation: { _deleted: true } },
        tags(),
        tags(gold),
        { lifecycleStateChange: { lifecycleStateChange: 'DROP' } },
        { lifecycleStateChange: { lifecycleStateChange: 'CREATE' } },
        { ownership: { owners: [{ name: 'machine' }] } },
      ];
      for (let order = 0; order < 100; order += 1) {
        // Another order, and other times, in each round.
        const shuffled = words
          .map((facets, index) => ({ facets, at: (index * 7 + order * 13) % 101 }))
          .sort((a, b) => a.at - b.at);
        await send(
          ...shuffled.map(({ facets }, place) => about(10 + ((place * 31 + order * 17) % 997), 'HUMAN', facets)),
        );
        const seen = (await read('HUMAN', 'description tags')) as { description: string; tags: string[] };
        expect(seen).toEqual({ description: 'By hand.', tags: ['mine'] });
      }
    },
  );

  // datahub#15196, #14458, #13854
  it(
    'complaint 20: lineage goes wrong with new events; here all of them, in any order, give one graph',
    { timeout: 120_000 },
    async () => {
      const events = [...OWN_STREAMS, ...realStreams(1000)].flatMap((stream) => stream.events);
      const dumps = new Set<string>();
      for (const order of [(i: number) => i, (i: number) => -i, (i: number) => (i * 7919) % 101]) {
        const other = await startTestApp();
        try {
          const sorted = events.map((event, i) => ({ event, at: order(i) })).sort((a, b) => a.at - b.at);
          for (let at = 0; at < sorted.length; at += 40) {
            const batch = [...sorted.slice(at, at + 40), ...sorted.slice(0, 3)].map(({ event }) => event);
            const { body } = await other.as('admin').post('/api/v1/lineage/batch', batch).expect(200);
            expect(body.failed_events).toEqual([]);
          }
          await other.settle();
          const { operations } = await other
            .as('admin')
            .graphql<{ operations: object }>('{ operations { failedEvents } }');
          expect(operations).toEqual({ failedEvents: 0 });
          dumps.add(await other.as('admin').dump());
        } finally {
          await other.close();
        }
      }
      expect(dumps.size).toBe(1);
    },
  );
});
