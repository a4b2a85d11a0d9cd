import type { Company, Dashboard, Mart } from './company.js';

/** The dbt project behind the marts, as dbt's own artifacts: manifest v12 with the marts, their sources and the dashboards. */
export function dbtArtifacts(company: Company, today: Date): object {
  const marts = new Set(company.marts.map((mart) => mart.mart));
  const idOf = (name: string): string => (marts.has(name) ? `model.northlight.${name}` : `source.northlight.raw.${name}`);
  const manifest = {
    metadata: {
      dbt_schema_version: 'https://schemas.getdbt.com/dbt/manifest/v12.json',
      generated_at: today.toISOString(),
      project_name: 'northlight',
      adapter_type: 'snowflake',
    },
    nodes: Object.fromEntries(company.marts.map((mart) => [idOf(mart.mart), modelOf(mart, idOf)])),
    sources: Object.fromEntries(company.tables.map(({ table }) => [idOf(table), sourceOf(table)])),
    exposures: Object.fromEntries(company.dashboards.map((board) => [`exposure.northlight.${board.name}`, exposureOf(board, idOf)])),
  };
  return { manifest, datasetNamespace: 'snowflake://northlight-eu1' };
}

function modelOf(mart: Mart, idOf: (name: string) => string): object {
  const parents = [...new Set(mart.columns.flatMap((column) => column.sources.map((source) => idOf(source.table))))];
  return {
    resource_type: 'model',
    name: mart.mart,
    alias: mart.mart,
    database: 'analytics',
    schema: 'marts',
    package_name: 'northlight',
    original_file_path: `models/marts/${mart.mart}.sql`,
    description: mart.description,
    tags: mart.tags,
    config: { materialized: 'table' },
    meta: { owner: mart.owner, domain: mart.domain, sensitivity: mart.sensitivity, terms: mart.terms },
    columns: Object.fromEntries(mart.columns.map(({ name, type, description }) => [name, { name, data_type: type, description }])),
    depends_on: { nodes: parents },
  };
}

/** Who owns a raw table and what it means is said by those who load it. */
function sourceOf(table: string): object {
  return { resource_type: 'source', name: table, identifier: table, database: 'analytics', schema: 'raw', package_name: 'northlight' };
}

function exposureOf(board: Dashboard, idOf: (name: string) => string): object {
  return {
    name: board.name,
    label: board.label,
    type: 'dashboard',
    url: `https://bi.northlight.example/${board.name}`,
    description: board.description,
    owner: { name: board.owner },
    meta: { domain: board.domain },
    depends_on: { nodes: board.from.map(idOf) },
  };
}
