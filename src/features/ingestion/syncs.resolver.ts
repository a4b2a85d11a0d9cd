import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Actor } from '../../core/actor.js';
import { CurrentActor } from '../../platform/graphql/current-actor.js';
import { pageRequest } from '../../platform/graphql/page-arguments.js';
import type {
  MutationSourceSyncReleaseArgs,
  MutationSourceWithdrawArgs,
  QuerySourceSyncsArgs,
} from '../../platform/graphql/schema.types.js';
import { asPayload } from '../../platform/graphql/user-errors.js';
import type { SyncRow } from '../assets/index.js';
import { SyncsService } from './syncs.service.js';
import { Withdrawal } from './withdrawal.js';

@Resolver('SourceSync')
export class SyncsResolver {
  constructor(
    private readonly syncs: SyncsService,
    private readonly withdrawal: Withdrawal,
  ) {}

  @Query()
  async sourceSyncs(
    @CurrentActor() actor: Actor,
    @Args() { source, first, after }: QuerySourceSyncsArgs,
  ): Promise<object> {
    const { nodes, ...pageInfo } = await this.syncs.list(actor, source ?? null, pageRequest(first, after));
    return { nodes, pageInfo };
  }

  @Mutation()
  async sourceSyncRelease(@CurrentActor() actor: Actor, @Args() args: MutationSourceSyncReleaseArgs): Promise<object> {
    return asPayload(async () => ({ sync: await this.syncs.release(actor, args) }));
  }

  @Mutation()
  async sourceWithdraw(@CurrentActor() actor: Actor, @Args() args: MutationSourceWithdrawArgs): Promise<object> {
    return asPayload(() => this.withdrawal.withdraw(actor, args));
  }

  @ResolveField()
  id(@Parent() sync: SyncRow): string {
    return sync.syncId;
  }

  @ResolveField()
  source(@Parent() sync: SyncRow): string {
    return sync.sourceKey;
  }

  @ResolveField()
  include(@Parent() sync: SyncRow): readonly string[] {
    return sync.scope.include;
  }

  @ResolveField()
  exclude(@Parent() sync: SyncRow): readonly string[] {
    return sync.scope.exclude;
  }
}
