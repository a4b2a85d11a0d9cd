import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { WorkerLoop } from '../../platform/events/worker-loop.js';
import { Log } from '../../platform/observability/log.js';
import { Cancelled, CrawlRun, Lost } from './crawl-run.js';
import { targetOf } from './crawl-target.js';
import { CrawlFailure, withoutSecret } from './crawlers/crawl-failure.js';
import { lockName, RunRepository } from './run.repository.js';
import { SOURCES_OPTIONS, type SourcesOptions } from './sources-options.js';
import { SourceRepository } from './source.repository.js';

const IDLE_MS = 1000;
const CANCEL_POLL_MS = 1000;

class ServiceStops extends Error {
  override readonly message = 'Interrupted: the service was stopped. Nothing was taken away.';
}

/** Executes runs that wait, one at a time; the session lock of the source decides which process does. */
@Injectable()
export class SourceWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private loop: WorkerLoop | null = null;
  private readonly stopping = new AbortController();

  // Six, because here the queue, the source and the crawl meet.
  // oxlint-disable-next-line max-params
  constructor(
    private readonly database: Database,
    private readonly sources: SourceRepository,
    private readonly runs: RunRepository,
    private readonly crawl: CrawlRun,
    private readonly log: Log,
    @Inject(SOURCES_OPTIONS) private readonly options: SourcesOptions,
  ) {}

  onApplicationBootstrap(): void {
    this.loop = new WorkerLoop({
      name: 'source runs',
      step: () => this.runNext(),
      idleMs: IDLE_MS,
      onError: (error) => this.log.error('Runs of sources cannot be executed; it will try again.', { error }),
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort(new ServiceStops());
    await this.loop?.stop();
  }

  /** For whoever has just asked for a run. */
  wake(): void {
    this.loop?.wake();
  }

  private async runNext(): Promise<boolean> {
    for (const { id, sourceKey } of await this.runs.listWaiting()) {
      if (this.stopping.signal.aborted) return false;
      if (await this.database.exclusively(lockName(sourceKey), () => this.execute(id, sourceKey))) return true;
    }
    return false;
  }

  private async execute(id: string, sourceKey: string): Promise<void> {
    const at = new Date();
    if (!(await this.runs.start(id, at))) return;
    const cancel = new AbortController();
    const watch = setInterval(() => void this.watch(id, cancel), CANCEL_POLL_MS);
    let secret: string | null = null;
    try {
      const [run, source] = [await this.runs.find(id), await this.sources.find(sourceKey)];
      if (!run || !source) throw new CrawlFailure('OTHER', 'The source was deleted.');
      const { host, port } = source.definition;
      await this.runs.write(id, 'INFO', `Started: ${source.definition.type} at ${host}:${port}.`);
      const target = targetOf(source, this.options.secretsDir);
      secret = target.password;
      const signal = AbortSignal.any([cancel.signal, this.stopping.signal]);
      await this.crawl.execute({ source: source.definition, run, at }, target, signal);
      await this.runs.end(id, 'COMPLETE', null);
    } catch (error) {
      await this.fail(id, error, secret);
    } finally {
      clearInterval(watch);
    }
  }

  /** Cancelling ends also what waits for the database that is crawled. */
  private async watch(id: string, cancel: AbortController): Promise<void> {
    const isAsked = await this.runs.isCancelRequested(id).catch(() => false);
    if (isAsked) cancel.abort(new Cancelled());
  }

  private async fail(id: string, thrown: unknown, secret: string | null): Promise<void> {
    const reason = thrown instanceof Error && thrown.name === 'AbortError' ? thrown.cause : thrown;
    if (reason instanceof Lost)
      return this.log.warn('A run was given up: another process holds it for dead.', { run: id });
    if (reason instanceof Cancelled) {
      await this.runs.write(id, 'INFO', 'Cancelled. Nothing was taken away.');
      return this.runs.end(id, 'CANCELLED', null);
    }
    const message = withoutSecret(reason instanceof Error ? reason.message : String(reason), secret);
    this.log.warn('A run of a source failed.', { run: id, reason: message });
    await this.runs.write(id, 'ERROR', message);
    await this.runs.end(id, 'FAILED', message);
  }
}
