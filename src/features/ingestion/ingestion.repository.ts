import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import type { RawKind, Reading } from './readers/statement.js';

export interface RawEvent {
  readonly id: string;
  readonly kind: RawKind;
  readonly payload: unknown;
}

export interface NewRawEvent {
  readonly hash: Buffer;
  readonly payload: string;
  readonly warnings: Reading['warnings'];
}

export interface NewRawBytes {
  readonly hash: Buffer;
  readonly bytes: Buffer;
  readonly warnings: Reading['warnings'];
}

/** A message that waits, as the text it was kept in; null for a large one, which is parsed elsewhere. */
export interface WaitingEvent {
  readonly id: string;
  readonly kind: RawKind;
  readonly text: string | null;
  /** Hexadecimal. */
  readonly hash: string;
}

export interface FailedRow extends RawEvent {
  readonly receivedAt: Date;
  readonly error: string;
}

export interface WarnedRow extends RawEvent {
  readonly receivedAt: Date;
  readonly warnings: Reading['warnings'];
}

export const RAW_EVENTS_CHANNEL = 'cadastre_raw_events';

/** Any fixed number: one process projects at a time, so that two cannot assemble the same assets against each other. */
const PROJECTOR_LOCK = 7_201_003;

@Injectable()
export class IngestionRepository {
  constructor(private readonly database: Database) {}

  /** One durable append. @returns how many were new; the others are repeats and change nothing. */
  async append(kind: RawKind, receivedBy: string, events: readonly NewRawEvent[]): Promise<number> {
    const rows = await this.database.query(
      `WITH added AS (
         INSERT INTO raw_event (hash, kind, received_by, payload, warnings)
         SELECT hash, $1, $2::uuid, payload::json, warnings
         FROM unnest($3::bytea[], $4::text[], $5::jsonb[]) WITH ORDINALITY AS t(hash, payload, warnings, place)
         ORDER BY place
         ON CONFLICT ON CONSTRAINT raw_event_hash_key DO NOTHING RETURNING id),
       queued AS (INSERT INTO raw_event_queue SELECT id FROM added)
       SELECT id, pg_notify('${RAW_EVENTS_CHANNEL}', '') FROM added`,
      [
        kind,
        receivedBy,
        events.map((event) => event.hash),
        events.map((event) => event.payload),
        events.map(({ warnings }) => (warnings.length > 0 ? JSON.stringify(warnings) : null)),
      ],
    );
    return rows.length;
  }

  /** The same for one message in the bytes it came in, UTF-8 and JSON. */
  async appendBytes(kind: RawKind, receivedBy: string, { hash, bytes, warnings }: NewRawBytes): Promise<number> {
    const rows = await this.database.query(
      `WITH added AS (
         INSERT INTO raw_event (hash, kind, received_by, payload, warnings)
         VALUES ($1::bytea, $2, $3::uuid, convert_from($4::bytea, 'UTF8')::json, $5::jsonb)
         ON CONFLICT ON CONSTRAINT raw_event_hash_key DO NOTHING RETURNING id),
       queued AS (INSERT INTO raw_event_queue SELECT id FROM added)
       SELECT id, pg_notify('${RAW_EVENTS_CHANNEL}', '') FROM added`,
      [hash, kind, receivedBy, bytes, warnings.length > 0 ? JSON.stringify(warnings) : null],
    );
    return rows.length;
  }

  /** False when another process is projecting right now. */
  async claimProjection(): Promise<boolean> {
    const row = await this.database.queryOne<{ claimed: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS claimed', [
      PROJECTOR_LOCK,
    ]);
    return row?.claimed ?? false;
  }

  /** Until no other process projects; then none does until the transaction ends. */
  async waitForProjection(): Promise<void> {
    await this.database.query('SELECT pg_advisory_xact_lock($1)', [PROJECTOR_LOCK]);
  }

  /**
   * In order, those after an id.
   * @param largeBytes by kind: the text of messages of that size and above is left out.
   */
  async listWaiting(
    after: string,
    limit: number,
    largeBytes: Readonly<Record<RawKind, number>>,
  ): Promise<WaitingEvent[]> {
    // Bounded by bytes too: a batch of large events must not fill the memory.
    return this.database.query<WaitingEvent>(
      `SELECT id, kind, encode(hash, 'hex') AS hash, CASE WHEN size < ($1::jsonb ->> kind)::int THEN payload::text END AS text FROM (
         SELECT *, sum(size) OVER (ORDER BY id) AS bytes
         FROM (SELECT id, kind, hash, payload, octet_length(payload::text) AS size
               FROM (SELECT event_id FROM raw_event_queue WHERE event_id > $2 ORDER BY event_id LIMIT ${limit}) AS next
               JOIN raw_event ON id = event_id) AS waiting
       ) AS sized WHERE bytes < 32000000 OR bytes = size ORDER BY id`,
      [JSON.stringify(largeBytes), after],
    );
  }

  async textOf(id: string): Promise<string> {
    const row = await this.database.queryOne<{ text: string }>(
      'SELECT payload::text AS text FROM raw_event WHERE id = $1',
      [id],
    );
    return row?.text ?? '';
  }

  /** Forgets what machines said, and lets every message wait again. What people said and decided stays. */
  async forgetProjections(): Promise<void> {
    await this.database.query(`DELETE FROM fact WHERE source_key IN (SELECT key FROM source WHERE kind <> 'PEOPLE')`);
    await this.database.query(
      `DELETE FROM fact_history WHERE source_key IN (SELECT key FROM source WHERE kind <> 'PEOPLE')`,
    );
    await this.database.query('DELETE FROM source_record');
    await this.database.query('UPDATE source_sync SET parts_received = 0');
    // When each edge held is not forgotten (migrations/0032).
    await this.database.query(`SET LOCAL cadastre.lineage_rebuilding = 'on'`);
    await this.database.query('DELETE FROM lineage_edge');
    await this.database.query(`DELETE FROM lineage_statement WHERE origin <> 'MANUAL'`);
    await this.database.query('DELETE FROM run');
    await this.database.query('UPDATE asset SET merged_into = NULL WHERE merged_into IS NOT NULL');
    await this.database.query('DELETE FROM asset_alias WHERE decided_by IS NULL');
    await this.database.query('DELETE FROM raw_event_failure');
    await this.database.query('INSERT INTO raw_event_queue SELECT id FROM raw_event ON CONFLICT DO NOTHING');
  }

  /** After everything is projected anew. */
  async settleLineageHistory(): Promise<void> {
    await this.database.query('SELECT settle_lineage_versions()');
  }

  /** Those of the messages that nobody has projected meanwhile. */
  async stillWaiting(ids: readonly string[]): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(
      'SELECT event_id AS id FROM raw_event_queue WHERE event_id = ANY($1::bigint[])',
      [ids],
    );
    return rows.map(({ id }) => id);
  }

  async markProjected(ids: readonly string[]): Promise<void> {
    await this.database.query('DELETE FROM raw_event_queue WHERE event_id = ANY($1::bigint[])', [ids]);
  }

  async markFailed(id: string, error: string): Promise<void> {
    await this.database.query(
      `WITH failed AS (DELETE FROM raw_event_queue WHERE event_id = $1 RETURNING event_id)
       INSERT INTO raw_event_failure (event_id, error) SELECT event_id, $2 FROM failed
       ON CONFLICT ON CONSTRAINT raw_event_failure_pkey DO UPDATE SET error = excluded.error, failed_at = now()`,
      [id, error],
    );
  }

  /** @returns how many wait again. */
  async replay(ids: readonly string[] | null): Promise<number> {
    const rows = await this.database.query(
      `WITH again AS (
         DELETE FROM raw_event_failure WHERE $1::bigint[] IS NULL OR event_id = ANY($1::bigint[]) RETURNING event_id)
       INSERT INTO raw_event_queue SELECT event_id FROM again ON CONFLICT DO NOTHING RETURNING event_id`,
      [ids],
    );
    return rows.length;
  }

  async listFailed(first: number, before: string | null): Promise<FailedRow[]> {
    return this.database.query<FailedRow>(
      `SELECT id, kind, received_at AS "receivedAt", error, payload FROM raw_event_failure JOIN raw_event ON id = event_id
       WHERE $1::bigint IS NULL OR event_id < $1 ORDER BY event_id DESC LIMIT ${first + 1}`,
      [before],
    );
  }

  /** Newest first, one more than asked; `receivedBy` null: whoever sent them. */
  async listWarned(first: number, before: string | null, receivedBy: string | null): Promise<WarnedRow[]> {
    return this.database.query<WarnedRow>(
      `SELECT id, kind, received_at AS "receivedAt", warnings, payload FROM raw_event
       WHERE warnings IS NOT NULL AND ($1::bigint IS NULL OR id < $1) AND ($2::uuid IS NULL OR received_by = $2)
       ORDER BY id DESC LIMIT ${first + 1}`,
      [before, receivedBy],
    );
  }

  async counts(): Promise<{ backlog: number; failed: number }> {
    const row = await this.database.queryOne<{ backlog: number; failed: number }>(
      `SELECT (SELECT count(*)::int FROM raw_event_queue) AS backlog,
              (SELECT count(*)::int FROM raw_event_failure) AS failed`,
    );
    return row ?? { backlog: 0, failed: 0 };
  }
}
