import type { Actor } from '../../core/actor.js';
import type { AssetFilter } from '../assets/index.js';

export const TIERS = ['EXACT_NAME', 'QUALIFIED_NAME', 'NAME_PREFIX', 'NAME_WORDS', 'TEXT', 'SIMILAR'] as const;
export type SearchTier = (typeof TIERS)[number];

export interface SearchRequest {
  readonly query: string;
  readonly filter: AssetFilter;
  readonly first: number;
  readonly offset: number;
}

export interface SearchHitRow {
  readonly assetId: string;
  /** '' when the asset itself matched. */
  readonly columnPath: string;
  readonly tier: SearchTier;
}

export interface SearchResult {
  readonly hits: readonly SearchHitRow[];
  /** Exact, after policy. */
  readonly totalCount: number;
}

/** What a search engine has to do. Policy is part of every answer: hits, totals and suggestions. */
export interface SearchIndex {
  /** Reads the assets anew and replaces their documents; those that are gone lose theirs. */
  index(assetIds: readonly string[]): Promise<void>;
  search(actor: Actor, request: SearchRequest): Promise<SearchResult>;
  /** Names that begin with the text, best first. */
  suggest(actor: Actor, prefix: string, first: number): Promise<readonly SearchHitRow[]>;
}

export const SEARCH_INDEX = Symbol('SearchIndex');
