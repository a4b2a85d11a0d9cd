import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { actors, assets, columns, NOW, policySets } from '../../src/platform/access/access-arbitraries.testing.js';
import { Access, type ActorAccess } from '../../src/platform/access/access.js';
import { parsePolicySet } from '../../src/platform/access/policy-document.js';
import { assetIdOf, personDocument, resourceDocuments } from '../support/search-documents.js';
import {
  allow,
  countsOf,
  EVERYTHING,
  NOT_HIDDEN,
  requestOf,
  SearchedCatalog,
  type SearchIndexUnderTest,
} from '../support/searched-catalog.js';

/** Hidden equals missing, whatever the engine. */
export function describeSearchPolicy(name: string, make: () => Promise<SearchIndexUnderTest>): void {
  describe(`policy in ${name}`, () => {
    let tested: SearchIndexUnderTest;
    let catalog: SearchedCatalog;
    beforeAll(async () => {
      tested = await make();
      catalog = new SearchedCatalog(tested);
    });
    afterAll(() => tested?.close());
    beforeEach(async () => {
      await catalog.fill(
        {
          name: 'pay.salary',
          tags: ['hidden'],
          owners: ['zoe'],
          description: 'zebra',
          columns: { salary: {}, zebra: {} },
        },
        {
          name: 'pay.people',
          owners: ['ann'],
          columns: { salary_level: { tags: ['hidden'], description: 'zebra' }, name: {} },
        },
      );
      const people = ['zoe', 'ann', 'eve'].map((handle) => personDocument(handle, `${handle} person`));
      await tested.index.put(
        people,
        people.map(({ group }) => group),
      );
    });

    it.each(['salary', 'salary_level', 'zebra', 'salery', 'zebar', 'hidden'])(
      'hides what is hidden from %s, spelled right or wrong',
      async (query) => {
        const result = await catalog.ask(query, { policies: NOT_HIDDEN, facets: ['tag', 'owner'] });
        expect(result).toEqual({
          hits: [],
          totalCount: 0,
          facets: [
            { field: 'tag', values: [], without: 0 },
            { field: 'owner', values: [], without: 0 },
          ],
          didYouMean: null,
          hasNextPage: false,
        });
      },
    );

    it('hides it from suggestions, counts, facets and exclusions', async () => {
      const suggested = await tested.index.suggest({
        ...(await requestOf('sal', { policies: NOT_HIDDEN })),
        limit: 10,
      });
      expect(suggested).toEqual([]);
      expect(await catalog.found('people -zebra -salary', { policies: NOT_HIDDEN })).toEqual(['EXACT_NAME pay.people']);
      expect((await catalog.ask('pay', { policies: NOT_HIDDEN })).totalCount).toBe(1);
      const all = await catalog.ask('', { policies: NOT_HIDDEN, facets: ['owner', 'tag'] });
      expect(countsOf(all.facets)).toEqual({ owner: { ann: 1 }, tag: { '': 1 } });
    });

    it('leaves no words out in favour of what is hidden', async () => {
      expect(await catalog.found('zebra qqq', { policies: NOT_HIDDEN })).toEqual([]);
    });

    it('shows one asset where only that is granted', async () => {
      const grant = {
        ...allow('discover', 'asset'),
        resources: { types: ['asset'], where: { attribute: 'id', operator: 'eq', value: assetIdOf(1) } },
      };
      expect(await catalog.found('salary', { policies: [grant] })).toEqual(['EXACT_NAME pay.salary']);
      expect(await catalog.found('people', { policies: [grant] })).toEqual([]);
      const column = {
        ...allow('read_column', 'column'),
        resources: { types: ['column'], where: { attribute: 'path', operator: 'eq', value: 'zebra' } },
      };
      expect(await catalog.found('zebra', { policies: [grant, column] })).toEqual([
        'COLUMN_NAME pay.salary:zebra',
        'TEXT pay.salary',
      ]);
      expect(await catalog.found('salary', { policies: [grant, column] })).toEqual(['EXACT_NAME pay.salary']);
    });

    it('shows people by what they own, and the actor himself', async () => {
      expect(await catalog.found('zoe', { policies: NOT_HIDDEN })).toEqual([]);
      expect(await catalog.found('zoe', { policies: EVERYTHING })).toEqual(['EXACT_NAME zoe', 'TEXT pay.salary']);
      expect(await catalog.found('person', { policies: EVERYTHING })).toEqual(['NAME_WORDS ann', 'NAME_WORDS zoe']);
      expect(await catalog.found('eve', { policies: EVERYTHING, handle: 'eve' })).toEqual(['EXACT_NAME eve']);
      expect(await catalog.found('eve', { policies: EVERYTHING })).toEqual([]);
    });

    it(
      'agrees with the decision in memory on every document, whatever the policies',
      { timeout: 120_000 },
      async () => {
        const some = { minLength: 8, maxLength: 8 };
        await fc.assert(
          fc.asyncProperty(
            fc.array(assets, some),
            fc.array(columns, some),
            fc.array(fc.tuple(policySets, actors), { minLength: 4, maxLength: 4 }),
            async (someAssets, someColumns, readings) => {
              await tested.empty();
              const documents = resourceDocuments(someAssets, someColumns);
              await tested.index.put(documents, [...new Set(documents.map(({ group }) => group))]);
              for (const [policies, actor] of readings) {
                const set = parsePolicySet(policies);
                const access = await new Access({ load: async () => set, now: () => NOW }).forActor(actor);
                const expected = documents.filter(({ resource }) => resource !== null && isVisible(access, resource));
                const result = await tested.index.search({
                  ...(await requestOf('shared', { first: 100, facets: ['kind'] })),
                  access,
                });
                const key = (hit: { assetId: string | null; columnPath: string }): string =>
                  `${hit.assetId}:${hit.columnPath}`;
                expect(result.hits.map(key).toSorted()).toEqual(expected.map(key).toSorted());
                expect(result.totalCount).toBe(expected.length);
                const counted = result.facets[0]?.values.reduce((sum, { count }) => sum + count, 0);
                expect(counted).toBe(expected.length);
              }
            },
          ),
          { numRuns: 30 },
        );
      },
    );
  });
}

function isVisible(access: ActorAccess, resource: Parameters<ActorAccess['can']>[1]): boolean {
  return access.can(resource.type === 'column' ? 'read_column' : 'discover', resource);
}
