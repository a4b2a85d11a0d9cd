import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { WorkerLoop } from '../../platform/events/worker-loop.js';
import { Log } from '../../platform/observability/log.js';
import { SearchService } from '../search/index.js';
import { SavedSearchRepository } from './saved-search.repository.js';
import { SearchWatch } from './search-watch.js';

const IDLE_MS = 10_000;
/** Searches that are looked at in a row, so that many of them keep nobody else waiting. */
const MOST_IN_A_ROW = 20;
/** Each search is looked at this often at most, and only when something changed. */
const PAUSE_SECONDS = 300;

/** Looks at watched searches when they are due, one transaction each; of several processes each takes others. */
@Injectable()
export class SearchWatcher implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private loop: WorkerLoop | null = null;

  constructor(
    private readonly database: Database,
    private readonly searches: SavedSearchRepository,
    private readonly search: SearchService,
    private readonly watch: SearchWatch,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    this.loop = new WorkerLoop({
      name: 'saved searches',
      step: async () => {
        await this.lookAround(PAUSE_SECONDS);
        return false;
      },
      idleMs: IDLE_MS,
      onError: (error) => this.log.warn('Saved searches could not be looked at; it will be tried again.', { error }),
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.loop?.stop();
  }

  async lookAround(pauseSeconds: number): Promise<void> {
    const position = await this.search.indexPosition();
    for (let count = 0; count < MOST_IN_A_ROW; count += 1) {
      if (!(await this.lookAtNext(position, pauseSeconds))) return;
    }
  }

  private async lookAtNext(position: string, pauseSeconds: number): Promise<boolean> {
    return this.database.transaction(async () => {
      const due = await this.searches.lockDue(position, pauseSeconds);
      if (due) await this.watch.look(due);
      return due !== null;
    });
  }
}
