import { Args, Query, Resolver } from '@nestjs/graphql';
import type { Actor } from '../../core/actor.js';
import { CurrentActor } from '../../platform/graphql/current-actor.js';
import { pageRequest } from '../../platform/graphql/page-arguments.js';
import type { QueryAuditLogArgs } from '../../platform/graphql/schema.types.js';
import { AuditService } from './audit.service.js';

@Resolver()
export class AuditResolver {
  constructor(private readonly audit: AuditService) {}

  @Query()
  async auditLog(@CurrentActor() actor: Actor, @Args() { filter, first, after }: QueryAuditLogArgs): Promise<object> {
    const { nodes, ...pageInfo } = await this.audit.list(actor, filter ?? {}, pageRequest(first, after));
    return { nodes, pageInfo };
  }
}
