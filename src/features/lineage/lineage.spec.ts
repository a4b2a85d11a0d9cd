import fc from 'fast-check';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../../test/support/database.js';
import { SYSTEM_ACTOR, type Actor } from '../../core/actor.js';
import { Access } from '../../platform/access/access.js';
import { Database } from '../../platform/database/database.js';
import { Log } from '../../platform/observability/log.js';
import { Metrics } from '../../platform/observability/metrics.js';
import { AuditTrail } from '../../platform/audit/audit-trail.js';
import { AssetPage, AssetReader, AssetRepository } from '../assets/index.js';
import { ColumnLineageRepository } from './column-lineage.repository.js';
import { LineageWalker } from './lineage-walker.js';
import { LineageRepository } from './lineage.repository.js';
import { LineageService } from './lineage.service.js';
import { MemoryGraph } from './memory-graph.js';
import { bounds, graphs, insertGraph, LINEAGE_POLICIES, some } from '../../../test/support/lineage-rows.js';
import { byText, idOf, referenceWalk } from './reference-walk.fixture.js';

const ACTOR: Actor = { ...SYSTEM_ACTOR, id: idOf(999), kind: 'PERSON', handle: 'ann', policyVersion: 1 };
let testDatabase: TestDatabase;
let dataSource: DataSource;
let database: Database;
let lineage: LineageService;
let memory: MemoryGraph;

beforeAll(async () => {
  testDatabase = await openTestDatabase();
  dataSource = await new DataSource({ type: 'postgres', url: testDatabase.url, poolSize: 2 }).initialize();
  database = new Database(dataSource);
  const access = new Access({ load: async () => LINEAGE_POLICIES, now: () => new Date() });
  const reader = new AssetReader(new AssetRepository(database), access);
  const page = new AssetPage(reader, access, new AuditTrail(database));
  // Nothing fits into one byte: the database answers.
  const options = { url: testDatabase.url, applicationName: 'cadastre-test', budgetBytes: 1 };
  memory = new MemoryGraph(options, new Metrics(), new Log({ level: 'error' }));
  lineage = new LineageService(
    page,
    reader,
    access,
    new LineageWalker(memory, database, new LineageRepository(database)),
    new ColumnLineageRepository(database),
  );
});

afterAll(async () => {
  await memory.beforeApplicationShutdown();
  await dataSource.destroy();
  await testDatabase.close();
});

beforeEach(async () => {
  await database.query('TRUNCATE asset CASCADE');
});

describe('the walk over assets', () => {
  it('gives what a plain walk over the visible part gives', async () => {
    await fc.assert(
      fc.asyncProperty(graphs, bounds, fc.constantFrom(1, 101), async (graph, bound, root) => {
        await insertGraph(database, graph);
        const expected = referenceWalk(graph, root, bound);
        const before = database.statementCount;
        const actual = await lineage.walkAssets(ACTOR, { ref: idOf(root), ...bound });
        expect(database.statementCount - before).toBeLessThanOrEqual(bound.maxHops + 8);
        expect({
          nodes: actual.nodes.map(({ asset, distance }) => [asset.id, distance]),
          edges: actual.edges.map(({ from, to, job }) => [from, to, job?.id ?? null]).sort(byText),
          truncatedBy: actual.truncatedBy,
        }).toEqual(expected);
      }),
      { numRuns: 150 },
    );
  });

  it('never says more than if the hidden things were not there', async () => {
    await fc.assert(
      fc.asyncProperty(graphs, bounds, async (graph, bound) => {
        await insertGraph(database, graph);
        const withHidden = await lineage.walkAssets(ACTOR, { ref: idOf(1), ...bound });
        await database.query(`DELETE FROM lineage_edge e USING asset a WHERE a.id = e.job_id AND a.tags = '{hidden}'`);
        await database.query(`DELETE FROM asset WHERE tags = '{hidden}'`);
        expect(await lineage.walkAssets(ACTOR, { ref: idOf(1), ...bound })).toEqual(withHidden);
      }),
      { numRuns: 40 },
    );
  });

  it('merges what several ports of one job say about the same flow', async () => {
    const port = { job: 101, inputs: [1], outputs: [2] };
    const ports = [
      { ...port, origin: 'SQL', day: 3 },
      { ...port, origin: 'OBSERVED', day: 2 },
    ];
    await insertGraph(database, { datasets: [1, 2], jobs: [101], hidden: [], ports });
    const { edges } = await lineage.walkAssets(ACTOR, {
      ref: idOf(1),
      direction: 'DOWNSTREAM',
      maxHops: 1,
      maxNodes: 10,
    });
    expect(edges).toHaveLength(1);
    expect(edges[0]).toMatchObject({
      from: idOf(1),
      to: idOf(2),
      job: {
        id: idOf(101),
        kind: 'JOB',
      },
      origins: ['OBSERVED', 'SQL'],
      firstSeenAt: new Date('2026-01-02T00:00:00Z'),
      lastSeenAt: new Date('2026-01-03T00:00:00Z'),
    });
  });

  it('refuses bounds out of range and names the argument', async () => {
    const request = { ref: idOf(1), direction: 'UPSTREAM', maxHops: 3, maxNodes: 10 } as const;
    for (const maxHops of [0, 21]) {
      await expect(lineage.walkAssets(ACTOR, { ...request, maxHops })).rejects.toMatchObject({
        code: 'INVALID',
        field: ['maxHops'],
      });
    }
    for (const maxNodes of [0, 5001]) {
      await expect(lineage.walkColumns(ACTOR, { ...request, maxNodes, column: 'x' })).rejects.toMatchObject({
        code: 'INVALID',
        field: ['maxNodes'],
      });
    }
  });

  it('answers a hidden root as a missing one', async () => {
    await insertGraph(database, { datasets: [1], jobs: [], hidden: [1], ports: [] });
    const errorFor = (id: number): Promise<unknown> =>
      lineage
        .walkAssets(ACTOR, { ref: idOf(id), direction: 'UPSTREAM', maxHops: 3, maxNodes: 10 })
        .catch((error: unknown) => error);
    expect(String(await errorFor(1))).toBe(String(await errorFor(2)).replace(idOf(2), idOf(1)));
  });
});

interface Flow {
  readonly job: number | null;
  readonly from: readonly [number, string];
  readonly to: readonly [number, string];
}

/** Asset 4 has no described columns. 'b' of asset 2 is hidden, 'secret' everywhere, whether described or not. */
async function insertFlows(flows: readonly Flow[], hidden: readonly number[]): Promise<void> {
  await insertGraph(database, { datasets: [1, 2, 3, 4], jobs: [101, 102], hidden, ports: [] });
  await database.query(
    `INSERT INTO asset_column (asset_id, path, ordinal, tags)
     SELECT a.id, p, 1, CASE WHEN a.id = $1 AND p = 'b' THEN '{hidden}'::text[] ELSE '{}' END
     FROM asset a, unnest('{a,b}'::text[]) AS p WHERE a.kind = 'DATASET' AND a.id <> $2`,
    [idOf(2), idOf(4)],
  );
  await database.query(
    `WITH v AS (SELECT * FROM jsonb_to_recordset($1::jsonb)
       AS v(id uuid, job uuid, source uuid, source_path text, target uuid, target_path text)),
     s AS (INSERT INTO lineage_flow_set SELECT id, job FROM v)
     INSERT INTO lineage_column_flow SELECT id, source, source_path, target, target_path, '{DIRECT/IDENTITY}', true, false FROM v`,
    [
      JSON.stringify(
        flows.map(({ job, from, to }, index) => ({
          id: idOf(700 + index),
          job: job === null ? null : idOf(job),
          source: idOf(from[0]),
          source_path: from[1],
          target: idOf(to[0]),
          target_path: to[1],
        })),
      ),
    ],
  );
}

describe('the walk over columns', () => {
  const dataset = fc.constantFrom(1, 2, 3, 4);
  const flow: fc.Arbitrary<Flow> = fc.record({
    job: fc.constantFrom(null, 101, 102),
    from: fc.tuple(dataset, fc.constantFrom('a', 'b', 'secret')),
    to: fc.tuple(dataset, fc.constantFrom('a', 'b', 'secret', '')),
  });

  it('reaches the same columns as a plain walk', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(flow, { maxLength: 10 }), some([3, 102], 2), bounds, async (flows, hidden, bound) => {
        await insertFlows(flows, hidden);
        const before = database.statementCount;
        const actual = await lineage.walkColumns(ACTOR, { ref: idOf(1), column: 'a', ...bound });
        expect(database.statementCount - before).toBeLessThanOrEqual(bound.maxHops + 5);
        expect({
          nodes: actual.nodes.map(({ asset, column, distance }) => [asset.id, column, distance]),
          edges: actual.edges
            .map((edge) => [edge.fromAsset, edge.fromColumn, edge.toAsset, edge.toColumn])
            .sort(byText),
          truncatedBy: actual.truncatedBy,
        }).toEqual(referenceColumnWalk(flows, hidden, bound));
      }),
      { numRuns: 150 },
    );
  });

  it('answers a hidden column as a missing one', async () => {
    await insertFlows([{ job: null, from: [2, 'b'], to: [1, 'a'] }], []);
    for (const [id, column] of [
      [2, 'b'],
      [2, 'nothing'],
      [4, 'a'],
      [2, 'a\0'],
    ] as const) {
      const request = { ref: idOf(id), column, direction: 'UPSTREAM', maxHops: 1, maxNodes: 10 } as const;
      await expect(lineage.walkColumns(ACTOR, request)).rejects.toMatchObject({ code: 'NOT_FOUND', field: ['column'] });
    }
  });

  it('merges what several statements say of one flow', async () => {
    await insertFlows(
      [
        { job: null, from: [1, 'a'], to: [2, 'a'] },
        { job: 101, from: [1, 'a'], to: [2, 'a'] },
      ],
      [],
    );
    await database.query(
      `UPDATE lineage_column_flow SET transformations = '{INDIRECT/FILTER}', is_direct = false, is_masked = true WHERE set_id = $1`,
      [idOf(700)],
    );
    const { edges } = await lineage.walkColumns(ACTOR, {
      ref: idOf(1),
      column: 'a',
      direction: 'DOWNSTREAM',
      maxHops: 1,
      maxNodes: 5,
    });
    expect(edges).toEqual([
      {
        fromAsset: idOf(1),
        fromColumn: 'a',
        toAsset: idOf(2),
        toColumn: 'a',
        isDirect: true,
        isMasked: false,
        transformations: ['DIRECT/IDENTITY', 'INDIRECT/FILTER'],
      },
    ]);
  });
});

function referenceColumnWalk(
  flows: readonly Flow[],
  hidden: readonly number[],
  { direction, maxHops, maxNodes }: { direction: string; maxHops: number; maxNodes: number },
): object {
  const sees = ([id, path]: readonly [number, string]): boolean =>
    !hidden.includes(id) && path !== 'secret' && !(id === 2 && path === 'b');
  const open = flows.filter(({ job, from, to }) => !hidden.includes(job ?? 0) && sees(from) && sees(to));
  const key = ([id, path]: readonly [number, string]): string => `${id} ${path}`;
  const sortKey = ([id, path]: readonly [number, string]): string => `n${id % 3}-${id} ${idOf(id)} ${path}`;
  const distances = new Map([['1 a', 0]]);
  let truncatedBy: string | null = null;
  for (let hop = 1; hop <= maxHops + 1 && truncatedBy === null; hop += 1) {
    const isLast = (node: readonly [number, string]): boolean => distances.get(key(node)) === hop - 1;
    const found = open.flatMap(({ from, to }) => {
      if (direction === 'DOWNSTREAM') return isLast(from) && from[1] !== '' ? [to] : [];
      return [...distances].some(
        ([k, d]) => d === hop - 1 && (k === key(to) || (to[1] === '' && k.startsWith(`${to[0]} `))),
      )
        ? [from]
        : [];
    });
    const fresh = new Map(found.filter((node) => !distances.has(key(node))).map((node) => [sortKey(node), key(node)]));
    for (const [, node] of [...fresh].sort(byText)) {
      if (hop > maxHops) truncatedBy ??= 'HOPS';
      else if (distances.size < maxNodes) distances.set(node, hop);
      else truncatedBy ??= 'NODES';
    }
  }
  const isTarget = ([id, path]: readonly [number, string]): boolean =>
    distances.has(key([id, path])) ||
    (direction === 'UPSTREAM' && path === '' && [...distances.keys()].some((k) => k.startsWith(`${id} `)));
  const edges = open
    .filter(({ from, to }) => distances.has(key(from)) && isTarget(to))
    .map(({ from, to }) => JSON.stringify([idOf(from[0]), from[1], idOf(to[0]), to[1]]));
  return {
    nodes: [...distances].map(([node, distance]) => [idOf(Number(node.split(' ')[0])), node.split(' ')[1], distance]),
    edges: [...new Set(edges)].map((edge): unknown => JSON.parse(edge)).sort(byText),
    truncatedBy,
  };
}
