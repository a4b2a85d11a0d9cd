import { resolveTask, type SqlTask } from '../../sql/sql-task.js';
import type { Reading } from '../statement.js';
import { withDbtColumnFlows } from './dbt-sql.js';
import type { DbtArtifacts } from './project.js';
import { readDbt } from './read-dbt.js';

export const read = (manifest: object, rest: Omit<DbtArtifacts, 'manifest'> = {}): Reading =>
  readDbt({ manifest, ...rest });

/** What is said of an asset: attribute → value. The last word of its name is enough to find it. */
export function said(reading: Reading, name: string, kind = 'DATASET'): Record<string, unknown> {
  const own = reading.facts.filter(({ asset }) => asset.kind === kind && asset.name.endsWith(name));
  return JSON.parse(JSON.stringify(Object.fromEntries(own.map(({ attribute, value }) => [attribute, value]))));
}

export const flowsInto = (reading: Reading, name: string): string[] =>
  reading.lineage
    .filter(({ outputs }) => outputs.some(({ asset }) => asset.name.endsWith(name)))
    .flatMap(({ inputs }) => inputs.map((input) => input.name));

export async function columnFlows(artifacts: DbtArtifacts): Promise<string[]> {
  const resolve = async (task: SqlTask) => resolveTask(task).catch(() => []);
  const { lineage } = await withDbtColumnFlows(readDbt(artifacts), artifacts, resolve);
  return lineage
    .flatMap(({ outputs }) => outputs.flatMap(({ columnFlows: flows }) => flows ?? []))
    .map(
      (f) =>
        `${f.source.name}.${f.sourcePath} -> ${f.target.name}.${f.targetPath || '*'} ${f.transformations.join(' ')}`,
    )
    .sort();
}
