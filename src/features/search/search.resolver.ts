import { Args, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Actor } from '../../core/actor.js';
import { CurrentActor } from '../../platform/graphql/current-actor.js';
import { pageRequest } from '../../platform/graphql/page-arguments.js';
import type { QuerySearchArgs, QuerySearchSuggestArgs } from '../../platform/graphql/schema.types.js';
import { assetTypeName, type AssetRow, type ColumnRow } from '../assets/index.js';
import { FIELD_NAMES } from './search-fields.js';
import type { PersonRow, SearchHit } from './search-hits.js';
import type { Facet } from './search-index.js';
import { SearchService } from './search.service.js';

@Resolver()
export class SearchResolver {
  constructor(private readonly searchService: SearchService) {}

  @Query()
  async search(@CurrentActor() actor: Actor, @Args() args: QuerySearchArgs): Promise<object> {
    const { hits, totalCount, facets, didYouMean, notices, position, ...pageInfo } = await this.searchService.search(
      actor,
      {
        query: args.query,
        filter: args.filter ?? {},
        facets: FIELD_NAMES.filter((name) => args.facets?.some((facet) => facet === name.toUpperCase())),
        sort: args.sort ?? 'RELEVANCE',
        page: pageRequest(args.first, args.after),
        minPosition: args.minPosition ?? null,
      },
    );
    const inOrder = (args.facets ?? []).flatMap((name) => facets.filter(({ field }) => field.toUpperCase() === name));
    return {
      nodes: hits.map((hit) => (args.explain ? hit : { ...hit, score: null })),
      totalCount,
      facets: inOrder.map(facetShape),
      didYouMean,
      notices,
      position,
      pageInfo,
    };
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

function facetShape({ field, ...facet }: Facet): object {
  return { ...facet, field: field.toUpperCase() };
}
