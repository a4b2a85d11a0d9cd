import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { Actor } from '../../core/actor.js';
import { CurrentActor } from '../../platform/graphql/current-actor.js';
import { pageRequest } from '../../platform/graphql/page-arguments.js';
import type { MutationAuditEraseArgs, QueryAuditLogArgs } from '../../platform/graphql/schema.types.js';
import { asPayload } from '../../platform/graphql/user-errors.js';
import { AuditErasure } from './audit-erasure.js';
import { AuditService } from './audit.service.js';
import { Checkpoints } from './checkpoints.js';

@Resolver()
export class AuditResolver {
  constructor(
    private readonly audit: AuditService,
    private readonly erasure: AuditErasure,
    private readonly checkpoints: Checkpoints,
  ) {}

  @Query()
  async auditLog(@CurrentActor() actor: Actor, @Args() { filter, first, after }: QueryAuditLogArgs): Promise<object> {
    const { nodes, ...pageInfo } = await this.audit.list(actor, filter ?? {}, pageRequest(first, after));
    return { nodes, pageInfo };
  }

  @Mutation()
  async auditErase(@CurrentActor() actor: Actor, @Args() { account, reason }: MutationAuditEraseArgs): Promise<object> {
    return asPayload(() => this.erasure.erase(actor, account, reason));
  }

  @Mutation()
  async auditCheckpointCreate(@CurrentActor() actor: Actor): Promise<object> {
    return asPayload(async () => ({ checkpoint: await this.checkpoints.makeFor(actor, new Date()) }));
  }
}
