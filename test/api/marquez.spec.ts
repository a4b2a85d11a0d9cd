import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.js';

const NAMESPACE = 'postgres://db:5432';
const tagged = (domain: string): object => ({ tags: { tags: [{ key: 'domain', value: domain }] } });
const dataset = (name: string, facets: object = {}): object => ({
  namespace: NAMESPACE,
  name,
  facets: { ...tagged('sales'), ...facets },
});
const fields = (...names: string[]): object => ({ schema: { fields: names.map((name) => ({ name, type: 'int' })) } });
const columns = (...pairs: [string, string, string][]): object => ({
  columnLineage: {
    fields: Object.fromEntries(
      pairs.map(([to, table, from]) => [to, { inputFields: [{ namespace: NAMESPACE, name: table, field: from }] }]),
    ),
  },
});
const run = (job: string, inputs: object[], outputs: object[]): object => ({
  eventType: 'COMPLETE',
  eventTime: '2026-05-01T10:00:00Z',
  run: { runId: `run-${job}` },
  job: { namespace: 'flow', name: job, facets: tagged('sales') },
  inputs,
  outputs,
});
const policy = (id: string, extra: object): object => ({ id, title: id, why: 'test', effect: 'allow', ...extra });
const POLICIES = [
  policy('administrators', {
    actions: ['discover', 'edit', 'read_column', 'ingest', 'manage_policies', 'operate', 'read_audit'],
    subjects: { attribute: 'roles', operator: 'hasAny', value: ['admin'] },
    resources: { types: ['asset', 'column', 'system'] },
  }),
  policy('sales', {
    actions: ['discover'],
    resources: { types: ['asset'], where: { attribute: 'domain', operator: 'eq', value: 'sales' } },
  }),
  policy('columns', { actions: ['read_column'], resources: { types: ['column'] } }),
];

describe('the REST API of Marquez', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp({ accounts: [{ handle: 'sally' }] });
    await test
      .as('admin')
      .post('/api/v1/lineage/batch', [
        run(
          'load',
          [dataset('raw', fields('a'))],
          [dataset('clean', { ...fields('b'), ...columns(['b', 'raw', 'a']) })],
        ),
        run('hide', [dataset('clean')], [{ ...dataset('secret', { ...fields('c'), ...tagged('people') }) }]),
      ])
      .expect(200);
    await test
      .as('admin')
      .graphql('mutation($d: JSON!) { policySetApply(documents: $d) { userErrors { message } } }', { d: POLICIES });
    await test.settle();
  });
  afterAll(() => test.close());

  const get = async (handle: string, path: string): Promise<{ status: number; body: Record<string, unknown> }> => {
    const { status, body } = await test.as(handle).get(path);
    return { status, body };
  };
  const ns = encodeURIComponent(NAMESPACE);
  const ids = (body: Record<string, unknown>): string[] => (body['graph'] as { id: string }[]).map(({ id }) => id);

  it('lists namespaces, datasets and jobs, one by one too', async () => {
    expect((await get('admin', '/api/v1/namespaces')).body).toMatchObject({
      namespaces: [{ name: 'flow' }, { name: NAMESPACE }],
    });
    expect((await get('admin', `/api/v1/namespaces/${ns}`)).body).toMatchObject({ name: NAMESPACE });
    expect((await get('admin', `/api/v1/namespaces/${ns}/datasets?limit=2`)).body).toMatchObject({
      totalCount: 3,
      datasets: [{ name: 'clean', fields: [{ name: 'b', type: 'int' }] }, { name: 'raw' }],
    });
    expect((await get('admin', `/api/v1/namespaces/${ns}/datasets?limit=2&offset=2`)).body).toMatchObject({
      datasets: [{ name: 'secret' }],
    });
    expect((await get('admin', `/api/v1/namespaces/${ns}/datasets/raw`)).body).toMatchObject({
      id: { namespace: NAMESPACE, name: 'raw' },
    });
    expect((await get('admin', '/api/v1/namespaces/flow/jobs/load')).body).toMatchObject({
      latestRun: { id: 'run-load', state: 'COMPLETED' },
    });
    expect((await get('admin', '/api/v1/namespaces/flow/jobs/load/runs')).body).toMatchObject({
      runs: [{ id: 'run-load' }],
    });
  });

  it('walks from a node id with colons in it, by datasets and jobs', async () => {
    const { body } = await get('admin', `/api/v1/lineage?nodeId=${encodeURIComponent(`dataset:${NAMESPACE}:clean`)}`);
    expect(ids(body)).toEqual([
      `dataset:${NAMESPACE}:clean`,
      `dataset:${NAMESPACE}:raw`,
      `dataset:${NAMESPACE}:secret`,
      'job:flow:hide',
      'job:flow:load',
    ]);
    const load = (body['graph'] as { id: string; inEdges: unknown; outEdges: unknown }[]).find(
      ({ id }) => id === 'job:flow:load',
    );
    expect(load).toMatchObject({
      inEdges: [{ origin: `dataset:${NAMESPACE}:raw`, destination: 'job:flow:load' }],
      outEdges: [{ origin: 'job:flow:load', destination: `dataset:${NAMESPACE}:clean` }],
    });
    expect((await get('admin', '/api/v1/lineage?nodeId=job:flow:load')).status).toBe(200);
  });

  it('walks columns', async () => {
    const { body } = await get(
      'admin',
      `/api/v1/column-lineage?nodeId=${encodeURIComponent(`dataset:${NAMESPACE}:clean`)}`,
    );
    expect(body['graph']).toMatchObject([
      { id: `datasetField:${NAMESPACE}:clean:b`, data: { inputFields: [{ dataset: 'raw', field: 'a' }] } },
      { id: `datasetField:${NAMESPACE}:raw:a`, outEdges: [{ destination: `datasetField:${NAMESPACE}:clean:b` }] },
    ]);
    const field = encodeURIComponent(`datasetField:${NAMESPACE}:raw:a`);
    expect(ids((await get('admin', `/api/v1/column-lineage?nodeId=${field}&withDownstream=true`)).body)).toHaveLength(
      2,
    );
  });

  it('searches', async () => {
    expect((await get('admin', '/api/v1/search?q=raw&filter=DATASET')).body).toMatchObject({
      totalCount: 1,
      results: [{ name: 'raw', type: 'DATASET', nodeId: `dataset:${NAMESPACE}:raw` }],
    });
  });

  it('hides what the policy hides, in lists, counts, walks and search, and answers like for what was made up', async () => {
    expect((await get('sally', `/api/v1/namespaces/${ns}/datasets`)).body).toMatchObject({ totalCount: 2 });
    expect(JSON.stringify((await get('sally', `/api/v1/namespaces/${ns}/datasets`)).body)).not.toContain('secret');
    const walk = await get('sally', `/api/v1/lineage?nodeId=${encodeURIComponent(`dataset:${NAMESPACE}:raw`)}`);
    expect(ids(walk.body)).toEqual([`dataset:${NAMESPACE}:clean`, `dataset:${NAMESPACE}:raw`, 'job:flow:load']);
    expect((await get('sally', '/api/v1/search?q=secret')).body).toMatchObject({ totalCount: 0 });
    for (const path of [
      `namespaces/${ns}/datasets/NAME`,
      `lineage?nodeId=dataset:${ns}:NAME`,
      `column-lineage?nodeId=dataset:${ns}:NAME`,
    ]) {
      const hidden = await get('sally', `/api/v1/${path.replace('NAME', 'secret')}`);
      const madeUp = await get('sally', `/api/v1/${path.replace('NAME', 'nobody')}`);
      expect(hidden.status).toBe(404);
      expect(JSON.stringify(hidden).replaceAll('secret', '')).toBe(JSON.stringify(madeUp).replaceAll('nobody', ''));
    }
    expect((await get('sally', '/api/v1/events/lineage')).status).toBe(403);
  });

  it('shows messages as they came, to operators', async () => {
    const { body } = await get('admin', '/api/v1/events/lineage?limit=1&sortDirection=asc');
    expect(body).toMatchObject({ totalCount: 2, events: [{ run: { runId: 'run-load' } }] });
  });

  it.each([
    ['lineage', 'nodeId'],
    ['lineage?nodeId=run:x:y', 'nodeId'],
    ['lineage?nodeId=dataset:a:b&depth=many', 'depth'],
    ['namespaces?limit=100000', 'limit'],
    ['search?q=x&filter=RUN', 'filter'],
    ['events/lineage?before=2026-01-01', 'before'],
  ])('refuses %s, and names the parameter', async (path, field) => {
    const { status, body } = await get('admin', `/api/v1/${path}`);
    expect(status).toBe(400);
    expect(body['error']).toMatchObject({ code: 'INVALID', field: [field] });
  });
});
