import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import type { AssetKey, AssetKind } from './asset.js';

export type AliasOrigin = 'SPELLING' | 'SYMLINK' | 'RENAME' | 'SAME_NAME' | 'PERSON';
export type AliasState = 'ACTIVE' | 'PROPOSED' | 'ENDED';

export interface AliasRow {
  readonly assetId: string;
  readonly aliasId: string;
  readonly origin: AliasOrigin;
  readonly state: AliasState;
  /** Handle of the person who decided; null while only machines spoke. */
  readonly decidedBy: string | null;
  readonly lastSaidAt: Date;
}

export interface AliasSaid {
  readonly assetId: string;
  readonly aliasId: string;
  readonly origin: AliasOrigin;
  readonly at: Date;
}

export interface NameRow extends AssetKey {
  readonly id: string;
  readonly mergedInto: string | null;
  readonly canonicalNamespace: string | null;
  readonly canonicalName: string | null;
  readonly isDescribed: boolean;
}

/** Another name of an asset, as readers see it. */
export interface AliasView extends AssetKey {
  readonly assetId: string;
  readonly origins: readonly AliasOrigin[];
  readonly since: Date;
}

export interface ProposalRow {
  readonly assetId: string;
  readonly aliasId: string;
  readonly origin: AliasOrigin;
  readonly since: Date;
}

/** Any fixed number: names are bound by one transaction at a time, so that two cannot point at each other. */
const IDENTITY_LOCK = 7_201_005;

const NAME_SQL = `a.id, a.kind, a.namespace, a.name, a.merged_into AS "mergedInto",
  a.canonical_namespace AS "canonicalNamespace", a.canonical_name AS "canonicalName",
  EXISTS (SELECT FROM fact f WHERE f.asset_id = a.id AND f.column_path = '' AND f.value IS NOT NULL) AS "isDescribed"`;

const ALIAS_SQL = `asset_id AS "assetId", alias_id AS "aliasId", origin, state, decided_by AS "decidedBy",
  last_said_at AS "lastSaidAt"`;

@Injectable()
export class AliasRepository {
  constructor(private readonly database: Database) {}

  async lock(): Promise<void> {
    await this.database.query('SELECT pg_advisory_xact_lock($1)', [IDENTITY_LOCK]);
  }

  /** The names that share their canonical key with one of the given, and those themselves; none where nothing is shared. */
  async listSpellings(assetIds: readonly string[]): Promise<NameRow[]> {
    return this.database.query<NameRow>(
      // By id at the end: a plan over all assets looks cheaper than it is while few names have several spellings.
      `WITH spelled AS MATERIALIZED (
         SELECT o.id, count(*) OVER (PARTITION BY o.canonical_namespace, o.canonical_name) AS spellings
         FROM (SELECT DISTINCT canonical_namespace, canonical_name FROM asset
               WHERE id = ANY($1::uuid[]) AND canonical_name IS NOT NULL) AS k
         JOIN asset o ON o.canonical_namespace = k.canonical_namespace AND o.canonical_name = k.canonical_name)
       SELECT ${NAME_SQL} FROM asset a
       WHERE a.id = ANY(ARRAY(SELECT id FROM spelled WHERE spellings > 1)) ORDER BY a.id`,
      [assetIds],
    );
  }

  /**
   * Names in a store (`assetId`) and the same names in no store that is known (`aliasId`), wherever one of the two is given.
   * `stores` are the namespaces that say which kind of store and not which one.
   */
  async listSameNames(
    assetIds: readonly string[],
    stores: readonly string[],
  ): Promise<{ readonly assetId: string; readonly aliasId: string }[]> {
    return this.database.query(
      `SELECT DISTINCT placed.id AS "assetId", bare.id AS "aliasId"
       FROM asset given
       JOIN asset bare ON bare.canonical_name = given.canonical_name
         AND bare.canonical_namespace = split_part(given.canonical_namespace, '://', 1)
       JOIN asset placed ON placed.canonical_name = bare.canonical_name
         AND starts_with(placed.canonical_namespace, bare.canonical_namespace || '://')
       WHERE given.id = ANY($1::uuid[]) AND bare.canonical_namespace = ANY($2::text[])
         AND (given.id = bare.id OR given.id = placed.id)
       ORDER BY 1, 2`,
      [assetIds, stores],
    );
  }

  /** Those of the given assets that have aliases. */
  async listRelated(assetIds: readonly string[]): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(
      `SELECT id FROM unnest($1::uuid[]) AS t(id)
       WHERE EXISTS (SELECT FROM asset_alias WHERE asset_id = id) OR EXISTS (SELECT FROM asset_alias WHERE alias_id = id)`,
      [assetIds],
    );
    return rows.map(({ id }) => id);
  }

  /** Everything that aliases, ended ones too, or the present pointers connect with the given assets. */
  async listConnected(assetIds: readonly string[]): Promise<{ names: NameRow[]; aliases: AliasRow[] }> {
    const names = await this.database.query<NameRow>(
      `WITH RECURSIVE connected(id) AS (
         SELECT unnest($1::uuid[])
         UNION
         SELECT next.id FROM connected c CROSS JOIN LATERAL (
           SELECT alias_id AS id FROM asset_alias WHERE asset_id = c.id
           UNION ALL SELECT asset_id FROM asset_alias WHERE alias_id = c.id
           UNION ALL SELECT merged_into FROM asset WHERE id = c.id AND merged_into IS NOT NULL
           UNION ALL SELECT id FROM asset WHERE merged_into = c.id) next)
       SELECT ${NAME_SQL} FROM asset a JOIN connected USING (id) ORDER BY a.id`,
      [assetIds],
    );
    const aliases = await this.database.query<AliasRow>(
      `SELECT ${ALIAS_SQL} FROM asset_alias WHERE asset_id = ANY($1::uuid[]) ORDER BY asset_id, alias_id, origin`,
      [names.map(({ id }) => id)],
    );
    return { names, aliases };
  }

  /** Columns by asset and source, in lower case. */
  async listSchemas(assetIds: readonly string[]): Promise<Map<string, Map<string, Set<string>>>> {
    const rows = await this.database.query<{ assetId: string; source: string; columns: string[] }>(
      `SELECT asset_id AS "assetId", source_key AS source,
              ARRAY(SELECT lower(field ->> 'path') FROM jsonb_array_elements(value) field) AS columns
       FROM fact WHERE asset_id = ANY($1::uuid[]) AND column_path = '' AND attribute = 'schema'
         AND jsonb_typeof(value) = 'array' AND value <> '[]'`,
      [assetIds],
    );
    const byAsset = new Map<string, Map<string, Set<string>>>();
    for (const { assetId, source, columns } of rows) {
      const bySource = byAsset.get(assetId) ?? new Map<string, Set<string>>();
      byAsset.set(assetId, bySource.set(source, new Set(columns)));
    }
    return byAsset;
  }

  /** What machines say again keeps its state; times only widen, so that order and repeats change nothing. */
  async say(aliases: readonly AliasSaid[]): Promise<void> {
    await this.database.query(
      `INSERT INTO asset_alias (asset_id, alias_id, origin, state, first_said_at, last_said_at)
       SELECT asset_id, alias_id, origin, 'ACTIVE', min(at), max(at)
       FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::timestamptz[]) AS t(asset_id, alias_id, origin, at)
       GROUP BY asset_id, alias_id, origin ORDER BY asset_id, alias_id, origin
       ON CONFLICT ON CONSTRAINT asset_alias_pkey DO UPDATE
       SET first_said_at = least(asset_alias.first_said_at, excluded.first_said_at),
           last_said_at = greatest(asset_alias.last_said_at, excluded.last_said_at)`,
      [
        aliases.map((alias) => alias.assetId),
        aliases.map((alias) => alias.aliasId),
        aliases.map((alias) => alias.origin),
        aliases.map((alias) => alias.at.toISOString()),
      ],
    );
  }

  /** Of aliases that no person decided. */
  async setStates(aliases: readonly AliasRow[]): Promise<void> {
    await this.database.query(
      `UPDATE asset_alias SET state = v.state
       FROM jsonb_to_recordset($1::jsonb) AS v("assetId" uuid, "aliasId" uuid, origin text, state text)
       WHERE asset_id = v."assetId" AND alias_id = v."aliasId" AND asset_alias.origin = v.origin AND decided_by IS NULL`,
      [JSON.stringify(aliases)],
    );
  }

  async decide(
    pairs: readonly { readonly assetId: string; readonly aliasId: string; readonly origin: AliasOrigin }[],
    decision: { readonly state: AliasState; readonly by: string; readonly reason: string },
  ): Promise<void> {
    await this.database.query(
      `INSERT INTO asset_alias (asset_id, alias_id, origin, state, first_said_at, last_said_at, decided_by, decided_at, reason)
       SELECT "assetId", "aliasId", origin, $2, now(), now(), $3, now(), $4
       FROM jsonb_to_recordset($1::jsonb) AS v("assetId" uuid, "aliasId" uuid, origin text)
       ON CONFLICT ON CONSTRAINT asset_alias_pkey DO UPDATE
       SET state = excluded.state, decided_by = excluded.decided_by, decided_at = excluded.decided_at, reason = excluded.reason`,
      [JSON.stringify(pairs), decision.state, decision.by, decision.reason],
    );
  }

  async point(pointers: readonly { readonly id: string; readonly mergedInto: string | null }[]): Promise<void> {
    await this.database.query(
      `UPDATE asset SET merged_into = v."mergedInto" FROM jsonb_to_recordset($1::jsonb) AS v(id uuid, "mergedInto" uuid)
       WHERE asset.id = v.id`,
      [JSON.stringify(pointers)],
    );
  }

  /** The other names of assets. */
  async listViews(assetIds: readonly string[]): Promise<AliasView[]> {
    return this.database.query<AliasView>(
      `SELECT a.merged_into AS "assetId", a.kind, a.namespace, a.name,
              array_agg(DISTINCT l.origin ORDER BY l.origin) AS origins, min(l.first_said_at) AS since
       FROM asset a JOIN asset_alias l ON (l.alias_id = a.id OR l.asset_id = a.id) AND l.state = 'ACTIVE'
       WHERE a.merged_into = ANY($1::uuid[]) GROUP BY a.id ORDER BY a.namespace, a.name`,
      [assetIds],
    );
  }

  /** In key order; one more than asked. */
  async listProposals(first: number, after: readonly [string, string] | null): Promise<ProposalRow[]> {
    return this.database.query<ProposalRow>(
      `SELECT asset_id AS "assetId", alias_id AS "aliasId", origin, first_said_at AS since FROM asset_alias
       WHERE state = 'PROPOSED' AND ($1::uuid IS NULL OR (asset_id, alias_id) > ($1, $2::uuid))
       ORDER BY asset_id, alias_id LIMIT ${first + 1}`,
      [after?.[0] ?? null, after?.[1] ?? null],
    );
  }

  /** The name itself, not what stands for it. */
  async findName(by: { readonly id: string } | AssetKey): Promise<NameRow | null> {
    if ('id' in by)
      return this.database.queryOne<NameRow>(`SELECT ${NAME_SQL} FROM asset a WHERE a.id = $1::uuid`, [by.id]);
    const key: readonly [AssetKind, string, string] = [by.kind, by.namespace, by.name];
    return this.database.queryOne<NameRow>(
      `SELECT ${NAME_SQL} FROM asset a WHERE a.kind = $1 AND a.namespace = $2 AND a.name = $3`,
      key,
    );
  }
}
