import { hashOf, at, isObject, listAt, objectAt, textAt, type JsonObject } from '../json.js';
import type { LineageStatement, SchemaField } from '../statement.js';
import { datasetOf, tableOf, typeOf, type DbtProject } from './project.js';
import { filled, groupFacet, otherMeta, ownerNames, sayWords, type Say } from './words.js';

/** A semantic model, metric or saved query: a dataset of the project itself. */
export function describeMeaning(say: Say, project: DbtProject, id: string): void {
  const node = project.resources.get(id) ?? {};
  const type = typeOf(id, node);
  sayWords(say, node);
  say('platform', 'dbt');
  say('subtype', type.toUpperCase());
  say('schema', type === 'semantic_model' ? semanticFields(node) : null);
  say('facet:dbt', {
    uniqueId: id,
    package: at(node, 'package_name'),
    path: at(node, 'original_file_path'),
    group: groupFacet(node, project),
    meta: otherMeta(node),
  });
  say('facet:dbtMetric', type === 'metric' ? metricFacet(node) : null);
  say('facet:dbtQuery', type === 'saved_query' ? objectAt(node, 'query_params') : null);
}

export function describeExposure(say: Say, project: DbtProject, id: string): void {
  const exposure = project.resources.get(id) ?? {};
  sayWords(say, exposure, ownerNames(exposure['owner']));
  const url = textAt(exposure, 'url');
  say('platform', 'dbt');
  say('subtype', textAt(exposure, 'type')?.toUpperCase());
  say('facet:link', url === null ? null : { url });
  say('facet:dbt', {
    uniqueId: id,
    package: at(exposure, 'package_name'),
    path: at(exposure, 'original_file_path'),
    maturity: at(exposure, 'maturity'),
    owner: filled(at(exposure, 'owner')),
    meta: otherMeta(exposure),
  });
}

/** What `dbt sl export` writes: a table or view for each export of a saved query. */
export function exportsOf(project: DbtProject, id: string): LineageStatement[] {
  const query = datasetOf(project, id);
  return listAt(project.resources.get(id), 'exports').flatMap((each) => {
    const config = objectAt(each, 'config');
    const parts = [config['database'], config['schema_name'], config['alias'] ?? at(each, 'name')];
    const named = parts.filter((part): part is string => typeof part === 'string' && part !== '');
    if (!query || named.length === 0) return [];
    const outputs = [{ asset: tableOf(project, named) }];
    const said = { origin: 'DBT', job: null, run: null, at: project.generatedAt, hash: hashOf(each) } as const;
    return [{ ...said, inputs: [query], outputs, mode: 'REPLACE' }];
  });
}

interface SemanticElement {
  readonly name: string;
  readonly kind: 'entity' | 'dimension' | 'measure';
  readonly element: JsonObject;
}

function semanticElements(node: JsonObject): SemanticElement[] {
  const all = (['entity', 'dimension', 'measure'] as const).flatMap((kind) =>
    listAt(node, kind === 'entity' ? 'entities' : `${kind}s`).flatMap((element) => {
      const name = textAt(element, 'name');
      return isObject(element) && name !== null ? [{ name, kind, element }] : [];
    }),
  );
  // An entity and a dimension may share a name.
  return [...new Map(all.toReversed().map((each) => [each.name, each])).values()].toReversed();
}

function semanticFields(node: JsonObject): SchemaField[] | null {
  const fields = semanticElements(node).map(({ name, kind, element }, index) => ({
    path: name,
    type: [kind, textAt(element, 'type') ?? textAt(element, 'agg')].filter((word) => word !== null).join(' '),
    description: textAt(element, 'description') ?? textAt(element, 'label'),
    ordinal: index + 1,
  }));
  return fields.length > 0 ? fields : null;
}

/** A semantic model as the query that it stands for; null when it has no fields. */
export function semanticSql(node: JsonObject): string | null {
  const relation = textAt(node, 'node_relation', 'relation_name');
  const fields = semanticElements(node).map(({ name, kind, element }) => {
    const expression = textAt(element, 'expr') ?? name;
    return `${kind === 'measure' ? `sum(${expression})` : expression} as ${name}`;
  });
  return relation === null || fields.length === 0 ? null : `select ${fields.join(', ')} from ${relation}`;
}

/** dbt 1.0–1.2 say type and sql, 1.3–1.5 calculation_method and expression, 1.6 and newer type and type_params. */
function metricFacet(node: JsonObject): JsonObject {
  const parameters = Object.entries(objectAt(node, 'type_params')).filter(([, value]) => filled(value) !== null);
  return {
    type: textAt(node, 'calculation_method') ?? textAt(node, 'type'),
    expression: textAt(node, 'expression') ?? textAt(node, 'sql') ?? textAt(node, 'type_params', 'expr'),
    parameters: filled(Object.fromEntries(parameters)),
    filter: filled(at(node, 'filter') ?? at(node, 'filters')),
    dimensions: filled(at(node, 'dimensions')),
    timestamp: at(node, 'timestamp') ?? null,
    timeGrains: filled(at(node, 'time_grains') ?? at(node, 'time_granularity')),
  };
}
