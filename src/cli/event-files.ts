import { createReadStream } from 'node:fs';
import { readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { text as textOf } from 'node:stream/consumers';
import { CliError, EXIT } from './cli-error.js';

/** One event of a file, or why there is none at that place. */
export interface FoundEvent {
  readonly file: string;
  /** Line of a line file, place in an array; null for a file that is one event. */
  readonly place: string | null;
  readonly event?: unknown;
  readonly problem?: string;
}

const MAX_BATCH_EVENTS = 200;
const MAX_BATCH_CHARACTERS = 4_000_000;

/** The file itself, or the files of a folder whose names match, in name order. @throws {CliError} when the path is not there. */
export async function* filesIn(path: string, pattern: RegExp): AsyncGenerator<string> {
  const found = await stat(path).catch(() => null);
  if (!found) throw new CliError(EXIT.USAGE, `There is no file or folder ${path}.`);
  if (!found.isDirectory()) {
    yield path;
    return;
  }
  const entries = await readdir(path, { withFileTypes: true });
  // Byte order, not the locale's: the same everywhere.
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    if (entry.isDirectory()) yield* filesIn(join(path, entry.name), pattern);
    else if (pattern.test(entry.name)) yield join(path, entry.name);
  }
}

export async function* eventsIn(path: string, stdin: Readable): AsyncGenerator<FoundEvent> {
  if (path === '-') {
    yield* eventsOfText('standard input', await textOf(stdin));
    return;
  }
  for await (const file of filesIn(path, /\.(json|ndjson|jsonl)$/)) {
    if (/\.(ndjson|jsonl)$/.test(file)) yield* eventsOfLines(file);
    else yield* eventsOfText(file, await readFile(file, 'utf8'));
  }
}

/** One event, an array of them, or (when neither) one a line. */
export function* eventsOfText(file: string, text: string): Generator<FoundEvent> {
  const parsed = parse(text);
  if ('problem' in parsed && isLines(text)) {
    yield* text.split('\n').flatMap((line, at) => eventOfLine(file, line, at + 1));
    return;
  }
  if ('problem' in parsed || !Array.isArray(parsed.event)) {
    yield { file, place: null, ...parsed };
    return;
  }
  for (const [at, event] of parsed.event.entries()) yield { file, place: `event ${at + 1}`, event };
}

async function* eventsOfLines(file: string): AsyncGenerator<FoundEvent> {
  const lines = createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY });
  let number = 0;
  for await (const line of lines) {
    number += 1;
    yield* eventOfLine(file, line, number);
  }
}

function eventOfLine(file: string, line: string, number: number): FoundEvent[] {
  return line.trim() === '' ? [] : [{ file, place: `line ${number}`, ...parse(line) }];
}

/** The first line is a whole value and something follows: lines, not a broken document. */
function isLines(text: string): boolean {
  const [first = '', ...rest] = text.trimStart().split('\n');
  return rest.length > 0 && !('problem' in parse(first));
}

function parse(text: string): { event: unknown } | { problem: string } {
  try {
    return { event: JSON.parse(text.replace(/^\uFEFF/, '')) as unknown };
  } catch (error) {
    return { problem: `not valid JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
}

/** Groups of at most 200 events and 4 million characters; a larger event goes alone. */
export async function* batchesOf(
  events: AsyncIterable<FoundEvent> | Iterable<FoundEvent>,
): AsyncGenerator<FoundEvent[]> {
  let batch: FoundEvent[] = [];
  let size = 0;
  for await (const found of events) {
    const length = found.problem === undefined ? JSON.stringify(found.event).length : 0;
    const isFull = batch.length >= MAX_BATCH_EVENTS || (batch.length > 0 && size + length > MAX_BATCH_CHARACTERS);
    if (isFull) {
      yield batch;
      batch = [];
      size = 0;
    }
    batch.push(found);
    size += length;
  }
  if (batch.length > 0) yield batch;
}
