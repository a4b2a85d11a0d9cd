import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Invalid } from '../../core/errors.js';
import type { ActorAccess } from '../../platform/access/access.js';
import { Database } from '../../platform/database/database.js';
import type { EdgeIds, ImpactAnswer, WalkAnswer } from './graph/questions.js';
import { LineageRepository, type EdgeRow } from './lineage.repository.js';
import { MemoryGraph } from './memory-graph.js';
import { walk, type LineageDirection, type WalkBounds } from './walk.js';

export interface AssetWalk extends WalkBounds {
  readonly rootId: string;
  readonly direction: LineageDirection;
  readonly access: ActorAccess;
  readonly withEdges: boolean;
  readonly withDegrees: boolean;
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
    private readonly memory: MemoryGraph,
    private readonly database: Database,
    private readonly lineage: LineageRepository,
  ) {}

  /** @throws {Invalid} when the change log has not come to `minSequence` after a while. */
  async walk(asked: AssetWalk, minSequence: string | null): Promise<WalkAnswer> {
    const { access, ...walk } = asked;
    const condition = access.condition('discover', 'asset');
    return notBefore(
      minSequence,
      async () => (await this.memory.ask('walk', { ...walk, condition })) ?? this.walkInSql(asked),
    );
  }

  /** Who says so, of flows that a walk has found; those that are gone since are left out. */
  async evidence(edges: readonly EdgeIds[]): Promise<EdgeRow[]> {
    return edges.length > 0 ? this.lineage.listEvidence(edges) : [];
  }

  async impact(asked: Impact): Promise<ImpactAnswer> {
    const { access, ...impact } = asked;
    const condition = access.condition('discover', 'asset');
    return (await this.memory.ask('impact', { ...impact, condition })) ?? this.impactInSql(asked);
  }

  /** At most `maxHops` + 5 statements, all of one moment. */
  private async walkInSql({
    rootId,
    direction,
    access,
    withEdges,
    withDegrees,
    ...bounds
  }: AssetWalk): Promise<WalkAnswer> {
    return this.database.snapshot(async () => {
      const sequence = await this.lineage.sequence();
      const { reached, truncatedBy } = await walk(rootId, bounds, (frontier, seen, limit) =>
        this.lineage.listNext({ direction, access }, frontier, seen, limit),
      );
      const nodes = reached.map(({ node }) => node);
      const edges = withEdges ? await this.edgesInSql(access, direction, nodes) : [];
      const degrees = withDegrees
        ? await this.lineage.countNext({ direction, access }, nodes)
        : new Map<string, number>();
      return {
        nodes,
        distances: reached.map(({ distance }) => distance),
        degrees: withDegrees ? nodes.map((node) => degrees.get(node) ?? 0) : [],
        edges,
        truncatedBy,
        sequence,
      };
    });
  }

  private async edgesInSql(
    access: ActorAccess,
    direction: LineageDirection,
    nodes: readonly string[],
  ): Promise<EdgeIds[]> {
    const between = await this.lineage.listEdges(access, nodes);
    return [...(await this.lineage.listJobEdges(direction, nodes)), ...between];
  }

  private async impactInSql({ rootIds, direction, access }: Impact): Promise<ImpactAnswer> {
    return this.database.snapshot(async () => {
      const sequence = await this.lineage.sequence();
      const groups = await this.lineage.sweep({ direction, access }, rootIds);
      return { groups, count: groups.reduce((sum, { count }) => sum + count, 0), sequence };
    });
  }
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
