import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Actor } from '../../core/actor.js';
import { CurrentActor } from '../../platform/graphql/current-actor.js';
import { pageRequest } from '../../platform/graphql/page-arguments.js';
import type {
  MutationSavedSearchCreateArgs,
  MutationSavedSearchDeleteArgs,
  MutationSavedSearchUpdateArgs,
  QuerySavedSearchArgs,
  QuerySavedSearchesArgs,
  QuerySavedSearchResultsArgs,
} from '../../platform/graphql/schema.types.js';
import { asPayload } from '../../platform/graphql/user-errors.js';
import { searchConnection, SearchService } from '../search/index.js';
import type { SavedSearch } from './saved-search.js';
import { SavedSearchesService } from './saved-searches.service.js';

@Resolver('SavedSearch')
export class SavedSearchesResolver {
  constructor(
    private readonly savedSearches: SavedSearchesService,
    private readonly search: SearchService,
  ) {}

  @Query('savedSearches')
  async listSearches(@CurrentActor() actor: Actor, @Args() { first, after }: QuerySavedSearchesArgs): Promise<object> {
    const { nodes, ...pageInfo } = await this.savedSearches.list(actor, pageRequest(first, after));
    return { nodes, pageInfo };
  }

  @Query()
  async savedSearch(@CurrentActor() actor: Actor, @Args() { id }: QuerySavedSearchArgs): Promise<SavedSearch | null> {
    const [search] = await this.savedSearches.findAll(actor, [id]);
    return search ?? null;
  }

  @Query()
  async savedSearchResults(
    @CurrentActor() actor: Actor,
    @Args() { id, ...args }: QuerySavedSearchResultsArgs,
  ): Promise<object | null> {
    const saved = await this.savedSearch(actor, { id });
    if (!saved) return null;
    const { query, filter, sort } = saved;
    return searchConnection(this.search, actor, { ...args, query, filter, sort });
  }

  @ResolveField()
  isMine(@CurrentActor() actor: Actor, @Parent() { accountId }: SavedSearch): boolean {
    return accountId === actor.id;
  }

  /** How much the owner finds is nobody else's business. */
  @ResolveField()
  watch(@CurrentActor() actor: Actor, @Parent() { accountId, isWatched, isTooBroad }: SavedSearch): string {
    if (accountId !== actor.id || !isWatched) return 'OFF';
    return isTooBroad ? 'TOO_BROAD' : 'ON';
  }

  @Mutation()
  async savedSearchCreate(
    @CurrentActor() actor: Actor,
    @Args() { input }: MutationSavedSearchCreateArgs,
  ): Promise<object> {
    return asPayload(async () => ({ savedSearch: await this.savedSearches.create(actor, input) }));
  }

  @Mutation()
  async savedSearchUpdate(
    @CurrentActor() actor: Actor,
    @Args() { id, input }: MutationSavedSearchUpdateArgs,
  ): Promise<object> {
    return asPayload(async () => ({ savedSearch: await this.savedSearches.update(actor, id, input) }));
  }

  @Mutation()
  async savedSearchDelete(
    @CurrentActor() actor: Actor,
    @Args() { id }: MutationSavedSearchDeleteArgs,
  ): Promise<object> {
    return asPayload(async () => {
      await this.savedSearches.delete(actor, id);
      return { id };
    });
  }
}
