import { z } from 'zod';
import { searchToken } from '../../platform/access/search-filter.js';
import { facetField, MOST_READ_VALUES, valueOf } from './meilisearch-document.js';
import {
  afterFilter,
  and,
  certifiedFilter,
  conditionsFilter,
  ownedFilter,
  shownFilter,
  sortOf,
  sortValue,
  wordsFilter,
  type Place,
} from './meilisearch-filter.js';
import type { MeilisearchIndexes } from './meilisearch-indexes.js';
import type { MeilisearchServer } from './meilisearch-server.js';
import type { AnyOf, Stage, Stages } from './search-stages.js';
import { SEARCH_KINDS, type FieldName, type SearchCondition } from './search-fields.js';
import { MOST_FACET_VALUES, type Facet, type FacetValue, type SearchRequest, type SearchSort } from './search-index.js';
import { SCORE_PARTS } from './search-score.js';

export type Asked = Pick<SearchRequest, 'access' | 'handle' | 'conditions' | 'now'>;

/** Where a page begins. */
export interface After extends Place {
  readonly stage: number;
}

export interface PageOptions {
  readonly sort: SearchSort;
  readonly after: After | null;
  readonly limit: number;
  readonly facets: readonly FieldName[];
}

export interface Row extends z.infer<typeof hit> {
  readonly stage: number;
  /** Its place in the order that was asked for. */
  readonly place: number;
}

export interface Page {
  readonly rows: readonly Row[];
  readonly total: number;
  readonly facets: readonly Facet[];
}

interface Query {
  readonly filter: string;
  readonly limit: number;
  readonly offset?: number;
  readonly sort?: string[];
  readonly facets?: string[];
}

const ROW_ATTRIBUTES = [
  'id',
  'kind',
  'assetId',
  'columnPath',
  'handle',
  'score',
  'place',
  'usage',
  'updated',
  'sort_name',
];
const hit = z.object({
  id: z.string(),
  kind: z.enum(SEARCH_KINDS),
  assetId: z.string().nullable(),
  columnPath: z.string(),
  handle: z.string().nullable(),
  score: z.array(z.object({ name: z.enum(SCORE_PARTS), points: z.number() })),
  place: z.number(),
  usage: z.number(),
  updated: z.number(),
  sort_name: z.string(),
});
const answer = z.object({
  hits: z.array(hit),
  estimatedTotalHits: z.number(),
  facetDistribution: z.record(z.string(), z.record(z.string(), z.number())).optional(),
});
type Answer = z.infer<typeof answer>;

const PEOPLE_AT_ONCE = 500;

/**
 * Questions to the index that answers. All of one question go in one request, and each is a filter without a text: what
 * is found is exactly what the filter says, and `estimatedTotalHits` is exact then.
 */
export class MeilisearchReader {
  constructor(
    private readonly server: MeilisearchServer,
    private readonly indexes: MeilisearchIndexes,
  ) {}

  /** Null as stages: every document. A stage is asked for as many rows as the page, and the first ones are taken. */
  async page(stages: Stages | null, asked: Asked, options: PageOptions): Promise<Page> {
    const any = stages && wordsFilter(stages.anyOf);
    const shown = await this.shown(any, asked);
    const from = options.after?.stage ?? 0;
    const given = options.sort === 'RELEVANCE' && stages ? stageFilters(stages.stages) : [any];
    const wanted = given.slice(from);
    const all = and(any, shown);
    const answers = await this.askAll([
      ...wanted.map((filter, index) => rowsQuery(and(filter, shown), index === 0 ? options.after : null, options)),
      ...countQueries(all, options.facets, asked.now),
    ]);
    const rows = answers
      .slice(0, wanted.length)
      .flatMap(({ hits }, index) =>
        hits.map((row) => ({ ...row, stage: from + index, place: sortValue(options.sort, row) })),
      );
    const counted = answers.slice(wanted.length);
    return {
      rows: rows.slice(0, options.limit),
      total: counted[0]?.estimatedTotalHits ?? 0,
      facets: facetsOf(options.facets, counted),
    };
  }

  /** How many documents each of them finds. */
  async totals(questions: readonly AnyOf[], asked: Asked): Promise<number[]> {
    const queries: Query[] = [];
    for (const anyOf of questions) {
      const filter = wordsFilter(anyOf);
      queries.push({ filter: and(filter, await this.shown(filter, asked)), limit: 0 });
    }
    return (await this.askAll(queries)).map(({ estimatedTotalHits }) => estimatedTotalHits);
  }

  /**
   * Words of visible documents that the engine takes for the beginning of a misspelled one, the most frequent
   * MOST_READ_VALUES of them.
   */
  async wordsLike(word: string, asked: Asked): Promise<string[]> {
    const filter = and(shownFilter(asked.access, []), conditionsFilter(asked.conditions, asked.now));
    const { facetHits } = await this.indexes.askLive(() =>
      this.server.ask((client) =>
        client.index(this.indexes.live).searchForFacetValues({ facetName: 'vocabulary', facetQuery: word, filter }),
      ),
    );
    return facetHits.map(({ value }) => value);
  }

  /** What the actor may see and the conditions leave. */
  private async shown(matching: string | null, asked: Asked): Promise<string> {
    const handles = isPeopleAsked(asked.conditions) ? await this.knownPeople(matching, asked) : [];
    return and(shownFilter(asked.access, handles), conditionsFilter(asked.conditions, asked.now));
  }

  /** Handles of matching people who are the actor or own something that he may discover. */
  private async knownPeople(matching: string | null, asked: Asked): Promise<string[]> {
    const filter = and('acl_type = "person"', matching);
    const handles: string[] = [];
    for (let offset = 0, isMore = true; isMore; offset += PEOPLE_AT_ONCE) {
      const [found] = await this.askAll([{ filter, offset, limit: PEOPLE_AT_ONCE, sort: ['id:asc'] }]);
      const some = (found?.hits ?? []).flatMap(({ handle }) => handle ?? []);
      handles.push(...(await this.owners(some, asked)));
      isMore = some.length === PEOPLE_AT_ONCE;
    }
    return handles;
  }

  private async owners(handles: readonly string[], asked: Asked): Promise<string[]> {
    if (handles.length === 0) return [];
    const [found] = await this.askAll([
      { filter: ownedFilter(asked.access, handles), limit: 0, facets: ['acl_owners'] },
    ]);
    const owners = Object.keys(found?.facetDistribution?.['acl_owners'] ?? {});
    // Owners together with others may be more than are counted; of a single one the number of assets tells.
    if (owners.length === MOST_READ_VALUES && handles.length > 1) {
      const half = Math.ceil(handles.length / 2);
      const first = await this.owners(handles.slice(0, half), asked);
      return [...first, ...(await this.owners(handles.slice(half), asked))];
    }
    const isSeen = (handle: string): boolean =>
      handles.length === 1 ? (found?.estimatedTotalHits ?? 0) > 0 : owners.includes(searchToken(handle));
    return handles.filter((handle) => handle === asked.handle || isSeen(handle));
  }

  private async askAll(queries: readonly Query[]): Promise<Answer[]> {
    if (queries.length === 0) return [];
    const indexUid = this.indexes.live;
    const { results } = await this.indexes.askLive(() =>
      this.server.ask((client) =>
        client.multiSearch({
          queries: queries.map((query) => ({ ...query, indexUid, attributesToRetrieve: ROW_ATTRIBUTES })),
        }),
      ),
    );
    return z.array(answer).parse(results);
  }
}

/** Each without what the stages before it find. */
function stageFilters(stages: readonly Stage[]): string[] {
  const filters = stages.map(({ anyOf }) => wordsFilter(anyOf));
  return filters.map((filter, at) => (at === 0 ? filter : and(filter, `NOT (${filters.slice(0, at).join(' OR ')})`)));
}

function rowsQuery(filter: string, after: After | null, { sort, limit }: PageOptions): Query {
  return { filter: after ? and(filter, afterFilter(sort, after)) : filter, sort: sortOf(sort), limit };
}

/** The total with the facets, then for each facet how many have no value. */
function countQueries(all: string, facets: readonly FieldName[], now: Date): Query[] {
  const plain = facets.filter((name) => name !== 'certification').map(facetField);
  return [
    { filter: all, limit: 0, ...(plain.length > 0 ? { facets: plain } : {}) },
    ...facets.map((name): Query => {
      const field = facetField(name);
      if (name !== 'certification') return { filter: and(all, `${field} IS EMPTY`), limit: 0 };
      return { filter: and(all, certifiedFilter(now)), limit: 0, facets: [field] };
    }),
  ];
}

function facetsOf(names: readonly FieldName[], [total, ...each]: readonly Answer[]): Facet[] {
  return names.map((field, index) => {
    if (field !== 'certification') {
      return {
        field,
        values: valuesOf(total, field).slice(0, MOST_FACET_VALUES),
        without: each[index]?.estimatedTotalHits ?? 0,
      };
    }
    const values = valuesOf(each[index], field);
    const certified = values.reduce((sum, { count }) => sum + count, 0);
    return { field, values, without: (total?.estimatedTotalHits ?? 0) - certified };
  });
}

function valuesOf(found: Answer | undefined, field: FieldName): FacetValue[] {
  const values = Object.entries(found?.facetDistribution?.[facetField(field)] ?? {});
  return values
    .map(([value, count]) => ({ value: valueOf(value), count }))
    .toSorted((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}

function isPeopleAsked(conditions: readonly SearchCondition[]): boolean {
  return conditions.every(({ field, anyOf, isExcluded }) => {
    const names = anyOf.some((value) => value.toUpperCase() === 'PERSON');
    return field !== 'kind' || names !== isExcluded;
  });
}
