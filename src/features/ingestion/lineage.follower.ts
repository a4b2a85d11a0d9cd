import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { RecordedEvent } from '../../platform/events/follower.js';
import { Followers } from '../../platform/events/followers.js';
import { ASSET_MERGED } from '../assets/index.js';
import { IngestionRepository } from './ingestion.repository.js';
import { LineageStore } from './lineage-store.js';

/** Keeps flows between what stands for the names that statements use. */
@Injectable()
export class LineageFollower implements OnModuleInit {
  constructor(
    private readonly store: LineageStore,
    private readonly repository: IngestionRepository,
    private readonly followers: Followers,
  ) {}

  onModuleInit(): void {
    this.followers.add({ name: 'lineage-names', types: [ASSET_MERGED], handle: (events) => this.follow(events) });
  }

  async follow(events: readonly RecordedEvent[]): Promise<void> {
    // The projector derives flows as well; one after the other.
    await this.repository.waitForProjection();
    await this.store.deriveAgain([...new Set(events.map((event) => event.subjectId))]);
  }
}
