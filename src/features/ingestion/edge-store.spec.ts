import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../../../test/support/app.js';
import { LineageStore } from './lineage-store.js';
import { Projection } from './projection.js';
import { readMessage } from './readers/read-message.js';

class RolledBack extends Error {}

const time = (minute: number): string => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();
const dataset = (name: string, facets: object = {}): object => ({ namespace: 'db', name, facets });
const said = { producer: 'https://example.org/p', schemaURL: 'https://example.org/s' };

const runOf = ({
  job,
  run,
  at,
  inputs,
  outputs,
}: {
  job: string;
  run: number;
  at: number;
  inputs: object[];
  outputs: object[];
}): object => ({
  ...said,
  eventType: 'RUNNING',
  eventTime: time(at),
  run: { runId: `${job}-${run}` },
  job: { namespace: 'flow', name: job },
  inputs,
  outputs,
});

const name = fc.constantFrom('a', 'b', 'c', 'd');
const at = fc.integer({ min: 0, max: 9 });
const run = fc
  .record({
    job: fc.constantFrom('x', 'y'),
    run: fc.integer({ min: 0, max: 2 }),
    at,
    inputs: fc.array(name, { maxLength: 2 }),
    outputs: fc.array(name, { maxLength: 2 }),
    precise: fc.boolean(),
  })
  .map(({ inputs, outputs, precise, ...rest }) => {
    const from = (input: string): object => ({ namespace: 'db', name: input, field: 'k' });
    const columns = { columnLineage: { fields: { k: { inputFields: inputs.map(from) } } } };
    return runOf({
      ...rest,
      inputs: inputs.map((input) => dataset(input)),
      outputs: outputs.map((output) => dataset(output, precise ? columns : {})),
    });
  });
const drop = fc.record({ of: name, at }).map(({ of, at: minute }) => ({
  ...said,
  eventTime: time(minute),
  dataset: dataset(of, { lifecycleStateChange: { lifecycleStateChange: 'DROP' } }),
}));
const symlink = fc.record({ of: name, as: name, at }).map(({ of, as, at: minute }) => ({
  ...said,
  eventTime: time(minute),
  dataset: dataset(of, { symlinks: { identifiers: [{ namespace: 'db', name: as, type: 'TABLE' }] } }),
}));

/** The definition, without any of what keeps edges up to date: the distinct flows over all statements that count. */
const EDGES_ANEW = `SELECT f.port, f.asset_id, f.direction, min(s.job_id::text)::uuid AS job_id,
    array_agg(DISTINCT s.origin ORDER BY s.origin) AS origins, min(s.first_seen) AS first_seen, max(s.last_seen) AS last_seen
  FROM lineage_flow f JOIN lineage_flow_set c ON c.id = f.set_id JOIN lineage_statement s ON s.flow_set_id = c.id
  WHERE NOT c.is_closed AND NOT EXISTS (
    SELECT FROM asset a JOIN fact d ON d.asset_id = a.id AND d.attribute = 'droppedAt'
    WHERE coalesce(a.merged_into, a.id) = f.asset_id AND s.last_seen <= d.asserted_at)
  GROUP BY 1, 2, 3`;
const EDGES = 'SELECT port, asset_id, direction, job_id, origins, first_seen, last_seen FROM lineage_edge';
const COLUMN_FLOWS_ANEW = `SELECT f.set_id, f.source_id, f.target_id, bool_or(NOT EXISTS (
    SELECT FROM asset a JOIN fact d ON d.asset_id = a.id AND d.attribute = 'droppedAt'
    WHERE coalesce(a.merged_into, a.id) IN (f.source_id, f.target_id) AND s.last_seen <= d.asserted_at)) AS is_open
  FROM lineage_column_flow f JOIN lineage_statement s ON s.flow_set_id = f.set_id GROUP BY 1, 2, 3`;
const COLUMN_FLOWS = 'SELECT set_id, source_id, target_id, is_open FROM lineage_column_flow';
const UNSAID = `SELECT id FROM lineage_flow_set c
  WHERE NOT EXISTS (SELECT FROM lineage_statement s WHERE s.flow_set_id = c.id)`;

describe('edges', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp();
  }, 120_000);
  afterAll(() => test.close());

  const project = async (events: readonly object[]): Promise<void> =>
    test.app.get(Projection, { strict: false }).apply(events.map((event) => readMessage('OPENLINEAGE', event)));

  /** As the follower of merged names does. */
  async function deriveMerged(): Promise<void> {
    const merged = await test.database.query<{ id: string }>(
      'SELECT id FROM asset WHERE merged_into IS NOT NULL UNION SELECT merged_into FROM asset WHERE merged_into IS NOT NULL',
    );
    await test.app.get(LineageStore, { strict: false }).deriveAgain(merged.map(({ id }) => id));
  }

  async function rolledBack(work: () => Promise<void>): Promise<void> {
    const whole = test.database.transaction(async () => {
      await work();
      throw new RolledBack();
    });
    await expect(whole).rejects.toBeInstanceOf(RolledBack);
  }

  const differing = (stored: string, anew: string): Promise<object[]> =>
    test.database.query(`(${stored} EXCEPT ${anew}) UNION ALL (${anew} EXCEPT ${stored})`);

  it('are the distinct flows over all statements, whatever came in whatever sets', { timeout: 120_000 }, async () => {
    const sets = fc.array(
      fc.array(fc.oneof({ weight: 4, arbitrary: run }, drop, symlink), { minLength: 1, maxLength: 4 }),
      {
        minLength: 1,
        maxLength: 4,
      },
    );
    await fc.assert(
      fc.asyncProperty(sets, async (batches) => {
        await rolledBack(async () => {
          for (const batch of batches) {
            await project(batch);
            await deriveMerged();
          }
          expect(await differing(EDGES, EDGES_ANEW)).toEqual([]);
          expect(await differing(COLUMN_FLOWS, COLUMN_FLOWS_ANEW)).toEqual([]);
          expect(await test.database.query(UNSAID)).toEqual([]);
        });
      }),
      { numRuns: 60 },
    );
  });

  it('cost as many statements for a hundred runs as for one, and for the thousandth as for the first', async () => {
    await rolledBack(async () => {
      const runs = (count: number, from: number): object[] =>
        Array.from({ length: count }, (_, index) =>
          runOf({ job: 'x', run: from + index, at: index % 10, inputs: [dataset('a')], outputs: [dataset('b')] }),
        );
      await project(runs(1, 0));
      // What runs in the background counts as well: the fewest of some tries is what the work itself needs.
      const cost = async (count: number, from: number): Promise<number> => {
        const tries: number[] = [];
        for (let attempt = 0; attempt < 15; attempt += 1) {
          const before = test.database.statementCount;
          await project(runs(count, from + attempt * count));
          tries.push(test.database.statementCount - before);
        }
        return Math.min(...tries);
      };
      const one = await cost(1, 1);
      expect(await cost(100, 100)).toBe(one);
      expect(await cost(1, 10_000)).toBe(one);
    });
  });

  it('of a job that says the same with every run are stored once, and each run knows its own', async () => {
    await rolledBack(async () => {
      const outputs = [
        dataset('b', {
          columnLineage: { fields: { k: { inputFields: [{ namespace: 'db', name: 'a', field: 'k' }] } } },
        }),
      ];
      const runs = (count: number, from: number): object[] =>
        Array.from({ length: count }, (_, index) =>
          runOf({ job: 'x', run: from + index, at: index % 10, inputs: [dataset('a')], outputs }),
        );
      const stored = async (): Promise<object> => ({
        flows: await test.database.query('SELECT port, asset_id, direction FROM lineage_flow ORDER BY 1, 2, 3'),
        columnFlows: await test.database.query('SELECT source_id, target_id FROM lineage_column_flow'),
      });
      await project(runs(1, 0));
      const once = await stored();
      await project(runs(50, 1));
      await project(runs(50, 51));
      expect(await stored()).toEqual(once);
      const ofRuns = `SELECT count(DISTINCT s.run_id)::int AS runs, count(*)::int AS flows
        FROM lineage_statement s JOIN lineage_flow f ON f.set_id = s.flow_set_id`;
      expect(await test.database.query(ofRuns)).toEqual([{ runs: 101, flows: 202 }]);
    });
  });

  it('of a run that comes to say something else are no longer those of the other runs', async () => {
    await rolledBack(async () => {
      const said = (run: number, inputs: object[]): object =>
        runOf({ job: 'x', run, at: run, inputs, outputs: [dataset('b')] });
      await project([said(1, [dataset('a')]), said(2, [dataset('a')])]);
      await project([said(2, [dataset('c')])]);
      const flows = `SELECT r.external_id AS run, string_agg(a.name, ' ' ORDER BY a.name) AS inputs FROM lineage_statement s
        JOIN run r ON r.id = s.run_id JOIN lineage_flow f ON f.set_id = s.flow_set_id AND f.direction = 'I'
        JOIN asset a ON a.id = f.asset_id GROUP BY 1 ORDER BY 1`;
      expect(await test.database.query(flows)).toEqual([
        { run: 'x-1', inputs: 'a' },
        { run: 'x-2', inputs: 'a c' },
      ]);
      expect(await test.database.query(UNSAID)).toEqual([]);
      // The last run that says it ends: so do its flows, whichever way it ends.
      await test.database.query('DELETE FROM run');
      expect(await test.database.query('SELECT FROM lineage_flow_set')).toEqual([]);
    });
  });
});
