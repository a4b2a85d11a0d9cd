/** Compressed sparse rows: the neighbours of `node` are `targets[offsets[node] … offsets[node + 1]]`. */
export interface AdjacencyArrays {
  readonly offsets: Int32Array<ArrayBuffer>;
  readonly targets: Int32Array<ArrayBuffer>;
}

/** Of the edges `sources[i] → targets[i]` those that `isTaken`; one counting sort. */
export function adjacencyOf(
  nodeCount: number,
  sources: Int32Array,
  targets: Int32Array,
  isTaken: (edge: number) => boolean,
): AdjacencyArrays {
  const offsets = offsetsOf(nodeCount, sources, isTaken);
  const next = offsets.slice(0, nodeCount);
  const sorted = new Int32Array(offsets[nodeCount] ?? 0);
  sources.forEach((source, edge) => {
    if (!isTaken(edge)) return;
    const place = next[source] ?? 0;
    sorted[place] = targets[edge] ?? 0;
    next[source] = place + 1;
  });
  return { offsets, targets: sorted };
}

function offsetsOf(
  nodeCount: number,
  sources: Int32Array,
  isTaken: (edge: number) => boolean,
): Int32Array<ArrayBuffer> {
  const offsets = new Int32Array(nodeCount + 1);
  sources.forEach((source, edge) => {
    if (isTaken(edge)) offsets[source + 1] = (offsets[source + 1] ?? 0) + 1;
  });
  for (let node = 0; node < nodeCount; node += 1) offsets[node + 1] = (offsets[node + 1] ?? 0) + (offsets[node] ?? 0);
  return offsets;
}

/** Neighbours as they were when the arrays were built, and whole new sets of those nodes that changed since. */
export class Adjacency {
  private readonly changed = new Map<number, Set<number>>();
  private changedTargets = 0;

  constructor(private readonly arrays: AdjacencyArrays) {}

  /** Calls back with each neighbour once. A callback, because a view or an iterator for each node costs more than the walk. */
  each(node: number, visit: (target: number) => void): void {
    const changed = this.changed.size > 0 ? this.changed.get(node) : undefined;
    if (changed) {
      changed.forEach(visit);
      return;
    }
    const { offsets, targets } = this.arrays;
    const end = offsets[node + 1] ?? 0;
    for (let at = offsets[node] ?? 0; at < end; at += 1) visit(targets[at] ?? 0);
  }

  add(node: number, target: number): void {
    this.changedOf(node).add(target);
  }

  remove(node: number, target: number): void {
    this.changedOf(node).delete(target);
  }

  get bytes(): number {
    const { offsets, targets } = this.arrays;
    return offsets.byteLength + targets.byteLength + this.changed.size * 200 + this.changedTargets * 40;
  }

  private changedOf(node: number): Set<number> {
    const known = this.changed.get(node);
    if (known) return known;
    const set = new Set<number>();
    this.each(node, (target) => set.add(target));
    this.changed.set(node, set);
    this.changedTargets += set.size + 1;
    return set;
  }
}
