import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { Actor } from '../../core/actor.js';
import { CurrentActor } from '../../platform/graphql/current-actor.js';
import { pageRequest } from '../../platform/graphql/page-arguments.js';
import type {
  MutationAccessGrantRevokeArgs,
  MutationAccessRequestCreateArgs,
  MutationAccessRequestDecideArgs,
  MutationAccessRequestWithdrawArgs,
  QueryAccessRequestsArgs,
} from '../../platform/graphql/schema.types.js';
import { asPayload } from '../../platform/graphql/user-errors.js';
import { AccessRequestsService } from './access-requests.service.js';

@Resolver()
export class AccessRequestsResolver {
  constructor(private readonly requests: AccessRequestsService) {}

  @Query()
  async accessRequests(
    @CurrentActor() actor: Actor,
    @Args() { first, after }: QueryAccessRequestsArgs,
  ): Promise<object> {
    const { nodes, ...pageInfo } = await this.requests.list(actor, pageRequest(first, after));
    return { nodes, pageInfo };
  }

  @Mutation()
  async accessRequestCreate(
    @CurrentActor() actor: Actor,
    @Args() { input }: MutationAccessRequestCreateArgs,
  ): Promise<object> {
    return asPayload(async () => ({ request: await this.requests.create(actor, input) }));
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
