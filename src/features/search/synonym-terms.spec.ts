import { describe, expect, it } from 'vitest';
import { parseQuery } from './search-text.js';
import { phrasesOf, withSynonyms } from './synonym-terms.js';

const GROUPS = [
  ['customer', 'cust'],
  ['customer', 'client'],
  ['gross merchandise value', 'gmv'],
  ['value', 'val'],
];

describe('synonyms', () => {
  it('are looked for in every run of up to four words, but not in phrases', () => {
    expect(phrasesOf(parseQuery('a1 b').wanted)).toEqual(['a', 'a 1', 'a 1 b', '1', '1 b', 'b']);
    expect(phrasesOf(parseQuery('"customer value"').wanted)).toEqual([]);
  });

  it('are added to the word, both ways', () => {
    expect(withSynonyms(parseQuery('customer x').wanted, GROUPS)).toMatchObject([
      { words: ['customer'], also: [['cust'], ['client']] },
      { words: ['x'], also: [] },
    ]);
    expect(withSynonyms(parseQuery('client').wanted, GROUPS)).toMatchObject([{ also: [['customer']] }]);
    expect(withSynonyms(parseQuery('GMV').wanted, GROUPS)).toMatchObject([
      { also: [['gross', 'merchandise', 'value']] },
    ]);
  });

  it('take the longest expression', () => {
    expect(withSynonyms(parseQuery('daily gross merchandise value').wanted, GROUPS)).toMatchObject([
      { words: ['daily'] },
      { words: ['gross', 'merchandise', 'value'], also: [['gmv']], isPhrase: false },
    ]);
  });
});
