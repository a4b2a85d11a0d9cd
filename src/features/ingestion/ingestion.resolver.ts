import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { Actor } from '../../core/actor.js';
import { CurrentActor } from '../../platform/graphql/current-actor.js';
import { pageRequest } from '../../platform/graphql/page-arguments.js';
import type {
  MutationFailedEventsReplayArgs,
  QueryFailedEventsArgs,
  QueryIngestWarningsArgs,
} from '../../platform/graphql/schema.types.js';
import { asPayload } from '../../platform/graphql/user-errors.js';
import { IngestionService, type OperationsView } from './ingestion.service.js';
import { Rebuild } from './rebuild.js';

@Resolver()
export class IngestionResolver {
  constructor(
    private readonly ingestion: IngestionService,
    private readonly rebuild: Rebuild,
  ) {}

  @Query()
  async failedEvents(@CurrentActor() actor: Actor, @Args() { first, after }: QueryFailedEventsArgs): Promise<object> {
    const { nodes, ...pageInfo } = await this.ingestion.listFailed(actor, pageRequest(first, after));
    return { nodes, pageInfo };
  }

  @Query()
  async ingestWarnings(
    @CurrentActor() actor: Actor,
    @Args() { first, after }: QueryIngestWarningsArgs,
  ): Promise<object> {
    const { nodes, ...pageInfo } = await this.ingestion.listWarned(actor, pageRequest(first, after));
    return { nodes, pageInfo };
  }

  @Query()
  async operations(@CurrentActor() actor: Actor): Promise<OperationsView & { isRebuilding: boolean }> {
    return { ...(await this.ingestion.operations(actor)), isRebuilding: await this.rebuild.isPending(actor) };
  }

  @Mutation()
  async catalogRebuild(@CurrentActor() actor: Actor): Promise<object> {
    const schedule = async (): Promise<{ isScheduled: boolean }> => {
      await this.rebuild.schedule(actor);
      return { isScheduled: true };
    };
    return asPayload(schedule, { isScheduled: false });
  }

  @Mutation()
  async failedEventsReplay(
    @CurrentActor() actor: Actor,
    @Args() { ids }: MutationFailedEventsReplayArgs,
  ): Promise<object> {
    return asPayload(async () => ({ replayed: await this.ingestion.replay(actor, ids ?? null) }), { replayed: 0 });
  }
}
