// Prints figures and ratios; asserts nothing. `npm run bench` runs everything at 10,000 assets;
// `npm run bench -- kill` kills the service fifty times during an ingest, and says whether anything was lost or doubled.
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { events } from './generate.mjs';

const DATASETS = 9000;
const JOBS = 1000;
const SEED = 42;
const folder = mkdtempSync(join(tmpdir(), 'cadastre-bench-'));
// As root, Postgres runs as another user, who has to get in.
chmodSync(folder, 0o755);

async function main() {
  console.log(`bench: ${DATASETS} datasets, ${JOBS} jobs, seed ${SEED}, node ${process.version}`);
  await startUp();
  const { startEmbeddedPostgres } = await import('../dist/platform/database/embedded-postgres.js');
  const postgres = await startEmbeddedPostgres({
    dataDir: join(folder, 'bench'),
    log: () => {},
    applicationName: 'bench',
  });
  const service = await startService({ DATABASE_URL: postgres.url, CADASTRE_DEMO: 'false' });
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  try {
    await ingest(service);
    await client.query('ANALYZE');
    await lineage(service, client);
    await search(service, client);
  } finally {
    await client.end();
    await service.stop();
    await postgres.stop();
  }
}

/** The demo: first start, second start, memory of service and Postgres together. */
async function startUp() {
  const env = { CADASTRE_DATA_DIR: join(folder, 'demo'), CADASTRE_DEMO: 'true' };
  const first = await startService(env);
  await first.stop();
  const second = await startService(env);
  const answer = await second.graphql('{ assets(first: 1) { totalCount } }');
  const readyMs = performance.now() - second.startedAt;
  console.log(
    `start: first ${first.readyMs.toFixed(0)} ms, second to first answer ${readyMs.toFixed(0)} ms (goal 5000)`,
  );
  console.log(
    `memory: ${(memoryOf(second.pid) / 1024).toFixed(0)} MB service + Postgres with ${answer.assets.totalCount} assets (goal 500)`,
  );
  await second.stop();
}

async function ingest(service) {
  const all = events({ datasets: DATASETS, jobs: JOBS, seed: SEED });
  const started = performance.now();
  for (let i = 0; i < all.length; i += 200) await service.post('/api/v1/lineage/batch', all.slice(i, i + 200));
  const acknowledged = performance.now() - started;
  while ((await service.get('/api/v1/ingest/status')).backlog > 0) await new Promise((r) => setTimeout(r, 50));
  const projected = performance.now() - started;
  const rate = (ms) => Math.round((all.length / ms) * 1000);
  console.log(`ingest: ${all.length} events, acknowledged ${rate(acknowledged)}/s, projected ${rate(projected)}/s`);
}

async function lineage(service, client) {
  const { rows } = await client.query(
    `SELECT a.id FROM asset a WHERE kind = 'DATASET' AND NOT is_placeholder ORDER BY md5(a.name) LIMIT 200`,
  );
  for (const depth of [3, 5]) {
    const ours = await timed(rows, ({ id }) =>
      service.graphql(
        `query($ref: String!, $n: Int!) { lineage(ref: $ref, direction: DOWNSTREAM, maxHops: $n, maxNodes: 1000) { nodes { distance asset { id name } } truncated } }`,
        { ref: id, n: depth },
      ),
    );
    const baseline = await timed(rows, ({ id }) => client.query(RECURSIVE_CTE, [id, depth]));
    report(`lineage depth ${depth}, over HTTP with policy and names`, ours, 'recursive CTE, ids only', baseline);
  }
}

const RECURSIVE_CTE = `WITH RECURSIVE walk(id, depth) AS (
    SELECT $1::uuid, 0
    UNION
    SELECT o.asset_id, w.depth + 1 FROM walk w
    JOIN lineage_edge i ON i.asset_id = w.id AND i.direction = 'I'
    JOIN lineage_edge o ON o.port = i.port AND o.direction = 'O'
    WHERE w.depth < $2)
  SELECT id, min(depth) FROM walk GROUP BY id LIMIT 1000`;

async function search(service, client) {
  const words = [
    'customer orders',
    'invoice',
    'shipment event',
    'daily revenue',
    'payment_042',
    'stock level',
    'campaign clicks',
  ];
  const queries = Array.from({ length: 210 }, (_, i) => words[i % words.length]);
  const ours = await timed(queries, (query) =>
    service.graphql(
      'query($q: String!) { search(query: $q, first: 20) { totalCount nodes { tier asset { id name } } } }',
      { q: query },
    ),
  );
  const baseline = await timed(queries, (query) => client.query(TS_RANK, [query]));
  report('search, over HTTP with policy, exact total', ours, 'plain ts_rank, 20 ids, no total', baseline);
}

const TS_RANK = `SELECT asset_id, column_path FROM search_document, plainto_tsquery('simple', $1) q
  WHERE words @@ q ORDER BY ts_rank(words, q) DESC LIMIT 20`;

async function timed(inputs, work) {
  for (const input of inputs.slice(0, 10)) await work(input);
  const times = [];
  for (const input of inputs) {
    const started = performance.now();
    await work(input);
    times.push(performance.now() - started);
  }
  times.sort((a, b) => a - b);
  return { p50: times[Math.floor(times.length * 0.5)], p99: times[Math.floor(times.length * 0.99)] };
}

function report(name, ours, baselineName, baseline) {
  const show = ({ p50, p99 }) => `p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms`;
  console.log(`${name}: ${show(ours)}`);
  console.log(
    `  baseline ${baselineName}: ${show(baseline)}; baseline/ours at p50 ${(baseline.p50 / ours.p50).toFixed(2)}, at p99 ${(baseline.p99 / ours.p99).toFixed(2)}`,
  );
}

async function startService(env) {
  const startedAt = performance.now();
  const child = spawn(process.execPath, ['scripts/start.mjs'], {
    env: { ...process.env, CADASTRE_PORT: '0', CADASTRE_LOG_LEVEL: 'warn', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  const seen = (pattern) => pattern.exec(text)?.[0];
  await new Promise((resolve, reject) => {
    child.on('exit', (code) => reject(new Error(`The service ended with ${code}:\n${text}`)));
    child.stdout.on('data', (chunk) => {
      text += chunk;
      if (seen(/http:\/\/[\d.]+:\d+/) && seen(/cad_[\w-]{20,}/)) resolve();
    });
  });
  const readyMs = performance.now() - startedAt;
  const [url, token] = [seen(/http:\/\/[\d.]+:\d+/), seen(/cad_[\w-]{20,}/)];
  const call = async (path, init = {}) => {
    const response = await fetch(url + path, {
      ...init,
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    });
    const body = await response.json();
    if (!response.ok || body.errors) throw new Error(JSON.stringify(body).slice(0, 500));
    return body;
  };
  return {
    startedAt,
    readyMs,
    pid: child.pid,
    get: (path) => call(path),
    post: (path, body) => call(path, { method: 'POST', body: JSON.stringify(body) }),
    graphql: async (query, variables) =>
      (await call('/graphql', { method: 'POST', body: JSON.stringify({ query, variables }) })).data,
    stop: () =>
      new Promise((resolve) => {
        child.removeAllListeners('exit');
        child.on('exit', resolve);
        child.kill('SIGTERM');
      }),
  };
}

/** Proportional set size in KB of the service and of every Postgres process that works on our folder (Linux). */
function memoryOf(servicePid) {
  const postmaster = readFileSync(join(folder, 'demo', 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0];
  const parents = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((pid) => {
        try {
          return [[pid, readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/.*\) /, '').split(' ')[1]]];
        } catch {
          return [];
        }
      }),
  );
  return [...parents]
    .filter(([pid, parent]) => pid === String(servicePid) || pid === postmaster || parent === postmaster)
    .map(([pid]) => Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0))
    .reduce((sum, kb) => sum + kb, 0);
}

/** Fifty kills in the midst of an ingest, as test/process/kill.spec.ts does a few of. */
async function kill() {
  const child = spawn('npx', ['--no-install', 'vitest', 'run', 'test/process/kill.spec.ts'], {
    env: { KILLS: '50', ...process.env },
    stdio: 'inherit',
  });
  process.exitCode = await new Promise((resolve) => child.on('exit', resolve));
}

try {
  await (process.argv.includes('kill') ? kill() : main());
} finally {
  rmSync(folder, { recursive: true, force: true });
}
