import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { Actor } from '../../core/actor.js';
import { CurrentActor } from '../../platform/graphql/current-actor.js';
import { pageRequest } from '../../platform/graphql/page-arguments.js';
import type {
  MutationAccessGrantRenewArgs,
  MutationAccessGrantRevokeArgs,
  MutationAccessRequestCreateArgs,
  MutationAccessRequestDecideArgs,
  MutationAccessRequestWithdrawArgs,
  MutationBreakGlassRequestArgs,
  MutationBreakGlassReviewArgs,
  QueryAccessRequestEffectArgs,
  QueryAccessRequestsArgs,
} from '../../platform/graphql/schema.types.js';
import { asPayload } from '../../platform/graphql/user-errors.js';
import { AccessEffects } from './access-effects.js';
import { AccessRequestsService } from './access-requests.service.js';

@Resolver()
export class AccessRequestsResolver {
  constructor(
    private readonly requests: AccessRequestsService,
    private readonly effects: AccessEffects,
  ) {}

  @Query()
  async accessRequests(
    @CurrentActor() actor: Actor,
    @Args() { needsReview, first, after }: QueryAccessRequestsArgs,
  ): Promise<object> {
    const { nodes, ...pageInfo } = await this.requests.list(actor, needsReview ?? false, pageRequest(first, after));
    return { nodes, pageInfo };
  }

  @Mutation()
  async accessRequestCreate(
    @CurrentActor() actor: Actor,
    @Args() { input }: MutationAccessRequestCreateArgs,
  ): Promise<object> {
    return asPayload(async () => ({ request: await this.requests.create(actor, input) }));
  }

  @Query()
  async accessRequestEffect(
    @CurrentActor() actor: Actor,
    @Args() { id }: QueryAccessRequestEffectArgs,
  ): Promise<object> {
    return this.effects.of(actor, await this.requests.getDecidable(actor, id));
  }

  @Mutation()
  async accessGrantRenew(@CurrentActor() actor: Actor, @Args() args: MutationAccessGrantRenewArgs): Promise<object> {
    return asPayload(async () => ({ request: await this.requests.renew(actor, args) }));
  }

  @Mutation()
  async breakGlassRequest(
    @CurrentActor() actor: Actor,
    @Args() { input }: MutationBreakGlassRequestArgs,
  ): Promise<object> {
    return asPayload(async () => ({ request: await this.requests.breakGlass(actor, input) }));
  }

  @Mutation()
  async breakGlassReview(@CurrentActor() actor: Actor, @Args() args: MutationBreakGlassReviewArgs): Promise<object> {
    return asPayload(async () => ({ request: await this.requests.review(actor, args) }));
  }

  @Mutation()
  async accessRequestDecide(
    @CurrentActor() actor: Actor,
    @Args() args: MutationAccessRequestDecideArgs,
  ): Promise<object> {
    return asPayload(async () => ({ request: await this.requests.decide(actor, args) }));
  }

  @Mutation()
  async accessRequestWithdraw(
    @CurrentActor() actor: Actor,
    @Args() { id }: MutationAccessRequestWithdrawArgs,
  ): Promise<object> {
    return asPayload(async () => ({ request: await this.requests.withdraw(actor, id) }));
  }

  @Mutation()
  async accessGrantRevoke(
    @CurrentActor() actor: Actor,
    @Args() { request, reason }: MutationAccessGrantRevokeArgs,
  ): Promise<object> {
    return asPayload(async () => ({ request: await this.requests.revoke(actor, request, reason) }));
  }
}
