import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MemoryGraph } from '../../src/features/lineage/memory-graph.js';
import { Metrics } from '../../src/platform/observability/metrics.js';
import { startTestApp, type TestApp } from '../support/app.js';

/** Names of this length take more memory than is allowed, without a million of them. */
const NAME_BYTES = 100_000;
const DATASETS = 700;

const LINEAGE = `query ($ref: String!, $hops: Int!, $nodes: Int!) {
  lineage(ref: $ref, direction: DOWNSTREAM, maxHops: $hops, maxNodes: $nodes) {
    nodes { distance degree asset { id } } edges { from to } truncatedBy } }`;
interface Answer {
  readonly lineage: {
    readonly nodes: readonly { readonly distance: number; readonly degree: number; readonly asset: { id: string } }[];
    readonly edges: readonly { readonly from: string; readonly to: string }[];
    readonly truncatedBy: string | null;
  };
}

const idOf = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

let test: TestApp;
beforeAll(async () => {
  test = await startTestApp({ env: { CADASTRE_LINEAGE_MEMORY_BYTES: '64MiB' } });
  await test.database.query(
    `INSERT INTO asset (id, kind, namespace, name)
     SELECT ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, 'DATASET', 'long',
            'n' || lpad(n::text, 6, '0') || repeat('x', $2::int)
     FROM generate_series(1, $1::int) AS n`,
    [DATASETS, NAME_BYTES],
  );
  // Each feeds the next and the one after it.
  await test.database.query(
    `INSERT INTO lineage_edge (port, asset_id, direction, origins, first_seen, last_seen)
     SELECT ('00000000-0000-4000-9000-' || lpad(n::text, 12, '0'))::uuid,
            ('00000000-0000-4000-8000-' || lpad((n + step)::text, 12, '0'))::uuid,
            CASE step WHEN 0 THEN 'I' ELSE 'O' END::"char", '{OBSERVED}', now(), now()
     FROM generate_series(1, $1::int - 2) AS n, generate_series(0, 2) AS step`,
    [DATASETS],
  );
});
afterAll(() => test.close());

async function awayFor(reason: string): Promise<void> {
  const memory = test.app.get(MemoryGraph, { strict: false });
  for (let time = 0; memory.state.away !== reason; time += 1) {
    if (time > 1000) throw new Error(`The graph is not away for ${reason} but for ${memory.state.away}.`);
    await memory.ask('impact', { rootIds: [], direction: 'DOWNSTREAM', condition: true });
    await sleep(20);
  }
}

describe('a graph that grew over the 64 MiB that are allowed', () => {
  it('is answered for by the database, rightly, and the metrics say why', { timeout: 120_000 }, async () => {
    await awayFor('OVER_BUDGET');
    const { lineage } = await test.as('admin').graphql<Answer>(LINEAGE, { ref: idOf(1), hops: 4, nodes: 1000 });
    expect(lineage.nodes).toEqual(
      [0, 1, 1, 2, 2, 3, 3, 4, 4].map((distance, at) => ({ distance, degree: 2, asset: { id: idOf(at + 1) } })),
    );
    expect(lineage.edges.map(({ from, to }) => [from, to])).toEqual(
      [1, 2, 3, 4, 5, 6, 7, 8].flatMap((n) => [n + 1, n + 2].filter((to) => to < 10).map((to) => [idOf(n), idOf(to)])),
    );
    expect(lineage.truncatedBy).toBe('HOPS');
    const metrics = await test.app.get(Metrics).read();
    expect(metrics).toMatch(/lineage_answers_total\{engine="sql",reason="OVER_BUDGET"\} [1-9]/);
    expect(metrics).toMatch(/lineage_rebuild_seconds_count\{outcome="too_large"\} [1-9]/);
    expect(metrics).toMatch(/lineage_graph_warm 0/);
    expect(metrics).toMatch(/lineage_graph_bytes 0/);
  });
});
