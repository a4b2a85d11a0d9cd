import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldName, nameParts, parseQuery, splitWords, type Term } from './search-text.js';

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

function term(words: string, rest: Partial<Term> = {}): Term {
  return { words: words.split(' '), isPhrase: words.includes(' '), isOptional: false, also: [], ...rest };
}

describe('parseQuery', () => {
  it('reads words, phrases and exclusions', () => {
    expect(parseQuery('custOrder "net amount" -old -"very stale" kebab-name')).toEqual({
      wanted: [term('cust'), term('order'), term('net amount'), term('kebab'), term('name')],
      excluded: [term('old'), term('very stale')],
      qualifiers: [],
      isBlank: false,
    });
  });

  it('reads qualifiers, and takes no address for one', () => {
    const query = parseQuery('orders tag:pii -owner:"ann lee" postgres://db:5432/x a:/b');
    expect(query.qualifiers).toEqual([
      { name: 'tag', value: 'pii', isExcluded: false },
      { name: 'owner', value: 'ann lee', isExcluded: true },
    ]);
    expect(query.wanted.flatMap(({ words }) => words)).toEqual(['orders', 'postgres', 'db', '5432', 'x', 'a', 'b']);
  });

  it('does not need the words that say nothing, unless there are no others', () => {
    expect(parseQuery('what is the margin').wanted).toEqual([
      term('what', { isOptional: true }),
      term('is', { isOptional: true }),
      term('the', { isOptional: true }),
      term('margin'),
    ]);
    expect(parseQuery('the').wanted).toEqual([term('the')]);
  });

  it('refuses more than 512 characters', () => {
    expect(() => parseQuery('a'.repeat(513))).toThrow('A search is at most 512 characters long, not 513.');
    expect(parseQuery('a'.repeat(512)).wanted).toHaveLength(1);
  });

  it.each(['', '   ', '!!!', '"', '""', '-', '--', '- - "', '%_\\', '-old'])(
    'finds nothing to look for in %j',
    (text) => {
      expect(parseQuery(text).wanted).toEqual([]);
    },
  );
});
