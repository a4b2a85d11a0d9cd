import { isObject, listAt, storable, textAt, uniqueSorted, type JsonObject } from '../json.js';
import type { AssetRef, ColumnWords, FactAttribute, FactStatement, SchemaField } from '../statement.js';

export interface FacetContext {
  readonly at: Date;
  readonly by: string | null;
  readonly warn: (path: string, message: string) => void;
}

const SENSITIVITIES = ['PUBLIC', 'INTERNAL', 'CONFIDENTIAL', 'RESTRICTED'];

/** Facets of a dataset (spec 2-0-2), as facts. What has no attribute of its own is kept verbatim as `facet:<name>`. */
export function datasetFacts(asset: AssetRef, facets: JsonObject, context: FacetContext): FactStatement[] {
  const facts = new Facts(asset, context);
  facts.say('exists', true);
  facts.say('platform', platformOf(asset.namespace));
  for (const [name, facet] of Object.entries(facets)) {
    if (!isObject(facet)) context.warn(`${asset.name}.facets.${name}`, 'is no object');
    const reader = DATASET_READERS.get(name);
    if (reader && isObject(facet)) reader(facts, facet['_deleted'] === true ? null : facet);
    if (!reader || name === 'symlinks') facts.say(`facet:${name}`, keptOf(facet));
  }
  return facts.list;
}

export function jobFacts(asset: AssetRef, facets: JsonObject, context: FacetContext): FactStatement[] {
  const facts = new Facts(asset, context);
  const integration = textAt(facets, 'jobType', 'integration');
  if (integration) facts.say('platform', integration.toLowerCase());
  const kind = textAt(facets, 'jobType', 'jobType');
  if (kind) facts.say('subtype', kind.toUpperCase());
  for (const [name, facet] of Object.entries(facets)) {
    const reader = COMMON_READERS.get(name);
    if (reader && isObject(facet)) reader(facts, facet['_deleted'] === true ? null : facet);
    else facts.say(`facet:${name}`, keptOf(facet));
  }
  return facts.list;
}

/** `_deleted: true` takes the facet back. */
function keptOf(facet: unknown): unknown {
  return isObject(facet) && facet['_deleted'] === true ? null : facet;
}

class Facts {
  readonly list: FactStatement[] = [];

  constructor(
    private readonly asset: AssetRef,
    private readonly context: FacetContext,
  ) {}

  say(attribute: FactAttribute, value: unknown, columnPath = ''): void {
    this.list.push({
      asset: this.asset,
      columnPath,
      attribute,
      value: storable(value ?? null),
      assertedAt: this.context.at,
      assertedBy: this.context.by,
    });
  }

  warn(message: string): void {
    this.context.warn(this.asset.name, message);
  }
}

/** `facet` null: the producer took it back. */
type FacetReader = (facts: Facts, facet: JsonObject | null) => void;

const COMMON_READERS: ReadonlyMap<string, FacetReader> = new Map<string, FacetReader>([
  ['documentation', (facts, facet) => facts.say('description', textAt(facet, 'description'))],
  ['ownership', (facts, facet) => facts.say('owners', facet && ownersOf(facet))],
  ['tags', sayTags],
]);

const DATASET_READERS: ReadonlyMap<string, FacetReader> = new Map<string, FacetReader>([
  ...COMMON_READERS,
  ['schema', saySchema],
  ['datasetType', (facts, facet) => facts.say('subtype', textAt(facet, 'datasetType')?.toUpperCase())],
  ['lifecycleStateChange', sayLifecycle],
  // Lineage, read in flows.ts; its columns are the policy's business, so it is not kept as a facet for all to read.
  ['columnLineage', () => undefined],
  ['lineage', () => undefined],
  ['symlinks', () => undefined],
]);

/** Producers write 'team:data', 'user:anna' or just 'anna'; a handle has no type. */
function ownersOf(facet: JsonObject): string[] {
  const names = listAt(facet, 'owners').flatMap((owner) => textAt(owner, 'name') ?? []);
  return uniqueSorted(names.map((name) => name.replace(/^(user|team|group|application):/i, '')));
}

function sayLifecycle(facts: Facts, facet: JsonObject | null): void {
  const change = textAt(facet, 'lifecycleStateChange')?.toUpperCase();
  facts.say('lifecycle', change === 'DROP' ? 'RETIRED' : null);
  facts.say('facet:lifecycleStateChange', facet);
}

function saySchema(facts: Facts, facet: JsonObject | null): void {
  if (!facet) return facts.say('schema', null);
  if (!Array.isArray(facet['fields'])) return;
  const fields: SchemaField[] = [];
  const collect = (list: readonly unknown[], prefix: string): void => {
    for (const field of list) {
      const name = textAt(field, 'name');
      if (name === null) {
        facts.warn('a schema field has no name');
        continue;
      }
      const path = prefix + name;
      fields.push({
        path,
        type: textAt(field, 'type'),
        description: textAt(field, 'description'),
        ordinal: fields.length + 1,
      });
      collect(listAt(field, 'fields'), `${path}.`);
    }
  };
  collect(facet['fields'], '');
  facts.say('schema', [...new Map(fields.map((field) => [field.path, field])).values()]);
}

interface Tag {
  readonly key: string;
  readonly value: string;
}

/**
 * Keys `sensitivity`, `domain` and `term` are attributes of their own; a tag with `field` is about that column. A new
 * facet replaces the whole one before, for every column.
 */
function sayTags(facts: Facts, facet: JsonObject | null): void {
  const byColumn = new Map<string, Tag[]>([['', []]]);
  for (const tag of listAt(facet, 'tags')) {
    const key = textAt(tag, 'key');
    if (key === null) continue;
    const column = textAt(tag, 'field') ?? '';
    byColumn.set(column, [...(byColumn.get(column) ?? []), { key, value: textAt(tag, 'value') ?? '' }]);
  }
  const own = byColumn.get('') ?? [];
  const { tags, terms, sensitivity } = wordsOf(facts, own);
  facts.say('tags', tags);
  facts.say('terms', terms);
  facts.say('sensitivity', sensitivity);
  facts.say('domain', own.find((tag) => tag.key === 'domain' && tag.value !== '')?.value ?? null);
  byColumn.delete('');
  const columns = [...byColumn].map(([column, list]) => [column, wordsOf(facts, list)] as const);
  facts.say('columnWords', Object.fromEntries(columns) satisfies ColumnWords);
}

function wordsOf(facts: Facts, tags: readonly Tag[]): ColumnWords[string] {
  const valuesOf = (key: string): string[] =>
    tags.filter((tag) => tag.key === key && tag.value !== '').map((tag) => tag.value);
  const plain = tags.filter((tag) => !['sensitivity', 'domain', 'term'].includes(tag.key));
  const levels = valuesOf('sensitivity').map((value) => SENSITIVITIES.indexOf(value.toUpperCase()));
  if (levels.includes(-1)) facts.warn(`a sensitivity is none of ${SENSITIVITIES.join(', ')}`);
  const known = levels.filter((level) => level >= 0);
  return {
    tags: uniqueSorted(plain.map(labelOf)),
    terms: uniqueSorted(valuesOf('term')),
    sensitivity: known.length > 0 ? Math.max(...known) : null,
  };
}

/** A tag that is only there has no value worth showing. */
function labelOf({ key, value }: Tag): string {
  return value === '' || value === 'true' || value === key ? key : `${key}:${value}`;
}

const SCHEMES: ReadonlyMap<string, string> = new Map([
  ['postgresql', 'postgres'],
  ['s3a', 's3'],
  ['s3n', 's3'],
  ['abfs', 'abfss'],
  ['wasb', 'wasbs'],
]);

/** The store, from the scheme of its namespace: 'postgres://db:5432' → 'postgres'; null where there is none. */
export function platformOf(namespace: string): string | null {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(namespace)?.[1]?.toLowerCase() ?? bareStore(namespace);
  return scheme === null ? null : (SCHEMES.get(scheme) ?? scheme);
}

function bareStore(namespace: string): string | null {
  return ['bigquery', 'file', 'pubsub', 'duckdb', 'inmemory'].includes(namespace) ? namespace : null;
}
