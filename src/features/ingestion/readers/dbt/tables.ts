import { platformOf } from '../openlineage/facets.js';
import { at, listAt, objectAt, textAt, type JsonObject } from '../json.js';
import { isEphemeral, typeOf, type DbtProject } from './project.js';
import {
  catalogSchema,
  columnFacet,
  columnWordsOf,
  filled,
  groupFacet,
  otherMeta,
  sayWords,
  type Say,
} from './words.js';

/** A table, view, seed, snapshot or source. */
export function describeTable(say: Say, project: DbtProject, id: string): void {
  const node = project.resources.get(id) ?? {};
  const isSource = typeOf(id, node) === 'source';
  sayWords(say, node);
  say('platform', platformOf(project.namespace) ?? project.namespace);
  say('subtype', tableSubtype(project, id, node));
  say('facet:dbt', isSource ? null : tableFacet(id, node, project));
  say('facet:dbtSource', isSource ? sourceFacet(id, node) : null);
  say('facet:dbtTests', null);
  const schema = catalogSchema(project, id, node);
  say('columnWords', columnWordsOf(node, schema?.map(({ path }) => path) ?? []));
  sayCatalog(say, project, id, schema);
}

/** A run of `dbt build` brings no catalog: that says nothing about what an earlier catalog said. */
function sayCatalog(say: Say, project: DbtProject, id: string, schema: unknown): void {
  const entry = catalogEntry(project, id);
  if (!entry) return;
  const time = new Date(textAt(project.catalog, 'metadata', 'generated_at') ?? '');
  const said = time > project.generatedAt ? time : project.generatedAt;
  const stats = Object.values(objectAt(entry, 'stats')).filter((stat) => at(stat, 'include') === true);
  say('schema', schema, said);
  say(
    'facet:dbtCatalog',
    {
      type: textAt(entry, 'metadata', 'type'),
      owner: textAt(entry, 'metadata', 'owner'),
      comment: textAt(entry, 'metadata', 'comment'),
      statistics: Object.fromEntries(stats.map((stat) => [textAt(stat, 'id') ?? '', at(stat, 'value')])),
    },
    said,
  );
}

/** What runs to make a table, or (ephemeral) is inlined where it is used. */
export function describeJob(say: Say, project: DbtProject, id: string): void {
  const node = project.resources.get(id) ?? {};
  const language = textAt(node, 'language') ?? 'sql';
  const code = compiledCode(node) ?? textAt(node, 'raw_code') ?? textAt(node, 'raw_sql');
  const hasSql = code !== null && language === 'sql' && typeOf(id, node) !== 'seed';
  sayWords(say, node);
  say('platform', 'dbt');
  say('subtype', typeOf(id, node).toUpperCase());
  say('facet:dbt', nodeFacet(id, node));
  if (isEphemeral(node)) say('facet:dbtTests', null);
  say('facet:sql', hasSql ? { query: code, dialect: project.adapter } : null);
  say('facet:sourceCode', code !== null && language !== 'sql' ? { language, sourceCode: code } : null);
}

/** The SQL that the warehouse ran; null until dbt has compiled the node. dbt before 1.3 calls it `compiled_sql`. */
export function compiledCode(node: JsonObject): string | null {
  return textAt(node, 'compiled_code') ?? textAt(node, 'compiled_sql');
}

function tableSubtype(project: DbtProject, id: string, node: JsonObject): string {
  const materialized = textAt(node, 'config', 'materialized');
  if (materialized === 'view') return 'VIEW';
  if (materialized === 'materialized_view') return 'MATERIALIZED_VIEW';
  const type = typeOf(id, node);
  if (type !== 'source') return type === 'model' ? 'TABLE' : type.toUpperCase();
  const kind = (textAt(catalogEntry(project, id), 'metadata', 'type') ?? '').toUpperCase();
  return kind.includes('VIEW') ? kind.replaceAll(' ', '_') : 'SOURCE';
}

function catalogEntry({ catalog }: DbtProject, id: string): unknown {
  return at(catalog, 'nodes', id) ?? at(catalog, 'sources', id);
}

function nodeFacet(id: string, node: JsonObject): JsonObject {
  return {
    uniqueId: id,
    package: at(node, 'package_name'),
    path: at(node, 'original_file_path'),
    materialized: at(node, 'config', 'materialized'),
    language: at(node, 'language'),
  };
}

function tableFacet(id: string, node: JsonObject, project: DbtProject): JsonObject {
  return {
    ...nodeFacet(id, node),
    access: at(node, 'access') ?? at(node, 'config', 'access'),
    version: at(node, 'version'),
    latestVersion: at(node, 'latest_version'),
    deprecationDate: at(node, 'deprecation_date'),
    uniqueKey: at(node, 'config', 'unique_key'),
    strategy: at(node, 'config', 'strategy') ?? at(node, 'config', 'incremental_strategy'),
    group: groupFacet(node, project),
    contract: contractFacet(node),
    columns: columnFacet(node),
    meta: otherMeta(node),
  };
}

function sourceFacet(id: string, node: JsonObject): JsonObject {
  return {
    uniqueId: id,
    package: at(node, 'package_name'),
    path: at(node, 'original_file_path'),
    source: at(node, 'source_name'),
    sourceDescription: filled(at(node, 'source_description')),
    loader: filled(at(node, 'loader')),
    loadedAtField: at(node, 'loaded_at_field'),
    freshness: filled(at(node, 'freshness') ?? at(node, 'config', 'freshness')),
    external: filled(at(node, 'external')),
    columns: columnFacet(node),
    meta: otherMeta(node),
  };
}

/** Constraints hold without an enforced contract too; null when the model promises nothing. */
function contractFacet(node: JsonObject): JsonObject | null {
  const isEnforced = hasContract(node);
  const constraints = listAt(node, 'constraints');
  return isEnforced || constraints.length > 0 ? { isEnforced, constraints } : null;
}

/** Whether the columns that the manifest lists are all there are, with their types. */
export function hasContract(node: JsonObject): boolean {
  return at(node, 'contract', 'enforced') === true || at(node, 'config', 'contract', 'enforced') === true;
}
