import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { SearchClasses } from './postgres-search-classes.js';
import { MatchCounter, withDefaultKinds, type Matches } from './postgres-search-matches.js';
import {
  cursorOf,
  MANY,
  placeOf,
  stagesSql,
  type PlaceKey,
  type StageQuery,
  type StageSqlOptions,
} from './postgres-search-page.js';
import {
  exclusionQuery,
  someWordsStages,
  stagesOf,
  suggestionStages,
  termQuery,
  type Stages,
} from './postgres-search-query.js';
import { similarWords } from './postgres-search-words.js';
import { writeDocuments } from './postgres-search-writer.js';
import type { SearchDocument } from './search-document.js';
import {
  SearchIndex,
  type IndexHit,
  type IndexSize,
  type SearchRequest,
  type SearchResult,
  type SearchSort,
  type SearchTier,
  type SuggestRequest,
} from './search-index.js';
import type { ScorePart } from './search-score.js';
import type { ParsedQuery, Term } from './search-text.js';

/** What was found, how, and in place of which words. */
interface Found {
  readonly stages: Stages | null;
  readonly matches: Matches;
  /** Instead of the tier of the stage. */
  readonly tier: SearchTier | null;
  readonly didYouMean: string | null;
}

interface PageRow {
  readonly stage: number;
  readonly key: string;
  readonly sortName: string;
  readonly id: number;
  readonly assetId: string | null;
  readonly columnPath: string;
  readonly name: string;
  readonly score: readonly ScorePart[];
  readonly classId: number;
  readonly seen: number;
}

interface PageOptions {
  readonly sort: SearchSort;
  readonly after: PlaceKey | null;
  readonly limit: number;
}

/** Misspelled words that are corrected in one query, and terms of which some may be missing. */
const MOST_CORRECTED = 3;
const MOST_TERMS = 5;

/** Full text on Postgres; how it is laid out is told in migration 0021. */
@Injectable()
export class PostgresSearchIndex extends SearchIndex {
  private readonly counter: MatchCounter;

  constructor(private readonly database: Database) {
    super();
    this.counter = new MatchCounter(database, new SearchClasses(database));
  }

  async put(documents: readonly SearchDocument[], groups: readonly string[]): Promise<void> {
    await writeDocuments(this.database, documents, groups);
  }

  async search(request: SearchRequest): Promise<SearchResult> {
    const { page, sort } = request;
    const after = page.after === null ? null : placeOf(page.after, sort);
    const found = await this.find(request);
    const rows = await this.rows(found, { sort, after, limit: page.first + 1 });
    return {
      hits: rows.slice(0, page.first).map((row) => this.hit(row, found)),
      totalCount: found.matches.total,
      facets: this.counter.facets(request.facets, found.matches, request.now),
      didYouMean: found.didYouMean,
      hasNextPage: rows.length > page.first,
    };
  }

  async suggest(request: SuggestRequest): Promise<readonly IndexHit[]> {
    const stages = suggestionStages(request.query);
    if (stages === null) return [];
    const matches = await this.counter.count(stages.anyOf, { ...request, conditions: [] });
    const found = { stages, matches, tier: null, didYouMean: null };
    const rows = await this.rows(found, { sort: 'RELEVANCE', after: null, limit: request.limit });
    return rows.map((row) => this.hit(row, found));
  }

  /** Documents are replaced one by one, so search is whole all the while; what was not put again goes at the end. */
  async beginRebuild(): Promise<void> {
    await this.database.query('UPDATE search_generation SET writing = complete + 1');
  }

  async putRebuilt(documents: readonly SearchDocument[], groups: readonly string[]): Promise<void> {
    await this.put(documents, groups);
  }

  async endRebuild(): Promise<void> {
    await this.database.transaction(async () => {
      await this.database.query(
        `DELETE FROM search_document WHERE id IN (
           SELECT o.id FROM search_origin o, search_generation g WHERE o.generation < g.writing)`,
      );
      await this.database.query('UPDATE search_generation SET complete = writing, revision = revision + 1');
      await this.database.query(
        `DELETE FROM search_class c WHERE NOT EXISTS (SELECT FROM search_document d WHERE d.class_id = c.id)`,
      );
    });
  }

  async size(): Promise<IndexSize> {
    const row = await this.database.queryOne<{ documents: number; bytes: string }>(
      `SELECT (SELECT count(*)::int FROM search_document) AS documents, sum(pg_total_relation_size(name::regclass)) AS bytes
       FROM unnest('{search_document,search_origin,search_class,search_word}'::text[]) AS t(name)`,
    );
    return { documents: row?.documents ?? 0, bytes: Number(row?.bytes ?? 0) };
  }

  private async find(request: SearchRequest): Promise<Found> {
    const { query } = request;
    const stages = stagesOf(query);
    if (stages === null) return this.findWithoutWords(request);
    const matches = await this.counter.count(stages.anyOf, request);
    const found = { stages, matches, tier: null, didYouMean: null };
    // Who quotes a phrase means it to the letter.
    const isLiteral = query.wanted.some(({ isPhrase }) => isPhrase);
    if (matches.total > 0 || isLiteral) return found;
    return (await this.findSome(request)) ?? found;
  }

  private async findWithoutWords(request: SearchRequest): Promise<Found> {
    const excluded = exclusionQuery(request.query.excluded);
    const conditions = withDefaultKinds(request.conditions);
    const stages = excluded === null ? null : { stages: [{ tier: 'TEXT', anyOf: excluded } as const], anyOf: excluded };
    const matches = await this.counter.count(excluded, { ...request, conditions });
    return { stages, matches, tier: 'TEXT', didYouMean: null };
  }

  /** No document has all words: those that nothing visible has are corrected, or else some are left out. */
  private async findSome(request: SearchRequest): Promise<Found | null> {
    const counted: { term: Term; total: number }[] = [];
    for (const term of request.query.wanted.filter(({ isOptional }) => !isOptional).slice(0, 2 * MOST_TERMS)) {
      counted.push({ term, total: (await this.counter.count(termQuery(term), request)).total });
    }
    const unknown = counted.filter(({ total }) => total === 0).map(({ term }) => term);
    const corrected = unknown.length <= MOST_CORRECTED ? await this.findSimilar(request, unknown) : null;
    if (corrected) return corrected;
    const known = counted.filter(({ total }) => total > 0).toSorted((a, b) => a.total - b.total);
    return this.findSomeWords(request, known.map(({ term }) => term).slice(0, MOST_TERMS), unknown.length > 0);
  }

  private async findSimilar(request: SearchRequest, unknown: readonly Term[]): Promise<Found | null> {
    let attempts: (readonly Term[])[] = unknown.length === 0 ? [] : [request.query.wanted];
    for (const term of unknown) {
      const similar = await similarWords(this.database, term.words.join(''));
      attempts = attempts.flatMap((wanted) => similar.map((word) => replaced(wanted, term, word)));
    }
    for (const wanted of attempts.slice(0, 2 * MOST_CORRECTED)) {
      const stages = stagesOf({ ...request.query, wanted });
      const matches = stages && (await this.counter.count(stages.anyOf, request));
      if (!stages || !matches || matches.total === 0) continue;
      return { stages, matches, tier: 'SIMILAR', didYouMean: wanted.flatMap(({ words }) => words).join(' ') };
    }
    return null;
  }

  private async findSomeWords(
    request: SearchRequest,
    terms: readonly Term[],
    isMissingOne: boolean,
  ): Promise<Found | null> {
    const { excluded } = request.query;
    const all: ParsedQuery = { ...request.query, wanted: terms };
    const stages = isMissingOne ? stagesOf(all) : someWordsStages(terms, excluded);
    const matches = stages && (await this.counter.count(stages.anyOf, request));
    if (matches && matches.total > 0) return { stages, matches, tier: 'SOME_WORDS', didYouMean: null };
    return isMissingOne && terms.length > 1 ? this.findSomeWords(request, terms, false) : null;
  }

  /** All stages at once where few match; one after the other where what matches often must be walked to. */
  private async rows(found: Found, page: PageOptions): Promise<PageRow[]> {
    const { total, shown } = found.matches;
    const stages = stageQueries(found, page);
    if (total === 0 || stages.length === 0) return [];
    const { sort, limit } = page;
    if (total < MANY) return this.read(stages, { shown, sort, limit, way: 'READ' });
    return this.database.transaction(async () => {
      // The planner takes a scan of everything for the quickest way to the first few thousand matches.
      await this.database.query(`SELECT set_config('enable_seqscan', 'off', true)`);
      const rows: PageRow[] = [];
      for (const stage of stages) {
        if (rows.length === limit) break;
        rows.push(...(await this.readOrWalk(stage, { shown, sort, limit: limit - rows.length })));
      }
      return rows;
    });
  }

  /** What matches often is not sorted, but walked to in the order of the index; sorted otherwise, there is none. */
  private async readOrWalk(stage: StageQuery, options: Omit<StageSqlOptions, 'way'>): Promise<PageRow[]> {
    const rows = await this.read([stage], { ...options, way: 'READ' });
    if (options.sort !== 'RELEVANCE' || (rows[0]?.seen ?? 0) < MANY) return rows;
    return this.read([stage], { ...options, way: 'WALK' });
  }

  private async read(stages: readonly StageQuery[], options: StageSqlOptions): Promise<PageRow[]> {
    const { sql, params } = stagesSql(stages, options);
    return this.database.query<PageRow>(sql, params);
  }

  private hit(row: PageRow, { stages, tier }: Found): IndexHit {
    const kind = this.counter.classOf(row.classId)?.fields.kind ?? 'DATASET';
    return {
      kind,
      assetId: row.assetId,
      columnPath: row.columnPath,
      handle: kind === 'PERSON' ? row.name : null,
      tier: tier ?? stages?.stages[row.stage]?.tier ?? 'TEXT',
      score: row.score.toSorted((a, b) => Math.abs(b.points) - Math.abs(a.points)),
      cursor: cursorOf([row.stage, row.key, row.sortName, row.id]),
    };
  }
}

function replaced(wanted: readonly Term[], term: Term, word: string): Term[] {
  return wanted.map((one) => (one === term ? { ...term, words: [word] } : one));
}

/** From the stage on where the page begins. Sorted by something else than relevance, there is but one. */
function stageQueries({ stages }: Found, { sort, after }: PageOptions): StageQuery[] {
  const inOrder = stages === null ? [null] : stages.stages.map(({ anyOf }) => anyOf);
  const sorted = sort === 'RELEVANCE' || stages === null ? inOrder : [stages.anyOf];
  const queries = sorted.map((anyOf, stage) => ({
    stage,
    anyOf,
    before: sorted.slice(0, stage).flatMap((earlier) => earlier ?? []),
    after: after?.[0] === stage ? after : null,
  }));
  return queries.slice(after?.[0] ?? 0);
}
