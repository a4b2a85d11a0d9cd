import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Actor } from '../../core/actor.js';
import { CurrentActor, CurrentScope } from '../../platform/graphql/current-actor.js';
import { pageRequest } from '../../platform/graphql/page-arguments.js';
import type { RequestScope } from '../../platform/graphql/request-scope.js';
import type {
  MutationAssetMergeArgs,
  MutationAssetSeparateArgs,
  QueryAliasProposalsArgs,
} from '../../platform/graphql/schema.types.js';
import { asPayload } from '../../platform/graphql/user-errors.js';
import type { AliasView } from './alias.repository.js';
import { AssetNames } from './asset-names.js';
import { refOf, type AssetRow } from './asset.js';

@Resolver('Dataset')
export class AssetNamesResolver {
  constructor(private readonly names: AssetNames) {}

  @ResolveField()
  async aliases(@CurrentScope() scope: RequestScope, @Parent() asset: AssetRow): Promise<object[]> {
    const loader = scope.loader<string, AliasView[]>('aliases', async (ids) => {
      const views = await this.names.listAliases(ids);
      return ids.map((id) => views.get(id) ?? []);
    });
    return (await loader.load(asset.id)).map((view) => ({ ...view, ref: refOf(view) }));
  }

  @Query()
  async aliasProposals(
    @CurrentActor() actor: Actor,
    @Args() { first, after }: QueryAliasProposalsArgs,
  ): Promise<object> {
    const { nodes, ...pageInfo } = await this.names.listProposals(actor, pageRequest(first, after));
    return { nodes, pageInfo };
  }

  @Mutation()
  async assetMerge(@CurrentActor() actor: Actor, @Args() args: MutationAssetMergeArgs): Promise<object> {
    return asPayload(async () => ({ asset: await this.names.merge(actor, args) }));
  }

  @Mutation()
  async assetSeparate(@CurrentActor() actor: Actor, @Args() args: MutationAssetSeparateArgs): Promise<object> {
    return asPayload(async () => ({ asset: await this.names.separate(actor, args) }));
  }
}
