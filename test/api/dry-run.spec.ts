import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.js';
import { HIDDEN_BY_TAG } from '../support/policies.js';

const documentation = (description: string): object => ({
  documentation: { _producer: 'https://example.com', _schemaURL: 'https://example.com', description },
});
const event = (runId: string, output: string, facets: object = {}): object => ({
  eventType: 'COMPLETE',
  eventTime: '2026-01-01T10:00:00Z',
  producer: 'https://example.com/etl',
  schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
  run: { runId },
  job: { namespace: 'etl', name: 'load', facets: documentation('Loads.') },
  inputs: [{ namespace: 'db', name: 'raw' }],
  outputs: [{ namespace: 'db', name: output, facets }],
});
const schema = (...names: string[]): object => ({
  schema: { _producer: 'p', _schemaURL: 's', fields: names.map((name) => ({ name, type: 'text' })) },
});

describe('a dry run', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp({ accounts: [{ handle: 'writer', roles: ['writer'] }, { handle: 'guest' }] });
    const admin = test.as('admin');
    const { policySet } = await admin.graphql<{ policySet: { documents: object[] } }>('{ policySet { documents } }');
    const allow = (id: string, actions: string[], where?: object): object => ({
      id,
      title: id,
      why: 'For the test.',
      effect: 'allow',
      band: 'domain',
      actions,
      subjects: { attribute: 'roles', operator: 'hasAny', value: ['writer'] },
      resources: { types: [actions[0] === 'ingest' ? 'system' : 'asset'], ...(where && { where }) },
    });
    await admin.graphql(
      'mutation($documents: JSON!) { policySetApply(documents: $documents) { userErrors { message } } }',
      {
        documents: [
          ...policySet.documents,
          allow('writers-ingest', ['ingest']),
          allow('writers-see-jobs', ['discover'], { attribute: 'kind', operator: 'eq', value: 'JOB' }),
        ],
      },
    );
    await admin
      .post('/api/v1/lineage', event('r1', 'sales', { ...documentation('Sales.'), ...schema('id', 'old') }))
      .expect(201);
    await test.settle();
  });
  afterAll(() => test.close());

  it('answers with what would change, and changes nothing', async () => {
    const admin = test.as('admin');
    const before = await admin.dump();
    const changed = event('r2', 'sales', { ...documentation('All sales.'), ...schema('id', 'new') });
    const later = { ...changed, eventTime: '2026-01-02T10:00:00Z' };
    const { body } = await admin
      .post('/api/v1/lineage/batch?dryRun=true', [
        later,
        event('r2', 'report', documentation('New.')),
        { eventTime: 'never' },
      ])
      .expect(200);
    expect(body).toMatchObject({
      dryRun: true,
      summary: { created: 1, changed: 1, missing: 0, removed: 0 },
      isTruncated: false,
      edgesAdded: [{ from: 'dataset:db/raw', to: 'dataset:db/report', job: 'job:etl/load' }],
      edgesRemoved: [],
      held: [],
      refused: [{ index: 2 }],
    });
    expect(body.changes.map(({ ref, change }: { ref: string; change: string }) => [ref, change])).toEqual([
      ['dataset:db/report', 'CREATED'],
      ['dataset:db/sales', 'CHANGED'],
    ]);
    expect(body.changes[1].fields).toEqual([
      { column: null, attribute: 'description', before: 'Sales.', after: 'All sales.' },
      { column: 'old', attribute: 'column', before: 'text', after: null },
      { column: 'new', attribute: 'column', before: null, after: 'text' },
    ]);
    await test.settle();
    expect(await admin.dump()).toBe(before);
    expect(await test.database.query('SELECT 1 FROM raw_event')).toHaveLength(1);
  });

  it('says what the real ingest then does', async () => {
    const admin = test.as('admin');
    const message = event('r3', 'sales', documentation('Even more sales.'));
    const dated = { ...message, eventTime: '2026-01-03T10:00:00Z' };
    const foreseen = await admin.post('/api/v1/lineage?dryRun=true', dated).expect(200);
    await admin.post('/api/v1/lineage', dated).expect(201);
    await test.settle();
    const { asset } = await admin.graphql<{ asset: { description: string } }>(
      '{ asset(ref: "dataset:db/sales") { description } }',
    );
    expect(foreseen.body.changes[0].fields[0].after).toBe(asset.description);
    const again = await admin.post('/api/v1/lineage?dryRun=true', dated).expect(200);
    expect(again.body.changes).toEqual([]);
    expect(again.body.summary).toMatchObject({ created: 0, changed: 0 });
  });

  it('shows nothing of what the sender may not see', async () => {
    const answer = await test
      .as('writer')
      .post('/api/v1/lineage?dryRun=true', {
        ...event('r4', 'sales', documentation('Mine.')),
        eventTime: '2027-01-01T00:00:00Z',
      })
      .expect(200);
    expect(JSON.stringify(answer.body)).not.toContain('sales');
    expect(answer.body).toMatchObject({
      changes: [],
      edgesAdded: [],
      summary: { created: 0, changed: 0, unchanged: 1 },
    });
    await test.as('guest').post('/api/v1/lineage?dryRun=true', event('r4', 'sales')).expect(403);
  });

  it('refuses a dryRun that is neither true nor false, rather than ingest for real', async () => {
    const answer = await test.as('admin').post('/api/v1/lineage?dryRun=yes', event('r5', 'x')).expect(400);
    expect(answer.text).toContain("'dryRun' is 'yes'");
  });
});

describe('a dry run by who does not see everything', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp({ accounts: [{ handle: 'nora', roles: ['ingestor'] }] });
    await test
      .as('admin')
      .graphql('mutation($documents: JSON!) { policySetApply(documents: $documents) { userErrors { message } } }', {
        documents: HIDDEN_BY_TAG,
      });
  });
  afterAll(() => test.close());

  it('answers alike for what is there and hidden and for what is not there', async () => {
    // The same message twice, but for a letter: `a` is there, hidden from its sender, and `b` is not.
    const message = (letter: string): object => ({
      eventType: 'COMPLETE',
      eventTime: '2026-02-01T10:00:00Z',
      run: { runId: 'r6' },
      job: { namespace: 'etl', name: `fill_${letter}` },
      inputs: [
        { namespace: 'postgres://db', name: `shop.public.open_${letter}`, facets: schema('id', `key_${letter}`) },
      ],
      outputs: [
        {
          namespace: 'postgres://db',
          name: `shop.public.Shut_${letter}`,
          facets: { ...documentation('Mine.'), ...schema('id') },
        },
      ],
    });
    const dryRun = async (letter: string, who: string): Promise<string> => {
      const { body } = await test.as(who).post('/api/v1/lineage?dryRun=true', message(letter)).expect(200);
      return JSON.stringify(body).replaceAll(`_${letter}`, '_?');
    };
    const tagged = (field?: string): object => ({
      tags: { tags: [{ key: 'hidden', value: 'true', ...(field && { field }) }] },
    });
    await test
      .as('admin')
      .post('/api/v1/lineage/batch', [
        {
          ...message('a'),
          eventTime: '2026-01-30T10:00:00Z',
          job: { namespace: 'etl', name: 'fill_a', facets: tagged() },
        },
        // Spelled otherwise, the store takes it for the same table.
        ...[
          { name: 'shop.public.shut_a', facets: { ...tagged(), ...schema('id', 'secret') } },
          { name: 'shop.public.Shut_a', facets: tagged() },
          { name: 'shop.public.open_a', facets: { ...schema('id', 'key_a'), ...tagged('key_a') } },
          { name: 'shop.public.open_b', facets: schema('id') },
        ].map(({ name, facets }) => ({
          eventTime: '2026-01-31T10:00:00Z',
          dataset: { namespace: 'postgres://db', name, facets },
        })),
      ])
      .expect(200);
    await test.settle();
    const before = await test.as('admin').dump();
    expect(await dryRun('a', 'nora')).toBe(await dryRun('b', 'nora'));
    const answer = JSON.parse(await dryRun('a', 'nora'));
    expect(answer).toMatchObject({ summary: { created: 2, changed: 1 }, edgesAdded: [{ job: 'job:etl/fill_?' }] });
    expect(JSON.stringify(answer)).not.toContain('secret');
    expect(JSON.parse(await dryRun('a', 'admin')).summary.created).toBe(0);
    expect(await test.as('admin').dump()).toBe(before);
  });
});
