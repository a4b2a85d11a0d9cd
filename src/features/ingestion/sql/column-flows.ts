import { uniqueSorted } from '../readers/json.js';
import type { AssetRef, ColumnFlow } from '../readers/statement.js';
import type { StatementLineage } from './resolve-sql.js';
import { tableNamed, type KnownTable } from './sql-task.js';
import { isDirect, type Use } from './use.js';

export interface KnownAsset extends KnownTable {
  readonly asset: AssetRef;
}

/** Flows into one asset, of one statement: uses of one source column are one flow. Tables that nobody knows are left out. */
export function columnFlowsOf(
  statement: StatementLineage,
  target: KnownAsset,
  sources: readonly KnownAsset[],
): ColumnFlow[] {
  const flows = new Map<string, ColumnFlow>();
  const add = (use: Use, targetPath: string): void => {
    const source = tableNamed(sources, use.table);
    if (!source) return;
    const flow = flowOf(use, { source, target, targetPath });
    const key = JSON.stringify([flow.source, flow.sourcePath, flow.targetPath]);
    const known = flows.get(key);
    flows.set(key, known ? joined(known, flow) : flow);
  };
  for (const { name, uses } of statement.columns) for (const use of uses) add(use, spelling(target, name));
  for (const use of statement.influences) add(use, '');
  return [...flows.values()];
}

function flowOf(
  { column, subtype, isMasked }: Use,
  at: { readonly source: KnownAsset; readonly target: KnownAsset; readonly targetPath: string },
): ColumnFlow {
  return {
    source: at.source.asset,
    sourcePath: spelling(at.source, column),
    target: at.target.asset,
    targetPath: at.targetPath,
    transformations: [`${isDirect(subtype) ? 'DIRECT' : 'INDIRECT'}/${subtype}`],
    isDirect: isDirect(subtype),
    isMasked: isDirect(subtype) && isMasked,
  };
}

/** Masked only when every direct way is. */
function joined(a: ColumnFlow, b: ColumnFlow): ColumnFlow {
  const direct = [a, b].filter(({ isDirect: is }) => is);
  return {
    ...a,
    transformations: uniqueSorted([...a.transformations, ...b.transformations]),
    isDirect: direct.length > 0,
    isMasked: direct.length > 0 && direct.every(({ isMasked }) => isMasked),
  };
}

/** As the store spells the column, where that is known. */
function spelling({ columns }: KnownTable, name: string): string {
  return (
    columns?.find((column) => column === name) ?? columns?.find((c) => c.toLowerCase() === name.toLowerCase()) ?? name
  );
}
