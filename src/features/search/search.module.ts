import { Module } from '@nestjs/common';
import { PostgresSearchIndex } from './postgres-search-index.js';
import { SearchCatalogRepository } from './search-catalog.repository.js';
import { SearchHits } from './search-hits.js';
import { SearchRebuildRepository } from './search-rebuild.repository.js';
import { SearchReindex } from './search-reindex.js';
import { SearchFollower } from './search.follower.js';
import { SearchIndex } from './search-index.js';
import { SearchHitResolver, SearchItemResolver, SearchResolver } from './search.resolver.js';
import { SearchOperateResolver } from './search-operate.resolver.js';
import { SearchSynonymRepository } from './search-synonym.repository.js';
import { SearchSynonyms } from './search-synonyms.js';
import { SearchService } from './search.service.js';

@Module({
  providers: [
    { provide: SearchIndex, useClass: PostgresSearchIndex },
    SearchCatalogRepository,
    SearchFollower,
    SearchHits,
    SearchOperateResolver,
    SearchRebuildRepository,
    SearchReindex,
    SearchHitResolver,
    SearchItemResolver,
    SearchResolver,
    SearchService,
    SearchSynonymRepository,
    SearchSynonyms,
  ],
  exports: [SearchIndex, SearchService],
})
export class SearchModule {}
