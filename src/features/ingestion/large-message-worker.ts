import { DomainError, Invalid } from '../../core/errors.js';
import { canonicalHashInPieces } from '../../platform/canonical-json.js';
import type { FromReader, LargeTask, ToReader } from './large-messages.js';
import { namespacesOf, warningsOf } from './message-check.js';
import { partsOf } from './readers/parts.js';
import { readMessage } from './readers/read-message.js';
import { readPrecisely } from './readers/read-precisely.js';
import type { Reading } from './readers/statement.js';
import { parseJson } from './request-body.js';
import type { StatementLineage } from './sql/resolve-sql.js';
import type { SqlTask } from './sql/sql-task.js';

/** One message in a process of its own. Its task is in the arguments, the message comes on the standard input. */
const [, , type, kind] = process.argv as [string, string, LargeTask['type'], LargeTask['kind']];
const waiting = new Map<number, (statements: readonly StatementLineage[]) => void>();
let asked = 0;
let parts: readonly Reading[] = [];

function tell(message: FromReader): void {
  process.send?.(message);
}

function resolve(task: SqlTask): Promise<readonly StatementLineage[]> {
  asked += 1;
  tell({ type: 'SQL', id: asked, task });
  return new Promise((done) => waiting.set(asked, done));
}

async function check(): Promise<void> {
  const message = parseJson(await standardInput());
  const hash = canonicalHashInPieces([kind, message]);
  const reading = readMessage(kind, message);
  tell({ type: 'CHECKED', hash, namespaces: namespacesOf(reading), warnings: warningsOf(reading) });
}

async function read(): Promise<void> {
  parts = partsOf(await readPrecisely(kind, JSON.parse(await standardInput()), resolve));
  tell({ type: 'READ', count: parts.length });
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
  if (message.type !== 'RESOLVED') return;
  waiting.get(message.id)?.(message.statements);
  waiting.delete(message.id);
});
// The service went away, however it went.
process.on('disconnect', () => process.exit());
// Ctrl-C reaches every process of the terminal; the service decides when this one ends.
process.on('SIGINT', () => undefined);

try {
  if (type === 'CHECK') await check();
  else await read();
} catch (error) {
  const reason = error instanceof Error ? error.message : 'unknown error';
  tell({ type: 'REFUSED', reason, field: error instanceof DomainError ? (error.field ?? null) : null });
}
