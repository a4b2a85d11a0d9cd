import { refsOf, refText, type FactStatement, type LineageStatement, type Reading } from './statement.js';

const FACTS_A_PART = 1000;
const RUNS_A_PART = 1000;
/** Statements, and the column flows in them. */
const FLOWS_A_PART = 1500;

/**
 * A large reading as several that say the same together, each small enough to be applied in one go. What belongs together
 * stays together: the facts of one asset, runs and the lineage that names them, and the sync, which is in the last.
 */
export function partsOf(reading: Reading): Reading[] {
  const { runs, lineage, aliases = [], sync } = reading;
  const isOfRuns = lineage.some(({ run }) => run !== null);
  const parts = [
    ...factGroups(reading).map((facts) => part(reading, { facts })),
    ...(isOfRuns ? [] : packed(runs, RUNS_A_PART, () => 1).map((group) => part(reading, { runs: group }))),
    ...(isOfRuns ? [] : lineageGroups(lineage).map((group) => part(reading, { lineage: group }))),
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
  return packed([...byAsset.values()], FACTS_A_PART, (own) => own.length).map((group) => group.flat());
}

function lineageGroups(lineage: readonly LineageStatement[]): LineageStatement[][] {
  const size = ({ outputs }: LineageStatement): number =>
    outputs.reduce((sum, { columnFlows = [] }) => sum + columnFlows.length, 1);
  return packed(lineage, FLOWS_A_PART, size);
}

/** In their order, as many to a group as fit; what does not fit anywhere is a group of its own. */
function packed<Item>(items: readonly Item[], most: number, sizeOf: (item: Item) => number): Item[][] {
  const groups: Item[][] = [];
  let room = 0;
  for (const item of items) {
    const size = sizeOf(item);
    const last = groups.at(-1);
    if (last && size <= room) last.push(item);
    else groups.push([item]);
    room = (last && size <= room ? room : most) - size;
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
