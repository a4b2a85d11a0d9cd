import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { listAt, objectAt, textAt, type JsonObject } from '../../core/json.js';
import { CurrentScope } from '../../platform/graphql/current-actor.js';
import type { RequestScope } from '../../platform/graphql/request-scope.js';
import type { AssetRow } from './asset.js';
import { FacetReader, newestFacet } from './facet-reader.js';
import { ownershipIn, sourceTagsIn } from './facet-values.js';

/** What facets say of a dataset beyond the attributes that all assets have. Types as in OpenLineage spec 2-0-2. */
@Resolver('Dataset')
export class DatasetFacetsResolver {
  constructor(private readonly facets: FacetReader) {}

  @ResolveField()
  async subtypeDetail(@CurrentScope() scope: RequestScope, @Parent() dataset: AssetRow): Promise<string | null> {
    return textAt(await this.newest(scope, dataset, 'datasetType'), 'subType')?.toUpperCase() ?? null;
  }

  @ResolveField()
  async version(@CurrentScope() scope: RequestScope, @Parent() dataset: AssetRow): Promise<string | null> {
    return textAt(await this.newest(scope, dataset, 'version'), 'datasetVersion');
  }

  @ResolveField()
  async storage(@CurrentScope() scope: RequestScope, @Parent() dataset: AssetRow): Promise<object | null> {
    const facet = await this.newest(scope, dataset, 'storage');
    return facet && { layer: textAt(facet, 'storageLayer'), fileFormat: textAt(facet, 'fileFormat') };
  }

  @ResolveField()
  async catalog(@CurrentScope() scope: RequestScope, @Parent() dataset: AssetRow): Promise<object | null> {
    const facet = await this.newest(scope, dataset, 'catalog');
    if (!facet) return null;
    const texts = ['framework', 'type', 'name', 'metadataUri', 'warehouseUri', 'source'];
    return {
      ...Object.fromEntries(texts.map((key) => [key, textAt(facet, key)])),
      properties: objectAt(facet, 'catalogProperties'),
    };
  }

  @ResolveField()
  async dataSource(@CurrentScope() scope: RequestScope, @Parent() dataset: AssetRow): Promise<object | null> {
    const facet = await this.newest(scope, dataset, 'dataSource');
    return facet && { name: textAt(facet, 'name'), uri: textAt(facet, 'uri') };
  }

  @ResolveField()
  async hierarchy(@CurrentScope() scope: RequestScope, @Parent() dataset: AssetRow): Promise<object[]> {
    const levels = listAt(await this.newest(scope, dataset, 'hierarchy'), 'hierarchy');
    return levels.map((level) => ({ type: textAt(level, 'type'), name: textAt(level, 'name') }));
  }

  @ResolveField()
  async lifecycleChange(@CurrentScope() scope: RequestScope, @Parent() dataset: AssetRow): Promise<object | null> {
    const facet = newestFacet(await this.facets.ofDataset(scope, dataset.id), 'lifecycleStateChange');
    const change = textAt(facet?.value, 'lifecycleStateChange');
    return change && facet ? { change: change.toUpperCase(), at: facet.at } : null;
  }

  @ResolveField()
  async ownership(@CurrentScope() scope: RequestScope, @Parent() dataset: AssetRow): Promise<object[]> {
    return ownershipIn(await this.newest(scope, dataset, 'ownership'));
  }

  @ResolveField()
  async sourceTags(@CurrentScope() scope: RequestScope, @Parent() dataset: AssetRow): Promise<object[]> {
    return sourceTagsIn(await this.newest(scope, dataset, 'tags'));
  }

  private async newest(scope: RequestScope, dataset: AssetRow, name: string): Promise<JsonObject | null> {
    const facet = newestFacet(await this.facets.ofDataset(scope, dataset.id), name);
    return facet && objectAt(facet, 'value');
  }
}
