/** A part of a pipeline that did work itself. Times in milliseconds since 1970. */
export interface Step {
  readonly id: string;
  readonly startedAt: number;
  /** Now, of one that is still going on. */
  readonly endedAt: number;
  /** Steps that it had to wait for. Those that did not start before it are not counted. */
  readonly waitsFor: readonly string[];
}

/**
 * The longest path: of all chains of steps that waited for each other, the one that took longest together. A pipeline is not
 * faster before one of these is. Waiting counts for nothing: it is nobody's work. Critical Path Method, Kelley and Walker 1959.
 * @returns ids in the order of work; of equally long chains the one whose steps come first.
 */
export function criticalPath(steps: readonly Step[]): string[] {
  const longest = new Map<string, { readonly total: number; readonly before: string | null }>();
  for (const step of inOrder(steps)) {
    const best = step.waitsFor
      .flatMap((id) => ({ id, total: longest.get(id)?.total ?? -1 }))
      .filter(({ total }) => total >= 0)
      .toSorted((a, b) => b.total - a.total || Number(a.id > b.id) - Number(a.id < b.id))
      .at(0);
    longest.set(step.id, { total: workOf(step) + (best?.total ?? 0), before: best?.id ?? null });
  }
  const path: string[] = [];
  const [last] = [...longest].toSorted(([, a], [, b]) => b.total - a.total);
  for (let id = last?.[0] ?? null; id !== null; id = longest.get(id)?.before ?? null) path.unshift(id);
  return path;
}

/** Time from the end of what it waited for last until its start; null when it waited for nothing. */
export function waitOf(step: Step, byId: ReadonlyMap<string, Step>): number | null {
  const ends = step.waitsFor.flatMap((id) => byId.get(id)?.endedAt ?? []);
  return ends.length === 0 ? null : Math.max(0, step.startedAt - Math.max(...ends));
}

export function workOf({ startedAt, endedAt }: Step): number {
  return Math.max(0, endedAt - startedAt);
}

/** What a step waits for comes before it, so that no circle of words can lead back. */
export function inOrder(steps: readonly Step[]): Step[] {
  return steps.toSorted((a, b) => a.startedAt - b.startedAt || Number(a.id > b.id) - Number(a.id < b.id));
}
