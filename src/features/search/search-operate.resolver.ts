import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { Actor } from '../../core/actor.js';
import { CurrentActor } from '../../platform/graphql/current-actor.js';
import { pageRequest } from '../../platform/graphql/page-arguments.js';
import type { MutationSearchSynonymSetArgs, QuerySearchSynonymsArgs } from '../../platform/graphql/schema.types.js';
import { asPayload } from '../../platform/graphql/user-errors.js';
import { SearchReindex } from './search-reindex.js';
import { SearchSynonyms } from './search-synonyms.js';

/** For whoever runs the service. */
@Resolver()
export class SearchOperateResolver {
  constructor(
    private readonly reindex: SearchReindex,
    private readonly synonyms: SearchSynonyms,
  ) {}

  @Query()
  async searchSynonyms(@Args() { first, after }: QuerySearchSynonymsArgs): Promise<object> {
    const { nodes, ...pageInfo } = await this.synonyms.list(pageRequest(first, after));
    return { nodes, pageInfo };
  }

  @Query()
  async searchIndex(@CurrentActor() actor: Actor): Promise<object> {
    const { rebuild, documents, bytes } = await this.reindex.state(actor);
    const shown = rebuild && { ...rebuild, isRunning: rebuild.state === 'RUNNING' };
    return { documents, bytes: String(bytes), rebuild: shown };
  }

  @Mutation()
  async searchSynonymSet(@CurrentActor() actor: Actor, @Args() args: MutationSearchSynonymSetArgs): Promise<object> {
    const set = async (): Promise<object> => ({ synonym: await this.synonyms.set(actor, args) });
    return asPayload(set, { synonym: null });
  }

  @Mutation()
  async searchReindex(@CurrentActor() actor: Actor): Promise<object> {
    const schedule = async (): Promise<{ isScheduled: boolean }> => {
      await this.reindex.schedule(actor);
      return { isScheduled: true };
    };
    return asPayload(schedule, { isScheduled: false });
  }
}
