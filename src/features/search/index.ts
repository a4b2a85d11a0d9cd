export { SearchModule } from './search.module.js';
export { SearchIndex, type SearchHit, type SearchRequest, type SearchResult, type SearchTier } from './search-index.js';
export { SearchService } from './search.service.js';
