import { Injectable } from '@nestjs/common';
import { readMessage } from './readers/read-message.js';
import { withSqlOf, type ResolveSql } from './readers/read-precisely.js';
import type { RawKind, Reading } from './readers/statement.js';
import { SqlLineage } from './sql/sql-lineage.js';

interface ToRead {
  readonly kind: RawKind;
  readonly payload: unknown;
  /** What `readMessage` has said of it already. */
  readonly reading?: Reading;
}

/** Reads a message for projection: what it says, and what its SQL tells beyond. */
@Injectable()
export class PreciseReader {
  constructor(private readonly sql: SqlLineage) {}

  /** @throws Invalid as at receipt. */
  async read({ kind, payload, reading }: ToRead): Promise<Reading> {
    const resolve: ResolveSql = (task) => this.sql.resolve(task);
    return withSqlOf(kind, payload, { reading: reading ?? readMessage(kind, payload), resolve });
  }
}
