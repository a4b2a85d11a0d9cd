import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecentAnswers } from './recent-answers.js';

describe('RecentAnswers', () => {
  it('gives what was kept', () => {
    const recent = new RecentAnswers<number>({ maxCount: 2, maxWeight: 10 });
    recent.keep('a', 1, 1);
    expect([recent.find('a'), recent.find('b')]).toEqual([1, undefined]);
  });

  it('forgets what was not asked for the longest', () => {
    const recent = new RecentAnswers<number>({ maxCount: 2, maxWeight: 10 });
    recent.keep('a', 1, 1);
    recent.keep('b', 2, 1);
    recent.find('a');
    recent.keep('c', 3, 1);
    expect([recent.find('a'), recent.find('b'), recent.find('c')]).toEqual([1, undefined, 3]);
  });

  it('never keeps more than it may, whatever is kept in whatever order', () => {
    const keeps = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e'), fc.integer({ min: 0, max: 12 })));
    fc.assert(
      fc.property(keeps, (asked) => {
        const recent = new RecentAnswers<number>({ maxCount: 3, maxWeight: 10 });
        for (const [key, weight] of asked) recent.keep(key, weight, weight);
        const found = ['a', 'b', 'c', 'd', 'e'].flatMap((key) => recent.find(key) ?? []);
        expect(found.length).toBeLessThanOrEqual(3);
        expect(found.reduce((sum, weight) => sum + weight, 0)).toBeLessThanOrEqual(10);
        const [key, weight] = asked.at(-1) ?? ['none', 11];
        expect(recent.find(key)).toBe(weight <= 10 ? weight : undefined);
      }),
    );
  });
});
