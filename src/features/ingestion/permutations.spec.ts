import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../../../test/support/app.js';
import { OWN_STREAMS, realStreams, type EventStream } from '../../../test/support/event-streams.js';
import { CatalogDump } from './catalog-dump.js';
import { LineageStore } from './lineage-store.js';
import { PreciseReader } from './precise-reader.js';
import { Projection } from './projection.js';
import type { Reading } from './readers/statement.js';

const PERMUTATIONS = 1000;

class RolledBack extends Error {}

interface Stream extends EventStream {
  readonly readings: readonly Reading[];
  readonly dump: string;
}

/**
 * The real thing but for two steps: what recognises an event that repeats byte for byte is left out, so that repeats are
 * projected again; and each permutation ends in a roll-back, which leaves the database empty for the next.
 */
describe('events in any order and number', () => {
  let test: TestApp;
  let streams: Stream[];

  beforeAll(async () => {
    test = await startTestApp();
    const reader = test.app.get(PreciseReader, { strict: false });
    streams = [];
    for (const stream of [...OWN_STREAMS, ...realStreams(8)]) {
      const readings: Reading[] = [];
      for (const payload of stream.events) readings.push(await reader.read({ kind: 'OPENLINEAGE', payload }));
      streams.push({ ...stream, readings, dump: await project([readings]) });
    }
  }, 120_000);
  afterAll(() => test.close());

  async function project(batches: readonly (readonly Reading[])[]): Promise<string> {
    let dump = '';
    const work = async (): Promise<void> => {
      const projection = test.app.get(Projection, { strict: false });
      for (const batch of batches) await projection.apply(batch);
      // As the follower of merged names does, once the changes are there for it to see.
      const merged = await test.database.query<{ id: string }>(
        'SELECT id FROM asset WHERE merged_into IS NOT NULL UNION SELECT merged_into FROM asset WHERE merged_into IS NOT NULL',
      );
      await test.app.get(LineageStore, { strict: false }).deriveAgain(merged.map(({ id }) => id));
      dump = await test.app.get(CatalogDump, { strict: false }).read();
      throw new RolledBack();
    };
    await test.database.transaction(work).catch((error: unknown) => {
      if (!(error instanceof RolledBack)) throw error;
    });
    return dump;
  }

  const order = fc
    .nat()
    .map((pick) => pick % streams.length)
    .chain((index) => {
      const all = (streams[index]?.readings ?? []).map((_, place) => place);
      const repeated = fc.array(fc.constantFrom(...all), { maxLength: 4 });
      return repeated
        .chain((more) => fc.shuffledSubarray([...all, ...more], { minLength: all.length + more.length }))
        .chain((places) => fc.tuple(fc.constant(index), fc.constant(places), fc.nat({ max: places.length })));
    });

  it(`end in one catalog: ${PERMUTATIONS} permutations with repeats`, { timeout: 300_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(order, async ([index, places, cut]) => {
        const stream = streams[index];
        if (!stream) throw new Error('There is no such stream.');
        const shuffled = places.flatMap((place) => stream.readings[place] ?? []);
        const batches = [shuffled.slice(0, cut), shuffled.slice(cut)].filter((batch) => batch.length > 0);
        const dump = JSON.parse(await project(batches)) as unknown;
        expect([stream.name, dump]).toEqual([stream.name, JSON.parse(stream.dump)]);
      }),
      { numRuns: PERMUTATIONS },
    );
  });

  it('say something: no stream ends in an empty catalog, and nothing is left behind', async () => {
    expect(streams.filter(({ dump }) => dump.length < 500).map(({ name }) => name)).toEqual([]);
    expect(await test.database.query('SELECT id FROM asset')).toEqual([]);
  });
});
