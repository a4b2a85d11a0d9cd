import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchesIn } from './search-highlights.js';
import { parseQuery } from './search-text.js';

function marked(text: string, query: string): string[] {
  const [match] = matchesIn([{ field: 'DESCRIPTION', text }], parseQuery(query).wanted);
  return (match?.highlights ?? []).map(({ start, length }) => (match?.text ?? '').slice(start, start + length));
}

describe('highlights', () => {
  it('mark words by stem, beginning and part of a name, where they stand', () => {
    expect(marked('The Orders of custOrderID, ordering élève', 'order eleve')).toEqual([
      'Orders',
      'Order',
      'ordering',
      'élève',
    ]);
    expect(marked('nothing here', 'order')).toEqual([]);
  });

  it('mark a name as a whole, whatever its separators', () => {
    const match = matchesIn([{ field: 'NAME', text: 'cust_order' }], parseQuery('custorder').wanted);
    expect(match).toEqual([{ field: 'NAME', text: 'cust_order', highlights: [{ start: 0, length: 10 }] }]);
  });

  it('cut a long text around the first match', () => {
    const [match] = matchesIn(
      [{ field: 'DESCRIPTION', text: `${'word '.repeat(200)}needle ${'word '.repeat(200)}` }],
      parseQuery('needle').wanted,
    );
    expect(match?.text).toMatch(/^…word .* needle .*…$/);
    expect(match?.text.length).toBeLessThan(250);
    expect(marked(`${'word '.repeat(200)}needle`, 'needle')).toEqual(['needle']);
  });

  it('stay inside any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 600 }), fc.string({ maxLength: 20 }), (text, query) => {
        for (const { text: shown, highlights } of matchesIn([{ field: 'NAME', text }], parseQuery(query).wanted)) {
          for (const { start, length } of highlights) {
            expect(start).toBeGreaterThanOrEqual(0);
            expect(length).toBeGreaterThan(0);
            expect(start + length).toBeLessThanOrEqual(shown.length);
          }
        }
      }),
    );
  });
});
