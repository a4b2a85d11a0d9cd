// Prints figures and ratios; asserts nothing. `npm run bench` runs what is in EVERYTHING, `npm run bench -- sql kill` what is
// named.
import { parseArgs } from 'node:util';
import { sharedCatalog } from './catalog.mjs';
import { stopEverything } from './service.mjs';

const EVERYTHING = ['start', 'ingest', 'lineage', 'search', 'search-quality', 'sql', 'access'];
const TOPICS = [...EVERYTHING, 'kill', 'parity'];

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    // Of the ingest topic's long run; its cost should not grow with it.
    events: { type: 'string', default: '20000' },
    // Of the lineage topic: half edges of each graph it makes, 1000000 or 6000000 too.
    edges: { type: 'string', default: '10000,100000' },
    seed: { type: 'string', default: '42' },
    // Of the search topic: sizes of the index.
    documents: { type: 'string', default: '10000,100000,1000000' },
    // Of the search-quality topic: the worst queries.
    verbose: { type: 'boolean', default: false },
  },
});
const unknown = positionals.find((name) => !TOPICS.includes(name));
const events = Number(values.events);
const edges = values.edges.split(',').map(Number);
const documents = values.documents.split(',').map(Number);
const areSizes = [...edges, ...documents].every((count) => Number.isSafeInteger(count) && count >= 1000);
if (unknown !== undefined || !areSizes || !Number.isSafeInteger(events) || events < 1000) {
  console.error(
    `Usage: npm run bench -- [${TOPICS.join('] [')}] [--events 20000 (at least 1000)] [--edges 10000,100000] [--documents 10000,100000] [--seed 42] [--verbose]`,
  );
  process.exit(2);
}

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => void stopEverything().finally(() => process.exit(1)));
}

const seed = Number(values.seed);
const shared = sharedCatalog(seed);
console.log(`bench: seed ${seed}, node ${process.version}`);
try {
  for (const topic of positionals.length > 0 ? positionals : EVERYTHING) {
    const { run } = await import(`./${topic}.mjs`);
    await run({ catalog: shared.catalog, events, edges, seed, documents, verbose: values.verbose });
  }
} finally {
  await shared.stop();
}
