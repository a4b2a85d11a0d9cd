import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.js';
import { applyPolicies, HIDDEN_BY_TAG } from '../support/policies.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

interface Run {
  readonly job: string;
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
  readonly parent?: string;
  readonly waitsFor?: readonly string[];
  readonly reads?: string;
  readonly writes?: string;
  readonly nominal?: number;
  readonly jobFacets?: object;
}

const named = (name: string | undefined): object[] => (name === undefined ? [] : [{ namespace: 'db', name }]);

/** Start and end of a run; its id is made of its job and its start. */
function events({ job, from, to, parent, waitsFor, reads, writes, nominal, jobFacets }: Run): object[] {
  const jobOf = (name: string): object => ({ job: { namespace: 'flow', name } });
  const run = {
    runId: idOf(job, from),
    facets: {
      ...(parent !== undefined && { parent: { ...jobOf(parent.split('@')[0] ?? ''), run: { runId: parent } } }),
      ...(waitsFor && { jobDependencies: { upstream: waitsFor.map(jobOf) } }),
      ...(nominal !== undefined && { nominalTime: { nominalStartTime: new Date(nominal).toISOString() } }),
    },
  };
  const what = { run, job: { namespace: 'flow', name: job, ...(jobFacets && { facets: jobFacets }) } };
  return [
    { eventType: 'START', eventTime: new Date(from).toISOString(), ...what },
    {
      eventType: 'COMPLETE',
      eventTime: new Date(to).toISOString(),
      ...what,
      inputs: named(reads),
      outputs: named(writes),
    },
  ];
}
const idOf = (job: string, from: number): string => `${job}@${from}`;

let test: TestApp;
beforeAll(async () => {
  test = await startTestApp({ accounts: [{ handle: 'reader' }] });
  await applyPolicies(test, HIDDEN_BY_TAG);
});
afterAll(() => test.close());

async function send(...runs: readonly Run[]): Promise<void> {
  await test.as('admin').post('/api/v1/lineage/batch', runs.flatMap(events)).expect(200);
  await test.settle();
}

describe('the pipeline of a run', () => {
  const T = Date.UTC(2026, 2, 1);
  const at = (from: number, to: number): { from: number; to: number } => ({
    from: T + from * MINUTE,
    to: T + to * MINUTE,
  });
  const root = idOf('dag', T);
  const QUERY = `query ($ref: String!) { asset(ref: $ref) { ... on Job { runs(first: 1) { nodes { pipeline { truncated criticalSeconds
    slowestStep { run { job { name } } }
    criticalPath { run { job { name } } }
    steps { seconds waitedSeconds isCritical waitsFor run { job { name } } } } } } } } }`;
  interface Named {
    readonly run: { readonly job: { readonly name: string } };
  }
  interface Step extends Named {
    readonly seconds: number;
    readonly waitedSeconds: number | null;
    readonly waitsFor: readonly string[];
  }
  interface Answer {
    readonly asset: { readonly runs: { readonly nodes: readonly { readonly pipeline: PipelineAnswer }[] } };
  }
  interface PipelineAnswer {
    readonly truncated: boolean;
    readonly criticalSeconds: number;
    readonly slowestStep: Named;
    readonly criticalPath: readonly Named[];
    readonly steps: readonly Step[];
  }
  const pipeline = async (handle: string, job = 'dag'): Promise<PipelineAnswer> => {
    const { asset } = await test.as(handle).graphql<Answer>(QUERY, { ref: `job:flow/${job}` });
    const [run] = asset.runs.nodes;
    if (!run) throw new Error('The run is missing.');
    return run.pipeline;
  };
  const names = (steps: readonly Named[]): string[] => steps.map(({ run }) => run.job.name);

  beforeAll(async () => {
    await send(
      { job: 'dag', ...at(0, 60) },
      { job: 'extract', ...at(0, 10), parent: root, writes: 'raw' },
      { job: 'lint', ...at(0, 25), parent: root },
      { job: 'model', ...at(12, 30), parent: root, reads: 'raw', writes: 'mart' },
      { job: 'group', ...at(30, 60), parent: root },
      { job: 'publish', ...at(31, 40), parent: idOf('group', T + 30 * MINUTE), waitsFor: ['model', 'lint'] },
      { job: 'mail', ...at(40, 41), parent: idOf('group', T + 30 * MINUTE), waitsFor: ['publish'] },
    );
  });

  it('is its steps, what each waited for, the longest path and the slowest step', async () => {
    const { steps, ...found } = await pipeline('admin');
    expect(names(steps)).toEqual(expect.arrayContaining(['extract', 'lint', 'model', 'publish', 'mail']));
    expect(steps).toHaveLength(5);
    expect(names(found.criticalPath)).toEqual(['extract', 'model', 'publish', 'mail']);
    expect(found).toMatchObject({ truncated: false, criticalSeconds: 38 * 60 });
    expect(names([found.slowestStep])).toEqual(['lint']);
    const of = (name: string): Step | undefined => steps.find(({ run }) => run.job.name === name);
    expect(of('model')).toMatchObject({ seconds: 18 * 60, waitedSeconds: 2 * 60 });
    expect(of('publish')).toMatchObject({ waitedSeconds: 60, waitsFor: { length: 2 } });
    expect(of('extract')).toMatchObject({ waitedSeconds: null, waitsFor: [] });
  });

  it('is the run itself when nothing is part of it', async () => {
    const { steps, criticalPath } = await pipeline('admin', 'lint');
    expect(names(steps)).toEqual(['lint']);
    expect(names(criticalPath)).toEqual(['lint']);
  });

  it('costs no statement more for each step', async () => {
    const parts = (dag: string, count: number): Run[] => [
      { job: dag, ...at(0, 60) },
      ...Array.from({ length: count }, (_, part) => ({
        job: `${dag}-${part}`,
        ...at(part, part + 1),
        parent: idOf(dag, T),
        reads: `${dag}-${part}`,
        writes: `${dag}-${part + 1}`,
      })),
    ];
    await send(...parts('small', 2), ...parts('large', 6));
    const small = await test.statementsOf(() => pipeline('admin', 'small'));
    // The workers of the service count too; one for each of the four more steps would show.
    expect(await test.statementsOf(() => pipeline('admin', 'large'))).toBeLessThan(small + 4);
    expect((await pipeline('admin', 'large')).criticalPath).toHaveLength(6);
  });

  it('has nothing of a hidden job, and no wait for what was hidden between two steps', async () => {
    const tag = 'mutation ($ref: String!) { assetTag(ref: $ref, add: ["hidden"]) { userErrors { code } } }';
    await test.as('admin').graphql(tag, { ref: 'job:flow/publish' });
    await test.as('admin').graphql(tag, { ref: 'dataset:db/raw' });
    const seen = await pipeline('reader');
    expect(names(seen.steps).toSorted()).toEqual(['extract', 'lint', 'mail', 'model']);
    expect(seen.steps.every(({ waitsFor }) => waitsFor.length === 0)).toBe(true);
    expect(names(seen.criticalPath)).toEqual(['lint']);
    expect(names((await pipeline('admin')).criticalPath)).toEqual(['extract', 'model', 'publish', 'mail']);
  });
});

describe('the last run of a node', () => {
  const QUERY = `query ($ref: String!, $asOf: DateTime) {
    lineage(ref: $ref, direction: UPSTREAM, asOf: $asOf) { nodes { asset { name } lastRun { state job { name } startedAt } } } }`;
  const T = Date.UTC(2026, 3, 1);

  it('is of a table the run that wrote it, now and as of a date', async () => {
    await send(
      { job: 'fill', from: T, to: T + HOUR, reads: 'source', writes: 'target' },
      { job: 'fill', from: T + 24 * HOUR, to: T + 25 * HOUR, reads: 'source', writes: 'target' },
    );
    const ask = (asOf?: string): Promise<unknown> =>
      test.as('admin').graphql(QUERY, { ref: 'dataset:db/target', asOf });
    const answer = (start: number): object => ({
      lineage: {
        nodes: [
          {
            asset: { name: 'target' },
            lastRun: { state: 'COMPLETE', job: { name: 'fill' }, startedAt: new Date(start).toISOString() },
          },
          { asset: { name: 'source' }, lastRun: null },
        ],
      },
    });
    expect(await ask()).toEqual(answer(T + 24 * HOUR));
    expect(await ask(new Date(T + 2 * HOUR).toISOString())).toEqual(answer(T));
  });

  it('is none when its job is hidden', async () => {
    const tag = 'mutation { assetTag(ref: "job:flow/fill", add: ["hidden"]) { userErrors { code } } }';
    await test.as('admin').graphql(tag);
    const { lineage } = await test
      .as('reader')
      .graphql<{ lineage: { nodes: readonly object[] } }>(QUERY, { ref: 'dataset:db/target' });
    expect(lineage.nodes).toEqual([{ asset: { name: 'target' }, lastRun: null }]);
  });
});

describe('the punctuality of a job', () => {
  const now = Date.now();
  /** Runs of ten minutes, an hour apart, the newest of which began so long ago. */
  const hourly = (job: string, newestAgo: number, more: Partial<Run> = {}): Run[] =>
    [3, 2, 1, 0].map((back) => {
      const from = now - newestAgo - back * HOUR;
      return { job, from, to: from + 10 * MINUTE, ...more };
    });
  const LATE = `query ($first: Int, $after: String) { lateJobs(first: $first, after: $after) {
    nodes { state usualSeconds job { name } } pageInfo { hasNextPage endCursor } } }`;
  interface Late {
    readonly lateJobs: {
      readonly nodes: readonly { readonly state: string; readonly job: { readonly name: string } }[];
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
    };
  }
  const late = async (handle: string, variables: object = {}): Promise<Late['lateJobs']> =>
    (await test.as(handle).graphql<Late>(LATE, variables)).lateJobs;
  const states = (found: Late['lateJobs']): string[] => found.nodes.map(({ state, job }) => `${job.name} ${state}`);
  const of = (job: string): Promise<unknown> =>
    test
      .as('admin')
      .graphql(
        `query ($ref: String!) { asset(ref: $ref) { ... on Job { punctuality { state usualSeconds lastStartAt expectedAt } } } }`,
        { ref: `job:flow/${job}` },
      );

  beforeAll(async () => {
    const streaming = { jobType: { processingType: 'STREAMING', integration: 'X', jobType: 'JOB' } };
    // Thirty days made up for in half an hour, and then one on time: daily all the same.
    const backfill = Array.from({ length: 30 }, (_, back) => {
      const from = now - HOUR - back * MINUTE;
      return { job: 'daily', from, to: from + MINUTE, nominal: now - (back + 1) * 24 * HOUR };
    });
    await send(
      ...hourly('on-time', 30 * MINUTE),
      ...hourly('a-bit-late', 100 * MINUTE),
      ...hourly('stopped', 30 * HOUR),
      ...hourly('stream', 30 * HOUR, { jobFacets: streaming }),
      ...hourly('seldom', 30 * HOUR).slice(0, 2),
      ...backfill,
    );
  });

  it('is where its next run stands, by the rhythm of its own runs', async () => {
    expect(await of('on-time')).toEqual({
      asset: {
        punctuality: {
          state: 'ON_TIME',
          usualSeconds: 3600,
          lastStartAt: new Date(now - 30 * MINUTE).toISOString(),
          expectedAt: new Date(now + 30 * MINUTE).toISOString(),
        },
      },
    });
    expect(await of('a-bit-late')).toMatchObject({ asset: { punctuality: { state: 'LATE' } } });
    expect(await of('stopped')).toMatchObject({ asset: { punctuality: { state: 'STALE' } } });
  });

  it('goes by the times that runs are about, and knows nothing of streams and of too few runs', async () => {
    expect(await of('daily')).toMatchObject({ asset: { punctuality: { state: 'ON_TIME', usualSeconds: 86_400 } } });
    expect(await of('stream')).toEqual({ asset: { punctuality: null } });
    expect(await of('seldom')).toEqual({ asset: { punctuality: null } });
  });

  it('lists who is late, the longest overdue first, page by page, without what is hidden', async () => {
    expect(states(await late('admin'))).toEqual(['stopped STALE', 'a-bit-late LATE']);
    const first = await late('admin', { first: 1 });
    expect(states(first)).toEqual(['stopped STALE']);
    expect(states(await late('admin', { first: 1, after: first.pageInfo.endCursor }))).toEqual(['a-bit-late LATE']);
    const tag = 'mutation { assetTag(ref: "job:flow/stopped", add: ["hidden"]) { userErrors { code } } }';
    await test.as('admin').graphql(tag);
    expect(states(await late('reader'))).toEqual(['a-bit-late LATE']);
    await expect(late('admin', { after: 'x' })).rejects.toThrow(/after/);
  });
});
