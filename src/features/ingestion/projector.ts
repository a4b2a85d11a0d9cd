import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { WakeUp } from '../../platform/events/wake-up.js';
import { WorkerLoop } from '../../platform/events/worker-loop.js';
import { Log } from '../../platform/observability/log.js';
import { Metrics } from '../../platform/observability/metrics.js';
import { IngestionRepository, RAW_EVENTS_CHANNEL, type WaitingEvent } from './ingestion.repository.js';
import { LARGE_BYTES, LargeMessages, LargeReading } from './large-messages.js';
import { PreciseReader } from './precise-reader.js';
import { Projection } from './projection.js';
import type { Reading } from './readers/statement.js';
import { RecentReadings } from './recent-readings.js';

const BATCH_SIZE = 500;
/** Before every id. */
const FIRST = '0';

/** Turns received messages into facts, runs and lineage: in sets, in order, one process at a time. */
@Injectable()
export class Projector implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private loop: WorkerLoop | null = null;

  // Nine, because it is where receiving, the catalog and the worker loop meet.
  // oxlint-disable-next-line max-params
  constructor(
    private readonly database: Database,
    private readonly repository: IngestionRepository,
    private readonly reader: PreciseReader,
    private readonly recent: RecentReadings,
    private readonly large: LargeMessages,
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

  /**
   * Reads first and writes after: SQL takes its time, and nobody's rows are locked meanwhile.
   * @returns how many messages left the waiting state.
   */
  async projectBatch(): Promise<number> {
    const prepared = await this.prepare(await this.repository.listWaiting(FIRST, BATCH_SIZE, LARGE_BYTES));
    if (prepared.length === 0) return 0;
    try {
      return await this.database.transaction(async () => {
        if (!(await this.repository.claimProjection())) return 0;
        // Another process may have been first.
        const waiting = new Set(await this.repository.stillWaiting(prepared.map(({ event }) => event.id)));
        const own = prepared.filter(({ event }) => waiting.has(event.id));
        if (own.length > 0) await this.project(own);
        return own.length;
      });
    } finally {
      closeAll(prepared);
    }
  }

  /** Everything that waits, in the caller's transaction; up to the facts. */
  async projectAll(): Promise<void> {
    let after = FIRST;
    for (;;) {
      // What the transaction has deleted stays in its way until it ends: each time from the beginning would be slower.
      const prepared = await this.prepare(await this.repository.listWaiting(after, BATCH_SIZE, LARGE_BYTES));
      const last = prepared.at(-1);
      if (!last) return;
      await this.project(prepared, 'FACTS').finally(() => closeAll(prepared));
      after = last.event.id;
    }
  }

  private async prepare(events: readonly WaitingEvent[]): Promise<Prepared[]> {
    const prepared: Prepared[] = [];
    for (const event of events) {
      const reading = await this.read(event).catch((error: unknown) => new Unreadable(error));
      prepared.push({ event: { id: event.id }, reading });
    }
    return prepared;
  }

  private async read({ id, kind, text, hash }: WaitingEvent): Promise<Reading | LargeReading> {
    if (text === null) return this.large.read(kind, await this.repository.textOf(id));
    const recent = this.recent.take(hash);
    if (recent) return this.reader.read({ kind, payload: recent.message, reading: recent.reading });
    return this.reader.read({ kind, payload: JSON.parse(text) });
  }

  /** Small messages in one set; a large one in parts of its own, never whole in memory. */
  private async apply(batch: readonly Prepared[], upTo: 'VIEWS' | 'FACTS'): Promise<void> {
    const readings = batch.map(readingOf);
    const small = readings.flatMap((reading) => (reading instanceof LargeReading ? [] : [reading]));
    const large = readings.flatMap((reading) => (reading instanceof LargeReading ? [reading] : []));
    if (small.length > 0) await this.projection.apply(small, upTo);
    for (const reading of large) for await (const part of reading.parts()) await this.projection.apply([part], upTo);
  }

  /** A message that cannot be projected must not hold up the others: the batch is halved until it stands alone. */
  private async project(batch: readonly Prepared[], upTo: 'VIEWS' | 'FACTS' = 'VIEWS'): Promise<void> {
    try {
      await this.database.savepoint(() => this.apply(batch, upTo));
      await this.repository.markProjected(batch.map(({ event }) => event.id));
      this.metrics.eventsProjected.inc({ outcome: 'projected' }, batch.length);
    } catch (error) {
      if (isConnectionLost(error)) throw error;
      const [only] = batch;
      if (batch.length === 1 && only) return this.fail(only.event, error);
      const middle = Math.ceil(batch.length / 2);
      await this.project(batch.slice(0, middle), upTo);
      await this.project(batch.slice(middle), upTo);
    }
  }

  private async fail(event: Prepared['event'], error: unknown): Promise<void> {
    this.log.warn('A message could not be projected; it is kept.', { rawEvent: event.id, error });
    this.metrics.eventsProjected.inc({ outcome: 'failed' });
    await this.repository.markFailed(event.id, error instanceof Error ? error.message.slice(0, 2000) : 'unknown error');
  }
}

interface Prepared {
  readonly event: { readonly id: string };
  readonly reading: Reading | LargeReading | Unreadable;
}

function closeAll(prepared: readonly Prepared[]): void {
  for (const { reading } of prepared) if (reading instanceof LargeReading) reading.close();
}

/** Kept until its turn, so that a message that cannot be read fails like one that cannot be stored. */
class Unreadable {
  constructor(readonly reason: unknown) {}
}

function readingOf({ reading }: Prepared): Reading | LargeReading {
  if (reading instanceof Unreadable) throw reading.reason;
  return reading;
}

/** Not the message's fault: the whole batch is tried again. Class 08, 57 (shutdown) and 40 (deadlock) of SQLSTATE. */
function isConnectionLost(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' && /^(08|57|40|ECONN|EPIPE)/.test(code);
}
