import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { canonicalKey } from '../assets/index.js';
import type { AssetRef } from './readers/statement.js';

export interface EdgeRow {
  readonly fromId: string;
  readonly toId: string;
  readonly jobId: string | null;
}

export interface SyncKey {
  readonly sourceKey: string;
  readonly syncId: string;
}

export interface SyncOutcome extends SyncKey {
  /** What the source had in the scope of the sync. */
  readonly knownCount: number;
  /** How many of these the sync did not see. */
  readonly goneCount: number;
}

@Injectable()
export class DryRunRepository {
  constructor(private readonly database: Database) {}

  /** Assets that are mentioned, and those this transaction has changed; names that stand for others are not among them. */
  async listTouched(refs: readonly AssetRef[]): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(
      `SELECT a.id FROM asset a WHERE a.merged_into IS NULL AND (a.updated_at = now() OR a.created_at = now())
       UNION SELECT coalesce(a.merged_into, a.id) FROM unnest($1::text[], $2::text[], $3::text[]) AS t(kind, namespace, name)
       JOIN asset a ON a.kind = t.kind AND a.namespace = t.namespace AND a.name = t.name`,
      [refs.map(({ kind }) => kind), refs.map(({ namespace }) => namespace), refs.map(({ name }) => name)],
    );
    return rows.map(({ id }) => id);
  }

  /** What each name stands for. */
  async listBound(refs: readonly AssetRef[]): Promise<(AssetRef & { readonly assetId: string })[]> {
    return this.database.query(
      `SELECT t.kind, t.namespace, t.name, coalesce(a.merged_into, a.id) AS "assetId"
       FROM unnest($1::text[], $2::text[], $3::text[]) AS t(kind, namespace, name)
       JOIN asset a ON a.kind = t.kind AND a.namespace = t.namespace AND a.name = t.name`,
      [refs.map(({ kind }) => kind), refs.map(({ namespace }) => namespace), refs.map(({ name }) => name)],
    );
  }

  /**
   * Every name by which the messages could be bound to something: the same, spelled otherwise, or in a store that is not
   * named (as AliasRepository.listSpellings and listSameNames find them). With the id of what stands for it.
   */
  async listNamed(refs: readonly AssetRef[]): Promise<{ readonly id: string; readonly assetId: string }[]> {
    const canonical = refs.flatMap((ref) => canonicalKey(ref) ?? []);
    return this.database.query(
      `SELECT a.id, coalesce(a.merged_into, a.id) AS "assetId" FROM unnest($1::text[], $2::text[], $3::text[]) AS t(kind, namespace, name)
       JOIN asset a ON a.kind = t.kind AND a.namespace = t.namespace AND a.name = t.name
       UNION SELECT a.id, coalesce(a.merged_into, a.id) FROM unnest($4::text[], $5::text[]) AS t(namespace, name)
       JOIN asset a ON a.canonical_name = t.name AND (a.canonical_namespace = t.namespace
         OR a.canonical_namespace = split_part(t.namespace, '://', 1) OR starts_with(a.canonical_namespace, t.namespace || '://'))`,
      [
        refs.map(({ kind }) => kind),
        refs.map(({ namespace }) => namespace),
        refs.map(({ name }) => name),
        canonical.map(({ namespace }) => namespace),
        canonical.map(({ name }) => name),
      ],
    );
  }

  /** As if nobody had ever named or listed these; undone with the transaction. */
  async setAside(ids: readonly string[]): Promise<void> {
    await this.database.query('DELETE FROM source_record WHERE asset_id = ANY($1::uuid[])', [ids]);
    await this.database.query(
      `UPDATE asset SET name = 'set aside ' || id, canonical_namespace = NULL, canonical_name = NULL WHERE id = ANY($1::uuid[])`,
      [ids],
    );
  }

  /** Flows that begin at, end at or pass through one of the assets. */
  async listEdges(assetIds: readonly string[]): Promise<EdgeRow[]> {
    return this.database.query<EdgeRow>(
      `SELECT DISTINCT i.asset_id AS "fromId", o.asset_id AS "toId", i.job_id AS "jobId"
       FROM lineage_edge near JOIN lineage_edge i ON i.port = near.port AND i.direction = 'I'
       JOIN lineage_edge o ON o.port = near.port AND o.direction = 'O'
       WHERE near.asset_id = ANY($1::uuid[]) OR near.job_id = ANY($1::uuid[])`,
      [assetIds],
    );
  }

  async listHeld(syncs: readonly SyncKey[]): Promise<SyncOutcome[]> {
    return this.database.query<SyncOutcome>(
      `SELECT s.source_key AS "sourceKey", s.sync_id AS "syncId", s.known_count AS "knownCount", s.gone_count AS "goneCount"
       FROM unnest($1::text[], $2::text[]) AS t(source_key, sync_id)
       JOIN source_sync s ON s.source_key = t.source_key AND s.sync_id = t.sync_id AND s.state = 'HELD'`,
      [syncs.map(({ sourceKey }) => sourceKey), syncs.map(({ syncId }) => syncId)],
    );
  }
}
