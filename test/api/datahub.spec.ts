import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.js';
import { LIBRARY, LIBRARY_PROPOSALS, URNS } from '../support/datahub.js';
import {
  AT,
  COLUMN_WALK,
  assetOf,
  chunked,
  columnsOf,
  dumpOf,
  facetsOf,
  neighbours,
  said,
  send,
  total,
  whole,
  type Report,
} from '../support/datahub-calls.js';

describe('an export of DataHub', () => {
  let test: TestApp;
  let report: Report;
  beforeAll(async () => {
    test = await startTestApp({ accounts: [{ handle: 'nora' }] });
    const { body } = await test.as('admin').post('/api/v1/datahub', whole(LIBRARY, NAMESPACES)).expect(201);
    report = body.report as Report;
    await test.settle();
  });
  afterAll(() => test.close());

  const NAMESPACES = { namespaces: { snowflake: 'snowflake://lib-eu' } };
  const line = (aspect: string, entityType = 'dataset'): Report['lines'] =>
    report.lines.filter((each) => each.aspect === aspect && each.entityType === entityType);

  it('is found by its URNs, named as OpenLineage names it', async () => {
    const named = await Promise.all(Object.values(URNS).map((urn) => assetOf(test, urn)));
    expect(named.flatMap((asset) => (asset ? [`${asset.kind} ${asset.namespace} ${asset.name}`] : []))).toEqual([
      'DATASET snowflake://lib-eu lib.public.loans',
      'DATASET snowflake/DEV lib.public.loans',
      'DATASET snowflake://lib-eu lib.public.members',
      'DATASET snowflake://lib-eu lib.public.loans',
      'DATASET kafka loan-events',
      'DATASET s3://lib-archive loans/2024',
      'JOB airflow nightly.load_loans',
      'JOB airflow nightly',
      'DASHBOARD superset charts/7',
      'DASHBOARD superset 7',
      'DOMAIN datahub://main Lending',
      'DOMAIN datahub://main Lending/Desk',
      'TERM Library words Loan',
      'TERM glossary Library words',
      'DATA_PRODUCT datahub://main Lending figures',
      'DATA_PRODUCT datahub://main Circulation',
    ]);
  });

  it('is hidden by URN as by name', async () => {
    expect(await assetOf(test, URNS.loans, 'nora')).toBeNull();
    expect(await assetOf(test, 'urn:li:dataset:(nothing)')).toBeNull();
  });

  it('brings what people wrote before what machines told', async () => {
    const loans = await assetOf(test, URNS.loans);
    expect(loans).toMatchObject({
      displayName: 'LOANS',
      description: 'One row per loan.',
      platform: 'snowflake',
      subtype: 'TABLE',
      domain: 'Lending/Desk',
      tags: ['Made at night', 'key-date'],
      terms: ['Loan'],
      owners: ['desk-team', 'ines'],
      dataProducts: ['Circulation', 'Lending figures'],
    });
    const origin = loans?.provenance.find(({ attribute }) => attribute === 'description');
    expect(origin).toMatchObject({ source: 'datahub:main', by: 'ines' });
    expect(await assetOf(test, URNS.board)).toMatchObject({ description: 'What the desk looks at.', subtype: null });
    expect(await assetOf(test, URNS.overdue)).toMatchObject({ displayName: 'Overdue', subtype: 'CHART' });
    expect(await assetOf(test, URNS.archive)).toMatchObject({
      lifecycle: 'DEPRECATED',
      lifecycleNote: 'Read the table instead.',
      successor: { name: 'lib.public.loans' },
    });
    expect(await assetOf(test, URNS.loanTerm)).toMatchObject({ description: 'A book that somebody took home.' });
  });

  it('brings columns with plain paths and words from all places', async () => {
    expect(await columnsOf(test, URNS.loans)).toEqual({
      loan_id: { dataType: 'NUMBER', description: 'Number of the loan.', tags: [], terms: [] },
      member_id: { dataType: 'NUMBER', description: 'Who borrowed.', tags: ['personal'], terms: ['Reader'] },
      due_on: { dataType: 'DATE', description: 'Day by which it is back.', tags: ['date', 'key-date'], terms: [] },
    });
    expect(Object.keys(await columnsOf(test, URNS.events))).toEqual(['key.id', 'loan', 'loan.id', 'note']);
  });

  it('brings lineage of tables, columns, jobs, charts and dashboards', async () => {
    const { columnLineage } = await test.as('admin').graphql<{
      columnLineage: { edges: { fromColumn: string; toColumn: string; transformations: string[] }[] };
    }>(COLUMN_WALK, { ref: URNS.loans, column: 'loan_id' });
    expect(columnLineage.edges).toEqual([
      { fromColumn: 'loan.id', toColumn: 'loan_id', transformations: ['DIRECT/TRANSFORMATION'] },
    ]);
    expect(await neighbours(test, URNS.loans, 'UPSTREAM')).toEqual(
      expect.arrayContaining(['kafka loan-events', 'snowflake://lib-eu lib.public.members']),
    );
    expect(await neighbours(test, URNS.board, 'UPSTREAM')).toEqual(['superset charts/7']);
    expect(await neighbours(test, URNS.overdue, 'UPSTREAM')).toEqual(['snowflake://lib-eu lib.public.loans']);
    // The input without columns may feed every output, the one with columns feeds its own.
    expect(await neighbours(test, URNS.archive, 'UPSTREAM')).toEqual(
      expect.arrayContaining(['kafka loan-events', 'snowflake://lib-eu lib.public.members']),
    );
  });

  it('does not say that a table feeds itself, because what builds it is the same asset', async () => {
    const loans = await assetOf(test, URNS.loans);
    const ends = '(SELECT id FROM asset WHERE namespace = $1 AND name = $2)';
    const names = [loans?.namespace, loans?.name];
    const edges = await test.database.query(
      `SELECT i.port FROM lineage_edge i JOIN lineage_edge o ON o.port = i.port AND i.direction = 'I' AND o.direction = 'O'
       WHERE i.asset_id = ${ends} AND o.asset_id = ${ends}`,
      names,
    );
    const columns = await test.database.query(
      `SELECT 1 FROM lineage_column_flow WHERE source_id = ${ends} AND target_id = ${ends}`,
      names,
    );
    expect([...edges, ...columns]).toEqual([]);
  });

  it('shows the newest measurement, the path, properties and documents', async () => {
    expect(await facetsOf(test, URNS.loans)).toMatchObject({
      datasetProfile: { rowCount: 120 },
      container: { path: 'lib/public' },
      properties: { retention: '7y' },
      structuredProperties: { 'Shelf life': ['long'] },
      ownership: {
        owners: [
          { owner: 'ines', type: 'DATAOWNER' },
          { owner: 'desk-team', type: 'Curator' },
        ],
      },
      'document:rules': { title: 'House rules', text: 'Three weeks, then a fine.' },
      sql: { query: 'select 1', dialect: 'SQL' },
    });
  });

  it('leaves out what DataHub marks as removed, with its columns', async () => {
    expect(await assetOf(test, URNS.oldShelf)).toBeNull();
    expect(line('documentation', 'schemaField')).toContainEqual(
      expect.objectContaining({ outcome: 'NOT_CARRIED', reason: 'is marked as removed in DataHub', count: 1 }),
    );
  });

  it('accounts for every proposal in exactly one line', () => {
    expect(report.proposals).toBe(LIBRARY_PROPOSALS);
    expect(total(report)).toBe(LIBRARY_PROPOSALS);
    expect(report.carried + report.partly + report.notCarried).toBe(LIBRARY_PROPOSALS);
    expect(line('frobnication')).toMatchObject([
      { outcome: 'NOT_CARRIED', reason: 'the aspect has no counterpart here' },
    ]);
    expect(line('mlModelProperties', 'mlModel')).toMatchObject([{ outcome: 'NOT_CARRIED' }]);
    expect(line('ownership')).toMatchObject([{ outcome: 'PARTLY', reason: 'without owners[].source' }]);
    expect(line('upstreamLineage')).toMatchObject([
      { outcome: 'PARTLY', reason: 'without fineGrainedLineages[].confidenceScore' },
    ]);
    expect(line('documentInfo', 'document').map(({ outcome }) => outcome)).toEqual(['CARRIED', 'NOT_CARRIED']);
    const problems = report.lines.filter(({ reason }) => /^(has|changes) /.test(reason ?? ''));
    expect(problems.reduce((sum, { count }) => sum + count, 0)).toBe(4);
  });

  it('keeps the report, for operators and those who sent it', async () => {
    const { body } = await test.as('admin').get('/api/v1/datahub/report?name=main').expect(200);
    expect(body).toEqual({ ...report, name: 'main', syncId: AT, messages: 1 });
    await test.as('nora').get('/api/v1/datahub/report?name=main').expect(403);
    await test.as('admin').get('/api/v1/datahub/report?name=other').expect(404);
    await test.as('admin').get('/api/v1/datahub/report').expect(400);
  });

  it('says what is wrong with a message', async () => {
    const refused = async (body: object): Promise<string[]> => {
      const answer = await test.as('admin').post('/api/v1/datahub', body).expect(400);
      return (answer.body as { error: { field: string[] } }).error.field;
    };
    expect(await refused({ proposals: [] })).toEqual(['name']);
    expect(await refused({ name: 'main' })).toEqual(['proposals']);
    expect(await refused(whole([], { at: 'yesterday' }))).toEqual(['at']);
    expect(await refused(whole([], { namespaces: { snowflake: 5 } }))).toEqual(['namespaces', 'snowflake']);
    expect(await refused(whole([], { removals: 'ALL' }))).toEqual(['removals']);
    expect(await refused(whole([], { context: {} }))).toEqual(['context']);
  });
});

describe('an export in another order and other messages', () => {
  it('ends in one catalog, as does a rebuild', async () => {
    const expected = await dumpOf([whole(LIBRARY, { context: [] })]);
    const backwards = LIBRARY.toReversed();
    expect(await dumpOf(chunked(backwards, 7))).toBe(expected);
    expect(await dumpOf([...chunked(LIBRARY, 25), ...chunked(LIBRARY, 25)], { isToRebuild: true })).toBe(expected);
  });

  it('says the same in any order and any messages', () => {
    const expected = said([whole(LIBRARY, { context: [] })]);
    const sizes = fc.integer({ min: 1, max: LIBRARY.length });
    const places = LIBRARY.map((_, place) => place);
    const orders = fc.shuffledSubarray(places, { minLength: places.length });
    fc.assert(
      fc.property(orders, sizes, (order, size) => {
        const items = order.map((place) => LIBRARY[place]);
        expect(said(chunked(items, size))).toEqual(expected);
      }),
    );
  });

  it('gives every member all of its products, and takes back those it left', async () => {
    const test = await startTestApp();
    await send(test, chunked(LIBRARY, 5));
    expect((await assetOf(test, URNS.loans))?.dataProducts).toEqual(['Circulation', 'Lending figures']);
    const later = LIBRARY.filter((item) => !JSON.stringify(item).includes('Circulation'));
    const messages = chunked(later, 5).map((message) => ({ ...message, at: '2026-02-02T00:00:00Z', sync: undefined }));
    await send(test, messages);
    expect((await assetOf(test, URNS.loans))?.dataProducts).toEqual(['Lending figures']);
    await test.close();
  });

  it('takes back what was deleted, and lets go missing what was removed or is no longer there', async () => {
    const test = await startTestApp();
    await send(test, [whole(LIBRARY)]);
    const about = { entityUrn: URNS.loans, aspectName: 'editableDatasetProperties' };
    const later = { at: '2026-02-02T00:00:00.000Z', removals: 'APPLY', sync: { id: 'second', isComplete: true } };
    const rest = LIBRARY.filter((item) => !JSON.stringify(item).includes('editableDatasetProperties'));
    const removed = { entityUrn: URNS.archive, aspectName: 'status', aspect: { removed: true } };
    await send(test, [whole([...rest, { ...about, changeType: 'DELETE' }, removed], later)]);
    expect(await assetOf(test, URNS.loans)).toMatchObject({ description: 'Told by the crawler.', presence: 'PRESENT' });
    expect(await assetOf(test, URNS.archive)).toMatchObject({ lifecycle: 'DEPRECATED', presence: 'MISSING' });
    await test.close();
  });
});
