/** A plain walk in memory that the tests compare with: no SQL, no code of the feature. */
export interface Port {
  readonly job: number | null;
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  readonly origin?: string;
  readonly day?: number;
}

export interface Graph {
  readonly datasets: readonly number[];
  readonly jobs: readonly number[];
  readonly hidden: readonly number[];
  readonly ports: readonly Port[];
}

export function idOf(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

export function byText(a: unknown, b: unknown): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
}

interface Step {
  readonly from: number;
  readonly to: number;
  readonly job: number | null;
}

export function referenceWalk(
  graph: Graph,
  root: number,
  bound: { direction: 'UPSTREAM' | 'DOWNSTREAM'; maxHops: number; maxNodes: number },
): object {
  const steps = stepsOf(graph, bound.direction);
  const distances = new Map([[root, 0]]);
  let truncatedBy: string | null = null;
  for (let hop = 1; hop <= bound.maxHops + 1 && truncatedBy === null; hop += 1) {
    const next = steps
      .map((step) => (bound.direction === 'DOWNSTREAM' ? [step.from, step.to] : [step.to, step.from]))
      .filter(([near, far]) => distances.get(near ?? 0) === hop - 1 && !distances.has(far ?? 0))
      .map(([, far]) => far ?? 0);
    for (const node of [...new Set(next)].sort((a, b) => byText([`n${a % 3}-${a}`], [`n${b % 3}-${b}`]))) {
      if (hop > bound.maxHops) truncatedBy ??= 'HOPS';
      else if (distances.size < bound.maxNodes) distances.set(node, hop);
      else truncatedBy ??= 'NODES';
    }
  }
  const edges = steps
    .filter((step) => distances.has(step.from) && distances.has(step.to))
    .map((step) => JSON.stringify([idOf(step.from), idOf(step.to), step.job === null ? null : idOf(step.job)]));
  return {
    nodes: [...distances].map(([node, distance]) => [idOf(node), distance]),
    edges: [...new Set(edges)].map((edge): unknown => JSON.parse(edge)).sort(byText),
    truncatedBy,
  };
}

/** A job that is reached itself goes on from there: to what it writes, or back to what it reads. */
function stepsOf({ ports, hidden }: Graph, direction: string): Step[] {
  const visible = (id: number | null): boolean => id === null || !hidden.includes(id);
  return ports
    .filter(({ job }) => visible(job))
    .flatMap(({ job, inputs, outputs }) => {
      const between = inputs.flatMap((from) => outputs.map((to) => ({ from, to, job })));
      if (job === null) return between;
      const ofJob =
        direction === 'DOWNSTREAM'
          ? outputs.map((to) => ({ from: job, to, job }))
          : inputs.map((from) => ({ from, to: job, job }));
      return [...between, ...ofJob];
    })
    .filter((step) => visible(step.from) && visible(step.to));
}
