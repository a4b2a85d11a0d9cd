/** One step from a node of the walk to a neighbour. */
export interface Step {
  readonly from: string;
  readonly to: string;
  /** What carries it: a job, a kind of transformation. */
  readonly via: string;
}

export interface Walk {
  readonly root: string;
  readonly labels: ReadonlyMap<string, string>;
  /** In the direction of the data. */
  readonly steps: readonly Step[];
  readonly direction: 'UPSTREAM' | 'DOWNSTREAM';
}

/** The walk as an indented tree. What is reached in two ways is opened once; a node that no step reaches comes last. */
export function treeLines(walk: Walk): string[] {
  const neighbours = neighboursOf(walk);
  const opened = new Set<string>();
  const lines: string[] = [];
  // A stack, not recursion: chains may be thousands long.
  const stack = [{ key: walk.root, via: '', depth: 0 }];
  for (let top = stack.pop(); top; top = stack.pop()) {
    const next = neighbours.get(top.key) ?? [];
    const isRepeated = opened.has(top.key) && next.length > 0;
    lines.push(lineOf(walk, top) + (isRepeated ? '  (see above)' : ''));
    if (opened.has(top.key)) continue;
    opened.add(top.key);
    const depth = top.depth + 1;
    stack.push(...next.map(({ key, via }) => ({ key, via, depth })).toReversed());
  }
  const rest = [...walk.labels.keys()].filter((key) => !opened.has(key));
  return [...lines, ...rest.map((key) => lineOf(walk, { key, via: '', depth: 1 }))];
}

function lineOf({ labels }: Walk, { key, via, depth }: { key: string; via: string; depth: number }): string {
  const label = labels.get(key) ?? key;
  return `${'  '.repeat(depth)}${label}${via === '' ? '' : `  [${via}]`}`;
}

/** Neighbours in the walk's direction, by label; several steps to the same one share a line. */
function neighboursOf({ steps, direction, labels }: Walk): Map<string, { key: string; via: string }[]> {
  const ways = new Map<string, Map<string, Set<string>>>();
  for (const { from, to, via } of steps) {
    const [here, there] = direction === 'DOWNSTREAM' ? [from, to] : [to, from];
    const next = ways.get(here) ?? new Map<string, Set<string>>();
    ways.set(here, next);
    next.set(there, (next.get(there) ?? new Set()).add(via));
  }
  const labelOf = (key: string) => labels.get(key) ?? key;
  const sorted = [...ways].map(([key, next]): [string, { key: string; via: string }[]] => [
    key,
    [...next]
      .map(([there, vias]) => ({
        key: there,
        via: [...vias]
          .filter((via) => via !== '')
          .sort()
          .join(', '),
      }))
      .toSorted((a, b) => (labelOf(a.key) < labelOf(b.key) ? -1 : 1)),
  ]);
  return new Map(sorted);
}
