import { Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { Access } from '../../platform/access/access.js';
import { AssetReader } from '../assets/index.js';
import type { Target } from './resources.js';

/** What an enforcement point is to do with one column of a dataset that it lets through. `hide`: it must not appear. */
export interface ColumnAdvice {
  readonly path: string;
  readonly mask: string;
}

/** Columns of an asset that somebody may see masked or not at all. */
@Injectable()
export class Columns {
  constructor(
    private readonly reader: AssetReader,
    private readonly access: Access,
  ) {}

  /** By path; those without a mask are left out. */
  async adviceFor(subject: Actor, target: Target): Promise<ColumnAdvice[]> {
    if (target.kind !== 'own' || target.resource.type !== 'asset' || target.resource.kind !== 'DATASET') return [];
    const asset = target.resource;
    const access = await this.access.forActor(subject);
    const columns = await this.reader.listColumnsUnchecked(asset.id);
    return columns.flatMap((column) => {
      const { path, sensitivity, tags, terms } = column;
      const resource = { type: 'column' as const, asset, path, sensitivity, tags, terms };
      const { decision, advice } = access.explain('read_column', resource);
      const mask = decision === 'DENY' ? 'hide' : advice.mask;
      return mask === null ? [] : [{ path, mask }];
    });
  }
}
