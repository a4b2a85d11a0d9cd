import { isObject, listAt, textAt, type JsonObject } from '../readers/json.js';

/** A node of the parser's tree is an object with one key, the kind of node: `{ column: { name, table } }`. */
export interface AstNode {
  readonly kind: string;
  readonly body: JsonObject;
}

export function nodeOf(value: unknown): AstNode | null {
  if (!isObject(value)) return null;
  const [entry, ...others] = Object.entries(value);
  if (!entry || others.length > 0 || !isObject(entry[1])) return null;
  return { kind: entry[0], body: entry[1] };
}

/** The nodes directly inside a value, however its lists and plain objects are nested. */
export function childrenOf(value: unknown): AstNode[] {
  if (Array.isArray(value)) return value.flatMap(within);
  return isObject(value) ? Object.values(value).flatMap(within) : [];
}

function within(value: unknown): AstNode[] {
  const node = nodeOf(value);
  if (node) return [node];
  return childrenOf(value);
}

export function nodesAt(value: unknown, ...path: readonly string[]): AstNode[] {
  return listAt(value, ...path).flatMap((item) => nodeOf(item) ?? []);
}

/** An identifier: `{ name: 'orders', quoted: true }`. */
export function identifier(value: unknown): string | null {
  return textAt(value, 'name');
}

export function identifiersAt(value: unknown, ...path: readonly string[]): string[] {
  return listAt(value, ...path).flatMap((item) => identifier(item) ?? []);
}

/** Database, schema and name of a table, as far as they are written. */
export function tableName(table: JsonObject): string[] {
  const parts = [table['catalog'], table['schema'], table['name']].flatMap((part) => identifier(part) ?? []);
  // BigQuery quotes the whole path at once.
  return parts.length === 1 && isObject(table['name']) && table['name']['quoted'] === true
    ? (parts[0] ?? '').split('.')
    : parts;
}
