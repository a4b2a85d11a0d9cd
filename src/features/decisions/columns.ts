import { Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { Access } from '../../platform/access/access.js';
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
  constructor(
    private readonly reader: AssetReader,
    private readonly access: Access,
  ) {}

  /** Of all the datasets, in one statement. */
  async of(targets: readonly (Target | null)[]): Promise<ColumnsOf> {
    const ids = targets.flatMap((target) => datasetOf(target)?.id ?? []);
    return this.reader.listColumnsUnchecked([...new Set(ids)]);
  }

  /** In their order; those without a mask are left out. */
  async adviceFor(subject: Actor, target: Target, columns: ColumnsOf): Promise<ColumnAdvice[]> {
    const asset = datasetOf(target);
    if (!asset) return [];
    const access = await this.access.forActor(subject);
    return (columns.get(asset.id) ?? []).flatMap(({ path, sensitivity, tags, terms }) => {
      const resource = { type: 'column' as const, asset, path, sensitivity, tags, terms };
      const { decision, advice } = access.explain('read_column', resource);
      const mask = decision === 'DENY' ? 'hide' : advice.mask;
      return mask === null ? [] : [{ path, mask }];
    });
  }
}

function datasetOf(target: Target | null) {
  if (target?.kind !== 'own' || target.resource.type !== 'asset') return null;
  return target.resource.kind === 'DATASET' ? target.resource : null;
}
