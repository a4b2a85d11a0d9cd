import { Injectable } from '@nestjs/common';
import { NotFound } from '../../core/errors.js';
import { Database } from '../../platform/database/database.js';

export interface PolicySetRow {
  readonly version: number;
  readonly contentHash: string;
  readonly documents: unknown;
  readonly createdAt: Date;
  readonly createdBy: string;
  readonly note: string | null;
  readonly isActive: boolean;
  /** When it came into force last; null: never. */
  readonly activatedAt: Date | null;
  readonly activatedBy: string | null;
}

const ROW_SQL = `p.version, p.content_hash AS "contentHash", p.documents, p.created_at AS "createdAt",
  coalesce((SELECT handle FROM account WHERE id = p.created_by), 'system') AS "createdBy", p.note,
  EXISTS (SELECT FROM policy_activation i WHERE i.version = p.version) AS "isActive", l.activated_at AS "activatedAt",
  CASE WHEN l.version IS NOT NULL THEN coalesce((SELECT handle FROM account WHERE id = l.activated_by), 'system') END AS "activatedBy"
  FROM policy_set p LEFT JOIN LATERAL (SELECT * FROM policy_activation_log g WHERE g.version = p.version ORDER BY g.seq DESC LIMIT 1) l ON true`;

@Injectable()
export class PoliciesRepository {
  constructor(private readonly database: Database) {}

  async findActive(): Promise<PolicySetRow | null> {
    return this.database.queryOne<PolicySetRow>(`SELECT ${ROW_SQL} JOIN policy_activation n ON n.version = p.version`);
  }

  async get(version: number): Promise<PolicySetRow> {
    const row = await this.database.queryOne<PolicySetRow>(`SELECT ${ROW_SQL} WHERE p.version = $1`, [version]);
    if (!row) throw new NotFound(`There is no policy set of version ${version}.`, ['version']);
    return row;
  }

  async insert(set: {
    documents: string;
    contentHash: string;
    createdBy: string;
    note: string | null;
  }): Promise<number> {
    const row = await this.database.queryOne<{ version: number }>(
      `INSERT INTO policy_set (documents, content_hash, created_by, note) VALUES ($1, $2, $3, $4) RETURNING version`,
      [set.documents, set.contentHash, set.createdBy, set.note],
    );
    if (!row) throw new Error('The policy set was not stored.');
    return row.version;
  }

  /** Newest first, before a version. */
  async list(before: number | null, count: number): Promise<PolicySetRow[]> {
    return this.database.query<PolicySetRow>(
      `SELECT ${ROW_SQL} WHERE $1::int IS NULL OR p.version < $1 ORDER BY p.version DESC LIMIT ${count}`,
      [before],
    );
  }

  async activate(version: number, actorId: string): Promise<void> {
    await this.database.query('INSERT INTO policy_activation_log (version, activated_by) VALUES ($1, $2)', [
      version,
      actorId,
    ]);
    await this.database.query(
      `INSERT INTO policy_activation (version) VALUES ($1)
       ON CONFLICT (only_row) DO UPDATE SET version = excluded.version, changed_at = now()`,
      [version],
    );
  }
}
