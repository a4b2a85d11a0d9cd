import { Injectable } from '@nestjs/common';
import { SYSTEM_ACTOR } from '../../core/actor.js';
import {
  AssetAssembler,
  AssetIdentity,
  AssetPresence,
  AssetRepository,
  FactRepository,
  keyText,
  PurgeRepository,
  type AliasSaid,
  type AssetKey,
  type FactInput,
  type SyncSaid,
} from '../assets/index.js';
import { LineageStore } from './lineage-store.js';
import { withoutPurged } from './readers/purged.js';
import { refText, SOURCE_RANKS, type AliasStatement, type AssetRef, type Reading } from './readers/statement.js';
import { RunStore } from './run-store.js';

/** Looks up the id of an asset that was resolved before. @throws when it was not: a reader forgot to list it. */
export type IdOf = (ref: AssetRef) => string;

/** Applies readings to the catalog, in sets. The same readings in any order and number end in the same catalog. */
@Injectable()
export class Projection {
  // Eight, because here the catalog, its names, runs and lineage meet.
  // oxlint-disable-next-line max-params
  constructor(
    private readonly assets: AssetRepository,
    private readonly facts: FactRepository,
    private readonly assembler: AssetAssembler,
    private readonly identity: AssetIdentity,
    private readonly presence: AssetPresence,
    private readonly purges: PurgeRepository,
    private readonly runs: RunStore,
    private readonly lineage: LineageStore,
  ) {}

  /** Inside the caller's transaction. `FACTS`: the views are assembled later, by whoever asked for that. */
  async apply(said: readonly Reading[], upTo: 'VIEWS' | 'FACTS' = 'VIEWS'): Promise<void> {
    const readings = await this.withoutPurged(said);
    const sources = new Map(readings.map((reading) => [reading.source.key, reading.source]));
    for (const source of sources.values())
      await this.facts.ensureSource(source.key, source.kind, SOURCE_RANKS[source.kind]);
    const idOf = await this.resolve(readings);
    const facts = readings.flatMap((reading) => factsOf(reading, idOf));
    if (upTo === 'VIEWS') await this.assembler.put(SYSTEM_ACTOR, facts);
    else await this.facts.put(facts);
    await this.identity.observe(
      readings.flatMap((reading) => reading.assets.filter(({ kind }) => kind === 'DATASET').map(idOf)),
      readings.flatMap((reading) => (reading.aliases ?? []).map((said) => aliasOf(said, idOf))),
    );
    const changed = await this.presence.observe(
      readings.flatMap((reading) => syncOf(reading, idOf)),
      upTo,
    );
    const runIds = await this.runs.fold(
      readings.flatMap((reading) => reading.runs),
      idOf,
    );
    await this.lineage.fold(
      readings.flatMap((reading) => reading.lineage.map((statement) => ({ statement, sourceKey: reading.source.key }))),
      idOf,
      runIds,
    );
    await this.lineage.closeRemoved(changed);
    const dropped = facts.filter(({ attribute }) => attribute === 'droppedAt').map(({ assetId }) => assetId);
    await this.lineage.closeDropped([...new Set(dropped)]);
  }

  private async withoutPurged(readings: readonly Reading[]): Promise<readonly Reading[]> {
    const refs = new Map(
      readings.flatMap(({ assets, mentions = [] }) => [...assets, ...mentions]).map((ref) => [refText(ref), ref]),
    );
    const purged = await this.purges.listPurged([...refs.values()]);
    if (purged.length === 0) return readings;
    const purgedAt = new Map(purged.map((name) => [refText(name), name.purgedAt]));
    return readings.map((reading) => withoutPurged(reading, purgedAt));
  }

  private async resolve(readings: readonly Reading[]): Promise<IdOf> {
    const keys = new Map<string, AssetKey>();
    for (const { assets, mentions = [] } of readings)
      for (const asset of [...assets, ...mentions]) keys.set(keyText(asset), asset);
    const { ids } = await this.assets.resolve([...keys.values()]);
    return (ref) => {
      const id = ids.get(keyText(ref));
      if (id === undefined) throw new Error(`The reader did not list ${ref.kind} '${ref.namespace}' '${ref.name}'.`);
      return id;
    };
  }
}

function aliasOf({ asset, alias, origin, at }: AliasStatement, idOf: IdOf): AliasSaid {
  return { assetId: idOf(asset), aliasId: idOf(alias), origin, at };
}

function syncOf({ source, sync }: Reading, idOf: IdOf): SyncSaid[] {
  if (!sync) return [];
  const { id, at, scope, isComplete, parts = 1, isWithdrawal = false, removals, seen } = sync;
  return [
    {
      sourceKey: source.key,
      syncId: id,
      at,
      scope,
      seen: [...new Set(seen.map(idOf))],
      parts: isComplete ? parts : null,
      isWithdrawal,
      isApplied: removals === 'APPLY',
    },
  ];
}

function factsOf(reading: Reading, idOf: IdOf): FactInput[] {
  return reading.facts.map((fact) => ({
    assetId: idOf(fact.asset),
    columnPath: fact.columnPath,
    attribute: fact.attribute,
    sourceKey: reading.source.key,
    value: fact.value,
    assertedAt: fact.assertedAt,
    assertedBy: fact.assertedBy,
  }));
}
