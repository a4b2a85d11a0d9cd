import { Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { Events } from '../../platform/events/events.js';
import { assemble, contentHash } from './assemble.js';
import type { FactInput } from './fact.js';
import { FactRepository } from './fact.repository.js';

/** More at once would fill the memory, and keep everybody else waiting while they are assembled. */
const MOST_AT_ONCE = 200;

/** The only writer of the published view: stores facts, assembles what they touch, and tells the change log. */
@Injectable()
export class AssetAssembler {
  constructor(
    private readonly facts: FactRepository,
    private readonly events: Events,
  ) {}

  /**
   * Inside the caller's transaction. Assets whose view did not change are left alone.
   * @returns ids of the assets whose view changed.
   */
  async put(actor: Actor, facts: readonly FactInput[], changeType = 'asset.changed'): Promise<string[]> {
    return this.assemble(actor, await this.facts.put(facts), changeType);
  }

  /** Names that stand for others are assembled from the facts of all of them; the others show nothing of their own. */
  async assemble(actor: Actor, assetIds: readonly string[], changeType = 'asset.changed'): Promise<string[]> {
    const changed: string[] = [];
    // In id order, as they are locked.
    const ids = [...new Set(assetIds)].sort();
    for (let from = 0; from < ids.length; from += MOST_AT_ONCE)
      changed.push(...(await this.assembleSet(actor, ids.slice(from, from + MOST_AT_ONCE), changeType)));
    return changed;
  }

  private async assembleSet(actor: Actor, assetIds: readonly string[], changeType: string): Promise<string[]> {
    const known = await this.facts.listLocked(assetIds);
    const changed = [...known].flatMap(([id, { hash, facts, standings }]) => {
      const view = assemble(facts, standings);
      const next = contentHash(view);
      return next.toString('hex') === hash ? [] : [{ id, hash: next, view }];
    });
    if (changed.length === 0) return [];
    await this.facts.publish(changed);
    this.events.record(actor, ...changed.map(({ id }) => ({ type: changeType, subject: { kind: 'asset', id } })));
    return changed.map(({ id }) => id);
  }
}
