import { Injectable } from '@nestjs/common';
import { Access } from '../../platform/access/access.js';
import { ASSET_SQL_COLUMNS, COLUMN_SQL_COLUMNS } from '../../platform/access/sql-reading.js';
import type { RequestScope } from '../../platform/graphql/request-scope.js';
import { AssetReader } from './asset-reader.js';
import { FacetRepository, type FacetRow } from './facet.repository.js';
import type { ColumnRow } from './asset.js';
import { isJobFacetVisible, visibleDatasetFacet, type ColumnView } from './facet-visibility.js';

/** Facets as the caller may see them, batched over the request. */
@Injectable()
export class FacetReader {
  constructor(
    private readonly reader: AssetReader,
    private readonly facets: FacetRepository,
    private readonly access: Access,
  ) {}

  async columns(scope: RequestScope, datasetId: string): Promise<ColumnRow[]> {
    const loader = scope.loader<string, ColumnRow[]>('columns', async (ids) => {
      const columns = await this.reader.listColumns(scope.actor, ids);
      return ids.map((id) => columns.get(id) ?? []);
    });
    return loader.load(datasetId);
  }

  /** By name, then source. */
  async ofDataset(scope: RequestScope, datasetId: string): Promise<FacetRow[]> {
    const facets = await this.verbatim(scope, datasetId);
    const view = await this.columnView(scope, datasetId);
    return facets.flatMap((facet) => {
      const value = visibleDatasetFacet(facet.name, facet.value, view);
      return value === undefined ? [] : [{ ...facet, value }];
    });
  }

  async ofJob(scope: RequestScope, jobId: string): Promise<FacetRow[]> {
    const facets = await this.verbatim(scope, jobId);
    const seesData = await this.seesDataOf(scope, jobId);
    return facets.filter(({ name }) => isJobFacetVisible(name, { seesData }));
  }

  async columnView(scope: RequestScope, datasetId: string): Promise<ColumnView> {
    const columns = await this.columns(scope, datasetId);
    const loader = scope.loader<string, number>('column counts', async (ids) => {
      const counts = await this.facets.countColumns(ids);
      return ids.map((id) => counts.get(id) ?? 0);
    });
    return {
      visible: new Set(columns.map(({ path }) => path)),
      seesAll: columns.length === (await loader.load(datasetId)),
    };
  }

  /** Whether the caller sees everything that a job reads and writes. */
  async seesDataOf(scope: RequestScope, jobId: string): Promise<boolean> {
    const loader = scope.loader<string, boolean>('full view of jobs', async (ids) => {
      const access = await this.access.forActor(scope.actor);
      const hidden = await this.facets.listJobsWithHiddenData(ids, {
        asset: (first) => access.sql('discover', 'asset', { columns: ASSET_SQL_COLUMNS('a'), firstParameter: first }),
        column: (first) =>
          access.sql('read_column', 'column', { columns: COLUMN_SQL_COLUMNS('c', 'a'), firstParameter: first }),
      });
      return ids.map((id) => !hidden.includes(id));
    });
    return loader.load(jobId);
  }

  private async verbatim(scope: RequestScope, assetId: string): Promise<FacetRow[]> {
    const loader = scope.loader<string, FacetRow[]>('facets', async (ids) => {
      const facets = await this.facets.listFacets(ids);
      return ids.map((id) => facets.filter((facet) => facet.assetId === id));
    });
    return loader.load(assetId);
  }
}

/** Of what several sources say, the newest. */
export function newestFacet(facets: readonly FacetRow[], name: string): FacetRow | null {
  const [newest] = facets.filter((facet) => facet.name === name).toSorted((a, b) => Number(b.at) - Number(a.at));
  return newest ?? null;
}
