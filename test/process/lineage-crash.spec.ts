import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../support/database.js';
import {
  getText,
  killService,
  postEvents,
  serviceSettled,
  startService,
  type RunningService,
} from '../support/service-process.js';

const LINEAGE = `{ lineage(ref: "dataset:db/t0", direction: DOWNSTREAM, maxHops: 20) { nodes { distance asset { name } } } }`;
const CHAIN = 8;

const step = (at: number): object => ({
  eventType: 'COMPLETE',
  eventTime: '2026-05-01T10:00:00Z',
  run: { runId: `run-${at}` },
  job: { namespace: 'flow', name: `job-${at}` },
  inputs: [{ namespace: 'db', name: `t${at}` }],
  outputs: [{ namespace: 'db', name: `t${at + 1}` }],
});

let database: TestDatabase;
const running: RunningService[] = [];
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(async () => {
  for (const { child } of running) if (child.exitCode === null) child.kill('SIGKILL');
  await database.close();
});

async function start(): Promise<RunningService> {
  const service = await startService({ DATABASE_URL: database.url });
  running.push(service);
  return service;
}

async function reached(service: RunningService, token: string): Promise<string[]> {
  const response = await fetch(`${service.url}/graphql`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ query: LINEAGE }),
  });
  interface Answer {
    readonly data: { readonly lineage: { readonly nodes: { distance: number; asset: { name: string } }[] } };
  }
  const { data } = (await response.json()) as Answer;
  return data.lineage.nodes.map(({ distance, asset }) => `${distance} ${asset.name}`);
}

async function until(isSo: () => Promise<boolean>, what: string): Promise<void> {
  for (let time = 0; !(await isSo()); time += 1) {
    if (time > 1000) throw new Error(`It did not come about that ${what}.`);
    await sleep(50);
  }
}

describe('a service that is killed while it reads the lineage graph', () => {
  it(
    'answers the same when it is started again, from the database and then from memory',
    { timeout: 180_000 },
    async () => {
      const first = await start();
      const token = first.token ?? '';
      const events = Array.from({ length: CHAIN }, (_, at) => step(at));
      expect(await postEvents(first, token, events)).toBe(true);
      await serviceSettled(first, token);
      const expected = Array.from({ length: CHAIN + 1 }, (_, at) => `${at} t${at}`);
      expect(await reached(first, token)).toEqual(expected);
      await killService(first, 'SIGTERM');

      const holder = new pg.Client({ connectionString: database.url });
      await holder.connect();
      // Whoever reads the edges waits for this, the reader of the graph first of all.
      await holder.query('BEGIN');
      await holder.query('LOCK TABLE lineage_edge IN ACCESS EXCLUSIVE MODE');
      const second = await start();
      // A transaction is shown the activity as it was when it first looked, so another one looks.
      const watcher = new pg.Client({ connectionString: database.url });
      await watcher.connect();
      await until(async () => {
        const { rows } = await watcher.query<{ waiting: number }>(
          `SELECT count(*)::int AS waiting FROM pg_stat_activity
         WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%lineage_edge%'`,
        );
        return (rows[0]?.waiting ?? 0) > 0;
      }, 'the graph was being read');
      expect(await getText(second, token, '/metrics')).toMatch(/^cadastre_lineage_graph_warm 0$/m);
      await killService(second, 'SIGKILL');
      await watcher.end();
      await holder.query('ROLLBACK');
      await holder.end();

      const third = await start();
      expect(await reached(third, token)).toEqual(expected);
      await until(
        async () => /^cadastre_lineage_graph_warm 1$/m.test(await getText(third, token, '/metrics')),
        'the graph was in memory',
      );
      expect(await reached(third, token)).toEqual(expected);
      expect(await getText(third, token, '/metrics')).toMatch(
        /lineage_answers_total\{engine="memory",reason=""\} [1-9]/,
      );
      await killService(third, 'SIGTERM');
    },
  );
});
