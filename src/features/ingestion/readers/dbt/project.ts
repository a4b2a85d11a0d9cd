import { Invalid } from '../../../../core/errors.js';
import { isObject, listAt, objectAt, storableText, textAt, type JsonObject } from '../json.js';
import type { AssetRef, Reading } from '../statement.js';

/** What `dbt` leaves in its target folder. */
export interface DbtArtifacts {
  readonly manifest: unknown;
  readonly catalog?: unknown;
  readonly runResults?: unknown;
  /** sources.json, of `dbt source freshness`. */
  readonly sources?: unknown;
  /** Where the project's tables live, as OpenLineage names it; the adapter's platform when left out. */
  readonly datasetNamespace?: unknown;
  /** Whether this message may take away more than a fail-safe share: see `SyncStatement`. */
  readonly removals?: unknown;
}

/** Everything of a project that readers need to find again. */
export interface DbtProject {
  readonly name: string;
  readonly adapter: string;
  readonly namespace: string;
  readonly generatedAt: Date;
  readonly invocation: string;
  /** Everything enabled, by unique id: those that other things of the same table give way to come first. */
  readonly resources: ReadonlyMap<string, JsonObject>;
  readonly groups: JsonObject;
  readonly catalog: unknown;
  readonly warnings: Reading['warnings'];
}

const OLDEST_VERSION = 4;
const NEWEST_VERSION = 12;

/** dbt's adapters whose stores have another name in OpenLineage. */
const PLATFORMS: Readonly<Record<string, string>> = { athena: 'awsathena', fabric: 'sqlserver', synapse: 'sqlserver' };

/** A model and a source may be one table: the first of these describes it, the others fill in. */
const TABLE_TYPES = ['model', 'snapshot', 'seed', 'source'];
/** Things with a meaning of their own that are no tables. */
const MEANING_TYPES = ['semantic_model', 'metric', 'saved_query'];
const RESOURCES = ['nodes', 'sources', 'exposures', 'metrics', 'semantic_models', 'saved_queries', 'unit_tests'];

/** @throws Invalid naming the artifact and what to send instead. */
export function projectOf(artifacts: DbtArtifacts): DbtProject {
  const { manifest, catalog } = artifacts;
  const version = versionOf(manifest);
  for (const [field, kind] of [
    ['catalog', 'catalog'],
    ['runResults', 'run-results'],
    ['sources', 'sources'],
  ] as const)
    refuseOther(field, kind, artifacts[field]);
  const generatedAt = new Date(textAt(manifest, 'metadata', 'generated_at') ?? '');
  if (Number.isNaN(generatedAt.getTime()))
    throw new Invalid("'manifest.metadata.generated_at' is no time.", ['manifest', 'metadata', 'generated_at']);
  const adapter = textAt(manifest, 'metadata', 'adapter_type') ?? 'dbt';
  const given = artifacts.datasetNamespace;
  return {
    name: storableText(textAt(manifest, 'metadata', 'project_name') ?? firstPackage(manifest)),
    adapter,
    namespace: typeof given === 'string' && given !== '' ? storableText(given) : (PLATFORMS[adapter] ?? adapter),
    generatedAt,
    invocation: textAt(manifest, 'metadata', 'invocation_id') ?? generatedAt.toISOString(),
    resources: new Map(resourcesOf(manifest)),
    groups: objectAt(manifest, 'groups'),
    catalog,
    warnings: version > NEWEST_VERSION ? [{ path: 'manifest', message: tooNew(version) }] : [],
  };
}

function versionOf(manifest: unknown): number {
  const version = /manifest\/v(\d+)\.json/.exec(textAt(manifest, 'metadata', 'dbt_schema_version') ?? '')?.[1];
  if (version === undefined) {
    throw new Invalid(
      "'manifest' is no dbt manifest: metadata.dbt_schema_version is missing. Send target/manifest.json.",
      ['manifest'],
    );
  }
  if (Number(version) < OLDEST_VERSION) {
    throw new Invalid(
      `Manifest v${version} is too old; v${OLDEST_VERSION} to v${NEWEST_VERSION} are read. Make it anew with dbt 1.0 or newer.`,
      ['manifest'],
    );
  }
  return Number(version);
}

function tooNew(version: number): string {
  return `is of v${version}; v${OLDEST_VERSION} to v${NEWEST_VERSION} are known, and what is new in it is left out`;
}

function refuseOther(field: string, kind: string, artifact: unknown): void {
  if (artifact === undefined || artifact === null) return;
  const schema = textAt(artifact, 'metadata', 'dbt_schema_version') ?? `/${kind}/`;
  if (isObject(artifact) && schema.includes(`/${kind}/`)) return;
  const file = `${field === 'runResults' ? 'run_results' : field}.json`;
  throw new Invalid(`'${field}' is not what dbt writes into ${file}. Send that file, or leave it out.`, [field]);
}

function resourcesOf(manifest: unknown): [string, JsonObject][] {
  return RESOURCES.flatMap((key) => Object.entries(objectAt(manifest, key)))
    .flatMap(([id, node]): [string, JsonObject][] => (isObject(node) && isEnabled(node) ? [[id, node]] : []))
    .toSorted(([a, one], [b, other]) => rankOf(a, one) - rankOf(b, other) || (a < b ? -1 : 1));
}

function isEnabled(node: JsonObject): boolean {
  return objectAt(node, 'config')['enabled'] !== false;
}

function rankOf(id: string, node: JsonObject): number {
  const rank = TABLE_TYPES.indexOf(typeOf(id, node));
  return rank < 0 ? TABLE_TYPES.length : rank;
}

/** 'model', 'source', 'test', …: not every version repeats in the node what its id says. */
export function typeOf(id: string, node: JsonObject): string {
  return textAt(node, 'resource_type') ?? id.split('.')[0] ?? '';
}

/** Before 1.6 the manifest does not name its project; every node names its package. */
function firstPackage(manifest: unknown): string {
  const model = Object.entries(objectAt(manifest, 'nodes')).find(([id]) => id.startsWith('model.'));
  return textAt(model?.[1], 'package_name') ?? 'unknown';
}

/** Null for what makes no data: tests, operations, ephemeral models, exposures. */
export function datasetOf(project: DbtProject, id: string): AssetRef | null {
  const node = project.resources.get(id);
  if (!node) return null;
  const type = typeOf(id, node);
  if (MEANING_TYPES.includes(type))
    return { kind: 'DATASET', namespace: `dbt://${project.name}`, name: storableText(id) };
  if (!TABLE_TYPES.includes(type) || isEphemeral(node)) return null;
  return tableOf(project, partsOf(type, node));
}

export function tableOf({ namespace }: DbtProject, parts: readonly string[]): AssetRef {
  return { kind: 'DATASET', namespace, name: storableText(parts.join('.')) };
}

/** Database, schema and identifier, as far as the adapter has them. */
export function partsOf(type: string, node: JsonObject): string[] {
  const identifier = type === 'source' ? textAt(node, 'identifier') : textAt(node, 'alias');
  const parts = [textAt(node, 'database'), textAt(node, 'schema'), identifier ?? textAt(node, 'name')];
  return parts.flatMap((part) => part ?? []);
}

export function isEphemeral(node: JsonObject): boolean {
  return textAt(node, 'config', 'materialized') === 'ephemeral';
}

/** What runs: models, snapshots and seeds. */
export function jobOf(project: DbtProject, id: string): AssetRef | null {
  const node = project.resources.get(id);
  if (!node || !['model', 'snapshot', 'seed'].includes(typeOf(id, node))) return null;
  return { kind: 'JOB', namespace: `dbt://${project.name}`, name: storableText(id) };
}

export function dashboardOf(project: DbtProject, exposure: JsonObject): AssetRef {
  const name = textAt(exposure, 'name') ?? 'unnamed';
  const owner = textAt(exposure, 'package_name') ?? project.name;
  // Two packages may use one name.
  const full = owner === project.name ? name : `${owner}.${name}`;
  return { kind: 'DASHBOARD', namespace: `dbt://${project.name}`, name: storableText(full) };
}

/** Ids a node reads. */
export function parentIds(node: JsonObject | undefined): string[] {
  return listAt(node, 'depends_on', 'nodes').filter((id) => typeof id === 'string');
}

/** Ids of the datasets a node reads; an ephemeral model is only SQL, so its own parents stand for it. */
export function parentDatasetIds(project: DbtProject, node: JsonObject): string[] {
  const seen = new Set<string>();
  const found: string[] = [];
  const waiting = parentIds(node);
  for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
    if (seen.has(id)) continue;
    seen.add(id);
    if (datasetOf(project, id)) found.push(id);
    else waiting.push(...parentIds(project.resources.get(id)));
  }
  return found;
}
