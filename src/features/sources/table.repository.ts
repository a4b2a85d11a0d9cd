import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';

/** What a crawl last said of a table. */
export interface KnownTable {
  readonly name: string;
  /** Of its description, without the figures; hexadecimal. */
  readonly hash: string;
  readonly isView: boolean;
  readonly rowEstimate: number | null;
  readonly sizeBytes: number | null;
}

@Injectable()
export class TableRepository {
  constructor(private readonly database: Database) {}

  async list(factSourceKey: string, names: readonly string[]): Promise<Map<string, KnownTable>> {
    const rows = await this.database.query<KnownTable>(
      `SELECT name, encode(hash, 'hex') AS hash, is_view AS "isView", row_estimate AS "rowEstimate", size_bytes AS "sizeBytes"
       FROM source_table WHERE fact_source_key = $1 AND name = ANY($2::text[])`,
      [factSourceKey, names],
    );
    return new Map(rows.map((row) => [row.name, row]));
  }

  async remember(factSourceKey: string, runId: string, tables: readonly KnownTable[]): Promise<void> {
    await this.database.query(
      `INSERT INTO source_table (fact_source_key, name, hash, is_view, row_estimate, size_bytes, seen_in)
       SELECT $1, v.name, decode(v.hash, 'hex'), v."isView", v."rowEstimate", v."sizeBytes", $2::uuid
       FROM jsonb_to_recordset($3::jsonb) AS v(name text, hash text, "isView" boolean, "rowEstimate" float8, "sizeBytes" float8)
       ON CONFLICT ON CONSTRAINT source_table_pkey DO UPDATE
       SET hash = excluded.hash, is_view = excluded.is_view, row_estimate = excluded.row_estimate,
           size_bytes = excluded.size_bytes, seen_in = excluded.seen_in`,
      [factSourceKey, runId, JSON.stringify(tables)],
    );
  }

  /** What a complete run has not seen is described anew when it comes back. */
  async forgetUnseen(factSourceKey: string, runId: string): Promise<void> {
    await this.database.query('DELETE FROM source_table WHERE fact_source_key = $1 AND seen_in <> $2::uuid', [
      factSourceKey,
      runId,
    ]);
  }

  async forgetAll(factSourceKey: string): Promise<void> {
    await this.database.query('DELETE FROM source_table WHERE fact_source_key = $1', [factSourceKey]);
  }
}
