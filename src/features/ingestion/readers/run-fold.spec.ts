import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldRun, type RunState } from './run-fold.js';
import type { RunEventType, RunStatement } from './statement.js';

const JOB = { kind: 'JOB', namespace: 'flow', name: 'load' } as const;
const said = (eventType: RunEventType, minute: number, facets: Record<string, unknown> = {}): RunStatement => ({
  job: JOB,
  externalId: 'r1',
  eventTime: new Date(Date.UTC(2026, 0, 1, 0, minute)),
  eventType,
  facets,
});
const fold = (...statements: RunStatement[]): RunState | null =>
  statements.reduce<RunState | null>((known, statement) => foldRun(known, statement), null);
const at = (minute: number): string => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();

describe('foldRun', () => {
  it.each([
    ['START and COMPLETE', [said('START', 1), said('COMPLETE', 5)], 'COMPLETE', at(1), at(5)],
    ['COMPLETE without START', [said('COMPLETE', 5)], 'COMPLETE', null, at(5)],
    ['a START that comes late', [said('COMPLETE', 5), said('START', 1)], 'COMPLETE', at(1), at(5)],
    ['two STARTs', [said('START', 2), said('START', 1)], 'RUNNING', at(1), null],
    ['a stream without an end', [said('START', 1), said('RUNNING', 2), said('RUNNING', 9)], 'RUNNING', at(1), null],
    ['OTHER before anything', [said('OTHER', 1)], 'PENDING', null, null],
    [
      'a failure after which the client says that it is done',
      [said('FAIL', 5), said('COMPLETE', 6)],
      'FAIL',
      null,
      at(5),
    ],
    [
      'a failed run that was started again',
      [said('START', 1), said('FAIL', 5), said('START', 6), said('COMPLETE', 7)],
      'COMPLETE',
      at(1),
      at(7),
    ],
    ['a START after the only end', [said('START', 1), said('ABORT', 5), said('START', 6)], 'ABORT', at(1), at(5)],
    ['two equal ends: the later one', [said('COMPLETE', 5), said('COMPLETE', 6)], 'COMPLETE', null, at(6)],
    ['two ends at once: the worse one', [said('COMPLETE', 5), said('FAIL', 5)], 'FAIL', null, at(5)],
    ['RUNNING after the end', [said('COMPLETE', 5), said('RUNNING', 6)], 'COMPLETE', null, at(5)],
  ] as const)('knows %s', (_, statements, state, startedAt, endedAt) => {
    expect(fold(...statements)).toMatchObject({ state, startedAt, endedAt });
  });

  it('keeps of each facet the newest, and its parent and error', () => {
    const state = fold(
      said('START', 1, { parent: { run: { runId: 'p' } }, nominalTime: { a: 1 } }),
      said('FAIL', 2, { errorMessage: { message: 'No space.' }, nominalTime: { a: 2 } }),
    );
    expect(state).toMatchObject({ parentRun: 'p', errorMessage: 'No space.' });
    expect(state?.facets['nominalTime']?.value).toEqual({ a: 2 });
  });

  it('goes on from a run that was stored before its ends were kept one by one', () => {
    const { ends: _, lastStartAt: __, ...stored } = foldRun(null, said('FAIL', 5));
    expect(foldRun(stored, said('COMPLETE', 6))).toMatchObject({ state: 'FAIL', endedAt: at(5) });
  });

  it('ends in one state in whatever order and number events come', () => {
    const statement = fc
      .tuple(
        fc.constantFrom<RunEventType>('START', 'RUNNING', 'COMPLETE', 'FAIL', 'ABORT', 'OTHER'),
        fc.nat({ max: 3 }),
        fc.dictionary(
          fc.constantFrom('parent', 'errorMessage', 'x'),
          fc.constantFrom({ message: 'a' }, { run: { runId: 'b' } }, 1),
        ),
      )
      .map(([type, minute, facets]) => said(type, minute, facets));
    fc.assert(
      fc.property(
        fc
          .array(statement, { minLength: 1, maxLength: 8 })
          .chain((list) =>
            fc.tuple(
              fc.constant(list),
              fc.shuffledSubarray([...list, ...list, ...list], { minLength: list.length * 3 }),
            ),
          ),
        ([list, shuffled]) => {
          expect(fold(...shuffled)).toEqual(fold(...list));
        },
      ),
      { numRuns: 2000 },
    );
  });
});
