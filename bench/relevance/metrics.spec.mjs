import { describe, expect, it } from 'vitest';
import { mean, ndcg, recall, reciprocalRank } from './metrics.mjs';

const GRADES = new Map([
  ['a', 3],
  ['b', 2],
  ['c', 3],
  ['d', 0],
  ['e', 1],
  ['f', 2],
]);
const NOTHING = new Map();

describe('ndcg', () => {
  it('is that of the textbook example with grades 3 2 3 0 1 2', () => {
    // DCG 7 + 3/log2(3) + 7/2 + 0 + 1/log2(6) + 3/log2(7) = 13.848; of 3 3 2 2 1 0 it is 14.595.
    expect(ndcg(['a', 'b', 'c', 'd', 'e', 'f'], GRADES)).toBeCloseTo(13.848 / 14.595, 3);
  });

  it('is 1 for the best order, whichever of equals comes first', () => {
    expect(ndcg(['c', 'a', 'f', 'b', 'e', 'd'], GRADES)).toBe(1);
  });

  it('is 1/log2(3) when the only asset wanted comes second', () => {
    expect(ndcg(['x', 'a'], new Map([['a', 3]]))).toBeCloseTo(0.6309, 4);
  });

  it('does not look below its depth, nor does the best order', () => {
    expect(ndcg(['x', 'a'], GRADES, 1)).toBe(0);
    // 3 at rank 1 of depth 1 cannot be bettered.
    expect(ndcg(['a'], GRADES, 1)).toBe(1);
  });

  it('counts what comes again once, and its place as lost', () => {
    const two = new Map([
      ['a', 3],
      ['b', 3],
    ]);
    // 7 + 7/log2(4) = 10.5 of 7 + 7/log2(3) = 11.4165.
    expect(ndcg(['a', 'a', 'b'], two)).toBeCloseTo(10.5 / 11.4165, 4);
  });

  it('is 0 for an empty ranking and where nothing is wanted', () => {
    expect(ndcg([], GRADES)).toBe(0);
    expect(ndcg(['a'], NOTHING)).toBe(0);
  });
});

describe('reciprocalRank', () => {
  it('is one over the rank of the first relevant, not of what merely has to do with it', () => {
    expect(reciprocalRank(['e', 'd', 'b', 'a'], GRADES)).toBeCloseTo(1 / 3);
    expect(reciprocalRank(['a', 'b'], GRADES)).toBe(1);
  });

  it('is 0 where the first relevant is below its depth', () => {
    expect(reciprocalRank(['d', 'e', 'a'], GRADES, 2)).toBe(0);
  });
});

describe('recall', () => {
  it('is the share of the relevant that was found', () => {
    // Relevant are a, b, c and f; e is not, and a second a is no second asset.
    expect(recall(['a', 'a', 'e', 'b'], GRADES)).toBe(0.5);
    expect(recall(['a', 'b', 'c', 'f'], GRADES, 2)).toBe(0.5);
    expect(recall(['a'], NOTHING)).toBe(0);
  });
});

describe('mean', () => {
  it('is the arithmetic one, of nothing 0', () => {
    // The MRR of ranks 3, 2 and 1 is 11/18.
    expect(mean([1 / 3, 1 / 2, 1])).toBeCloseTo(11 / 18);
    expect(mean([])).toBe(0);
  });
});
