import { Args, Query, Resolver } from '@nestjs/graphql';
import type { Actor } from '../../core/actor.js';
import { CurrentActor } from '../../platform/graphql/current-actor.js';
import type { QueryColumnLineageArgs, QueryLineageArgs } from '../../platform/graphql/schema.types.js';
import { LineageService, type LineageRequest } from './lineage.service.js';

const DEFAULT_HOPS = 3;
const DEFAULT_NODES = 1000;

@Resolver()
export class LineageResolver {
  constructor(private readonly lineageService: LineageService) {}

  @Query()
  async lineage(@CurrentActor() actor: Actor, @Args() args: QueryLineageArgs): Promise<object> {
    const graph = await this.lineageService.walkAssets(actor, requestOf(args));
    return { ...graph, truncated: graph.truncatedBy !== null };
  }

  @Query()
  async columnLineage(@CurrentActor() actor: Actor, @Args() args: QueryColumnLineageArgs): Promise<object> {
    const graph = await this.lineageService.walkColumns(actor, { ...requestOf(args), column: args.column });
    return { ...graph, truncated: graph.truncatedBy !== null };
  }
}

function requestOf({ ref, direction, maxHops, maxNodes }: QueryLineageArgs): LineageRequest {
  return { ref, direction, maxHops: maxHops ?? DEFAULT_HOPS, maxNodes: maxNodes ?? DEFAULT_NODES };
}
