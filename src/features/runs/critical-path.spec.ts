import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { criticalPath, inOrder, workOf, type Step } from './critical-path.js';

const step = (id: string, [startedAt, endedAt]: readonly [number, number], ...waitsFor: string[]): Step => ({
  id,
  startedAt,
  endedAt,
  waitsFor,
});

describe('the critical path', () => {
  it('is the chain that took longest, whatever else took long beside it', () => {
    const steps = [
      step('extract', [0, 10]),
      step('slow', [0, 25]),
      step('transform', [10, 30], 'extract'),
      step('load', [31, 36], 'transform', 'slow'),
    ];
    expect(criticalPath(steps)).toEqual(['extract', 'transform', 'load']);
    expect(criticalPath([])).toEqual([]);
  });

  it('is not led astray by steps that wait for each other', () => {
    expect(criticalPath([step('a', [0, 5], 'b'), step('b', [1, 4], 'a')])).toEqual(['a', 'b']);
    expect(criticalPath([step('a', [0, 5], 'a', 'nowhere')])).toEqual(['a']);
  });

  it('is as long as the longest of all chains, tried one by one', () => {
    const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
    const arbitrary = fc.tuple(
      ...ids.map((id) =>
        fc
          .record({ start: fc.nat(20), work: fc.nat(20), waitsFor: fc.subarray(ids) })
          .map(({ start, work, waitsFor }) => step(id, [start, start + work], ...waitsFor)),
      ),
    );
    fc.assert(
      fc.property(arbitrary, (steps) => {
        const byId = new Map(steps.map((one) => [one.id, one]));
        const order = inOrder(steps).map(({ id }) => id);
        const longestTo = (id: string): number => {
          const one = byId.get(id);
          if (!one) return 0;
          const earlier = one.waitsFor.filter((other) => order.indexOf(other) < order.indexOf(id));
          return workOf(one) + Math.max(0, ...earlier.map(longestTo));
        };
        const path = criticalPath(steps).flatMap((id) => byId.get(id) ?? []);
        expect(path.reduce((sum, one) => sum + workOf(one), 0)).toBe(Math.max(...ids.map(longestTo)));
        path.slice(1).forEach((one, at) => expect(one.waitsFor).toContain(path[at]?.id));
      }),
    );
  });
});
