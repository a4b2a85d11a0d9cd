import { Injectable } from '@nestjs/common';
import type { OutsideResource } from '../../platform/access/outside.js';
import { Database } from '../../platform/database/database.js';

@Injectable()
export class OutsideResourcesRepository {
  constructor(private readonly database: Database) {}

  /** Those that are stored, by `type` and `id` as one text. */
  async listByKeys(
    keys: readonly { readonly type: string; readonly id: string }[],
  ): Promise<Map<string, OutsideResource>> {
    if (keys.length === 0) return new Map();
    const rows = await this.database.query<OutsideResource & { type: string }>(
      `SELECT r.type, r.id, r.properties FROM outside_resource r JOIN (SELECT DISTINCT * FROM unnest($1::text[], $2::text[])) AS k (type, id)
         ON r.type = k.type AND r.id = k.id`,
      [keys.map(({ type }) => type), keys.map(({ id }) => id)],
    );
    return new Map(rows.map((row) => [outsideKey(row), row]));
  }

  /** Of one type, by id. */
  async list(type: string, after: string | null, count: number): Promise<OutsideResource[]> {
    return this.database.query<OutsideResource>(
      `SELECT id, properties FROM outside_resource WHERE type = $1 AND ($2::text IS NULL OR id > $2) ORDER BY id LIMIT ${count}`,
      [type, after],
    );
  }

  async put(type: string, resources: readonly OutsideResource[]): Promise<void> {
    await this.database.query(
      `INSERT INTO outside_resource (type, id, properties) SELECT DISTINCT ON (id) $1, id, properties
         FROM unnest($2::text[], $3::jsonb[]) WITH ORDINALITY AS t (id, properties, place) ORDER BY id, place DESC
       ON CONFLICT ON CONSTRAINT outside_resource_pkey DO UPDATE SET properties = excluded.properties, updated_at = now()`,
      [type, resources.map(({ id }) => id), resources.map(({ properties }) => JSON.stringify(properties))],
    );
  }

  /** @returns how many there were. */
  async remove(type: string, ids: readonly string[]): Promise<number> {
    const rows = await this.database.query(
      'DELETE FROM outside_resource WHERE type = $1 AND id = ANY($2::text[]) RETURNING id',
      [type, ids],
    );
    return rows.length;
  }
}

export function outsideKey({ type, id }: { readonly type: string; readonly id: string }): string {
  return JSON.stringify([type, id]);
}
