import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { inWholeWords } from './postgres-search-beginnings.js';
import { SearchClasses } from './postgres-search-classes.js';
import { MatchCounter, type Matches } from './postgres-search-matches.js';
import {
  cursorOf,
  MANY,
  placeOf,
  stagesSql,
  type PlaceKey,
  type StageQuery,
  type StageSqlOptions,
} from './postgres-search-page.js';
import { writeDocuments } from './postgres-search-writer.js';
import { isLiteral, otherAttempts, withoutWords, type Attempt, type IndexedWords } from './search-attempts.js';
import type { SearchDocument } from './search-document.js';
import {
  SearchIndex,
  type IndexHit,
  type IndexSize,
  type SearchRequest,
  type SearchResult,
  type SearchSort,
  type SuggestRequest,
} from './search-index.js';
import type { ScorePart } from './search-score.js';
import { stagesOf, suggestionStages } from './search-stages.js';

/** What was looked for, and what was found. */
interface Found extends Attempt {
  readonly matches: Matches;
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
       FROM unnest('{search_document,search_origin,search_class,search_word,search_name_word}'::text[]) AS t(name)`,
    );
    return { documents: row?.documents ?? 0, bytes: Number(row?.bytes ?? 0) };
  }

  private async find(request: SearchRequest): Promise<Found> {
    const stages = stagesOf(request.query);
    if (stages === null) {
      const everything = withoutWords(request);
      return this.tried(everything.attempt, everything.request);
    }
    const found = await this.tried({ stages, tier: null, didYouMean: null }, request);
    if (found.matches.total > 0 || isLiteral(request.query)) return found;
    for await (const attempt of otherAttempts(request.query, this.wordsFor(request))) {
      const other = await this.tried(attempt, request);
      if (other.matches.total > 0) return other;
    }
    return found;
  }

  private async tried(attempt: Attempt, request: SearchRequest): Promise<Found> {
    const stages = attempt.stages && (await inWholeWords(this.database, attempt.stages));
    return { ...attempt, stages, matches: await this.counter.count(stages?.anyOf ?? null, request) };
  }

  private wordsFor(request: SearchRequest): IndexedWords {
    return {
      totals: async (queries) => {
        const totals: number[] = [];
        for (const anyOf of queries) totals.push((await this.counter.count(anyOf, request)).total);
        return totals;
      },
      like: (word) => this.wordsLike(word),
    };
  }

  private async wordsLike(word: string): Promise<string[]> {
    const rows = await this.database.query<{ word: string }>(
      `SELECT word FROM search_word WHERE word % $1 AND word <> $1 AND length(word) BETWEEN $2 AND $3
       ORDER BY similarity(word, $1) DESC, word LIMIT 40`,
      [word, word.length - 2, word.length + 2],
    );
    return rows.map((row) => row.word);
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
