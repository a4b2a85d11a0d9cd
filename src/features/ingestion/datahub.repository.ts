import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';

export interface DataHubSync {
  readonly name: string;
  readonly syncId: string;
  /** Account id; null for everybody's messages. */
  readonly sentBy: string | null;
}

@Injectable()
export class DataHubRepository {
  constructor(private readonly database: Database) {}

  /** The sync of the newest message. */
  async findLastSync(name: string, sentBy: string | null): Promise<string | null> {
    const row = await this.database.queryOne<{ syncId: string }>(
      `SELECT coalesce(payload -> 'sync' ->> 'id', '') AS "syncId" FROM raw_event
       WHERE kind = 'DATAHUB' AND payload ->> 'name' = $1 AND ($2::uuid IS NULL OR received_by = $2)
       ORDER BY id DESC LIMIT 1`,
      [name, sentBy],
    );
    return row?.syncId ?? null;
  }

  /** The first message after the given one. */
  async findMessage(
    { name, syncId, sentBy }: DataHubSync,
    after: string,
  ): Promise<{ readonly id: string; readonly payload: unknown } | null> {
    return this.database.queryOne(
      `SELECT id, payload FROM raw_event
       WHERE kind = 'DATAHUB' AND payload ->> 'name' = $1 AND coalesce(payload -> 'sync' ->> 'id', '') = $2
         AND ($3::uuid IS NULL OR received_by = $3) AND id > $4
       ORDER BY id LIMIT 1`,
      [name, syncId, sentBy, after],
    );
  }
}
