import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { manifestOf, node, type Nodes } from '../../src/features/ingestion/readers/dbt/artifacts.testing.js';
import { startTestApp, type TestApp } from '../support/app.js';

const MODELS = 80;

/** Above the size from which a message has a process of its own. */
function largeManifest(version: number): object {
  const words = 'What a person wrote about this model, at some length. '.repeat(600);
  const nodes: Nodes = Object.fromEntries(
    Array.from({ length: MODELS }, (_, at) => {
      const before = at === 0 ? 'eggs_by_hen' : `m${at - 1}`;
      const code = `select hen_id, eggs + ${at} as eggs from "farm"."public"."${before}"`;
      const parts = { description: words, code, parents: [`model.farm.${before}`] };
      return [`model.farm.m${at}`, node(12, 'model', `m${at}`, parts)];
    }),
  );
  return { manifest: manifestOf(version, { nodes }) };
}

const ref = (name: string): string => `dataset:postgres/${name}`;

describe('a large dbt message', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp({ accounts: [{ handle: 'robot', roles: ['admin'], ingestNamespaces: ['elsewhere'] }] });
  });
  afterAll(() => test.close());

  it('is kept as it came, and shown whole: assets, columns and what its SQL tells', async () => {
    const text = JSON.stringify(largeManifest(13));
    expect(text.length).toBeGreaterThan(2_000_000);
    const { body } = await test.as('admin').post('/api/v1/dbt', largeManifest(13)).expect(201);
    expect(body).toMatchObject({ accepted: 1, duplicates: 0, warnings: [{ path: 'manifest' }] });
    await test.settle();
    const kept = await test.database.queryOne<{ isSame: boolean; parts: number }>(
      `SELECT payload::text = $1 AS "isSame", jsonb_array_length(warnings) AS parts FROM raw_event`,
      [text],
    );
    expect(kept).toEqual({ isSame: true, parts: 1 });
    const { lineage, columnLineage, asset } = await test.as('admin').graphql<{
      lineage: { nodes: object[] };
      columnLineage: { nodes: { column: string }[] };
      asset: { presence: string; sources: { source: string; state: string }[] };
    }>(
      `query($r: String!) {
        asset(ref: $r) { presence sources { source state } }
        lineage(ref: $r, direction: UPSTREAM, maxHops: 20) { nodes { distance } }
        columnLineage(ref: $r, column: "eggs", direction: UPSTREAM, maxHops: 3) { nodes { column } } }`,
      { r: ref('farm.public.m15') },
    );
    expect(asset).toEqual({ presence: 'PRESENT', sources: [{ source: 'dbt:farm', state: 'PRESENT' }] });
    // m0 to m15, the model before them, and the two that is made of.
    expect(lineage.nodes).toHaveLength(19);
    expect(columnLineage.nodes.map(({ column }) => column)).toEqual(['eggs', 'eggs', 'eggs', 'eggs']);
  });

  it('is recognised when it comes again', async () => {
    const { body } = await test.as('admin').post('/api/v1/dbt', largeManifest(13)).expect(201);
    expect(body).toMatchObject({ accepted: 0, duplicates: 1 });
  });

  it('is refused with its field when it is none', async () => {
    const { body } = await test.as('admin').post('/api/v1/dbt', largeManifest(2)).expect(400);
    expect(body.error).toMatchObject({
      field: ['manifest'],
      message: expect.stringContaining('Manifest v2 is too old'),
    });
    const broken = `{"manifest": ${'['.repeat(10)}"${'x'.repeat(2_000_000)}"`;
    const answer = await test.as('admin').post('/api/v1/dbt', {}).send(broken).expect(400);
    expect(answer.body.error.message).toContain('not valid JSON');
  });

  it('is refused where its sender may not write, and to whoever may not send', async () => {
    await test.as('robot').post('/api/v1/dbt', largeManifest(12)).expect(403);
    expect((await test.database.query('SELECT FROM raw_event')).length).toBe(1);
  });

  it('ends in the same catalog when everything is projected anew', async () => {
    const before = await test.as('admin').dump();
    await test.as('admin').graphql('mutation { catalogRebuild { userErrors { message } } }');
    const isRebuilding = async (): Promise<boolean> => {
      const answer = await test
        .as('admin')
        .graphql<{ operations: { isRebuilding: boolean } }>('{ operations { isRebuilding } }');
      return answer.operations.isRebuilding;
    };
    while (await isRebuilding());
    await test.settle();
    expect(await test.as('admin').dump()).toBe(before);
  });
});
