/** One small project, as the dbt that writes each manifest version would spell it. Our own words. */

export const MANIFEST_VERSIONS = [4, 5, 6, 7, 8, 9, 10, 11, 12] as const;
type Version = number;

/** Nodes a test adds or replaces, by unique id; undefined takes one away. */
export type Nodes = Readonly<Record<string, object | undefined>>;

export interface ManifestParts {
  readonly nodes?: Nodes;
  readonly sources?: Nodes;
  readonly generatedAt?: string;
  readonly adapter?: string;
  readonly [key: string]: unknown;
}

export function manifestOf(version: Version, parts: ManifestParts = {}): object {
  const { nodes = {}, sources = {}, generatedAt = '2026-03-01T06:00:00Z', adapter = 'postgres', ...rest } = parts;
  return {
    metadata: {
      dbt_schema_version: `https://schemas.getdbt.com/dbt/manifest/v${version}.json`,
      generated_at: generatedAt,
      invocation_id: `invocation of ${generatedAt}`,
      adapter_type: adapter,
      ...(version >= 10 ? { project_name: 'farm' } : {}),
    },
    nodes: { ...baseNodes(version), ...nodes },
    sources: { 'source.farm.barn.eggs': source(version), ...sources },
    exposures: { 'exposure.farm.weekly_eggs': exposure(version) },
    metrics: {},
    disabled: { 'model.farm.old_eggs': [{ resource_type: 'model', name: 'old_eggs', config: { enabled: false } }] },
    ...(version >= 9 ? { groups: {} } : {}),
    ...(version >= 10 ? { semantic_models: {} } : {}),
    ...(version >= 11 ? { saved_queries: {} } : {}),
    ...(version >= 12 ? { unit_tests: {} } : {}),
    ...rest,
  };
}

function baseNodes(version: Version): Record<string, object> {
  const clean = 'select id, hen, laid_on from "farm"."barn"."eggs" where cracked = false';
  return {
    'seed.farm.hens': node(version, 'seed', 'hens', { schema: 'seeds', description: 'Every hen we have.' }),
    'model.farm.clean_eggs': node(version, 'model', 'clean_eggs', {
      config: { materialized: 'ephemeral' },
      code: clean,
      parents: ['source.farm.barn.eggs'],
    }),
    'model.farm.stg_eggs': node(version, 'model', 'stg_eggs', {
      config: { materialized: 'view', tags: ['staging'] },
      tags: ['staging'],
      description: 'One row an egg.',
      code: `with __dbt__cte__clean_eggs as (${clean}) select id, hen as hen_id from __dbt__cte__clean_eggs`,
      parents: ['model.farm.clean_eggs'],
      columns: { id: column(version, 'id', 'Number on the egg.'), hen_id: column(version, 'hen_id', '') },
    }),
    'model.farm.eggs_by_hen': node(version, 'model', 'eggs_by_hen', {
      config: { materialized: 'incremental', unique_key: 'hen_id' },
      ...meta(version, { owner: 'poultry', domain: 'farm/eggs', sensitivity: 'internal', terms: ['Egg'], tier: 1 }),
      code: 'select hen_id, count(id) as eggs from "farm"."public"."stg_eggs" group by 1',
      parents: ['model.farm.stg_eggs'],
    }),
    'snapshot.farm.hens_history': node(version, 'snapshot', 'hens_history', {
      config: { materialized: 'snapshot', strategy: 'check' },
      code: 'select * from "farm"."seeds"."hens"',
      parents: ['seed.farm.hens'],
    }),
    'test.farm.not_null_stg_eggs_id.1a': test(version, 'not_null_stg_eggs_id', {
      model: 'stg_eggs',
      column: 'id',
      name: 'not_null',
      parents: ['model.farm.stg_eggs'],
    }),
    'test.farm.relationships_stg_eggs_hen_id.2b': test(version, 'relationships_stg_eggs_hen_id', {
      model: 'stg_eggs',
      column: 'hen_id',
      name: 'relationships',
      parents: ['seed.farm.hens', 'model.farm.stg_eggs'],
    }),
    'test.farm.no_egg_without_hen': node(version, 'test', 'no_egg_without_hen', {
      config: { materialized: 'test', severity: 'WARN' },
      code: 'select 1',
      parents: ['model.farm.eggs_by_hen', 'seed.farm.hens'],
    }),
    'operation.farm.on-run-end-0': node(version, 'operation', 'on-run-end-0', { code: 'select 1' }),
    'analysis.farm.look': node(version, 'analysis', 'look', { code: 'select 1', parents: ['model.farm.stg_eggs'] }),
  };
}

interface NodeParts {
  readonly config?: object;
  readonly code?: string;
  readonly parents?: readonly string[];
  readonly [key: string]: unknown;
}

/** dbt 1.3 (v7) renamed the code; 1.4 (v8) dropped root_path; 1.5 (v9) brought access, contract, groups and versions. */
export function node(version: Version, type: string, name: string, parts: NodeParts = {}): object {
  const { config = {}, code, parents = [], ...rest } = parts;
  const isNamed = version >= 7;
  return {
    resource_type: type,
    unique_id: `${type}.farm.${name}`,
    package_name: 'farm',
    name,
    alias: name,
    database: 'farm',
    schema: 'public',
    original_file_path: `${type}s/${name}.sql`,
    description: '',
    columns: {},
    meta: {},
    tags: [],
    config: { enabled: true, ...(type === 'seed' ? { materialized: 'seed' } : {}), ...config },
    depends_on: { nodes: parents },
    ...(code === undefined
      ? {}
      : { [isNamed ? 'raw_code' : 'raw_sql']: code, [isNamed ? 'compiled_code' : 'compiled_sql']: code }),
    ...(isNamed && type !== 'seed' ? { language: 'sql' } : {}),
    ...(version < 8 ? { root_path: '/project' } : {}),
    ...(version >= 9 && type === 'model'
      ? { access: 'protected', version: null, latest_version: null, constraints: [] }
      : {}),
    ...(version >= 9 ? { group: null, contract: { enforced: false, checksum: null } } : {}),
    ...(version >= 10 && type === 'model' ? { deprecation_date: null } : {}),
    ...rest,
  };
}

/** dbt 1.10 writes meta into config only. */
function meta(version: Version, value: object): object {
  if (version < 12) return { meta: value };
  return { meta: {}, config: { materialized: 'incremental', unique_key: 'hen_id', meta: value } };
}

function column(version: Version, name: string, description: string): object {
  const extra = version >= 9 ? { constraints: [] } : {};
  return { name, description, data_type: null, meta: {}, tags: name === 'id' ? ['key'] : [], quote: null, ...extra };
}

interface TestParts {
  readonly model: string;
  readonly column: string;
  readonly name: string;
  readonly parents: readonly string[];
}

/** dbt before 1.5 (v9) does not say which node a test is attached to. */
function test(
  version: Version,
  name: string,
  { model, column: columnName, name: generic, parents }: TestParts,
): object {
  const kwargs = { column_name: columnName, model: `{{ get_where_subquery(ref('${model}')) }}` };
  return node(version, 'test', name, {
    config: { materialized: 'test', severity: version < 6 ? 'error' : 'ERROR' },
    code: 'select 1',
    parents,
    column_name: columnName,
    file_key_name: `models.${model}`,
    test_metadata: { name: generic, kwargs, namespace: null },
    ...(version >= 9 ? { attached_node: `model.farm.${model}` } : {}),
  });
}

function source(version: Version): object {
  return {
    resource_type: 'source',
    unique_id: 'source.farm.barn.eggs',
    package_name: 'farm',
    name: 'eggs',
    identifier: 'eggs',
    source_name: 'barn',
    source_description: 'What the barn counts.',
    loader: 'by hand',
    database: 'farm',
    schema: 'barn',
    original_file_path: 'models/barn.yml',
    description: 'Eggs as they were laid.',
    columns: {},
    meta: {},
    tags: [],
    config: { enabled: true },
    freshness: { warn_after: { count: 1, period: 'day' } },
    loaded_at_field: 'laid_on',
    ...(version < 8 ? { root_path: '/project' } : {}),
  };
}

function exposure(version: Version): object {
  return {
    ...(version >= 6 ? { resource_type: 'exposure' } : {}),
    unique_id: 'exposure.farm.weekly_eggs',
    package_name: 'farm',
    name: 'weekly_eggs',
    ...(version >= 7 ? { label: null } : {}),
    type: 'dashboard',
    maturity: 'high',
    url: 'https://bi.farm.example/eggs',
    description: 'Eggs a week.',
    owner: { name: 'Ida', email: 'ida@farm.example' },
    original_file_path: 'models/exposures.yml',
    meta: {},
    tags: [],
    config: { enabled: true },
    depends_on: { nodes: ['model.farm.eggs_by_hen', 'source.farm.barn.eggs'] },
  };
}

export interface ResultParts {
  readonly which?: string;
  readonly invocation?: string;
  readonly generatedAt?: string;
  /** Status by unique id, or more of the result. */
  readonly results: Readonly<Record<string, string | object>>;
}

export function runResultsOf({
  which = 'build',
  invocation = 'run-1',
  generatedAt = '2026-03-01T06:10:00Z',
  results,
}: ResultParts): object {
  return {
    metadata: {
      dbt_schema_version: 'https://schemas.getdbt.com/dbt/run-results/v6.json',
      generated_at: generatedAt,
      invocation_id: invocation,
    },
    args: { which },
    results: Object.entries(results).map(([id, result]) => ({
      unique_id: id,
      timing: [],
      message: null,
      failures: null,
      ...(typeof result === 'string' ? { status: result } : result),
    })),
  };
}

/** Columns by node, in order: name → type. */
export function catalogOf(
  columns: Readonly<Record<string, Readonly<Record<string, string>>>>,
  generatedAt = '2026-03-01T06:05:00Z',
): object {
  const entries = Object.entries(columns).map(([id, types]) => [
    id,
    {
      metadata: { type: 'BASE TABLE', owner: 'loader', comment: null },
      columns: Object.fromEntries(
        Object.entries(types).map(([name, type], at) => [name, { name, type, index: at + 1, comment: null }]),
      ),
      stats: { row_count: { id: 'row_count', label: 'Rows', value: 12, include: true } },
    },
  ]);
  const isSource = ([id]: unknown[]): boolean => String(id).startsWith('source.');
  return {
    metadata: { dbt_schema_version: 'https://schemas.getdbt.com/dbt/catalog/v1.json', generated_at: generatedAt },
    nodes: Object.fromEntries(entries.filter((entry) => !isSource(entry))),
    sources: Object.fromEntries(entries.filter(isSource)),
  };
}
