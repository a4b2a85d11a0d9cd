import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { Actor } from '../../core/actor.js';
import { Followers } from '../../platform/events/followers.js';
import { CurrentActor } from '../../platform/graphql/current-actor.js';
import type {
  MutationLineageEdgeAddArgs,
  MutationLineageEdgeRemoveArgs,
  QueryManualEdgesArgs,
} from '../../platform/graphql/schema.types.js';
import { asPayload } from '../../platform/graphql/user-errors.js';
import { ManualLineage, type ManualEdge } from './manual-lineage.js';

@Resolver()
export class ManualLineageResolver {
  constructor(
    private readonly lineage: ManualLineage,
    private readonly followers: Followers,
  ) {}

  @Query()
  async manualEdges(@CurrentActor() actor: Actor, @Args() { ref }: QueryManualEdgesArgs): Promise<ManualEdge[]> {
    return this.lineage.list(actor, ref);
  }

  @Mutation()
  async lineageEdgeAdd(@CurrentActor() actor: Actor, @Args() args: MutationLineageEdgeAddArgs): Promise<object> {
    return this.withSequence(() => this.lineage.add(actor, args));
  }

  @Mutation()
  async lineageEdgeRemove(@CurrentActor() actor: Actor, @Args() args: MutationLineageEdgeRemoveArgs): Promise<object> {
    return this.withSequence(() => this.lineage.remove(actor, args));
  }

  /** After the commit: whoever asks for this position reads the change. */
  private withSequence(work: () => Promise<ManualEdge>): Promise<object> {
    return asPayload(async () => ({ edge: await work(), sequence: await this.followers.changeLogPosition() }));
  }
}
