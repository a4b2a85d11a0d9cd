import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { Actor } from '../../core/actor.js';
import { Access } from '../../platform/access/access.js';
import { Followers } from '../../platform/events/followers.js';
import { CurrentActor } from '../../platform/graphql/current-actor.js';
import { pageRequest } from '../../platform/graphql/page-arguments.js';
import type { MutationFailedEventsReplayArgs, QueryFailedEventsArgs } from '../../platform/graphql/schema.types.js';
import { asPayload } from '../../platform/graphql/user-errors.js';
import { IngestionRepository } from './ingestion.repository.js';
import { IngestionService } from './ingestion.service.js';

@Resolver()
export class IngestionResolver {
  constructor(
    private readonly ingestion: IngestionService,
    private readonly repository: IngestionRepository,
    private readonly followers: Followers,
    private readonly access: Access,
  ) {}

  @Query()
  async failedEvents(@CurrentActor() actor: Actor, @Args() { first, after }: QueryFailedEventsArgs): Promise<object> {
    const { nodes, ...pageInfo } = await this.ingestion.listFailed(actor, pageRequest(first, after));
    return { nodes, pageInfo };
  }

  @Query()
  async operations(@CurrentActor() actor: Actor): Promise<object> {
    (await this.access.forActor(actor)).require('operate', { type: 'system' });
    const counts = await this.repository.counts();
    return {
      ingestBacklog: counts.backlog,
      failedEvents: counts.failed,
      changeLogPosition: await this.followers.changeLogPosition(),
      followers: await this.followers.states(),
    };
  }

  @Mutation()
  async failedEventsReplay(@CurrentActor() actor: Actor, @Args() { ids }: MutationFailedEventsReplayArgs): Promise<object> {
    return asPayload(async () => ({ replayed: await this.ingestion.replay(actor, ids ?? null) }), { replayed: 0 });
  }
}
