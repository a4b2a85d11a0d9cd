import type { PageRequest } from '../../core/page.js';
import type { ActorAccess } from '../../platform/access/access.js';
import type { AssetFilter, AssetRow, ColumnRow } from '../assets/index.js';
import type { ParsedQuery } from './search-text.js';

/** Best first; the order of the enum in schema.graphql. */
export const SEARCH_TIERS = ['EXACT_NAME', 'QUALIFIED_NAME', 'NAME_PREFIX', 'NAME_WORDS', 'TEXT', 'SIMILAR'] as const;
export type SearchTier = (typeof SEARCH_TIERS)[number];

export interface SearchHit {
  readonly asset: AssetRow;
  /** The column that matched; null when the asset itself did. */
  readonly column: ColumnRow | null;
  readonly tier: SearchTier;
}

export interface SearchRequest {
  readonly query: ParsedQuery;
  readonly filter: AssetFilter;
  readonly page: PageRequest;
}

export interface SearchResult {
  readonly hits: readonly SearchHit[];
  /** Exact, after policy. */
  readonly totalCount: number;
  readonly hasNextPage: boolean;
  readonly endCursor: string | null;
}

/**
 * The port to whatever engine searches. Policy is part of every query: what the actor may not see is in no hit, count or
 * suggestion, from the moment its attributes change.
 */
export abstract class SearchIndex {
  /** Reads those assets anew and replaces their documents; assets that are gone lose theirs. */
  abstract index(assetIds: readonly string[]): Promise<void>;
  abstract remove(assetIds: readonly string[]): Promise<void>;
  abstract clear(): Promise<void>;
  abstract search(access: ActorAccess, request: SearchRequest): Promise<SearchResult>;
  /** Names that start like the query, at most `limit`. */
  abstract suggest(access: ActorAccess, query: ParsedQuery, limit: number): Promise<readonly SearchHit[]>;
}
