import { Module } from '@nestjs/common';
import { Erasures } from '../../platform/audit/erasures.js';
import { IdentityModule } from '../identity/index.js';
import { MatchRepository } from './match.repository.js';
import { NoticeRepository } from './notice.repository.js';
import { NoticeResolver, NoticesResolver } from './notices.resolver.js';
import { NoticesService } from './notices.service.js';
import { SavedSearchRepository } from './saved-search.repository.js';
import { SavedSearchesResolver } from './saved-searches.resolver.js';
import { SavedSearchesService } from './saved-searches.service.js';
import { SearchWatch } from './search-watch.js';
import { SearchWatcher } from './search-watcher.js';

@Module({
  imports: [IdentityModule],
  providers: [
    MatchRepository,
    NoticeRepository,
    NoticeResolver,
    NoticesResolver,
    NoticesService,
    SavedSearchRepository,
    SavedSearchesResolver,
    SavedSearchesService,
    SearchWatch,
    SearchWatcher,
  ],
})
export class SavedSearchesModule {
  constructor(erasures: Erasures, searches: SavedSearchesService) {
    erasures.add((accountId) => searches.forget(accountId));
  }
}
