import { Global, Module, type DynamicModule, type Provider } from '@nestjs/common';
import type { Config } from '../../config/config.js';
import { Jobs } from '../../platform/jobs/jobs.js';
import { Health } from '../../platform/observability/health.js';
import { Log } from '../../platform/observability/log.js';
import { EngineChange, refillOf, SEARCH_ENGINE, type SearchEngine } from './engine-change.js';
import { MeilisearchSearchIndex } from './meilisearch-search-index.js';
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

type SearchConfig = Pick<Config, 'meiliUrl' | 'meiliMasterKey'>;

@Global()
@Module({})
export class SearchModule {
  static with(config: SearchConfig): DynamicModule {
    return {
      module: SearchModule,
      providers: [
        ...engine(config),
        EngineChange,
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
    };
  }
}

function engine({ meiliUrl, meiliMasterKey }: SearchConfig): Provider[] {
  const named = (name: SearchEngine): Provider => ({ provide: SEARCH_ENGINE, useValue: name });
  if (meiliUrl === null) return [named('postgres'), { provide: SearchIndex, useClass: PostgresSearchIndex }];
  const make = (log: Log, jobs: Jobs, health: Health): SearchIndex => {
    const refill = refillOf('meilisearch');
    const onMissing = (): Promise<void> => jobs.schedule(refill, { key: refill });
    const index = new MeilisearchSearchIndex({ url: meiliUrl, key: meiliMasterKey, name: 'cadastre', onMissing }, log);
    health.add('search', () => index.isUp());
    return index;
  };
  return [named('meilisearch'), { provide: SearchIndex, inject: [Log, Jobs, Health], useFactory: make }];
}
