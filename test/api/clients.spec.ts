import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.js';

const event = (job: string, more: object = {}): object => ({
  eventType: 'COMPLETE',
  eventTime: '2026-04-01T08:00:00Z',
  producer: 'https://shop.example/scheduler',
  schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
  run: { runId: `run-${job}` },
  job: { namespace: 'clients', name: job },
  ...more,
});

// What the real clients of test/clients showed, in events of our own.
describe('events as real clients send them', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test.close());

  const send = async (...events: object[]): Promise<void> => {
    for (const each of events) await test.as('admin').post('/api/v1/lineage', each).expect(201);
    await test.settle();
  };

  it('list a job about which a client says nothing but that it runs', async () => {
    await send(event('bare'));
    const { assets, search } = await test
      .as('admin')
      .graphql<{ assets: object; search: object }>(
        '{ assets(filter: { namespace: "clients" }) { nodes { name isPlaceholder } } search(query: "bare") { nodes { asset { name } } } }',
      );
    expect(assets).toEqual({ nodes: [{ name: 'bare', isPlaceholder: false }] });
    expect(search).toEqual({ nodes: [{ asset: { name: 'bare' } }] });
  });

  it('keep a mask when a table is named by its path and by its table name', async () => {
    const path = { namespace: 's3://lake', name: 'customers' };
    const table = { namespace: 'glue', name: 'lake.customers' };
    const from = (dataset: object, transformation: object): object => ({
      ...dataset,
      field: 'email',
      transformations: [transformation],
    });
    const inputFields = [
      from(path, { type: 'DIRECT', subtype: 'TRANSFORMATION', masking: true }),
      from(table, { type: 'INDIRECT', subtype: 'CONDITIONAL' }),
    ];
    await send(
      event('hash', {
        inputs: [{ ...path, facets: { symlinks: { identifiers: [{ ...table, type: 'TABLE' }] } } }],
        outputs: [
          { namespace: 's3://lake', name: 'hashed', facets: { columnLineage: { fields: { mail: { inputFields } } } } },
        ],
      }),
    );
    const { columnLineage } = await test.as('admin').graphql<{ columnLineage: { edges: object[] } }>(
      `{ columnLineage(ref: "dataset:s3%3A%2F%2Flake/hashed", column: "mail", direction: UPSTREAM) {
           edges { fromColumn transformations isMasked } } }`,
    );
    expect(columnLineage.edges).toEqual([
      { fromColumn: 'email', transformations: ['DIRECT/TRANSFORMATION', 'INDIRECT/CONDITIONAL'], isMasked: true },
    ]);
  });

  // dbt-ol names the columns that flow, but not how, and leaves seeds out of the inputs.
  it('take from the SQL how columns flow that a client only names, and nothing else', async () => {
    const wh = 'duckdb://shop';
    const from = (name: string, field: string): object => ({
      inputFields: [{ namespace: wh, name, field, transformations: [] }],
    });
    const fields = {
      mail: from('wh.main.people', 'mail'),
      total: from('wh.main.paid', 'amount'),
      extra: from('wh.main.people', 'unseen'),
    };
    const query =
      'select md5(p.mail) as mail, sum(o.amount) as total, max(o.day) as extra ' +
      `from wh.main.people p join wh.main.paid o on o.person = p.id where o.day > '2026-01-01' group by p.mail`;
    await send(
      event('totals', {
        job: { namespace: 'clients', name: 'totals', facets: { sql: { query, dialect: 'duckdb' } } },
        inputs: [{ namespace: wh, name: 'wh.main.paid' }],
        outputs: [{ namespace: wh, name: 'wh.main.totals', facets: { columnLineage: { fields, dataset: [] } } }],
      }),
    );
    const ref = 'dataset:duckdb%3A%2F%2Fshop/wh.main.totals';
    const into = async (column: string): Promise<string[]> => {
      const { columnLineage } = await test.as('admin').graphql<{ columnLineage: { edges: Record<string, unknown>[] } }>(
        `{ columnLineage(ref: "${ref}", column: "${column}", direction: UPSTREAM, maxHops: 1) {
             edges { fromColumn toColumn transformations isMasked } } }`,
      );
      return columnLineage.edges
        .map(
          (e) =>
            `${String(e['fromColumn'])} → ${String(e['toColumn'])} ${String(e['transformations'])} ${String(e['isMasked'])}`,
        )
        .toSorted();
    };
    // What else has an influence is not said: columns that the client named are all there are.
    expect(await into('mail')).toEqual(['mail → mail DIRECT/TRANSFORMATION true']);
    expect(await into('total')).toEqual(['amount → total DIRECT/AGGREGATION false']);
    expect(await into('extra')).toEqual(['unseen → extra DIRECT/UNKNOWN false']);
  });

  it('say why a Spark application failed, in a facet of its own and with a COMPLETE right after', async () => {
    const stackTrace = 'org.apache.spark.SparkException: Job aborted.\n\tat org.apache.spark.Nowhere';
    const failed = { runId: 'run-write', facets: { 'spark.exception': { stackTrace } } };
    await send(
      event('write', { eventType: 'FAIL', eventTime: '2026-04-01T08:00:00.646Z', run: failed }),
      event('write', { eventTime: '2026-04-01T08:00:00.649Z' }),
    );
    const { asset } = await test.as('admin').graphql<{ asset: { runs: { nodes: object[] } } }>(
      `{ asset(ref: "job:clients/write") { ... on Job { runs { nodes {
           state errorMessage error { message language stackTrace } } } } } }`,
    );
    const message = 'org.apache.spark.SparkException: Job aborted.';
    expect(asset.runs.nodes).toEqual([
      { state: 'FAIL', errorMessage: message, error: { message, language: null, stackTrace } },
    ]);
  });
});
