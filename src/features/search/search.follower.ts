import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { RecordedEvent } from '../../platform/events/follower.js';
import { Followers } from '../../platform/events/followers.js';
import { ASSET_MERGED } from '../assets/index.js';
import { ASSET_USED } from '../usage/index.js';
import { personGroup } from './search-document.js';
import { SearchCatalogRepository } from './search-catalog.repository.js';
import { SearchIndex } from './search-index.js';

export const SEARCH_FOLLOWER = 'search';
/** With ten columns each about a quarter of a second: nothing waits longer for what is indexed beside it. */
const MOST_ASSETS = 100;

/** Keeps the index up with the change log; use cases never write to it. */
@Injectable()
export class SearchFollower implements OnModuleInit {
  constructor(
    private readonly index: SearchIndex,
    private readonly catalog: SearchCatalogRepository,
    private readonly followers: Followers,
  ) {}

  onModuleInit(): void {
    this.followers.add({
      name: SEARCH_FOLLOWER,
      types: [
        'asset.changed',
        'asset.edited',
        'asset.removed',
        ASSET_MERGED,
        ASSET_USED,
        'account.created',
        'account.changed',
      ],
      mostSubjects: MOST_ASSETS,
      handle: (events) => this.follow(events),
    });
  }

  /** A removed asset is found missing when it is read, so both types are one. */
  async follow(events: readonly RecordedEvent[]): Promise<void> {
    const assetIds = subjectsOf(events, 'asset');
    if (assetIds.length > 0) await this.index.put(await this.catalog.assetDocuments(assetIds), assetIds);
    const handles = await this.catalog.handlesOf(subjectsOf(events, 'account'));
    if (handles.length > 0) await this.index.put(await this.catalog.personDocuments(handles), handles.map(personGroup));
  }
}

function subjectsOf(events: readonly RecordedEvent[], kind: string): string[] {
  return [...new Set(events.filter((event) => event.subjectKind === kind).map((event) => event.subjectId))];
}
