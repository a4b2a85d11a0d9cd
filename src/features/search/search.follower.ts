import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import type { RecordedEvent } from '../../platform/events/follower.js';
import { Followers } from '../../platform/events/followers.js';
import { Jobs } from '../../platform/jobs/jobs.js';
import { ASSET_MERGED } from '../assets/index.js';
import { SearchIndex } from './search-index.js';
import { REINDEX_JOB } from './search.service.js';

const BATCH_SIZE = 500;
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/** Keeps the index up with the change log; use cases never write to it. */
@Injectable()
export class SearchFollower implements OnModuleInit {
  constructor(
    private readonly index: SearchIndex,
    private readonly database: Database,
    private readonly followers: Followers,
    private readonly jobs: Jobs,
  ) {}

  onModuleInit(): void {
    this.followers.add({
      name: 'search',
      types: ['asset.changed', 'asset.edited', 'asset.removed', ASSET_MERGED],
      handle: (events) => this.follow(events),
    });
    this.jobs.add({ kind: REINDEX_JOB, run: () => this.reindex() });
  }

  /** A removed asset is found missing when it is read, so both types are one. */
  async follow(events: readonly RecordedEvent[]): Promise<void> {
    const assets = events.filter((event) => event.subjectKind === 'asset');
    await this.index.index([...new Set(assets.map((event) => event.subjectId))]);
  }

  /** Replaces document by document, so that search answers all the while. Documents of removed assets went with them. */
  async reindex(): Promise<void> {
    let last = FIRST_ID;
    for (;;) {
      const rows = await this.database.query<{ id: string }>(
        `SELECT id FROM asset WHERE id > $1::uuid ORDER BY id LIMIT ${BATCH_SIZE}`,
        [last],
      );
      const ids = rows.map(({ id }) => id);
      await this.index.index(ids);
      const end = ids.at(-1);
      if (end === undefined || ids.length < BATCH_SIZE) return;
      last = end;
    }
  }
}
