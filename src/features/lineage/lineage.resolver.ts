import { Args, Query, Resolver } from '@nestjs/graphql';
import type { Actor } from '../../core/actor.js';
import { CurrentActor } from '../../platform/graphql/current-actor.js';
import type { QueryColumnLineageArgs, QueryLineageArgs } from '../../platform/graphql/schema.types.js';
import { LineageService } from './lineage.service.js';

@Resolver()
export class LineageResolver {
  constructor(private readonly lineage: LineageService) {}

  @Query('lineage')
  async walk(@CurrentActor() actor: Actor, @Args() args: QueryLineageArgs): Promise<object> {
    const answer = await this.lineage.walk(actor, { ...args, ...boundsOf(args) });
    return {
      ...answer,
      edges: answer.edges.map(({ firstSeen, lastSeen, ...edge }) => ({ ...edge, firstSeenAt: firstSeen, lastSeenAt: lastSeen })),
    };
  }

  @Query('columnLineage')
  async walkColumns(@CurrentActor() actor: Actor, @Args() args: QueryColumnLineageArgs): Promise<object> {
    const answer = await this.lineage.walkColumns(actor, { ...args, ...boundsOf(args) });
    return {
      ...answer,
      edges: answer.edges.map(({ from, fromPath, to, toPath, ...edge }) => ({
        ...edge,
        fromAsset: from,
        fromColumn: fromPath,
        toAsset: to,
        toColumn: toPath,
      })),
    };
  }
}

function boundsOf(args: { maxHops?: number | null; maxNodes?: number | null }): { maxHops: number; maxNodes: number } {
  return { maxHops: args.maxHops ?? 3, maxNodes: args.maxNodes ?? 1000 };
}
