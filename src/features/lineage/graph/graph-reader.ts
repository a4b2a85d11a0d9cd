import type pg from 'pg';
import { adjacencyOf } from './adjacency.js';
import type { AssetChange, AssetClass, EdgeChange, GraphArrays } from './lineage-graph.js';
import { uuidBytes, UuidIndex } from './uuid-index.js';

/** A graph and the moment it is of. */
export interface GraphAt {
  /** What the database calls the moment: pg_snapshot. */
  readonly snapshot: string;
  /** Last position of the change log that is in it. */
  readonly sequence: string;
  readonly arrays: GraphArrays;
}

export interface Changes {
  readonly snapshot: string;
  readonly sequence: string;
  /** There is more than can be applied one by one, or everything was thrown away: read the graph anew. */
  readonly isTooMuch: boolean;
  readonly assets: readonly AssetChange[];
  readonly edges: readonly EdgeChange[];
}

export class GraphTooLarge extends Error {
  override readonly name = 'GraphTooLarge';

  constructor(readonly bytes: number) {
    super(`The lineage graph needs about ${Math.ceil(bytes / 2 ** 20)} MiB.`);
  }
}

interface Counts {
  readonly snapshot: string;
  readonly sequence: string;
  readonly edges: number;
  readonly ports: number;
  readonly assets: number;
  readonly nameBytes: number;
}

/** Bounds the memory of the driver while a graph is read. */
const ROWS_AT_ONCE = 20_000;
const MOST_CHANGES = 100_000;
const CLASS_SQL = `jsonb_build_object('kind', a.kind, 'namespace', a.namespace, 'platform', a.platform, 'domain', a.domain,
  'sensitivity', a.sensitivity, 'lifecycle', a.lifecycle, 'tags', a.tags, 'terms', a.terms, 'owners', a.owners)`;
const UUID_LENGTH = 36;

/** The whole graph as of one moment. @throws GraphTooLarge before anything is read. */
export async function readGraph(client: pg.Client, budgetBytes: number): Promise<GraphAt> {
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  try {
    const counts = await count(client);
    const bytes = bytesFor(counts);
    if (bytes > budgetBytes) throw new GraphTooLarge(bytes);
    return { snapshot: counts.snapshot, sequence: counts.sequence, arrays: await readArrays(client, counts) };
  } finally {
    await client.query('ROLLBACK');
  }
}

async function count(client: pg.Client): Promise<Counts> {
  const { rows } = await client.query<Counts>(
    `WITH node AS MATERIALIZED (
       SELECT asset_id AS id FROM lineage_edge UNION SELECT job_id FROM lineage_edge WHERE job_id IS NOT NULL)
     SELECT pg_current_snapshot()::text AS snapshot, (SELECT coalesce(max(position), 0) FROM change_log) AS sequence,
            (SELECT count(*)::int FROM lineage_edge) AS edges, (SELECT count(DISTINCT port)::int FROM lineage_edge) AS ports,
            count(*)::int AS assets, coalesce(sum(octet_length(a.name)), 0)::float8 AS "nameBytes"
     FROM node JOIN asset a USING (id)`,
  );
  const [row] = rows;
  if (!row) throw new Error('The lineage graph could not be counted.');
  return row;
}

/** Of the arrays once they are built, and the column of edges from which they are. */
function bytesFor({ edges, ports, assets, nameBytes }: Counts): number {
  const adjacencies = edges * 2 * 4 + (assets * 3 + ports * 3) * 4;
  return uuidBytes(assets) + uuidBytes(ports) + adjacencies + nameBytes + assets * 8 + ports * 4 + edges * 9;
}

async function readArrays(client: pg.Client, counts: Counts): Promise<GraphArrays> {
  const { assets, ...ofAssets } = await readAssets(client, counts);
  const ports = UuidIndex.sized(counts.ports);
  const jobOf = new Int32Array(counts.ports).fill(-1);
  const [portOf, assetOf] = [new Int32Array(counts.edges), new Int32Array(counts.edges)];
  const isInput = new Uint8Array(counts.edges);
  let edge = 0;
  await eachRow(
    client,
    `SELECT direction::text || port || asset_id || coalesce(job_id::text, '') FROM lineage_edge`,
    ([row = '']) => {
      const port = ports.addFrom(row, 1);
      portOf[edge] = port;
      assetOf[edge] = assets.findFrom(row, 1 + UUID_LENGTH);
      if (row.length > 1 + 2 * UUID_LENGTH) jobOf[port] = assets.findFrom(row, 1 + 2 * UUID_LENGTH);
      isInput[edge] = row.startsWith('I') ? 1 : 0;
      edge += 1;
    },
  );
  const numbers = Int32Array.from({ length: counts.ports }, (_, port) => port);
  const [asInput, asOutput] = [(at: number) => isInput[at] === 1, (at: number) => isInput[at] === 0];
  return {
    ...ofAssets,
    assets: assets.arrays(),
    ports: ports.arrays(),
    jobOf,
    feeds: adjacencyOf(counts.assets, assetOf, portOf, asInput),
    fedBy: adjacencyOf(counts.assets, assetOf, portOf, asOutput),
    inputs: adjacencyOf(counts.ports, portOf, assetOf, asInput),
    outputs: adjacencyOf(counts.ports, portOf, assetOf, asOutput),
    portsOfJob: adjacencyOf(counts.assets, jobOf, numbers, (port) => (jobOf[port] ?? -1) >= 0),
  };
}

type ReadAssets = Pick<GraphArrays, 'names' | 'nameEnds' | 'classOf' | 'classes'> & { readonly assets: UuidIndex };

async function readAssets(client: pg.Client, counts: Counts): Promise<ReadAssets> {
  const assets = UuidIndex.sized(counts.assets);
  const names = new Uint8Array(counts.nameBytes);
  const [nameEnds, classOf] = [new Uint32Array(counts.assets), new Int32Array(counts.assets)];
  const classes = new Map<string, number>();
  const examples: string[] = [];
  const encoder = new TextEncoder();
  let end = 0;
  await eachRow(
    client,
    `SELECT a.id, a.name, ROW(a.kind, a.namespace, a.platform, a.domain, a.sensitivity, a.lifecycle, a.tags, a.terms, a.owners)::text
     FROM asset a WHERE a.id IN (SELECT asset_id FROM lineage_edge UNION SELECT job_id FROM lineage_edge)
     ORDER BY a.name COLLATE "C", a.id`,
    ([id = '', name = '', text = '']) => {
      const asset = assets.addFrom(id, 0);
      end += encoder.encodeInto(name, names.subarray(end)).written;
      nameEnds[asset] = end;
      const known = classes.get(text);
      classOf[asset] = known ?? classes.size;
      if (known !== undefined) return;
      classes.set(text, classes.size);
      examples.push(id);
    },
  );
  return {
    assets,
    names,
    nameEnds,
    classOf,
    classes: await readClasses(client, examples),
  };
}

/** Of one asset of each class: a row as a text is told apart sooner than it is read. */
async function readClasses(client: pg.Client, examples: readonly string[]): Promise<AssetClass[]> {
  const { rows } = await client.query<{ attributes: AssetClass }>(
    `SELECT ${CLASS_SQL} AS attributes FROM unnest($1::uuid[]) WITH ORDINALITY AS e(id, place) JOIN asset a USING (id)
     ORDER BY place`,
    [examples],
  );
  return rows.map(({ attributes }) => attributes);
}

async function eachRow(client: pg.Client, sql: string, visit: (row: readonly string[]) => void): Promise<void> {
  await client.query(`DECLARE read NO SCROLL CURSOR FOR ${sql}`);
  const fetch = { text: `FETCH ${ROWS_AT_ONCE} FROM read`, rowMode: 'array' as const };
  for (;;) {
    const { rows } = await client.query<string[]>(fetch);
    for (const row of rows) visit(row);
    if (rows.length < ROWS_AT_ONCE) break;
  }
  await client.query('CLOSE read');
}

/** Every change that was not in that snapshot, as it stands now; one statement, so of one moment. */
export async function readChanges(client: pg.Client, since: string): Promise<Changes> {
  const { rows } = await client.query<Changes>(
    `WITH change AS MATERIALIZED (
       SELECT port, asset_id, direction FROM lineage_change
       WHERE xid >= pg_snapshot_xmin($1::pg_snapshot) AND NOT pg_visible_in_snapshot(xid, $1::pg_snapshot)
       LIMIT ${MOST_CHANGES + 1}),
     edge AS MATERIALIZED (
       SELECT c.port, c.asset_id, c.direction, e.port IS NOT NULL AS is_present, e.job_id
       FROM (SELECT DISTINCT * FROM change WHERE port IS NOT NULL) c
       LEFT JOIN lineage_edge e ON e.port = c.port AND e.asset_id = c.asset_id AND e.direction = c.direction),
     touched AS (SELECT asset_id AS id FROM change UNION SELECT job_id FROM edge)
     SELECT pg_current_snapshot()::text AS snapshot, (SELECT coalesce(max(position), 0) FROM change_log) AS sequence,
            (SELECT count(*) > ${MOST_CHANGES} OR coalesce(bool_or(asset_id IS NULL), false) FROM change) AS "isTooMuch",
            (SELECT coalesce(jsonb_agg(${CLASS_SQL} || jsonb_build_object('id', a.id, 'name', a.name)), '[]')
             FROM touched JOIN asset a USING (id)) AS assets,
            (SELECT coalesce(jsonb_agg(jsonb_build_object('port', port, 'assetId', asset_id, 'direction', direction,
               'isPresent', is_present, 'jobId', job_id)), '[]') FROM edge) AS edges`,
    [since],
  );
  const [row] = rows;
  if (!row) throw new Error('The changes of the lineage graph could not be read.');
  return row;
}
