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
});
