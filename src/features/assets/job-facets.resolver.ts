import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { numberAt, objectAt, textAt, type JsonObject } from '../../core/json.js';
import { CurrentScope } from '../../platform/graphql/current-actor.js';
import type { RequestScope } from '../../platform/graphql/request-scope.js';
import type { AssetRow } from './asset.js';
import { FacetReader, newestFacet } from './facet-reader.js';
import { ownershipIn, sourceTagsIn } from './facet-values.js';

/** What facets say of a job beyond the attributes that all assets have. Types as in OpenLineage spec 2-0-2. */
@Resolver('Job')
export class JobFacetsResolver {
  constructor(private readonly facets: FacetReader) {}

  @ResolveField()
  async processingType(@CurrentScope() scope: RequestScope, @Parent() job: AssetRow): Promise<string | null> {
    return textAt(await this.newest(scope, job, 'jobType'), 'processingType')?.toUpperCase() ?? null;
  }

  @ResolveField()
  async integration(@CurrentScope() scope: RequestScope, @Parent() job: AssetRow): Promise<string | null> {
    return textAt(await this.newest(scope, job, 'jobType'), 'integration');
  }

  @ResolveField()
  async emissionPattern(@CurrentScope() scope: RequestScope, @Parent() job: AssetRow): Promise<object | null> {
    const facet = await this.newest(scope, job, 'jobType');
    const pattern = objectAt(facet, 'emissionPattern');
    if (Object.keys(pattern).length === 0) return null;
    return {
      eventTrigger: textAt(pattern, 'eventTrigger'),
      eventContentMode: textAt(pattern, 'eventContentMode'),
      windowSeconds: numberAt(pattern, 'windowDuration'),
    };
  }

  @ResolveField()
  async sql(@CurrentScope() scope: RequestScope, @Parent() job: AssetRow): Promise<object | null> {
    const facet = await this.newest(scope, job, 'sql');
    return facet && { query: textAt(facet, 'query'), dialect: textAt(facet, 'dialect') };
  }

  @ResolveField()
  async sourceCode(@CurrentScope() scope: RequestScope, @Parent() job: AssetRow): Promise<object | null> {
    const facet = await this.newest(scope, job, 'sourceCode');
    return facet && { language: textAt(facet, 'language'), text: textAt(facet, 'sourceCode') };
  }

  @ResolveField()
  async sourceCodeLocation(@CurrentScope() scope: RequestScope, @Parent() job: AssetRow): Promise<object | null> {
    const facet = await this.newest(scope, job, 'sourceCodeLocation');
    const texts = ['type', 'url', 'repoUrl', 'path', 'version', 'tag', 'branch', 'pullRequestNumber'];
    return facet && Object.fromEntries(texts.map((key) => [key, textAt(facet, key)]));
  }

  @ResolveField()
  async ownership(@CurrentScope() scope: RequestScope, @Parent() job: AssetRow): Promise<object[]> {
    return ownershipIn(await this.newest(scope, job, 'ownership'));
  }

  @ResolveField()
  async sourceTags(@CurrentScope() scope: RequestScope, @Parent() job: AssetRow): Promise<object[]> {
    return sourceTagsIn(await this.newest(scope, job, 'tags'));
  }

  private async newest(scope: RequestScope, job: AssetRow, name: string): Promise<JsonObject | null> {
    const facet = newestFacet(await this.facets.ofJob(scope, job.id), name);
    return facet && objectAt(facet, 'value');
  }
}
