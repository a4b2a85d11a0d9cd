import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import type { AssembledAsset } from './assemble.js';
import { FactHistoryRepository } from './fact-history.repository.js';
import { DESCRIBERS, hasHistory, type AssetWords, type FactInput, type StoredFact } from './fact.js';
import type { Standing } from './presence.js';
import { firstOf, registersOf } from './registers.js';

/**
 * Facets are never assembled: of them it counts only whether they are there. `late` are the places in the list of words that
 * came after a newer one and say something else, or the same from an earlier time on.
 */
const PUT_SQL = `WITH said AS (
    SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::jsonb[], $6::timestamptz[], $7::text[], $8::bytea[], $9::timestamptz[])
      WITH ORDINALITY AS t(asset_id, column_path, attribute, source_key, value, asserted_at, asserted_by, value_hash, first_said, place)),
  before AS (
    SELECT asset_id, column_path, attribute, source_key, f.value IS NULL AS is_withdrawn, f.value_hash,
           CASE WHEN (said.asserted_at, said.value_hash) < (f.asserted_at, f.value_hash)
             AND (said.value_hash <> f.value_hash
               OR coalesce(said.first_said, said.asserted_at) < coalesce(f.first_said, f.asserted_at))
             THEN said.place END AS late
    FROM said JOIN fact f USING (asset_id, column_path, attribute, source_key)),
  written AS (
    INSERT INTO fact (asset_id, column_path, attribute, source_key, value, asserted_at, asserted_by, value_hash, first_said)
    SELECT asset_id, column_path, attribute, source_key, value, asserted_at, asserted_by, value_hash, first_said FROM said
    ON CONFLICT ON CONSTRAINT fact_pkey DO UPDATE
    SET value = excluded.value, asserted_at = excluded.asserted_at, asserted_by = excluded.asserted_by,
        value_hash = excluded.value_hash, first_said = CASE WHEN fact.value_hash = excluded.value_hash
          THEN least(fact.first_said, fact.asserted_at, excluded.first_said) ELSE excluded.first_said END
    WHERE (excluded.asserted_at, excluded.value_hash) > (fact.asserted_at, fact.value_hash)
    RETURNING asset_id, column_path, attribute, source_key, value IS NULL AS is_withdrawn, value_hash),
  touched AS (
    SELECT w.asset_id, array_agg(DISTINCT w.source_key) AS sources,
           bool_or(b.value_hash IS NULL OR b.is_withdrawn <> w.is_withdrawn
                   OR (b.value_hash <> w.value_hash AND w.attribute NOT LIKE 'facet:%')) AS is_changed
    FROM written w LEFT JOIN before b USING (asset_id, column_path, attribute, source_key) GROUP BY w.asset_id)
  SELECT t.asset_id AS id, NULL::int AS late FROM touched t
  WHERE t.is_changed
    OR EXISTS (SELECT FROM asset a WHERE a.id = t.asset_id AND a.merged_into IS NOT NULL)
    OR EXISTS (SELECT FROM asset a WHERE a.merged_into = t.asset_id)
    OR EXISTS (
      SELECT FROM fact f JOIN source theirs ON theirs.key = f.source_key
      JOIN source ours ON ours.key = ANY(t.sources) AND ours.rank = theirs.rank AND ours.key <> theirs.key
      WHERE f.asset_id = t.asset_id)
  UNION ALL SELECT NULL, late::int FROM before WHERE late IS NOT NULL`;

@Injectable()
export class FactRepository {
  constructor(
    private readonly database: Database,
    private readonly history: FactHistoryRepository,
  ) {}

  async ensureSource(key: string, kind: string, rank: number): Promise<void> {
    await this.database.query('INSERT INTO source VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [key, kind, rank]);
  }

  /**
   * Registers: the newest word stays, and of equally new ones the one with the greater hash, in whatever order they come.
   * @returns ids of the assets whose view may be another now. A word that is only repeated moves its time, and that
   * decides nothing unless a source of the same rank, or another name of the asset, has a word as well.
   */
  async put(facts: readonly FactInput[]): Promise<string[]> {
    const registers = registersOf(facts);
    if (registers.length === 0) return [];
    const newest = registers.map((register) => register.newest);
    const rows = await this.database.query<{ id: string | null; late: number | null }>(PUT_SQL, [
      newest.map(({ fact }) => fact.assetId),
      newest.map(({ fact }) => fact.columnPath),
      newest.map(({ fact }) => fact.attribute),
      newest.map(({ fact }) => fact.sourceKey),
      newest.map(({ fact }) => (fact.value === null ? null : JSON.stringify(fact.value))),
      newest.map(({ fact }) => fact.assertedAt.toISOString()),
      newest.map(({ fact }) => fact.assertedBy),
      newest.map(({ hash }) => hash),
      newest.map(({ fact, firstAt }) => (firstAt < fact.assertedAt ? firstAt.toISOString() : null)),
    ]);
    const late = new Set(rows.map((row) => row.late));
    const earlier = registers.flatMap(({ sayings, newest }, at) => {
      if (late.has(at + 1)) return sayings;
      // The newest is kept by the row of the fact itself. But where other words lie before it, that row may have joined it
      // with an equal one before them: then it takes its own beginning to know where they end.
      return sayings.length > 1 ? [...sayings.slice(0, -1), firstOf(newest)] : [];
    });
    await this.history.keep(earlier.filter(({ fact }) => hasHistory(fact.attribute)));
    return rows.flatMap(({ id }) => id ?? []);
  }

  async findValue(assetId: string, columnPath: string, attribute: string, sourceKey: string): Promise<unknown> {
    const row = await this.database.queryOne<{ value: unknown }>(
      'SELECT value FROM fact WHERE asset_id = $1 AND column_path = $2 AND attribute = $3 AND source_key = $4',
      [assetId, columnPath, attribute, sourceKey],
    );
    return row?.value ?? null;
  }

  /** Two people who edit one asset at once take turns. */
  async lock(assetId: string): Promise<void> {
    await this.database.query('SELECT 1 FROM asset WHERE id = $1 FOR UPDATE', [assetId]);
  }

  /**
   * The assets, and those that stand for them, with the facts that each is assembled from. Locks them, so that two
   * writers cannot assemble one asset from different facts at once.
   */
  async listLocked(assetIds: readonly string[]): Promise<Map<string, AssetWords>> {
    const assets = await this.database.query<{ id: string; hash: string | null }>(
      `SELECT id, encode(content_hash, 'hex') AS hash FROM asset
       WHERE id = ANY($1::uuid[] || ARRAY(
         SELECT merged_into FROM asset WHERE id = ANY($1::uuid[]) AND merged_into IS NOT NULL))
       ORDER BY id FOR UPDATE`,
      [assetIds],
    );
    return this.wordsOf(assets);
  }

  /** As `listLocked`, for who only looks. */
  async listWords(assetIds: readonly string[]): Promise<Map<string, AssetWords>> {
    return this.wordsOf(assetIds.map((id) => ({ id, hash: null })));
  }

  private async wordsOf(assets: readonly { id: string; hash: string | null }[]): Promise<Map<string, AssetWords>> {
    const groups = new Map(
      assets.map(({ id, hash }): [string, AssetWords] => [id, { hash, facts: [], standings: [] }]),
    );
    // Facets and physical facts are kept for reading, never assembled: leaving them out keeps large ones out of memory.
    const facts = await this.database.query<StoredFact>(
      `SELECT coalesce(a.merged_into, a.id) AS "assetId", f.column_path AS "columnPath", f.attribute, f.source_key AS "sourceKey", s.rank,
              CASE WHEN (f.attribute LIKE 'facet:%' OR f.attribute LIKE 'physical:%') AND f.value IS NOT NULL THEN 'true'::jsonb ELSE f.value END AS value,
              f.asserted_at AS "assertedAt", f.asserted_by AS "assertedBy",
              coalesce(r.state = 'REMOVED' OR (r.state = 'MISSING' AND s.kind = ANY($2::text[])), false) AS "isFromRemoved"
       FROM asset a JOIN fact f ON f.asset_id = a.id JOIN source s ON s.key = f.source_key
       LEFT JOIN source_record r ON r.asset_id = f.asset_id AND r.source_key = f.source_key
       WHERE a.merged_into = ANY($1::uuid[]) OR (a.merged_into IS NULL AND a.id = ANY($1::uuid[]))
       ORDER BY (a.merged_into IS NOT NULL), a.kind, a.namespace, a.name, f.column_path, f.attribute`,
      [assets.map(({ id }) => id), DESCRIBERS],
    );
    for (const fact of facts) groups.get(fact.assetId)?.facts.push(fact);
    for (const { assetId, ...standing } of await this.listStandings(assets.map(({ id }) => id)))
      groups.get(assetId)?.standings.push(standing);
    return groups;
  }

  private async listStandings(assetIds: readonly string[]): Promise<(Standing & { readonly assetId: string })[]> {
    return this.database.query(
      `SELECT coalesce(a.merged_into, a.id) AS "assetId", r.state, r.state_since AS since, s.kind = ANY($2::text[]) AS "isDescription"
       FROM asset a JOIN source_record r ON r.asset_id = a.id JOIN source s ON s.key = r.source_key
       WHERE a.merged_into = ANY($1::uuid[]) OR (a.merged_into IS NULL AND a.id = ANY($1::uuid[]))`,
      [assetIds, DESCRIBERS],
    );
  }

  async publish(assets: readonly { id: string; hash: Buffer; view: AssembledAsset }[]): Promise<void> {
    const rows = assets.map(({ id, hash, view }) => ({
      id,
      hash: hash.toString('hex'),
      ...view,
      columns: undefined,
    }));
    await this.database.query(
      `UPDATE asset a SET display_name = v."displayName", description = v.description, platform = v.platform,
         subtype = v.subtype, domain = v.domain, sensitivity = v.sensitivity, lifecycle = v.lifecycle, tags = v.tags,
         terms = v.terms, owners = v.owners, synonyms = v.synonyms, data_products = v."dataProducts", provenance = v.provenance,
         lifecycle_note = v."lifecycleNote", successor = v.successor, certification_level = v."certificationLevel",
         certified_until = v."certifiedUntil", certification_note = v."certificationNote",
         is_placeholder = v."isPlaceholder", presence = v.presence, presence_since = v."presenceSince",
         content_hash = decode(v.hash, 'hex'), updated_at = now()
       FROM jsonb_to_recordset($1::jsonb) AS v(id uuid, hash text, "displayName" text, description text, platform text,
         subtype text, domain text, sensitivity smallint, lifecycle text, tags text[], terms text[], owners text[],
         synonyms text[], "dataProducts" text[], provenance jsonb, "isPlaceholder" boolean,
         presence text, "presenceSince" timestamptz, "lifecycleNote" text, successor text, "certificationLevel" smallint,
         "certifiedUntil" timestamptz, "certificationNote" text)
       WHERE a.id = v.id`,
      [JSON.stringify(rows)],
    );
    await this.publishColumns(assets);
  }

  private async publishColumns(assets: readonly { id: string; view: AssembledAsset }[]): Promise<void> {
    const columns = assets.flatMap(({ id, view }) => view.columns.map((column) => ({ assetId: id, ...column })));
    await this.database.query('DELETE FROM asset_column WHERE asset_id = ANY($1::uuid[])', [
      assets.map(({ id }) => id),
    ]);
    await this.database.query(
      `INSERT INTO asset_column (asset_id, path, ordinal, data_type, description, sensitivity, tags, terms, provenance)
       SELECT v."assetId", v.path, v.ordinal, v."dataType", v.description, v.sensitivity, v.tags, v.terms, v.provenance
       FROM jsonb_to_recordset($1::jsonb) AS v("assetId" uuid, path text, ordinal int, "dataType" text, description text,
         sensitivity smallint, tags text[], terms text[], provenance jsonb)`,
      [JSON.stringify(columns)],
    );
  }
}
