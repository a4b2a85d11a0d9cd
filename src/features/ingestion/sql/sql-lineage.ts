import { fork, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Inject, Injectable, Optional, type BeforeApplicationShutdown } from '@nestjs/common';
import { Log } from '../../../platform/observability/log.js';
import { RecentAnswers } from './recent-answers.js';
import type { StatementLineage } from './resolve-sql.js';
import type { SqlTask } from './sql-task.js';

export interface SqlLimits {
  /** A script that takes longer is left without column lineage: nobody waits for a parser. */
  readonly answerMs: number;
  /** The parser is compiled when it is first used. */
  readonly firstAnswerMs: number;
}
/** Given only by tests. */
const SQL_LIMITS = Symbol('SqlLimits');
const LIMITS: SqlLimits = { answerMs: 5000, firstAnswerMs: 20_000 };
/** Longer scripts are generated, and hold the parser for seconds. */
const MAX_LENGTH = 500_000;
/** `maxWeight` in characters of JSON. */
const REMEMBERED = { maxCount: 2000, maxWeight: 20_000_000 };
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
  private readonly known = new RecentAnswers<readonly StatementLineage[]>(REMEMBERED);
  private queue: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly log: Log,
    @Optional() @Inject(SQL_LIMITS) private readonly limits: SqlLimits = LIMITS,
  ) {}

  /** Nothing, with a warning in the log, for what cannot be parsed or takes too long. One script at a time. */
  async resolve(task: SqlTask): Promise<readonly StatementLineage[]> {
    const key = createHash('sha256').update(JSON.stringify(task)).digest('base64');
    const known = this.known.find(key);
    if (known) return known;
    const answer = this.queue.then(() => this.ask(task));
    this.queue = answer;
    const { statements, error } = await answer;
    if (error !== undefined)
      this.log.warn('No column lineage from SQL.', { reason: error, sql: task.sql.slice(0, 200) });
    // What took too long today may be quick tomorrow.
    if (statements) this.known.keep(key, statements, JSON.stringify(statements).length);
    return statements ?? [];
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.stop();
  }

  private async ask(task: SqlTask): Promise<Answer> {
    if (task.sql.length > MAX_LENGTH) return { statements: null, error: `longer than ${MAX_LENGTH} characters` };
    if (this.idle) clearTimeout(this.idle);
    const limitMs = this.worker ? this.limits.answerMs : this.limits.firstAnswerMs;
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
