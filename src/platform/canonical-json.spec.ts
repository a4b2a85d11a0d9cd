import fc from 'fast-check';
import { expect, it } from 'vitest';
import { canonicalHash, canonicalHashInPieces } from './canonical-json.js';

it('hashes in pieces what it hashes whole', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 8, stringUnit: 'binary' }), (text) => {
      const value: unknown = JSON.parse(text);
      expect(canonicalHashInPieces(value)).toEqual(canonicalHash(value));
    }),
  );
  const odd = { b: { '\u20ac': [], '\r': {}, '1': [[[[[{ z: 1, a: null }]]]]], toJSON: 'a word' }, a: [] };
  expect(canonicalHashInPieces(odd)).toEqual(canonicalHash(odd));
});
