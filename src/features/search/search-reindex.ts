import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { Access } from '../../platform/access/access.js';
import { Jobs } from '../../platform/jobs/jobs.js';
import { personGroup } from './search-document.js';
import { SearchCatalogRepository } from './search-catalog.repository.js';
import { SearchIndex, type IndexSize } from './search-index.js';
import { SearchRebuildRepository, type RebuildRow } from './search-rebuild.repository.js';

const REINDEX_JOB = 'search.reindex';
const BATCH_SIZE = 500;
const FIRST_ID = '00000000-0000-0000-0000-000000000000';
const PEOPLE = 'person:';

export interface SearchIndexState extends IndexSize {
  readonly rebuild: RebuildRow | null;
}

/**
 * Builds the index anew from the catalog, while search goes on. Every batch is a job that commits and schedules the next
 * one: a process that dies costs one batch, and another goes on.
 */
@Injectable()
export class SearchReindex implements OnModuleInit {
  constructor(
    private readonly index: SearchIndex,
    private readonly catalog: SearchCatalogRepository,
    private readonly rebuilds: SearchRebuildRepository,
    private readonly access: Access,
    private readonly jobs: Jobs,
  ) {}

  onModuleInit(): void {
    this.jobs.add({ kind: REINDEX_JOB, run: () => this.step() });
  }

  /** Asking while one is at work is asking once; one that was given up goes on. @throws {Forbidden} without `operate`. */
  async schedule(actor: Actor): Promise<void> {
    (await this.access.forActor(actor)).require('operate', { type: 'system' });
    await this.rebuilds.begin();
    if (!(await this.jobs.isPending(REINDEX_JOB))) await this.jobs.schedule(REINDEX_JOB, { key: 'begin' });
  }

  /** @throws {Forbidden} without `operate`. */
  async state(actor: Actor): Promise<SearchIndexState> {
    (await this.access.forActor(actor)).require('operate', { type: 'system' });
    return { ...(await this.index.size()), rebuild: await this.rebuilds.find() };
  }

  /** Inside the transaction of the job. */
  async step(): Promise<void> {
    const rebuild = await this.rebuilds.find();
    if (rebuild?.state !== 'RUNNING') return;
    const { reached } = rebuild;
    if (reached === '') await this.index.beginRebuild();
    const next = reached.startsWith(PEOPLE) ? await this.people(reached) : await this.assets(reached);
    if (next === null) {
      await this.index.endRebuild();
      await this.rebuilds.finish();
      return;
    }
    await this.rebuilds.advance(next.reached, next.count);
    // Its own key: the job at work still counts as waiting under its.
    await this.jobs.schedule(REINDEX_JOB, { key: next.reached });
  }

  private async assets(reached: string): Promise<{ reached: string; count: number }> {
    const ids = await this.catalog.listAssetIds(reached === '' ? FIRST_ID : reached, BATCH_SIZE);
    await this.putAll(ids, {
      put: async (some) => this.index.putRebuilt(await this.catalog.assetDocuments(some), some),
      changedSince: (position) => this.catalog.assetsChangedSince(position),
    });
    return { reached: ids.at(-1) ?? PEOPLE, count: ids.length };
  }

  /** Null when all are done. */
  private async people(reached: string): Promise<{ reached: string; count: number } | null> {
    const handles = await this.catalog.listHandles(reached.slice(PEOPLE.length), BATCH_SIZE);
    const last = handles.at(-1);
    if (last === undefined) return null;
    await this.putAll(handles, {
      put: async (some) => this.index.putRebuilt(await this.catalog.personDocuments(some), some.map(personGroup)),
      changedSince: (position) => this.catalog.peopleChangedSince(position),
    });
    return { reached: PEOPLE + last, count: handles.length };
  }

  /** Whatever changes between the reading and the writing of a batch is put again: a follower may have put the newer one. */
  private async putAll(
    keys: readonly string[],
    { put, changedSince }: { put: (some: readonly string[]) => Promise<void>; changedSince: Changes },
  ): Promise<void> {
    for (let waiting = keys; waiting.length > 0;) {
      const position = await this.catalog.changeLogPosition();
      await put(waiting);
      const changed = new Set(await changedSince(position));
      waiting = keys.filter((key) => changed.has(key));
    }
  }
}

type Changes = (position: string) => Promise<string[]>;
