import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { Access } from '../../platform/access/access.js';
import { Jobs } from '../../platform/jobs/jobs.js';
import { personGroup } from './search-document.js';
import { SearchCatalogRepository } from './search-catalog.repository.js';
import { SearchIndex } from './search-index.js';

const REINDEX_JOB = 'search.reindex';
const BATCH_SIZE = 500;
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/** Builds the index anew from the catalog, while search goes on. */
@Injectable()
export class SearchReindex implements OnModuleInit {
  constructor(
    private readonly index: SearchIndex,
    private readonly catalog: SearchCatalogRepository,
    private readonly access: Access,
    private readonly jobs: Jobs,
  ) {}

  onModuleInit(): void {
    this.jobs.add({ kind: REINDEX_JOB, run: () => this.run() });
  }

  /** Asking twice while it waits is asking once. @throws {Forbidden} without `operate`. */
  async schedule(actor: Actor): Promise<void> {
    (await this.access.forActor(actor)).require('operate', { type: 'system' });
    await this.jobs.schedule(REINDEX_JOB, { key: REINDEX_JOB });
  }

  async run(): Promise<void> {
    await this.index.beginRebuild();
    for (let ids = await this.catalog.listAssetIds(FIRST_ID, BATCH_SIZE); ids.length > 0;) {
      await this.index.putRebuilt(await this.catalog.assetDocuments(ids), ids);
      ids = await this.catalog.listAssetIds(ids.at(-1) ?? FIRST_ID, BATCH_SIZE);
    }
    for (let handles = await this.catalog.listHandles('', BATCH_SIZE); handles.length > 0;) {
      await this.index.putRebuilt(await this.catalog.personDocuments(handles), handles.map(personGroup));
      handles = await this.catalog.listHandles(handles.at(-1) ?? '', BATCH_SIZE);
    }
    await this.index.endRebuild();
  }
}
