import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pathsBetween, type Step } from './lineage-paths.js';

const node = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
const steps = fc.array(fc.record({ from: node, to: node }), { maxLength: 14 });

/** Every simple path, plainly. */
function allPaths(all: readonly Step[], path: readonly string[], end: string): string[][] {
  const at = path.at(-1);
  if (at === end) return [[...path]];
  const next = new Set(all.filter(({ from }) => from === at).map(({ to }) => to));
  return [...next].filter((to) => !path.includes(to)).flatMap((to) => allPaths(all, [...path, to], end));
}

describe('paths between two nodes', () => {
  it('are all simple paths within the bound, shortest first', () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 6 }), (all, maxHops) => {
        const expected = allPaths(all, ['a'], 'f').filter(({ length }) => length - 1 <= maxHops);
        const { paths, hasMore } = pathsBetween(all, { from: 'a', to: 'f' }, { maxHops, limit: 1000 });
        expect(paths.map(String).toSorted()).toEqual(expected.map(String).toSorted());
        expect(paths.map(({ length }) => length)).toEqual(
          expected.map(({ length }) => length).toSorted((a, b) => a - b),
        );
        expect(hasMore).toBe(false);
      }),
    );
  });

  it('are as many as asked for, and say that there are more', () => {
    const wide = ['b', 'c', 'd'].flatMap((middle) => [
      { from: 'a', to: middle },
      { from: middle, to: 'f' },
    ]);
    const found = pathsBetween(wide, { from: 'a', to: 'f' }, { maxHops: 9, limit: 2 });
    expect(found).toEqual({
      paths: [
        ['a', 'b', 'f'],
        ['a', 'c', 'f'],
      ],
      hasMore: true,
    });
  });

  it('come soon in a graph that holds more of them than atoms are in the world', () => {
    const layers = Array.from({ length: 40 }, (_, layer) => [`${layer}-x`, `${layer}-y`]);
    const many = layers.flatMap((from, at) =>
      from.flatMap((one) => (layers[at + 1] ?? []).map((to) => ({ from: one, to }))),
    );
    const found = pathsBetween(many, { from: '0-x', to: '39-y' }, { maxHops: 39, limit: 3 });
    expect(found.paths).toHaveLength(3);
    expect(found.hasMore).toBe(true);
  });
});
