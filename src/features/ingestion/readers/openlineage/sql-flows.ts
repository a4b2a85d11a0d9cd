import { columnFlowsOf, type KnownAsset } from '../../sql/column-flows.js';
import { tableNamed, type SqlTask } from '../../sql/sql-task.js';
import type { StatementLineage } from '../../sql/resolve-sql.js';
import { listAt, textAt } from '../json.js';
import { refText, type AssetRef, type ColumnFlow, type Reading, type StatedOutput } from '../statement.js';
import { platformOf } from './facets.js';

/**
 * The reading with column flows from the job's SQL, for outputs about which the event itself says nothing precise. Names
 * and columns come from the event alone, so that what was received before changes nothing.
 */
export async function withSqlFlows(
  reading: Reading,
  event: unknown,
  resolve: (task: SqlTask) => Promise<readonly StatementLineage[]>,
): Promise<Reading> {
  const sql = textAt(event, 'job', 'facets', 'sql', 'query');
  const [statement, ...others] = reading.lineage;
  const silent = statement?.outputs.filter((output) => !output.columnFlows && !output.inputs) ?? [];
  if (sql === null || !statement || silent.length === 0 || statement.inputs.length === 0) return reading;
  const tables = new Map(
    [...statement.inputs, ...silent.map(({ asset }) => asset)].map((asset) => [refText(asset), known(asset, event)]),
  );
  const plain = [...tables.values()].map(({ parts, columns }) => ({ parts, columns }));
  const resolved = await resolve({ sql, dialect: dialectOf(event, statement.inputs), tables: plain });
  const flows = flowsByOutput(
    resolved,
    silent.flatMap(({ asset }) => tables.get(refText(asset)) ?? []),
    [...tables.values()],
  );
  const outputs = statement.outputs.map((output): StatedOutput => {
    const own = flows.get(refText(output.asset));
    return own ? { ...output, columnFlows: own, isInferred: true } : output;
  });
  return { ...reading, lineage: [{ ...statement, outputs }, ...others] };
}

function flowsByOutput(
  statements: readonly StatementLineage[],
  outputs: readonly KnownAsset[],
  tables: readonly KnownAsset[],
): Map<string, ColumnFlow[]> {
  const flows = new Map<string, ColumnFlow[]>();
  // A bare query fills the only output there is.
  const only = outputs.length === 1 ? (outputs[0] ?? null) : null;
  for (const statement of statements) {
    const target = statement.target ? tableNamed(outputs, statement.target) : only;
    const own = target ? columnFlowsOf(statement, target, tables) : [];
    if (!target || own.length === 0) continue;
    const key = refText(target.asset);
    flows.set(key, [...(flows.get(key) ?? []), ...own]);
  }
  return flows;
}

/** As the producer says; else what the store of the first input speaks. */
function dialectOf(event: unknown, [first]: readonly AssetRef[]): string {
  return textAt(event, 'job', 'facets', 'sql', 'dialect') ?? platformOf(first?.namespace ?? '') ?? 'generic';
}

function known(asset: AssetRef, event: unknown): KnownAsset {
  const entry = [...listAt(event, 'inputs'), ...listAt(event, 'outputs')].find(
    (dataset) =>
      textAt(dataset, 'namespace') === asset.namespace &&
      textAt(dataset, 'name') === asset.name &&
      listAt(dataset, 'facets', 'schema', 'fields').length > 0,
  );
  const fields = listAt(entry, 'facets', 'schema', 'fields').flatMap((field) => textAt(field, 'name') ?? []);
  return { asset, parts: asset.name.split('.'), columns: fields.length > 0 ? fields : null };
}
