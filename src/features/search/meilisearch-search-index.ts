import type { OnApplicationBootstrap } from '@nestjs/common';
import { z } from 'zod';
import { Invalid, Unavailable } from '../../core/errors.js';
import type { Log } from '../../platform/observability/log.js';
import { decodeCursor, encodeCursor } from '../../platform/graphql/page-arguments.js';
import { MeilisearchIndexes, type IndexesOptions } from './meilisearch-indexes.js';
import { MeilisearchReader, type After, type Page, type Row } from './meilisearch-reader.js';
import { MeilisearchServer, type MeilisearchOptions } from './meilisearch-server.js';
import { isLiteral, otherAttempts, withoutWords, type Attempt, type IndexedWords } from './search-attempts.js';
import type { SearchDocument } from './search-document.js';
import {
  SearchIndex,
  type IndexHit,
  type IndexSize,
  type SearchRequest,
  type SearchResult,
  type SuggestRequest,
} from './search-index.js';
import { stagesOf, suggestionStages } from './search-stages.js';

/**
 * Meilisearch as a second engine. It keeps the same lexemes as Postgres and is asked the same tiers, as filters, so what is
 * found, its tier, order and counts are the same. What it cannot do exactly:
 * - Of a field with more than 1,000 values, those that stand in a facet beside equally frequent ones are any of them.
 * - A word is corrected by the 1,000 most frequent words that begin like it, give or take the letters that may be wrong.
 * - Names and words beyond 300 bytes are found by their beginning as if they ended there.
 * - `put` is two steps there: for a moment what a group no longer has may still be found.
 */
export class MeilisearchSearchIndex extends SearchIndex implements OnApplicationBootstrap {
  private readonly indexes: MeilisearchIndexes;
  private readonly reader: MeilisearchReader;

  constructor(options: MeilisearchOptions & IndexesOptions, log: Log) {
    super();
    const server = new MeilisearchServer(options, log);
    this.indexes = new MeilisearchIndexes(server, options);
    this.reader = new MeilisearchReader(server, this.indexes);
  }

  /** A server that is away is no reason not to start. */
  async onApplicationBootstrap(): Promise<void> {
    await this.isUp();
  }

  /** Whether there is an index that answers. Has one built where there is none. */
  async isUp(): Promise<boolean> {
    try {
      return await this.indexes.isThere();
    } catch (error) {
      if (error instanceof Unavailable) return false;
      throw error;
    }
  }

  async put(documents: readonly SearchDocument[], groups: readonly string[]): Promise<void> {
    await this.indexes.put(documents, groups);
  }

  async search(request: SearchRequest): Promise<SearchResult> {
    const after = request.page.after === null ? null : placeOf(request.page.after);
    const [attempt, page] = await this.find(request, after);
    return {
      hits: page.rows.slice(0, request.page.first).map((row) => hitOf(row, attempt)),
      totalCount: page.total,
      facets: page.facets,
      didYouMean: attempt.didYouMean,
      hasNextPage: page.rows.length > request.page.first,
    };
  }

  async suggest(request: SuggestRequest): Promise<readonly IndexHit[]> {
    const stages = suggestionStages(request.query);
    if (stages === null) return [];
    const asked = { ...request, conditions: [] };
    const options = { sort: 'RELEVANCE' as const, after: null, limit: request.limit, facets: [] };
    const { rows } = await this.reader.page(stages, asked, options);
    return rows.map((row) => hitOf(row, { stages, tier: null }));
  }

  async beginRebuild(): Promise<void> {
    await this.indexes.begin();
  }

  async putRebuilt(documents: readonly SearchDocument[], groups: readonly string[]): Promise<void> {
    await this.indexes.putRebuilt(documents, groups);
  }

  async endRebuild(): Promise<void> {
    await this.indexes.swap();
  }

  /** Bytes are those of the documents alone; what the engine keeps to find them is not told by index. */
  async size(): Promise<IndexSize> {
    return this.indexes.size();
  }

  private async find(request: SearchRequest, after: After | null): Promise<[Attempt, Page]> {
    const stages = stagesOf(request.query);
    if (stages === null) {
      const everything = withoutWords(request);
      return this.tried(everything.attempt, everything.request, after);
    }
    const found = await this.tried({ stages, tier: null, didYouMean: null }, request, after);
    if (found[1].total > 0 || isLiteral(request.query)) return found;
    for await (const attempt of otherAttempts(request.query, this.wordsFor(request))) {
      const other = await this.tried(attempt, request, after);
      if (other[1].total > 0) return other;
    }
    return found;
  }

  private async tried(attempt: Attempt, request: SearchRequest, after: After | null): Promise<[Attempt, Page]> {
    const { page, sort, facets } = request;
    const options = { sort, after, facets, limit: page.first + 1 };
    return [attempt, await this.reader.page(attempt.stages, request, options)];
  }

  private wordsFor(request: SearchRequest): IndexedWords {
    return {
      totals: (queries) => this.reader.totals(queries, request),
      like: (word) => this.reader.wordsLike(word, request),
    };
  }
}

function hitOf(row: Row, { stages, tier }: Pick<Attempt, 'stages' | 'tier'>): IndexHit {
  const { kind, assetId, columnPath, handle, score, stage, place, sort_name: sortName, id } = row;
  return {
    kind,
    assetId,
    columnPath,
    handle,
    tier: tier ?? stages?.stages[stage]?.tier ?? 'TEXT',
    score: score.toSorted((a, b) => Math.abs(b.points) - Math.abs(a.points)),
    cursor: encodeCursor([stage, place, sortName.slice(1), id]),
  };
}

const cursorKey = z.tuple([
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number),
  z
    .string()
    .regex(/^-?\d{1,15}$/)
    .transform(Number),
  z.string().regex(/^[^\0\p{Surrogate}]*$/u),
  z.string().regex(/^[a-z0-9-]{1,80}$/),
]);

/** @throws {Invalid} */
function placeOf(cursor: string): After {
  const key = cursorKey.safeParse(decodeCursor(cursor, 4));
  if (!key.success) throw new Invalid('after is not the endCursor of a page of this list.', ['after']);
  const [stage, value, sortName, id] = key.data;
  return { stage, value, sortName: `n${sortName}`, id };
}
