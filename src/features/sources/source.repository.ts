import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import type { SourceDefinition, SourceOrigin } from './source.js';

export interface SourceRow {
  readonly key: string;
  readonly origin: SourceOrigin;
  readonly definition: SourceDefinition;
  readonly nextRunAt: Date | null;
  readonly updatedAt: Date;
  /** Null for what the file says. */
  readonly updatedBy: string | null;
}

const SOURCE_SQL = `key, origin, definition, next_run_at AS "nextRunAt", updated_at AS "updatedAt", updated_by AS "updatedBy"`;

@Injectable()
export class SourceRepository {
  constructor(private readonly database: Database) {}

  async find(key: string): Promise<SourceRow | null> {
    return this.database.queryOne<SourceRow>(`SELECT ${SOURCE_SQL} FROM source_definition WHERE key = $1`, [key]);
  }

  /** In key order, one more than `first`. */
  async list(first: number, after: string | null): Promise<SourceRow[]> {
    return this.database.query<SourceRow>(
      `SELECT ${SOURCE_SQL} FROM source_definition WHERE $1::text IS NULL OR key > $1 ORDER BY key LIMIT ${first + 1}`,
      [after],
    );
  }

  /** @returns false when the key is taken. */
  async create(definition: SourceDefinition, by: string, nextRunAt: Date | null): Promise<boolean> {
    const rows = await this.database.query(
      `INSERT INTO source_definition (key, type, origin, definition, next_run_at, updated_by)
       VALUES ($1, $2, 'API', $3, $4, $5) ON CONFLICT ON CONSTRAINT source_definition_pkey DO NOTHING RETURNING key`,
      [definition.key, definition.type, JSON.stringify(definition), nextRunAt, by],
    );
    return rows.length > 0;
  }

  async update(definition: SourceDefinition, by: string, nextRunAt: Date | null): Promise<void> {
    await this.database.query(
      `UPDATE source_definition SET type = $2, definition = $3, next_run_at = $4, updated_by = $5, updated_at = now()
       WHERE key = $1 AND origin = 'API'`,
      [definition.key, definition.type, JSON.stringify(definition), nextRunAt, by],
    );
  }

  async delete(key: string): Promise<void> {
    await this.database.query(`DELETE FROM source_definition WHERE key = $1 AND origin = 'API'`, [key]);
  }

  /** What the file says is so, also for a key that people had used. A schedule that stays keeps its next time. */
  async replaceFromFile(
    definitions: readonly { definition: SourceDefinition; nextRunAt: Date | null }[],
  ): Promise<void> {
    const rows = definitions.map(({ definition, nextRunAt }) => ({ ...definition, definition, nextRunAt }));
    await this.database.query(`DELETE FROM source_definition WHERE origin = 'FILE' AND key <> ALL($1::text[])`, [
      rows.map(({ key }) => key),
    ]);
    await this.database.query(
      `INSERT INTO source_definition AS known (key, type, origin, definition, next_run_at)
       SELECT v.key, v.type, 'FILE', v.definition, v."nextRunAt"
       FROM jsonb_to_recordset($1::jsonb) AS v(key text, type text, definition jsonb, "nextRunAt" timestamptz)
       ON CONFLICT ON CONSTRAINT source_definition_pkey DO UPDATE
       SET type = excluded.type, origin = 'FILE', definition = excluded.definition, updated_by = NULL,
           updated_at = CASE WHEN known.definition = excluded.definition THEN known.updated_at ELSE now() END,
           next_run_at = CASE WHEN known.definition->'schedule' = excluded.definition->'schedule'
                               AND known.definition->'isEnabled' = excluded.definition->'isEnabled'
                              THEN known.next_run_at ELSE excluded.next_run_at END`,
      [JSON.stringify(rows)],
    );
  }

  async listDue(now: Date): Promise<SourceRow[]> {
    return this.database.query<SourceRow>(
      `SELECT ${SOURCE_SQL} FROM source_definition WHERE next_run_at <= $1 ORDER BY next_run_at, key`,
      [now],
    );
  }

  /** @returns false when another process moved it on. */
  async moveOn({ key, nextRunAt }: SourceRow, next: Date | null): Promise<boolean> {
    const rows = await this.database.query(
      // A Date has milliseconds.
      `UPDATE source_definition SET next_run_at = $3
       WHERE key = $1 AND date_trunc('milliseconds', next_run_at) = $2 RETURNING key`,
      [key, nextRunAt, next],
    );
    return rows.length > 0;
  }
}
