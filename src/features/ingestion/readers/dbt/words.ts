import { at, isObject, objectAt, textAt, uniqueSorted, type JsonObject } from '../json.js';
import type { ColumnWords, FactAttribute, SchemaField } from '../statement.js';
import type { DbtProject } from './project.js';

/** Says one attribute of one asset; null takes back an earlier word. */
export type Say = (attribute: FactAttribute, value: unknown, at?: Date) => void;

const SENSITIVITIES = ['PUBLIC', 'INTERNAL', 'CONFIDENTIAL', 'RESTRICTED'];
const OWN_META = ['owner', 'owners', 'domain', 'sensitivity', 'term', 'terms'];

/** Names, owners and labels that everything of a project may have. */
export function sayWords(say: Say, node: JsonObject, owners: readonly string[] = []): void {
  const meta = metaOf(node);
  const candidates = [ownersIn(meta), owners, textsOf(groupOf(node))];
  say('displayName', textAt(node, 'label') ?? textAt(node, 'name'));
  say('description', textAt(node, 'description'));
  say('tags', tagsOf(node));
  say('terms', termsOf(meta));
  say('owners', uniqueSorted(candidates.find((list) => list.length > 0) ?? []));
  say('domain', textAt(meta, 'domain'));
  say('sensitivity', sensitivityOf(meta));
  // Announced or past: nobody should begin to use it.
  say('lifecycle', textAt(node, 'deprecation_date') === null ? null : 'DEPRECATED');
}

/** What the manifest says about columns, by the names the catalog has for them. */
export function columnWordsOf(node: JsonObject, catalogColumns: readonly string[]): ColumnWords {
  const spelled = new Map(catalogColumns.map((name) => [name.toLowerCase(), name]));
  return Object.fromEntries(
    columnsOf(node).map(([name, column]) => {
      const meta = metaOf(column);
      const words = {
        tags: tagsOf(column),
        terms: termsOf(meta),
        sensitivity: sensitivityOf(meta),
        description: textAt(column, 'description'),
        type: textAt(column, 'data_type'),
      };
      return [spelled.get(name.toLowerCase()) ?? name, words];
    }),
  );
}

/** What only dbt knows of columns: constraints and further meta. Null when there is nothing. */
export function columnFacet(node: JsonObject): JsonObject | null {
  const said = columnsOf(node).flatMap(([name, column]) => {
    const rest = { constraints: filled(column['constraints']), meta: otherMeta(column) };
    return rest.constraints === null && rest.meta === null ? [] : [[name, rest] as const];
  });
  return said.length > 0 ? Object.fromEntries(said) : null;
}

/** Columns of the catalog, in order. Types are in the catalog, words in the manifest. Null when the catalog has none. */
export function catalogSchema({ catalog }: DbtProject, id: string, node: JsonObject): SchemaField[] | null {
  const described = new Map(columnsOf(node).map(([name, column]) => [name.toLowerCase(), column]));
  const entry = { ...objectAt(catalog, 'nodes', id, 'columns'), ...objectAt(catalog, 'sources', id, 'columns') };
  const columns = Object.entries(entry).toSorted(([, a], [, b]) => positionOf(a) - positionOf(b));
  if (columns.length === 0) return null;
  return columns.map(([path, column], index) => ({
    path,
    type: textAt(column, 'type'),
    description: textAt(described.get(path.toLowerCase()), 'description') ?? textAt(column, 'comment'),
    ordinal: index + 1,
  }));
}

export function columnsOf(node: JsonObject): [string, JsonObject][] {
  const columns = Object.entries(objectAt(node, 'columns'));
  return columns.flatMap(([name, column]): [string, JsonObject][] => (isObject(column) ? [[name, column]] : []));
}

/** Null for what is empty: an empty list, object or text says nothing. */
export function filled(value: unknown): unknown {
  if (Array.isArray(value)) return value.length > 0 ? value : null;
  if (isObject(value)) return Object.keys(value).length > 0 ? value : null;
  return value === undefined || value === '' ? null : value;
}

/** dbt 1.10 moved meta into config; both are read, the newer place wins. */
function metaOf(node: JsonObject): JsonObject {
  return { ...objectAt(node, 'meta'), ...objectAt(node, 'config', 'meta') };
}

/** Meta that has no place of its own in the catalog, kept as it is. */
export function otherMeta(node: JsonObject): unknown {
  return restOf(metaOf(node));
}

function restOf(meta: JsonObject): unknown {
  return filled(Object.fromEntries(Object.entries(meta).filter(([key]) => !OWN_META.includes(key))));
}

function tagsOf(node: JsonObject): string[] {
  return uniqueSorted([...textsOf(node['tags']), ...textsOf(at(node, 'config', 'tags'))]);
}

function termsOf(meta: JsonObject): string[] {
  return uniqueSorted([...textsOf(meta['term']), ...textsOf(meta['terms'])]);
}

function ownersIn(meta: JsonObject): string[] {
  return [meta['owner'], meta['owners']].flat().flatMap(ownerNames);
}

/** A handle, or a person or team as dbt writes them: name first, else email. */
export function ownerNames(owner: unknown): string[] {
  if (!isObject(owner)) return textsOf(owner);
  const [name] = [...textsOf(owner['name']), ...textsOf(owner['email'])];
  return name === undefined ? [] : [name];
}

function groupOf(node: JsonObject): string | null {
  return textAt(node, 'group') ?? textAt(node, 'config', 'group');
}

/** Who is behind the group that owns a node; a node's group is one of its own package first. */
export function groupFacet(node: JsonObject, { groups }: DbtProject): JsonObject | null {
  const name = groupOf(node);
  if (name === null) return null;
  const named = Object.entries(groups).filter(([, group]) => textAt(group, 'name') === name);
  const own = named.find(([, group]) => textAt(group, 'package_name') === textAt(node, 'package_name'));
  const [, group] = own ?? named[0] ?? [];
  return { name, owner: filled(at(group, 'owner')), description: textAt(group, 'description') };
}

function sensitivityOf(meta: JsonObject): number | null {
  const level = SENSITIVITIES.indexOf((textAt(meta, 'sensitivity') ?? '').toUpperCase());
  return level < 0 ? null : level;
}

function textsOf(value: unknown): string[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.filter((each): each is string => typeof each === 'string' && each !== '');
}

function positionOf(column: unknown): number {
  const index = at(column, 'index');
  return typeof index === 'number' ? index : 0;
}
