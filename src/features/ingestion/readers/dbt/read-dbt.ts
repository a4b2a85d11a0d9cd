import { Invalid } from '../../../../core/errors.js';
import { hashOf, isObject, objectAt, storableText, textAt, listAt, type JsonObject } from '../json.js';
import { refText, type AssetRef, type LineageStatement, type Reading, type RunStatement } from '../statement.js';
import { DbtFacts } from './dbt-facts.js';

/** What `dbt` leaves in its target folder. */
export interface DbtArtifacts {
  readonly manifest: unknown;
  readonly catalog?: unknown;
  readonly runResults?: unknown;
  /** Where the project's tables live, as OpenLineage names it; the adapter's name when left out. */
  readonly datasetNamespace?: unknown;
}

/** Everything of a project that readers need to find again. */
export interface DbtProject {
  readonly name: string;
  readonly adapter: string;
  readonly namespace: string;
  readonly generatedAt: Date;
  readonly nodes: ReadonlyMap<string, JsonObject>;
  readonly exposures: ReadonlyMap<string, JsonObject>;
  readonly catalog: unknown;
}

const TABLE_TYPES = ['model', 'seed', 'snapshot', 'source'];

/**
 * Reads manifest v4–v12, catalog v1 and run results. What it says about columns is in its SQL: see dbt-sql.ts.
 * @throws Invalid when the manifest is none.
 */
export function readDbt(artifacts: DbtArtifacts): Reading {
  const project = projectOf(artifacts);
  const facts = new DbtFacts(project);
  const lineage: LineageStatement[] = [];
  for (const [id, node] of project.nodes) {
    const table = datasetOf(project, node);
    if (table) facts.describeTable(id, node, table);
    if (textAt(node, 'resource_type') !== 'model') continue;
    facts.describeModel(id, node, jobOf(project, id));
    if (table) lineage.push(statementOf(project, id, node, table));
  }
  for (const [id, exposure] of project.exposures) {
    const dashboard = dashboardOf(project, exposure);
    facts.describeExposure(exposure, dashboard);
    lineage.push({ ...statementOf(project, id, exposure, dashboard), job: null });
  }
  facts.describeTests(artifacts.runResults, (id) => tested(project, id));
  const runs = runsOf(project, artifacts.runResults);
  const assets = [
    ...facts.assets,
    ...lineage.flatMap((s) => [...s.inputs, ...s.outputs.map((o) => o.asset), ...(s.job ? [s.job] : [])]),
    ...runs.map((run) => run.job),
  ];
  return {
    source: { key: `dbt:${project.name}`, kind: 'DBT' },
    facts: facts.list,
    runs,
    lineage,
    assets: [...new Map(assets.map((asset) => [refText(asset), asset])).values()],
    warnings: [],
  };
}

export function projectOf(artifacts: DbtArtifacts): DbtProject {
  const { manifest } = artifacts;
  const version = /manifest\/v(\d+)\.json/.exec(textAt(manifest, 'metadata', 'dbt_schema_version') ?? '')?.[1];
  if (!isObject(manifest) || version === undefined) {
    throw new Invalid(
      "'manifest' is no dbt manifest: metadata.dbt_schema_version is missing. Send target/manifest.json.",
      ['manifest'],
    );
  }
  if (Number(version) < 4)
    throw new Invalid(`Manifest v${version} is too old; v4 to v12 are read. Use dbt 1.0 or newer.`, ['manifest']);
  const generatedAt = new Date(textAt(manifest, 'metadata', 'generated_at') ?? '');
  if (Number.isNaN(generatedAt.getTime()))
    throw new Invalid("'manifest.metadata.generated_at' is no time.", ['manifest', 'metadata', 'generated_at']);
  const adapter = textAt(manifest, 'metadata', 'adapter_type') ?? 'dbt';
  const given = artifacts.datasetNamespace;
  return {
    name: storableText(textAt(manifest, 'metadata', 'project_name') ?? firstPackage(manifest)),
    adapter,
    namespace: typeof given === 'string' && given !== '' ? storableText(given) : adapter,
    generatedAt,
    nodes: new Map(
      Object.entries({ ...objectAt(manifest, 'nodes'), ...objectAt(manifest, 'sources') }).filter(isEntry),
    ),
    exposures: new Map(Object.entries(objectAt(manifest, 'exposures')).filter(isEntry)),
    catalog: artifacts.catalog,
  };
}

function isEntry(entry: [string, unknown]): entry is [string, JsonObject] {
  return isObject(entry[1]);
}

/** Before 1.4 the manifest does not name its project; every node names its package. */
function firstPackage(manifest: JsonObject): string {
  const model = Object.entries(objectAt(manifest, 'nodes')).find(([id]) => id.startsWith('model.'));
  return textAt(model?.[1], 'package_name') ?? 'unknown';
}

/** Null for what makes no table: tests, operations, ephemeral models. */
export function datasetOf(project: DbtProject, node: JsonObject): AssetRef | null {
  const type = textAt(node, 'resource_type') ?? '';
  if (!TABLE_TYPES.includes(type) || textAt(node, 'config', 'materialized') === 'ephemeral') return null;
  const identifier = type === 'source' ? textAt(node, 'identifier') : textAt(node, 'alias');
  const parts = [textAt(node, 'database'), textAt(node, 'schema'), identifier ?? textAt(node, 'name')];
  return {
    kind: 'DATASET',
    namespace: project.namespace,
    name: storableText(parts.filter((part) => part !== null).join('.')),
  };
}

export function jobOf(project: DbtProject, uniqueId: string): AssetRef {
  return { kind: 'JOB', namespace: `dbt://${project.name}`, name: storableText(uniqueId) };
}

function dashboardOf(project: DbtProject, exposure: JsonObject): AssetRef {
  return {
    kind: 'DASHBOARD',
    namespace: `dbt://${project.name}`,
    name: storableText(textAt(exposure, 'name') ?? 'unnamed'),
  };
}

function statementOf(project: DbtProject, id: string, node: JsonObject, output: AssetRef): LineageStatement {
  return {
    origin: 'DBT',
    job: jobOf(project, id),
    run: null,
    at: project.generatedAt,
    hash: hashOf(node),
    inputs: parentsOf(project, node),
    outputs: [{ asset: output }],
    mode: 'REPLACE',
  };
}

/** Tables a node reads; an ephemeral model is only SQL, so its own parents stand for it. */
export function parentsOf(project: DbtProject, node: JsonObject, depth = 0): AssetRef[] {
  return listAt(node, 'depends_on', 'nodes').flatMap((id) => {
    const parent = typeof id === 'string' ? project.nodes.get(id) : undefined;
    if (!parent || depth > 100) return [];
    return datasetOf(project, parent) ?? parentsOf(project, parent, depth + 1);
  });
}

/** The tables a test is about. */
function tested(project: DbtProject, id: string): AssetRef[] {
  const test = project.nodes.get(id);
  if (textAt(test, 'resource_type') !== 'test' || !test) return [];
  const attached = textAt(test, 'attached_node');
  const node = attached === null ? undefined : project.nodes.get(attached);
  const own = node && datasetOf(project, node);
  return own ? [own] : parentsOf(project, test);
}

const END_STATES = new Map<string, 'COMPLETE' | 'FAIL' | 'ABORT'>([
  ['success', 'COMPLETE'],
  ['error', 'FAIL'],
  ['skipped', 'ABORT'],
]);

function runsOf(project: DbtProject, runResults: unknown): RunStatement[] {
  const invocation = textAt(runResults, 'metadata', 'invocation_id') ?? 'unknown';
  return listAt(runResults, 'results').flatMap((result) => {
    const id = textAt(result, 'unique_id') ?? '';
    const end = END_STATES.get(textAt(result, 'status') ?? '');
    if (!end || textAt(project.nodes.get(id), 'resource_type') !== 'model') return [];
    const times = listAt(result, 'timing').flatMap((t) => [
      textAt(t, 'started_at') ?? '',
      textAt(t, 'completed_at') ?? '',
    ]);
    const known = times.map((time) => new Date(time)).filter((time) => !Number.isNaN(time.getTime()));
    const started = known.reduce((a, b) => (a < b ? a : b), known[0] ?? project.generatedAt);
    const ended = known.reduce((a, b) => (a > b ? a : b), known[0] ?? project.generatedAt);
    const message = textAt(result, 'message');
    const facets = end === 'FAIL' && message !== null ? { errorMessage: { message: storableText(message) } } : {};
    const run = { job: jobOf(project, id), externalId: `${invocation}:${id}` };
    return [
      { ...run, eventTime: started, eventType: 'START' as const, facets: {} },
      { ...run, eventTime: ended, eventType: end, facets },
    ];
  });
}
