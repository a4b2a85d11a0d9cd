import { Args, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Actor } from '../../core/actor.js';
import { CurrentActor } from '../../platform/graphql/current-actor.js';
import type { QuerySearchArgs, QuerySearchSuggestArgs } from '../../platform/graphql/schema.types.js';
import { assetTypeName, type AssetRow, type ColumnRow } from '../assets/index.js';
import { searchConnection } from './search-connection.js';
import type { PersonRow, SearchHit } from './search-hits.js';
import { SearchService } from './search.service.js';

@Resolver()
export class SearchResolver {
  constructor(private readonly searchService: SearchService) {}

  @Query()
  async search(@CurrentActor() actor: Actor, @Args() args: QuerySearchArgs): Promise<object> {
    return searchConnection(this.searchService, actor, args);
  }

  @Query()
  async searchSuggest(
    @CurrentActor() actor: Actor,
    @Args() { prefix }: QuerySearchSuggestArgs,
  ): Promise<readonly object[]> {
    const hits = await this.searchService.suggest(actor, prefix);
    return hits.map((hit) => ({ ...hit, score: null }));
  }

  @Query()
  async changeLogPosition(): Promise<string> {
    return this.searchService.changeLogPosition();
  }
}

@Resolver('SearchHit')
export class SearchHitResolver {
  @ResolveField()
  item(@Parent() { asset, column, person }: SearchHit): AssetRow | ColumnRow | PersonRow {
    return person ?? column ?? asset;
  }
}

@Resolver('SearchItem')
export class SearchItemResolver {
  @ResolveField('__resolveType')
  resolveType(item: AssetRow | ColumnRow | PersonRow): string {
    if ('isTeam' in item) return 'Person';
    return 'assetId' in item ? 'Column' : assetTypeName(item.kind);
  }
}
