import { Args, Info, Query, Resolver } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import type { Actor } from '../../core/actor.js';
import { CurrentActor } from '../../platform/graphql/current-actor.js';
import type { QueryColumnLineageArgs, QueryLineageArgs } from '../../platform/graphql/schema.types.js';
import { LineageService, type LineageRequest } from './lineage.service.js';
import { asksFor } from './selection.js';

const DEFAULT_HOPS = 3;
const DEFAULT_NODES = 1000;
const NEEDS_DEGREES = ['degree', 'hiddenDegree', 'pathCount'];

@Resolver()
export class LineageResolver {
  constructor(private readonly lineageService: LineageService) {}

  @Query()
  async lineage(
    @CurrentActor() actor: Actor,
    @Args() args: QueryLineageArgs,
    @Info() info: GraphQLResolveInfo,
  ): Promise<object> {
    const edges = asksFor(info, ['edges']);
    const degrees = NEEDS_DEGREES.some((field) => asksFor(info, ['nodes', field]));
    const request = { ...requestOf(args), minSequence: args.minSequence ?? null, parts: { edges, degrees } };
    const graph = await this.lineageService.walkAssets(actor, request);
    return { ...graph, truncated: graph.truncatedBy !== null };
  }

  @Query()
  async columnLineage(@CurrentActor() actor: Actor, @Args() args: QueryColumnLineageArgs): Promise<object> {
    const graph = await this.lineageService.walkColumns(actor, { ...requestOf(args), column: args.column });
    return { ...graph, truncated: graph.truncatedBy !== null };
  }
}

function requestOf({ ref, direction, maxHops, maxNodes }: Omit<QueryLineageArgs, 'minSequence'>): LineageRequest {
  return { ref, direction, maxHops: maxHops ?? DEFAULT_HOPS, maxNodes: maxNodes ?? DEFAULT_NODES };
}
