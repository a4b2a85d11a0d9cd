import { DomainError, Invalid } from '../../core/errors.js';
import type { FromReader, LargeTask, Question, ToReader } from './large-messages.js';
import { partsOf } from './readers/parts.js';
import { readPrecisely, type ResolveSql } from './readers/read-precisely.js';
import type { Reading } from './readers/statement.js';
import type { CsvQuestions } from './csv-intake.js';
import { takeIn } from './take-in.js';

/** One message in a process of its own. Its task is the first argument, the message comes on the standard input. */
const task = JSON.parse(process.argv[2] ?? '') as LargeTask;
const waiting = new Map<number, (answer: unknown) => void>();
let asked = 0;
let parts: readonly Reading[] = [];

function tell(message: FromReader): void {
  process.send?.(message);
}

/** The service answers each question with what it asks for. */
function ask<Answer>(question: Question): Promise<Answer> {
  asked += 1;
  tell({ type: 'ASK', id: asked, question });
  return new Promise((done) => waiting.set(asked, done as (answer: unknown) => void));
}

const questions: CsvQuestions = {
  lookUp: (said) => ask({ about: 'NAMES', said }),
  known: (refs) => ask({ about: 'KNOWN', refs }),
};
const resolve: ResolveSql = (sql) => ask({ about: 'SQL', task: sql });

async function perform(): Promise<FromReader> {
  const text = await standardInput();
  if (task.type === 'TAKE_IN') return { type: 'TAKEN_IN', taken: await takeIn(task.task, text, questions) };
  parts = partsOf(await readPrecisely(task.kind, JSON.parse(text), resolve));
  return { type: 'READ', count: parts.length };
}

async function standardInput(): Promise<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let text = '';
  try {
    for await (const chunk of process.stdin as AsyncIterable<Buffer>) text += decoder.decode(chunk, { stream: true });
    return text + decoder.decode();
  } catch {
    throw new Invalid('The body is not valid UTF-8.');
  }
}

process.on('message', (message: ToReader) => {
  if (message.type === 'PART') tell({ type: 'PART', reading: parts[message.at] ?? null });
  if (message.type !== 'ANSWER') return;
  waiting.get(message.id)?.(message.answer);
  waiting.delete(message.id);
});
// The service went away, however it went.
process.on('disconnect', () => process.exit());
// Ctrl-C reaches every process of the terminal; the service decides when this one ends.
process.on('SIGINT', () => undefined);

try {
  tell(await perform());
} catch (error) {
  const reason = error instanceof Error ? error.message : 'unknown error';
  tell({ type: 'REFUSED', reason, field: error instanceof DomainError ? (error.field ?? null) : null });
}
