import { refsOf, refText, type FactStatement, type Reading } from './statement.js';

const FACTS_A_PART = 2000;
const STATEMENTS_A_PART = 400;
const RUNS_A_PART = 1000;

/**
 * A large reading as several that say the same together, each small enough to be applied in one go. What belongs together
 * stays together: the facts of one asset, runs and the lineage that names them, and the sync, which is in the last.
 */
export function partsOf(reading: Reading): Reading[] {
  const { runs, lineage, aliases = [], sync } = reading;
  const isOfRuns = lineage.some(({ run }) => run !== null);
  const parts = [
    ...factGroups(reading).map((facts) => part(reading, { facts })),
    ...(isOfRuns ? [] : slices(runs, RUNS_A_PART).map((slice) => part(reading, { runs: slice }))),
    ...(isOfRuns ? [] : slices(lineage, STATEMENTS_A_PART).map((slice) => part(reading, { lineage: slice }))),
  ];
  const rest = part(reading, { aliases, ...(isOfRuns && { runs, lineage }), ...(sync && { sync }) });
  const named = new Set([...parts, rest].flatMap(({ assets }) => assets).map(refText));
  const others = reading.assets.filter((asset) => !named.has(refText(asset)));
  return [...parts, { ...rest, assets: [...rest.assets, ...others], warnings: reading.warnings }];
}

function factGroups({ facts }: Reading): FactStatement[][] {
  const byAsset = new Map<string, FactStatement[]>();
  for (const fact of facts) {
    const own = byAsset.get(refText(fact.asset));
    if (own) own.push(fact);
    else byAsset.set(refText(fact.asset), [fact]);
  }
  const groups: FactStatement[][] = [];
  for (const own of byAsset.values()) {
    const last = groups.at(-1);
    if (last && last.length + own.length <= FACTS_A_PART) last.push(...own);
    else groups.push([...own]);
  }
  return groups;
}

function part({ source }: Reading, said: Partial<Reading>): Reading {
  const own = { source, facts: [], runs: [], lineage: [], warnings: [], ...said };
  const refs = [
    ...own.facts.map(({ asset }) => asset),
    ...own.runs.map(({ job }) => job),
    ...own.lineage.flatMap(refsOf),
    ...(own.aliases ?? []).flatMap(({ asset, alias }) => [asset, alias]),
    ...(own.sync?.seen ?? []),
  ];
  return { ...own, assets: [...new Map(refs.map((ref) => [refText(ref), ref])).values()] };
}

function slices<Item>(items: readonly Item[], size: number): Item[][] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, at) => items.slice(at * size, (at + 1) * size));
}
