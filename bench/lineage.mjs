// Lineage at 10,000 and 100,000 half edges, or at what `--edges` says (1000000, 6000000), beside a recursive CTE.
import { join } from 'node:path';
import pg from 'pg';
import { makeLineage, storeLineage } from './lineage-generator.mjs';
import { percentiles, startPostgres, startService, timed, WARM_UP } from './service.mjs';

const DEPTHS = [1, 3, 5, 20];
const NODES = 1000;
const BUDGET_BYTES = 2 ** 31;

export async function run({ seed, edges }) {
  const postgres = await startPostgres('lineage');
  const env = { DATABASE_URL: postgres.url, CADASTRE_DEMO: 'false', CADASTRE_LINEAGE_MEMORY_BYTES: '2GiB' };
  const service = await startService(env);
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  for (const size of edges) await atSize({ client, service, size, seed });
  await client.end();
  await service.stop();
  await postgres.stop();
}

async function atSize({ client, service, size, seed }) {
  const lineage = makeLineage({ edges: size, seed });
  const stored = await storeLineage(client, lineage);
  console.log(
    `\nlineage: ${stored} half edges, ${lineage.datasets.length} datasets, ${lineage.jobs.length} jobs, seed ${seed}`,
  );
  const graph = await engine(client);
  for (const [name, starts] of Object.entries(lineage.starts)) await walks({ client, service, graph, name, starts });
  await wholeImpact({ client, service, graph, starts: lineage.starts.hub });
  await updates({ client, service, lineage });
}

/** The graph as the service holds it, without threads and HTTP around it. */
async function engine(client) {
  const dist = join(import.meta.dirname, '../dist/features/lineage/graph');
  const { readGraph } = await import(join(dist, 'graph-reader.js'));
  const { FollowedGraph } = await import(join(dist, 'followed-graph.js'));
  const started = performance.now();
  const graph = new FollowedGraph(await readGraph(client, BUDGET_BYTES));
  const seconds = (performance.now() - started) / 1000;
  console.log(`  read into memory in ${seconds.toFixed(2)} s, ${(graph.size.bytes / 2 ** 20).toFixed(1)} MiB`);
  return graph;
}

async function walks({ client, service, graph, name, starts }) {
  for (const depth of DEPTHS) {
    let nodes = 0;
    const bounds = { direction: 'DOWNSTREAM', maxHops: depth, maxNodes: NODES };
    const bare = await timed(starts, (rootId) => {
      nodes += graph.walk({ rootId, ...bounds, condition: true, withEdges: false, withDegrees: false }).nodes.length;
    });
    const hydrated = await timed(starts, (ref) => service.graphql(HYDRATED, { ref, depth, nodes: NODES }));
    const few = starts.slice(0, depth > 5 ? 5 : 20);
    const cte = await timed(few, (id) => client.query(RECURSIVE_CTE, [id, depth]), 1);
    const faster = (cte.p50 / bare.p50).toFixed(0);
    console.log(
      `  ${name} depth ${depth}, ${Math.round(nodes / (starts.length + WARM_UP))} nodes: bare ${shown(bare)}; ` +
        `hydrated over HTTP ${shown(hydrated)}; CTE, ids only ${shown(cte)}; CTE/bare at p50 ${faster}`,
    );
  }
  const full = await timed(starts, (ref) => service.graphql(WITH_EDGES, { ref, depth: 20, nodes: NODES }));
  console.log(`  ${name} depth 20 with edges, evidence, degrees: ${shown(full)}; ${await loop(service)}`);
}

async function wholeImpact({ client, service, graph, starts }) {
  let count = 0;
  const few = starts.slice(0, 20);
  const bare = await timed(few, (id) => {
    count = Math.max(count, graph.impact({ rootIds: [id], direction: 'DOWNSTREAM', condition: true }).count);
  });
  const overHttp = await timed(few, (ref) => service.graphql(IMPACT, { ref }));
  const cte = await timed(few.slice(0, 2), (id) => client.query(WHOLE_CTE, [id]), 0);
  console.log(
    `  whole impact, at most ${count} assets: bare ${shown(bare)}; over HTTP ${shown(overHttp)}; CTE ${shown(cte)}; ${await loop(service)}`,
  );
}

/** From the commit of a new edge until an answer has it. */
async function updates({ client, service, lineage }) {
  const [from] = lineage.starts.median;
  const targets = lineage.starts.leaf.slice(0, 50);
  const seen = [];
  for (const [at, to] of targets.entries()) {
    const port = lineage.jobs[at].replace(/^......../, 'ffffffff');
    await client.query(
      `INSERT INTO lineage_edge SELECT $1, a, d::"char", NULL, '{MANUAL}', now(), now()
       FROM (VALUES ($2::uuid, 'I'), ($3::uuid, 'O')) AS v(a, d)`,
      [port, from, to],
    );
    const started = performance.now();
    const { lineage: answer } = await service.graphql(HYDRATED, { ref: from, depth: 1, nodes: NODES });
    if (!answer.nodes.some(({ asset }) => asset.id === to)) throw new Error('An answer was behind.');
    seen.push(performance.now() - started);
  }
  console.log(`  update until it is in an answer: ${shown(percentiles(seen))}`);
}

/** Longest time the event loop of the service was held up since this was last asked. */
async function loop(service) {
  const text = await service.text('/metrics');
  const ms = Number(/^nodejs_eventloop_lag_max_seconds (\S+)/m.exec(text)?.[1] ?? 0) * 1000;
  return `event loop held at most ${Math.max(0, ms - 10).toFixed(0)} ms`;
}

const shown = ({ p50, p95, p99 }) => `p50 ${p50.toFixed(2)} p95 ${p95.toFixed(2)} p99 ${p99.toFixed(2)} ms`;

const query = (fields) => `query($ref: String!, $depth: Int!, $nodes: Int!) {
  lineage(ref: $ref, direction: DOWNSTREAM, maxHops: $depth, maxNodes: $nodes) { ${fields} truncated } }`;
const HYDRATED = query('nodes { distance asset { id name } }');
const WITH_EDGES = query(
  'nodes { distance degree hiddenDegree asset { id name } } edges { from to origins firstSeenAt lastSeenAt }',
);
const IMPACT = `query($ref: String!) { impact(refs: [$ref]) { count byKind { name count } byOwner { name count } } }`;
const RECURSIVE_CTE = `WITH RECURSIVE walk(id, depth) AS (
    SELECT $1::uuid, 0
    UNION
    SELECT o.asset_id, w.depth + 1 FROM walk w
    JOIN lineage_edge i ON i.asset_id = w.id AND i.direction = 'I'
    JOIN lineage_edge o ON o.port = i.port AND o.direction = 'O'
    WHERE w.depth < $2)
  SELECT id, min(depth) FROM walk GROUP BY id LIMIT ${NODES}`;
const WHOLE_CTE = `WITH RECURSIVE walk(id) AS (
    SELECT $1::uuid
    UNION
    SELECT o.asset_id FROM walk w
    JOIN lineage_edge i ON i.asset_id = w.id AND i.direction = 'I'
    JOIN lineage_edge o ON o.port = i.port AND o.direction = 'O')
  SELECT a.kind, a.domain, count(*) FROM walk JOIN asset a USING (id) GROUP BY 1, 2`;
