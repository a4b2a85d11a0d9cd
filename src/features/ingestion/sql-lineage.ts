import { Worker } from 'node:worker_threads';
import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { Log } from '../../platform/observability/log.js';
import { attachColumnFlows, dbtSqlTasks, type SqlTask } from './readers/dbt/dbt-sql.js';
import type { ColumnFlow, Reading } from './readers/statement.js';

/** A statement that takes longer is left without column lineage: a parser must not hold up the projection. */
const STATEMENT_LIMIT_MS = 5000;
/** The parser's WASM is compiled on first use. */
const START_LIMIT_MS = 20_000;

interface Answer {
  readonly flows: ColumnFlow[] | null;
  readonly error?: string;
}

/** Column lineage from compiled SQL, in a worker thread: parsing is synchronous and can take seconds. */
@Injectable()
export class SqlLineage implements BeforeApplicationShutdown {
  private worker: Worker | null = null;

  constructor(private readonly log: Log) {}

  /** The reading with the column flows that its SQL tells; models whose SQL cannot be resolved keep their table lineage. */
  async addTo(reading: Reading, payload: unknown): Promise<Reading> {
    const flows = new Map<SqlTask, ColumnFlow[] | null>();
    for (const task of dbtSqlTasks(payload as Parameters<typeof dbtSqlTasks>[0])) {
      const answer = await this.ask(task);
      if (answer.error) this.log.warn('No column lineage from SQL.', { model: task.model.name, reason: answer.error });
      flows.set(task, answer.flows);
    }
    await this.stop();
    return attachColumnFlows(reading, flows);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.stop();
  }

  private async ask(task: SqlTask): Promise<Answer> {
    const worker = (this.worker ??= await this.start());
    const answer = await reply(worker, STATEMENT_LIMIT_MS, () => worker.postMessage(task));
    if (answer) return answer;
    await this.stop();
    return { flows: null, error: `no answer within ${STATEMENT_LIMIT_MS} ms` };
  }

  private async start(): Promise<Worker> {
    const worker = new Worker(workerFile());
    worker.unref();
    worker.on('error', (error) => this.log.warn('The SQL parser stopped.', { error }));
    const ready = await reply(worker, START_LIMIT_MS, () => undefined);
    if (!ready) throw new Error('The SQL parser did not start.');
    return worker;
  }

  /** The parser holds tens of megabytes: it lives for one set of artifacts. */
  private async stop(): Promise<void> {
    const worker = this.worker;
    this.worker = null;
    await worker?.terminate();
  }
}

/** Tests run from the sources, where the worker has to load the built file all the same: workers know no TypeScript. */
function workerFile(): URL {
  const here = import.meta.url;
  return new URL(here.endsWith('.ts') ? '../../../dist/features/ingestion/sql-worker.js' : './sql-worker.js', here);
}

function reply(worker: Worker, limitMs: number, send: () => void): Promise<Answer | null> {
  return new Promise((resolve) => {
    const finish = (answer: Answer | null): void => {
      clearTimeout(timer);
      worker.off('message', finish);
      worker.off('exit', onExit);
      resolve(answer);
    };
    const onExit = (): void => finish({ flows: null, error: 'the parser stopped' });
    const timer = setTimeout(() => finish(null), limitMs);
    worker.on('message', finish);
    worker.on('exit', onExit);
    send();
  });
}
