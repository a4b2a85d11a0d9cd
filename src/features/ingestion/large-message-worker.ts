import { parentPort, workerData } from 'node:worker_threads';
import { DomainError, Invalid } from '../../core/errors.js';
import { canonicalHash } from '../../platform/canonical-json.js';
import type { FromThread, LargeTask, ToThread } from './large-messages.js';
import { namespacesOf, warningsOf } from './message-check.js';
import { partsOf } from './readers/parts.js';
import { readMessage } from './readers/read-message.js';
import { readPrecisely } from './readers/read-precisely.js';
import type { Reading } from './readers/statement.js';
import { parseJson } from './request-body.js';
import type { StatementLineage } from './sql/resolve-sql.js';
import type { SqlTask } from './sql/sql-task.js';

/** One message in a thread of its own: parsing and reading tens of megabytes takes seconds and a lot of memory. */
const port = parentPort;
const task = workerData as LargeTask;
const waiting = new Map<number, (statements: readonly StatementLineage[]) => void>();
let asked = 0;
let parts: readonly Reading[] = [];

function tell(message: FromThread): void {
  port?.postMessage(message);
}

function resolve(sql: SqlTask): Promise<readonly StatementLineage[]> {
  asked += 1;
  tell({ type: 'SQL', id: asked, task: sql });
  return new Promise((done) => waiting.set(asked, done));
}

function check(): void {
  const { kind, bytes } = task;
  const message = parseJson(textOf(bytes));
  const reading = readMessage(kind, message);
  const hash = canonicalHash([kind, message]);
  tell({ type: 'CHECKED', hash, namespaces: namespacesOf(reading), warnings: warningsOf(reading) });
}

async function read(): Promise<void> {
  parts = partsOf(await readPrecisely(task.kind, JSON.parse(textOf(task.bytes)), resolve));
  tell({ type: 'READ', count: parts.length });
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Invalid('The body is not valid UTF-8.');
  }
}

port?.on('message', (message: ToThread) => {
  if (message.type === 'PART') tell({ type: 'PART', reading: parts[message.at] ?? null });
  if (message.type !== 'RESOLVED') return;
  waiting.get(message.id)?.(message.statements);
  waiting.delete(message.id);
});

try {
  if (task.type === 'CHECK') check();
  else await read();
} catch (error) {
  const reason = error instanceof Error ? error.message : 'unknown error';
  tell({ type: 'REFUSED', reason, field: error instanceof DomainError ? (error.field ?? null) : null });
}
