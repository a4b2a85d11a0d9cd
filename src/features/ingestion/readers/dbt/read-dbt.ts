import { hashOf } from '../json.js';
import { refText, type AssetRef, type LineageStatement, type Reading, type SyncStatement } from '../statement.js';
import { DbtFacts } from './facts.js';
import { describeExposure, describeMeaning, exportsOf } from './meanings.js';
import {
  dashboardOf,
  datasetOf,
  jobOf,
  parentDatasetIds,
  projectOf,
  typeOf,
  type DbtArtifacts,
  type DbtProject,
} from './project.js';
import { describeFreshness, describeResults, describeTests, runsOf } from './results.js';
import { describeJob, describeTable } from './tables.js';

/**
 * Reads manifest v4–v12 (dbt 1.0 and newer) with catalog v1, run results and source freshness, if they come with it. What
 * it says about columns is in its SQL: see dbt-sql.ts.
 * @throws Invalid when an artifact is not what its field says.
 */
export function readDbt(artifacts: DbtArtifacts): Reading {
  const project = projectOf(artifacts);
  const facts = new DbtFacts(project);
  for (const id of project.resources.keys()) describe(facts, project, id);
  describeTests(facts, project);
  const sync = syncOf(project, artifacts, facts.described);
  describeResults(facts, project, artifacts.runResults);
  describeFreshness(facts, project, artifacts.sources);
  const lineage = [...project.resources.keys()].flatMap((id) => lineageOf(project, id));
  const runs = runsOf(project, artifacts.runResults);
  const assets = [
    ...facts.described,
    ...lineage.flatMap((s) => [...s.inputs, ...s.outputs.map((o) => o.asset), ...(s.job ? [s.job] : [])]),
  ];
  return {
    source: { key: `dbt:${project.name}`, kind: 'DBT' },
    facts: facts.list,
    runs,
    lineage,
    assets: [...new Map(assets.map((asset) => [refText(asset), asset])).values()],
    sync,
    warnings: project.warnings,
  };
}

function describe(facts: DbtFacts, project: DbtProject, id: string): void {
  const type = typeOf(id, project.resources.get(id) ?? {});
  const dataset = datasetOf(project, id);
  const job = jobOf(project, id);
  if (dataset?.namespace === `dbt://${project.name}`) describeMeaning(facts.about(dataset), project, id);
  else if (dataset) describeTable(facts.about(dataset), project, id);
  if (job) describeJob(facts.about(job), project, id);
  if (type === 'exposure')
    describeExposure(facts.about(dashboardOf(project, project.resources.get(id) ?? {})), project, id);
}

function lineageOf(project: DbtProject, id: string): LineageStatement[] {
  const node = project.resources.get(id) ?? {};
  const type = typeOf(id, node);
  const output = type === 'exposure' ? dashboardOf(project, node) : datasetOf(project, id);
  // A source is made by others.
  if (!output || type === 'source') return [];
  const own: LineageStatement = {
    origin: 'DBT',
    job: jobOf(project, id),
    run: null,
    at: project.generatedAt,
    hash: hashOf(node),
    inputs: parentDatasetIds(project, node).flatMap((parent) => datasetOf(project, parent) ?? []),
    outputs: [{ asset: output }],
    mode: 'REPLACE',
  };
  return [own, ...exportsOf(project, id)];
}

/** A manifest lists the whole project: what it no longer has is gone. */
function syncOf(project: DbtProject, { removals }: DbtArtifacts, seen: readonly AssetRef[]): SyncStatement {
  return {
    id: project.invocation,
    at: project.generatedAt,
    scope: { include: [], exclude: [] },
    isComplete: true,
    removals: removals === 'APPLY' ? 'APPLY' : 'GUARD',
    seen,
  };
}
