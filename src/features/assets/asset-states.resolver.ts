import { Args, Query, Resolver } from '@nestjs/graphql';
import type { Actor } from '../../core/actor.js';
import { CurrentActor } from '../../platform/graphql/current-actor.js';
import type { QueryAssetAsOfArgs } from '../../platform/graphql/schema.types.js';
import { AssetPage } from './asset-page.js';
import { AssetStates, type AssetState } from './asset-states.js';

@Resolver('AssetState')
export class AssetStatesResolver {
  constructor(
    private readonly page: AssetPage,
    private readonly states: AssetStates,
  ) {}

  @Query()
  async assetAsOf(@CurrentActor() actor: Actor, @Args() { ref, at }: QueryAssetAsOfArgs): Promise<AssetState | null> {
    const asset = await this.page.open(actor, ref);
    if (!asset) return null;
    const [state] = await this.states.listAt(actor, [asset], at);
    return state ?? null;
  }
}
