import { Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { Access } from '../../platform/access/access.js';
import { Database } from '../../platform/database/database.js';
import { together } from '../../platform/database/together.js';
import { AssetReader, type ColumnRow } from '../assets/index.js';
import type { Target } from './resources.js';

/** What an enforcement point is to do with one column of a dataset that it lets through. `hide`: it must not appear. */
export interface ColumnAdvice {
  readonly path: string;
  readonly mask: string;
}

/** Columns by asset. */
export type ColumnsOf = ReadonlyMap<string, readonly ColumnRow[]>;

/** Columns of an asset that somebody may see masked or not at all. */
@Injectable()
export class Columns {
  private readonly listed: (assetIds: readonly string[]) => Promise<readonly (readonly ColumnRow[])[]>;

  constructor(
    reader: AssetReader,
    private readonly access: Access,
    database: Database,
  ) {
    this.listed = together(database, async (assetIds) => {
      const columns = await reader.listColumnsUnchecked([...new Set(assetIds)]);
      return assetIds.map((id) => columns.get(id) ?? []);
    });
  }

  /** Of all the datasets, in one statement. */
  async of(targets: readonly (Target | null)[]): Promise<ColumnsOf> {
    const ids = [...new Set(targets.flatMap((target) => datasetOf(target)?.id ?? []))];
    const listed = await this.listed(ids);
    return new Map(ids.map((id, at) => [id, listed[at] ?? []]));
  }

  /** In their order; those without a mask are left out. */
  async adviceFor(subject: Actor, action: string, target: Target, columns: ColumnsOf): Promise<ColumnAdvice[]> {
    const asset = datasetOf(target);
    if (!asset) return [];
    const access = await this.access.forActor(subject);
    return (columns.get(asset.id) ?? []).flatMap(({ path, sensitivity, tags, terms }) => {
      const resource = { type: 'column' as const, asset, path, sensitivity, tags, terms };
      const { decision, advice } = access.explain(columnActionOf(action), resource);
      const mask = decision === 'DENY' ? 'hide' : advice.mask;
      return mask === null ? [] : [{ path, mask }];
    });
  }
}

/** What it takes to show a column to somebody who does this to its dataset. */
function columnActionOf(action: string): 'read_column' | 'preview_column' | 'query_column' {
  if (action === 'preview') return 'preview_column';
  return action === 'query' ? 'query_column' : 'read_column';
}

function datasetOf(target: Target | null) {
  if (target?.kind !== 'own' || target.resource.type !== 'asset') return null;
  return target.resource.kind === 'DATASET' ? target.resource : null;
}
