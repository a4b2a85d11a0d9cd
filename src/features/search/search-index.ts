import type { PageRequest } from '../../core/page.js';
import type { ActorAccess } from '../../platform/access/access.js';
import type { SearchDocument } from './search-document.js';
import type { FieldName, SearchCondition, SearchKind } from './search-fields.js';
import type { ScorePart } from './search-score.js';
import type { ParsedQuery } from './search-text.js';

/** Best first; the order of the enum in schema.graphql. What each means in terms of a document is in search-document.ts. */
export const SEARCH_TIERS = [
  'EXACT_NAME',
  'QUALIFIED_NAME',
  'NAME_PREFIX',
  'NAME_WORDS',
  'COLUMN_NAME',
  'TEXT',
  'SOME_WORDS',
  'SIMILAR',
] as const;
export type SearchTier = (typeof SEARCH_TIERS)[number];

/** RELEVANCE: tier, then score. NAME: by `sortName`. UPDATED: newest first. USAGE: most used first. */
export const SEARCH_SORTS = ['RELEVANCE', 'NAME', 'UPDATED', 'USAGE'] as const;
export type SearchSort = (typeof SEARCH_SORTS)[number];

export interface SearchRequest {
  readonly access: ActorAccess;
  /** The actor, who always finds himself. */
  readonly handle: string;
  /** Without words everything is found (columns and people only where a condition asks for their kind), in tier TEXT. */
  readonly query: ParsedQuery;
  /** All must hold. */
  readonly conditions: readonly SearchCondition[];
  readonly facets: readonly FieldName[];
  readonly sort: SearchSort;
  readonly page: PageRequest;
  /** What certifications are compared with. */
  readonly now: Date;
}

/**
 * A document that matched. Rows are read by the caller, live, and tested once more before anything of them is shown:
 * matched fields and highlights are made of those rows and not of the index (search-hits.ts).
 */
export interface IndexHit {
  readonly kind: SearchKind;
  /** Id of the asset, or of the column's dataset; null for a person. */
  readonly assetId: string | null;
  /** '' unless a column. */
  readonly columnPath: string;
  /** Of a person or team; null otherwise. */
  readonly handle: string | null;
  readonly tier: SearchTier;
  /** What makes up the order inside the tier, biggest effect first. */
  readonly score: readonly ScorePart[];
  /** `after` of a page that begins behind this hit. */
  readonly cursor: string;
}

export interface FacetValue {
  readonly value: string;
  readonly count: number;
}

export interface Facet {
  readonly field: FieldName;
  /** At most MOST_FACET_VALUES, the most frequent first, then by value. Counts are exact, after policy and conditions. */
  readonly values: readonly FacetValue[];
  /** Documents without a value. */
  readonly without: number;
}

export const MOST_FACET_VALUES = 100;

export interface SearchResult {
  readonly hits: readonly IndexHit[];
  /** Exact, after policy and conditions. */
  readonly totalCount: number;
  readonly facets: readonly Facet[];
  /** The words that were searched instead, or would find something; null when the query found what it asked for. */
  readonly didYouMean: string | null;
  readonly hasNextPage: boolean;
}

export interface SuggestRequest {
  readonly access: ActorAccess;
  readonly handle: string;
  readonly query: ParsedQuery;
  readonly limit: number;
  readonly now: Date;
}

/**
 * The port to whatever engine searches. Everything that two engines need alike is outside of it: documents are built,
 * words split and stemmed, synonyms expanded, qualifiers read, hits shown.
 *
 * An adapter promises (search-index.contract.ts is the proof):
 * - Policy is part of every query. A document counts as missing unless `access.can('discover', resource)` (assets) or
 *   `access.can('read_column', resource)` (columns) for the resource it was put with; a person, unless it is the actor or
 *   owns an asset that he may discover. That holds for hits, counts, facets and `didYouMean`.
 * - What is found and in which tier follows from the words of the document alone. SIMILAR is tried only when no visible
 *   document has all words, SOME_WORDS only when that finds nothing either; a result holds one of them and nothing else.
 * - Order: tier, score (higher first), sortName, then whatever stays the same; the same request on the same documents gives the same pages, and
 *   pages joined give every hit once.
 * - `put` is visible to `search` when its promise resolves.
 *
 * @throws {Invalid} from `search` when `page.after` is no cursor of this list.
 */
export abstract class SearchIndex {
  /** Takes away every document of the groups and puts the given ones, all of which belong to one of the groups. */
  abstract put(documents: readonly SearchDocument[], groups: readonly string[]): Promise<void>;
  abstract search(request: SearchRequest): Promise<SearchResult>;
  /** Documents whose name starts like the words, best first: EXACT_NAME, NAME_PREFIX, then COLUMN_NAME. */
  abstract suggest(request: SuggestRequest): Promise<readonly IndexHit[]>;

  /**
   * A new index beside the one that answers, or the one that was begun and not ended. Until `endRebuild`, `put` goes to
   * both, and `putRebuilt` to the new one alone; search stays whole.
   */
  abstract beginRebuild(): Promise<void>;
  abstract putRebuilt(documents: readonly SearchDocument[], groups: readonly string[]): Promise<void>;
  /** The new index answers from now on; what was put into the old one only is gone. */
  abstract endRebuild(): Promise<void>;
  abstract size(): Promise<IndexSize>;
}

export interface IndexSize {
  readonly documents: number;
  readonly bytes: number;
}
