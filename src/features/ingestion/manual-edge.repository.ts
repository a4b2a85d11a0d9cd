import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import type { AssetRow } from '../assets/index.js';
import { IngestionRepository } from './ingestion.repository.js';
import { LineageStore } from './lineage-store.js';
import type { AssetRef, LineageStatement } from './readers/statement.js';

export interface ManualEdgeRow {
  readonly sourceId: string;
  readonly targetId: string;
  readonly reason: string;
  /** Handle. */
  readonly addedBy: string;
  readonly addedAt: Date;
  /** Null while it holds, as the two after it. */
  readonly endedBy: string | null;
  readonly endedAt: Date | null;
  readonly endReason: string | null;
}

interface Word {
  readonly sourceId: string;
  readonly targetId: string;
  readonly reason: string;
  readonly by: string;
}

/** Key of their source. */
const PEOPLE = 'people';
const ROW_SQL = `source_id AS "sourceId", target_id AS "targetId", reason, added_by AS "addedBy", added_at AS "addedAt",
  ended_by AS "endedBy", ended_at AS "endedAt", end_reason AS "endReason"`;

@Injectable()
export class ManualEdgeRepository {
  constructor(
    private readonly database: Database,
    private readonly ingestion: IngestionRepository,
    private readonly lineage: LineageStore,
  ) {}

  /** Null when it holds already. */
  async add({ id, sourceId, targetId, reason, by }: Word & { readonly id: string }): Promise<ManualEdgeRow | null> {
    return this.database.queryOne<ManualEdgeRow>(
      `INSERT INTO manual_edge (id, source_id, target_id, reason, added_by) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (source_id, target_id) WHERE ended_at IS NULL DO NOTHING RETURNING ${ROW_SQL}`,
      [id, sourceId, targetId, reason, by],
    );
  }

  /** Null when it does not hold. */
  async end({ sourceId, targetId, reason, by }: Word): Promise<ManualEdgeRow | null> {
    return this.database.queryOne<ManualEdgeRow>(
      `UPDATE manual_edge SET ended_by = $4, ended_at = now(), end_reason = $3
       WHERE source_id = $1 AND target_id = $2 AND ended_at IS NULL RETURNING ${ROW_SQL}`,
      [sourceId, targetId, reason, by],
    );
  }

  async listOf(assetId: string): Promise<ManualEdgeRow[]> {
    return this.database.query<ManualEdgeRow>(
      `SELECT ${ROW_SQL} FROM manual_edge WHERE source_id = $1 OR target_id = $1 ORDER BY added_at DESC, id DESC`,
      [assetId],
    );
  }

  /** Everything that people say feeds the target, as one statement that replaces the one before. */
  async project(target: AssetRow): Promise<void> {
    // The projector derives edges as well; one after the other.
    await this.ingestion.waitForProjection();
    const inputs = await this.database.query<AssetRef>(
      `SELECT a.kind, a.namespace, a.name FROM manual_edge m JOIN asset a ON a.id = m.source_id
       WHERE m.target_id = $1 AND m.ended_at IS NULL ORDER BY a.id`,
      [target.id],
    );
    const { kind, namespace, name } = target;
    const statement: LineageStatement = {
      origin: 'MANUAL',
      job: null,
      run: null,
      at: new Date(),
      hash: '',
      inputs,
      outputs: [{ asset: { kind, namespace, name } }],
      mode: 'REPLACE',
    };
    await this.lineage.fold([{ statement, sourceKey: PEOPLE }], () => target.id, new Map());
  }
}
