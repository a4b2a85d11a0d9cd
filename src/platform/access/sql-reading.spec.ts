import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase } from '../../../test/support/database.js';
import { actors, assets, columns, NOW, policySets } from './access-arbitraries.testing.js';
import type { AssetResource, ColumnResource } from './attributes.js';
import { compilePolicies } from './compile.js';
import type { Residual } from './condition.js';
import { parsePolicySet } from './policy-document.js';
import { referenceDecision } from './reference-evaluator.testing.js';
import { ASSET_SQL_COLUMNS, COLUMN_SQL_COLUMNS, toSql } from './sql-reading.js';

const ASSETS = 200;
const RUNS = 80;

const uuid = (index: number): string => `${String(index).padStart(8, '0')}-0000-4000-8000-000000000000`;
// The natural key must be unique; the generated ids and names come again.
const stored: AssetResource[] = fc
  .sample(assets, ASSETS)
  .map((asset, index) => ({ ...asset, id: uuid(index), namespace: `${asset.namespace}-${index}` }));
const storedColumns: ColumnResource[] = fc.sample(columns, ASSETS * 2).map((column, index) => ({
  ...column,
  asset: stored[index % ASSETS] ?? column.asset,
  path: `${column.path}-${index}`,
}));

let database: Awaited<ReturnType<typeof openTestDatabase>>;
let client: pg.Client;

beforeAll(async () => {
  database = await openTestDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query(
    `INSERT INTO asset (id, kind, namespace, name, platform, domain, sensitivity, lifecycle, tags, terms, owners)
     SELECT id, kind, namespace, name, platform, domain, sensitivity, lifecycle, tags, terms, owners
     FROM jsonb_populate_recordset(NULL::asset, $1)`,
    [JSON.stringify(stored)],
  );
  await client.query(
    `INSERT INTO asset_column (asset_id, path, ordinal, sensitivity, tags, terms)
     SELECT asset_id, path, 1, sensitivity, tags, terms FROM jsonb_populate_recordset(NULL::asset_column, $1)`,
    [JSON.stringify(storedColumns.map(({ asset, ...column }) => ({ ...column, asset_id: asset.id })))],
  );
});

afterAll(async () => {
  await client?.end();
  await database?.close();
});

async function visibleAssets(condition: Residual): Promise<string[]> {
  const { sql, params } = toSql(condition, { columns: ASSET_SQL_COLUMNS('a'), firstParameter: 1 });
  const { rows } = await client.query<{ id: string; answer: boolean | null }>(
    `SELECT a.id, ${sql} AS answer FROM asset a`,
    params,
  );
  expect(rows.filter((row) => row.answer === null)).toEqual([]);
  return rows.flatMap((row) => (row.answer ? [row.id] : [])).toSorted();
}

async function visibleColumns(condition: Residual): Promise<string[]> {
  const { sql, params } = toSql(condition, { columns: COLUMN_SQL_COLUMNS('c', 'a'), firstParameter: 1 });
  const text = `SELECT c.path, ${sql} AS answer FROM asset_column c JOIN asset a ON a.id = c.asset_id`;
  const { rows } = await client.query<{ path: string; answer: boolean | null }>(text, params);
  expect(rows.filter((row) => row.answer === null)).toEqual([]);
  return rows.flatMap((row) => (row.answer ? [row.path] : [])).toSorted();
}

describe('the SQL reading on PostgreSQL', () => {
  it('finds exactly what the reference allows, and is never NULL', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(policySets, actors, async (documents, actor) => {
        const { policies } = parsePolicySet(documents);
        const { actions } = compilePolicies({ policies }, actor, NOW);
        for (const action of ['discover', 'edit'] as const) {
          const allowed = stored.filter((asset) => referenceDecision(policies, actor, NOW, action, asset) === 'ALLOW');
          expect(await visibleAssets(actions[action].condition)).toEqual(allowed.map(({ id }) => id).toSorted());
        }
        const readable = storedColumns.filter(
          (column) => referenceDecision(policies, actor, NOW, 'read_column', column) === 'ALLOW',
        );
        expect(await visibleColumns(actions.read_column.condition)).toEqual(
          readable.map(({ path }) => path).toSorted(),
        );
      }),
      { numRuns: RUNS },
    );
  });

  it('counts parameters from the given number and names one value once', () => {
    const condition: Residual = {
      all: [
        { attribute: 'name', operator: 'eq', value: 'x' },
        {
          not: {
            any: [
              { attribute: 'platform', operator: 'eq', value: 'x' },
              { attribute: 'sensitivity', operator: 'gt', value: 2 },
            ],
          },
        },
      ],
    };
    expect(toSql(condition, { columns: ASSET_SQL_COLUMNS('a'), firstParameter: 3 })).toEqual({
      sql:
        '((a.name IS NOT NULL AND a.name = $3::text) AND ' +
        '(NOT ((a.platform IS NOT NULL AND a.platform = $3::text) OR (a.sensitivity IS NOT NULL AND a.sensitivity > $4::int))))',
      params: ['x', 2],
    });
  });

  it('refuses an attribute that has no expression', () => {
    const condition: Residual = { attribute: 'path', operator: 'eq', value: 'x' };
    expect(() => toSql(condition, { columns: ASSET_SQL_COLUMNS('a'), firstParameter: 1 })).toThrow(
      "The attribute 'path' has no SQL expression here.",
    );
  });

  it('stays small and valid for two thousand rules', async () => {
    const policies = Array.from({ length: 2000 }, (_, index) => ({
      id: `p${index}`,
      title: 'A rule',
      why: 'A test',
      effect: index % 3 === 0 ? 'deny' : 'allow',
      band: (['platform', 'domain', 'asset'] as const)[index % 3],
      actions: ['discover'],
      resources: {
        types: ['asset'],
        where: {
          all: [
            { attribute: 'domain', operator: 'under', value: `d${index}` },
            { attribute: 'tags', operator: 'hasAny', value: [`t${index}`] },
          ],
        },
      },
    }));
    const [actor] = fc.sample(actors, 1);
    if (!actor) throw new Error('fast-check gave no actor');
    const { condition } = compilePolicies(parsePolicySet({ policies }), actor, NOW).actions.discover;
    const { sql, params } = toSql(condition, { columns: ASSET_SQL_COLUMNS('a'), firstParameter: 1 });
    expect(params.length).toBe(4000);
    await visibleAssets(condition);
    expect(sql.length).toBeLessThan(200_000);
  });
});
