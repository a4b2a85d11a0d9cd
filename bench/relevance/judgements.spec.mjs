import { describe, expect, it } from 'vitest';
import { HALVES, readJudgements, resolver } from './judgements.mjs';
import { RELEVANT } from './metrics.mjs';

const halves = HALVES.map(readJudgements);
const all = halves.flat();

describe('the judgements', () => {
  it('are many, and in two halves alike', () => {
    expect(all.length).toBeGreaterThanOrEqual(150);
    for (const kind of new Set(all.map((query) => query.kind))) {
      const [tune, test] = halves.map((half) => half.filter((query) => query.kind === kind).length);
      expect(Math.abs(tune - test)).toBeLessThanOrEqual(1);
    }
  });

  it('ask everything once', () => {
    const asked = all.map(({ ask }) => ask.toLowerCase());
    expect(asked.filter((ask, index) => asked.indexOf(ask) !== index)).toEqual([]);
  });

  it('know for every query what it is after, grade a key once, and leave room for all that is relevant', () => {
    const odd = all.filter(({ grades }) => {
      const relevant = grades.filter(({ grade }) => grade >= RELEVANT);
      const isDoubled = new Set(grades.map(({ key }) => key)).size < grades.length;
      return isDoubled || relevant.length > 10 || !grades.some(({ grade }) => grade === 3);
    });
    expect(odd).toEqual([]);
  });

  it('say of every exact name, and of nothing else, what may stand first', () => {
    expect(all.filter(({ kind, top }) => (kind === 'exact') !== top.length > 0)).toEqual([]);
  });
});

describe('a key', () => {
  const dataset = (id, name) => ({ id, kind: 'DATASET', namespace: 'snowflake://northlight-eu1', name });
  const assets = [
    dataset('1', 'analytics.raw.orders'),
    { ...dataset('2', 'analytics.raw.x'), displayName: 'Orders' },
    { ...dataset('3', 'analytics.raw.orders'), kind: 'JOB' },
  ];

  it('means what is called so in its place, by name or by the name that is shown', () => {
    expect(resolver(assets, { hasShowcase: false })('raw/ORDERS')).toEqual(['1', '2']);
  });

  it('means nothing when it is of the showcase and that is absent, and is an error otherwise', () => {
    expect(resolver(assets, { hasShowcase: false })('acme/orders')).toEqual([]);
    expect(() => resolver(assets, { hasShowcase: true })('acme/orders')).toThrow("nothing is called 'acme/orders'");
    expect(() => resolver(assets, { hasShowcase: false })('raw/order')).toThrow("nothing is called 'raw/order'");
  });
});
