import { Injectable } from '@nestjs/common';
import type { Value } from '../../platform/access/attributes.js';
import type { Shape } from '../../platform/access/impact.js';
import { ASSET_SQL_COLUMNS, COLUMN_SQL_COLUMNS } from '../../platform/access/sql-reading.js';
import { Database } from '../../platform/database/database.js';

/** The catalog by what policies can tell apart: usually a few hundred kinds of asset, however many assets there are. */
@Injectable()
export class ShapesRepository {
  constructor(private readonly database: Database) {}

  async ofAssets(attributes: readonly string[]): Promise<Shape[]> {
    const from = 'FROM asset a WHERE a.merged_into IS NULL';
    return this.shapes(attributes, ASSET_SQL_COLUMNS('a'), { from, name: 'a.name' });
  }

  async ofColumns(attributes: readonly string[]): Promise<Shape[]> {
    const from = 'FROM asset_column c JOIN asset a ON a.id = c.asset_id WHERE a.merged_into IS NULL';
    const name = `a.name || '#' || c.path`;
    return this.shapes(attributes, COLUMN_SQL_COLUMNS('c', 'a'), { from, name });
  }

  private async shapes(
    attributes: readonly string[],
    columns: ReadonlyMap<string, string>,
    { from, name }: { readonly from: string; readonly name: string },
  ): Promise<Shape[]> {
    const asked = attributes.map((attribute, at) => `${columns.get(attribute) ?? 'NULL'} AS v${at}`);
    const groups = attributes.map((_, at) => `v${at}`);
    const rows = await this.database.query<Record<string, Value> & { count: number; examples: string[] }>(
      `SELECT ${[...groups, 'count(*)::int AS count', '(array_agg(name ORDER BY name))[1:3] AS examples'].join(', ')}
       FROM (SELECT ${[...asked, `${name} AS name`].join(', ')} ${from}) s ${groups.length > 0 ? `GROUP BY ${groups.join(', ')}` : ''}`,
    );
    return rows
      .filter(({ count }) => count > 0)
      .map(({ count, examples, ...values }) => ({
        count,
        examples,
        attributes: Object.fromEntries(attributes.map((attribute, at) => [attribute, values[`v${at}`] ?? null])),
      }));
  }
}
