import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DomainError } from '../../../../core/errors.js';
import type { ColumnFlow, Reading } from '../statement.js';
import { readOpenLineage } from './read-openlineage.js';

const base = { eventTime: '2026-01-01T00:00:00Z', producer: 'https://example.org/p', schemaURL: 'https://x#/RunEvent' };
const dataset = (name: string, facets: object = {}): object => ({ namespace: 'db', name, facets });
const run = (extra: object): unknown => ({
  ...base,
  eventType: 'COMPLETE',
  run: { runId: 'r' },
  job: { namespace: 'flow', name: 'load' },
  ...extra,
});
const about = (facets: object): Reading => readOpenLineage({ ...base, dataset: dataset('t', facets) });
const said = (reading: Reading, attribute: string): unknown[] =>
  reading.facts.filter((fact) => fact.attribute === attribute).map(({ value }) => value);
const flows = (facets: object): string[] => {
  const [statement] = readOpenLineage(run({ outputs: [dataset('out', facets)] })).lineage;
  const write = ({ source, sourcePath, targetPath, transformations, isMasked }: ColumnFlow): string =>
    `${source.name}.${sourcePath} → ${targetPath || '*'} ${transformations.join(' ')}${isMasked ? ' masked' : ''}`;
  return (statement?.outputs[0]?.columnFlows ?? []).map(write).sort();
};
const input = (field: string, ...transformations: object[]): object => ({
  namespace: 'db',
  name: 'in',
  field,
  transformations,
});

describe('readOpenLineage', () => {
  it.each([
    ['a run event', run({}), ['OBSERVED', 1]],
    ['a job event', run({ run: undefined }), ['DECLARED', 0]],
    ['a job event with `run: null`', run({ run: null }), ['DECLARED', 0]],
    ['a run event without a type', run({ eventType: undefined, inputs: [dataset('a')] }), ['OBSERVED', 1]],
  ])('tells by its shape that it is %s', (_, event, [origin, runs]) => {
    const reading = readOpenLineage({ ...(event as object), inputs: [dataset('a')] });
    expect(reading.lineage[0]?.origin).toBe(origin);
    expect(reading.runs).toHaveLength(Number(runs));
  });

  it('reads a dataset event as words about it, and no lineage', () => {
    const reading = about({ documentation: { description: 'What it is.' } });
    expect(said(reading, 'description')).toEqual(['What it is.']);
    expect(reading.lineage).toEqual([]);
  });

  it('keeps one-sided events: a job may only read, or only write', () => {
    expect(readOpenLineage(run({ inputs: [dataset('a')] })).lineage).toHaveLength(1);
    expect(readOpenLineage(run({ outputs: [dataset('a')] })).lineage).toHaveLength(1);
  });

  it.each([
    ['a number for a time', run({ eventTime: 5 }), "'eventTime' is 5."],
    ['a word for a time', run({ eventTime: 'soon' }), `'eventTime' is "soon".`],
    ['a run without a time', run({ eventTime: undefined }), "'eventTime' is missing."],
    ['a number for a run', run({ run: { runId: 7 } }), "'run.runId' is 7."],
    ['a list for a name', run({ job: { namespace: 'x', name: [] } }), "'job.name' is []."],
  ])('shows what it found: %s', (_, event, message) => {
    expect(() => readOpenLineage(event)).toThrow(message);
  });

  it.each([
    ['eventTime', run({ eventTime: undefined }), ['eventTime']],
    ['job.name', run({ job: { namespace: 'x' } }), ['job', 'name']],
    ['run.runId', run({ run: {} }), ['run', 'runId']],
    ['inputs.1.namespace', run({ inputs: [dataset('a'), { name: 'b' }] }), ['inputs', '1', 'namespace']],
  ])('refuses an event without %s, and names it', (field, event, path) => {
    expect(() => readOpenLineage(event)).toThrowError(expect.objectContaining({ code: 'INVALID', field: path }));
    expect(() => readOpenLineage(event)).toThrowError(`'${field}' is missing`);
  });

  it('flattens nested fields in their order', () => {
    const fields = [{ name: 'a', type: 'struct', fields: [{ name: 'b', type: 'int' }] }, { name: 'c' }];
    const [schema] = said(about({ schema: { fields } }), 'schema') as { path: string; ordinal: number }[][];
    expect(schema?.map(({ path, ordinal }) => [path, ordinal])).toEqual([
      ['a', 1],
      ['a.b', 2],
      ['c', 3],
    ]);
  });

  it('takes a facet back that is marked as deleted', () => {
    const reading = about({
      documentation: { _deleted: true },
      custom: { _deleted: true },
      schema: { _deleted: true },
    });
    for (const attribute of ['description', 'facet:custom', 'schema']) expect(said(reading, attribute)).toEqual([null]);
  });

  // datahub#11482
  it('complaint 9: what a new tags facet leaves out is taken back, of columns too', () => {
    const tags = (...list: object[]): Reading => about({ tags: { tags: list } });
    expect(
      said(tags({ key: 'pii', value: 'true', field: 'email' }, { key: 'gold', value: 'true' }), 'columnWords'),
    ).toEqual([{ email: { tags: ['pii'], terms: [], sensitivity: null } }]);
    expect(said(tags(), 'columnWords')).toEqual([{}]);
    expect(said(tags(), 'tags')).toEqual([[]]);
  });

  it('keeps facets that nobody knows as they are', () => {
    expect(said(about({ acme_x: { a: [1, null] } }), 'facet:acme_x')).toEqual([{ a: [1, null] }]);
  });
});

describe('lineage of columns', () => {
  it('reads transformations and masks', () => {
    const facet = {
      fields: {
        x: {
          inputFields: [
            input('a', { type: 'DIRECT', subtype: 'IDENTITY' }),
            input('b', { type: 'DIRECT', subtype: 'TRANSFORMATION', masking: true }),
            input(
              'c',
              { type: 'DIRECT', subtype: 'AGGREGATION', masking: true },
              { type: 'DIRECT', subtype: 'IDENTITY' },
            ),
            input('d', { type: 'INDIRECT', subtype: 'CONDITIONAL' }),
            input('e'),
          ],
        },
      },
    };
    expect(flows({ columnLineage: facet })).toEqual([
      'in.a → x DIRECT/IDENTITY',
      'in.b → x DIRECT/TRANSFORMATION masked',
      'in.c → x DIRECT/AGGREGATION DIRECT/IDENTITY',
      'in.d → x INDIRECT/CONDITIONAL',
      'in.e → x DIRECT/UNKNOWN',
    ]);
  });

  it('reads what influences the whole dataset, in the new form and in the old one that repeats it under every field', () => {
    const filter = input('f', { type: 'INDIRECT', subtype: 'FILTER' });
    const whole = { fields: { x: { inputFields: [input('a')] } }, dataset: [filter] };
    const repeated = { fields: { x: { inputFields: [input('a'), filter] }, y: { inputFields: [input('b'), filter] } } };
    expect(flows({ columnLineage: whole })).toContain('in.f → * INDIRECT/FILTER');
    expect(flows({ columnLineage: repeated })).toEqual([
      'in.a → x DIRECT/UNKNOWN',
      'in.b → y DIRECT/UNKNOWN',
      'in.f → * INDIRECT/FILTER',
    ]);
  });

  it('lifts what a client repeats under every field, also where the same source column gives its values', () => {
    const grouped = { type: 'INDIRECT', subtype: 'GROUP_BY' };
    const joined = { type: 'INDIRECT', subtype: 'JOIN' };
    const hash = { type: 'DIRECT', subtype: 'TRANSFORMATION', masking: true };
    const chosen = { type: 'INDIRECT', subtype: 'CONDITIONAL' };
    const fields = {
      x: { inputFields: [input('mail', hash, grouped), input('key', joined)] },
      y: { inputFields: [input('mail', grouped), input('key', joined, chosen)] },
    };
    expect(flows({ columnLineage: { fields } })).toEqual([
      'in.key → * INDIRECT/JOIN',
      'in.key → y INDIRECT/CONDITIONAL',
      'in.mail → * INDIRECT/GROUP_BY',
      'in.mail → x DIRECT/TRANSFORMATION masked',
    ]);
  });

  it('keeps a mask when the masked column has an influence besides', () => {
    const hash = { type: 'DIRECT', subtype: 'TRANSFORMATION', masking: true };
    const chosen = { type: 'INDIRECT', subtype: 'CONDITIONAL' };
    const split = { fields: { x: { inputFields: [input('mail', hash), input('mail', chosen)] } } };
    const joined = { fields: { x: { inputFields: [input('mail', chosen, hash)] } } };
    const expected = ['in.mail → x DIRECT/TRANSFORMATION INDIRECT/CONDITIONAL masked'];
    expect(flows({ columnLineage: split })).toEqual(expected);
    expect(flows({ columnLineage: joined })).toEqual(expected);
  });

  it('reads the oldest form', () => {
    const old = (transformationType: string): object => ({
      fields: { x: { inputFields: [input('a')], transformationType } },
    });
    expect(flows({ columnLineage: old('IDENTITY') })).toEqual(['in.a → x DIRECT/IDENTITY']);
    expect(flows({ columnLineage: old('MASKED') })).toEqual(['in.a → x DIRECT/TRANSFORMATION masked']);
  });

  it('believes the explicit lineage facet before column lineage, and that before inputs × outputs', () => {
    const explicit = {
      inputs: [{ namespace: 'db', name: 'said' }],
      fields: { x: { inputs: [{ namespace: 'db', name: 'said', field: 's' }] } },
    };
    const columns = { fields: { x: { inputFields: [input('a')] } } };
    expect(flows({ lineage: explicit, columnLineage: columns })).toEqual(['said.s → x DIRECT/UNKNOWN']);
    expect(flows({ columnLineage: columns })).toEqual(['in.a → x DIRECT/UNKNOWN']);
  });

  it('takes `inputs: []` at its word: nothing is upstream', () => {
    const [statement] = readOpenLineage({ ...base, dataset: dataset('t', { lineage: { inputs: [] } }) }).lineage;
    expect(statement?.outputs).toEqual([
      { asset: { kind: 'DATASET', namespace: 'db', name: 't' }, inputs: [], columnFlows: [], isExplicit: true },
    ]);
  });
});

describe('names', () => {
  it('reads symlinks and what a rename was before', () => {
    const facets = {
      symlinks: {
        identifiers: [{ namespace: 'hive', name: 'db.t', type: 'TABLE' }, { namespace: 'db', name: 't' }, {}],
      },
      lifecycleStateChange: { lifecycleStateChange: 'RENAME', previousIdentifier: { namespace: 'db', name: 'before' } },
    };
    const reading = about(facets);
    expect(reading.aliases?.map(({ origin, alias }) => `${origin} ${alias.namespace} ${alias.name}`)).toEqual([
      'SYMLINK hive db.t',
      'RENAME db before',
    ]);
    // A token that may write some namespaces only is checked against every name.
    expect(reading.assets.map(({ name }) => name)).toEqual(['t', 'db.t', 'before']);
    expect(reading.warnings.map(({ path }) => path)).toContain('symlinks.identifiers.2');
  });
});

describe('run facets', () => {
  it('are shown without what looks like a secret', () => {
    const facets = {
      environmentVariables: {
        environmentVariables: [
          { name: 'DB_PASSWORD', value: 'hunter2' },
          { name: 'DB_URL', value: 'postgres://app:hunter2@db:5432/shop' },
          { name: 'REGION', value: 'eu' },
        ],
      },
      executionParameters: {
        parameters: [
          { key: 'api_key', value: 'abc' },
          { key: 'day', value: 3 },
        ],
      },
    };
    const [{ facets: shown } = { facets: {} }] = readOpenLineage(run({ run: { runId: 'r', facets } })).runs;
    expect(shown).toEqual({
      environmentVariables: {
        environmentVariables: [
          { name: 'DB_PASSWORD', value: '***' },
          { name: 'DB_URL', value: 'postgres://app:***@db:5432/shop' },
          { name: 'REGION', value: 'eu' },
        ],
      },
      executionParameters: {
        parameters: [
          { key: 'api_key', value: '***' },
          { key: 'day', value: 3 },
        ],
      },
    });
  });
});

describe('whatever is sent', () => {
  const facets = fc.dictionary(
    fc.constantFrom(
      'schema',
      'tags',
      'ownership',
      'columnLineage',
      'lineage',
      'symlinks',
      'documentation',
      'x',
      '__proto__',
    ),
    fc.jsonValue({ maxDepth: 4 }),
  );
  const mostly = (usual: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
    fc.oneof({ weight: 9, arbitrary: usual }, { weight: 1, arbitrary: fc.jsonValue() });
  const name = mostly(fc.string({ minLength: 1 }));
  const named = fc.record({ namespace: name, name, facets: mostly(facets) }, { requiredKeys: ['namespace', 'name'] });
  const event = fc.record(
    {
      eventTime: mostly(fc.constant('2026-01-01T00:00:00Z')),
      eventType: mostly(fc.constant('START')),
      run: mostly(fc.record({ runId: fc.string(), facets: mostly(fc.dictionary(fc.string(), fc.jsonValue())) })),
      job: mostly(named),
      dataset: mostly(named),
      inputs: mostly(fc.array(named)),
      outputs: mostly(fc.array(named)),
    },
    { requiredKeys: ['eventTime'] },
  );

  it('is read, or refused with a reason', () => {
    let isRead = 0;
    fc.assert(
      fc.property(fc.oneof(event, fc.jsonValue()), (value) => {
        try {
          readOpenLineage(value);
          isRead += 1;
        } catch (error) {
          if (!(error instanceof DomainError) || error.message === '') throw error;
        }
      }),
      { numRuns: 3000 },
    );
    expect(isRead).toBeGreaterThan(100);
  });
});
