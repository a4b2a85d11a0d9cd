import { Injectable, type OnModuleInit } from '@nestjs/common';
import { SYSTEM_ACTOR, type Actor } from '../../core/actor.js';
import { Access } from '../../platform/access/access.js';
import { Jobs } from '../../platform/jobs/jobs.js';
import { AssetAssembler, AssetIdentity, AssetRepository } from '../assets/index.js';
import { IngestionRepository } from './ingestion.repository.js';
import { LineageStore } from './lineage-store.js';
import { Projector } from './projector.js';

const REBUILD_JOB = 'ingestion.rebuild';
const CHUNK = 500;
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/**
 * Makes every projection anew from the messages as they were received. One transaction: readers see the state before
 * until it is done, and a rebuild that fails has changed nothing. New messages are received meanwhile, and projected after.
 */
@Injectable()
export class Rebuild implements OnModuleInit {
  // Eight, because a rebuild is where messages, names, views and lineage meet.
  // oxlint-disable-next-line max-params
  constructor(
    private readonly jobs: Jobs,
    private readonly access: Access,
    private readonly repository: IngestionRepository,
    private readonly projector: Projector,
    private readonly assets: AssetRepository,
    private readonly assembler: AssetAssembler,
    private readonly identity: AssetIdentity,
    private readonly lineage: LineageStore,
  ) {}

  onModuleInit(): void {
    this.jobs.add({ kind: REBUILD_JOB, run: () => this.run() });
  }

  /** Asking twice while it waits is asking once. @throws Forbidden without `operate`. */
  async schedule(actor: Actor): Promise<void> {
    await this.requireOperator(actor);
    await this.jobs.schedule(REBUILD_JOB, { key: REBUILD_JOB });
  }

  /** @throws Forbidden without `operate`. */
  async isPending(actor: Actor): Promise<boolean> {
    await this.requireOperator(actor);
    return this.jobs.isPending(REBUILD_JOB);
  }

  /** Inside the transaction of the job. */
  private async run(): Promise<void> {
    await this.repository.waitForProjection();
    await this.repository.forgetProjections();
    await this.projector.projectAll();
    for (let ids = await this.assets.listIds(FIRST_ID, CHUNK); ids.length > 0;) {
      await this.identity.observe(ids, []);
      await this.assembler.assemble(SYSTEM_ACTOR, ids);
      ids = await this.assets.listIds(ids.at(-1) ?? FIRST_ID, CHUNK);
    }
    await this.lineage.deriveByPeople();
    await this.repository.settleLineageHistory();
  }

  private async requireOperator(actor: Actor): Promise<void> {
    (await this.access.forActor(actor)).require('operate', { type: 'system' });
  }
}
