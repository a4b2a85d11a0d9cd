import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { keyText } from './asset.repository.js';

export interface PhysicalFact {
  readonly assetId: string;
  /** structure, statistics or view. */
  readonly name: string;
  readonly value: unknown;
  /** Of the name that the fact is about: what it points to is there too. */
  readonly namespace: string;
  /** All columns of the asset, seen or not. */
  readonly columnCount: number;
}

@Injectable()
export class PhysicalRepository {
  constructor(private readonly database: Database) {}

  /** Of each asset the word in force, over all its names: by rank of the source, then the newest. */
  async list(assetIds: readonly string[]): Promise<PhysicalFact[]> {
    return this.database.query<PhysicalFact>(
      `SELECT DISTINCT ON (coalesce(a.merged_into, a.id), f.attribute)
              coalesce(a.merged_into, a.id) AS "assetId", substr(f.attribute, 10) AS name, f.value, a.namespace,
              (SELECT count(*)::int FROM asset_column c WHERE c.asset_id = coalesce(a.merged_into, a.id)) AS "columnCount"
       FROM asset a JOIN fact f ON f.asset_id = a.id JOIN source s ON s.key = f.source_key
       WHERE (a.merged_into = ANY($1::uuid[]) OR (a.merged_into IS NULL AND a.id = ANY($1::uuid[])))
         AND f.attribute LIKE 'physical:%' AND f.value IS NOT NULL
       ORDER BY coalesce(a.merged_into, a.id), f.attribute, s.rank, f.asserted_at DESC, f.source_key`,
      [assetIds],
    );
  }

  /** Ids of what stands for the names of datasets, by `keyText`. */
  async listIds(keys: readonly { readonly namespace: string; readonly name: string }[]): Promise<Map<string, string>> {
    const rows = await this.database.query<{ id: string; namespace: string; name: string }>(
      `SELECT coalesce(a.merged_into, a.id) AS id, a.namespace, a.name
       FROM unnest($1::text[], $2::text[]) AS t(namespace, name)
       JOIN asset a ON a.kind = 'DATASET' AND a.namespace = t.namespace AND a.name = t.name`,
      [keys.map(({ namespace }) => namespace), keys.map(({ name }) => name)],
    );
    return new Map(rows.map((row) => [keyText({ kind: 'DATASET', ...row }), row.id]));
  }
}
