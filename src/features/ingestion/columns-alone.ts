import { assemble, type AssembledAsset } from '../assets/index.js';
import { refText, SOURCE_RANKS, type AssetRef, type Reading } from './readers/statement.js';

type Columns = AssembledAsset['columns'];
type Facts = Parameters<typeof assemble>[0];

/** By asset id, the columns as they would be if nobody else had said anything. @param bound what each name stands for. */
export function columnsAlone(
  readings: readonly Reading[],
  bound: readonly (AssetRef & { readonly assetId: string })[],
): Map<string, Columns> {
  const idOf = new Map(bound.map((name) => [refText(name), name.assetId]));
  const said = new Map<string, Facts[number][]>();
  for (const { source, facts } of readings) {
    for (const fact of facts) {
      const id = idOf.get(refText(fact.asset)) ?? '';
      const own = said.get(id) ?? [];
      said.set(id, own);
      own.push({ ...fact, sourceKey: source.key, rank: SOURCE_RANKS[source.kind] });
    }
  }
  return new Map([...said].map(([id, facts]) => [id, assemble(facts).columns]));
}
