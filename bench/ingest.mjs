// OpenLineage run events: acknowledged and queryable, beside a projector that works row by row.
import pg from 'pg';
import { runEvents } from './generate.mjs';
import { projectNaively } from './naive-projector.mjs';
import { percentiles, processorMs, residentMb, shown, startPostgres, startService } from './service.mjs';

const COMPANY = { datasets: 5000, jobs: 1000 };
const BATCH = 200;
const BASELINE_EVENTS = 1000;
/** More than this waiting, and the sender rests: the service answers 503 at 50,000. */
const MOST_WAITING = 10_000;

export async function run({ events, seed }) {
  const postgres = await startPostgres('ingest');
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  const service = await startService({ DATABASE_URL: postgres.url, CADASTRE_DEMO: 'false' });
  try {
    const rate = await longRun({ service, client, postgres, events, seed });
    await endpoints(service, seed);
    await baseline(postgres.url, { rate, seed });
  } finally {
    await service.stop();
    await client.end();
    await postgres.stop();
  }
}

/** Does an event cost the same when there were many before? @returns events projected a second, over all. */
async function longRun({ service, client, postgres, events, seed }) {
  const stream = runEvents({ ...COMPANY, seed });
  const bytes = await sizeOf(client);
  const step = Math.min(Math.ceil(events / 10), 50_000);
  const started = performance.now();
  console.log(`ingest: ${events} events of ${COMPANY.jobs} jobs, seed ${seed}, batches of ${BATCH}, 8 connections`);
  for (let done = 0; done < events; done += step) {
    const count = Math.min(step, events - done);
    const from = performance.now();
    const before = processorMs(service.pid, postgres.dataDir);
    const times = await send(service, { stream, count, size: BATCH, connections: 8 });
    const acknowledged = performance.now() - from;
    await service.projected();
    const projected = performance.now() - from;
    console.log(
      `  to ${done + count}: acknowledged ${perSecond(count, acknowledged)}/s, projected ${perSecond(count, projected)}/s; ` +
        `batch ${shown(percentiles(times))}; ` +
        `processor ${((processorMs(service.pid, postgres.dataDir) - before) / count).toFixed(2)} ms an event; service ${residentMb(service.pid).toFixed(0)} MB`,
    );
  }
  const perEvent = ((await sizeOf(client)) - bytes) / events;
  const rate = perSecond(events, performance.now() - started);
  console.log(`  all: projected ${rate}/s (goal 1000), ${perEvent.toFixed(0)} bytes stored an event`);
  return rate;
}

async function endpoints(service, seed) {
  for (const [name, size, count] of [
    ['single', 1, 1000],
    ['batch', BATCH, 6400],
  ]) {
    for (const connections of [1, 8, 32]) {
      // Another seed gives other runs: nothing is a repeat.
      const stream = runEvents({ ...COMPANY, seed: seed + size * 100 + connections });
      const from = performance.now();
      const times = await send(service, { stream, count, size, connections });
      const acknowledged = performance.now() - from;
      await service.projected();
      console.log(
        `ingest ${name}, ${connections} connections: acknowledged ${perSecond(count, acknowledged)}/s, ` +
          `projected ${perSecond(count, performance.now() - from)}/s; answer ${shown(percentiles(times))}`,
      );
    }
  }
}

async function baseline(url, { rate, seed }) {
  const events = take(runEvents({ ...COMPANY, seed }), BASELINE_EVENTS);
  const { ms, bytes } = await projectNaively(url, events);
  const naive = perSecond(events.length, ms);
  console.log(
    `  baseline row by row, one statement an entity, without HTTP: ${naive}/s, ${(bytes / events.length).toFixed(0)} bytes an event; ours/baseline ${(rate / naive).toFixed(2)}`,
  );
}

/** @returns milliseconds of each request. */
async function send(service, { stream, count, size, connections }) {
  const times = [];
  let left = count;
  const connection = async () => {
    while (left > 0) {
      const events = take(stream, Math.min(size, left));
      left -= events.length;
      const from = performance.now();
      if (size === 1) await service.post('/api/v1/lineage', events[0]);
      else await service.post('/api/v1/lineage/batch', events);
      times.push(performance.now() - from);
      if (size > 1) await rest(service);
    }
  };
  await Promise.all(Array.from({ length: connections }, connection));
  return times;
}

async function rest(service) {
  while ((await service.get('/api/v1/ingest/status')).backlog > MOST_WAITING)
    await new Promise((resolve) => setTimeout(resolve, 200));
}

function take(stream, count) {
  return Array.from({ length: count }, () => stream.next().value);
}

async function sizeOf(client) {
  const { rows } = await client.query('SELECT pg_database_size(current_database())::float8 AS bytes');
  return rows[0].bytes;
}

const perSecond = (count, ms) => Math.round((count / ms) * 1000);
