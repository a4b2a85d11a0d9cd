// A deterministic company of any size: layers of datasets, jobs that read up to five and write one or two, a few hubs.

const NOUNS = [
  'customer',
  'orders',
  'invoice',
  'shipment',
  'event',
  'payment',
  'stock',
  'level',
  'campaign',
  'clicks',
  'daily',
  'revenue',
];

/** mulberry32: small, seeded, good enough for shapes. */
export function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** OpenLineage run events, START and COMPLETE for each job and a DatasetEvent for each dataset nobody writes. */
export function companyEvents({ datasets, jobs, seed }) {
  const next = random(seed);
  const pick = (limit) => Math.floor(next() * limit);
  const name = (i) => `${NOUNS[i % 12]}_${NOUNS[Math.floor(i / 12) % 12]}_${String(i).padStart(3, '0')}`;
  const dataset = (i) => ({
    namespace: 'postgres://bench.example:5432',
    name: `shop.public.${name(i)}`,
    facets: {
      schema: facet('SchemaDatasetFacet', {
        fields: ['id', `${NOUNS[i % 12]}_key`, 'created_at', 'amount'].map((column) => ({
          name: column,
          type: 'text',
        })),
      }),
      documentation: facet('DocumentationDatasetFacet', { description: `Rows of ${name(i).replaceAll('_', ' ')}.` }),
    },
  });
  const all = [];
  for (let i = 0; i < datasets; i += 1)
    all.push({ ...envelope(i), dataset: dataset(i), schemaURL: url('DatasetEvent') });
  for (let i = 0; i < jobs; i += 1) {
    const layer = Math.floor((i / jobs) * 9) * 1000;
    const inputs = Array.from({ length: 1 + pick(5) }, () =>
      bare(dataset(next() < 0.05 ? layer : layer + (pick(1000) % datasets))),
    );
    const outputs = Array.from({ length: 1 + pick(2) }, () =>
      bare(dataset(Math.min(datasets - 1, layer + 1000 + pick(1000)))),
    );
    const run = { runId: `00000000-0000-4000-8000-${String(i).padStart(12, '0')}` };
    const job = { namespace: 'bench', name: `job_${i}` };
    all.push({ ...envelope(i), eventType: 'START', run, job, inputs, outputs: [], schemaURL: url('RunEvent') });
    all.push({ ...envelope(i + 60), eventType: 'COMPLETE', run, job, inputs, outputs, schemaURL: url('RunEvent') });
  }
  return all;
}

const bare = ({ namespace, name }) => ({ namespace, name });
const url = (kind) => `https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/${kind}`;
const facet = (kind, body) => ({ _producer: 'https://bench.example', _schemaURL: url(kind), ...body });
const envelope = (seconds) => ({
  eventTime: new Date(Date.UTC(2026, 0, 1) + seconds * 1000).toISOString(),
  producer: 'https://bench.example',
});

const COLUMNS = ['id', 'customer_key', 'created_at', 'amount', 'status', 'country', 'channel', 'updated_at'];

/**
 * Run events without end: a START and a COMPLETE for one run after another, of jobs that always read and write the same
 * tables. Schemas on both sides, columns of every fourth job; about 1.9 KB an event.
 */
export function* runEvents({ datasets, jobs, seed }) {
  const next = random(seed);
  const pick = (limit) => Math.floor(next() * limit);
  const table = (i) => ({ namespace: 'postgres://bench.example:5432', name: `shop.public.table_${i}` });
  const shape = { schema: facet('SchemaDatasetFacet', { fields: COLUMNS.map((name) => ({ name, type: 'text' })) }) };
  const plans = Array.from({ length: jobs }, () => ({
    inputs: distinctPicks(1 + pick(4), () => pick(datasets)).map(table),
    output: table(pick(datasets)),
  }));
  for (let run = 0; ; run += 1) {
    const at = pick(jobs);
    const { inputs, output } = plans[at];
    const said = {
      run: {
        runId: runId(seed, run),
        facets: { nominalTime: facet('NominalTimeRunFacet', { nominalStartTime: timeOf(run) }) },
      },
      job: { namespace: 'bench', name: `job_${at}` },
      producer: 'https://bench.example',
      schemaURL: url('RunEvent'),
    };
    const described = inputs.map((input) => ({ ...input, facets: shape }));
    yield { ...said, eventType: 'START', eventTime: timeOf(run), inputs: described, outputs: [] };
    const facets = at % 4 === 0 ? { ...shape, columnLineage: columnsFrom(inputs[0]) } : shape;
    const outputFacets = { outputStatistics: facet('OutputStatisticsOutputDatasetFacet', { rowCount: pick(100_000) }) };
    const outputs = [{ ...output, facets, outputFacets }];
    yield { ...said, eventType: 'COMPLETE', eventTime: timeOf(run + 30), inputs, outputs };
  }
}

function columnsFrom({ namespace, name }) {
  const from = (field) => [{ namespace, name, field, transformations: [{ type: 'DIRECT', subtype: 'IDENTITY' }] }];
  return facet('ColumnLineageDatasetFacet', {
    fields: Object.fromEntries(COLUMNS.map((column) => [column, { inputFields: from(column) }])),
  });
}

function distinctPicks(count, pick) {
  return [...new Set(Array.from({ length: count }, pick))];
}

const runId = (seed, run) => `${seed.toString(16).padStart(8, '0')}-0000-4000-8000-${String(run).padStart(12, '0')}`;
const timeOf = (seconds) => new Date(Date.UTC(2026, 0, 1) + seconds * 1000).toISOString();
