import fc from 'fast-check';
import { parsePolicySet } from '../../src/platform/access/policy-document.js';
import type { Database } from '../../src/platform/database/database.js';
import { idOf, type Graph, type Port } from '../../src/features/lineage/reference-walk.fixture.js';

const everything = { actions: ['discover', 'read_column'], title: 't', why: 'w' };
/** Assets and columns tagged 'hidden' are, and columns named 'secret'. */
export const LINEAGE_POLICIES = parsePolicySet([
  { ...everything, id: 'all', effect: 'allow', resources: { types: ['asset', 'column'] } },
  {
    ...everything,
    id: 'hidden-assets',
    effect: 'deny',
    actions: ['discover'],
    resources: {
      types: ['asset'],
      where: {
        attribute: 'tags',
        operator: 'hasAny',
        value: ['hidden'],
      },
    },
  },
  {
    ...everything,
    id: 'hidden-columns',
    effect: 'deny',
    actions: ['read_column'],
    resources: {
      types: ['column'],
      where: {
        attribute: 'tags',
        operator: 'hasAny',
        value: ['hidden'],
      },
    },
  },
  {
    ...everything,
    id: 'secret-paths',
    effect: 'deny',
    actions: ['read_column'],
    resources: {
      types: ['column'],
      where: {
        attribute: 'path',
        operator: 'eq',
        value: 'secret',
      },
    },
  },
]);

export async function insertAssets(
  database: Database,
  ids: readonly number[],
  kind: string,
  hidden: readonly number[],
): Promise<void> {
  await database.query(
    `INSERT INTO asset (id, kind, namespace, name, tags)
     SELECT id, $2, 'ns', name, CASE WHEN is_hidden THEN '{hidden}'::text[] ELSE '{}' END
     FROM unnest($1::uuid[], $3::text[], $4::boolean[]) AS t(id, name, is_hidden)`,
    [ids.map(idOf), kind, ids.map((id) => `n${id % 3}-${id}`), ids.map((id) => hidden.includes(id))],
  );
}

/** In the place of whatever there was. */
export async function insertGraph(database: Database, { datasets, jobs, hidden, ports }: Graph): Promise<void> {
  // Of a few rows, deleting is quicker than truncating two dozen tables.
  for (const table of ['lineage_edge', 'lineage_statement', 'lineage_flow_set', 'asset'])
    await database.query(`DELETE FROM ${table}`);
  await insertAssets(database, datasets, 'DATASET', hidden);
  await insertAssets(database, jobs, 'JOB', hidden);
  await insertPorts(database, ports, FIRST_PORT);
}

/** Ports are numbered from 500 on. */
export const FIRST_PORT = 500;

export async function insertPorts(database: Database, ports: readonly Port[], first: number): Promise<void> {
  const rows = ports.flatMap((port, index) => [
    ...port.inputs.map((asset) => ({ port: idOf(first + index), asset: idOf(asset), direction: 'I', ...said(port) })),
    ...port.outputs.map((asset) => ({ port: idOf(first + index), asset: idOf(asset), direction: 'O', ...said(port) })),
  ]);
  await database.query(
    `INSERT INTO lineage_edge SELECT port, asset, direction::"char", job, ARRAY[origin], seen, seen
     FROM jsonb_to_recordset($1::jsonb) AS v(port uuid, asset uuid, direction text, job uuid, origin text, seen timestamptz)`,
    [JSON.stringify(rows)],
  );
}

function said(port: Port): { job: string | null; origin: string; seen: string } {
  return {
    job: port.job === null ? null : idOf(port.job),
    origin: port.origin ?? 'OBSERVED',
    seen: `2026-01-0${port.day ?? 1}T00:00:00Z`,
  };
}

const DATASETS = [1, 2, 3, 4, 5, 6, 7, 8];
const JOBS = [101, 102, 103];
export const some = (from: readonly number[], maxLength: number): fc.Arbitrary<number[]> =>
  fc.subarray([...from], { maxLength });
export const graphs: fc.Arbitrary<Graph> = fc.record({
  datasets: fc.constant(DATASETS),
  jobs: fc.constant(JOBS),
  hidden: some([...DATASETS.slice(1), ...JOBS.slice(1)], 4),
  ports: fc.array(
    fc.record({ job: fc.constantFrom(null, ...JOBS), inputs: some(DATASETS, 3), outputs: some(DATASETS, 3) }),
    {
      maxLength: 8,
    },
  ),
});
export const bounds = fc.record({
  direction: fc.constantFrom('UPSTREAM' as const, 'DOWNSTREAM' as const),
  maxHops: fc.integer({ min: 1, max: 4 }),
  maxNodes: fc.oneof(fc.integer({ min: 1, max: 6 }), fc.constant(1000)),
});
