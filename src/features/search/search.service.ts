import { Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import type { PageRequest } from '../../core/page.js';
import { Access } from '../../platform/access/access.js';
import { Jobs } from '../../platform/jobs/jobs.js';
import type { AssetFilter } from '../assets/index.js';
import { SearchIndex, type SearchHit, type SearchResult } from './search-index.js';
import { parseQuery } from './search-text.js';

export const REINDEX_JOB = 'search.reindex';
const MAX_SUGGESTIONS = 10;

export interface Search {
  readonly query: string;
  readonly filter: AssetFilter;
  readonly page: PageRequest;
}

@Injectable()
export class SearchService {
  constructor(
    private readonly index: SearchIndex,
    private readonly access: Access,
    private readonly jobs: Jobs,
  ) {}

  /** @throws {Invalid} for a query above 512 characters or a strange cursor. */
  async search(actor: Actor, { query, filter, page }: Search): Promise<SearchResult> {
    const parsed = parseQuery(query);
    return this.index.search(await this.access.forActor(actor), { query: parsed, filter, page });
  }

  /** @throws {Invalid} for a prefix above 512 characters. */
  async suggest(actor: Actor, prefix: string): Promise<readonly SearchHit[]> {
    const parsed = parseQuery(prefix, 'prefix');
    return this.index.suggest(await this.access.forActor(actor), parsed, MAX_SUGGESTIONS);
  }

  /** Asking twice while it waits is asking once. @throws {Forbidden} without `operate`. */
  async scheduleReindex(actor: Actor): Promise<void> {
    (await this.access.forActor(actor)).require('operate', { type: 'system' });
    await this.jobs.schedule(REINDEX_JOB, { key: REINDEX_JOB });
  }
}
