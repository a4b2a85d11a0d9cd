import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { Actor } from '../../core/actor.js';
import { CurrentActor } from '../../platform/graphql/current-actor.js';
import { pageRequest } from '../../platform/graphql/page-arguments.js';
import type { QuerySearchArgs, QuerySearchSuggestArgs } from '../../platform/graphql/schema.types.js';
import { asPayload } from '../../platform/graphql/user-errors.js';
import { SearchService } from './search.service.js';

@Resolver()
export class SearchResolver {
  constructor(private readonly searchService: SearchService) {}

  @Query()
  async search(
    @CurrentActor() actor: Actor,
    @Args() { query, filter, first, after }: QuerySearchArgs,
  ): Promise<object> {
    const page = pageRequest(first, after);
    const { hits, totalCount, ...pageInfo } = await this.searchService.search(actor, {
      query,
      filter: filter ?? {},
      page,
    });
    return { nodes: hits, totalCount, pageInfo };
  }

  @Query()
  async searchSuggest(
    @CurrentActor() actor: Actor,
    @Args() { prefix }: QuerySearchSuggestArgs,
  ): Promise<readonly object[]> {
    return this.searchService.suggest(actor, prefix);
  }

  @Mutation()
  async searchReindex(@CurrentActor() actor: Actor): Promise<object> {
    const schedule = async (): Promise<{ isScheduled: boolean }> => {
      await this.searchService.scheduleReindex(actor);
      return { isScheduled: true };
    };
    return asPayload(schedule, { isScheduled: false });
  }
}
