import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentScope } from '../../platform/graphql/current-actor.js';
import type { RequestScope } from '../../platform/graphql/request-scope.js';
import { AssetStates, type AssetRow, type AssetState } from '../assets/index.js';

/** A node as the walk hands it out, with the moment that it is of. */
interface NodeAsOf {
  readonly asset: AssetRow;
  readonly asOf: Date | null;
}

@Resolver('LineageNode')
export class LineageNodeResolver {
  constructor(private readonly states: AssetStates) {}

  @ResolveField()
  async state(@CurrentScope() scope: RequestScope, @Parent() { asset, asOf }: NodeAsOf): Promise<AssetState | null> {
    if (asOf === null) return null;
    const loader = scope.loader<AssetRow, AssetState>(`states ${asOf.toISOString()}`, (assets) =>
      this.states.listAt(scope.actor, assets, asOf),
    );
    return loader.load(asset);
  }
}
