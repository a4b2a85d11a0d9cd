import { Args, Info, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import type { Actor } from '../../core/actor.js';
import { Invalid } from '../../core/errors.js';
import { CurrentActor } from '../../platform/graphql/current-actor.js';
import { inPieces } from '../../platform/graphql/pieces.js';
import { pageRequest } from '../../platform/graphql/page-arguments.js';
import type {
  LineageGraphExportArgs,
  QueryColumnLineageArgs,
  QueryImpactArgs,
  QueryLineageArgs,
  QueryLineageDiffArgs,
  QueryLineageNeighboursArgs,
  QueryLineagePathsArgs,
  QueryPropagatedWordsArgs,
} from '../../platform/graphql/schema.types.js';
import { DiffService } from './diff.service.js';
import { CURRENT, type EdgeSlice } from './edge-slice.js';
import { ImpactService } from './impact.service.js';
import { exported } from './lineage-export.js';
import {
  LineageService,
  type LineageEdge,
  type LineageGraph,
  type LineageNode,
  type LineageRequest,
} from './lineage.service.js';
import { NeighboursService } from './neighbours.service.js';
import { PathsService } from './paths.service.js';
import { PropagationService } from './propagation.service.js';
import { asksFor } from './selection.js';

const DEFAULT_HOPS = 3;
const DEFAULT_NODES = 1000;
const MAX_PATH_HOPS = 20;
const DEFAULT_PATHS = 10;
const NEEDS_DEGREES = ['degree', 'hiddenDegree', 'pathCount'];

@Resolver('LineageGraph')
export class LineageResolver {
  constructor(private readonly lineageService: LineageService) {}

  @Query()
  async lineage(
    @CurrentActor() actor: Actor,
    @Args() args: QueryLineageArgs,
    @Info() info: GraphQLResolveInfo,
  ): Promise<object> {
    const edges = ['edges', 'export'].some((field) => asksFor(info, [field]));
    const jobs = [['edges', 'job'], ['export']].some((path) => asksFor(info, path));
    const degrees = NEEDS_DEGREES.some((field) => asksFor(info, ['nodes', field]));
    const request = {
      ...requestOf(args),
      minSequence: args.minSequence ?? null,
      parts: { edges, jobs, degrees },
      slice: { ...sliceOf(args), origins: args.filter?.origins ?? null },
      filter: args.filter ?? null,
    };
    const graph = await this.lineageService.walkAssets(actor, request);
    const nodes = graph.nodes.map((node) => ({ ...node, asOf: args.asOf ?? null }));
    return { ...graph, nodes, truncated: graph.truncatedBy !== null };
  }

  @ResolveField()
  nodes({ nodes }: LineageGraph): readonly (LineageNode | Promise<LineageNode>)[] {
    return inPieces(nodes);
  }

  @ResolveField()
  edges({ edges }: LineageGraph): readonly (LineageEdge | Promise<LineageEdge>)[] {
    return inPieces(edges);
  }

  @ResolveField()
  export(@Parent() graph: LineageGraph, @Args() { format }: LineageGraphExportArgs): string {
    return exported(graph, format, new Date());
  }

  @Query()
  async columnLineage(@CurrentActor() actor: Actor, @Args() args: QueryColumnLineageArgs): Promise<object> {
    const graph = await this.lineageService.walkColumns(actor, {
      ...requestOf(args),
      column: args.column,
      filter: args.filter ?? null,
    });
    return { ...graph, truncated: graph.truncatedBy !== null };
  }
}

@Resolver()
export class LineageReachResolver {
  constructor(
    private readonly impacts: ImpactService,
    private readonly pathsService: PathsService,
    private readonly neighbours: NeighboursService,
    private readonly diffs: DiffService,
    private readonly propagation: PropagationService,
  ) {}

  @Query()
  async impact(@CurrentActor() actor: Actor, @Args() { refs, columns, direction }: QueryImpactArgs): Promise<object> {
    return this.impacts.impact(actor, {
      refs: refs ?? [],
      columns: columns ?? [],
      direction: direction ?? 'DOWNSTREAM',
    });
  }

  @Query()
  async lineagePaths(@CurrentActor() actor: Actor, @Args() args: QueryLineagePathsArgs): Promise<object> {
    const { from, to, maxHops, first } = args;
    return this.pathsService.paths(actor, {
      from,
      to,
      maxHops: maxHops ?? MAX_PATH_HOPS,
      first: first ?? DEFAULT_PATHS,
    });
  }

  @Query()
  async lineageDiff(
    @CurrentActor() actor: Actor,
    @Args() args: QueryLineageDiffArgs,
    @Info() info: GraphQLResolveInfo,
  ): Promise<object> {
    const withChanges = asksFor(info, ['changed']);
    return this.diffs.diff(actor, { ...requestOf(args), from: args.from, to: args.to, withChanges });
  }

  @Query()
  async propagatedWords(@CurrentActor() actor: Actor, @Args() { ref }: QueryPropagatedWordsArgs): Promise<object> {
    return this.propagation.ofAsset(actor, ref);
  }

  @Query()
  async lineageNeighbours(@CurrentActor() actor: Actor, @Args() args: QueryLineageNeighboursArgs): Promise<object> {
    const { nodes, ...pageInfo } = await this.neighbours.list(actor, args, pageRequest(args.first, args.after));
    return { nodes, pageInfo };
  }
}

/** @throws {Invalid} for more than one. */
function sliceOf({ asOf, seenSince, run }: QueryLineageArgs): EdgeSlice {
  const slices: EdgeSlice[] = [];
  if (asOf) slices.push({ type: 'AS_OF', at: asOf });
  if (seenSince) slices.push({ type: 'SEEN_SINCE', at: seenSince });
  if (run) slices.push({ type: 'RUN', runId: run });
  if (slices.length > 1) throw new Invalid('Give one of asOf, seenSince and run.', ['asOf']);
  return slices[0] ?? CURRENT;
}

type Bounded = Pick<QueryLineageArgs, 'ref' | 'direction' | 'maxHops' | 'maxNodes'>;

function requestOf({ ref, direction, maxHops, maxNodes }: Bounded): LineageRequest {
  return { ref, direction, maxHops: maxHops ?? DEFAULT_HOPS, maxNodes: maxNodes ?? DEFAULT_NODES };
}
