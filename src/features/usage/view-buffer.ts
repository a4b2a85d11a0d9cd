import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { WorkerLoop } from '../../platform/events/worker-loop.js';
import { Log } from '../../platform/observability/log.js';
import { AssetPage, type AssetRow } from '../assets/index.js';
import { ViewRepository, type View } from './view.repository.js';

const PAUSE_MS = 1000;
const MOST_WAITING = 10_000;

/**
 * Pages that people have opened and that are not written yet: once a second they are, all in one statement, so that
 * opening a page costs none. A process that dies loses what it opened in its last second.
 */
@Injectable()
export class ViewBuffer implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly waiting = new Map<string, View>();
  private loop: WorkerLoop | null = null;

  constructor(
    private readonly views: ViewRepository,
    private readonly log: Log,
    page: AssetPage,
  ) {
    page.onVisit((actor, asset) => this.note(actor, asset, new Date()));
  }

  onApplicationBootstrap(): void {
    this.loop = new WorkerLoop({
      name: 'asset views',
      step: async () => {
        await this.flush();
        return false;
      },
      idleMs: PAUSE_MS,
      onError: (error) => this.log.warn('Who opened what could not be written; it will be tried again.', { error }),
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.loop?.stop();
    await this.flush();
  }

  /** Machines open pages too; only people look at them. The oldest are forgotten when too many wait. */
  note(actor: Actor, asset: AssetRow, at: Date): void {
    if (actor.kind !== 'PERSON') return;
    const key = `${actor.id} ${asset.id}`;
    this.waiting.delete(key);
    const [oldest] = this.waiting.keys();
    if (this.waiting.size >= MOST_WAITING && oldest !== undefined) this.waiting.delete(oldest);
    this.waiting.set(key, { accountId: actor.id, assetId: asset.id, at });
  }

  /** What fails to be written goes on waiting. */
  async flush(): Promise<void> {
    const written = [...this.waiting];
    if (written.length === 0) return;
    await this.views.put(written.map(([, view]) => view));
    for (const [key, view] of written) if (this.waiting.get(key) === view) this.waiting.delete(key);
  }
}
