import { Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import type { PageRequest } from '../../core/page.js';
import { Access } from '../../platform/access/access.js';
import { Jobs } from '../../platform/jobs/jobs.js';
import { conditionsOf, type SearchFilter } from './search-filter.js';
import { SearchHits, type SearchHit } from './search-hits.js';
import { SearchIndex } from './search-index.js';
import { REINDEX_JOB } from './search-reindex.js';
import { parseQuery } from './search-text.js';

const MAX_SUGGESTIONS = 10;

export interface Search {
  readonly query: string;
  readonly filter: SearchFilter;
  readonly page: PageRequest;
}

export interface SearchAnswer {
  readonly hits: readonly SearchHit[];
  readonly totalCount: number;
  readonly hasNextPage: boolean;
  readonly endCursor: string | null;
}

const NOTHING: SearchAnswer = { hits: [], totalCount: 0, hasNextPage: false, endCursor: null };

@Injectable()
export class SearchService {
  constructor(
    private readonly index: SearchIndex,
    private readonly searchHits: SearchHits,
    private readonly access: Access,
    private readonly jobs: Jobs,
  ) {}

  /** @throws {Invalid} for a query above 512 characters or a strange cursor. */
  async search(actor: Actor, { query, filter, page }: Search): Promise<SearchAnswer> {
    const parsed = parseQuery(query);
    if (parsed.wanted.length === 0) return NOTHING;
    const access = await this.access.forActor(actor);
    const { hits, totalCount, hasNextPage } = await this.index.search({
      access,
      handle: actor.handle,
      query: parsed,
      conditions: [...conditionsOf(filter), { field: 'kind', anyOf: ['PERSON'], isExcluded: true }],
      facets: [],
      sort: 'RELEVANCE',
      page,
      now: new Date(),
    });
    return {
      hits: await this.searchHits.read(access, hits),
      totalCount,
      hasNextPage,
      endCursor: hits.at(-1)?.cursor ?? null,
    };
  }

  /** @throws {Invalid} for a prefix above 512 characters. */
  async suggest(actor: Actor, prefix: string): Promise<readonly SearchHit[]> {
    const access = await this.access.forActor(actor);
    const query = parseQuery(prefix, 'prefix');
    const hits = await this.index.suggest({
      access,
      handle: actor.handle,
      query,
      limit: MAX_SUGGESTIONS,
      now: new Date(),
    });
    return this.searchHits.read(access, hits);
  }

  /** Asking twice while it waits is asking once. @throws {Forbidden} without `operate`. */
  async scheduleReindex(actor: Actor): Promise<void> {
    (await this.access.forActor(actor)).require('operate', { type: 'system' });
    await this.jobs.schedule(REINDEX_JOB, { key: REINDEX_JOB });
  }
}
