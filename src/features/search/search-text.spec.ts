import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textQueries } from './search-query.js';
import { foldName, nameParts, parseQuery, splitWords } from './search-text.js';

describe('foldName', () => {
  it.each(['custOrderID', 'cust_order_id', 'Cust-Order-Id', 'cust order id', 'CUST_ORDER_ID', 'cust.order.id'])(
    'folds %s to one spelling',
    (name) => {
      expect(foldName(name)).toBe('cust order id');
    },
  );

  it('splits digits and acronyms, and drops accents', () => {
    expect(splitWords('HTTPServer2xx_Größe')).toEqual(['http', 'server', '2', 'xx', 'große']);
    expect(splitWords('Élève')).toEqual(['eleve']);
  });

  it('gives the same for what it has folded', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => foldName(foldName(text)) === foldName(text)));
  });
});

describe('nameParts', () => {
  it('divides at dots, or at slashes where there are any', () => {
    expect(nameParts('shop.public.orders')).toEqual(['shop', 'public', 'orders']);
    expect(nameParts('landing/2026/orders.csv')).toEqual(['landing', '2026', 'orders.csv']);
    expect(nameParts('..--..')).toEqual([]);
  });
});

describe('parseQuery', () => {
  it('reads words, phrases and exclusions', () => {
    expect(parseQuery('custOrder "net amount" -old -"very stale" kebab-name')).toEqual({
      wanted: [
        { words: ['cust'], isPhrase: false },
        { words: ['order'], isPhrase: false },
        { words: ['net', 'amount'], isPhrase: true },
        { words: ['kebab'], isPhrase: false },
        { words: ['name'], isPhrase: false },
      ],
      excluded: [
        { words: ['old'], isPhrase: false },
        { words: ['very', 'stale'], isPhrase: true },
      ],
    });
  });

  it('refuses more than 512 characters', () => {
    expect(() => parseQuery('a'.repeat(513))).toThrow('A search is at most 512 characters long, not 513.');
    expect(parseQuery('a'.repeat(512)).wanted).toHaveLength(1);
  });

  it.each(['', '   ', '!!!', '"', '""', '-', '--', '- - "', '%_\\', '-old'])(
    'finds nothing to look for in %j',
    (text) => {
      expect(textQueries(parseQuery(text))).toBeNull();
    },
  );
});
