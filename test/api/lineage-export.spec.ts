import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.js';

const ref = (name: string): string => `dataset:db/${encodeURIComponent(name)}`;
const table = (name: string): object => ({ namespace: 'db', name });
const lineage = (...sources: string[]): object => ({
  lineage: { inputs: sources.map((name) => ({ type: 'DATASET', ...table(name) })) },
});
/** One job of two ports, a flow without a job, and names that mean something to what they are written in. */
const EVENTS = [
  {
    eventType: 'COMPLETE',
    eventTime: '2026-03-01T00:00:00Z',
    run: { runId: 'one' },
    job: { namespace: 'flow', name: 'mix' },
    inputs: [table('a'), table('=b"\\')],
    outputs: [
      { ...table('c'), facets: lineage('a') },
      { ...table('d'), facets: lineage('=b"\\') },
    ],
  },
  { eventTime: '2026-03-01T00:00:00Z', dataset: { ...table('view'), facets: lineage('c', 'd') } },
];
const EXPORT = `query ($ref: String!, $format: LineageFormat!) {
  lineage(ref: $ref, direction: UPSTREAM, maxHops: 9) { export(format: $format) } }`;

const apps: TestApp[] = [];
async function started(events: readonly object[]): Promise<TestApp> {
  const app = await startTestApp();
  apps.push(app);
  await app.as('admin').post('/api/v1/lineage/batch', events).expect(200);
  await app.settle();
  return app;
}

async function exported(app: TestApp, format: string): Promise<string> {
  interface Answer {
    readonly lineage: { readonly export: string };
  }
  return (await app.as('admin').graphql<Answer>(EXPORT, { ref: ref('view'), format })).lineage.export;
}

let test: TestApp;
beforeAll(async () => {
  test = await started(EVENTS);
});
afterAll(async () => {
  for (const app of apps) await app.close();
});

describe('a lineage that is exported', () => {
  it('is a flowchart of Mermaid', async () => {
    const lines = (await exported(test, 'MERMAID')).trim().split('\n');
    expect(lines[0]).toBe('flowchart LR');
    expect(lines.filter((line) => line.includes('['))).toHaveLength(5);
    expect(lines.filter((line) => line.includes('-->'))).toHaveLength(4);
    expect(lines.join('\n')).toContain('["=b#quot;\\"]');
    expect(lines.filter((line) => line.includes('|"mix"|'))).toHaveLength(2);
  });

  it('is a graph of Graphviz', async () => {
    const text = await exported(test, 'DOT');
    expect(text).toMatch(/^digraph lineage \{\n {2}rankdir=LR;/);
    expect(text).toContain('[label="=b\\"\\\\"];');
    expect(text.match(/ -> /g)).toHaveLength(4);
  });

  it('is a table without formulas', async () => {
    const [header, ...rows] = (await exported(test, 'CSV')).trim().split('\r\n');
    expect(header).toBe('from,to,job,origins,first_seen,last_seen');
    expect(rows).toHaveLength(4);
    expect(rows).toContainEqual(
      `${ref('a')},${ref('c')},job:flow/mix,OBSERVED,2026-03-01T00:00:00.000Z,2026-03-01T00:00:00.000Z`,
    );
  });

  it('is static OpenLineage that gives the same lineage when it is sent to another catalog', async () => {
    const events: object[] = JSON.parse(await exported(test, 'OPENLINEAGE'));
    const other = await started(events);
    const flows = async (app: TestApp): Promise<string[]> =>
      (await exported(app, 'CSV'))
        .split('\r\n')
        .map((row) => row.split(',').slice(0, 3).join(' '))
        .toSorted();
    expect(await flows(other)).toEqual(await flows(test));
  });
});
