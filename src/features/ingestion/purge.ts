import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { SYSTEM_ACTOR } from '../../core/actor.js';
import { Events } from '../../platform/events/events.js';
import { Jobs } from '../../platform/jobs/jobs.js';
import { Log } from '../../platform/observability/log.js';
import { PurgeRepository } from '../assets/index.js';
import { IngestionRepository } from './ingestion.repository.js';
import { INGESTION_OPTIONS, type IngestionOptions } from './ingestion.service.js';

const PURGE_JOB = 'ingestion.purge';
const EVERY_SECONDS = 3600;
const CHUNK = 500;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Ends assets that have been removed for long: their words go, people's too; a tombstone with id and names stays. */
@Injectable()
export class Purge implements OnModuleInit {
  // Six, because a purge meets the job queue, the projector's lock and the change log.
  // oxlint-disable-next-line max-params
  constructor(
    private readonly jobs: Jobs,
    private readonly ingestion: IngestionRepository,
    private readonly repository: PurgeRepository,
    private readonly events: Events,
    private readonly log: Log,
    @Inject(INGESTION_OPTIONS) private readonly options: IngestionOptions,
  ) {}

  onModuleInit(): void {
    this.jobs.add({ kind: PURGE_JOB, everySeconds: EVERY_SECONDS, run: () => this.run(new Date()) });
  }

  /** Inside the transaction of the job; the rest of a large number waits for the next hour. */
  async run(now: Date): Promise<void> {
    await this.ingestion.waitForProjection();
    const ids = await this.repository.listRemovedBefore(
      new Date(now.getTime() - this.options.purgeAfterDays * DAY_MS),
      CHUNK,
    );
    if (ids.length === 0) return;
    await this.repository.purge(ids);
    this.events.record(SYSTEM_ACTOR, ...ids.map((id) => ({ type: 'asset.purged', subject: { kind: 'asset', id } })));
    this.log.info('Assets that were removed long ago are purged.', { count: ids.length });
  }
}
