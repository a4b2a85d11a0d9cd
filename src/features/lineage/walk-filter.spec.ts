import { describe, expect, it } from 'vitest';
import type { LineageEdge } from './lineage.service.js';
import { contracted } from './walk-filter.js';

const edge = (from: string, to: string, first = 1, last = 9): LineageEdge => ({
  from,
  to,
  job: null,
  origins: ['OBSERVED'],
  firstSeenAt: new Date(first),
  lastSeenAt: new Date(last),
  isContracted: false,
});

describe('what leads over assets that are not shown', () => {
  it('was there since the last of its flows was, and until the first of them was said last', () => {
    const { edges } = contracted(
      [edge('a', 'b', 3, 8), edge('b', 'c', 5, 6), edge('c', 'd', 4, 7)],
      new Set(['a', 'd']),
    );
    expect(edges).toEqual([{ ...edge('a', 'd', 5, 6), origins: [], isContracted: true }]);
  });

  it('comes to an end in a circle', () => {
    const circle = [edge('a', 'b'), edge('b', 'c'), edge('c', 'b'), edge('c', 'a')];
    expect(contracted(circle, new Set(['a'])).edges).toEqual([]);
  });

  it('is cut, and said to be, where a hub joins too much', () => {
    const places = Array.from({ length: 200 }, (_, place) => place);
    const around = places.flatMap((place) => [edge(`in-${place}`, 'hub'), edge('hub', `out-${place}`)]);
    const shown = new Set(places.flatMap((place) => [`in-${place}`, `out-${place}`]));
    const found = contracted(around, shown);
    expect(found.isCut).toBe(true);
    expect(found.edges).toHaveLength(20_000);
    const few = contracted(around.slice(0, 100), shown);
    expect(few).toMatchObject({ isCut: false, edges: { length: 2500 } });
  });
});
