import { Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { Access } from '../../platform/access/access.js';
import { ASSET_SQL_COLUMNS, COLUMN_SQL_COLUMNS } from '../../platform/access/sql-reading.js';
import { Database } from '../../platform/database/database.js';
import { filterSql, type AssetFilter } from '../assets/index.js';
import { TIERS, type SearchHitRow, type SearchIndex, type SearchRequest, type SearchResult } from './search-index.js';
import { foldName, lastPart, parseQuery } from './search-text.js';

interface AssetText {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly displayName: string | null;
  readonly description: string | null;
  readonly platform: string | null;
  readonly domain: string | null;
  readonly tags: readonly string[];
  readonly terms: readonly string[];
  readonly owners: readonly string[];
}

interface ColumnText {
  readonly assetId: string;
  readonly path: string;
  readonly assetName: string;
  readonly description: string | null;
  readonly tags: readonly string[];
  readonly terms: readonly string[];
}

interface Document {
  readonly asset_id: string;
  readonly column_path: string;
  readonly kind: string;
  readonly folded_name: string;
  readonly folded_path: string;
  readonly about: string;
}

interface RankedRow {
  readonly assetId: string;
  readonly columnPath: string;
  readonly tier: number;
  readonly total: number;
}

/**
 * Full text and trigrams. Documents hold text only; policy is judged on the live asset and column rows in the same
 * statement, so an index that lags shows old words at most, never a hidden thing.
 */
@Injectable()
export class PostgresSearchIndex implements SearchIndex {
  constructor(
    private readonly database: Database,
    private readonly access: Access,
  ) {}

  async index(assetIds: readonly string[]): Promise<void> {
    const documents = [...(await this.assetDocuments(assetIds)), ...(await this.columnDocuments(assetIds))];
    await this.database.transaction(async () => {
      await this.database.query('DELETE FROM search_document WHERE asset_id = ANY($1::uuid[])', [assetIds]);
      await this.database.query(
        `INSERT INTO search_document (asset_id, column_path, kind, folded_name, folded_path, words)
         SELECT v.asset_id, v.column_path, v.kind, v.folded_name, v.folded_path,
                setweight(to_tsvector('simple', v.folded_name), 'A') || setweight(to_tsvector('simple', v.folded_path), 'B')
                || setweight(to_tsvector('english', v.about), 'C') || setweight(to_tsvector('simple', v.about), 'D')
         FROM jsonb_to_recordset($1::jsonb) AS v(asset_id uuid, column_path text, kind text, folded_name text, folded_path text, about text)`,
        [JSON.stringify(documents)],
      );
    });
  }

  async search(actor: Actor, request: SearchRequest): Promise<SearchResult> {
    const query = parseQuery(request.query);
    if (query.words.length === 0) return { hits: [], totalCount: 0 };
    const found = await this.ranked(actor, request, query.folded, query.web);
    if (found.totalCount > 0 || request.offset > 0) return found;
    return this.similar(actor, request, query.folded);
  }

  async suggest(actor: Actor, prefix: string, first: number): Promise<SearchHitRow[]> {
    const { folded } = parseQuery(prefix);
    if (folded === '') return [];
    const visible = await this.visible(actor, {}, 2);
    const rows = await this.database.query<RankedRow>(
      `SELECT d.asset_id AS "assetId", d.column_path AS "columnPath", CASE WHEN d.folded_name = $1 THEN 0 ELSE 2 END AS tier, 0 AS total
       FROM search_document d JOIN asset a ON a.id = d.asset_id ${COLUMN_JOIN}
       WHERE d.folded_name LIKE replace(replace($1, '%', ''), '_', '') || '%' AND ${visible.sql}
       ORDER BY 3, ${ORDER} LIMIT ${first}`,
      [folded, ...visible.params],
    );
    return rows.map(toHit);
  }

  /** Tier by tier; within a tier what is no longer in use comes last. */
  private async ranked(actor: Actor, request: SearchRequest, folded: string, web: string): Promise<SearchResult> {
    const visible = await this.visible(actor, request.filter, 3);
    const rows = await this.database.query<RankedRow>(
      `SELECT d.asset_id AS "assetId", d.column_path AS "columnPath", count(*) OVER ()::int AS total,
         CASE WHEN d.folded_name = $1 THEN 0
              WHEN d.folded_path = $1 OR right(d.folded_path, length($1) + 1) = ' ' || $1 THEN 1
              WHEN starts_with(d.folded_name, $1) THEN 2
              WHEN to_tsvector('simple', d.folded_name) @@ websearch_to_tsquery('simple', $2) THEN 3
              ELSE 4 END AS tier
       FROM search_document d JOIN asset a ON a.id = d.asset_id ${COLUMN_JOIN}
       WHERE (d.folded_name LIKE $1 || '%' OR d.words @@ websearch_to_tsquery('simple', $2)
              OR d.words @@ websearch_to_tsquery('english', $2)) AND ${visible.sql}
       ORDER BY tier, (a.lifecycle <> 'ACTIVE'), (d.column_path <> ''),
         ts_rank(d.words, websearch_to_tsquery('simple', $2)) DESC, ${ORDER}
       LIMIT ${request.first} OFFSET ${request.offset}`,
      [folded, web, ...visible.params],
    );
    return { hits: rows.map(toHit), totalCount: rows[0]?.total ?? (request.offset > 0 ? request.offset : 0) };
  }

  /** Only when nothing matched: a typing error must never stand above what was meant. */
  private async similar(actor: Actor, request: SearchRequest, folded: string): Promise<SearchResult> {
    const visible = await this.visible(actor, request.filter, 2);
    const rows = await this.database.query<RankedRow>(
      `SELECT d.asset_id AS "assetId", d.column_path AS "columnPath", 5 AS tier, count(*) OVER ()::int AS total
       FROM search_document d JOIN asset a ON a.id = d.asset_id ${COLUMN_JOIN}
       WHERE $1 <% d.folded_path AND ${visible.sql}
       ORDER BY word_similarity($1, d.folded_path) DESC, (d.column_path <> ''), ${ORDER}
       LIMIT ${request.first} OFFSET ${request.offset}`,
      [folded, ...visible.params],
    );
    return { hits: rows.map(toHit), totalCount: rows[0]?.total ?? 0 };
  }

  private async visible(actor: Actor, filter: AssetFilter, first: number): Promise<{ sql: string; params: unknown[] }> {
    const access = await this.access.forActor(actor);
    const narrowed = filterSql(filter, first);
    const ofAsset = access.sql('discover', 'asset', {
      columns: ASSET_SQL_COLUMNS('a'),
      firstParameter: first + narrowed.params.length,
    });
    const ofColumn = access.sql('read_column', 'column', {
      columns: COLUMN_SQL_COLUMNS('c', 'a'),
      firstParameter: first + narrowed.params.length + ofAsset.params.length,
    });
    return {
      sql: `NOT a.is_placeholder AND (${narrowed.sql})
        AND CASE WHEN d.column_path = '' THEN (${ofAsset.sql}) ELSE c.path IS NOT NULL AND (${ofColumn.sql}) END`,
      params: [...narrowed.params, ...ofAsset.params, ...ofColumn.params],
    };
  }

  private async assetDocuments(assetIds: readonly string[]): Promise<Document[]> {
    const rows = await this.database.query<AssetText>(
      `SELECT id, kind, name, display_name AS "displayName", description, platform, domain, tags, terms, owners
       FROM asset WHERE id = ANY($1::uuid[])`,
      [assetIds],
    );
    return rows.map((row) => ({
      asset_id: row.id,
      column_path: '',
      kind: row.kind,
      folded_name: bounded(foldName(lastPart(row.name))),
      folded_path: bounded(foldName(row.name)),
      about: about([row.displayName, row.description, row.platform, row.domain, ...row.tags, ...row.terms, ...row.owners]),
    }));
  }

  private async columnDocuments(assetIds: readonly string[]): Promise<Document[]> {
    const rows = await this.database.query<ColumnText>(
      `SELECT c.asset_id AS "assetId", c.path, a.name AS "assetName", c.description, c.tags, c.terms
       FROM asset_column c JOIN asset a ON a.id = c.asset_id WHERE c.asset_id = ANY($1::uuid[])`,
      [assetIds],
    );
    return rows.map((row) => ({
      asset_id: row.assetId,
      column_path: row.path,
      kind: 'COLUMN',
      folded_name: bounded(foldName(row.path)),
      folded_path: bounded(foldName(`${row.assetName} ${row.path}`)),
      about: about([row.description, ...row.tags, ...row.terms]),
    }));
  }
}

const COLUMN_JOIN = 'LEFT JOIN asset_column c ON c.asset_id = d.asset_id AND c.path = d.column_path';

/** The same order at every call. */
const ORDER = 'length(d.folded_name), d.folded_path, d.asset_id, d.column_path';

function toHit(row: RankedRow): SearchHitRow {
  return { assetId: row.assetId, columnPath: row.columnPath, tier: TIERS[row.tier] ?? 'TEXT' };
}

/** A B-tree entry holds at most 2,704 bytes, a text-search word 2,046. */
function bounded(text: string): string {
  return text.slice(0, 600);
}

function about(parts: readonly (string | null)[]): string {
  return parts
    .flatMap((part) => (part === null ? [] : [part, foldName(part)]))
    .join(' ')
    .slice(0, 20_000);
}
