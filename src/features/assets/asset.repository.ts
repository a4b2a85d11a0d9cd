import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { PageRequest } from '../../core/page.js';
import { Database } from '../../platform/database/database.js';
import { ASSET_ROW_SQL, COLUMN_ROW_SQL, type AssetKey, type AssetRow, type ColumnRow } from './asset.js';
import { canonicalKey } from './canonical-key.js';
import type { RecordState } from './presence.js';
import type { AssetFilter } from './asset-filter.js';
import { filterSql } from './asset-filter.js';

/** A boolean SQL expression over alias `a` (and `c` for columns) with its parameters. */
export interface SqlCondition {
  readonly sql: string;
  readonly params: readonly unknown[];
}

/** Facets as they are folded: the newest word of each name. */
export type FoldedFacets = Readonly<Record<string, { readonly value: unknown; readonly at: string }>>;

export interface RunRow {
  readonly id: string;
  readonly jobId: string;
  readonly externalId: string;
  readonly state: string;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  readonly lastEventAt: Date;
  readonly body: { readonly facets?: FoldedFacets };
  /** Sort key: start, or the last event when no START was seen; microseconds as text. */
  readonly orderedAt: string;
}

/** One source that lists an asset, under whatever name. */
export interface SourceRecordView {
  readonly assetId: string;
  readonly source: string;
  readonly state: RecordState;
  readonly since: Date | null;
  readonly firstSeenAt: Date;
  readonly lastSeenAt: Date;
}

/** SELECT list that makes a RunRow from alias `run`. */
export const RUN_ROW_SQL = `run.id, run.job_id AS "jobId", run.external_id AS "externalId", run.state,
  run.started_at AS "startedAt", run.ended_at AS "endedAt", run.last_event_at AS "lastEventAt", run.body,
  coalesce(run.started_at, run.last_event_at)::text AS "orderedAt"`;

@Injectable()
export class AssetRepository {
  constructor(private readonly database: Database) {}

  /** By its own id, or that of another name of it. */
  async findById(id: string, visible: (first: number) => SqlCondition): Promise<AssetRow | null> {
    const policy = visible(2);
    return this.database.queryOne<AssetRow>(
      `SELECT ${ASSET_ROW_SQL} FROM asset a
       WHERE a.id = (SELECT coalesce(k.merged_into, k.id) FROM asset k WHERE k.id = $1::uuid) AND (${policy.sql})`,
      [id, ...policy.params],
    );
  }

  /** By any of its names. `visible(n)` gives the policy with its first parameter at `$n`. */
  async findByKey(key: AssetKey, visible: (first: number) => SqlCondition): Promise<AssetRow | null> {
    const policy = visible(4);
    return this.database.queryOne<AssetRow>(
      `SELECT ${ASSET_ROW_SQL} FROM asset a
       WHERE a.id = (SELECT coalesce(k.merged_into, k.id) FROM asset k WHERE k.kind = $1 AND k.namespace = $2 AND k.name = $3)
         AND (${policy.sql})`,
      [key.kind, key.namespace, key.name, ...policy.params],
    );
  }

  /** What stands for each of the keys, with the `keyText` that was asked for. */
  async listByKeys(
    keys: readonly AssetKey[],
    visible: (first: number) => SqlCondition,
  ): Promise<(AssetRow & { readonly askedKey: string })[]> {
    const policy = visible(5);
    return this.database.query(
      `SELECT t.asked AS "askedKey", ${ASSET_ROW_SQL}
       FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS t(kind, namespace, name, asked)
       JOIN asset k ON k.kind = t.kind AND k.namespace = t.namespace AND k.name = t.name
       JOIN asset a ON a.id = coalesce(k.merged_into, k.id)
       WHERE (${policy.sql})`,
      [
        keys.map(({ kind }) => kind),
        keys.map(({ namespace }) => namespace),
        keys.map(({ name }) => name),
        keys.map(keyText),
        ...policy.params,
      ],
    );
  }

  /** As `listByKeys`, by the key's place; of a dataset also what is only spelled alike, and then not exact. */
  async listSpelled(
    keys: readonly AssetKey[],
    visible: (first: number) => SqlCondition,
  ): Promise<(AssetRow & { readonly place: number; readonly isExact: boolean })[]> {
    const policy = visible(6);
    const canonical = keys.map(canonicalKey);
    return this.database.query(
      `WITH asked AS (
         SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[]) WITH ORDINALITY
           AS t(kind, namespace, name, canonical_namespace, canonical_name, place)),
       found AS (
         SELECT t.place, coalesce(k.merged_into, k.id) AS id, true AS "isExact"
         FROM asked t JOIN asset k ON k.kind = t.kind AND k.namespace = t.namespace AND k.name = t.name
         UNION ALL
         SELECT t.place, coalesce(k.merged_into, k.id), false
         FROM asked t JOIN asset k ON k.canonical_namespace = t.canonical_namespace AND k.canonical_name = t.canonical_name
           AND k.kind = t.kind)
       SELECT f.place::int - 1 AS place, bool_or(f."isExact") AS "isExact", ${ASSET_ROW_SQL}
       FROM found f JOIN asset a ON a.id = f.id WHERE (${policy.sql}) GROUP BY f.place, a.id ORDER BY f.place, a.namespace, a.name`,
      [
        keys.map(({ kind }) => kind),
        keys.map(({ namespace }) => namespace),
        keys.map(({ name }) => name),
        canonical.map((key) => key?.namespace ?? null),
        canonical.map((key) => key?.name ?? null),
        ...policy.params,
      ],
    );
  }

  /** What people may mean by names alone, other names of assets included. */
  async listByNames(
    names: readonly string[],
    visible: (first: number) => SqlCondition,
  ): Promise<(AssetRow & { readonly said: string })[]> {
    const policy = visible(2);
    return this.database.query(
      `SELECT DISTINCT ON (k.name, a.id) k.name AS said, ${ASSET_ROW_SQL}
       FROM asset k JOIN asset a ON a.id = coalesce(k.merged_into, k.id)
       WHERE k.name = ANY($1::text[]) AND (${policy.sql}) ORDER BY k.name, a.id`,
      [names, ...policy.params],
    );
  }

  /** By what another catalog calls it. Where several go by that name: the first visible one in key order. */
  async findByExternalRef(ref: string, visible: (first: number) => SqlCondition): Promise<AssetRow | null> {
    const policy = visible(2);
    return this.database.queryOne<AssetRow>(
      `SELECT ${ASSET_ROW_SQL} FROM asset a
       WHERE a.id IN (SELECT coalesce(k.merged_into, k.id) FROM fact f JOIN asset k ON k.id = f.asset_id
                      WHERE f.attribute LIKE 'externalRef:%' AND f.attribute = 'externalRef:' || $1 AND f.value IS NOT NULL)
         AND (${policy.sql})
       ORDER BY a.kind, a.namespace, a.name LIMIT 1`,
      [ref, ...policy.params],
    );
  }

  async listByIds(ids: readonly string[], visible: (first: number) => SqlCondition): Promise<AssetRow[]> {
    const policy = visible(2);
    return this.database.query<AssetRow>(
      `SELECT ${ASSET_ROW_SQL} FROM asset a WHERE a.id = ANY($1::uuid[]) AND (${policy.sql})`,
      [ids, ...policy.params],
    );
  }

  /** In (name, id) order; one more than asked, so that the caller sees whether there is a next page. */
  async list(
    filter: AssetFilter,
    page: PageRequest,
    after: readonly [string, string] | null,
    visible: (first: number) => SqlCondition,
  ): Promise<AssetRow[]> {
    const narrowed = filterSql(filter, 1);
    const policy = visible(narrowed.params.length + 1);
    const params: unknown[] = [...narrowed.params, ...policy.params];
    const next = params.length + 1;
    const start = after ? `AND (a.name, a.id) > ($${next}, $${next + 1}::uuid)` : '';
    if (after) params.push(...after);
    return this.database.query<AssetRow>(
      `SELECT ${ASSET_ROW_SQL} FROM asset a WHERE NOT a.is_placeholder AND (${narrowed.sql}) AND (${policy.sql}) ${start}
       ORDER BY a.name, a.id LIMIT ${page.first + 1}`,
      params,
    );
  }

  async count(filter: AssetFilter, visible: (first: number) => SqlCondition): Promise<number> {
    const narrowed = filterSql(filter, 1);
    const policy = visible(narrowed.params.length + 1);
    const row = await this.database.queryOne<{ count: number }>(
      `SELECT count(*)::int AS count FROM asset a WHERE NOT a.is_placeholder AND (${narrowed.sql}) AND (${policy.sql})`,
      [...narrowed.params, ...policy.params],
    );
    return row?.count ?? 0;
  }

  async listColumns(assetIds: readonly string[], visible: (first: number) => SqlCondition): Promise<ColumnRow[]> {
    const policy = visible(2);
    return this.database.query<ColumnRow>(
      `SELECT ${COLUMN_ROW_SQL} FROM asset_column c JOIN asset a ON a.id = c.asset_id
       WHERE c.asset_id = ANY($1::uuid[]) AND (${policy.sql}) ORDER BY c.asset_id, c.ordinal`,
      [assetIds, ...policy.params],
    );
  }

  /** What each source says of the assets' standing, for assets the caller has already been shown. */
  async listSources(assetIds: readonly string[]): Promise<SourceRecordView[]> {
    return this.database.query<SourceRecordView>(
      `SELECT coalesce(a.merged_into, a.id) AS "assetId", r.source_key AS source, min(r.first_seen_at) AS "firstSeenAt",
              max(r.last_seen_at) AS "lastSeenAt", (array_agg(r.state ORDER BY r.last_seen_at DESC))[1] AS state,
              (array_agg(r.state_since ORDER BY r.last_seen_at DESC))[1] AS since
       FROM asset a JOIN source_record r ON r.asset_id = a.id
       WHERE a.merged_into = ANY($1::uuid[]) OR (a.merged_into IS NULL AND a.id = ANY($1::uuid[]))
       GROUP BY 1, 2 ORDER BY 1, 2`,
      [assetIds],
    );
  }

  /** Ids after the given one, in id order. */
  async listIds(after: string, limit: number): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(
      `SELECT id FROM asset WHERE id > $1::uuid ORDER BY id LIMIT ${limit}`,
      [after],
    );
    return rows.map(({ id }) => id);
  }

  /** Of each job its newest first, one more than `first`. */
  async listRuns(jobIds: readonly string[], first: number, after: readonly [string, string] | null): Promise<RunRow[]> {
    const start = after ? 'AND (coalesce(started_at, last_event_at), id) < ($2::timestamptz, $3::uuid)' : '';
    return this.database.query<RunRow>(
      `SELECT r.* FROM unnest($1::uuid[]) AS job(id) CROSS JOIN LATERAL (
         SELECT ${RUN_ROW_SQL} FROM run WHERE job_id = job.id ${start}
         ORDER BY coalesce(started_at, last_event_at) DESC, id DESC LIMIT ${first + 1}) r
       ORDER BY r."jobId", r."orderedAt"::timestamptz DESC, r.id DESC`,
      [jobIds, ...(after ?? [])],
    );
  }

  /** Ids of the given keys; assets nobody knew are made as placeholders. Says which were made. */
  async resolve(keys: readonly AssetKey[]): Promise<{ ids: Map<string, string>; created: string[] }> {
    // Nearly all are known: looking first spares the index a write attempt for each.
    const known = await this.listKeys(keys);
    const ids = new Map(known.map((row) => [keyText(row), row.id]));
    const unknown = keys.filter((key) => !ids.has(keyText(key)));
    if (unknown.length === 0) return { ids, created: [] };
    const created = await this.create(unknown);
    // Those that another writer made meanwhile are there by now.
    for (const row of await this.listKeys(unknown)) ids.set(keyText(row), row.id);
    return { ids, created };
  }

  private async listKeys(keys: readonly AssetKey[]): Promise<(AssetKey & { readonly id: string })[]> {
    return this.database.query(
      `SELECT a.id, a.kind, a.namespace, a.name
       FROM unnest($1::text[], $2::text[], $3::text[]) AS t(kind, namespace, name)
       JOIN asset a ON a.kind = t.kind AND a.namespace = t.namespace AND a.name = t.name`,
      keyArrays(keys),
    );
  }

  private async create(keys: readonly AssetKey[]): Promise<string[]> {
    const canonical = keys.map(canonicalKey);
    const rows = await this.database.query<{ id: string }>(
      `INSERT INTO asset (id, kind, namespace, name, canonical_namespace, canonical_name)
       SELECT id, kind, namespace, name, canonical_namespace, canonical_name
       FROM unnest($4::uuid[], $1::text[], $2::text[], $3::text[], $5::text[], $6::text[])
         AS t(id, kind, namespace, name, canonical_namespace, canonical_name)
       ORDER BY kind, namespace, name
       ON CONFLICT ON CONSTRAINT asset_natural_key DO NOTHING RETURNING id`,
      [
        ...keyArrays(keys),
        keys.map(() => uuidv7()),
        canonical.map((key) => key?.namespace ?? null),
        canonical.map((key) => key?.name ?? null),
      ],
    );
    return rows.map(({ id }) => id);
  }
}

function keyArrays(keys: readonly AssetKey[]): [string[], string[], string[]] {
  return [keys.map((key) => key.kind), keys.map((key) => key.namespace), keys.map((key) => key.name)];
}

/** A text that two keys share only when they are the same. */
export function keyText(key: AssetKey): string {
  return JSON.stringify([key.kind, key.namespace, key.name]);
}
