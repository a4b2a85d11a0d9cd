import { Injectable } from '@nestjs/common';
import type { RequestScope } from '../../platform/graphql/request-scope.js';
import { refOf, type AssetRow, type RunRow } from '../assets/index.js';
import { criticalPath, inOrder, waitOf, workOf, type Step } from './critical-path.js';
import { dependenciesIn } from './run-facets.js';
import { RunReader, type RunDataset } from './run-reader.js';

export interface PipelineStep {
  readonly run: RunRow;
  readonly seconds: number;
  readonly waitedSeconds: number | null;
  /** Ids of runs. */
  readonly waitsFor: readonly string[];
  readonly isCritical: boolean;
}

export interface Pipeline {
  readonly steps: readonly PipelineStep[];
  readonly criticalPath: readonly PipelineStep[];
  readonly criticalSeconds: number;
  readonly slowestStep: PipelineStep | null;
  readonly truncated: boolean;
}

/** A run without parts that the caller may see, with the visible rest of what is needed to place it. */
interface Leaf {
  readonly run: RunRow;
  readonly job: AssetRow;
  readonly datasets: readonly RunDataset[];
}

const NOTHING: Pipeline = { steps: [], criticalPath: [], criticalSeconds: 0, slowestStep: null, truncated: false };
const MOST_STEPS = 1000;
const MOST_PARTS = 500;
const MOST_LEVELS = 8;

/**
 * What the runs that are part of a run did one after another, as far as the caller may see them: whatever is hidden, a job, a
 * dataset between two of them or a word about it, makes no step and no wait.
 */
@Injectable()
export class PipelineReader {
  constructor(private readonly runs: RunReader) {}

  /** A few statements for each level of parts, however many runs there are; nothing of one that is hidden. */
  async of(scope: RequestScope, runId: string): Promise<Pipeline> {
    const loader = scope.loader<string, Pipeline>('pipelines', async (ids) => {
      const runs = await Promise.all(ids.map((id) => this.runs.run(scope, id)));
      return Promise.all(runs.map((run) => (run ? this.put(scope, run) : NOTHING)));
    });
    return loader.load(runId);
  }

  private async put(scope: RequestScope, root: RunRow): Promise<Pipeline> {
    const { leaves, truncated } = await this.leavesOf(scope, root);
    const now = Date.now();
    const steps = inOrder(withWaits(leaves, now));
    const byId = new Map(steps.map((step) => [step.id, step]));
    const critical = criticalPath(steps);
    const runById = new Map(leaves.map(({ run }) => [run.id, run]));
    const shown = steps.flatMap((step): PipelineStep[] => {
      const run = runById.get(step.id);
      const waited = waitOf(step, byId);
      const waitedSeconds = waited === null ? null : waited / 1000;
      const isCritical = critical.includes(step.id);
      return run ? [{ run, seconds: workOf(step) / 1000, waitedSeconds, waitsFor: step.waitsFor, isCritical }] : [];
    });
    const path = shown.filter(({ isCritical }) => isCritical);
    return {
      steps: shown,
      criticalPath: path,
      criticalSeconds: path.reduce((sum, { seconds }) => sum + seconds, 0),
      slowestStep: shown.toSorted((a, b) => b.seconds - a.seconds).at(0) ?? null,
      truncated,
    };
  }

  /** A run with parts does no work of its own: it lasts as long as they do. */
  private async leavesOf(scope: RequestScope, root: RunRow): Promise<{ leaves: Leaf[]; truncated: boolean }> {
    const runs: RunRow[] = [];
    const seen = new Set([root.id]);
    let truncated = false;
    let level: readonly RunRow[] = [root];
    for (let depth = 0; level.length > 0 && depth < MOST_LEVELS && runs.length < MOST_STEPS; depth += 1) {
      const pages = await Promise.all(
        level.map((run) => this.runs.children(scope, run.id, { first: MOST_PARTS, after: null })),
      );
      truncated ||= pages.some(({ hasNextPage }) => hasNextPage);
      runs.push(...level.filter((_, at) => pages[at]?.nodes.length === 0));
      level = pages.flatMap(({ nodes }) => nodes).filter(({ id }) => !seen.has(id) && Boolean(seen.add(id)));
    }
    const kept = runs.slice(0, MOST_STEPS);
    const leaves = await Promise.all(kept.map((run) => this.leaf(scope, run)));
    return { leaves: leaves.flat(), truncated: truncated || level.length > 0 || kept.length < runs.length };
  }

  private async leaf(scope: RequestScope, run: RunRow): Promise<Leaf[]> {
    const [job, datasets] = await Promise.all([this.runs.asset(scope, run.jobId), this.runs.datasets(scope, run.id)]);
    return job ? [{ run, job, datasets }] : [];
  }
}

function withWaits(leaves: readonly Leaf[], now: number): Step[] {
  const said = saidWaits(leaves);
  const writers = new Map<string, Leaf[]>();
  for (const leaf of leaves)
    for (const { datasetId, direction } of leaf.datasets)
      if (direction === 'OUTPUT') writers.set(datasetId, [...(writers.get(datasetId) ?? []), leaf]);
  return leaves.map((leaf) => {
    const startedAt = startOf(leaf.run);
    const read = leaf.datasets.filter(({ direction }) => direction === 'INPUT');
    const fed = read
      .flatMap(({ datasetId }) => writers.get(datasetId) ?? [])
      .filter(({ run }) => run.id !== leaf.run.id && run.endedAt !== null && run.endedAt.getTime() <= startedAt)
      .map(({ run }) => run.id);
    const waitsFor = [...new Set([...(said.get(leaf.run.id) ?? []), ...fed])].sort();
    return { id: leaf.run.id, startedAt, endedAt: endOf(leaf.run, now), waitsFor };
  });
}

/** JobDependenciesRunFacet 1-0-1, between steps that are both here: of each step those that began before it. */
function saidWaits(leaves: readonly Leaf[]): Map<string, string[]> {
  const byJob = new Map<string, Leaf[]>();
  for (const leaf of leaves) byJob.set(refOf(leaf.job), [...(byJob.get(refOf(leaf.job)) ?? []), leaf]);
  const pairs = leaves.flatMap((leaf) =>
    dependenciesIn(leaf.run.body.facets?.['jobDependencies']?.value).flatMap(({ job, externalId, direction }) => {
      const named = (byJob.get(refOf(job)) ?? []).map(({ run }) => run);
      const others = named.filter((run) => externalId === null || run.externalId === externalId);
      return others.map((other) =>
        direction === 'UPSTREAM' ? { later: leaf.run, earlier: other } : { later: other, earlier: leaf.run },
      );
    }),
  );
  const waits = new Map<string, string[]>();
  for (const { later, earlier } of pairs) {
    if (later.id === earlier.id || startOf(earlier) > startOf(later)) continue;
    waits.set(later.id, [...(waits.get(later.id) ?? []), earlier.id]);
  }
  return waits;
}

function startOf({ startedAt, lastEventAt }: RunRow): number {
  return (startedAt ?? lastEventAt).getTime();
}

/** Nobody knows how long a run without a start or an end took: the one counts nothing, the other until now. */
function endOf(run: RunRow, now: number): number {
  if (run.endedAt) return run.endedAt.getTime();
  return run.state === 'RUNNING' ? Math.max(now, startOf(run)) : startOf(run);
}
