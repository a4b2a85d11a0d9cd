export { searchConnection } from './search-connection.js';
export { SEARCH_KINDS } from './search-fields.js';
export { type SearchFilter } from './search-filter.js';
export { type SearchSort } from './search-index.js';
export { SearchModule } from './search.module.js';
export { checkQuery, SearchService, type SearchMatchKey } from './search.service.js';
export { splitWords } from './search-text.js';
