import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areToldApart, rootsOf, type Bond, type Named } from './merge.js';

const IDS = ['a', 'b', 'c', 'd', 'e', 'f'];
const named = (id: string, isDescribed = true): Named => ({ id, key: `key ${id}`, isDescribed });
const bond = (assetId: string, aliasId: string, isDirected = true): Bond => ({ assetId, aliasId, isDirected });

describe('rootsOf', () => {
  it('lets the name that others are aliases of stand for all of them, along the chain', () => {
    const roots = rootsOf([named('a'), named('b'), named('z')], [bond('z', 'a'), bond('a', 'b')]);
    expect(Object.fromEntries(roots)).toEqual({ a: 'z', b: 'z', z: 'z' });
  });

  it('prefers among spellings the one that somebody describes, then the first by key', () => {
    const spelled = [bond('a', 'b', false), bond('b', 'c', false)];
    expect(rootsOf([named('a', false), named('b'), named('c')], spelled).get('a')).toBe('b');
    expect(rootsOf([named('a'), named('b'), named('c')], spelled).get('c')).toBe('a');
  });

  it('shows the name that the newest rename gave, back and forth, in whatever order the renames are told', () => {
    const renamed = (to: string, from: string, day: number): Bond => ({
      ...bond(to, from),
      renamedAt: new Date(Date.UTC(2026, 0, day)),
    });
    const names = ['a', 'b', 'c'].map((id) => named(id));
    const there = [renamed('b', 'a', 1)];
    const back = [...there, renamed('a', 'b', 2)];
    const away = [...back, renamed('c', 'a', 3)];
    for (const [bonds, shown] of [
      [there, 'b'],
      [back, 'a'],
      [away, 'c'],
    ] as const) {
      expect(rootsOf(names, bonds).get('a')).toBe(shown);
      expect(rootsOf(names.toReversed(), bonds.toReversed())).toEqual(rootsOf(names, bonds));
    }
  });

  it('decides by key where every name is an alias of another', () => {
    expect(rootsOf([named('a'), named('b')], [bond('a', 'b'), bond('b', 'a')]).get('b')).toBe('a');
  });

  it('gives one root to all that are bound and only to them, in whatever order it is told', () => {
    const names = fc
      .uniqueArray(fc.constantFrom(...IDS), { minLength: 1 })
      .chain((ids) =>
        fc.tuple(
          fc.tuple(...ids.map((id) => fc.boolean().map((isDescribed) => named(id, isDescribed)))),
          fc.array(
            fc.tuple(
              fc.constantFrom(...ids),
              fc.constantFrom(...ids),
              fc.boolean(),
              fc.option(fc.date({ noInvalidDate: true })),
            ),
          ),
          fc.infiniteStream(fc.nat()),
        ),
      );
    fc.assert(
      fc.property(names, ([all, pairs, random]) => {
        const bonds = pairs
          .filter(([a, b]) => a !== b)
          .map(([a, b, isDirected, at]) => ({ ...bond(a, b, isDirected), ...(at && { renamedAt: at }) }));
        const shuffled = [...bonds, ...bonds]
          .map((one) => ({ one, at: random.next().value ?? 0 }))
          .toSorted((x, y) => x.at - y.at)
          .map(({ one }) => one);
        const roots = rootsOf(all, bonds);
        expect(rootsOf(all.toReversed(), shuffled)).toEqual(roots);
        for (const { assetId, aliasId } of bonds) expect(roots.get(assetId)).toBe(roots.get(aliasId));
        for (const [id, root] of roots) expect(isReachable(id, root, bonds)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

/** Plain search, written apart from the code under test. */
function isReachable(from: string, to: string, bonds: readonly Bond[]): boolean {
  const seen = new Set([from]);
  for (const id of seen)
    for (const { assetId, aliasId } of bonds) {
      if (assetId === id) seen.add(aliasId);
      if (aliasId === id) seen.add(assetId);
    }
  return seen.has(to);
}

describe('areToldApart', () => {
  const schema = (source: string, ...columns: string[]) => new Map([[source, new Set(columns)]]);

  it('takes one source that describes two different things at its word', () => {
    expect(areToldApart(schema('crawler', 'id', 'name'), schema('crawler', 'id', 'amount'))).toBe(true);
  });

  it('does not where one knows less than the other, or another source spoke', () => {
    expect(areToldApart(schema('crawler', 'id'), schema('crawler', 'id', 'amount'))).toBe(false);
    expect(areToldApart(schema('crawler', 'id', 'name'), schema('dbt', 'id', 'amount'))).toBe(false);
    expect(areToldApart(new Map(), schema('dbt', 'id'))).toBe(false);
  });
});
