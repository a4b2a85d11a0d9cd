import { isObject, listAt, numberAt, storable, textAt, uniqueSorted, type JsonObject } from '../json.js';
import type { AssetRef, ColumnWords, FactAttribute, FactStatement, SchemaField } from '../statement.js';

export interface FacetContext {
  readonly at: Date;
  readonly by: string | null;
  readonly warn: (path: string, message: string) => void;
}

const SENSITIVITIES = ['PUBLIC', 'INTERNAL', 'CONFIDENTIAL', 'RESTRICTED'];

/**
 * Facets of a dataset (spec 2-0-2), as facts. Each is kept verbatim as `facet:<name>` too, but for those that are
 * attributes whole, or lineage, whose columns are the policy's business.
 */
export function datasetFacts(asset: AssetRef, facets: JsonObject, context: FacetContext): FactStatement[] {
  const facts = new Facts(asset, context);
  facts.say('exists', true);
  facts.say('platform', platformOf(asset.namespace));
  // Whatever is mentioned is there, until it is said to be dropped: see `sayLifecycle`.
  if (!isObject(facets['lifecycleStateChange'])) facts.say('lifecycle', null);
  sayFacets(facts, facets, DATASET_READERS);
  return facts.list;
}

/** Facets of the job that an event is about. */
export function jobFacts(asset: AssetRef, facets: JsonObject, context: FacetContext): FactStatement[] {
  const facts = new Facts(asset, context);
  facts.say('exists', true);
  sayFacets(facts, facets, JOB_READERS);
  return facts.list;
}

/** Facets that are told in full elsewhere: columns, and lineage (flows.ts). */
const NOT_KEPT = new Set(['schema', 'columnLineage', 'lineage']);

function sayFacets(facts: Facts, facets: JsonObject, readers: ReadonlyMap<string, FacetReader>): void {
  for (const [name, facet] of Object.entries(facets)) {
    const kept = keptOf(facet);
    if (isObject(facet)) readers.get(name)?.(facts, isObject(kept) ? kept : null);
    if (!NOT_KEPT.has(name)) facts.say(`facet:${name}`, kept);
  }
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
]);

const JOB_READERS: ReadonlyMap<string, FacetReader> = new Map<string, FacetReader>([
  ...COMMON_READERS,
  ['jobType', sayJobType],
]);

function sayJobType(facts: Facts, facet: JsonObject | null): void {
  facts.say('platform', textAt(facet, 'integration')?.toLowerCase());
  facts.say('subtype', textAt(facet, 'jobType')?.toUpperCase());
}

/** Producers write 'team:data', 'user:anna' or just 'anna'; a handle has no type. */
function ownersOf(facet: JsonObject): string[] {
  const names = listAt(facet, 'owners').flatMap((owner) => textAt(owner, 'name') ?? []);
  return uniqueSorted(names.map((name) => name.replace(/^(user|team|group|application):/i, '')));
}

/** `droppedAt` stays whatever comes later: it closes the lineage of before (lineage-store.ts). */
function sayLifecycle(facts: Facts, facet: JsonObject | null): void {
  const isDropped = textAt(facet, 'lifecycleStateChange')?.toUpperCase() === 'DROP';
  facts.say('lifecycle', isDropped ? 'RETIRED' : null);
  if (isDropped) facts.say('droppedAt', true);
}

function saySchema(facts: Facts, facet: JsonObject | null): void {
  if (!facet) return facts.say('schema', null);
  if (!Array.isArray(facet['fields'])) return;
  const fields: SchemaField[] = [];
  const collect = (list: readonly unknown[], prefix: string): void => {
    for (const field of inOrder(list)) {
      const name = textAt(field, 'name');
      if (name === null) continue;
      const path = prefix + name;
      const ordinal = fields.length + 1;
      fields.push({ path, type: textAt(field, 'type'), description: textAt(field, 'description'), ordinal });
      collect(listAt(field, 'fields'), `${path}.`);
    }
  };
  collect(facet['fields'], '');
  facts.say('schema', [...new Map(fields.map((field) => [field.path, field])).values()]);
}

/** As `ordinal_position` says, or as they stand where it says nothing. */
function inOrder(fields: readonly unknown[]): readonly unknown[] {
  const placed = fields.map((field, index) => ({ field, place: numberAt(field, 'ordinal_position') ?? index }));
  const isPlaced = fields.every((field) => numberAt(field, 'ordinal_position') !== null);
  return isPlaced ? placed.toSorted((a, b) => a.place - b.place).map(({ field }) => field) : fields;
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
