import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import type { Page, PageRequest } from '../../core/page.js';
import { Access } from '../../platform/access/access.js';
import { Database } from '../../platform/database/database.js';
import { decodeCursor, encodeCursor } from '../../platform/graphql/page-arguments.js';
import { Jobs } from '../../platform/jobs/jobs.js';
import { AssetReader, type AssetFilter, type AssetRow, type ColumnRow } from '../assets/index.js';
import { SEARCH_INDEX, type SearchHitRow, type SearchIndex, type SearchTier } from './search-index.js';

export interface SearchHit {
  readonly asset: AssetRow;
  readonly column: ColumnRow | null;
  readonly tier: SearchTier;
}

export const REINDEX_JOB = 'search.reindex';
const REINDEX_BATCH = 500;
const SUGGESTIONS = 10;

@Injectable()
export class SearchService {
  constructor(
    @Inject(SEARCH_INDEX) private readonly index: SearchIndex,
    private readonly assets: AssetReader,
    private readonly access: Access,
    private readonly jobs: Jobs,
    private readonly database: Database,
  ) {}

  async search(actor: Actor, query: string, filter: AssetFilter, page: PageRequest): Promise<Page<SearchHit> & { totalCount: number }> {
    const offset = page.after === null ? 0 : Math.max(0, Number.parseInt(decodeCursor(page.after, 1)[0] ?? '', 10) || 0);
    const { hits, totalCount } = await this.index.search(actor, { query, filter, first: page.first, offset });
    const end = offset + hits.length;
    return {
      nodes: await this.hydrate(actor, hits),
      totalCount,
      hasNextPage: end < totalCount,
      endCursor: hits.length === 0 ? null : encodeCursor([String(end)]),
    };
  }

  async suggest(actor: Actor, prefix: string): Promise<SearchHit[]> {
    return this.hydrate(actor, await this.index.suggest(actor, prefix, SUGGESTIONS));
  }

  async scheduleReindex(actor: Actor): Promise<void> {
    (await this.access.forActor(actor)).require('operate', { type: 'system' });
    await this.jobs.schedule(REINDEX_JOB, { key: 'all' });
  }

  /** One batch; schedules the next. The old documents stay until they are replaced, so search stays whole meanwhile. */
  async reindexBatch(payload: Readonly<Record<string, unknown>>): Promise<void> {
    const after = typeof payload['after'] === 'string' ? payload['after'] : '00000000-0000-0000-0000-000000000000';
    const rows = await this.database.query<{ id: string }>(
      `SELECT id FROM asset WHERE id > $1::uuid ORDER BY id LIMIT ${REINDEX_BATCH}`,
      [after],
    );
    const last = rows.at(-1);
    if (!last) return;
    await this.index.index(rows.map(({ id }) => id));
    await this.jobs.schedule(REINDEX_JOB, { payload: { after: last.id } });
  }

  /** Reads hits through the policy once more: an engine may be wrong, the answer may not. */
  private async hydrate(actor: Actor, hits: readonly SearchHitRow[]): Promise<SearchHit[]> {
    const ids = [...new Set(hits.map((hit) => hit.assetId))];
    const assets = new Map((await this.assets.listByIds(actor, ids)).map((asset) => [asset.id, asset]));
    const withColumn = [...new Set(hits.filter((hit) => hit.columnPath !== '').map((hit) => hit.assetId))];
    const columns = withColumn.length === 0 ? new Map<string, ColumnRow[]>() : await this.assets.listColumns(actor, withColumn);
    return hits.flatMap((hit) => {
      const asset = assets.get(hit.assetId);
      const column = columns.get(hit.assetId)?.find(({ path }) => path === hit.columnPath) ?? null;
      return !asset || (hit.columnPath !== '' && !column) ? [] : [{ asset, column, tier: hit.tier }];
    });
  }
}
