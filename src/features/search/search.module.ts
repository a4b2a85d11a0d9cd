import { Inject, Module } from '@nestjs/common';
import { Followers } from '../../platform/events/followers.js';
import { Jobs } from '../../platform/jobs/jobs.js';
import { AssetsModule } from '../assets/index.js';
import { PostgresSearchIndex } from './postgres-search-index.js';
import { SEARCH_INDEX, type SearchIndex } from './search-index.js';
import { SearchResolver } from './search.resolver.js';
import { REINDEX_JOB, SearchService } from './search.service.js';

@Module({
  imports: [AssetsModule],
  providers: [{ provide: SEARCH_INDEX, useClass: PostgresSearchIndex }, SearchResolver, SearchService],
})
export class SearchModule {
  constructor(followers: Followers, jobs: Jobs, @Inject(SEARCH_INDEX) index: SearchIndex, search: SearchService) {
    followers.add({
      name: 'search',
      types: ['asset.changed', 'asset.edited'],
      handle: (events) => index.index([...new Set(events.map((event) => event.subjectId))]),
    });
    jobs.add({ kind: REINDEX_JOB, run: (payload) => search.reindexBatch(payload) });
  }
}
