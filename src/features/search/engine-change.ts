import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { SYSTEM_ACTOR } from '../../core/actor.js';
import { Jobs } from '../../platform/jobs/jobs.js';
import { SearchReindex } from './search-reindex.js';

export const SEARCH_ENGINE = Symbol('SEARCH_ENGINE');
export type SearchEngine = 'postgres' | 'meilisearch';

/**
 * The follower has one place in the change log, whichever engine it feeds. So the index of the engine that is not in use
 * falls behind, and is filled again when that engine comes back: by a job that waits until then, as nobody else takes it.
 */
@Injectable()
export class EngineChange implements OnModuleInit, OnApplicationBootstrap {
  constructor(
    @Inject(SEARCH_ENGINE) private readonly engine: SearchEngine,
    private readonly reindex: SearchReindex,
    private readonly jobs: Jobs,
  ) {}

  onModuleInit(): void {
    this.jobs.add({ kind: refillOf(this.engine), run: () => this.refill() });
  }

  /** Meilisearch is chosen; that Postgres was left is known by it. */
  async onApplicationBootstrap(): Promise<void> {
    if (this.engine === 'meilisearch') await this.leaveTheOther();
  }

  private async refill(): Promise<void> {
    await this.reindex.schedule(SYSTEM_ACTOR);
    await this.leaveTheOther();
  }

  private async leaveTheOther(): Promise<void> {
    const kind = refillOf(this.engine === 'postgres' ? 'meilisearch' : 'postgres');
    await this.jobs.schedule(kind, { key: kind });
  }
}

/** The job that fills the index of an engine. */
export function refillOf(engine: SearchEngine): string {
  return `search.refill.${engine}`;
}
