import { refsOf, refText, type AssetRef, type LineageStatement, type Reading } from './statement.js';

/** When assets were purged, by `refText`. */
export type PurgedAt = ReadonlyMap<string, Date>;

/**
 * The reading without what it says about assets that were purged after it was said: who makes a thing of the same name
 * again begins clean, also when every message is read anew.
 */
export function withoutPurged(reading: Reading, purgedAt: PurgedAt): Reading {
  const { mentions = [] } = reading;
  if (![...reading.assets, ...mentions].some((ref) => purgedAt.has(refText(ref)))) return reading;
  const isGone = (ref: AssetRef, at: Date): boolean => (purgedAt.get(refText(ref)) ?? new Date(0)) >= at;
  const facts = reading.facts.filter((fact) => !isGone(fact.asset, fact.assertedAt));
  const runs = reading.runs
    .filter((run) => !isGone(run.job, run.eventTime))
    .map((run) => ({ ...run, datasets: run.datasets?.filter(({ dataset }) => !isGone(dataset, run.eventTime)) ?? [] }));
  const lineage = reading.lineage.flatMap((statement) => withoutGone(statement, isGone));
  const aliases = (reading.aliases ?? []).filter(({ asset, alias, at }) => !isGone(asset, at) && !isGone(alias, at));
  const { sync } = reading;
  const seen = sync?.seen.filter((ref) => !isGone(ref, sync.at)) ?? [];
  const named = new Set([
    ...[...facts.map(({ asset }) => asset), ...runs.map(({ job }) => job), ...seen].map(refText),
    ...runs.flatMap(({ datasets }) => datasets.map(({ dataset }) => refText(dataset))),
    ...aliases.flatMap(({ asset, alias }) => [refText(asset), refText(alias)]),
    ...lineage.flatMap(refsOf).map(refText),
  ]);
  const assets = reading.assets.filter((ref) => !purgedAt.has(refText(ref)) || named.has(refText(ref)));
  const stillNamed = mentions.filter((ref) => !purgedAt.has(refText(ref)));
  return {
    ...reading,
    facts,
    runs,
    lineage,
    aliases,
    assets,
    mentions: stillNamed,
    ...(sync && { sync: { ...sync, seen } }),
  };
}

function withoutGone(
  statement: LineageStatement,
  isGone: (ref: AssetRef, at: Date) => boolean,
): LineageStatement | readonly [] {
  const stays = (ref: AssetRef): boolean => !isGone(ref, statement.at);
  if (statement.job && !stays(statement.job)) return [];
  const outputs = statement.outputs
    .filter(({ asset }) => stays(asset))
    .map((output) => ({
      ...output,
      ...(output.inputs && { inputs: output.inputs.filter(stays) }),
      ...(output.columnFlows && {
        columnFlows: output.columnFlows.filter(({ source, target }) => stays(source) && stays(target)),
      }),
    }));
  return { ...statement, inputs: statement.inputs.filter(stays), outputs };
}
