import type { WalkAnswer } from './graph/questions.js';
import type { LineageDirection } from './walk.js';

/** What a walk knows of one of its nodes. */
export interface NodeFacts {
  /** Hops from the root. */
  readonly distance: number;
  /** Shortest ways from the root, each job a way of its own; at most 2³¹ − 1, the largest number of GraphQL. */
  readonly pathCount: number;
  /** Visible neighbours in the direction of the walk. */
  readonly degree: number;
  /** Those of them that are not in the answer. */
  readonly hiddenDegree: number;
}

const MOST_PATHS = 2 ** 31 - 1;

/** In the order of the nodes. What the answer holds no edges or degrees for is 0. */
export function factsOf(answer: WalkAnswer, direction: LineageDirection): NodeFacts[] {
  const placeOf = new Map(answer.nodes.map((id, at) => [id, at]));
  const next = answer.nodes.map((): number[] => []);
  for (const { from, to } of answer.edges) {
    const [near, far] = direction === 'DOWNSTREAM' ? [from, to] : [to, from];
    const [nearPlace, farPlace] = [placeOf.get(near), placeOf.get(far)];
    if (nearPlace !== undefined && farPlace !== undefined && nearPlace !== farPlace) next[nearPlace]?.push(farPlace);
  }
  const paths = pathCounts(answer.distances, next);
  return answer.distances.map((distance, at) => {
    const degree = answer.degrees[at] ?? 0;
    const shown = new Set(next[at]).size;
    return { distance, pathCount: paths[at] ?? 0, degree, hiddenDegree: Math.max(0, degree - shown) };
  });
}

/** Nodes come nearest first, so that the count of a node is complete before it is handed on. */
function pathCounts(distances: readonly number[], next: readonly (readonly number[])[]): number[] {
  const counts = distances.map((distance): number => (distance === 0 ? 1 : 0));
  for (const [at, targets] of next.entries()) {
    for (const target of targets) {
      if (distances[target] !== (distances[at] ?? 0) + 1) continue;
      counts[target] = Math.min(MOST_PATHS, (counts[target] ?? 0) + (counts[at] ?? 0));
    }
  }
  return counts;
}
