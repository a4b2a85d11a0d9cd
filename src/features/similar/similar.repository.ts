import { Injectable } from '@nestjs/common';
import type { ActorAccess } from '../../platform/access/access.js';
import { ASSET_SQL_COLUMNS, COLUMN_SQL_COLUMNS } from '../../platform/access/sql-reading.js';
import { Database } from '../../platform/database/database.js';

@Injectable()
export class SimilarRepository {
  constructor(private readonly database: Database) {}

  /**
   * Other datasets with a column of each name, in any spelling of separators and case, at most `limit` of each: of those
   * that the access shows, with a column that it shows. One statement, one walk along the index for each name.
   */
  async listSharing(
    assetId: string,
    names: readonly string[],
    { access, limit }: { readonly access: ActorAccess; readonly limit: number },
  ): Promise<{ readonly name: string; readonly assetIds: readonly string[] }[]> {
    const asset = access.sql('discover', 'asset', { columns: ASSET_SQL_COLUMNS('a'), firstParameter: 3 });
    const column = access.sql('read_column', 'column', {
      columns: COLUMN_SQL_COLUMNS('c', 'a'),
      firstParameter: 3 + asset.params.length,
    });
    return this.database.query(
      `SELECT wanted.name, ARRAY(
         SELECT DISTINCT c.asset_id FROM asset_column c JOIN asset a ON a.id = c.asset_id
         WHERE ${FOLDED_SQL('c.path')} = ${FOLDED_SQL('wanted.name')} AND c.asset_id <> $1::uuid
           AND a.kind = 'DATASET' AND NOT a.is_placeholder AND a.merged_into IS NULL AND a.presence <> 'REMOVED'
           AND (${asset.sql}) AND (${column.sql})
         LIMIT ${limit}) AS "assetIds"
       FROM unnest($2::text[]) AS wanted(name)`,
      [assetId, names, ...asset.params, ...column.params],
    );
  }
}

/** As asset_column_name_idx has it. */
const FOLDED_SQL = (text: string): string => `lower(translate(${text}, '_-. ', ''))`;
