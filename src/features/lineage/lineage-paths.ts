/** A directed step between two nodes; several jobs between the same two are one. */
export interface Step {
  readonly from: string;
  readonly to: string;
}

export interface Paths {
  /** Each from the start to the end, both included, without a node twice; shortest first, then by the given order of nodes. */
  readonly paths: readonly (readonly string[])[];
  /** There are more. */
  readonly hasMore: boolean;
}

export interface PathBounds {
  /** Steps of one path. */
  readonly maxHops: number;
  readonly limit: number;
}

/** Steps looked at before the search gives up: a graph may hold more ways than anybody can wait for. */
const MOST_STEPS = 50_000;

/**
 * Deepens the length by one at a time, and goes only where the end can still be reached within it. So the first paths cost
 * little, however many there are.
 */
export function pathsBetween(steps: readonly Step[], ends: Step, { maxHops, limit }: PathBounds): Paths {
  const next = groupedBy(steps, (step) => [step.from, step.to]);
  const distance = distancesTo(
    ends.to,
    groupedBy(steps, (step) => [step.to, step.from]),
  );
  const search = new Search(next, distance, { end: ends.to, limit });
  for (let length = distance.get(ends.from) ?? Infinity; length <= maxHops && !search.isOver; length += 1) {
    search.along([ends.from], length);
  }
  return { paths: search.found.slice(0, limit), hasMore: search.isOver };
}

class Search {
  readonly found: string[][] = [];
  private steps = 0;

  constructor(
    private readonly next: ReadonlyMap<string, readonly string[]>,
    private readonly distance: ReadonlyMap<string, number>,
    private readonly goal: { readonly end: string; readonly limit: number },
  ) {}

  get isOver(): boolean {
    return this.found.length > this.goal.limit || this.steps > MOST_STEPS;
  }

  /** Paths that begin so and have exactly that many steps more. */
  along(path: readonly string[], left: number): void {
    const at = path.at(-1) ?? '';
    if (left === 0) {
      if (at === this.goal.end) this.found.push([...path]);
      return;
    }
    if (at === this.goal.end) return;
    for (const node of this.next.get(at) ?? []) {
      this.steps += 1;
      if (this.isOver) return;
      if ((this.distance.get(node) ?? Infinity) < left && !path.includes(node)) this.along([...path, node], left - 1);
    }
  }
}

function distancesTo(end: string, previous: ReadonlyMap<string, readonly string[]>): Map<string, number> {
  const distances = new Map([[end, 0]]);
  for (let frontier = [end], distance = 1; frontier.length > 0; distance += 1) {
    const found = frontier.flatMap((node) => previous.get(node) ?? []);
    frontier = [...new Set(found)].filter((node) => !distances.has(node));
    for (const node of frontier) distances.set(node, distance);
  }
  return distances;
}

function groupedBy(steps: readonly Step[], ends: (step: Step) => readonly [string, string]): Map<string, string[]> {
  const groups = new Map<string, Set<string>>();
  for (const [from, to] of steps.map(ends)) groups.set(from, (groups.get(from) ?? new Set()).add(to));
  return new Map([...groups].map(([from, to]) => [from, [...to]]));
}
