import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import type { AssetKey } from './asset.js';

export interface PurgedName extends AssetKey {
  readonly purgedAt: Date;
}

/** Ends what was removed long ago, and remembers its names. */
@Injectable()
export class PurgeRepository {
  constructor(private readonly database: Database) {}

  /** Assets that were removed before that time, with every name that stands for them. */
  async listRemovedBefore(at: Date, limit: number): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(
      `SELECT id FROM asset WHERE presence = 'REMOVED' AND merged_into IS NULL AND presence_since < $1
       ORDER BY presence_since, id LIMIT ${limit} FOR UPDATE`,
      [at],
    );
    return rows.map(({ id }) => id);
  }

  async purge(assetIds: readonly string[]): Promise<void> {
    await this.database.query(
      `INSERT INTO asset_tombstone (asset_id, kind, namespace, name, aliases, purged_at)
       SELECT a.id, a.kind, a.namespace, a.name,
              (SELECT coalesce(jsonb_agg(jsonb_build_object('namespace', o.namespace, 'name', o.name) ORDER BY o.namespace, o.name), '[]')
               FROM asset o WHERE o.id <> a.id AND coalesce(o.merged_into, o.id) = coalesce(a.merged_into, a.id)), now()
       FROM asset a WHERE a.id = ANY($1::uuid[]) OR a.merged_into = ANY($1::uuid[])`,
      [assetIds],
    );
    await this.database.query('DELETE FROM asset WHERE id = ANY($1::uuid[]) OR merged_into = ANY($1::uuid[])', [
      assetIds,
    ]);
  }

  /** The latest purge of each of the names that ever was. */
  async listPurged(keys: readonly AssetKey[]): Promise<PurgedName[]> {
    if (keys.length === 0) return [];
    return this.database.query<PurgedName>(
      `SELECT t.kind, t.namespace, t.name, max(t.purged_at) AS "purgedAt"
       FROM unnest($1::text[], $2::text[], $3::text[]) AS k(kind, namespace, name)
       JOIN asset_tombstone t ON t.kind = k.kind AND t.namespace = k.namespace AND t.name = k.name
       GROUP BY t.kind, t.namespace, t.name`,
      [keys.map(({ kind }) => kind), keys.map(({ namespace }) => namespace), keys.map(({ name }) => name)],
    );
  }
}
