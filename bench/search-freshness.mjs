// From the moments an event was received and its change committed to the first search that finds what it says, while others
// come in at a steady rate.
import { createRequire } from 'node:module';
import { runEvents } from './generate.mjs';
import { percentiles, processorMs, startPostgres, startService } from './service.mjs';

const pg = createRequire(import.meta.url)('pg');
const EVENTS_A_SECOND = 200;
const SECONDS = 20;
/** Every so many events one says something new, which is then searched for. */
const PROBE_EVERY = 40;
const PAUSE_MS = 20;

export async function freshness(seed) {
  const postgres = await startPostgres('freshness');
  const service = await startService({ DATABASE_URL: postgres.url, CADASTRE_DEMO: 'false' });
  const commits = await watchCommits(postgres.url);
  try {
    const usedBefore = processorMs(service.pid, postgres.dataDir);
    const started = performance.now();
    const probes = [];
    const finding = { isOver: false };
    const found = find(service, probes, finding);
    const rate = await send(service, seed, probes);
    finding.isOver = true;
    await found;
    const seconds = (performance.now() - started) / 1000;
    const used = (processorMs(service.pid, postgres.dataDir) - usedBefore) / seconds;
    const after = (since) => {
      const { p50, p95 } = percentiles(probes.map((probe) => probe.found - since(probe)));
      return `p50 ${p50.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms`;
    };
    console.log(
      `search, found at ${rate.toFixed(0)} events a second, ${probes.length} times:\n` +
        `  after the commit: ${after(({ word }) => commits.at(word))} (goal: p95 1000 ms)\n` +
        `  after it was received: ${after(({ received }) => received)}\n` +
        `  processor time of service and Postgres: ${used.toFixed(0)} ms a second`,
    );
  } finally {
    await commits.stop();
    await service.stop();
    await postgres.stop();
  }
}

/** @returns events a second. */
async function send(service, seed, probes) {
  const events = runEvents({ datasets: 2000, jobs: 500, seed });
  const started = performance.now();
  const passed = () => (performance.now() - started) / 1000;
  let sent = 0;
  while (passed() < SECONDS) {
    const due = Math.min(100, Math.floor(passed() * EVENTS_A_SECOND) - sent);
    if (due > 0)
      await service.post(
        '/api/v1/lineage/batch',
        Array.from({ length: due }, () => events.next().value),
      );
    if (Math.floor((sent + due) / PROBE_EVERY) > Math.floor(sent / PROBE_EVERY)) await probe(service, probes);
    sent += due;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return sent / passed();
}

const LETTERS = 'bcdfghjklmnpqrstvwxz';

async function probe(service, probes) {
  const word = `zq${[...String(probes.length)].map((digit) => LETTERS[Number(digit)]).join('')}q`;
  await service.post('/api/v1/lineage', {
    eventTime: new Date().toISOString(),
    producer: 'https://bench.example',
    schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/DatasetEvent',
    dataset: {
      namespace: 'probe',
      name: `${word}_probe`,
      facets: { documentation: { _producer: 'p', _schemaURL: 's', description: word } },
    },
  });
  probes.push({ word, received: performance.now(), found: 0 });
}

/** What comes first is found first: only the oldest is asked for, as a phrase, so that no other words are tried for it. */
async function find(service, probes, finding) {
  for (let at = 0; at < probes.length || !finding.isOver;) {
    const probe = probes[at];
    const { search } = probe
      ? await service.graphql('query($q: String!) { search(query: $q) { nodes { tier } } }', {
          q: `"${probe.word} probe"`,
        })
      : { search: { nodes: [] } };
    if (search.nodes[0]?.tier !== 'EXACT_NAME') {
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      continue;
    }
    probe.found = performance.now();
    at += 1;
  }
}

/** When each probe was committed: as Postgres told, which it does at the end of a commit. */
async function watchCommits(url) {
  const client = new pg.Client({ connectionString: url, application_name: 'bench' });
  await client.connect();
  const seen = new Map();
  client.on('notification', () => {
    const told = performance.now();
    void client.query(`SELECT name FROM asset WHERE namespace = 'probe'`).then(({ rows }) => {
      for (const { name } of rows) if (!seen.has(name)) seen.set(name, told);
    });
  });
  await client.query('LISTEN cadastre_changes');
  return { at: (word) => seen.get(`${word}_probe`) ?? NaN, stop: () => client.end() };
}
