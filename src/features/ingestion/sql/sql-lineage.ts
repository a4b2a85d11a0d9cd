import { fork, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { Log } from '../../../platform/observability/log.js';
import type { StatementLineage } from './resolve-sql.js';
import type { SqlTask } from './sql-task.js';

/** A script that takes longer is left without column lineage: nobody waits for a parser. */
const LIMIT_MS = 5000;
/** The parser is compiled when it is first used. */
const START_LIMIT_MS = 20_000;
/** Longer scripts are generated, and hold the parser for seconds. */
const MAX_LENGTH = 500_000;
const MOST_CACHED = 2000;
/** The parser holds hundreds of megabytes: it goes when nobody has asked for a while. */
const IDLE_MS = 10_000;
const MAX_HEAP_MB = 512;

interface Answer {
  readonly statements: readonly StatementLineage[] | null;
  readonly error?: string;
}

/** Column lineage from SQL in a worker process, with a time limit and a memory of what was asked before. */
@Injectable()
export class SqlLineage implements BeforeApplicationShutdown {
  private worker: ChildProcess | null = null;
  private idle: NodeJS.Timeout | null = null;
  private readonly known = new Map<string, readonly StatementLineage[]>();
  private queue: Promise<unknown> = Promise.resolve();

  constructor(private readonly log: Log) {}

  /** Nothing, with a warning in the log, for what cannot be parsed or takes too long. One script at a time. */
  async resolve(task: SqlTask): Promise<readonly StatementLineage[]> {
    const key = createHash('sha256').update(JSON.stringify(task)).digest('base64');
    const known = this.known.get(key);
    if (known) return known;
    const answer = this.queue.then(() => this.ask(task));
    this.queue = answer;
    const { statements, error } = await answer;
    if (error !== undefined)
      this.log.warn('No column lineage from SQL.', { reason: error, sql: task.sql.slice(0, 200) });
    // What took too long today may be quick tomorrow.
    if (statements) this.remember(key, statements);
    return statements ?? [];
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.stop();
  }

  private async ask(task: SqlTask): Promise<Answer> {
    if (task.sql.length > MAX_LENGTH) return { statements: null, error: `longer than ${MAX_LENGTH} characters` };
    if (this.idle) clearTimeout(this.idle);
    const limitMs = this.worker ? LIMIT_MS : START_LIMIT_MS;
    const worker = (this.worker ??= this.start());
    const answer = await reply(worker, limitMs, task);
    if (answer) this.idle = setTimeout(() => void this.stop(), IDLE_MS).unref();
    else await this.stop();
    return answer ?? { statements: null, error: `no answer within ${limitMs} ms` };
  }

  private start(): ChildProcess {
    // No environment: the worker needs none, and it holds secrets.
    const worker = fork(workerFile(), [], {
      env: {},
      execArgv: [`--max-old-space-size=${MAX_HEAP_MB}`],
      serialization: 'advanced',
    });
    worker.unref();
    worker.channel?.unref();
    worker.once('exit', () => {
      if (this.worker === worker) this.worker = null;
    });
    return worker;
  }

  private async stop(): Promise<void> {
    if (this.idle) clearTimeout(this.idle);
    const worker = this.worker;
    this.worker = null;
    worker?.kill('SIGKILL');
  }

  private remember(key: string, statements: readonly StatementLineage[]): void {
    const [oldest] = this.known.keys();
    if (this.known.size >= MOST_CACHED && oldest !== undefined) this.known.delete(oldest);
    this.known.set(key, statements);
  }
}

/** Workers know no TypeScript: run from its sources, the service uses the built worker. */
function workerFile(): string {
  const isSource = import.meta.url.endsWith('.ts');
  const file = isSource ? '../../../../dist/features/ingestion/sql/sql-worker.js' : './sql-worker.js';
  return fileURLToPath(new URL(file, import.meta.url));
}

/** Null when the time is over. */
function reply(worker: ChildProcess, limitMs: number, task: SqlTask): Promise<Answer | null> {
  return new Promise((resolve) => {
    const finish = (answer: Answer | null): void => {
      clearTimeout(timer);
      worker.off('message', onMessage);
      worker.off('error', onError);
      worker.off('exit', onExit);
      resolve(answer);
    };
    const onMessage = (answer: unknown): void => finish(answer as Answer);
    const onError = (error: Error): void => finish({ statements: null, error: error.message });
    const onExit = (): void => finish({ statements: null, error: 'the parser ended' });
    const timer = setTimeout(() => finish(null), limitMs);
    worker.on('message', onMessage);
    worker.on('error', onError);
    worker.on('exit', onExit);
    worker.send(task);
  });
}
