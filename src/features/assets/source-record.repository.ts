import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import type { CompleteSync, RecordState, Standing, SyncScope } from './presence.js';

/** One message's part of a sync, with the ids of what it saw. */
export interface SyncSaid {
  readonly sourceKey: string;
  readonly syncId: string;
  readonly at: Date;
  readonly scope: SyncScope;
  readonly seen: readonly string[];
  /** In one of the messages: how many the sync has. Null in the others. */
  readonly parts: number | null;
  /** A person has ended the source. */
  readonly isWithdrawal: boolean;
  /** Too much going at once is applied without asking. */
  readonly isApplied: boolean;
}

/** A source that lists what it has. */
export interface Listing {
  readonly kind: string;
  /** How many it lists, those that are missing included. */
  readonly assets: number;
}

export type SyncState = 'PARTIAL' | 'COMPLETE' | 'HELD';

export interface SyncRow {
  readonly sourceKey: string;
  readonly syncId: string;
  readonly at: Date;
  readonly scope: SyncScope;
  readonly state: SyncState;
  readonly isWithdrawal: boolean;
  readonly partsExpected: number | null;
  readonly partsReceived: number;
  readonly knownCount: number;
  readonly goneCount: number;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly reason: string | null;
}

export interface RecordRow {
  readonly assetId: string;
  readonly name: string;
  readonly lastSeenAt: Date;
  readonly state: RecordState;
  readonly since: Date | null;
}

const SYNC_SQL = `source_key AS "sourceKey", sync_id AS "syncId", at, scope, state, is_withdrawal AS "isWithdrawal", parts_expected AS "partsExpected",
  parts_received AS "partsReceived", known_count AS "knownCount", gone_count AS "goneCount", decided_by AS "decidedBy",
  decided_at AS "decidedAt", reason`;

@Injectable()
export class SourceRecordRepository {
  constructor(private readonly database: Database) {}

  /** Widens the time in which each source has seen each asset; the order of messages does not matter. */
  async see(said: readonly SyncSaid[]): Promise<void> {
    const sightings = said.flatMap(({ sourceKey, at, seen }) =>
      seen.map((assetId) => ({ sourceKey, assetId, at: at.toISOString() })),
    );
    if (sightings.length === 0) return;
    await this.database.query(
      `INSERT INTO source_record (source_key, asset_id, first_seen_at, last_seen_at)
       SELECT v."sourceKey", v."assetId", min(v.at), max(v.at)
       FROM jsonb_to_recordset($1::jsonb) AS v("sourceKey" text, "assetId" uuid, at timestamptz)
       GROUP BY 1, 2 ORDER BY 1, 2
       ON CONFLICT ON CONSTRAINT source_record_pkey DO UPDATE
       SET first_seen_at = least(source_record.first_seen_at, excluded.first_seen_at),
           last_seen_at = greatest(source_record.last_seen_at, excluded.last_seen_at)`,
      [JSON.stringify(sightings)],
    );
  }

  /** Counts the parts that have come. @returns the syncs as they are now. */
  async count(said: readonly SyncSaid[]): Promise<SyncRow[]> {
    return this.database.query<SyncRow>(
      `INSERT INTO source_sync (source_key, sync_id, at, scope, state, is_withdrawal, parts_expected, parts_received)
       SELECT v."sourceKey", v."syncId", min(v.at), (array_agg(v.scope ORDER BY v.parts NULLS LAST))[1], 'PARTIAL', bool_or(v."isWithdrawal"), max(v.parts), count(*)
       FROM jsonb_to_recordset($1::jsonb) AS v("sourceKey" text, "syncId" text, at timestamptz, scope jsonb, "isWithdrawal" boolean, parts int)
       GROUP BY 1, 2 ORDER BY 1, 2
       ON CONFLICT ON CONSTRAINT source_sync_pkey DO UPDATE
       SET parts_expected = coalesce(excluded.parts_expected, source_sync.parts_expected),
           scope = CASE WHEN excluded.parts_expected IS NULL THEN source_sync.scope ELSE excluded.scope END,
           parts_received = source_sync.parts_received + excluded.parts_received
       RETURNING ${SYNC_SQL}`,
      [
        JSON.stringify(
          said.map(({ sourceKey, syncId, at, scope, isWithdrawal, parts }) => ({
            sourceKey,
            syncId,
            at: at.toISOString(),
            scope,
            isWithdrawal,
            parts,
          })),
        ),
      ],
    );
  }

  async decide(sync: Pick<SyncRow, 'sourceKey' | 'syncId' | 'state' | 'knownCount' | 'goneCount'>): Promise<void> {
    await this.database.query(
      `UPDATE source_sync SET state = $3, known_count = $4, gone_count = $5 WHERE source_key = $1 AND sync_id = $2`,
      [sync.sourceKey, sync.syncId, sync.state, sync.knownCount, sync.goneCount],
    );
  }

  /** Null when it is not held. */
  async release(
    release: Pick<SyncRow, 'sourceKey' | 'syncId'> & { readonly by: string; readonly reason: string },
  ): Promise<SyncRow | null> {
    return this.database.queryOne<SyncRow>(
      `UPDATE source_sync SET state = 'COMPLETE', decided_by = $3, decided_at = now(), reason = $4
       WHERE source_key = $1 AND sync_id = $2 AND state = 'HELD' RETURNING ${SYNC_SQL}`,
      [release.sourceKey, release.syncId, release.by, release.reason],
    );
  }

  /** Newest first, one more than `first`. */
  async listSyncs(
    sourceKey: string | null,
    first: number,
    before: readonly [string, string, string] | null,
  ): Promise<SyncRow[]> {
    return this.database.query<SyncRow>(
      `SELECT ${SYNC_SQL} FROM source_sync
       WHERE ($1::text IS NULL OR source_key = $1)
         AND ($2::timestamptz IS NULL OR (at, source_key, sync_id) < ($2::timestamptz, $3::text, $4::text))
       ORDER BY at DESC, source_key DESC, sync_id DESC LIMIT ${first + 1}`,
      [sourceKey, ...(before ?? [null, null, null])],
    );
  }

  async findSync(sourceKey: string, syncId: string): Promise<SyncRow | null> {
    return this.database.queryOne<SyncRow>(
      `SELECT ${SYNC_SQL} FROM source_sync WHERE source_key = $1 AND sync_id = $2`,
      [sourceKey, syncId],
    );
  }

  /** Null for a source that never listed anything. */
  async findListing(sourceKey: string): Promise<Listing | null> {
    return this.database.queryOne<Listing>(
      `SELECT kind, (SELECT count(*)::int FROM source_record r WHERE r.source_key = key AND r.state <> 'REMOVED') AS assets
       FROM source WHERE key = $1 AND EXISTS (SELECT FROM source_sync WHERE source_key = key)`,
      [sourceKey],
    );
  }

  /** Complete syncs of a source, in order of time. */
  async listComplete(sourceKey: string): Promise<CompleteSync[]> {
    return this.database.query<CompleteSync>(
      `SELECT at, scope, is_withdrawal AS "isWithdrawal" FROM source_sync WHERE source_key = $1 AND state = 'COMPLETE' ORDER BY at, sync_id`,
      [sourceKey],
    );
  }

  /** Records of a source last seen before that time. */
  async listSeenBefore(sourceKey: string, at: Date): Promise<RecordRow[]> {
    return this.database.query<RecordRow>(
      `SELECT r.asset_id AS "assetId", a.name, r.last_seen_at AS "lastSeenAt", r.state, r.state_since AS since
       FROM source_record r JOIN asset a ON a.id = r.asset_id
       WHERE r.source_key = $1 AND r.last_seen_at < $2 ORDER BY r.asset_id`,
      [sourceKey, at],
    );
  }

  /** Names of what a source has seen at that time or later. */
  async listNamesSeenSince(sourceKey: string, at: Date): Promise<string[]> {
    const rows = await this.database.query<{ name: string }>(
      `SELECT a.name FROM source_record r JOIN asset a ON a.id = r.asset_id WHERE r.source_key = $1 AND r.last_seen_at >= $2`,
      [sourceKey, at],
    );
    return rows.map(({ name }) => name);
  }

  /** Seen in the newest complete sync or later. @returns the assets that were not present before. */
  async markPresent(sourceKey: string, newest: Date): Promise<string[]> {
    const rows = await this.database.query<{ assetId: string }>(
      `UPDATE source_record SET state = 'PRESENT', state_since = NULL
       WHERE source_key = $1 AND last_seen_at >= $2 AND state <> 'PRESENT' RETURNING asset_id AS "assetId"`,
      [sourceKey, newest],
    );
    return rows.map(({ assetId }) => assetId);
  }

  async setStandings(
    sourceKey: string,
    standings: readonly (Standing & { readonly assetId: string })[],
  ): Promise<void> {
    await this.database.query(
      `UPDATE source_record r SET state = v.state, state_since = v.since
       FROM jsonb_to_recordset($2::jsonb) AS v("assetId" uuid, state text, since timestamptz)
       WHERE r.source_key = $1 AND r.asset_id = v."assetId"`,
      [sourceKey, JSON.stringify(standings)],
    );
  }
}
