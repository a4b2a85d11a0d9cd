import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { Invalid } from '../../core/errors.js';
import type { PageRequest } from '../../core/page.js';
import { Access } from '../../platform/access/access.js';
import { Followers } from '../../platform/events/followers.js';
import { SEARCH_FOLLOWER } from './search.follower.js';
import type { FieldName } from './search-fields.js';
import { conditionsOf, type SearchFilter } from './search-filter.js';
import { SearchHits, type SearchHit } from './search-hits.js';
import { SearchIndex, type SearchResult, type SearchSort, type SearchTier } from './search-index.js';
import { readQualifiers, type ReadQualifiers, type SearchNotice } from './search-qualifiers.js';
import { SearchSynonyms } from './search-synonyms.js';
import { parseQuery, termsOf, type ParsedQuery } from './search-text.js';

const MAX_SUGGESTIONS = 10;
const LONGEST_WAIT_MS = 5000;
const PAUSE_MS = 20;

export interface Search {
  readonly query: string;
  readonly filter?: SearchFilter;
  readonly facets?: readonly FieldName[];
  readonly sort?: SearchSort;
  readonly page: PageRequest;
  /** Position of the change log to wait for. */
  readonly minPosition?: string | null;
}

export interface SearchAnswer extends Pick<SearchResult, 'totalCount' | 'facets' | 'didYouMean' | 'hasNextPage'> {
  readonly hits: readonly SearchHit[];
  readonly endCursor: string | null;
  readonly notices: readonly SearchNotice[];
  /** Of the change log; the answer reflects at least this. */
  readonly position: string;
}

/** Of the asset itself where the path is ''. */
export interface SearchMatchKey {
  readonly assetId: string;
  readonly columnPath: string;
}

export interface SearchMatches {
  /** Of the change log; the answer reflects at least this. */
  readonly position: string;
  readonly total: number;
  readonly keys: readonly SearchMatchKey[];
}

@Injectable()
export class SearchService {
  constructor(
    private readonly index: SearchIndex,
    private readonly searchHits: SearchHits,
    private readonly synonyms: SearchSynonyms,
    private readonly access: Access,
    private readonly followers: Followers,
  ) {}

  /** @throws {Invalid} for a query above 512 characters, a strange cursor or position. */
  async search(actor: Actor, { query: text, filter, facets, sort, page, minPosition }: Search): Promise<SearchAnswer> {
    const asked = readQuery(text, actor);
    const { position, notice } = await this.reached(minPosition ?? null);
    const notices = [...asked.notices, ...notice];
    if (asksForNothing(asked.query)) {
      const none = (facets ?? []).map((field) => ({ field, values: [], without: 0 }));
      return { ...NOTHING, facets: none, position, notices };
    }
    const access = await this.access.forActor(actor);
    const query = await this.synonyms.expand(access, asked.query);
    const result = await this.index.search({
      access,
      handle: actor.handle,
      query,
      conditions: [...conditionsOf(filter ?? {}), ...asked.conditions],
      facets: facets ?? [],
      sort: sort ?? 'RELEVANCE',
      page,
      now: new Date(),
    });
    const { totalCount, didYouMean, hasNextPage } = result;
    const terms = didYouMean === null ? query.wanted : parseQuery(didYouMean).wanted;
    const hits = await this.searchHits.read(access, result.hits, terms);
    const endCursor = result.hits.at(-1)?.cursor ?? null;
    return { hits, totalCount, facets: result.facets, didYouMean, hasNextPage, endCursor, position, notices };
  }

  /** Assets and columns that have all words, at most `limit` of them; for whoever follows a search. */
  async matches(
    actor: Actor,
    { query: text, filter }: Pick<Search, 'query' | 'filter'>,
    limit: number,
  ): Promise<SearchMatches> {
    const { query, conditions } = readQuery(text, actor);
    const position = await this.indexPosition();
    if (asksForNothing(query)) return { position, total: 0, keys: [] };
    const access = await this.access.forActor(actor);
    const { hits, totalCount } = await this.index.search({
      access,
      handle: actor.handle,
      query: await this.synonyms.expand(access, query),
      conditions: [...conditionsOf(filter ?? {}), ...conditions, NO_PEOPLE],
      facets: [],
      sort: 'RELEVANCE',
      page: { first: limit, after: null },
      now: new Date(),
    });
    // What is shown when nothing has all words is no match.
    const isFound = hits[0]?.tier !== 'SOME_WORDS' && hits[0]?.tier !== 'SIMILAR';
    if (!isFound) return { position, total: 0, keys: [] };
    const keys = hits.flatMap(({ assetId, columnPath }) => (assetId === null ? [] : [{ assetId, columnPath }]));
    return { position, total: totalCount, keys };
  }

  /** @throws {Invalid} for a prefix above 512 characters. */
  async suggest(actor: Actor, prefix: string): Promise<readonly SearchHit[]> {
    const access = await this.access.forActor(actor);
    const query = parseQuery(prefix, ['prefix']);
    const request = { access, handle: actor.handle, query, limit: MAX_SUGGESTIONS, now: new Date() };
    return this.searchHits.read(access, await this.index.suggest(request), query.wanted);
  }

  /** Datasets with a word in their name, at most `limit` of them, and how many there are. */
  async datasetsNamed(
    actor: Actor,
    word: string,
    limit: number,
  ): Promise<{ readonly total: number; readonly assetIds: readonly string[] }> {
    const { hits, totalCount } = await this.index.search({
      access: await this.access.forActor(actor),
      handle: actor.handle,
      query: { wanted: termsOf(word, true), excluded: [], qualifiers: [], isBlank: false },
      conditions: conditionsOf({ kinds: ['DATASET'] }),
      facets: [],
      sort: 'RELEVANCE',
      page: { first: limit, after: null },
      now: new Date(),
    });
    const named = hits.filter(({ tier }) => NAME_TIERS.has(tier));
    return { total: totalCount, assetIds: named.flatMap(({ assetId }) => assetId ?? []) };
  }

  /** Of the change log: how far the index has come. */
  async indexPosition(): Promise<string> {
    return this.followers.positionOf(SEARCH_FOLLOWER);
  }

  async changeLogPosition(): Promise<string> {
    return this.followers.changeLogPosition();
  }

  /** Where the index is, after waiting until it has come to some position; not longer than LONGEST_WAIT_MS. */
  private async reached(minPosition: string | null): Promise<{ position: string; notice: SearchNotice[] }> {
    if (minPosition !== null && !/^\d{1,18}$/.test(minPosition)) {
      throw new Invalid('minPosition is a position of the change log: digits only.', ['minPosition']);
    }
    const wanted = BigInt(minPosition ?? 0);
    const deadline = Date.now() + LONGEST_WAIT_MS;
    for (;;) {
      const position = await this.indexPosition();
      if (BigInt(position) >= wanted) return { position, notice: [] };
      if (Date.now() > deadline) {
        const message = `The index had come to position ${position} only after ${LONGEST_WAIT_MS / 1000} s; this answer may be old.`;
        return { position, notice: [{ text: `minPosition ${minPosition}`, message }] };
      }
      await sleep(PAUSE_MS);
    }
  }
}

const NAME_TIERS: ReadonlySet<SearchTier> = new Set(['EXACT_NAME', 'NAME_PREFIX', 'NAME_WORDS']);
const NO_PEOPLE = { field: 'kind', anyOf: ['PERSON'], isExcluded: true } as const;

const NOTHING = { hits: [], totalCount: 0, didYouMean: null, hasNextPage: false, endCursor: null } as const;

/** Punctuation, or qualifiers of which none could be taken, are no question; an empty text asks for everything. */
function asksForNothing({ wanted, excluded, qualifiers, isBlank }: ParsedQuery): boolean {
  return !isBlank && wanted.length === 0 && excluded.length === 0 && qualifiers.length === 0;
}

interface ReadQuery extends Omit<ReadQualifiers, 'wanted'> {
  readonly query: ParsedQuery;
}

function readQuery(text: string, actor: Actor): ReadQuery {
  const parsed = parseQuery(text);
  const { wanted, conditions, notices } = readQualifiers(parsed, actor);
  return { query: { ...parsed, wanted: [...parsed.wanted, ...wanted] }, conditions, notices };
}

/** @throws {Invalid} for a text that is no search. */
export function checkQuery(text: string, field: readonly string[]): void {
  parseQuery(text, field);
}
