import { Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { Access } from '../../platform/access/access.js';
import { ASSET_SQL_COLUMNS, COLUMN_SQL_COLUMNS } from '../../platform/access/sql-reading.js';
import { Database } from '../../platform/database/database.js';

export type Direction = 'UPSTREAM' | 'DOWNSTREAM';

/** One step of a walk, in the direction of the data. */
export interface FlowStep {
  readonly from: string;
  readonly to: string;
  readonly jobId: string | null;
  readonly origins: readonly string[];
  readonly firstSeen: Date;
  readonly lastSeen: Date;
}

export interface ColumnStep {
  readonly from: string;
  readonly fromPath: string;
  readonly to: string;
  readonly toPath: string;
  readonly transformations: readonly string[];
  readonly isDirect: boolean;
  readonly isMasked: boolean;
}

/** Column of a dataset; path '' is the dataset as a whole. */
export interface ColumnKey {
  readonly assetId: string;
  readonly path: string;
}

/** One statement per hop: the steps out of a set of assets or columns that the actor may see. */
@Injectable()
export class LineageRepository {
  constructor(
    private readonly database: Database,
    private readonly access: Access,
  ) {}

  /** A step counts only when both the asset it reaches and the job it passes are visible: hidden equals missing. */
  async listSteps(actor: Actor, assetIds: readonly string[], direction: Direction): Promise<FlowStep[]> {
    const [near, far] = direction === 'DOWNSTREAM' ? ['I', 'O'] : ['O', 'I'];
    const policy = await this.assetPolicy(actor, 2);
    return this.database.query<FlowStep>(
      `SELECT ${direction === 'DOWNSTREAM' ? 'n.asset_id AS "from", f.asset_id AS "to"' : 'f.asset_id AS "from", n.asset_id AS "to"'},
              n.job_id AS "jobId", array_agg(DISTINCT o.origin ORDER BY o.origin) AS origins,
              min(greatest(n.first_seen, f.first_seen)) AS "firstSeen", max(least(n.last_seen, f.last_seen)) AS "lastSeen"
       FROM lineage_edge n
       JOIN lineage_edge f ON f.port = n.port AND f.direction = '${far}' AND f.asset_id <> n.asset_id
       JOIN asset a ON a.id = f.asset_id
       CROSS JOIN LATERAL unnest(f.origins) AS o(origin)
       WHERE n.asset_id = ANY($1::uuid[]) AND n.direction = '${near}' AND (${policy('a').sql})
         AND (n.job_id IS NULL OR EXISTS (SELECT 1 FROM asset j WHERE j.id = n.job_id AND (${policy('j').sql})))
       GROUP BY n.asset_id, f.asset_id, n.job_id
       ORDER BY 1, 2, 3`,
      [assetIds, ...policy('a').params],
    );
  }

  /** What a job reads (UPSTREAM) or writes (DOWNSTREAM). */
  async listStepsOfJob(actor: Actor, jobId: string, direction: Direction): Promise<FlowStep[]> {
    const policy = await this.assetPolicy(actor, 2);
    const [side, ends] = direction === 'DOWNSTREAM' ? ['O', 'e.job_id AS "from", e.asset_id AS "to"'] : ['I', 'e.asset_id AS "from", e.job_id AS "to"'];
    return this.database.query<FlowStep>(
      `SELECT ${ends}, e.job_id AS "jobId", array_agg(DISTINCT o.origin ORDER BY o.origin) AS origins,
              min(e.first_seen) AS "firstSeen", max(e.last_seen) AS "lastSeen"
       FROM lineage_edge e JOIN asset a ON a.id = e.asset_id CROSS JOIN LATERAL unnest(e.origins) AS o(origin)
       WHERE e.job_id = $1::uuid AND e.direction = '${side}' AND (${policy('a').sql})
       GROUP BY e.job_id, e.asset_id ORDER BY 1, 2`,
      [jobId, ...policy('a').params],
    );
  }

  /**
   * Upstream of a column also stands what influences its whole dataset (target path ''). A flow is seen by who may see both
   * columns; a column that nobody described is judged by its dataset alone, with no sensitivity and no tags.
   */
  async listColumnSteps(actor: Actor, columns: readonly ColumnKey[], direction: Direction): Promise<ColumnStep[]> {
    const isUp = direction === 'UPSTREAM';
    const [near, far] = isUp ? ['target', 'source'] : ['source', 'target'];
    const columnPolicy = (await this.access.forActor(actor)).sql('read_column', 'column', {
      columns: COLUMN_SQL_COLUMNS('c', 'a'),
      firstParameter: 3,
    });
    const assetPolicy = await this.assetPolicy(actor, 3 + columnPolicy.params.length);
    const jobPolicy = assetPolicy('j');
    const wholePolicy = assetPolicy('a');
    return this.database.query<ColumnStep>(
      `SELECT f.source_id AS "from", f.source_path AS "fromPath", f.target_id AS "to", f.target_path AS "toPath",
              array_agg(DISTINCT t.name ORDER BY t.name) AS transformations,
              bool_or(f.is_direct) AS "isDirect", bool_and(f.is_masked) AS "isMasked"
       FROM (SELECT DISTINCT * FROM unnest($1::uuid[], $2::text[]) AS k(asset_id, path)) AS k
       JOIN lineage_column_flow f ON f.${near}_id = k.asset_id AND ${isUp ? "f.target_path IN (k.path, '')" : 'f.source_path = k.path'}
       JOIN lineage_statement s ON s.id = f.statement_id
       JOIN asset a ON a.id = f.${far}_id
       LEFT JOIN asset_column c ON c.asset_id = f.${far}_id AND c.path = f.${far}_path
       CROSS JOIN LATERAL unnest(f.transformations) AS t(name)
       WHERE CASE WHEN f.${far}_path = '' THEN (${wholePolicy.sql}) ELSE (${columnPolicy.sql}) END
         AND (s.job_id IS NULL OR EXISTS (SELECT 1 FROM asset j WHERE j.id = s.job_id AND (${jobPolicy.sql})))
       GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`,
      [columns.map((c) => c.assetId), columns.map((c) => c.path), ...columnPolicy.params, ...wholePolicy.params],
    );
  }

  /** The policy on any alias; its parameters are the same for all of them, so they are given once. */
  private async assetPolicy(actor: Actor, first: number): Promise<(alias: string) => { sql: string; params: readonly unknown[] }> {
    const access = await this.access.forActor(actor);
    return (alias) => access.sql('discover', 'asset', { columns: ASSET_SQL_COLUMNS(alias), firstParameter: first });
  }
}
