import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flowsOf, foldLineage, type StatementBody } from './lineage-fold.js';
import type { AssetRef, ColumnFlow, LineageStatement, StatedOutput } from './statement.js';

const dataset = (name: string): AssetRef => ({ kind: 'DATASET', namespace: 'db', name });
const flow = (source: string, target: string): ColumnFlow => ({
  source: dataset(source),
  sourcePath: 'x',
  target: dataset(target),
  targetPath: 'y',
  transformations: ['DIRECT/IDENTITY'],
  isDirect: true,
  isMasked: false,
});
const statement = (about: Partial<LineageStatement> & { minute?: number }): LineageStatement => ({
  origin: 'OBSERVED',
  job: { kind: 'JOB', namespace: 'flow', name: 'load' },
  run: 'r1',
  at: new Date(Date.UTC(2026, 0, 1, 0, about.minute ?? 0)),
  hash: 'h',
  inputs: [],
  outputs: [],
  mode: 'ACCUMULATE',
  ...about,
});
const fold = (...statements: LineageStatement[]): StatementBody => {
  const body = statements.reduce<StatementBody | null>((known, one) => foldLineage(known, one), null);
  if (!body) throw new Error('Nothing was said.');
  return body;
};
const edges = (body: StatementBody): string[] =>
  flowsOf(body)
    .ports.flatMap(({ inputs, outputs }) => inputs.flatMap((i) => outputs.map((o) => `${i.name} → ${o.name}`)))
    .sort();

describe('foldLineage', () => {
  it('lets inputs and outputs grow over the events of a run', () => {
    const body = fold(
      statement({ inputs: [dataset('a')] }),
      statement({ minute: 1, inputs: [dataset('b')], outputs: [{ asset: dataset('c') }] }),
    );
    expect(edges(body)).toEqual(['a → c', 'b → c']);
  });

  it('never leaks from one precise output to another', () => {
    const body = fold(
      statement({
        inputs: [dataset('a'), dataset('b')],
        outputs: [
          { asset: dataset('c'), columnFlows: [flow('a', 'c')] },
          { asset: dataset('d'), inputs: [dataset('b')] },
        ],
      }),
    );
    expect(edges(body)).toEqual(['a → c', 'b → d']);
  });

  it('lets a declaration replace the one before, whichever comes first', () => {
    const older = statement({ mode: 'REPLACE', inputs: [dataset('a')], outputs: [{ asset: dataset('c') }] });
    const newer = statement({ mode: 'REPLACE', minute: 1, inputs: [dataset('b')], outputs: [{ asset: dataset('c') }] });
    expect(edges(fold(older, newer))).toEqual(['b → c']);
    expect(edges(fold(newer, older))).toEqual(['b → c']);
  });

  it('keeps the inputs of an output whose columns were only read from SQL', () => {
    const output: StatedOutput = { asset: dataset('c'), columnFlows: [flow('a', 'c')], isInferred: true };
    const body = fold(statement({ inputs: [dataset('a'), dataset('b')], outputs: [output] }));
    expect(edges(body)).toEqual(['a → c', 'b → c']);
    expect(flowsOf(body).columnFlows).toHaveLength(1);
  });

  it('says the same in whatever order and number events come', () => {
    const name = fc.constantFrom('a', 'b', 'c');
    const output = fc
      .record({ asset: name.map(dataset), source: fc.option(name), isInferred: fc.boolean() })
      .map(({ asset, source, isInferred }): StatedOutput =>
        source === null
          ? { asset }
          : { asset, columnFlows: [flow(source, asset.name)], ...(isInferred ? { isInferred } : {}) },
      );
    const said = fc
      .record({
        minute: fc.nat({ max: 2 }),
        inputs: fc.array(name.map(dataset)),
        outputs: fc.array(output, { maxLength: 2 }),
      })
      // One message is one hash; an output is named once in it.
      .map((about) => ({ ...about, outputs: [...new Map(about.outputs.map((one) => [one.asset.name, one])).values()] }))
      .map((about) => statement({ ...about, hash: JSON.stringify(about) }));
    const mode = fc.constantFrom('ACCUMULATE' as const, 'REPLACE' as const);
    fc.assert(
      fc.property(
        fc.tuple(fc.array(said, { minLength: 1, maxLength: 6 }), mode).chain(([list, one]) => {
          const all = list.map((each) => ({ ...each, mode: one }));
          return fc.tuple(
            fc.constant(all),
            fc.shuffledSubarray([...all, ...all, ...all], { minLength: all.length * 3 }),
          );
        }),
        ([list, shuffled]) => {
          expect(fold(...shuffled)).toEqual(fold(...list));
        },
      ),
      { numRuns: 2000 },
    );
  });
});
