import { columnFlowsOf, type KnownAsset } from '../../sql/column-flows.js';
import { tableNamed, type SqlTask } from '../../sql/sql-task.js';
import type { StatementLineage } from '../../sql/resolve-sql.js';
import { listAt, textAt } from '../json.js';
import { refText, type AssetRef, type ColumnFlow, type Reading, type StatedOutput } from '../statement.js';
import { platformOf } from './facets.js';

/**
 * The reading with column flows from the job's SQL: all of them for outputs about which the event itself says nothing
 * precise, and how columns flow for those of which it only names them. Names and columns come from the event alone, so
 * that what was received before changes nothing.
 */
export async function withSqlFlows(
  reading: Reading,
  event: unknown,
  resolve: (task: SqlTask) => Promise<readonly StatementLineage[]>,
): Promise<Reading> {
  const sql = textAt(event, 'job', 'facets', 'sql', 'query');
  const [statement, ...others] = reading.lineage;
  const open = statement?.outputs.filter((output) => isSilent(output) || isVague(output)) ?? [];
  const sources = [...(statement?.inputs ?? []), ...open.flatMap(sourcesOf)];
  if (sql === null || !statement || open.length === 0 || sources.length === 0) return reading;
  const tables = new Map(
    [...sources, ...open.map(({ asset }) => asset)].map((asset) => [refText(asset), known(asset, event)]),
  );
  const plain = [...tables.values()].map(({ parts, columns }) => ({ parts, columns }));
  const resolved = await resolve({ sql, dialect: dialectOf(event, sources), tables: plain });
  const flows = flowsByOutput(
    resolved,
    open.flatMap(({ asset }) => tables.get(refText(asset)) ?? []),
    [...tables.values()],
  );
  const outputs = statement.outputs.map((output) => preciser(output, flows.get(refText(output.asset))));
  return { ...reading, lineage: [{ ...statement, outputs }, ...others] };
}

function isSilent({ columnFlows, inputs }: StatedOutput): boolean {
  return !columnFlows && !inputs;
}

/** Names columns and says of none how it flows; the explicit `lineage` facet, which gives inputs, is never vague. */
function isVague({ columnFlows = [], inputs }: StatedOutput): boolean {
  return (
    !inputs && columnFlows.length > 0 && columnFlows.every((flow) => flow.transformations.join() === 'DIRECT/UNKNOWN')
  );
}

function sourcesOf({ columnFlows = [] }: StatedOutput): AssetRef[] {
  return columnFlows.map(({ source }) => source);
}

/** Which columns flow is the producer's word where there is one; how they do, where it does not say, is the SQL's. */
function preciser(output: StatedOutput, found: readonly ColumnFlow[] | undefined): StatedOutput {
  if (!found) return output;
  if (isSilent(output)) return { ...output, columnFlows: found, isInferred: true };
  const stated = output.columnFlows ?? [];
  const byPair = new Map(found.filter(({ isDirect }) => isDirect).map((flow) => [pairOf(flow), flow]));
  return { ...output, columnFlows: stated.map((flow) => byPair.get(pairOf(flow)) ?? flow) };
}

function pairOf({ source, sourcePath, targetPath }: ColumnFlow): string {
  return JSON.stringify([refText(source), sourcePath, targetPath]);
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
