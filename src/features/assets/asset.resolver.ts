import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Actor } from '../../core/actor.js';
import { CurrentActor } from '../../platform/graphql/current-actor.js';
import { pageRequest } from '../../platform/graphql/page-arguments.js';
import type {
  MutationAssetCertifyArgs,
  MutationAssetClassifyArgs,
  MutationAssetDeprecateArgs,
  MutationAssetDescribeArgs,
  MutationAssetSetOwnersArgs,
  MutationAssetSetTermsArgs,
  MutationAssetTagArgs,
  QueryAssetArgs,
  QueryAssetsArgs,
} from '../../platform/graphql/schema.types.js';
import { asPayload } from '../../platform/graphql/user-errors.js';
import { AssetEditor } from './asset-editor.js';
import type { AssetFilter } from './asset-filter.js';
import { AssetPage } from './asset-page.js';
import { AssetReader } from './asset-reader.js';
import type { AssetRow } from './asset.js';

interface AssetList {
  readonly filter: AssetFilter;
  readonly nodes: readonly AssetRow[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

@Resolver('AssetConnection')
export class AssetResolver {
  constructor(
    private readonly reader: AssetReader,
    private readonly page: AssetPage,
    private readonly editor: AssetEditor,
  ) {}

  @Query()
  async asset(@CurrentActor() actor: Actor, @Args() { ref }: QueryAssetArgs): Promise<AssetRow | null> {
    return this.page.visit(actor, ref);
  }

  @Query()
  async assets(@CurrentActor() actor: Actor, @Args() { filter, first, after }: QueryAssetsArgs): Promise<AssetList> {
    const { nodes, ...pageInfo } = await this.reader.list(actor, filter ?? {}, pageRequest(first, after));
    return { filter: filter ?? {}, nodes, pageInfo };
  }

  @ResolveField()
  async totalCount(@CurrentActor() actor: Actor, @Parent() list: AssetList): Promise<number> {
    return this.reader.count(actor, list.filter);
  }

  @Mutation()
  async assetDescribe(@CurrentActor() actor: Actor, @Args() args: MutationAssetDescribeArgs): Promise<object> {
    return asPayload(async () => ({ asset: await this.editor.describe(actor, args, args.description ?? null) }));
  }

  @Mutation()
  async assetSetOwners(@CurrentActor() actor: Actor, @Args() args: MutationAssetSetOwnersArgs): Promise<object> {
    return asPayload(async () => ({ asset: await this.editor.setOwners(actor, args, args.owners) }));
  }

  @Mutation()
  async assetTag(@CurrentActor() actor: Actor, @Args() args: MutationAssetTagArgs): Promise<object> {
    return asPayload(async () => ({ asset: await this.editor.changeTags(actor, args, args) }));
  }

  @Mutation()
  async assetSetTerms(@CurrentActor() actor: Actor, @Args() args: MutationAssetSetTermsArgs): Promise<object> {
    return asPayload(async () => ({ asset: await this.editor.changeTerms(actor, args, args) }));
  }

  @Mutation()
  async assetCertify(@CurrentActor() actor: Actor, @Args() args: MutationAssetCertifyArgs): Promise<object> {
    const { level, expiresAt, note } = args;
    const words = level ? { level, expiresAt, note } : null;
    return asPayload(async () => ({ asset: await this.editor.certify(actor, { ref: args.ref }, words) }));
  }

  @Mutation()
  async assetDeprecate(@CurrentActor() actor: Actor, @Args() args: MutationAssetDeprecateArgs): Promise<object> {
    const words = { ...args, isDeprecated: args.isDeprecated ?? true };
    return asPayload(async () => ({ asset: await this.editor.deprecate(actor, { ref: args.ref }, words) }));
  }

  @Mutation()
  async assetClassify(@CurrentActor() actor: Actor, @Args() args: MutationAssetClassifyArgs): Promise<object> {
    return asPayload(async () => ({ asset: await this.editor.classify(actor, args, args) }));
  }
}
