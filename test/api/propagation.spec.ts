import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.js';

const ref = (name: string): string => `dataset:db/${name}`;
const flow = (from: string, masking = false): object => ({
  namespace: 'db',
  name: from.split('.')[0],
  field: from.split('.')[1],
  transformations: [{ type: 'DIRECT', subtype: 'TRANSFORMATION', masking }],
});
const table = (name: string, fields: string[], facets: object = {}): object => ({
  namespace: 'db',
  name,
  facets: { schema: { fields: fields.map((field) => ({ name: field, type: 'text' })) }, ...facets },
});
const said = (at: number, inputs: object[], outputs: object[]): object => ({
  eventType: 'COMPLETE',
  eventTime: `2026-03-01T00:0${at}:00Z`,
  run: { runId: `run-${at}` },
  job: { namespace: 'flow', name: `job-${at}` },
  inputs,
  outputs,
});
const columns = (fields: Record<string, object[]>): object => ({
  columnLineage: {
    fields: Object.fromEntries(Object.entries(fields).map(([name, inputFields]) => [name, { inputFields }])),
  },
});
const tags = (at: number, ...list: { key: string; value: string }[]): object => ({
  eventTime: `2026-03-01T00:1${at}:00Z`,
  dataset: table('raw', ['email', 'age'], { tags: { tags: list.map((tag) => ({ ...tag, field: 'email' })) } }),
});
const pii = { key: 'pii', value: 'true' };
const secret = { key: 'sensitivity', value: 'RESTRICTED' };

/** raw.email → clean.contact → report.who, raw.email ⇒ (masked) clean.digest → report.digest */
const EVENTS = [
  said(
    1,
    [table('raw', ['email', 'age'])],
    [
      table(
        'clean',
        ['contact', 'digest', 'years'],
        columns({ contact: [flow('raw.email')], digest: [flow('raw.email', true)], years: [flow('raw.age')] }),
      ),
    ],
  ),
  said(
    2,
    [table('clean', ['contact', 'digest', 'years'])],
    [table('report', ['who', 'digest'], columns({ who: [flow('clean.contact')], digest: [flow('clean.digest')] }))],
  ),
];

let test: TestApp;
beforeAll(async () => {
  test = await startTestApp();
  await test
    .as('admin')
    .post('/api/v1/lineage/batch', [...EVENTS, tags(0, pii, secret)])
    .expect(200);
  await test.settle();
});
afterAll(() => test.close());

async function words(name: string): Promise<unknown> {
  const QUERY = `query ($ref: String!) {
    propagatedWords(ref: $ref) { truncated words { column kind value via { asset { name } column } } } }`;
  interface Answer {
    readonly propagatedWords: {
      readonly words: readonly {
        column: string;
        kind: string;
        value: string;
        via: { asset: { name: string }; column: string }[];
      }[];
    };
  }
  const { propagatedWords } = await test.as('admin').graphql<Answer>(QUERY, { ref: ref(name) });
  return propagatedWords.words.map(({ column, kind, value, via }) => [
    `${column} ${kind} ${value}`,
    via.map((step) => `${step.asset.name}.${step.column}`).join(' '),
  ]);
}

describe('words about columns', () => {
  it('come with the values, say why, and stop at a mask', async () => {
    expect(await words('report')).toEqual([
      ['who SENSITIVITY RESTRICTED', 'raw.email clean.contact report.who'],
      [expect.stringMatching(/^who TAG pii/), 'raw.email clean.contact report.who'],
    ]);
    expect(await words('raw')).toEqual([]);
  });

  it('go when their cause goes', async () => {
    await test
      .as('admin')
      .post('/api/v1/lineage/batch', [tags(1, secret)])
      .expect(200);
    await test.settle();
    expect(await words('report')).toEqual([['who SENSITIVITY RESTRICTED', 'raw.email clean.contact report.who']]);
    const gone = { ...said(3, [], []), eventType: undefined, run: undefined, job: undefined };
    const drop = table('raw', ['email', 'age'], { lifecycleStateChange: { lifecycleStateChange: 'DROP' } });
    await test
      .as('admin')
      .post('/api/v1/lineage/batch', [
        { ...gone, eventTime: '2026-03-02T00:00:00Z', dataset: drop, inputs: undefined, outputs: undefined },
      ])
      .expect(200);
    await test.settle();
    expect(await words('report')).toEqual([]);
  });
});
