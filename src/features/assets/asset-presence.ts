import { Injectable } from '@nestjs/common';
import { SYSTEM_ACTOR, type Actor } from '../../core/actor.js';
import { Invalid } from '../../core/errors.js';
import type { Page, PageRequest } from '../../core/page.js';
import { decodeCursor, encodeCursor } from '../../platform/graphql/page-arguments.js';
import { AssetAssembler } from './asset-assembler.js';
import { isInScope, isTooMuchGone, standingOf } from './presence.js';
import { SourceRecordRepository, type Listing, type SyncRow, type SyncSaid } from './source-record.repository.js';

/** Decides what follows when a source no longer lists what it had. Nothing is taken away before a sync is complete. */
@Injectable()
export class AssetPresence {
  constructor(
    private readonly records: SourceRecordRepository,
    private readonly assembler: AssetAssembler,
  ) {}

  /**
   * Inside the caller's transaction. `FACTS`: the views are assembled later, by whoever asked for that.
   * @returns assets whose standing with a source changed.
   */
  async observe(said: readonly SyncSaid[], upTo: 'VIEWS' | 'FACTS'): Promise<string[]> {
    if (said.length === 0) return [];
    await this.records.see(said);
    const applied = new Set(said.filter(({ isApplied }) => isApplied).map(keyOf));
    for (const sync of await this.records.count(said)) await this.judge(sync, applied.has(keyOf(sync)));
    const changed: string[] = [];
    for (const sourceKey of new Set(said.map((one) => one.sourceKey))) changed.push(...(await this.fold(sourceKey)));
    // Also what was only seen: an asset that a second source lists now is no longer gone.
    const touched = new Set([...changed, ...said.flatMap(({ seen }) => seen)]);
    if (upTo === 'VIEWS') await this.assembler.assemble(SYSTEM_ACTOR, [...touched]);
    return [...new Set(changed)];
  }

  /** The states of a source's records anew, after a sync was decided. @returns assets whose standing changed. */
  private async fold(sourceKey: string): Promise<string[]> {
    const syncs = await this.records.listComplete(sourceKey);
    const newest = syncs.at(-1);
    if (!newest) return [];
    const back = await this.records.markPresent(sourceKey, newest.at);
    const changed = (await this.records.listSeenBefore(sourceKey, newest.at)).flatMap((record) => {
      const since = syncs.filter(({ at }) => at > record.lastSeenAt);
      const next = standingOf(record.name, since);
      const isSame = next.state === record.state && next.since?.getTime() === record.since?.getTime();
      return isSame ? [] : [{ assetId: record.assetId, ...next }];
    });
    if (changed.length > 0) await this.records.setStandings(sourceKey, changed);
    return [...back, ...changed.map(({ assetId }) => assetId)];
  }

  async findSync(sourceKey: string, syncId: string): Promise<SyncRow | null> {
    return this.records.findSync(sourceKey, syncId);
  }

  /** Null for a source that never listed anything. */
  async findListing(sourceKey: string): Promise<Listing | null> {
    return this.records.findListing(sourceKey);
  }

  /** Newest first, of one source or of all. */
  async listSyncs(sourceKey: string | null, page: PageRequest): Promise<Page<SyncRow>> {
    const before = page.after === null ? null : cursorOf(page.after);
    const rows = await this.records.listSyncs(sourceKey, page.first, before);
    const nodes = rows.slice(0, page.first);
    const last = nodes.at(-1);
    const endCursor = last ? encodeCursor([last.at.toISOString(), last.sourceKey, last.syncId]) : null;
    return { nodes, hasNextPage: rows.length > page.first, endCursor };
  }

  /** A held sync counts from now on. Inside the caller's transaction. @returns null when it is not held. */
  async release(
    actor: Actor,
    { sourceKey, syncId, reason }: { readonly sourceKey: string; readonly syncId: string; readonly reason: string },
  ): Promise<{ sync: SyncRow; changed: string[] } | null> {
    const sync = await this.records.release({ sourceKey, syncId, reason, by: actor.handle });
    if (!sync) return null;
    const changed = await this.fold(sourceKey);
    await this.assembler.assemble(actor, changed);
    return { sync, changed };
  }

  /** A sync counts once all its messages have come. What was decided before, by the guard or a person, stays. */
  private async judge(sync: SyncRow, isApplied: boolean): Promise<void> {
    if (sync.state !== 'PARTIAL' || sync.partsExpected === null || sync.partsReceived < sync.partsExpected) return;
    const older = await this.records.listSeenBefore(sync.sourceKey, sync.at);
    const gone = older.filter(({ name, state }) => state === 'PRESENT' && isInScope(sync.scope, name)).length;
    const stay = await this.records.listNamesSeenSince(sync.sourceKey, sync.at);
    const known = gone + stay.filter((name) => isInScope(sync.scope, name)).length;
    const isHeld = !isApplied && isTooMuchGone(known, gone);
    await this.records.decide({ ...sync, state: isHeld ? 'HELD' : 'COMPLETE', knownCount: known, goneCount: gone });
  }
}

function cursorOf(after: string): readonly [string, string, string] {
  const [at = '', source = '', sync = ''] = decodeCursor(after, 3);
  if (Number.isNaN(Date.parse(at))) throw new Invalid('after is not the endCursor of a page of this list.', ['after']);
  return [at, source, sync];
}

function keyOf({ sourceKey, syncId }: Pick<SyncSaid, 'sourceKey' | 'syncId'>): string {
  return JSON.stringify([sourceKey, syncId]);
}
