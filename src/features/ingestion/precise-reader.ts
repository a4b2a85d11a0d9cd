import { Injectable } from '@nestjs/common';
import type { RawEvent } from './ingestion.repository.js';
import { withViewFlows } from './readers/crawl/view-flows.js';
import { withDbtColumnFlows } from './readers/dbt/dbt-sql.js';
import type { DbtArtifacts } from './readers/dbt/project.js';
import { withSqlFlows } from './readers/openlineage/sql-flows.js';
import { readMessage } from './readers/read-message.js';
import type { Reading } from './readers/statement.js';
import { SqlLineage } from './sql/sql-lineage.js';

/** Reads a message for projection: what it says, and what its SQL tells beyond. */
@Injectable()
export class PreciseReader {
  constructor(private readonly sql: SqlLineage) {}

  /** @throws Invalid as at receipt. */
  async read({ kind, payload }: Pick<RawEvent, 'kind' | 'payload'>): Promise<Reading> {
    const reading = readMessage(kind, payload);
    const resolve = this.sql.resolve.bind(this.sql);
    if (kind === 'DBT') return withDbtColumnFlows(reading, payload as DbtArtifacts, resolve);
    if (kind === 'CRAWL') return withViewFlows(reading, payload, resolve);
    if (kind === 'OPENLINEAGE') return withSqlFlows(reading, payload, resolve);
    return reading;
  }
}
