// Lineage at 10,000 and 100,000 half edges, or at what `--edges` says (1000000, 6000000), beside a recursive CTE that does the
// same work.
import { join } from 'node:path';
import pg from 'pg';
import { makeLineage, storeColumns, storeHistory, storeLineage } from './lineage-generator.mjs';
import { compared } from './lineage-truth.mjs';
import { percentiles, residentMb, startPostgres, startService, timed } from './service.mjs';

const DEPTHS = [1, 3, 5, 20];
const NODES = 1000;
const BUDGET_BYTES = 2 ** 31;
/** The column flows of more would take longer to store than everything else. */
const MOST_EDGES_WITH_COLUMNS = 1_500_000;
const SMALL_BUDGET = 2 ** 26;

export async function run({ seed, edges }) {
  for (const size of edges) await atSize({ size, seed });
}

async function atSize({ size, seed }) {
  const postgres = await startPostgres(`lineage-${size}`);
  const env = { DATABASE_URL: postgres.url, CADASTRE_DEMO: 'false', CADASTRE_LINEAGE_MEMORY_BYTES: '2GiB' };
  const service = await startService(env);
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  const bench = { client, service, seed, postgres, lineage: makeLineage({ edges: size, seed }) };
  await store(bench);
  bench.graph = await engine(client);
  truth(bench);
  for (const [name, numbers] of Object.entries(bench.lineage.starts)) {
    await walks({ ...bench, name, starts: numbers.map(bench.lineage.idOf) });
  }
  await wholeImpact(bench);
  await updates(bench);
  await history(bench);
  if (size <= MOST_EDGES_WITH_COLUMNS) await columns(bench);
  await service.stop();
  await overBudget(bench);
  await client.end();
  await postgres.stop();
}

async function store({ client, lineage, seed }) {
  const started = performance.now();
  const stored = await storeLineage(client, lineage);
  console.log(
    `\nlineage: ${stored} half edges, ${lineage.datasetCount} datasets, ${lineage.jobCount} jobs, seed ${seed}, stored in ${seconds(started)}`,
  );
}

/** The graph as the service holds it, without threads and HTTP around it. */
async function engine(client) {
  const dist = join(import.meta.dirname, '../dist/features/lineage/graph');
  const { readGraph } = await import(join(dist, 'graph-reader.js'));
  const { FollowedGraph } = await import(join(dist, 'followed-graph.js'));
  const started = performance.now();
  const graph = new FollowedGraph(await readGraph(client, BUDGET_BYTES));
  console.log(`  read into memory in ${seconds(started)}, ${(graph.size.bytes / 2 ** 20).toFixed(1)} MiB`);
  return graph;
}

/** From leaf and median starts, whose lineage no bound cuts, so that all of it can be compared. */
function truth({ graph, lineage }) {
  const { leaf, median } = lineage.starts;
  const asked = { direction: 'DOWNSTREAM', maxHops: 4, maxNodes: 5000, condition: true, withDegrees: false };
  const answer = (root) => {
    const { edges, truncatedBy } = graph.walk({ ...asked, rootId: lineage.idOf(root), withEdges: true });
    return truncatedBy === 'NODES' ? null : edges;
  };
  const sums = compared({ lineage, starts: [...leaf, ...median], maxHops: asked.maxHops, answer });
  const share = (part, whole) => `${((100 * part) / whole).toFixed(2)} %`;
  console.log(
    `  flows of ${sums.starts} starts: ${sums.flows} there are, ${sums.returned} returned: precision ${share(sums.right, sums.returned)}, ` +
      `recall ${share(sums.right, sums.flows)}; every input of a job to every output: ${sums.cartesian}, precision ${share(sums.flows, sums.cartesian)}`,
  );
}

async function walks({ client, service, graph, name, starts }) {
  for (const depth of DEPTHS) {
    const bounds = { direction: 'DOWNSTREAM', maxHops: depth, condition: true, withEdges: false, withDegrees: false };
    const few = starts.slice(0, depth > 5 ? 3 : 20);
    const all = few.map((rootId) => graph.walk({ rootId, ...bounds, maxNodes: Infinity }).nodes.length);
    const bare = await timed(starts, (rootId) => graph.walk({ rootId, ...bounds, maxNodes: NODES }));
    const whole = await timed(few, (rootId) => graph.walk({ rootId, ...bounds, maxNodes: Infinity }), few.length);
    const hydrated = await timed(starts, (ref) => service.graphql(HYDRATED, { ref, depth, nodes: NODES }));
    const cte = await timed(few, (id) => client.query(RECURSIVE_CTE, [id, depth]), 1);
    console.log(
      `  ${name} depth ${depth}: ${NODES} nodes at most: bare ${shown(bare)}, hydrated over HTTP ${shown(hydrated)}; ` +
        `all (${percentiles(all).p50} nodes): bare ${shown(whole)}, CTE ${shown(cte)}, CTE/bare at p50 ${(cte.p50 / whole.p50).toFixed(0)}`,
    );
  }
  await loop(service);
  const full = await timed(starts, (ref) => service.graphql(WITH_EDGES, { ref, depth: 20, nodes: NODES }));
  console.log(`  ${name} depth 20 with edges, jobs, evidence, degrees: ${shown(full)}; ${await loop(service)}`);
}

async function wholeImpact({ client, service, graph, lineage }) {
  let count = 0;
  const few = lineage.starts.hub.slice(0, 20).map(lineage.idOf);
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
async function updates({ client, service, lineage: { starts, idOf, portIdOf, jobOfPort } }) {
  const from = idOf(starts.median[0]);
  const seen = [];
  for (const [at, target] of starts.leaf.slice(0, 50).entries()) {
    const [port, to] = [portIdOf(jobOfPort.length + at), idOf(target)];
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
  console.log(`  update until it is in an answer: ${shown(percentiles(seen))}; service ${await memory(service)}`);
}

async function history({ client, service, lineage: { starts, idOf } }) {
  const asOf = (await storeHistory(client)).toISOString();
  for (const [name, depth] of [
    ['median', 5],
    ['hub', 5],
    ['hub', 20],
  ]) {
    const refs = starts[name].slice(0, 20).map(idOf);
    const took = await timed(refs, (ref) => service.graphql(AS_OF, { ref, depth, nodes: NODES, asOf }), 2);
    console.log(`  as of 100 days ago, ${name} depth ${depth}, over HTTP: ${shown(took)}`);
  }
}

async function columns({ client, service, lineage: { starts, idOf } }) {
  const count = await storeColumns(client);
  for (const [name, direction] of [
    ['hub', 'DOWNSTREAM'],
    ['median', 'DOWNSTREAM'],
    ['leaf', 'UPSTREAM'],
  ]) {
    const refs = starts[name].slice(0, 30).map(idOf);
    let nodes = 0;
    const took = await timed(
      refs,
      async (ref) => {
        nodes += (await service.graphql(COLUMNS, { ref, direction }).catch(() => NO_COLUMN)).columnLineage.nodes.length;
      },
      2,
    );
    console.log(
      `  columns (${count} flows), ${name} ${direction.toLowerCase()} depth 5, ${Math.round(nodes / (refs.length + 2))} nodes, over HTTP: ${shown(took)}`,
    );
  }
}

/** With too little memory the database answers, the same. */
async function overBudget({ client, graph, postgres, lineage: { starts, idOf } }) {
  if (graph.size.bytes <= SMALL_BUDGET) return;
  const env = { DATABASE_URL: postgres.url, CADASTRE_DEMO: 'false', CADASTRE_LINEAGE_MEMORY_BYTES: '64MiB' };
  const service = await startService({ ...env, CADASTRE_RESET_ADMIN_TOKEN: 'true' });
  await graph.catchUp(client);
  const refs = starts.median.slice(0, 20).map(idOf);
  const bounds = { direction: 'DOWNSTREAM', maxHops: 5, maxNodes: NODES, condition: true };
  const took = await timed(refs, async (ref) => {
    const { lineage } = await service.graphql(HYDRATED, { ref, depth: 5, nodes: NODES });
    const expected = graph.walk({ rootId: ref, ...bounds, withEdges: false, withDegrees: false }).nodes;
    if (lineage.nodes.map(({ asset }) => asset.id).join() !== expected.join()) throw new Error('Answers differ.');
  });
  const why = /cadastre_lineage_answers_total\{engine="sql",reason="OVER_BUDGET"\} (\d+)/.exec(
    await service.text('/metrics'),
  );
  console.log(
    `  64 MiB are too little: median depth 5 the same from the database ${shown(took)}; metrics say so of ${why?.[1] ?? 0} answers`,
  );
  await service.stop();
}

/** Longest time the event loop of the service was held up since this was last asked. */
async function loop(service) {
  const text = await service.text('/metrics');
  const ms = Number(/^nodejs_eventloop_lag_max_seconds (\S+)/m.exec(text)?.[1] ?? 0) * 1000;
  return `event loop held at most ${Math.max(0, ms - 10).toFixed(0)} ms`;
}

async function memory(service) {
  const text = await service.text('/metrics');
  const rebuilds = /^cadastre_lineage_rebuild_seconds_sum\{outcome="rebuilt"\} (\S+)/m.exec(text)?.[1] ?? '0';
  const count = /^cadastre_lineage_rebuild_seconds_count\{outcome="rebuilt"\} (\S+)/m.exec(text)?.[1] ?? '1';
  return `${residentMb(service.pid).toFixed(0)} MB, ${count} rebuilds in ${(Number(rebuilds) / Number(count)).toFixed(2)} s each`;
}

const seconds = (started) => `${((performance.now() - started) / 1000).toFixed(2)} s`;
const shown = ({ p50, p95, p99 }) => `p50 ${p50.toFixed(2)} p95 ${p95.toFixed(2)} p99 ${p99.toFixed(2)} ms`;

const query = (fields, more = '', argument = '') => `query($ref: String!, $depth: Int!, $nodes: Int!${more}) {
  lineage(ref: $ref, direction: DOWNSTREAM, maxHops: $depth, maxNodes: $nodes${argument}) { ${fields} truncated } }`;
const HYDRATED = query('nodes { distance asset { id name } }');
const AS_OF = query('nodes { distance asset { id name } }', ', $asOf: DateTime!', ', asOf: $asOf');
const WITH_EDGES = query(
  'nodes { distance degree hiddenDegree asset { id name } } edges { from to origins firstSeenAt lastSeenAt job { name } }',
);
const COLUMNS = `query($ref: String!, $direction: LineageDirection!) {
  columnLineage(ref: $ref, column: "c1", direction: $direction, maxHops: 5) { nodes { column distance asset { id name } } edges { fromColumn toColumn } } }`;
/** Of a dataset that nobody reads by columns. */
const NO_COLUMN = { columnLineage: { nodes: [] } };
const IMPACT = `query($ref: String!) { impact(refs: [$ref]) { count byKind { name count } byOwner { name count } } }`;
const RECURSIVE_CTE = `WITH RECURSIVE walk(id, depth) AS (
    SELECT $1::uuid, 0
    UNION
    SELECT o.asset_id, w.depth + 1 FROM walk w
    JOIN lineage_edge i ON i.asset_id = w.id AND i.direction = 'I'
    JOIN lineage_edge o ON o.port = i.port AND o.direction = 'O'
    WHERE w.depth < $2)
  SELECT id, min(depth) FROM walk GROUP BY id`;
const WHOLE_CTE = `WITH RECURSIVE walk(id) AS (
    SELECT $1::uuid
    UNION
    SELECT o.asset_id FROM walk w
    JOIN lineage_edge i ON i.asset_id = w.id AND i.direction = 'I'
    JOIN lineage_edge o ON o.port = i.port AND o.direction = 'O')
  SELECT a.kind, a.domain, count(*) FROM walk JOIN asset a USING (id) GROUP BY 1, 2`;
