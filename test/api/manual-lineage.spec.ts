import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.js';
import { rebuildCatalog } from '../support/rebuild.js';

const ref = (name: string): string => `dataset:db/${name}`;
const dataset = (name: string): object => ({
  eventTime: '2026-03-01T00:00:00Z',
  dataset: { namespace: 'db', name, facets: { documentation: { description: name } } },
});
const ADD = `mutation ($from: String!, $to: String!, $reason: String!) {
  lineageEdgeAdd(from: $from, to: $to, reason: $reason) { edge { from { name } to { name } reason addedBy } sequence userErrors { code field } } }`;
const REMOVE = ADD.replace('lineageEdgeAdd', 'lineageEdgeRemove').replace('addedBy', 'addedBy endedBy endReason');
const UP = `query ($ref: String!, $min: String) {
  lineage(ref: $ref, direction: UPSTREAM, minSequence: $min) { nodes { asset { name } } edges { origins job { id } } } }`;

let test: TestApp;
beforeAll(async () => {
  test = await startTestApp({ accounts: [{ handle: 'nora' }] });
  await test.as('admin').post('/api/v1/lineage/batch', ['a', 'b', 'c'].map(dataset)).expect(200);
  await test.settle();
});
afterAll(() => test.close());

interface Outcome {
  readonly edge: object;
  readonly sequence: string;
  readonly userErrors: readonly object[];
}
const say = (mutation: string, from: string, reason = 'A script on a desk.'): Promise<Record<string, Outcome>> =>
  test.as('admin').graphql(mutation, { from: ref(from), to: ref('c'), reason });
const upstream = (min: string | null = null): Promise<unknown> => test.as('admin').graphql(UP, { ref: ref('c'), min });

describe('a flow that a person says', () => {
  it('is in the lineage with its origin, and survives a rebuild', async () => {
    const added = (await say(ADD, 'a'))['lineageEdgeAdd'];
    expect(added).toMatchObject({
      edge: { from: { name: 'a' }, to: { name: 'c' }, reason: 'A script on a desk.', addedBy: 'admin' },
      userErrors: [],
    });
    const expected = {
      lineage: {
        nodes: [{ asset: { name: 'c' } }, { asset: { name: 'a' } }],
        edges: [{ origins: ['MANUAL'], job: null }],
      },
    };
    expect(await upstream(added?.sequence)).toEqual(expected);
    await rebuildCatalog(test);
    expect(await upstream()).toEqual(expected);
  });

  it('is one beside others, and goes alone, with its reason on record', async () => {
    await say(ADD, 'b');
    expect(await upstream()).toMatchObject({ lineage: { nodes: [{}, {}, {}] } });
    const removed = (await say(REMOVE, 'a', 'The desk is empty.'))['lineageEdgeRemove'];
    expect(removed?.edge).toMatchObject({ endedBy: 'admin', endReason: 'The desk is empty.' });
    expect(await upstream(removed?.sequence)).toMatchObject({
      lineage: { nodes: [{ asset: { name: 'c' } }, { asset: { name: 'b' } }] },
    });
    const { manualEdges } = await test
      .as('admin')
      .graphql<{ manualEdges: object[] }>(
        `query ($ref: String!) { manualEdges(ref: $ref) { from { name } endedBy } }`,
        {
          ref: ref('c'),
        },
      );
    expect(manualEdges).toEqual([
      { from: { name: 'b' }, endedBy: null },
      { from: { name: 'a' }, endedBy: 'admin' },
    ]);
    const audited = await test.database.query(
      `SELECT action FROM audit_log WHERE action LIKE 'lineage.%' ORDER BY seq`,
    );
    expect(audited).toEqual([
      { action: 'lineage.edgeAdded' },
      { action: 'lineage.edgeAdded' },
      { action: 'lineage.edgeRemoved' },
    ]);
  });

  it('needs a reason, two assets, the right to edit, and to be new', async () => {
    const errors = async (mutation: string, from: string, reason?: string): Promise<unknown> =>
      Object.values(await say(mutation, from, reason))[0]?.userErrors;
    expect(await errors(ADD, 'a', ' ')).toEqual([{ code: 'INVALID', field: ['reason'] }]);
    expect(await errors(ADD, 'c')).toEqual([{ code: 'INVALID', field: ['to'] }]);
    expect(await errors(ADD, 'nothing')).toEqual([{ code: 'NOT_FOUND', field: ['ref'] }]);
    expect(await errors(ADD, 'b')).toEqual([{ code: 'CONFLICT', field: ['from'] }]);
    expect(await errors(REMOVE, 'a')).toEqual([{ code: 'NOT_FOUND', field: ['from'] }]);
    const { body } = await test.as('nora').graphqlRaw(ADD, { from: ref('a'), to: ref('c'), reason: 'x' });
    expect(['FORBIDDEN', 'NOT_FOUND']).toContain(body.data.lineageEdgeAdd.userErrors[0].code);
  });
});
