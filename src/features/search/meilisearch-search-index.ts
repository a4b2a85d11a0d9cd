import type { OnApplicationBootstrap } from '@nestjs/common';
import { z } from 'zod';
import { Invalid, Unavailable } from '../../core/errors.js';
import type { Log } from '../../platform/observability/log.js';
import { decodeCursor, encodeCursor } from '../../platform/graphql/page-arguments.js';
import { MeilisearchIndexes, type IndexesOptions } from './meilisearch-indexes.js';
import { MeilisearchReader, type After, type Page, type Row } from './meilisearch-reader.js';
import { MeilisearchServer, type MeilisearchOptions } from './meilisearch-server.js';
import { withDefaultKinds } from './postgres-search-matches.js';
import {
  exclusionQuery,
  someWordsStages,
  stagesOf,
  suggestionStages,
  termQuery,
  type Stages,
} from './postgres-search-query.js';
import { editDistance } from './postgres-search-words.js';
import type { SearchDocument } from './search-document.js';
import {
  SearchIndex,
  type IndexHit,
  type IndexSize,
  type SearchRequest,
  type SearchResult,
  type SearchTier,
  type SuggestRequest,
} from './search-index.js';
import type { Term } from './search-text.js';

/** What was looked for, and in place of which words. */
interface Attempt {
  readonly request: SearchRequest;
  readonly stages: Stages | null;
  /** Instead of the tier of the stage. */
  readonly tier: SearchTier | null;
  readonly didYouMean: string | null;
}

/** Misspelled words that are corrected in one query, and terms of which some may be missing. */
const MOST_CORRECTED = 3;
const MOST_TERMS = 5;
const MOST_CANDIDATES = 3;
const LEAST_LENGTH = 4;
/** From so many letters on, two may be wrong. */
const LONG = 8;

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
    const { query } = request;
    const stages = stagesOf(query);
    if (stages === null) return this.tried(withoutWords(request), after);
    const found = await this.tried({ request, stages, tier: null, didYouMean: null }, after);
    // Who quotes a phrase means it to the letter.
    const isLiteral = query.wanted.some(({ isPhrase }) => isPhrase);
    if (found[1].total > 0 || isLiteral) return found;
    for await (const attempt of this.otherAttempts(request)) {
      // Without words left everything would be found.
      if (attempt.stages === null) continue;
      const other = await this.tried(attempt, after);
      if (other[1].total > 0) return other;
    }
    return found;
  }

  private async tried(attempt: Attempt, after: After | null): Promise<[Attempt, Page]> {
    const { page, sort, facets } = attempt.request;
    const options = { sort, after, facets, limit: page.first + 1 };
    return [attempt, await this.reader.page(attempt.stages, attempt.request, options)];
  }

  /** No document has all words: those that nothing visible has are corrected, or else some are left out. */
  private async *otherAttempts(request: SearchRequest): AsyncGenerator<Attempt> {
    const terms = request.query.wanted.filter(({ isOptional }) => !isOptional).slice(0, 2 * MOST_TERMS);
    const totals = await this.reader.totals(terms.map(termQuery), request);
    const counted = terms.map((term, index) => ({ term, total: totals[index] ?? 0 }));
    const unknown = counted.filter(({ total }) => total === 0).map(({ term }) => term);
    if (unknown.length > 0 && unknown.length <= MOST_CORRECTED) {
      for (const wanted of await this.corrections(request, unknown)) {
        const didYouMean = wanted.flatMap(({ words }) => words).join(' ');
        yield { request, stages: stagesOf({ ...request.query, wanted }), tier: 'SIMILAR', didYouMean };
      }
    }
    const known = counted.filter(({ total }) => total > 0).toSorted((a, b) => a.total - b.total);
    const rarest = known.map(({ term }) => term).slice(0, MOST_TERMS);
    const some = { request, tier: 'SOME_WORDS', didYouMean: null } as const;
    if (unknown.length > 0) yield { ...some, stages: stagesOf({ ...request.query, wanted: rarest }) };
    if (rarest.length > 1) yield { ...some, stages: someWordsStages(rarest, request.query.excluded) };
  }

  private async corrections(request: SearchRequest, unknown: readonly Term[]): Promise<(readonly Term[])[]> {
    let attempts: (readonly Term[])[] = [request.query.wanted];
    for (const term of unknown) {
      const similar = await this.similarWords(term.words.join(''), request);
      attempts = attempts.flatMap((wanted) =>
        similar.map((word) => wanted.map((one) => (one === term ? { ...term, words: [word] } : one))),
      );
    }
    return attempts.slice(0, 2 * MOST_CORRECTED);
  }

  /** Words of visible documents, nearest first, then the more frequent. */
  private async similarWords(word: string, request: SearchRequest): Promise<string[]> {
    if (word.length < LEAST_LENGTH) return [];
    const most = word.length >= LONG ? 2 : 1;
    return (await this.reader.wordsLike(word, request))
      .map((candidate) => ({ candidate, distance: editDistance(word, candidate) }))
      .filter(({ distance }) => distance > 0 && distance <= most)
      .toSorted((a, b) => a.distance - b.distance)
      .slice(0, MOST_CANDIDATES)
      .map(({ candidate }) => candidate);
  }
}

function withoutWords(request: SearchRequest): Attempt {
  const anyOf = exclusionQuery(request.query.excluded);
  return {
    request: { ...request, conditions: withDefaultKinds(request.conditions) },
    stages: anyOf === null ? null : { stages: [{ tier: 'TEXT', anyOf }], anyOf },
    tier: 'TEXT',
    didYouMean: null,
  };
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
