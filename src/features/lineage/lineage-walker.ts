import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { Invalid, NotFound } from '../../core/errors.js';
import type { ActorAccess } from '../../platform/access/access.js';
import { Database } from '../../platform/database/database.js';
import { isAssetId } from '../assets/index.js';
import { aloneWith, type BetweenAnswer, type EdgeIds, type ImpactAnswer, type WalkAnswer } from './graph/questions.js';
import { CURRENT, isPlain, type EdgeSlice } from './edge-slice.js';
import { proven, type ProvenEdge } from './evidence.js';
import { LineageRepository, type HopQuery } from './lineage.repository.js';
import { MemoryGraph } from './memory-graph.js';
import { walk, type LineageDirection, type WalkBounds } from './walk.js';

export interface AssetWalk extends WalkBounds {
  readonly rootId: string;
  readonly direction: LineageDirection;
  readonly access: ActorAccess;
  /** The current edges when left out. */
  readonly slice?: EdgeSlice;
  readonly withEdges: boolean;
  readonly withDegrees: boolean;
}

export interface Between {
  readonly fromId: string;
  readonly toId: string;
  readonly access: ActorAccess;
  readonly maxHops: number;
  readonly maxNodes: number;
}

export interface Impact {
  readonly rootIds: readonly string[];
  readonly direction: LineageDirection;
  readonly access: ActorAccess;
}

/** Walks the current lineage in memory, or in the database when that does not answer. The answers are the same. */
@Injectable()
export class LineageWalker {
  constructor(
    @Inject(MemoryGraph) private readonly memory: Pick<MemoryGraph, 'ask'>,
    private readonly database: Database,
    private readonly lineage: LineageRepository,
  ) {}

  /** @throws {Invalid} when the change log has not come to `minSequence` after a while. */
  async walk(asked: AssetWalk, minSequence: string | null): Promise<WalkAnswer> {
    const { access, slice = CURRENT, ...walk } = asked;
    const condition = access.condition('discover', 'asset');
    if (!isPlain(slice)) return notBefore(minSequence, () => this.walkInSql(asked));
    return notBefore(
      minSequence,
      async () => (await this.memory.ask('walk', { ...walk, condition })) ?? this.walkInSql(asked),
    );
  }

  /** @throws {NotFound} for a run that is missing or of a job that is hidden. */
  async requireSlice(access: ActorAccess, slice: EdgeSlice): Promise<void> {
    if (slice.type !== 'RUN') return;
    const isThere = isAssetId(slice.runId) && (await this.lineage.hasRun(access, slice.runId));
    if (!isThere) throw new NotFound(`No run '${slice.runId}' was found.`, ['run']);
  }

  /** Who says so, of flows that a walk has found, in the order of their ends; those that are gone since are left out. */
  async evidence(edges: readonly EdgeIds[], slice: EdgeSlice): Promise<ProvenEdge[]> {
    return edges.length > 0 ? proven(edges, await this.lineage.listEvidence(edges, slice)) : [];
  }

  async impact(asked: Impact): Promise<ImpactAnswer> {
    const { access, ...impact } = asked;
    const condition = access.condition('discover', 'asset');
    return (await this.memory.ask('impact', { ...impact, condition })) ?? this.impactInSql(asked);
  }

  async between({ access, ...asked }: Between): Promise<BetweenAnswer> {
    const condition = access.condition('discover', 'asset');
    return (await this.memory.ask('between', { ...asked, condition })) ?? this.betweenInSql({ access, ...asked });
  }

  /** Both sides as far as their bounds let them: what lies farther is left out, and said to be. */
  private async betweenInSql({ fromId, toId, access, maxHops, maxNodes }: Between): Promise<BetweenAnswer> {
    const asked = { access, maxHops, maxNodes, withEdges: false, withDegrees: false };
    return this.database.snapshot(async () => {
      const after = await this.walkInSql({ ...asked, rootId: fromId, direction: 'DOWNSTREAM' });
      const before = await this.walkInSql({ ...asked, rootId: toId, direction: 'UPSTREAM' });
      const isBefore = new Set(before.nodes);
      const nodes = after.nodes.filter((id) => isBefore.has(id));
      const intoJob = (await this.lineage.listJobEdges({ access, direction: 'UPSTREAM' }, nodes)).filter(
        ({ to }) => to === toId,
      );
      const edges = [...(await this.edgesInSql({ access, direction: 'DOWNSTREAM' }, nodes)), ...intoJob];
      const isCut = [after, before].some(({ truncatedBy }) => truncatedBy === 'NODES');
      return { edges, isCut, sequence: after.sequence };
    });
  }

  /** At most `maxHops` + 5 statements, all of one moment. */
  private async walkInSql(asked: AssetWalk): Promise<WalkAnswer> {
    const { rootId, direction, access, slice = CURRENT, withEdges, withDegrees, ...bounds } = asked;
    const query = { direction, access, slice };
    return this.database.snapshot(async () => {
      const { sequence, visible } = await this.lineage.begin(access, [rootId]);
      if (visible.length === 0) return { ...aloneWith(rootId, withDegrees), sequence };
      const { reached, truncatedBy } = await walk(rootId, bounds, (frontier, seen, limit) =>
        this.lineage.listNext(query, frontier, seen, limit),
      );
      const nodes = reached.map(({ node }) => node);
      return {
        nodes,
        distances: reached.map(({ distance }) => distance),
        degrees: withDegrees ? await this.degreesInSql(query, nodes) : [],
        edges: withEdges ? await this.edgesInSql(query, nodes) : [],
        truncatedBy,
        sequence,
      };
    });
  }

  private async degreesInSql(query: HopQuery, nodes: readonly string[]): Promise<number[]> {
    const degrees = await this.lineage.countNext(query, nodes);
    return nodes.map((node) => degrees.get(node) ?? 0);
  }

  private async edgesInSql(query: HopQuery, nodes: readonly string[]): Promise<EdgeIds[]> {
    const between = await this.lineage.listEdges(query, nodes);
    return merged([...between, ...(await this.lineage.listJobEdges(query, nodes))]);
  }

  private async impactInSql({ rootIds, direction, access }: Impact): Promise<ImpactAnswer> {
    return this.database.snapshot(async () => {
      const { sequence, visible } = await this.lineage.begin(access, rootIds);
      const groups = await this.lineage.sweep({ direction, access }, visible);
      return { groups, count: groups.reduce((sum, { count }) => sum + count, 0), sequence };
    });
  }

  /** What the database answers, and the position of the change log that it is of. */
  async ofOneMoment<Answer>(
    access: ActorAccess,
    ask: () => Promise<Answer>,
  ): Promise<{ answer: Answer; sequence: string }> {
    return this.database.snapshot(async () => {
      const { sequence } = await this.lineage.begin(access, []);
      return { answer: await ask(), sequence };
    });
  }
}

/** A job that reads itself has one flow of both kinds. */
function merged(edges: readonly EdgeIds[]): EdgeIds[] {
  const byKey = new Map<string, EdgeIds>();
  for (const edge of edges) {
    const key = `${edge.from} ${edge.to} ${edge.jobId}`;
    const known = byKey.get(key);
    byKey.set(key, known ? { ...edge, ports: [...new Set([...known.ports, ...edge.ports])] } : edge);
  }
  return [...byKey.values()];
}

const ASK_AGAIN_MS = 50;
const MOST_ASKS = 40;

/** Every answer holds what was committed when it was asked for, so one that is too early tells of a write still to come. */
async function notBefore<Answer extends { readonly sequence: string }>(
  minSequence: string | null,
  ask: () => Promise<Answer>,
): Promise<Answer> {
  const least = minSequence === null ? 0n : positionOf(minSequence);
  for (let time = 1; ; time += 1) {
    const answer = await ask();
    if (BigInt(answer.sequence) >= least) return answer;
    if (time === MOST_ASKS)
      throw new Invalid(`The change log has come to ${answer.sequence}, not yet to ${minSequence}. Ask again later.`, [
        'minSequence',
      ]);
    await sleep(ASK_AGAIN_MS);
  }
}

function positionOf(text: string): bigint {
  if (!/^\d{1,18}$/.test(text))
    throw new Invalid('minSequence is a position of the change log, a whole number.', ['minSequence']);
  return BigInt(text);
}
