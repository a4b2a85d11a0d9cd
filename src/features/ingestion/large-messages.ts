import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { Invalid } from '../../core/errors.js';
import type { RawKind, Reading } from './readers/statement.js';
import type { StatementLineage } from './sql/resolve-sql.js';
import { SqlLineage } from './sql/sql-lineage.js';
import type { SqlTask } from './sql/sql-task.js';

/** From here on a message has a thread of its own; below, starting one takes longer than reading it. */
const LARGE = 2_000_000;
/** A message of 64 MiB needs about 1 GiB while it is read. */
const MAX_HEAP_MB = 3072;

export function isLarge(length: number): boolean {
  return length >= LARGE;
}

export interface LargeTask {
  readonly type: 'CHECK' | 'READ';
  readonly kind: RawKind;
  /** UTF-8. */
  readonly bytes: Uint8Array;
}

export type ToThread =
  | { readonly type: 'PART'; readonly at: number }
  | { readonly type: 'RESOLVED'; readonly id: number; readonly statements: readonly StatementLineage[] };

export type FromThread =
  | {
      readonly type: 'CHECKED';
      readonly hash: Uint8Array;
      readonly namespaces: readonly string[];
      readonly warnings: Reading['warnings'];
    }
  | { readonly type: 'READ'; readonly count: number }
  | { readonly type: 'PART'; readonly reading: Reading | null }
  | { readonly type: 'SQL'; readonly id: number; readonly task: SqlTask }
  | { readonly type: 'REFUSED'; readonly reason: string; readonly field: readonly string[] | null };

export interface CheckedBytes {
  readonly hash: Buffer;
  readonly namespaces: readonly string[];
  readonly warnings: Reading['warnings'];
}

/** What a large message says, held by its thread and handed over in parts. */
export class LargeReading {
  constructor(
    private readonly thread: Thread,
    private readonly count: number,
  ) {}

  /** As often as one likes, until it is closed. */
  async *parts(): AsyncGenerator<Reading> {
    for (let at = 0; at < this.count; at += 1) {
      const answer = await this.thread.ask({ type: 'PART', at });
      if (answer.type === 'PART' && answer.reading) yield answer.reading;
    }
  }

  async close(): Promise<void> {
    await this.thread.end();
  }
}

/** Parses, checks and reads large messages off the event loop, one thread a message. */
@Injectable()
export class LargeMessages implements BeforeApplicationShutdown {
  private readonly threads = new Set<Thread>();

  constructor(private readonly sql: SqlLineage) {}

  /** @throws Invalid when the message is none of its kind. */
  async check(kind: RawKind, bytes: Uint8Array): Promise<CheckedBytes> {
    const thread = this.start({ type: 'CHECK', kind, bytes });
    try {
      const answer = await thread.next();
      if (answer.type !== 'CHECKED') throw new Error(`A message was checked, and the thread answered ${answer.type}.`);
      return { ...answer, hash: Buffer.from(answer.hash) };
    } finally {
      await thread.end();
    }
  }

  /** To be closed. @throws Invalid as at receipt. */
  async read(kind: RawKind, text: string): Promise<LargeReading> {
    const thread = this.start({ type: 'READ', kind, bytes: new TextEncoder().encode(text) });
    const answer = await thread.next().catch(async (error: unknown) => {
      await thread.end();
      throw error;
    });
    return new LargeReading(thread, answer.type === 'READ' ? answer.count : 0);
  }

  async beforeApplicationShutdown(): Promise<void> {
    for (const thread of this.threads) await thread.end();
  }

  private start(task: LargeTask): Thread {
    const thread = new Thread(
      task,
      (sql) => this.sql.resolve(sql),
      () => this.threads.delete(thread),
    );
    this.threads.add(thread);
    return thread;
  }
}

type Answer = Exclude<FromThread, { type: 'SQL' }>;

/** One answer is awaited at a time; questions about SQL are answered in between. */
class Thread {
  private readonly worker: Worker;
  private pending: { resolve(answer: Answer): void; reject(error: unknown): void } | null = null;
  private failure: Error | null = null;

  constructor(
    task: LargeTask,
    private readonly resolveSql: (task: SqlTask) => Promise<readonly StatementLineage[]>,
    onEnd: () => void,
  ) {
    // No environment: the thread needs none, and it holds secrets.
    this.worker = new Worker(workerFile(), {
      workerData: task,
      env: {},
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
    });
    this.worker.on('message', (message: FromThread) => this.hear(message));
    this.worker.on('error', (error: Error) => this.fail(error));
    this.worker.on('exit', () => {
      this.fail(new Error('The thread that reads a large message has ended.'));
      onEnd();
    });
  }

  next(): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.failure) reject(this.failure);
      else this.pending = { resolve, reject };
    });
  }

  ask(message: ToThread): Promise<Answer> {
    this.worker.postMessage(message);
    return this.next();
  }

  async end(): Promise<void> {
    await this.worker.terminate();
  }

  private hear(message: FromThread): void {
    if (message.type === 'SQL') {
      void this.resolveSql(message.task).then((statements) =>
        this.worker.postMessage({ type: 'RESOLVED', id: message.id, statements } satisfies ToThread),
      );
      return;
    }
    if (message.type === 'REFUSED') this.pending?.reject(new Invalid(message.reason, message.field ?? undefined));
    else this.pending?.resolve(message);
    this.pending = null;
  }

  private fail(error: Error): void {
    this.failure ??= error;
    this.pending?.reject(this.failure);
    this.pending = null;
  }
}

/** Threads know no TypeScript: run from its sources, the service uses the built one. */
function workerFile(): string {
  const isSource = import.meta.url.endsWith('.ts');
  const file = isSource ? '../../../dist/features/ingestion/large-message-worker.js' : './large-message-worker.js';
  return fileURLToPath(new URL(file, import.meta.url));
}
