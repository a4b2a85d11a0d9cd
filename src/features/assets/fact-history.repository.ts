import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { DESCRIBERS, type AssetWords, type StoredFact } from './fact.js';
import type { Standing } from './presence.js';
import type { Saying } from './registers.js';

/** A saying counts from its time until the next one of its register; one that the saying before it says as well adds nothing. */
const KEEP_SQL = `WITH p AS (
    SELECT u.*, lag(said_at) OVER register AS before_at, lag(value_hash) OVER register AS before_hash
    FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::bytea[], $7::jsonb[], $8::text[])
      AS u(asset_id, column_path, attribute, source_key, said_at, value_hash, value, asserted_by)
    WINDOW register AS (PARTITION BY asset_id, column_path, attribute, source_key ORDER BY said_at, value_hash))
  INSERT INTO fact_history (asset_id, column_path, attribute, source_key, said_at, value_hash, value, asserted_by)
  SELECT p.asset_id, p.column_path, p.attribute, p.source_key, p.said_at, p.value_hash, p.value, p.asserted_by FROM p
  WHERE p.value_hash IS DISTINCT FROM (
    SELECT s.value_hash FROM (
      SELECT f.asserted_at AS said_at, f.value_hash FROM fact f WHERE (f.asset_id, f.column_path, f.attribute, f.source_key)
        = (p.asset_id, p.column_path, p.attribute, p.source_key)
      UNION ALL
      SELECT f.first_said, f.value_hash FROM fact f WHERE (f.asset_id, f.column_path, f.attribute, f.source_key)
        = (p.asset_id, p.column_path, p.attribute, p.source_key)
      UNION ALL
      SELECT h.said_at, h.value_hash FROM fact_history h WHERE (h.asset_id, h.column_path, h.attribute, h.source_key)
        = (p.asset_id, p.column_path, p.attribute, p.source_key)
      UNION ALL SELECT p.before_at, p.before_hash) s
    WHERE s.said_at <= p.said_at ORDER BY s.said_at DESC, s.value_hash DESC LIMIT 1)
  ON CONFLICT DO NOTHING`;

const WORDS_SQL = `WITH name AS (
    SELECT a.id, coalesce(a.merged_into, a.id) AS shown_as, a.merged_into IS NOT NULL AS is_other, a.kind, a.namespace, a.name
    FROM asset a WHERE a.merged_into = ANY($1::uuid[]) OR (a.merged_into IS NULL AND a.id = ANY($1::uuid[]))),
  saying AS (
    SELECT f.asset_id, f.column_path, f.attribute, f.source_key, t.said_at, f.value_hash, f.value, f.asserted_by
    FROM name n JOIN fact f ON f.asset_id = n.id, LATERAL (VALUES (f.first_said), (f.asserted_at)) AS t(said_at)
    UNION ALL
    SELECT h.asset_id, h.column_path, h.attribute, h.source_key, h.said_at, h.value_hash, h.value, h.asserted_by
    FROM name n JOIN fact_history h ON h.asset_id = n.id),
  word AS (
    SELECT DISTINCT ON (asset_id, column_path, attribute, source_key) * FROM saying WHERE said_at <= $2::timestamptz
    ORDER BY asset_id, column_path, attribute, source_key, said_at DESC, value_hash DESC)
  SELECT n.shown_as AS "assetId", w.column_path AS "columnPath", w.attribute, w.source_key AS "sourceKey", s.rank,
         CASE WHEN (w.attribute LIKE 'facet:%' OR w.attribute LIKE 'physical:%') AND w.value IS NOT NULL THEN 'true'::jsonb ELSE w.value END AS value,
         w.said_at AS "assertedAt", w.asserted_by AS "assertedBy",
         coalesce(r.state_since <= $2 AND (r.state = 'REMOVED' OR (r.state = 'MISSING' AND s.kind = ANY($3::text[]))), false) AS "isFromRemoved"
  FROM word w JOIN name n ON n.id = w.asset_id JOIN source s ON s.key = w.source_key
  LEFT JOIN source_record r ON r.asset_id = w.asset_id AND r.source_key = w.source_key
  ORDER BY n.is_other, n.kind, n.namespace, n.name, w.column_path, w.attribute`;

/** What sources said before what they say now (migrations/0061). */
@Injectable()
export class FactHistoryRepository {
  constructor(private readonly database: Database) {}

  /** When each of the words was said first and last, as far as that is not known. */
  async keep(words: readonly Saying[]): Promise<void> {
    const sayings = words.flatMap(({ fact, hash, firstAt }) => {
      const last = { fact, hash, at: fact.assertedAt };
      return firstAt < fact.assertedAt ? [{ ...last, at: firstAt }, last] : [last];
    });
    if (sayings.length === 0) return;
    await this.database.query(KEEP_SQL, [
      sayings.map(({ fact }) => fact.assetId),
      sayings.map(({ fact }) => fact.columnPath),
      sayings.map(({ fact }) => fact.attribute),
      sayings.map(({ fact }) => fact.sourceKey),
      sayings.map(({ at }) => at.toISOString()),
      sayings.map(({ hash }) => hash),
      sayings.map(({ fact }) => (fact.value === null ? null : JSON.stringify(fact.value))),
      sayings.map(({ fact }) => fact.assertedBy),
    ]);
  }

  /** What the assets were assembled from at that time; two statements. Names that stand for others, and ranks, are today's. */
  async listWordsAt(assetIds: readonly string[], at: Date): Promise<Map<string, AssetWords>> {
    const groups = new Map(assetIds.map((id): [string, AssetWords] => [id, { hash: null, facts: [], standings: [] }]));
    const facts = await this.database.query<StoredFact>(WORDS_SQL, [assetIds, at, DESCRIBERS]);
    for (const fact of facts) groups.get(fact.assetId)?.facts.push(fact);
    const standings = await this.database.query<Standing & { readonly assetId: string }>(
      `SELECT coalesce(a.merged_into, a.id) AS "assetId", s.kind = ANY($3::text[]) AS "isDescription",
              CASE WHEN r.state_since <= $2::timestamptz THEN r.state ELSE 'PRESENT' END AS state,
              CASE WHEN r.state_since <= $2::timestamptz THEN r.state_since END AS since
       FROM asset a JOIN source_record r ON r.asset_id = a.id JOIN source s ON s.key = r.source_key
       WHERE (a.merged_into = ANY($1::uuid[]) OR (a.merged_into IS NULL AND a.id = ANY($1::uuid[])))
         AND r.first_seen_at <= $2::timestamptz`,
      [assetIds, at, DESCRIBERS],
    );
    for (const { assetId, ...standing } of standings) groups.get(assetId)?.standings.push(standing);
    return groups;
  }
}
