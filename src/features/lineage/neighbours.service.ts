import { Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { Invalid } from '../../core/errors.js';
import type { Page, PageRequest } from '../../core/page.js';
import { Access } from '../../platform/access/access.js';
import { decodeCursor, encodeCursor } from '../../platform/graphql/page-arguments.js';
import { AssetPage, AssetReader, isAssetId, type AssetRow } from '../assets/index.js';
import { LineageRepository, type NeighbourKey } from './lineage.repository.js';
import type { LineageDirection } from './walk.js';

/** One node of a graph at a time: what a bound cut off is got by page. */
@Injectable()
export class NeighboursService {
  constructor(
    private readonly page: AssetPage,
    private readonly reader: AssetReader,
    private readonly access: Access,
    private readonly lineage: LineageRepository,
  ) {}

  /** @throws {NotFound} for a hidden or missing asset. */
  async list(
    actor: Actor,
    { ref, direction }: { readonly ref: string; readonly direction: LineageDirection },
    { first, after }: PageRequest,
  ): Promise<Page<AssetRow>> {
    const asset = await this.page.get(actor, ref);
    const access = await this.access.forActor(actor);
    const page = { limit: first, after: after === null ? null : keyOf(after) };
    const found = await this.lineage.listNeighbours({ direction, access }, asset.id, page);
    const shown = found.slice(0, first);
    const last = shown.at(-1);
    return {
      nodes: await this.reader.listByIds(
        actor,
        shown.map(({ id }) => id),
      ),
      hasNextPage: found.length > first,
      endCursor: last ? encodeCursor([last.name, last.id]) : null,
    };
  }
}

function keyOf(cursor: string): NeighbourKey {
  const [name = '', id = ''] = decodeCursor(cursor, 2);
  if (!isAssetId(id)) throw new Invalid('after is not the endCursor of a page of this list.', ['after']);
  return { name, id };
}
