// A deterministic lineage of any size, straight into the tables: a layered DAG with hubs. A twentieth of all reads is of
// one of the few hubs of its layer; a job reads one to four datasets of its layer and writes one or two of the next. A third of
// the jobs that could says which of its inputs feed which output, and is two ports.
import { random } from './generate.mjs';

const LAYERS = 20;
const HUBS = 3;
const OWNERS = 40;
const DOMAINS = ['sales', 'sales/orders', 'finance', 'finance/ledger', 'people', 'supply', 'supply/stock', 'web'];
const ROWS_AT_ONCE = 50_000;
const COLUMNS = 3;
const DAY_MS = 86_400_000;

/**
 * About as many half edges (dataset to port, port to dataset) as asked for, as numbers: datasets first, then jobs. Six million
 * objects would not fit.
 */
export function makeLineage({ edges, seed }) {
  const next = random(seed);
  const pick = (limit) => Math.floor(next() * limit);
  const perLayer = Math.max(HUBS + 201, Math.floor((edges / 4 / LAYERS) * 1.1));
  const jobCount = Math.floor(edges / 4);
  const datasetCount = perLayer * (LAYERS + 1);
  const half = { port: [], asset: [], isInput: [] };
  const jobOfPort = [];
  const put = (job, inputs, outputs) => {
    const port = jobOfPort.push(job) - 1;
    for (const [assets, isInput] of [
      [inputs, 1],
      [outputs, 0],
    ]) {
      for (const asset of assets) {
        half.port.push(port);
        half.asset.push(asset);
        half.isInput.push(isInput);
      }
    }
  };
  for (let at = 0; at < jobCount; at += 1) {
    const layer = Math.floor((at / jobCount) * LAYERS) * perLayer;
    const read = () => layer + (next() < 0.05 ? pick(HUBS) : pick(perLayer));
    const written = () => layer + perLayer + pick(perLayer);
    const inputs = [...new Set(Array.from({ length: 1 + pick(4) }, read))];
    const outputs = [...new Set(Array.from({ length: 1 + pick(2) }, written))];
    const [job, isPrecise] = [datasetCount + at, next() < 1 / 3];
    if (!isPrecise || inputs.length < 2 || outputs.length < 2) put(job, inputs, outputs);
    else
      outputs.forEach((output, way) =>
        put(
          job,
          inputs.filter((_, i) => i % 2 === way),
          [output],
        ),
      );
  }
  const middle = (LAYERS / 2) * perLayer;
  const range = (first, length) => Array.from({ length }, (_, at) => first + at);
  return {
    datasetCount,
    jobCount,
    jobOfPort,
    half,
    starts: {
      leaf: range(LAYERS * perLayer - 200, 100),
      median: range(middle + 100, 100),
      hub: range(0, LAYERS).flatMap((layer) => range(layer * perLayer, HUBS)),
    },
    idOf: (asset) => uuidOf(seed, 1, asset),
    portIdOf: (port) => uuidOf(seed, 2, port),
  };
}

/** Spread as random ids are, and the same for the same seed. */
function uuidOf(seed, kind, number) {
  const word = (salt) => {
    let hash = Math.imul(number + 1, 0x9e3779b1) ^ Math.imul(seed * 8 + kind * 4 + salt, 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 16), 0x7feb352d);
    hash = Math.imul(hash ^ (hash >>> 15), 0x846ca68b);
    return ((hash ^ (hash >>> 16)) >>> 0).toString(16).padStart(8, '0');
  };
  // The number itself, so that no two are alike.
  const [a, b, c, d] = [word(0), word(1), word(2), (number >>> 0).toString(16).padStart(8, '0')];
  return `${a}-${b.slice(0, 4)}-4${b.slice(5)}-8${c.slice(1, 4)}-${c.slice(4)}${d}`;
}

/** In the place of what was there, without triggers and with the indexes made at the end; what follows changes is told once. */
export async function storeLineage(client, lineage) {
  await client.query('SET session_replication_role = replica');
  await client.query(
    'TRUNCATE asset, lineage_edge, lineage_edge_version, lineage_flow_set, lineage_column_flow CASCADE',
  );
  const makeIndexes = await dropIndexes(client, ['asset', 'lineage_edge']);
  const { datasetCount, jobCount, half } = lineage;
  await inChunks(datasetCount, (numbers) => insertAssets(client, lineage, 'DATASET', numbers));
  await inChunks(jobCount, (at) =>
    insertAssets(
      client,
      lineage,
      'JOB',
      at.map((job) => datasetCount + job),
    ),
  );
  await inChunks(half.port.length, (at) => insertEdges(client, lineage, at));
  await makeIndexes();
  await client.query('SET session_replication_role = origin');
  await client.query('ANALYZE asset, lineage_edge');
  await client.query('INSERT INTO lineage_change DEFAULT VALUES');
  return half.port.length;
}

/** @returns what makes them again. */
async function dropIndexes(client, tables) {
  const { rows } = await client.query(
    `SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS definition FROM pg_index i
     WHERE i.indrelid = ANY($1::regclass[]) AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)`,
    [tables],
  );
  for (const { name } of rows) await client.query(`DROP INDEX ${name}`);
  return async () => {
    for (const { definition } of rows) await client.query(definition);
  };
}

function insertAssets(client, { idOf }, kind, numbers) {
  return client.query(
    `INSERT INTO asset (id, kind, namespace, name, display_name, description, domain, owners, is_placeholder)
     SELECT id, $2, 'bench', name, name, 'Rows of ' || name, domain, ARRAY[owner], false
     FROM unnest($1::uuid[], $3::text[], $4::text[], $5::text[]) AS a(id, name, domain, owner)`,
    [
      numbers.map(idOf),
      kind,
      numbers.map((number) => `warehouse.${kind === 'JOB' ? 'flow' : 'public'}.item_${number}`),
      numbers.map((number) => DOMAINS[number % DOMAINS.length]),
      numbers.map((number) => `owner-${number % OWNERS}`),
    ],
  );
}

function insertEdges(client, { half, jobOfPort, idOf, portIdOf }, at) {
  return client.query(
    `INSERT INTO lineage_edge SELECT port, asset, CASE WHEN is_input THEN 'I' ELSE 'O' END::"char", job, '{OBSERVED}', now(), now()
     FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::boolean[]) AS e(port, asset, job, is_input)`,
    [
      at.map((edge) => portIdOf(half.port[edge])),
      at.map((edge) => idOf(half.asset[edge])),
      at.map((edge) => idOf(jobOfPort[half.port[edge]])),
      at.map((edge) => half.isInput[edge] === 1),
    ],
  );
}

/** Each edge has begun at some time in the last 400 days; every fifth had been there before, and ended. */
export async function storeHistory(client) {
  await client.query('SET session_replication_role = replica');
  await client.query('TRUNCATE lineage_edge_version');
  const makeIndexes = await dropIndexes(client, ['lineage_edge_version']);
  await client.query(
    `INSERT INTO lineage_edge_version (port, asset_id, direction, job_id, valid_from)
     SELECT port, asset_id, direction, job_id, now() - interval '1 day' * (abs(hashtext(port::text)) % 400) FROM lineage_edge`,
  );
  await client.query(
    `INSERT INTO lineage_edge_version (port, asset_id, direction, job_id, valid_from, valid_to)
     SELECT port, asset_id, direction, job_id, valid_from - interval '200 days', valid_from - interval '100 days'
     FROM lineage_edge_version WHERE abs(hashtext(port::text)) % 5 = 0`,
  );
  await makeIndexes();
  await client.query('SET session_replication_role = origin');
  await client.query('ANALYZE lineage_edge_version');
  return new Date(Date.now() - 100 * DAY_MS);
}

/** Each output of a port has a few columns, each made of a column of one of its inputs. */
export async function storeColumns(client) {
  await client.query('SET session_replication_role = replica');
  await client.query(
    `INSERT INTO lineage_flow_set (id, job_id) SELECT DISTINCT job_id, job_id FROM lineage_edge WHERE job_id IS NOT NULL`,
  );
  const { rowCount } = await client.query(
    `INSERT INTO lineage_column_flow (set_id, source_id, source_path, target_id, target_path, transformations, is_direct, is_masked)
     SELECT DISTINCT ON (job_id, target, path) job_id, source, 'c' || (path + hash) % ${COLUMNS}, target, 'c' || path,
            '{DIRECT/IDENTITY}'::text[], true, false
     FROM (SELECT i.job_id, i.asset_id AS source, o.asset_id AS target, abs(hashtext(i.asset_id::text)) % ${COLUMNS} AS hash
           FROM lineage_edge i JOIN lineage_edge o ON o.port = i.port AND o.direction = 'O' WHERE i.direction = 'I' AND i.job_id IS NOT NULL) pair
     CROSS JOIN generate_series(0, ${COLUMNS - 1}) AS path ORDER BY job_id, target, path, hashtext(source::text || path)`,
  );
  await client.query('SET session_replication_role = origin');
  await client.query('ANALYZE lineage_flow_set, lineage_column_flow');
  return rowCount;
}

async function inChunks(count, work) {
  for (let first = 0; first < count; first += ROWS_AT_ONCE) {
    await work(Array.from({ length: Math.min(ROWS_AT_ONCE, count - first) }, (_, at) => first + at));
  }
}
