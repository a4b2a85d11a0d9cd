import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Database } from '../database/database.js';
import { WorkerLoop } from '../events/worker-loop.js';
import { Log } from '../observability/log.js';

export interface JobHandler {
  readonly kind: string;
  /** Repeats by itself after this many seconds; left out for work on demand. */
  readonly everySeconds?: number;
  /** Runs inside the transaction that marks the job done. */
  run(payload: Record<string, unknown>): Promise<void>;
}

interface WaitingJob {
  readonly id: string;
  readonly kind: string;
  readonly payload: Record<string, unknown>;
  readonly attempts: number;
  readonly max_attempts: number;
}

/**
 * Background work on Postgres. A worker holds the job's row lock for as long as it works: a process that dies gives the
 * job free with its connection, at once. (Queue libraries that run on Node 20 take minutes to notice; see the ADR.)
 */
@Injectable()
export class Jobs implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly handlers = new Map<string, JobHandler>();
  private loop: WorkerLoop | null = null;

  constructor(
    private readonly database: Database,
    private readonly log: Log,
  ) {}

  /** To be called while modules are made. */
  add(handler: JobHandler): void {
    this.handlers.set(handler.kind, handler);
  }

  /** Scheduling the same key again while it waits changes nothing. */
  async schedule(kind: string, options: { key?: string; payload?: object; inSeconds?: number } = {}): Promise<void> {
    await this.database.query(
      `INSERT INTO job_queue (id, kind, key, payload, run_at) VALUES ($1, $2, $3, $4, now() + make_interval(secs => $5))
       ON CONFLICT (kind, key) WHERE state = 'WAITING' AND key IS NOT NULL DO NOTHING`,
      [uuidv7(), kind, options.key ?? null, JSON.stringify(options.payload ?? {}), options.inSeconds ?? 0],
    );
  }

  /** Whether a job of that kind waits, or is at work. */
  async isPending(kind: string): Promise<boolean> {
    const row = await this.database.queryOne(`SELECT id FROM job_queue WHERE kind = $1 AND state = 'WAITING' LIMIT 1`, [
      kind,
    ]);
    return row !== null;
  }

  async onApplicationBootstrap(): Promise<void> {
    for (const handler of this.handlers.values()) {
      if (handler.everySeconds !== undefined) {
        await this.schedule(handler.kind, { key: 'recurring', inSeconds: handler.everySeconds });
      }
    }
    this.loop = new WorkerLoop({
      name: 'jobs',
      step: () => this.runNext(),
      idleMs: 1000,
      onError: (error) => this.log.error('The job queue does not answer.', { error }),
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.loop?.stop();
  }

  /** Runs one due job and says whether there was one. */
  async runNext(): Promise<boolean> {
    let claimed: WaitingJob | null = null;
    try {
      return await this.database.transaction(async () => {
        claimed = await this.claim();
        if (!claimed) return false;
        await this.perform(claimed);
        return true;
      });
    } catch (error) {
      if (claimed === null) throw error;
      await this.recordFailure(claimed, error);
      return true;
    }
  }

  private async claim(): Promise<WaitingJob | null> {
    return this.database.queryOne<WaitingJob>(
      `SELECT id, kind, payload, attempts, max_attempts FROM job_queue
       WHERE state = 'WAITING' AND run_at <= now() AND kind = ANY($1)
       ORDER BY run_at LIMIT 1 FOR UPDATE SKIP LOCKED`,
      [[...this.handlers.keys()]],
    );
  }

  private async perform(job: WaitingJob): Promise<void> {
    const handler = this.handlers.get(job.kind);
    if (!handler) throw new Error(`No handler for jobs of kind ${job.kind}.`);
    await handler.run(job.payload);
    await this.database.query(`UPDATE job_queue SET state = 'DONE', finished_at = now() WHERE id = $1`, [job.id]);
    if (handler.everySeconds !== undefined) {
      await this.schedule(handler.kind, { key: 'recurring', inSeconds: handler.everySeconds });
    }
  }

  /** A job that recurs never gives up; others do after their last attempt. */
  private async recordFailure(job: WaitingJob, error: unknown): Promise<void> {
    const isRecurring = this.handlers.get(job.kind)?.everySeconds !== undefined;
    const attempts = job.attempts + 1;
    const isLast = !isRecurring && attempts >= job.max_attempts;
    this.log.error('A job failed.', { kind: job.kind, attempts, isLast, error });
    await this.database.query(
      `UPDATE job_queue SET attempts = $2, last_error = $3, state = $4, run_at = now() + make_interval(secs => $5) WHERE id = $1`,
      [
        job.id,
        attempts,
        error instanceof Error ? error.message.slice(0, 2000) : 'unknown error',
        isLast ? 'FAILED' : 'WAITING',
        Math.min(3600, 2 ** Math.min(attempts, 11)),
      ],
    );
  }
}
