import fc from 'fast-check';
import { buildSchema, execute, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { inPieces, stringifyInPieces } from './pieces.js';

const schema = buildSchema('type Query { list: [Int] items: [Item] } type Item { at: Int }');

/** Turns of the event loop that others get until `work` is done. */
async function turnsDuring(work: () => Promise<unknown>): Promise<number> {
  let turns = 0;
  let isDone = false;
  const count = (): void => {
    turns += 1;
    if (!isDone) setImmediate(count);
  };
  setImmediate(count);
  await work();
  isDone = true;
  return turns;
}

describe('a long list', () => {
  it('is what it is without pieces', async () => {
    const list = Array.from({ length: 1777 }, (_, at) => at);
    const answer = await execute({ schema, document: parse('{ list }'), rootValue: { list: inPieces(list) } });
    expect(answer.data?.['list']).toEqual(list);
  });

  it('lets others have their turn between its pieces', async () => {
    const items = Array.from({ length: 2000 }, (_, at) => ({ at }));
    const ask = async (list: unknown): Promise<unknown> =>
      execute({ schema, document: parse('{ items { at } }'), rootValue: { items: list } });
    expect(await turnsDuring(() => ask(items))).toBeLessThanOrEqual(1);
    expect(await turnsDuring(() => ask(inPieces(items)))).toBeGreaterThanOrEqual(7);
  });

  it('of one piece costs no turn', () => {
    const list = [1, 2, 3];
    expect(inPieces(list)).toBe(list);
  });
});

describe('an answer written in pieces', () => {
  it('is what it is written at once', async () => {
    const leaf = fc.oneof(fc.jsonValue(), fc.constant(undefined));
    const list = fc
      .tuple(fc.array(fc.jsonValue(), { minLength: 1, maxLength: 4 }), fc.integer({ min: 0, max: 700 }))
      .map(([some, length]) => Array.from({ length }, (_, at) => some[at % some.length]));
    const answer = fc.record({
      data: fc.oneof(leaf, fc.dictionary(fc.string(), fc.oneof(leaf, list, fc.dictionary(fc.string(), list)))),
      errors: fc.oneof(leaf, list),
    });
    await fc.assert(
      fc.asyncProperty(answer, async (value) => {
        expect(await stringifyInPieces(value)).toBe(`${JSON.stringify(value)}\n`);
      }),
      { numRuns: 200 },
    );
  });

  it('lets others have their turn between the pieces of a list', async () => {
    const nodes = Array.from({ length: 2000 }, (_, at) => ({ at }));
    expect(await turnsDuring(() => stringifyInPieces({ data: { lineage: { nodes } } }))).toBeGreaterThanOrEqual(7);
  });
});
