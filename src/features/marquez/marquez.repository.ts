import { Injectable } from '@nestjs/common';
import type { ActorAccess } from '../../platform/access/access.js';
import { ASSET_SQL_COLUMNS, type SqlReading } from '../../platform/access/sql-reading.js';
import { Database } from '../../platform/database/database.js';
import { ASSET_ROW_SQL, type AssetKey, type AssetRow } from '../assets/index.js';
import type { NamespaceRow } from './marquez-shapes.js';

export interface Slice {
  readonly limit: number;
  readonly offset: number;
}

/** Lists as Marquez pages them, by offset, under the actor's policy. */
@Injectable()
export class MarquezRepository {
  constructor(private readonly database: Database) {}

  async listNamespaces(access: ActorAccess, { limit, offset }: Slice): Promise<NamespaceRow[]> {
    const policy = discoverable(access, 1);
    return this.database.query<NamespaceRow>(
      `SELECT a.namespace AS name, min(a.created_at) AS "createdAt", max(a.updated_at) AS "updatedAt"
       FROM asset a WHERE a.kind IN ('DATASET', 'JOB') AND NOT a.is_placeholder AND (${policy.sql})
       GROUP BY a.namespace ORDER BY a.namespace LIMIT ${limit} OFFSET ${offset}`,
      policy.params,
    );
  }

  async findNamespace(access: ActorAccess, name: string): Promise<NamespaceRow | null> {
    const policy = discoverable(access, 2);
    return this.database.queryOne<NamespaceRow>(
      `SELECT a.namespace AS name, min(a.created_at) AS "createdAt", max(a.updated_at) AS "updatedAt"
       FROM asset a WHERE a.namespace = $1 AND a.kind IN ('DATASET', 'JOB') AND NOT a.is_placeholder AND (${policy.sql})
       GROUP BY a.namespace`,
      [name, ...policy.params],
    );
  }

  async list(
    access: ActorAccess,
    { kind, namespace }: Pick<AssetKey, 'kind' | 'namespace'>,
    { limit, offset }: Slice,
  ): Promise<{ rows: AssetRow[]; total: number }> {
    const policy = discoverable(access, 3);
    const where = `a.kind = $1 AND a.namespace = $2 AND NOT a.is_placeholder AND (${policy.sql})`;
    const params = [kind, namespace, ...policy.params];
    const rows = await this.database.query<AssetRow>(
      `SELECT ${ASSET_ROW_SQL} FROM asset a WHERE ${where} ORDER BY a.name, a.id LIMIT ${limit} OFFSET ${offset}`,
      params,
    );
    const row = await this.database.queryOne<{ total: number }>(
      `SELECT count(*)::int AS total FROM asset a WHERE ${where}`,
      params,
    );
    return { rows, total: row?.total ?? 0 };
  }

  /** Messages as they were received. */
  async listEvents({ limit, offset }: Slice, order: 'ASC' | 'DESC'): Promise<{ events: unknown[]; total: number }> {
    const rows = await this.database.query<{ payload: unknown }>(
      `SELECT payload FROM raw_event WHERE kind = 'OPENLINEAGE' ORDER BY id ${order} LIMIT ${limit} OFFSET ${offset}`,
    );
    const row = await this.database.queryOne<{ total: number }>(
      `SELECT count(*)::int AS total FROM raw_event WHERE kind = 'OPENLINEAGE'`,
    );
    return { events: rows.map(({ payload }) => payload), total: row?.total ?? 0 };
  }
}

function discoverable(access: ActorAccess, firstParameter: number): SqlReading {
  return access.sql('discover', 'asset', { columns: ASSET_SQL_COLUMNS('a'), firstParameter });
}
