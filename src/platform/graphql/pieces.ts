import { setImmediate as otherWork } from 'node:timers/promises';

/** About 5 ms of completing or writing down. */
const PIECE = 250;
/** How deep a list may lie in an answer to be written in pieces: `data`, the question, `nodes`. */
const LIST_DEPTH = 3;

/** Of all answers together, so that the pieces of two do not fall on each other. */
let turn: Promise<void> = Promise.resolve();

/**
 * A long list for GraphQL, of which only the first piece is completed at once, and each further one after whatever else waits
 * to be done: thousands of items in one go would hold up everybody.
 */
export function inPieces<Item>(items: readonly Item[]): readonly (Item | Promise<Item>)[] {
  if (items.length <= PIECE) return items;
  return items.map((item, at) => {
    if (at < PIECE) return item;
    if (at % PIECE === 0) turn = turn.then(() => otherWork());
    return turn.then(() => item);
  });
}

/** What `JSON.stringify` gives, and a line break, with other work between the pieces of long lists. */
export async function stringifyInPieces(answer: object): Promise<string> {
  return `${await written(answer, LIST_DEPTH)}\n`;
}

async function written(value: unknown, depth: number): Promise<string> {
  if (Array.isArray(value) && value.length > PIECE) return writtenList(value);
  if (depth === 0 || value === null || typeof value !== 'object' || Array.isArray(value)) return JSON.stringify(value);
  const parts: string[] = [];
  for (const [name, part] of Object.entries(value)) {
    if (part !== undefined) parts.push(`${JSON.stringify(name)}:${await written(part, depth - 1)}`);
  }
  return `{${parts.join(',')}}`;
}

async function writtenList(items: readonly unknown[]): Promise<string> {
  const pieces: string[] = [];
  for (let first = 0; first < items.length; first += PIECE) {
    if (first > 0) await otherWork();
    pieces.push(JSON.stringify(items.slice(first, first + PIECE)).slice(1, -1));
  }
  return `[${pieces.join(',')}]`;
}
