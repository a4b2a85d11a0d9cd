import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { Actor } from '../../core/actor.js';
import { CurrentActor } from '../../platform/graphql/current-actor.js';
import { pageRequest } from '../../platform/graphql/page-arguments.js';
import type { QuerySearchArgs, QuerySearchSuggestArgs } from '../../platform/graphql/schema.types.js';
import { asPayload } from '../../platform/graphql/user-errors.js';
import { SearchService, type SearchHit } from './search.service.js';

@Resolver()
export class SearchResolver {
  constructor(private readonly service: SearchService) {}

  @Query()
  async search(@CurrentActor() actor: Actor, @Args() args: QuerySearchArgs): Promise<object> {
    const page = pageRequest(args.first, args.after);
    const { nodes, totalCount, ...pageInfo } = await this.service.search(actor, args.query, args.filter ?? {}, page);
    return { nodes, totalCount, pageInfo };
  }

  @Query()
  async searchSuggest(@CurrentActor() actor: Actor, @Args() { prefix }: QuerySearchSuggestArgs): Promise<SearchHit[]> {
    return this.service.suggest(actor, prefix);
  }

  @Mutation()
  async searchReindex(@CurrentActor() actor: Actor): Promise<object> {
    return asPayload(
      async () => {
        await this.service.scheduleReindex(actor);
        return { isScheduled: true };
      },
      { isScheduled: false },
    );
  }
}
