export interface Bounds {
  readonly maxHops: number;
  readonly maxNodes: number;
}

export interface Walk<Step> {
  /** Key → hops from the root; in order of discovery, the root first. */
  readonly distances: ReadonlyMap<string, number>;
  /** Steps between nodes that were reached, each once. */
  readonly steps: readonly Step[];
  /** Which bound cut something visible; null when the walk is whole. */
  readonly truncatedBy: 'HOPS' | 'NODES' | null;
}

export interface Steps<Step> {
  /** The steps out of a set of nodes. */
  readonly from: (keys: readonly string[]) => Promise<readonly Step[]>;
  readonly near: (step: Step) => string;
  readonly far: (step: Step) => string;
  /** Nodes that are shown and not left again. */
  readonly isEnd?: (key: string) => boolean;
}

/**
 * Breadth first, one question per hop, each node once. The frontier at the last hop is asked too: only so can the answer say
 * honestly whether it is whole.
 */
export async function walk<Step>(root: string, steps: Steps<Step>, bounds: Bounds): Promise<Walk<Step>> {
  const distances = new Map([[root, 0]]);
  const kept: Step[] = [];
  let truncatedBy: Walk<Step>['truncatedBy'] = null;
  let frontier = [root];
  for (let hop = 1; frontier.length > 0; hop += 1) {
    const found = await steps.from(frontier);
    const next: string[] = [];
    for (const step of found) {
      const key = steps.far(step);
      if (!distances.has(key)) {
        if (hop > bounds.maxHops) truncatedBy ??= 'HOPS';
        else if (distances.size >= bounds.maxNodes) truncatedBy = 'NODES';
        else {
          distances.set(key, hop);
          next.push(key);
        }
      }
      if (distances.has(key)) kept.push(step);
    }
    if (hop > bounds.maxHops) break;
    frontier = next.filter((key) => !steps.isEnd?.(key));
  }
  return { distances, steps: kept, truncatedBy };
}
