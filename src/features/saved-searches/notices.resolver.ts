import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Actor } from '../../core/actor.js';
import { CurrentActor, CurrentScope } from '../../platform/graphql/current-actor.js';
import { pageRequest } from '../../platform/graphql/page-arguments.js';
import type { RequestScope } from '../../platform/graphql/request-scope.js';
import type { MutationNoticesMarkReadArgs, QueryNoticesArgs } from '../../platform/graphql/schema.types.js';
import { asPayload } from '../../platform/graphql/user-errors.js';
import type { NoticeRow } from './notice.repository.js';
import { NoticesService, type NoticeFilter } from './notices.service.js';
import type { SavedSearch } from './saved-search.js';
import { SavedSearchesService } from './saved-searches.service.js';

@Resolver('NoticeConnection')
export class NoticesResolver {
  constructor(private readonly service: NoticesService) {}

  @Query()
  async notices(
    @CurrentActor() actor: Actor,
    @Args() { filter: given, first, after }: QueryNoticesArgs,
  ): Promise<object> {
    const filter = given ?? 'ALL';
    const { nodes, ...pageInfo } = await this.service.list(actor, filter, pageRequest(first, after));
    return { filter, nodes, pageInfo };
  }

  @ResolveField()
  async totalCount(
    @CurrentActor() actor: Actor,
    @Parent() { filter }: { readonly filter: NoticeFilter },
  ): Promise<number> {
    return this.service.count(actor, filter);
  }

  @ResolveField()
  async unreadCount(@CurrentActor() actor: Actor): Promise<number> {
    return this.service.count(actor, 'UNREAD');
  }

  @Mutation()
  async noticesMarkRead(@CurrentActor() actor: Actor, @Args() { ids }: MutationNoticesMarkReadArgs): Promise<object> {
    return asPayload(async () => {
      await this.service.markRead(actor, ids ?? null);
      return { unreadCount: await this.service.count(actor, 'UNREAD') };
    });
  }
}

@Resolver('Notice')
export class NoticeResolver {
  constructor(private readonly searches: SavedSearchesService) {}

  @ResolveField()
  id(@Parent() { noticeId }: NoticeRow): string {
    return noticeId;
  }

  @ResolveField()
  async savedSearch(
    @CurrentScope() scope: RequestScope,
    @Parent() { searchId }: NoticeRow,
  ): Promise<SavedSearch | null> {
    const loader = scope.loader<string, SavedSearch | null>('saved searches', (ids) =>
      this.searches.findAll(scope.actor, ids),
    );
    return loader.load(searchId);
  }

  @ResolveField()
  asset(@Parent() notice: NoticeRow): NoticeRow {
    return notice;
  }

  @ResolveField()
  column(@Parent() { columnRow }: NoticeRow): object | null {
    return columnRow;
  }

  @ResolveField()
  isRead(@Parent() { readAt }: NoticeRow): boolean {
    return readAt !== null;
  }
}
