import { createHash } from 'node:crypto';
import { readAttribute, RESOURCE_ATTRIBUTES, type Resource, type Value } from './attributes.js';
import { listOf, type LiteralAtom, type Residual, type Single } from './condition.js';
import { simplify } from './simplify.js';

/** Every document has it: it makes TRUE and FALSE sayable. */
const TYPE_FIELD = 'acl_type';

/**
 * The reading of a search engine, in Meilisearch's filter language, over the fields of `searchFields`. Equality there
 * folds case and `!=` also finds documents without the field, so strings are tokens and presence is always asked for.
 */
export function toSearchFilter(condition: Residual): string {
  return emit(simplify(condition));
}

function emit(condition: Residual): string {
  if (typeof condition === 'boolean') return condition ? `${TYPE_FIELD} EXISTS` : `${TYPE_FIELD} NOT EXISTS`;
  if ('all' in condition) return `(${condition.all.map(emit).join(' AND ')})`;
  if ('any' in condition) return `(${condition.any.map(emit).join(' OR ')})`;
  if ('not' in condition) return `(NOT ${emit(condition.not)})`;
  return emitAtom(condition);
}

const COMPARISON = { eq: '=', ne: '!=', lt: '<', lte: '<=', gt: '>', gte: '>=' } as const;

function emitAtom(atom: LiteralAtom): string {
  const field = searchField(atom.attribute);
  const values = listOf(atom.value).map(literal);
  const list = `[${values.join(', ')}]`;
  const isPresent = `${field} EXISTS AND ${field} IS NOT NULL`;
  switch (atom.operator) {
    case 'has':
      return `(${isPresent})`;
    case 'missing':
      return `(${field} NOT EXISTS OR ${field} IS NULL)`;
    case 'in':
    case 'hasAny':
      return `${field} IN ${list}`;
    case 'notIn':
      return `(${isPresent} AND ${field} NOT IN ${list})`;
    case 'ne':
      return `(${isPresent} AND ${field} != ${values.join()})`;
    case 'under':
      return `${ancestorsField(atom.attribute)} IN ${list}`;
    case 'hasAll':
    case 'hasNone':
    case 'isEmpty':
      return emitManyValued(atom.operator, field, values);
    case 'inNetwork':
      throw new Error('Networks are about who asks: nothing of them is left in a condition over resources.');
    default:
      return `${field} ${COMPARISON[atom.operator]} ${values.join()}`;
  }
}

function emitManyValued(operator: 'hasAll' | 'hasNone' | 'isEmpty', field: string, values: readonly string[]): string {
  if (operator === 'isEmpty') return `${field} IS EMPTY`;
  if (operator === 'hasNone') return `${field} NOT IN [${values.join(', ')}]`;
  return `(${values.map((value) => `${field} = ${value}`).join(' AND ')})`;
}

/** `asset.domain` is the field `acl_asset_domain`: a dot would mean a nested object there. */
export function searchField(attribute: string): string {
  return `acl_${attribute.replaceAll('.', '_')}`;
}

function ancestorsField(attribute: string): string {
  return `${searchField(attribute)}_ancestors`;
}

/**
 * 128 bits of SHA-256: equal only for equal text, whatever its case, and short enough for a filterable field (468
 * bytes). The letter before keeps '12e3…' from being taken for a number.
 */
export function searchToken(value: string): string {
  return `t${createHash('sha256').update(value, 'utf8').digest('hex').slice(0, 32)}`;
}

function literal(value: Single): string {
  return typeof value === 'string' ? quote(searchToken(value)) : String(value);
}

/** A string literal of the filter language. */
export function quote(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

/** What a document must carry for its filter: to be written with the hit, in the same transaction as the resource. */
export function searchFields(resource: Resource): Record<string, unknown> {
  const fields: Record<string, unknown> = { [TYPE_FIELD]: resource.type };
  for (const [name, { type }] of RESOURCE_ATTRIBUTES[resource.type]) {
    const value = readAttribute(resource, name);
    fields[searchField(name)] = tokens(value);
    if (type === 'path')
      fields[ancestorsField(name)] = typeof value === 'string' ? ancestors(value).map(searchToken) : [];
  }
  return fields;
}

function tokens(value: Value): unknown {
  if (typeof value === 'string') return searchToken(value);
  return Array.isArray(value) ? value.map(searchToken) : value;
}

/** 'a/b/c' is under 'a', 'a/b' and itself. */
function ancestors(path: string): string[] {
  return [...[...path.matchAll(/\//g)].map((slash) => path.slice(0, slash.index)), path];
}
