import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BrokenJson, jsonValues } from './json-values.js';

async function valuesOf(text: string, cuts: readonly number[] = []): Promise<unknown[]> {
  const places = [0, ...cuts.map((cut) => cut % (text.length + 1)).toSorted((a, b) => a - b), text.length];
  async function* chunks(): AsyncGenerator<string> {
    for (const [at, start] of places.slice(0, -1).entries()) yield text.slice(start, places[at + 1]);
  }
  const values: unknown[] = [];
  for await (const value of jsonValues(chunks())) values.push(value);
  return values;
}

describe('jsonValues', () => {
  const objects = fc.array(fc.dictionary(fc.string(), fc.jsonValue()));
  const cuts = fc.array(fc.nat(), { maxLength: 5 });

  it('cuts an array into its elements, wherever the text is cut', async () => {
    await fc.assert(
      fc.asyncProperty(objects, cuts, fc.constantFrom(0, 2), async (given, places, indent) => {
        expect(await valuesOf(JSON.stringify(given, null, indent), places)).toEqual(JSON.parse(JSON.stringify(given)));
      }),
    );
  });

  it('takes values one a line, and one alone', async () => {
    await fc.assert(
      fc.asyncProperty(objects, cuts, async (given, places) => {
        const text = given.map((each) => JSON.stringify(each)).join('\n');
        expect(await valuesOf(text, places)).toEqual(JSON.parse(JSON.stringify(given)));
      }),
    );
    expect(await valuesOf('\uFEFF {\n "a": [1, {"b": "]},\\""}]\n}\n')).toEqual([{ a: [1, { b: ']},"' }] }]);
  });

  it('passes on what is no object', async () => {
    expect(await valuesOf('[1, "a,b", null, [2, [3]]]')).toEqual([1, 'a,b', null, [2, [3]]]);
    expect(await valuesOf('[]')).toEqual([]);
    expect(await valuesOf(' ')).toEqual([]);
  });

  it.each(['[{"a": 1}', '{"a": ', '[{"a": "x', '[{"a" 1}]', '[{}] {', '{}}'])(
    'says that %s is broken',
    async (text) => {
      await expect(valuesOf(text)).rejects.toThrow(BrokenJson);
    },
  );
});
