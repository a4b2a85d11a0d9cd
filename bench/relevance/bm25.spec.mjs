import { describe, expect, it } from 'vitest';
import { bm25, wordsOf } from './bm25.mjs';

describe('bm25', () => {
  it('is what the formula gives by hand', () => {
    const search = bm25([
      { key: 'a', text: 'red red apple' },
      { key: 'b', text: 'green apple' },
      { key: 'c', text: 'pear' },
    ]);
    // Mean length 2. idf(red), in one of three: ln(1 + 2.5/1.5) = 0.98083. Twice in three words:
    // 0.98083 · 2 · 2.2 / (2 + 1.2 · (0.25 + 0.75 · 1.5)) = 1.18236.
    expect(search('red')).toEqual([{ key: 'a', score: expect.closeTo(1.18236, 4) }]);
    // idf(apple), in two of three: ln(1 + 1.5/2.5) = 0.47000. In two words: 0.47 · 2.2 / 2.2; in three: 0.47 · 2.2 / 2.65.
    expect(search('apple')).toEqual([
      { key: 'b', score: expect.closeTo(0.47, 4) },
      { key: 'a', score: expect.closeTo(0.39019, 4) },
    ]);
    expect(search('Red APPLE').map(({ key }) => key)).toEqual(['a', 'b']);
    expect(search('plum')).toEqual([]);
  });

  it('keeps the order of equals', () => {
    const search = bm25([
      { key: 'b', text: 'red' },
      { key: 'a', text: 'red' },
    ]);
    expect(search('red').map(({ key }) => key)).toEqual(['b', 'a']);
  });

  it('divides words where anything but letters and digits stands', () => {
    expect(wordsOf('dim_customers.E-Mail2 "Größe"')).toEqual(['dim', 'customers', 'e', 'mail2', 'größe']);
  });
});
