import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';

export interface RebuildRow {
  readonly state: 'RUNNING' | 'DONE';
  /** Last that was indexed: the id of an asset, or a handle after `person:`. */
  readonly reached: string;
  readonly done: number;
  readonly total: number;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
}

@Injectable()
export class SearchRebuildRepository {
  constructor(private readonly database: Database) {}

  /** Null when there never was one. */
  async find(): Promise<RebuildRow | null> {
    return this.database.queryOne<RebuildRow>(
      `SELECT state, reached, done, total, started_at AS "startedAt", finished_at AS "finishedAt" FROM search_rebuild`,
    );
  }

  /** One that was interrupted goes on where it was. */
  async begin(): Promise<void> {
    await this.database.query(
      `INSERT INTO search_rebuild (state, total)
       SELECT 'RUNNING', (SELECT count(*) FROM asset) + (SELECT count(*) FROM account) + (SELECT count(*) FROM team)
       ON CONFLICT ON CONSTRAINT search_rebuild_pkey DO UPDATE
       SET state = 'RUNNING', reached = '', done = 0, total = excluded.total, started_at = now(), finished_at = NULL
       WHERE search_rebuild.state = 'DONE'`,
    );
  }

  async advance(reached: string, count: number): Promise<void> {
    await this.database.query('UPDATE search_rebuild SET reached = $1, done = done + $2::int', [reached, count]);
  }

  async finish(): Promise<void> {
    await this.database.query(`UPDATE search_rebuild SET state = 'DONE', finished_at = now()`);
  }
}
