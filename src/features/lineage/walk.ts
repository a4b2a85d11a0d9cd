import { Invalid } from '../../core/errors.js';

export type LineageDirection = 'UPSTREAM' | 'DOWNSTREAM';
/** EDGES: of what a filter passes through. */
export type LineageBound = 'HOPS' | 'NODES' | 'EDGES';

export interface WalkBounds {
  /** Steps from node to node, 1–20. */
  readonly maxHops: number;
  /** Nodes in the answer, the root among them, 1–5000. */
  readonly maxNodes: number;
}

export interface Reached<Node> {
  readonly node: Node;
  /** Hops from the root. */
  readonly distance: number;
}

export interface Walk<Node> {
  /** The root first, nearest first. */
  readonly reached: readonly Reached<Node>[];
  /** Set only when a node the actor may see was left out. */
  readonly truncatedBy: LineageBound | null;
}

/** Visible nodes one hop from the frontier that are not yet seen, in a fixed order, at most `limit`. */
export type NextHop<Node> = (
  frontier: readonly Node[],
  seen: readonly Node[],
  limit: number,
) => Promise<readonly Node[]>;

const MAX_HOPS = 20;
const MAX_NODES = 5000;

/** @throws {Invalid} with the argument at fault. */
export function requireBounds({ maxHops, maxNodes }: WalkBounds): void {
  if (maxHops < 1 || maxHops > MAX_HOPS) throw new Invalid(`maxHops is 1–${MAX_HOPS}, not ${maxHops}.`, ['maxHops']);
  if (maxNodes < 1 || maxNodes > MAX_NODES)
    throw new Invalid(`maxNodes is 1–${MAX_NODES}, not ${maxNodes}.`, ['maxNodes']);
}

/** Breadth first, one call of `next` per hop, and one more that looks beyond the last hop. */
export async function walk<Node>(root: Node, bounds: WalkBounds, next: NextHop<Node>): Promise<Walk<Node>> {
  const reached: Reached<Node>[] = [{ node: root, distance: 0 }];
  let frontier: readonly Node[] = [root];
  for (let distance = 1; distance <= bounds.maxHops && frontier.length > 0; distance += 1) {
    const room = bounds.maxNodes - reached.length;
    const found = await next(frontier, nodesOf(reached), room + 1);
    frontier = found.slice(0, room);
    reached.push(...frontier.map((node) => ({ node, distance })));
    if (found.length > room) return { reached, truncatedBy: 'NODES' };
  }
  const beyond = frontier.length > 0 ? await next(frontier, nodesOf(reached), 1) : [];
  return { reached, truncatedBy: beyond.length > 0 ? 'HOPS' : null };
}

function nodesOf<Node>(reached: readonly Reached<Node>[]): Node[] {
  return reached.map(({ node }) => node);
}
