// A deterministic lineage of any size, straight into the tables: a layered DAG with hubs. A twentieth of all reads is of
// one of the few hubs of its layer; a job reads one to four datasets of its layer and writes one or two of the next.
import { random } from './generate.mjs';

const LAYERS = 20;
const HUBS = 3;
const OWNERS = 40;
const DOMAINS = ['sales', 'sales/orders', 'finance', 'finance/ledger', 'people', 'supply', 'supply/stock', 'web'];
const ROWS_AT_ONCE = 20_000;

/** About as many half edges (dataset to job, job to dataset) as asked for. Ids are random, but the same for the same seed. */
export function makeLineage({ edges, seed }) {
  const next = random(seed);
  const pick = (limit) => Math.floor(next() * limit);
  const id = () => {
    const word = () =>
      pick(2 ** 32)
        .toString(16)
        .padStart(8, '0');
    const hex = word() + word() + word() + word();
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
  };
  const perLayer = Math.max(HUBS + 1, Math.floor((edges / 4 / LAYERS) * 1.1));
  const jobCount = Math.floor(edges / 4);
  const datasets = Array.from({ length: perLayer * (LAYERS + 1) }, id);
  const jobs = Array.from({ length: jobCount }, id);
  const flows = jobs.map((job, at) => {
    const layer = Math.floor((at / jobCount) * LAYERS) * perLayer;
    const read = () => datasets[layer + (next() < 0.05 ? pick(HUBS) : pick(perLayer))];
    const written = () => datasets[layer + perLayer + pick(perLayer)];
    return {
      job,
      inputs: [...new Set(Array.from({ length: 1 + pick(4) }, read))],
      outputs: [...new Set(Array.from({ length: 1 + pick(2) }, written))],
    };
  });
  const middle = (LAYERS / 2) * perLayer;
  return {
    datasets,
    jobs,
    flows,
    starts: {
      leaf: datasets.slice(LAYERS * perLayer - 200, LAYERS * perLayer - 100),
      median: datasets.slice(middle + 100, middle + 200),
      hub: Array.from({ length: LAYERS }, (_, layer) =>
        datasets.slice(layer * perLayer, layer * perLayer + HUBS),
      ).flat(),
    },
  };
}

/** In the place of what was there; the triggers that follow changes are off meanwhile, and then told once. */
export async function storeLineage(client, { datasets, jobs, flows }) {
  await client.query('ALTER TABLE lineage_edge DISABLE TRIGGER USER');
  await client.query('TRUNCATE asset CASCADE');
  await inChunks(datasets, (ids, first) => insertAssets(client, 'DATASET', ids, first));
  await inChunks(jobs, (ids, first) => insertAssets(client, 'JOB', ids, first));
  const half = flows.flatMap(({ job, inputs, outputs }) => [
    ...inputs.map((asset) => [job, asset, 'I']),
    ...outputs.map((asset) => [job, asset, 'O']),
  ]);
  await inChunks(half, (rows) =>
    client.query(
      `INSERT INTO lineage_edge SELECT port, asset, direction::"char", port, '{OBSERVED}', now(), now()
       FROM unnest($1::uuid[], $2::uuid[], $3::text[]) AS e(port, asset, direction)`,
      [0, 1, 2].map((column) => rows.map((row) => row[column])),
    ),
  );
  await client.query('ALTER TABLE lineage_edge ENABLE TRIGGER USER');
  await client.query('ANALYZE asset, lineage_edge');
  await client.query('INSERT INTO lineage_change DEFAULT VALUES');
  return half.length;
}

function insertAssets(client, kind, ids, first) {
  return client.query(
    `INSERT INTO asset (id, kind, namespace, name, display_name, description, domain, owners, is_placeholder)
     SELECT id, $2, 'bench', name, name, 'Rows of ' || name, domain, ARRAY[owner], false
     FROM unnest($1::uuid[], $3::text[], $4::text[], $5::text[]) AS a(id, name, domain, owner)`,
    [
      ids,
      kind,
      ids.map((_, at) => `warehouse.${kind === 'JOB' ? 'flow' : 'public'}.item_${first + at}`),
      ids.map((_, at) => DOMAINS[(first + at) % DOMAINS.length]),
      ids.map((_, at) => `owner-${(first + at) % OWNERS}`),
    ],
  );
}

async function inChunks(all, work) {
  for (let first = 0; first < all.length; first += ROWS_AT_ONCE) {
    await work(all.slice(first, first + ROWS_AT_ONCE), first);
  }
}
