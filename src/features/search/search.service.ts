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
import { SearchIndex, type SearchResult, type SearchSort } from './search-index.js';
import { readQualifiers, type SearchNotice } from './search-qualifiers.js';
import { SearchSynonyms } from './search-synonyms.js';
import { parseQuery, type ParsedQuery } from './search-text.js';

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
    const parsed = parseQuery(text);
    const qualifiers = readQualifiers(parsed, actor);
    const asked = { ...parsed, wanted: [...parsed.wanted, ...qualifiers.wanted] };
    const { position, notice } = await this.reached(minPosition ?? null);
    const notices = [...qualifiers.notices, ...notice];
    if (asksForNothing(asked)) return { ...NOTHING, position, notices };
    const access = await this.access.forActor(actor);
    const query = await this.synonyms.expand(access, asked);
    const result = await this.index.search({
      access,
      handle: actor.handle,
      query,
      conditions: [...conditionsOf(filter ?? {}), ...qualifiers.conditions],
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

  /** @throws {Invalid} for a prefix above 512 characters. */
  async suggest(actor: Actor, prefix: string): Promise<readonly SearchHit[]> {
    const access = await this.access.forActor(actor);
    const query = parseQuery(prefix, 'prefix');
    const request = { access, handle: actor.handle, query, limit: MAX_SUGGESTIONS, now: new Date() };
    return this.searchHits.read(access, await this.index.suggest(request), query.wanted);
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
      const position = await this.followers.positionOf(SEARCH_FOLLOWER);
      if (BigInt(position) >= wanted) return { position, notice: [] };
      if (Date.now() > deadline) {
        const message = `The index had come to position ${position} only after ${LONGEST_WAIT_MS / 1000} s; this answer may be old.`;
        return { position, notice: [{ text: `minPosition ${minPosition}`, message }] };
      }
      await sleep(PAUSE_MS);
    }
  }
}

const NOTHING = { hits: [], totalCount: 0, facets: [], didYouMean: null, hasNextPage: false, endCursor: null } as const;

/** Punctuation, or qualifiers of which none could be taken, are no question; an empty text asks for everything. */
function asksForNothing({ wanted, excluded, qualifiers, isBlank }: ParsedQuery): boolean {
  return !isBlank && wanted.length === 0 && excluded.length === 0 && qualifiers.length === 0;
}
