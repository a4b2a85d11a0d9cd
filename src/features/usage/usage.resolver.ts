import { Args, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Actor } from '../../core/actor.js';
import { CurrentActor, CurrentScope } from '../../platform/graphql/current-actor.js';
import { pageRequest } from '../../platform/graphql/page-arguments.js';
import type { RequestScope } from '../../platform/graphql/request-scope.js';
import type { QueryRecentlyViewedArgs } from '../../platform/graphql/schema.types.js';
import type { AssetRow } from '../assets/index.js';
import type { UsageRow } from './usage.repository.js';
import { UsageService } from './usage.service.js';

@Resolver('ViewedAssetConnection')
export class RecentlyViewedResolver {
  constructor(private readonly usage: UsageService) {}

  @Query()
  async recentlyViewed(
    @CurrentActor() actor: Actor,
    @Args() { first, after }: QueryRecentlyViewedArgs,
  ): Promise<object> {
    const { nodes, ...pageInfo } = await this.usage.recentlyViewed(actor, pageRequest(first, after));
    return { nodes: nodes.map((asset) => ({ asset, viewedAt: asset.viewedAt })), pageInfo };
  }

  @ResolveField()
  async totalCount(@CurrentActor() actor: Actor): Promise<number> {
    return this.usage.countRecentlyViewed(actor);
  }
}

@Resolver('Asset')
export class UsageOfAssetResolver {
  constructor(private readonly service: UsageService) {}

  @ResolveField()
  async usage(@CurrentScope() scope: RequestScope, @Parent() asset: AssetRow): Promise<UsageRow> {
    const loader = scope.loader<string, UsageRow>('usage', (ids) => this.service.listUsage(ids));
    return loader.load(asset.id);
  }
}
