import { Injectable } from '@nestjs/common';
import { SYSTEM_ACTOR, type Actor } from '../../core/actor.js';
import { Events } from '../../platform/events/events.js';
import { AliasRepository, type AliasRow, type AliasSaid, type NameRow } from './alias.repository.js';
import { AssetAssembler } from './asset-assembler.js';
import { keyText } from './asset.repository.js';
import { isSameSpelling, PLACED_STORES } from './canonical-key.js';
import { areToldApart, judgeSameNames, rootsOf, type Bond, type Named } from './merge.js';

/** Told about every name that begins or ends to stand for another: lineage is derived anew, documents too. */
export const ASSET_MERGED = 'asset.merged';

/** More spellings than these of one name are no spellings. */
const MOST_SPELLINGS = 20;
const NOTHING: ReadonlyMap<string, ReadonlySet<string>> = new Map();

/** Decides which names are one asset: from what sources say, how stores spell, and people, who have the last word. */
@Injectable()
export class AssetIdentity {
  constructor(
    private readonly aliases: AliasRepository,
    private readonly assembler: AssetAssembler,
    private readonly events: Events,
  ) {}

  /** Inside the caller's transaction: names that were mentioned, and what sources say about names. */
  async observe(assetIds: readonly string[], said: readonly AliasSaid[]): Promise<void> {
    const named = [...new Set([...assetIds, ...said.flatMap(({ assetId, aliasId }) => [assetId, aliasId])])];
    const now = new Date();
    const spellings = spellingsOf(await this.aliases.listSpellings(named), now);
    const pairs = await this.aliases.listSameNames(named, PLACED_STORES);
    const sameNames = pairs.map((pair) => ({ ...pair, origin: 'SAME_NAME' as const, at: now }));
    const aliases = [...said.filter(({ assetId, aliasId }) => assetId !== aliasId), ...spellings, ...sameNames];
    if (aliases.length > 0) {
      await this.aliases.lock();
      await this.aliases.say(aliases);
    }
    // Also what was bound before: a word about one name may tell it apart from another, or make it the one to show.
    const related = await this.aliases.listRelated(named);
    if (related.length > 0) await this.settle(SYSTEM_ACTOR, related);
  }

  /** Points every connected name to the one that stands for it, and assembles what changed. */
  async settle(actor: Actor, assetIds: readonly string[]): Promise<void> {
    const { names, aliases } = await this.aliases.listConnected(assetIds);
    const current = await this.judge(names, aliases);
    const roots = rootsOf(names.map(namedOf), bondsOf(current));
    const moved = names.flatMap(({ id, mergedInto }) => {
      const root = roots.get(id) ?? id;
      const next = root === id ? null : root;
      return next === mergedInto ? [] : [{ id, mergedInto: next, before: mergedInto }];
    });
    if (moved.length === 0) return;
    await this.aliases.point(moved);
    const touched = new Set(moved.flatMap(({ id, mergedInto, before }) => [id, mergedInto ?? id, before ?? id]));
    await this.assembler.assemble(actor, [...touched]);
    this.events.record(actor, ...[...touched].map((id) => ({ type: ASSET_MERGED, subject: { kind: 'asset', id } })));
  }

  /** A machine's word that contradicts what one source describes waits for a person. */
  private async judge(names: readonly NameRow[], aliases: readonly AliasRow[]): Promise<AliasRow[]> {
    const schemas = await this.aliases.listSchemas(names.map(({ id }) => id));
    const byId = new Map(names.map((name) => [name.id, name]));
    const judged = aliases.map((alias): AliasRow => {
      const [a, b] = [byId.get(alias.assetId), byId.get(alias.aliasId)];
      if (alias.decidedBy !== null || !a || !b || alias.origin === 'RENAME') return alias;
      const isDoubtful =
        !(alias.origin === 'SPELLING' && isSameSpelling(a, b)) &&
        areToldApart(schemas.get(a.id) ?? NOTHING, schemas.get(b.id) ?? NOTHING);
      return { ...alias, state: isDoubtful ? 'PROPOSED' : 'ACTIVE' };
    });
    const sure = withoutGuesses(judged, byId);
    const settled = judgeSameNames(sure, rootsOf(names.map(namedOf), bondsOf(sure.filter(isNoSameName))));
    const changed = settled.filter((alias, index) => alias.state !== aliases[index]?.state);
    if (changed.length > 0) await this.aliases.setStates(changed);
    return settled;
  }
}

/**
 * Where two spellings of one name are told apart, a third could be either of them: no machine binds it to one, as it
 * would bind the two through it.
 */
function withoutGuesses(aliases: readonly AliasRow[], byId: ReadonlyMap<string, NameRow>): AliasRow[] {
  const keyOf = ({ assetId }: AliasRow): string => {
    const { canonicalNamespace, canonicalName } = byId.get(assetId) ?? {};
    return JSON.stringify([canonicalNamespace, canonicalName]);
  };
  const spellings = aliases.filter(({ origin }) => origin === 'SPELLING');
  const contested = new Set(spellings.filter(({ state }) => state !== 'ACTIVE').map(keyOf));
  return aliases.map((alias) => {
    const [a, b] = [byId.get(alias.assetId), byId.get(alias.aliasId)];
    const isGuess =
      alias.origin === 'SPELLING' &&
      alias.decidedBy === null &&
      contested.has(keyOf(alias)) &&
      a &&
      b &&
      !isSameSpelling(a, b);
    return isGuess ? { ...alias, state: 'PROPOSED' } : alias;
  });
}

function namedOf(name: NameRow): Named {
  return { id: name.id, key: keyText(name), isDescribed: name.isDescribed };
}

function bondsOf(aliases: readonly AliasRow[]): Bond[] {
  return aliases
    .filter(({ state }) => state === 'ACTIVE')
    .map(({ assetId, aliasId, origin, lastSaidAt }) => ({
      assetId,
      aliasId,
      isDirected: origin !== 'SPELLING',
      ...(origin === 'RENAME' && { renamedAt: lastSaidAt }),
    }));
}

function isNoSameName({ origin }: AliasRow): boolean {
  return origin !== 'SAME_NAME';
}

/** Every two spellings of one name; which of them comes first is the order of their keys, never the order of arrival. */
function spellingsOf(names: readonly NameRow[], at: Date): AliasSaid[] {
  const groups = new Map<string, NameRow[]>();
  for (const name of names) {
    const key = JSON.stringify([name.canonicalNamespace, name.canonicalName]);
    groups.set(key, [...(groups.get(key) ?? []), name]);
  }
  return [...groups.values()]
    .filter((group) => group.length > 1 && group.length <= MOST_SPELLINGS)
    .flatMap((group) => {
      const sorted = group.toSorted((a, b) => (keyText(a) < keyText(b) ? -1 : 1));
      return sorted.flatMap((a, index) =>
        sorted.slice(index + 1).map((b) => ({ assetId: a.id, aliasId: b.id, origin: 'SPELLING' as const, at })),
      );
    });
}
