import { Injectable } from '@nestjs/common';
import { readPrecisely } from './readers/read-precisely.js';
import type { RawKind, Reading } from './readers/statement.js';
import { SqlLineage } from './sql/sql-lineage.js';

/** Reads a message for projection: what it says, and what its SQL tells beyond. */
@Injectable()
export class PreciseReader {
  constructor(private readonly sql: SqlLineage) {}

  /** @throws Invalid as at receipt. */
  async read({ kind, payload }: { readonly kind: RawKind; readonly payload: unknown }): Promise<Reading> {
    return readPrecisely(kind, payload, (task) => this.sql.resolve(task));
  }
}
