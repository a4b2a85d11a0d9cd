import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../support/database.js';
import { OWN_STREAMS } from '../support/event-streams.js';
import {
  getText,
  killService,
  postEvents,
  serviceSettled,
  startService,
  type RunningService,
} from '../support/service-process.js';

/** A few in every test run; `npm run bench -- kill` does fifty, which is a few minutes of starting the service. */
const KILLS = Number(process.env['KILLS'] ?? 3);
const BATCH = 20;

const busy = (i: number): object => ({
  eventType: ['START', 'RUNNING', 'COMPLETE'][i % 3],
  eventTime: new Date(Date.UTC(2026, 4, 1, 0, i % 60)).toISOString(),
  run: { runId: `run-${Math.floor(i / 3)}` },
  job: { namespace: 'kill', name: `job-${i % 50}` },
  inputs: [{ namespace: 'db', name: `table-${i % 30}`, facets: { documentation: { description: `Number ${i}.` } } }],
  outputs: [{ namespace: 'db', name: `table-${(i % 30) + 1}` }],
});

function batchesOf(count: number): (readonly unknown[])[] {
  const own = OWN_STREAMS.flatMap(({ events }) => events);
  return Array.from({ length: count }, (_, b) => [
    ...own.slice(b % own.length, (b % own.length) + 2),
    ...Array.from({ length: BATCH }, (__, i) => busy(b * BATCH + i)),
  ]);
}

const services: RunningService[] = [];
const databases: TestDatabase[] = [];
afterAll(async () => {
  for (const { child } of services) if (child.exitCode === null) child.kill('SIGKILL');
  for (const database of databases) await database.close();
});

async function start(database: TestDatabase): Promise<RunningService> {
  const service = await startService({ DATABASE_URL: database.url });
  services.push(service);
  return service;
}

async function open(): Promise<TestDatabase> {
  const database = await openTestDatabase();
  databases.push(database);
  return database;
}

describe('an ingest that is killed again and again', () => {
  it(`loses and doubles nothing: ${KILLS} kills at random points`, { timeout: 60_000 + KILLS * 30_000 }, async () => {
    const batches = batchesOf(KILLS * 6);
    // Reproducible by its seed, which a failure shows.
    const seed = Number(process.env['KILL_SEED'] ?? Date.now() % 1_000_000);
    const [delays = []] = fc.sample(fc.array(fc.nat({ max: 400 }), { minLength: KILLS, maxLength: KILLS }), {
      numRuns: 1,
      seed,
    });
    const database = await open();
    let service = await start(database);
    const token = service.token ?? '';
    const waiting = [...batches];
    for (const delay of delays) {
      const killed = new Promise<void>((resolve) => setTimeout(() => resolve(killService(service, 'SIGKILL')), delay));
      // As a client does: what is not acknowledged is sent again.
      while (waiting[0] && service.child.exitCode === null && service.child.signalCode === null) {
        if (!(await postEvents(service, token, waiting[0]).catch(() => false))) break;
        waiting.shift();
      }
      await killed;
      service = await start(database);
    }
    for (const batch of waiting) expect(await postEvents(service, token, batch)).toBe(true);
    await serviceSettled(service, token);
    const dump = await getText(service, token, '/api/v1/dump');
    await killService(service, 'SIGTERM');

    const calm = await start(await open());
    for (const batch of batches) expect(await postEvents(calm, calm.token ?? '', batch)).toBe(true);
    await serviceSettled(calm, calm.token ?? '');
    const undisturbed = JSON.parse(await getText(calm, calm.token ?? '', '/api/v1/dump')) as unknown;
    expect({ seed, dump: JSON.parse(dump) as unknown }).toEqual({ seed, dump: undisturbed });
    await killService(calm, 'SIGTERM');
  });
});
