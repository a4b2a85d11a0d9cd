// From the moment an event was received to the first search that finds what it says, while others come in at a steady rate.
import { runEvents } from './generate.mjs';
import { percentiles, startPostgres, startService } from './service.mjs';

const EVENTS_A_SECOND = 200;
const SECONDS = 20;
/** Every so many events one says something new, which is then searched for. */
const PROBE_EVERY = 40;

export async function freshness(seed) {
  const postgres = await startPostgres('freshness');
  const service = await startService({ DATABASE_URL: postgres.url, CADASTRE_DEMO: 'false' });
  try {
    const events = runEvents({ datasets: 2000, jobs: 500, seed });
    const waits = [];
    const started = performance.now();
    const sent = { count: 0 };
    const probes = [];
    while (performance.now() - started < SECONDS * 1000) {
      const due = Math.floor(((performance.now() - started) / 1000) * EVENTS_A_SECOND) - sent.count;
      const batch = Array.from({ length: Math.min(due, 100) }, () => events.next().value);
      if (batch.length > 0) await service.post('/api/v1/lineage/batch', batch);
      if (Math.floor((sent.count + batch.length) / PROBE_EVERY) > Math.floor(sent.count / PROBE_EVERY)) {
        probes.push(probe(service, probes.length).then((ms) => waits.push(ms)));
      }
      sent.count += batch.length;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    const rate = sent.count / ((performance.now() - started) / 1000);
    await Promise.all(probes);
    const sorted = waits.toSorted((a, b) => a - b);
    const p95 = sorted[Math.floor(sorted.length * 0.95)] ?? 0;
    console.log(
      `search, found after it was received, at ${rate.toFixed(0)} events a second: ` +
        `p50 ${percentiles(waits).p50.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms of ${waits.length} (goal: p95 1000 ms)`,
    );
  } finally {
    await service.stop();
    await postgres.stop();
  }
}

const LETTERS = 'bcdfghjklmnpqrstvwxz';

async function probe(service, number) {
  const word = `zq${[...String(number)].map((digit) => LETTERS[Number(digit)]).join('')}q`;
  await service.post('/api/v1/lineage', {
    eventTime: new Date().toISOString(),
    producer: 'https://bench.example',
    schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/DatasetEvent',
    dataset: {
      namespace: 'probe',
      name: word,
      facets: { documentation: { _producer: 'p', _schemaURL: 's', description: word } },
    },
  });
  const received = performance.now();
  for (;;) {
    const { search } = await service.graphql('query($q: String!) { search(query: $q) { nodes { tier } } }', {
      q: word,
    });
    if (search.nodes[0]?.tier === 'EXACT_NAME') return performance.now() - received;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
