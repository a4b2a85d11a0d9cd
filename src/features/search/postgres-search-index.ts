import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Invalid } from '../../core/errors.js';
import type { ActorAccess } from '../../platform/access/access.js';
import { Database } from '../../platform/database/database.js';
import { decodeCursor, encodeCursor } from '../../platform/graphql/page-arguments.js';
import {
  ASSET_ROW_SQL,
  COLUMN_ROW_SQL,
  toAssetResource,
  toColumnResource,
  type AssetRow,
  type ColumnRow,
} from '../assets/index.js';
import { assetDocument, columnDocument, type IndexedAsset, type IndexedColumn } from './search-document.js';
import { SEARCH_TIERS, SearchIndex, type SearchHit, type SearchRequest, type SearchResult } from './search-index.js';
import { textQueries } from './search-query.js';
import { LEAST_SIMILARITY, matchSql, SORT_KEY_LENGTH, type MatchSqlOptions } from './search-sql.js';
import type { ParsedQuery } from './search-text.js';

/** In the order of SORT_KEY: tier, ageing, misfit, kind, length, path, asset, column. */
type SortKey = [number, number, number, number, number, string, string, string];

interface Matched {
  readonly total: number;
  readonly keys: readonly SortKey[];
}

interface HitRow extends AssetRow {
  readonly columnRow: ColumnRow | null;
}

const NOTHING: SearchResult = { hits: [], totalCount: 0, hasNextPage: false, endCursor: null };
/** Shorter words are near to everything. */
const LEAST_SIMILAR_LENGTH = 3;

const whole = z.string().regex(/^\d{1,9}$/);
const cursorKey = z.tuple([whole, whole, whole, whole, whole, noNul(), z.guid(), noNul()]);

@Injectable()
export class PostgresSearchIndex extends SearchIndex {
  constructor(private readonly database: Database) {
    super();
  }

  /** Rows are written in key order, so that two writers wait for each other and never in a circle. */
  async index(assetIds: readonly string[]): Promise<void> {
    if (assetIds.length === 0) return;
    await this.database.transaction(async () => {
      const documents = await this.readDocuments(assetIds);
      await this.database.query(UPSERT_SQL, [JSON.stringify(documents)]);
      await this.database.query(
        `DELETE FROM search_document d WHERE d.asset_id = ANY($1::uuid[]) AND NOT EXISTS (
           SELECT 1 FROM jsonb_to_recordset($2::jsonb) AS v("assetId" uuid, "columnPath" text)
           WHERE v."assetId" = d.asset_id AND v."columnPath" = d.column_path)`,
        [assetIds, JSON.stringify(documents.map(({ assetId, columnPath }) => ({ assetId, columnPath })))],
      );
    });
  }

  async remove(assetIds: readonly string[]): Promise<void> {
    await this.database.query('DELETE FROM search_document WHERE asset_id = ANY($1::uuid[])', [assetIds]);
  }

  async clear(): Promise<void> {
    await this.database.query('DELETE FROM search_document');
  }

  /** At most four statements, however many hits. */
  async search(access: ActorAccess, { query, filter, page }: SearchRequest): Promise<SearchResult> {
    const after = page.after === null ? null : cursorOf(page.after);
    const queries = textQueries(query);
    if (!queries) return NOTHING;
    const options = { queries, access, filter, first: page.first, after } as const;
    let matched = await this.match({ ...options, comparison: 'WORDS' });
    // Who quotes a phrase means it to the letter.
    const mayBeMistyped = queries.plain.length >= LEAST_SIMILAR_LENGTH && !query.wanted.some((term) => term.isPhrase);
    if (matched.total === 0 && mayBeMistyped) matched = await this.matchSimilar(options);
    const keys = matched.keys.slice(0, page.first);
    const last = keys.at(-1);
    return {
      hits: await this.hits(access, keys),
      totalCount: matched.total,
      hasNextPage: matched.keys.length > page.first,
      endCursor: last ? encodeCursor(last) : null,
    };
  }

  async suggest(access: ActorAccess, query: ParsedQuery, limit: number): Promise<readonly SearchHit[]> {
    const queries = textQueries(query);
    if (!queries) return [];
    const matched = await this.match({ queries, access, filter: {}, first: limit, after: null, comparison: 'NAMES' });
    return this.hits(access, matched.keys.slice(0, limit));
  }

  private async match(options: MatchSqlOptions): Promise<Matched> {
    const { sql, params } = matchSql(options);
    return (await this.database.queryOne<Matched>(sql, params)) ?? { total: 0, keys: [] };
  }

  /** The operator `<%` uses the trigram index, and its bound can only be set beside the statement. */
  private async matchSimilar(options: Omit<MatchSqlOptions, 'comparison'>): Promise<Matched> {
    return this.database.transaction(async () => {
      await this.database.query(`SELECT set_config('pg_trgm.word_similarity_threshold', $1, true)`, [
        `${LEAST_SIMILARITY}`,
      ]);
      return this.match({ ...options, comparison: 'SIMILAR' });
    });
  }

  /** Tests each hit once more, on the rows that are shown: a hit changed or hidden since it matched is left out. */
  private async hits(access: ActorAccess, keys: readonly SortKey[]): Promise<SearchHit[]> {
    if (keys.length === 0) return [];
    const rows = await this.database.query<HitRow & { place: number }>(HITS_SQL, [
      keys.map(([, , , , , , assetId]) => assetId),
      keys.map((key) => key[7]),
    ]);
    return rows.flatMap(({ columnRow, place, ...asset }) => {
      const [tier, , , , , , , columnPath] = keys[place - 1] ?? [];
      const column = columnPath === '' ? null : columnRow;
      const isVisible =
        access.can('discover', toAssetResource(asset)) &&
        (columnPath === '' || (column !== null && access.can('read_column', toColumnResource(asset, column))));
      const tierName = tier === undefined ? undefined : SEARCH_TIERS[tier];
      return isVisible && tierName ? [{ asset, column, tier: tierName }] : [];
    });
  }

  private async readDocuments(assetIds: readonly string[]): Promise<ReturnType<typeof assetDocument>[]> {
    const assets = await this.database.query<IndexedAsset>(
      `SELECT id, kind, name, display_name AS "displayName", description, tags, terms, owners, synonyms
       FROM asset WHERE id = ANY($1::uuid[])`,
      [assetIds],
    );
    const columns = await this.database.query<IndexedColumn>(
      `SELECT asset_id AS "assetId", path, description, tags, terms FROM asset_column WHERE asset_id = ANY($1::uuid[])`,
      [assetIds],
    );
    const byId = new Map(assets.map((asset) => [asset.id, asset]));
    const columnDocuments = columns.flatMap((column) => {
      const asset = byId.get(column.assetId);
      // Column path '' would take the place of the asset's own document.
      return asset && column.path !== '' ? [columnDocument(asset, column)] : [];
    });
    return [...assets.map(assetDocument), ...columnDocuments];
  }
}

const UPSERT_SQL = `
  INSERT INTO search_document (asset_id, column_path, kind, folded_name, folded_path, words)
  SELECT v."assetId", v."columnPath", v.kind, v."foldedName", v."foldedPath",
         v.lexemes::tsvector
         || setweight(to_tsvector('english', v.name), 'A') || setweight(to_tsvector('english', v.qualifiers), 'B')
         || setweight(to_tsvector('simple', v.description), 'C') || setweight(to_tsvector('english', v.description), 'C')
         || setweight(to_tsvector('simple', v.labels), 'D') || setweight(to_tsvector('english', v.labels), 'D')
  FROM jsonb_to_recordset($1::jsonb) AS v("assetId" uuid, "columnPath" text, kind text, "foldedName" text,
    "foldedPath" text, lexemes text, name text, qualifiers text, description text, labels text)
  ORDER BY v."assetId", v."columnPath"
  ON CONFLICT ON CONSTRAINT search_document_pkey DO UPDATE
  SET kind = excluded.kind, folded_name = excluded.folded_name, folded_path = excluded.folded_path, words = excluded.words`;

const HITS_SQL = `
  SELECT ${ASSET_ROW_SQL}, column_row.value AS "columnRow", wanted.place::int AS place
  FROM unnest($1::uuid[], $2::text[]) WITH ORDINALITY AS wanted(asset_id, path, place)
  JOIN asset a ON a.id = wanted.asset_id
  LEFT JOIN LATERAL (
    SELECT to_jsonb(found) AS value FROM (
      SELECT ${COLUMN_ROW_SQL} FROM asset_column c WHERE c.asset_id = wanted.asset_id AND c.path = wanted.path
    ) found
  ) column_row ON TRUE
  ORDER BY wanted.place`;

/** Postgres refuses NUL in a text. */
function noNul(): z.ZodString {
  return z.string().regex(/^[^\0]*$/);
}

function cursorOf(after: string): readonly unknown[] {
  const key = cursorKey.safeParse(decodeCursor(after, SORT_KEY_LENGTH));
  if (!key.success) throw new Invalid('after is not the endCursor of a page of this list.', ['after']);
  return key.data;
}
