import { Args, Mutation, Resolver } from '@nestjs/graphql';
import type { Actor } from '../../core/actor.js';
import { CurrentActor } from '../../platform/graphql/current-actor.js';
import type {
  MutationOutsideResourcesPutArgs,
  MutationOutsideResourcesRemoveArgs,
} from '../../platform/graphql/schema.types.js';
import { asPayload } from '../../platform/graphql/user-errors.js';
import { OutsideResourcesService } from './outside-resources.service.js';

@Resolver()
export class DecisionsResolver {
  constructor(private readonly outside: OutsideResourcesService) {}

  @Mutation()
  async outsideResourcesPut(
    @CurrentActor() actor: Actor,
    @Args() { type, resources }: MutationOutsideResourcesPutArgs,
  ): Promise<object> {
    return asPayload(async () => ({ count: await this.outside.put(actor, type, resources) }));
  }

  @Mutation()
  async outsideResourcesRemove(
    @CurrentActor() actor: Actor,
    @Args() { type, ids }: MutationOutsideResourcesRemoveArgs,
  ): Promise<object> {
    return asPayload(async () => ({ count: await this.outside.remove(actor, type, ids) }));
  }
}
