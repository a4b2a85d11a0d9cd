import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Database } from '../../src/platform/database/database.js';
import { startTestApp, type TestApp } from '../support/app.js';

const MANY = 20_000;
/** Grow with the catalog: no question may read them from end to end. */
const LARGE_TABLES = [
  'asset',
  'asset_column',
  'fact',
  'lineage_edge',
  'lineage_flow',
  'lineage_flow_set',
  'lineage_statement',
  'raw_event',
];

const event = (minute: number): object => ({
  eventType: 'COMPLETE',
  eventTime: new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString(),
  producer: 'https://example.org/producer',
  schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
  run: { runId: `run-${minute}` },
  job: { namespace: 'etl', name: 'fill_needles' },
  inputs: [{ namespace: 'db', name: 'raw_needles' }],
  outputs: [
    {
      namespace: 'db',
      name: 'needles',
      facets: { schema: { fields: [{ name: 'id', type: 'int' }] }, documentation: { description: `Word ${minute}.` } },
    },
  ],
});

const QUESTIONS = [
  '{ asset(ref: "dataset:db/needles") { name description sources { source state } ... on Dataset { columns { path } } } }',
  '{ assets(first: 20) { nodes { name description owners } pageInfo { endCursor } } }',
  '{ search(query: "needles", first: 10) { nodes { asset { name } } } }',
  '{ lineage(ref: "dataset:db/needles", direction: UPSTREAM) { nodes { asset { name } } } }',
];

describe('complaint 19: unknown behaviour at size; here no question reads the whole catalog', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp();
    await take(0);
  });
  afterAll(() => test.close());

  const take = async (minute: number): Promise<void> => {
    await test.as('admin').post('/api/v1/lineage', event(minute)).expect(201);
    await test.settle();
  };

  /** What the service asks its database while it answers, with the plans by which that is found. */
  async function plansOf(work: () => Promise<unknown>): Promise<string[]> {
    const database = test.app.get(Database, { strict: false });
    const query = vi.spyOn(database, 'query');
    await work();
    const asked = new Map(query.mock.calls.map(([sql, params]) => [sql, params]));
    query.mockRestore();
    const plans: string[] = [];
    for (const [sql, params] of asked) {
      if (!/^\s*(SELECT|WITH|INSERT|UPDATE|DELETE)/.test(sql)) continue;
      const [row] = await test.database.query<{ 'QUERY PLAN': unknown }>(`EXPLAIN (FORMAT JSON) ${sql}`, params);
      plans.push(JSON.stringify(row?.['QUERY PLAN']));
    }
    return plans;
  }

  const wholeReads = (plans: readonly string[]): string[] =>
    LARGE_TABLES.filter((table) =>
      plans.some((plan) => new RegExp(`"Node Type":"Seq Scan"[^{}]*"Relation Name":"${table}"`).test(plan)),
    );

  it('to show, list, search, walk and take in what is new', { timeout: 120_000 }, async () => {
    await fill(test);
    const readings = await plansOf(async () => {
      for (const question of QUESTIONS) await test.as('admin').graphql(question);
    });
    expect(readings.length).toBeGreaterThan(QUESTIONS.length);
    expect(wholeReads(readings)).toEqual([]);
    const intake = await plansOf(() => take(1));
    expect(intake.length).toBeGreaterThan(10);
    expect(wholeReads(intake)).toEqual([]);
    // The check itself sees a whole read when there is one.
    expect(
      wholeReads(await plansOf(() => test.app.get(Database, { strict: false }).query('SELECT description FROM asset'))),
    ).toEqual(['asset']);
  });
});

/** A catalog around it: tables with words, columns, lineage, and what search knows of them. */
async function fill(test: TestApp): Promise<void> {
  const many = `generate_series(1, ${MANY}) AS n`;
  for (const sql of [
    `INSERT INTO asset (id, kind, namespace, name, description, is_placeholder, canonical_namespace, canonical_name)
     SELECT gen_random_uuid(), 'DATASET', 'hay', 'stack.straw_' || n, 'Straw.', false, 'hay', 'stack.straw_' || n FROM ${many}`,
    `INSERT INTO fact (asset_id, attribute, source_key, value, asserted_at, value_hash)
     SELECT id, 'description', 'openlineage', '"Straw."', now(), '\\x00' FROM asset WHERE namespace = 'hay'`,
    `INSERT INTO asset_column (asset_id, path, ordinal) SELECT id, 'c' || n, n FROM asset, generate_series(1, 3) n WHERE namespace = 'hay'`,
    `INSERT INTO lineage_edge (port, asset_id, direction, origins, first_seen, last_seen)
     SELECT gen_random_uuid(), id, 'I', '{OBSERVED}', now(), now() FROM asset WHERE namespace = 'hay'`,
    `INSERT INTO lineage_flow_set (id) SELECT id FROM asset WHERE namespace = 'hay'`,
    `INSERT INTO lineage_statement (id, origin, body, first_seen, last_seen, flow_set_id)
     SELECT id, 'DECLARED', '{}', now(), now(), id FROM asset WHERE namespace = 'hay'`,
    `INSERT INTO lineage_flow (set_id, port, asset_id, direction)
     SELECT id, id, id, 'I' FROM asset WHERE namespace = 'hay'`,
    `INSERT INTO raw_event (hash, kind, received_by, payload)
     SELECT decode(md5(n::text), 'hex'), 'OPENLINEAGE', gen_random_uuid(), '{}' FROM ${many}`,
    'ANALYZE',
  ])
    await test.database.query(sql);
}
