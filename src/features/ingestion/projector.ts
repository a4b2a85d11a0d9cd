import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { WakeUp } from '../../platform/events/wake-up.js';
import { WorkerLoop } from '../../platform/events/worker-loop.js';
import { Log } from '../../platform/observability/log.js';
import { Metrics } from '../../platform/observability/metrics.js';
import { IngestionRepository, RAW_EVENTS_CHANNEL, type RawEvent } from './ingestion.repository.js';
import { read } from './ingestion.service.js';
import { Projection } from './projection.js';

const BATCH_SIZE = 200;

/** Turns received messages into facts, runs and lineage: in sets, in order, one process at a time. */
@Injectable()
export class Projector implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private loop: WorkerLoop | null = null;

  // Six, because it is where receiving, the catalog and the worker loop meet.
  // oxlint-disable-next-line max-params
  constructor(
    private readonly database: Database,
    private readonly repository: IngestionRepository,
    private readonly projection: Projection,
    private readonly wakeUp: WakeUp,
    private readonly metrics: Metrics,
    private readonly log: Log,
  ) {
    this.wakeUp.on(RAW_EVENTS_CHANNEL, () => this.loop?.wake());
    metrics.onRead(async () => metrics.ingestBacklog.set((await repository.counts()).backlog));
  }

  onApplicationBootstrap(): void {
    this.loop = new WorkerLoop({
      name: 'projector',
      step: async () => (await this.projectBatch()) > 0,
      idleMs: 1000,
      onError: (error) => this.log.error('Projection failed; it will try again.', { error }),
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.loop?.stop();
  }

  /** @returns how many messages left the waiting state. */
  async projectBatch(): Promise<number> {
    return this.database.transaction(async () => {
      if (!(await this.repository.claimProjection())) return 0;
      const events = await this.repository.listWaiting(BATCH_SIZE);
      if (events.length > 0) await this.project(events);
      return events.length;
    });
  }

  /** A message that cannot be projected must not hold up the others: the batch is halved until it stands alone. */
  private async project(events: readonly RawEvent[]): Promise<void> {
    try {
      await this.database.savepoint(async () =>
        this.projection.apply(events.map((event) => read(event.kind, event.payload))),
      );
      await this.repository.markProjected(events.map((event) => event.id));
      this.metrics.eventsProjected.inc({ outcome: 'projected' }, events.length);
    } catch (error) {
      if (isConnectionLost(error)) throw error;
      const [only] = events;
      if (events.length === 1 && only) return this.fail(only, error);
      const middle = Math.ceil(events.length / 2);
      await this.project(events.slice(0, middle));
      await this.project(events.slice(middle));
    }
  }

  private async fail(event: RawEvent, error: unknown): Promise<void> {
    this.log.warn('A message could not be projected; it is kept.', { rawEvent: event.id, error });
    this.metrics.eventsProjected.inc({ outcome: 'failed' });
    await this.repository.markFailed(event.id, error instanceof Error ? error.message.slice(0, 2000) : 'unknown error');
  }
}

/** Not the message's fault: the whole batch is tried again. Class 08, 57 (shutdown) and 40 (deadlock) of SQLSTATE. */
function isConnectionLost(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' && /^(08|57|40|ECONN|EPIPE)/.test(code);
}
