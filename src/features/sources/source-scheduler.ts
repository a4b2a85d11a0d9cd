import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
  type OnModuleInit,
} from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { WorkerLoop } from '../../platform/events/worker-loop.js';
import { Log } from '../../platform/observability/log.js';
import { RunRepository } from './run.repository.js';
import { factSourceKey, nextRunAt, type SourceDefinition } from './source.js';
import { readSourceFile } from './source-file.js';
import { SourceRepository } from './source.repository.js';
import { SOURCES_OPTIONS, type SourcesOptions } from './sources-options.js';

const IDLE_MS = 2000;

/** Asks for runs when they are due, and says of runs whose process died that they failed. */
@Injectable()
export class SourceScheduler implements OnModuleInit, OnApplicationBootstrap, BeforeApplicationShutdown {
  private loop: WorkerLoop | null = null;
  private readonly fromFile: readonly SourceDefinition[];

  /** @throws ConfigError for a file that is wrong: better no start than a source that is silently not crawled. */
  constructor(
    private readonly database: Database,
    private readonly sources: SourceRepository,
    private readonly runs: RunRepository,
    private readonly log: Log,
    @Inject(SOURCES_OPTIONS) options: SourcesOptions,
  ) {
    this.fromFile = readSourceFile(options.file);
  }

  async onModuleInit(): Promise<void> {
    const now = new Date();
    const rows = this.fromFile.map((definition) => ({ definition, nextRunAt: nextRunAt(definition, now) }));
    await this.database.transaction(() => this.sources.replaceFromFile(rows));
  }

  onApplicationBootstrap(): void {
    this.loop = new WorkerLoop({
      name: 'source schedule',
      step: () => this.lookAround(new Date()),
      idleMs: IDLE_MS,
      onError: (error) => this.log.error('The schedule of sources does not move; it will try again.', { error }),
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.loop?.stop();
  }

  /** Always false: the next look is after a pause. */
  async lookAround(now: Date): Promise<boolean> {
    for (const id of await this.runs.failAbandoned()) this.log.warn('A run of a source was interrupted.', { run: id });
    for (const source of await this.sources.listDue(now)) {
      await this.database.transaction(async () => {
        if (!(await this.sources.moveOn(source, nextRunAt(source.definition, now)))) return;
        const request = { sourceKey: source.key, factSourceKey: factSourceKey(source.definition) };
        await this.runs.request({ ...request, requestedBy: null, removals: 'GUARD' });
      });
    }
    return false;
  }
}
