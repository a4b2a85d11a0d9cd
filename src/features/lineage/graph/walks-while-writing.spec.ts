import fc from 'fast-check';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLineageDatabase, type LineageDatabase } from '../../../../test/support/lineage-database.js';
import { bounds, FIRST_PORT, graphs, insertGraph, insertPorts, some } from '../../../../test/support/lineage-rows.js';
import { SYSTEM_ACTOR } from '../../../core/actor.js';
import type { ActorAccess } from '../../../platform/access/access.js';
import type { Database } from '../../../platform/database/database.js';
import { Events } from '../../../platform/events/events.js';
import { LineageWalker } from '../lineage-walker.js';
import { LineageRepository } from '../lineage.repository.js';
import { byText, idOf, referenceWalk, type Graph, type Port } from '../reference-walk.fixture.js';
import { FollowedGraph } from './followed-graph.js';
import { readGraph } from './graph-reader.js';
import type { WalkAnswer } from './questions.js';

const DATASETS = [1, 2, 3, 4, 5, 6, 7, 8];
const ROOT = 1;
let lineage: LineageDatabase;
let database: Database;
let client: pg.Client;
let access: ActorAccess;

beforeAll(async () => {
  lineage = await openLineageDatabase(5);
  ({ database, client, access } = lineage);
});

afterAll(() => lineage.close());

/** What one transaction does: says a port, takes back the one it said before, or hides and shows an asset. */
type Write =
  | { readonly type: 'SAY'; readonly port: Port }
  | { readonly type: 'TAKE_BACK' }
  | { readonly type: 'TOGGLE'; readonly asset: number };

const writes: fc.Arbitrary<Write[]> = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        type: fc.constant('SAY' as const),
        port: fc.record({
          job: fc.constantFrom(null, 101, 102, 103),
          inputs: some(DATASETS, 3),
          outputs: some(DATASETS, 3),
        }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ type: fc.constant('TAKE_BACK' as const) }) },
    {
      weight: 1,
      arbitrary: fc.record({ type: fc.constant('TOGGLE' as const), asset: fc.constantFrom(2, 3, 4, 5, 101, 102) }),
    },
  ),
  { minLength: 3, maxLength: 8 },
);

/** What a committed position of the change log did to the graph. */
type Step = (graph: Graph) => Graph;
interface Writer {
  /** The first number of its ports. */
  readonly first: number;
  readonly writes: readonly Write[];
}

async function write(writer: Writer, steps: Map<number, Step>): Promise<void> {
  const events = new Events(database);
  let said = -1;
  for (const [at, change] of writer.writes.entries()) {
    await database.transaction(async () => {
      const step = await applied(change, writer.first + at, said);
      events.record(SYSTEM_ACTOR, { type: 'lineage.changed', subject: { kind: 'lineage', id: 'test' } });
      steps.set(await positionToBe(), step);
    });
    if (change.type === 'SAY') said = writer.first + at;
  }
}

/** Asked for under the lock that `record` takes too, so nobody else gets it. */
async function positionToBe(): Promise<number> {
  await database.query('SELECT pg_advisory_xact_lock(7201002)');
  const row = await database.queryOne<{ next: number }>(
    `SELECT CASE WHEN is_called THEN last_value + 1 ELSE last_value END::int AS next FROM change_log_position_seq`,
  );
  return row?.next ?? 0;
}

async function applied(change: Write, number: number, said: number): Promise<Step> {
  switch (change.type) {
    case 'SAY':
      await insertPorts(database, [change.port], number);
      return (graph) => ({ ...graph, ports: withPort(graph.ports, number, change.port) });
    case 'TAKE_BACK':
      await database.query('DELETE FROM lineage_edge WHERE port = $1', [idOf(Math.max(0, said))]);
      return (graph) => ({ ...graph, ports: withPort(graph.ports, Math.max(0, said), NOTHING) });
    case 'TOGGLE': {
      const key = [idOf(change.asset)];
      await database.query(
        `UPDATE asset SET tags = CASE WHEN tags = '{}' THEN '{hidden}'::text[] ELSE '{}' END WHERE id = $1`,
        key,
      );
      return (graph) => ({ ...graph, hidden: toggled(graph.hidden, change.asset) });
    }
  }
}

const NOTHING: Port = { job: null, inputs: [], outputs: [] };

/** Ports by their number less FIRST_PORT; what is between has nothing. */
function withPort(ports: readonly Port[], number: number, port: Port): Port[] {
  const place = number - FIRST_PORT;
  if (place < 0) return [...ports];
  return Array.from({ length: Math.max(ports.length, place + 1) }, (_, at) =>
    at === place ? port : (ports[at] ?? NOTHING),
  );
}

function toggled(hidden: readonly number[], asset: number): number[] {
  return hidden.includes(asset) ? hidden.filter((id) => id !== asset) : [...hidden, asset];
}

function graphAt(start: Graph, steps: ReadonlyMap<number, Step>, sequence: number): Graph {
  const done = [...steps].filter(([position]) => position <= sequence).sort(([a], [b]) => a - b);
  return done.reduce((graph, [, step]) => step(graph), start);
}

function shapeOf({ nodes, distances, edges, truncatedBy }: WalkAnswer): object {
  return {
    nodes: nodes.map((id, at) => [id, distances[at]]),
    edges: edges.map(({ from, to, jobId }) => [from, to, jobId]).sort(byText),
    truncatedBy,
  };
}

/** Asks again and again until `isDone`, and once more. */
async function answers(isDone: () => boolean, ask: () => Promise<WalkAnswer>): Promise<WalkAnswer[]> {
  const all: WalkAnswer[] = [];
  for (let isLast = false; !isLast;) {
    isLast = isDone();
    all.push(await ask());
  }
  return all;
}

describe('a walk while others write', () => {
  it('is, in memory and in the database, the plain walk at its sequence number', { timeout: 300_000 }, async () => {
    const walker = new LineageWalker({ ask: async () => null }, database, new LineageRepository(database));
    const condition = access.condition('discover', 'asset');
    let between = 0;
    await fc.assert(
      fc.asyncProperty(graphs, writes, writes, bounds, async (start, one, two, bound) => {
        await insertGraph(database, start);
        const followed = new FollowedGraph(await readGraph(client, 2 ** 26));
        const steps = new Map<number, Step>();
        let isDone = false;
        const asked = { rootId: idOf(ROOT), ...bound, withEdges: true, withDegrees: false };
        const inMemory = answers(
          () => isDone,
          async () => {
            expect(await followed.catchUp(client)).toBe(true);
            return followed.walk({ ...asked, condition });
          },
        );
        const inSql = answers(
          () => isDone,
          () => walker.walk({ ...asked, access }, null),
        );
        const writers = [
          { first: FIRST_PORT + 10, writes: one },
          { first: FIRST_PORT + 20, writes: two },
        ];
        await Promise.all(writers.map((writer) => write(writer, steps))).finally(() => (isDone = true));
        for (const answer of [...(await inMemory), ...(await inSql)]) {
          expect(shapeOf(answer)).toEqual(referenceWalk(graphAt(start, steps, Number(answer.sequence)), ROOT, bound));
        }
        const last = Math.max(...steps.keys());
        between += [...(await inMemory), ...(await inSql)].filter(
          ({ sequence }) => Number(sequence) < last && steps.has(Number(sequence)),
        ).length;
      }),
      { numRuns: Number(process.env['RUNS'] ?? 15) },
    );
    // Or it would have shown nothing.
    expect(between).toBeGreaterThan(0);
  });
});
