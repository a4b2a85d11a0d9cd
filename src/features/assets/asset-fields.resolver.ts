import { Args, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { Actor } from '../../core/actor.js';
import type { Page } from '../../core/page.js';
import { Access } from '../../platform/access/access.js';
import { CurrentActor, CurrentScope } from '../../platform/graphql/current-actor.js';
import { pageRequest } from '../../platform/graphql/page-arguments.js';
import type { RequestScope } from '../../platform/graphql/request-scope.js';
import type { JobRunsArgs } from '../../platform/graphql/schema.types.js';
import { AssetReader } from './asset-reader.js';
import type { RunRow, SourceRecordView } from './asset.repository.js';
import type { FacetRow } from './facet.repository.js';
import {
  CERTIFICATIONS,
  refOf,
  sensitivityOf,
  toAssetResource,
  type AssetRow,
  type ColumnRow,
  type ValueOrigin,
  assetTypeName,
} from './asset.js';
import { FacetReader } from './facet-reader.js';

/**
 * Fields that every kind of asset has. Those that are read off the row take it as their first argument without a decorator:
 * Nest then hands the method to GraphQL as it is, where a decorated one costs a promise for each asset of a long list.
 */
@Resolver('Asset')
export class AssetFieldsResolver {
  constructor(
    private readonly access: Access,
    private readonly reader: AssetReader,
  ) {}

  @ResolveField('__resolveType')
  resolveType(asset: AssetRow): string {
    return assetTypeName(asset.kind);
  }

  @ResolveField()
  ref(asset: AssetRow): string {
    return refOf(asset);
  }

  @ResolveField()
  displayName(asset: AssetRow): string {
    return asset.displayName ?? asset.name;
  }

  @ResolveField()
  sensitivity(asset: AssetRow): string | null {
    return sensitivityOf(asset.sensitivity);
  }

  @ResolveField()
  provenance(asset: AssetRow): object[] {
    return provenanceList(asset.provenance);
  }

  @ResolveField()
  certification(asset: AssetRow): object | null {
    const level = asset.certificationLevel === null ? undefined : CERTIFICATIONS[asset.certificationLevel];
    const [origin] = asset.provenance['certification'] ?? [];
    if (level === undefined || !origin) return null;
    const { certifiedUntil: expiresAt, certificationNote: note } = asset;
    const isExpired = expiresAt !== null && expiresAt <= new Date();
    return { level, by: origin.by, at: new Date(origin.at), expiresAt, isExpired, note };
  }

  /** Hidden equals missing: a successor the caller may not see is none. */
  @ResolveField()
  async successor(@CurrentScope() scope: RequestScope, @Parent() asset: AssetRow): Promise<AssetRow | null> {
    if (asset.successor === null) return null;
    const loader = scope.loader<string, AssetRow | null>('successor', (refs) => this.reader.findAll(scope.actor, refs));
    return loader.load(asset.successor);
  }

  @ResolveField()
  async sources(@CurrentScope() scope: RequestScope, @Parent() asset: AssetRow): Promise<SourceRecordView[]> {
    const loader = scope.loader<string, SourceRecordView[]>('sources', async (ids) => {
      const records = await this.reader.listSources(ids);
      return ids.map((id) => records.filter(({ assetId }) => assetId === id));
    });
    return loader.load(asset.id);
  }

  @ResolveField()
  async viewerCan(@CurrentActor() actor: Actor, @Parent() asset: AssetRow): Promise<string[]> {
    const access = await this.access.forActor(actor);
    return (['discover', 'edit', 'preview', 'query'] as const).filter((action) =>
      access.can(action, toAssetResource(asset)),
    );
  }
}

@Resolver('Dataset')
export class DatasetResolver {
  constructor(private readonly facetReader: FacetReader) {}

  @ResolveField()
  async columns(@CurrentScope() scope: RequestScope, @Parent() asset: AssetRow): Promise<ColumnRow[]> {
    return this.facetReader.columns(scope, asset.id);
  }

  @ResolveField()
  async facets(@CurrentScope() scope: RequestScope, @Parent() asset: AssetRow): Promise<FacetRow[]> {
    return this.facetReader.ofDataset(scope, asset.id);
  }
}

@Resolver('Job')
export class JobResolver {
  constructor(
    private readonly reader: AssetReader,
    private readonly facetReader: FacetReader,
  ) {}

  @ResolveField()
  async runs(
    @CurrentScope() scope: RequestScope,
    @Parent() job: AssetRow,
    @Args() { first, after }: JobRunsArgs,
  ): Promise<object> {
    const page = pageRequest(first, after);
    const loader = scope.loader<string, Page<RunRow>>(`runs ${JSON.stringify(page)}`, (ids) =>
      this.reader.listRuns(ids, page),
    );
    const { nodes, ...pageInfo } = await loader.load(job.id);
    return { nodes, pageInfo };
  }

  @ResolveField()
  async facets(@CurrentScope() scope: RequestScope, @Parent() asset: AssetRow): Promise<FacetRow[]> {
    return this.facetReader.ofJob(scope, asset.id);
  }
}

@Resolver('Column')
export class ColumnResolver {
  @ResolveField()
  sensitivity(column: ColumnRow): string | null {
    return sensitivityOf(column.sensitivity);
  }

  @ResolveField()
  provenance(column: ColumnRow): object[] {
    return provenanceList(column.provenance);
  }
}

function provenanceList(provenance: Readonly<Record<string, readonly ValueOrigin[]>>): object[] {
  return Object.entries(provenance)
    .flatMap(([attribute, origins]) =>
      origins.map((origin) => ({ attribute, source: origin.source, at: new Date(origin.at), by: origin.by })),
    )
    .toSorted((a, b) => (a.attribute < b.attribute ? -1 : 1));
}
