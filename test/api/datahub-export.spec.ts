import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dataHubReport, ingestDataHub, type DataHubOptions } from '../../src/cli/ingest-datahub.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { LIBRARY, LIBRARY_PROPOSALS, URNS } from '../support/datahub.js';
import {
  AT,
  COLUMN_WALK,
  assetOf,
  dumpOf,
  terminalOf,
  total,
  whole,
  type Asset,
  type Report,
} from '../support/datahub-calls.js';

const PACK = join(import.meta.dirname, '../../../shared/samples/datahub-showcase-ecommerce');

describe('cadastre ingest datahub', () => {
  let test: TestApp;
  let folder: string;
  beforeAll(async () => {
    test = await startTestApp();
    folder = mkdtempSync(join(tmpdir(), 'cadastre-datahub-'));
    writeFileSync(join(folder, 'index.json'), JSON.stringify({ files: [{ path: 'b.json.gz' }, { path: 'a.json' }] }));
    writeFileSync(join(folder, 'b.json.gz'), gzipSync(JSON.stringify(LIBRARY.slice(0, 30), null, 2)));
    writeFileSync(
      join(folder, 'a.json'),
      LIBRARY.slice(30)
        .map((item) => JSON.stringify(item))
        .join('\n'),
    );
    writeFileSync(join(folder, 'unlisted.json'), '{"entityUrn": "urn:li:tag:x"}');
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await test.close();
  });

  const OPTIONS: DataHubOptions = { name: 'main', namespace: [], at: AT, wait: true };

  it('says what it would do, and does nothing', async () => {
    const { terminal, lines } = terminalOf(test);
    expect(await ingestDataHub(terminal, folder, { ...OPTIONS, dryRun: true })).toBe(0);
    const answer = JSON.parse(lines.join('')) as { summary: { created: number } };
    expect(answer.summary.created).toBeGreaterThan(10);
    expect(await assetOf(test, URNS.loans)).toBeNull();
  });

  it('sends a folder of files as its index lists them, and shows what became of them', async () => {
    const { terminal, lines } = terminalOf(test);
    expect(await ingestDataHub(terminal, folder, OPTIONS)).toBe(0);
    const answer = JSON.parse(lines.join('')) as Report & { accepted: number; isProjected: boolean };
    expect(answer).toMatchObject({ accepted: 1, isProjected: true, proposals: LIBRARY_PROPOSALS, messages: 1 });
    expect(await assetOf(test, URNS.loans)).toMatchObject({ domain: 'Lending/Desk' });
    const { sourceSyncs } = await test
      .as('admin')
      .graphql<{ sourceSyncs: unknown }>('{ sourceSyncs(source: "datahub:main") { nodes { state } } }');
    expect(sourceSyncs).toEqual({ nodes: [{ state: 'COMPLETE' }] });
  });

  it('shows the report again', async () => {
    const { terminal, lines } = terminalOf(test);
    expect(await dataHubReport({ ...terminal, isJson: false }, 'main')).toBe(0);
    expect(lines.join('')).toContain('carried over');
    expect(lines.join('')).toContain('mlModel mlModelProperties');
  });

  it('sends nothing of an export that ends too early', async () => {
    const broken = join(folder, 'broken.json');
    writeFileSync(broken, JSON.stringify(LIBRARY.slice(0, 4)).slice(0, -40));
    const { terminal } = terminalOf(test);
    await expect(ingestDataHub(terminal, broken, { ...OPTIONS, name: 'broken' })).rejects.toThrow(/ends within value/);
    await expect(dataHubReport(terminal, 'broken')).rejects.toThrow(/404/);
  });
});

describe.skipIf(!existsSync(PACK))('the showcase pack of DataHub (skipped where ../shared/samples is absent)', () => {
  const FILES = ['01-definitions.json', '02-data.json', '03-context.json'];
  const dataset = (platform: string, name: string): string =>
    `urn:li:dataset:(urn:li:dataPlatform:${platform},b2fd91.${name},PROD)`;
  const DETAILS = dataset('snowflake', 'order_entry_db.analytics.order_details');
  const read = (): { entityType: string; entityUrn: string; aspectName: string }[] =>
    FILES.flatMap((file) => JSON.parse(readFileSync(join(PACK, file), 'utf8')) as never[]);
  let test: TestApp;
  let report: Report;
  beforeAll(async () => {
    test = await startTestApp();
    const { terminal, lines } = terminalOf(test);
    // The pack's own prefix is an instance: it is not in the names of the tables.
    const namespace = ['snowflake/b2fd91=snowflake://demo123', 's3/b2fd91=s3://', 'looker/b2fd91=looker'];
    await ingestDataHub(terminal, PACK, { name: 'showcase', namespace, at: AT, wait: true });
    await test.settle();
    report = JSON.parse(lines.join('')) as Report;
  }, 120_000);
  afterAll(() => test.close());

  it('is taken in eight messages, with a line for every aspect', () => {
    expect(report).toMatchObject({ messages: 8, proposals: 3873 });
    expect(total(report)).toBe(3873);
    const counts = new Map<string, number>();
    for (const { entityType, aspectName } of read())
      counts.set(`${entityType} ${aspectName}`, (counts.get(`${entityType} ${aspectName}`) ?? 0) + 1);
    const listed = new Map<string, number>();
    for (const { entityType, aspect, count } of report.lines)
      listed.set(`${entityType} ${aspect}`, (listed.get(`${entityType} ${aspect}`) ?? 0) + count);
    expect(Object.fromEntries(listed)).toEqual(Object.fromEntries(counts));
  });

  it('brings all 67 datasets, those that dbt builds as one with their tables', async () => {
    const urns = read().flatMap(({ aspectName, entityUrn }) => (aspectName === 'datasetKey' ? entityUrn : []));
    const found = await Promise.all(urns.map((urn) => assetOf(test, urn)));
    expect(found.filter((asset) => asset !== null)).toHaveLength(67);
    expect(new Set(found.map((asset) => `${asset?.namespace} ${asset?.name}`)).size).toBe(54);
    expect(await assetOf(test, DETAILS)).toMatchObject({
      namespace: 'snowflake://demo123',
      name: 'order_entry_db.analytics.order_details',
    });
    expect(await assetOf(test, dataset('s3', 'demo-data-bucket/order_entry/orders'))).toMatchObject({
      namespace: 's3://demo-data-bucket',
      name: 'order_entry/orders',
    });
  });

  it('brings the way of a column from Postgres over S3, Snowflake and dbt to Looker', async () => {
    const ref = dataset('looker', 'order-entry.explore.order_details');
    const { columnLineage } = await test.as('admin').graphql<{
      columnLineage: { nodes: { distance: number; column: string; asset: Asset }[] };
    }>(COLUMN_WALK, { ref, column: 'order_details.order_total' });
    const way = columnLineage.nodes
      .toSorted((a, b) => a.distance - b.distance)
      .map(({ distance, column, asset }) => `${distance} ${asset.namespace} ${asset.name} ${column}`);
    expect(way).toEqual([
      '0 looker order-entry.explore.order_details order_details.order_total',
      '1 looker order-entry-looker.view.order_details order_total',
      '2 snowflake://demo123 order_entry_db.analytics.order_details order_total',
      '3 snowflake://demo123 order_entry_db.order_entry.orders order_total',
      '4 s3://demo-data-bucket order_entry/orders order_total',
      '5 postgres b2fd91.order_entry_db.order_entry.orders order_total',
    ]);
  });

  it('brings words, owners, terms, domain and products', async () => {
    expect(await assetOf(test, DETAILS)).toMatchObject({
      displayName: 'ORDER_DETAILS',
      description: 'Details of orders.',
      domain: 'Acme Corporation/Ecommerce Operations',
      owners: ['DataHub SE Team', 'b2fd91.brock1@example.com', 'b2fd91.jonny1@example.com'],
      dataProducts: ['Order Entry Analytics', 'Promotions Performance'],
    });
    const terms = (await assetOf(test, DETAILS))?.terms ?? [];
    expect(terms).toEqual(expect.arrayContaining(['PII', 'Order Total']));
    const items = dataset('dbt', 'order_entry_db.order_entry.order_items');
    expect((await assetOf(test, items))?.owners).toEqual(['b2fd91.EMP006', 'b2fd91.ORG_DATA_PLATFORM']);
  });

  it('brings the tree of domains and the glossary', async () => {
    expect(await assetOf(test, 'urn:li:domain:b2fd91.1caf2b7c-ca73-4708-bdec-6687d78cab0e')).toMatchObject({
      name: 'Acme Corporation/Engineering Division/Data Platform Team',
    });
    const term = await assetOf(test, 'urn:li:glossaryTerm:b2fd91.42266719-3cab-42b8-a8d2-49d782876dbc');
    expect(term).toMatchObject({ kind: 'TERM', namespace: 'Order Metrics', name: 'Order Total' });
    expect(term?.description).toMatch(/^The\s+total monetary value of an order/);
  });

  it('ends in the same catalog in one message, backwards', async () => {
    const namespaces = { 'snowflake/b2fd91': 'snowflake://demo123', 's3/b2fd91': 's3://', 'looker/b2fd91': 'looker' };
    const message = whole(read().toReversed(), { name: 'showcase', namespaces, context: [] });
    expect(await dumpOf([message])).toBe(await test.as('admin').dump());
  }, 120_000);
});
