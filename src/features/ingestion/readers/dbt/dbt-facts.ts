import { platformOf } from '../openlineage/facets.js';
import { at, isObject, listAt, objectAt, storable, textAt, uniqueSorted, type JsonObject } from '../json.js';
import type { AssetRef, ColumnWords, FactAttribute, FactStatement, SchemaField } from '../statement.js';
import type { DbtProject } from './read-dbt.js';

const SENSITIVITIES = ['PUBLIC', 'INTERNAL', 'CONFIDENTIAL', 'RESTRICTED'];
const OWN_META = ['owner', 'domain', 'sensitivity', 'term', 'terms'];

/** Collects what a dbt project says about its tables, models, columns and exposures. */
export class DbtFacts {
  readonly list: FactStatement[] = [];
  readonly assets: AssetRef[] = [];

  constructor(private readonly project: DbtProject) {}

  describeTable(id: string, node: JsonObject, table: AssetRef): void {
    const say = this.about(table);
    const type = textAt(node, 'resource_type') ?? 'model';
    const materialized = textAt(node, 'config', 'materialized');
    say('displayName', textAt(node, 'name'));
    say('description', textAt(node, 'description'));
    say('platform', platformOf(this.project.namespace) ?? this.project.adapter);
    say('subtype', subtypeOf(type, materialized));
    say('schema', this.fields(id, node));
    this.sayMeta(say, node);
    say('facet:dbt', {
      uniqueId: id,
      package: at(node, 'package_name'),
      path: at(node, 'original_file_path'),
      materialized,
      access: at(node, 'access'),
      contract: at(node, 'contract', 'enforced'),
    });
    say('columnWords', columnWordsOf(node));
  }

  describeModel(id: string, node: JsonObject, job: AssetRef): void {
    const say = this.about(job);
    say('displayName', textAt(node, 'name'));
    say('description', textAt(node, 'description'));
    say('platform', 'dbt');
    say('subtype', 'MODEL');
    this.sayMeta(say, node);
    const query = textAt(node, 'compiled_code') ?? textAt(node, 'compiled_sql') ?? textAt(node, 'raw_code');
    if (query !== null) say('facet:sql', { query, dialect: this.project.adapter });
  }

  describeExposure(exposure: JsonObject, dashboard: AssetRef): void {
    const say = this.about(dashboard);
    say('displayName', textAt(exposure, 'label') ?? textAt(exposure, 'name'));
    say('description', textAt(exposure, 'description'));
    say('platform', 'dbt');
    say('subtype', textAt(exposure, 'type')?.toUpperCase());
    const owner = textAt(exposure, 'owner', 'name') ?? textAt(exposure, 'owner', 'email');
    this.sayMeta(say, exposure, owner === null ? [] : [owner]);
    const url = textAt(exposure, 'url');
    if (url !== null) say('facet:link', { url });
  }

  /** The last result of each test, kept on the tables it is about. */
  describeTests(runResults: unknown, testedBy: (testId: string) => readonly AssetRef[]): void {
    for (const result of listAt(runResults, 'results')) {
      const id = textAt(result, 'unique_id') ?? '';
      for (const table of testedBy(id)) {
        const outcome = {
          status: at(result, 'status'),
          failures: at(result, 'failures'),
          message: at(result, 'message'),
        };
        this.about(table)(`facet:dbtTest:${id}`, outcome);
      }
    }
  }

  private sayMeta(say: Say, node: JsonObject, owners: readonly string[] = []): void {
    const meta = metaOf(node);
    const group = textAt(node, 'group') ?? textAt(node, 'config', 'group');
    const candidates = [textsOf(meta['owner']), owners, textsOf(group)];
    say('tags', uniqueSorted([...textsOf(node['tags']), ...textsOf(at(node, 'config', 'tags'))]));
    say('terms', termsOf(meta));
    say('owners', uniqueSorted(candidates.find((list) => list.length > 0) ?? []));
    say('domain', textAt(meta, 'domain'));
    say('sensitivity', sensitivityOf(meta));
    const rest = Object.fromEntries(Object.entries(meta).filter(([key]) => !OWN_META.includes(key)));
    if (Object.keys(rest).length > 0) say('facet:dbtMeta', rest);
  }

  /** Types are in the catalog, words in the manifest; a column may be in either. */
  private fields(id: string, node: JsonObject): SchemaField[] | null {
    const typed = Object.entries(objectAt(this.project.catalog, 'nodes', id, 'columns')).concat(
      Object.entries(objectAt(this.project.catalog, 'sources', id, 'columns')),
    );
    const described = objectAt(node, 'columns');
    const paths = new Map<string, JsonObject>();
    for (const [name, column] of typed.toSorted((a, b) => indexOf(a[1]) - indexOf(b[1])))
      if (isObject(column)) paths.set(name, column);
    const byLowerCase = new Map(Object.keys(described).map((name) => [name.toLowerCase(), name]));
    for (const name of paths.keys()) byLowerCase.delete(name.toLowerCase());
    for (const name of byLowerCase.values()) paths.set(name, {});
    if (paths.size === 0) return null;
    return [...paths].map(([path, column], index) => {
      const words = Object.entries(described).find(([name]) => name.toLowerCase() === path.toLowerCase())?.[1];
      return {
        path,
        type: textAt(column, 'type') ?? textAt(words, 'data_type'),
        description: textAt(words, 'description') ?? textAt(column, 'comment'),
        ordinal: index + 1,
      };
    });
  }

  private about(asset: AssetRef): Say {
    this.assets.push(asset);
    return (attribute, value) => {
      this.list.push({
        asset,
        columnPath: '',
        attribute,
        value: storable(value ?? null),
        assertedAt: this.project.generatedAt,
        assertedBy: 'dbt',
      });
    };
  }
}

function columnWordsOf(node: JsonObject): ColumnWords {
  const columns = Object.entries(objectAt(node, 'columns')).flatMap(([name, column]) =>
    isObject(column) ? [[name, column] as const] : [],
  );
  return Object.fromEntries(
    columns.map(([name, column]) => {
      const meta = metaOf(column);
      const tags = uniqueSorted([...textsOf(column['tags']), ...textsOf(at(column, 'config', 'tags'))]);
      return [name, { tags, terms: termsOf(meta), sensitivity: sensitivityOf(meta) }];
    }),
  );
}

type Say = (attribute: FactAttribute, value: unknown) => void;

function subtypeOf(resourceType: string, materialized: string | null): string {
  if (materialized === 'view') return 'VIEW';
  return resourceType === 'model' ? 'TABLE' : resourceType.toUpperCase();
}

/** dbt 1.10 moved meta into config; both are read, the newer place wins. */
function metaOf(node: JsonObject): JsonObject {
  return { ...objectAt(node, 'meta'), ...objectAt(node, 'config', 'meta') };
}

function termsOf(meta: JsonObject): string[] {
  return uniqueSorted([...textsOf(meta['term']), ...textsOf(meta['terms'])]);
}

function sensitivityOf(meta: JsonObject): number | null {
  const level = SENSITIVITIES.indexOf((textAt(meta, 'sensitivity') ?? '').toUpperCase());
  return level < 0 ? null : level;
}

function textsOf(value: unknown): string[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.filter((each): each is string => typeof each === 'string' && each !== '');
}

function indexOf(column: unknown): number {
  const index = at(column, 'index');
  return typeof index === 'number' ? index : 0;
}
