import type { Residual } from '../../../platform/access/condition.js';
import type { LineageBound, LineageDirection, WalkBounds } from '../walk.js';

export interface WalkQuestion extends WalkBounds {
  readonly rootId: string;
  readonly direction: LineageDirection;
  /** What the actor may see, as a condition over assets. */
  readonly condition: Residual;
  readonly withEdges: boolean;
  readonly withDegrees: boolean;
}

export interface EdgeIds {
  readonly from: string;
  readonly to: string;
  readonly jobId: string | null;
  /** Where the two meet; several when a job says so in several ways. */
  readonly ports: readonly string[];
}

export interface WalkAnswer {
  /** The root first, nearest first, each hop by name. */
  readonly nodes: readonly string[];
  readonly distances: readonly number[];
  /** Visible neighbours of each node in the direction of the walk; empty when not asked for, as the edges. */
  readonly degrees: readonly number[];
  readonly edges: readonly EdgeIds[];
  readonly truncatedBy: LineageBound | null;
  /** Position of the change log; everything up to there is in the answer. */
  readonly sequence: string;
}

/** The walk from what has no lineage, or was hidden since the walker was shown it. */
export function aloneWith(rootId: string, withDegrees: boolean): Omit<WalkAnswer, 'sequence'> {
  return { nodes: [rootId], distances: [0], degrees: withDegrees ? [0] : [], edges: [], truncatedBy: null };
}

export interface ImpactQuestion {
  readonly rootIds: readonly string[];
  readonly direction: LineageDirection;
  readonly condition: Residual;
}

/** Assets that are alike in what an impact is counted by. */
export interface ImpactGroup {
  readonly kind: string;
  readonly domain: string | null;
  readonly owners: readonly string[];
  readonly count: number;
}

export interface ImpactAnswer {
  readonly groups: readonly ImpactGroup[];
  readonly count: number;
  readonly sequence: string;
}

export interface BetweenQuestion {
  readonly fromId: string;
  readonly toId: string;
  readonly maxHops: number;
  readonly maxNodes: number;
  readonly condition: Residual;
}

/** What lies on ways downstream from the one to the other. */
export interface BetweenAnswer {
  readonly edges: readonly EdgeIds[];
  /** There is more than `maxNodes`; what lies on the longest ways was left out. */
  readonly isCut: boolean;
  readonly sequence: string;
}
