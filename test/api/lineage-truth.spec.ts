import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MemoryGraph } from '../../src/features/lineage/memory-graph.js';
import { startTestApp, type TestApp } from '../support/app.js';

const LAYERS = 5;
const PER_LAYER = 8;
const JOBS_PER_LAYER = 12;

/** Reads of one layer, writes of the next. A precise one says by columns that its inputs feed its outputs in turn. */
interface GeneratedJob {
  readonly name: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly isPrecise: boolean;
}

type Flow = readonly [from: string, to: string, job: string];

function generated(seed: number): GeneratedJob[] {
  const places = fc.subarray(
    Array.from({ length: PER_LAYER }, (_, at) => at),
    { minLength: 2, maxLength: 3 },
  );
  const job = fc.record({ inputs: places, outputs: places, isPrecise: fc.nat(2).map((one) => one > 0) });
  return fc.sample(job, { numRuns: (LAYERS - 1) * JOBS_PER_LAYER, seed }).map(({ inputs, outputs, isPrecise }, at) => {
    const layer = Math.floor(at / JOBS_PER_LAYER);
    return {
      name: `job-${at}`,
      inputs: inputs.map((place) => `t-${layer}-${place}`),
      outputs: outputs.slice(0, 2).map((place) => `t-${layer + 1}-${place}`),
      isPrecise,
    };
  });
}

function flowsOf({ name, inputs, outputs, isPrecise }: GeneratedJob): Flow[] {
  return outputs.flatMap((to, way) =>
    inputs.filter((_, at) => !isPrecise || at % 2 === way).map((from): Flow => [from, to, name]),
  );
}

function eventOf(job: GeneratedJob): object {
  const fields = (output: string): object => ({
    columnLineage: {
      fields: {
        k: {
          inputFields: flowsOf(job)
            .filter(([, to]) => to === output)
            .map(([from]) => ({ namespace: 'db', name: from, field: 'k' })),
        },
      },
    },
  });
  return {
    eventType: 'COMPLETE',
    eventTime: '2026-05-01T10:00:00Z',
    run: { runId: `run-${job.name}` },
    job: { namespace: 'flow', name: job.name },
    inputs: job.inputs.map((name) => ({ namespace: 'db', name })),
    outputs: job.outputs.map((name) => ({ namespace: 'db', name, ...(job.isPrecise ? { facets: fields(name) } : {}) })),
  };
}

/** Everything downstream, as sorted texts. */
function downstream(flows: readonly Flow[], root: string): string[] {
  const reached = new Set([root]);
  // Jobs come in the order of their layers, so once is enough.
  for (const [from, to] of flows) if (reached.has(from)) reached.add(to);
  return flows
    .filter(([from]) => reached.has(from))
    .map((flow) => flow.join(' '))
    .sort();
}

const LINEAGE = `query ($ref: String!) { lineage(ref: $ref, direction: DOWNSTREAM, maxHops: 20) {
  truncated nodes { asset { id name } } edges { from to job { name } } } }`;
interface Answer {
  readonly lineage: {
    readonly truncated: boolean;
    readonly nodes: readonly { readonly asset: { readonly id: string; readonly name: string } }[];
    readonly edges: readonly { readonly from: string; readonly to: string; readonly job: { readonly name: string } }[];
  };
}

let test: TestApp;
const jobs = generated(42);
beforeAll(async () => {
  test = await startTestApp();
  await test.as('admin').post('/api/v1/lineage/batch', jobs.map(eventOf)).expect(200);
  await test.settle();
});
afterAll(() => test.close());

async function returned(root: string): Promise<string[]> {
  const { lineage } = await test.as('admin').graphql<Answer>(LINEAGE, { ref: `dataset:db/${root}` });
  expect(lineage.truncated).toBe(false);
  const names = new Map(lineage.nodes.map(({ asset }) => [asset.id, asset.name]));
  return lineage.edges.map(({ from, to, job }) => [names.get(from), names.get(to), job.name].join(' ')).sort();
}

const roots = Array.from({ length: PER_LAYER }, (_, place) => `t-0-${place}`);
const sum = (lists: readonly (readonly string[])[]): number => lists.reduce((total, list) => total + list.length, 0);

describe('the lineage of generated flows', () => {
  const truth = roots.map((root) => downstream(jobs.flatMap(flowsOf), root));

  it('is from the database exactly what flows: precision and recall are 1', async () => {
    for (const [at, root] of roots.entries()) expect(await returned(root)).toEqual(truth[at]);
  });

  it('is the same from memory', async () => {
    const memory = test.app.get(MemoryGraph, { strict: false });
    for (let time = 0; memory.state.away !== null && time < 500; time += 1) {
      await memory.ask('impact', { rootIds: [], direction: 'DOWNSTREAM', condition: true });
      await sleep(20);
    }
    expect(memory.state.away).toBeNull();
    for (const [at, root] of roots.entries()) expect(await returned(root)).toEqual(truth[at]);
  });

  it('is less than every input of a job to every output of it, of which a quarter is wrong', () => {
    const every = jobs.flatMap((job) => flowsOf({ ...job, isPrecise: false }));
    const cartesian = roots.map((root) => downstream(every, root));
    expect(sum(truth) / sum(cartesian)).toBeLessThan(3 / 4);
  });
});
