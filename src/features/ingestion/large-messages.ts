import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { Invalid } from '../../core/errors.js';
import type { CsvQuestions } from './csv-intake.js';
import type { RawKind, Reading } from './readers/statement.js';
import { TooLarge } from './request-body.js';
import { SqlLineage } from './sql/sql-lineage.js';
import type { SqlTask } from './sql/sql-task.js';
import type { IntakeTask, TakenIn } from './take-in.js';

/** From here on a message has a process of its own; below, starting one takes longer than reading it. */
export const LARGE_BYTES: Readonly<Record<RawKind, number>> = {
  OPENLINEAGE: 2_000_000,
  DBT: 2_000_000,
  CRAWL: 2_500_000,
  DATAHUB: 2_000_000,
  ODCS: 500_000,
  CSV: 300_000,
  DCAT: 100_000,
  WITHDRAWAL: 2_000_000,
};
const MAX_HEAP_MB = 3072;
/** Collects often: a dbt manifest of 57 MB is checked within 300 MB instead of 500, in 1.2 times the time. */
const V8_FLAGS = [`--max-old-space-size=${MAX_HEAP_MB}`, '--optimize-for-size'];

/** In bytes of its body. */
export function isLarge(kind: RawKind, length: number): boolean {
  return length >= LARGE_BYTES[kind];
}

/** What the process is to do with what is on its standard input, UTF-8. */
export type LargeTask =
  { readonly type: 'TAKE_IN'; readonly task: IntakeTask } | { readonly type: 'READ'; readonly kind: RawKind };

export type Question =
  | { readonly about: 'SQL'; readonly task: SqlTask }
  | { readonly about: 'NAMES'; readonly said: Parameters<CsvQuestions['lookUp']>[0] }
  | { readonly about: 'KNOWN'; readonly refs: Parameters<CsvQuestions['known']>[0] };

export type ToReader =
  | { readonly type: 'PART'; readonly at: number }
  | { readonly type: 'ANSWER'; readonly id: number; readonly answer: unknown };

export type FromReader =
  | { readonly type: 'TAKEN_IN'; readonly taken: TakenIn }
  | { readonly type: 'READ'; readonly count: number }
  | { readonly type: 'PART'; readonly reading: Reading | null }
  | { readonly type: 'ASK'; readonly id: number; readonly question: Question }
  | { readonly type: 'REFUSED'; readonly reason: string; readonly field: readonly string[] | null };

/** What a large message says, held by its process and handed over in parts. */
export class LargeReading {
  constructor(
    private readonly reader: ReaderProcess,
    private readonly count: number,
  ) {}

  /** As often as one likes, until it is closed. */
  async *parts(): AsyncGenerator<Reading> {
    for (let at = 0; at < this.count; at += 1) {
      const answer = await this.reader.ask({ type: 'PART', at });
      if (answer.type === 'PART' && answer.reading) yield answer.reading;
    }
  }

  close(): void {
    this.reader.end();
  }
}

/**
 * Takes in and reads large messages off the event loop, one process a message: tens of megabytes take seconds and a
 * lot of memory, and only a process that runs out of it takes nobody else with it.
 */
@Injectable()
export class LargeMessages implements BeforeApplicationShutdown {
  private readonly readers = new Set<ReaderProcess>();

  constructor(private readonly sql: SqlLineage) {}

  /** As `takeIn`. @throws TooLarge when it takes more memory than there is for one. */
  async takeIn(task: IntakeTask, body: Uint8Array, questions: CsvQuestions): Promise<TakenIn> {
    const reader = this.start({ type: 'TAKE_IN', task }, body, questions);
    try {
      const answer = await reader.next();
      if (answer.type !== 'TAKEN_IN')
        throw new Error(`A message was taken in, and its process answered ${answer.type}.`);
      return answer.taken;
    } finally {
      reader.end();
    }
  }

  /** To be closed. @throws as at receipt. */
  async read(kind: RawKind, message: Uint8Array | string): Promise<LargeReading> {
    const reader = this.start({ type: 'READ', kind }, message, null);
    const answer = await reader.next().catch((error: unknown) => {
      reader.end();
      throw error;
    });
    return new LargeReading(reader, answer.type === 'READ' ? answer.count : 0);
  }

  beforeApplicationShutdown(): void {
    for (const reader of this.readers) reader.end();
  }

  private start(task: LargeTask, message: Uint8Array | string, questions: CsvQuestions | null): ReaderProcess {
    const reader = new ReaderProcess(task, message, {
      answer: (question) => this.answer(question, questions),
      onEnd: () => this.readers.delete(reader),
    });
    this.readers.add(reader);
    return reader;
  }

  private async answer(question: Question, questions: CsvQuestions | null): Promise<unknown> {
    if (question.about === 'SQL') return this.sql.resolve(question.task);
    if (!questions) throw new Error(`Nobody answers about ${question.about} while a message is read.`);
    return question.about === 'NAMES' ? questions.lookUp(question.said) : questions.known(question.refs);
  }
}

type Answer = Exclude<FromReader, { type: 'ASK' }>;

/** One answer is awaited at a time; its own questions are answered in between. */
class ReaderProcess {
  private readonly child: ChildProcess;
  private pending: { resolve(answer: Answer): void; reject(error: unknown): void } | null = null;
  private failure: Error | null = null;

  constructor(
    task: LargeTask,
    message: Uint8Array | string,
    private readonly around: { answer(question: Question): Promise<unknown>; onEnd(): void },
  ) {
    // No environment: the process needs none, and it holds secrets.
    const options = { env: {}, execArgv: V8_FLAGS, serialization: 'advanced' } as const;
    this.child = fork(workerFile(), [JSON.stringify(task)], {
      ...options,
      stdio: ['pipe', 'inherit', 'inherit', 'ipc'],
    });
    this.child.on('message', (answer) => this.hear(answer as FromReader));
    this.child.on('error', (error) => this.fail(error));
    this.child.on('exit', (_, signal) => {
      this.fail(reasonOf(signal));
      around.onEnd();
    });
    // It may end before it has read everything; the exit says why.
    this.child.stdin?.on('error', () => undefined);
    this.child.stdin?.end(message);
  }

  next(): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.failure) reject(this.failure);
      else this.pending = { resolve, reject };
    });
  }

  ask(question: ToReader): Promise<Answer> {
    this.tell(question);
    return this.next();
  }

  end(reason?: Error): void {
    if (reason) this.fail(reason);
    this.child.kill('SIGKILL');
  }

  private tell(message: ToReader): void {
    if (this.child.connected) this.child.send(message);
  }

  private hear(message: FromReader): void {
    if (message.type === 'ASK') {
      void this.around.answer(message.question).then(
        (answer) => this.tell({ type: 'ANSWER', id: message.id, answer }),
        (error: unknown) => this.end(error instanceof Error ? error : new Error(String(error))),
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

/** V8 aborts when it runs out of memory. */
function reasonOf(signal: NodeJS.Signals | null): Error {
  if (signal === 'SIGABRT')
    return new TooLarge(
      `The message takes more than ${MAX_HEAP_MB} MB of memory while it is read. Send it in smaller ones.`,
    );
  return new Error(`The process that reads a large message has ended (${signal ?? 'by itself'}).`);
}

/** Processes of Node know no TypeScript: run from its sources, the service uses the built one. */
function workerFile(): string {
  const isSource = import.meta.url.endsWith('.ts');
  const file = isSource ? '../../../dist/features/ingestion/large-message-worker.js' : './large-message-worker.js';
  return fileURLToPath(new URL(file, import.meta.url));
}
