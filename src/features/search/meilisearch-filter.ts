import type { ActorAccess } from '../../platform/access/access.js';
import { quote, searchToken } from '../../platform/access/search-filter.js';
import { conditionField, conditionToken, firstBytes, lexeme } from './meilisearch-document.js';
import type { AnyOf } from './search-stages.js';
import type { SearchCondition } from './search-fields.js';
import type { SearchSort } from './search-index.js';

/** Every document has it (search-filter.ts). */
const EVERYTHING = 'acl_type EXISTS';
const NOTHING = 'acl_type NOT EXISTS';

export function and(...filters: readonly (string | null)[]): string {
  const given = filters.filter((filter) => filter !== null);
  return given.length === 0 ? EVERYTHING : given.map((filter) => `(${filter})`).join(' AND ');
}

const OPERATORS = new Map([
  ['&', ' AND '],
  ['|', ' OR '],
  ['!', 'NOT '],
]);

/**
 * Tsqueries over lexemes, of which one must match, as a filter over `words`. Both languages know `and`, `or`, `not` and parentheses, in the same order of
 * binding, so the tiers are written down once, for both engines (search-stages.ts).
 */
export function wordsFilter(anyOf: AnyOf): string {
  return anyOf.map((tsquery) => `(${tsqueryFilter(tsquery)})`).join(' OR ');
}

function tsqueryFilter(tsquery: string): string {
  return tsquery.replace(/'([^']*)'(:\*)?|\s*([&|!])\s*/g, (_, text: string | undefined, prefix, operator: string) => {
    if (text === undefined) return OPERATORS.get(operator) ?? operator;
    return prefix ? `words STARTS WITH ${quote(firstBytes(text))}` : `words = ${quote(lexeme(text))}`;
  });
}

/** What `holds` says, for all of them. */
export function conditionsFilter(conditions: readonly SearchCondition[], now: Date): string | null {
  return conditions.length === 0 ? null : and(...conditions.map((condition) => conditionFilter(condition, now)));
}

function conditionFilter({ field, anyOf, isExcluded }: SearchCondition, now: Date): string {
  if (anyOf.length === 0) return isExcluded ? EVERYTHING : NOTHING;
  const among = `${conditionField(field)} IN [${anyOf.map((value) => quote(conditionToken(value))).join(', ')}]`;
  const isIt = field === 'certification' ? and(among, certifiedFilter(now)) : among;
  return isExcluded ? `NOT (${isIt})` : isIt;
}

/** Certifications that have not expired. */
export function certifiedFilter(now: Date): string {
  return `certified_until IS NULL OR certified_until > ${now.getTime()}`;
}

/** Assets that the actor may discover, columns that he may read, and people with these handles. */
export function shownFilter(access: ActorAccess, handles: readonly string[]): string {
  const people = handles.length === 0 ? [] : [`(person IN [${tokens(handles)}])`];
  return [
    `(${discoverFilter(access)})`,
    `(acl_type = "column" AND (${access.searchFilter('read_column', 'column')}))`,
    ...people,
  ].join(' OR ');
}

export function discoverFilter(access: ActorAccess): string {
  return `acl_type = "asset" AND (${access.searchFilter('discover', 'asset')})`;
}

export function ownedFilter(access: ActorAccess, handles: readonly string[]): string {
  return and(discoverFilter(access), `acl_owners IN [${tokens(handles)}]`);
}

function tokens(values: readonly string[]): string {
  return values.map((value) => quote(searchToken(value))).join(', ');
}

interface SortField {
  readonly field: string;
  readonly direction: 'asc' | 'desc';
}

const SORT_FIELDS: Readonly<Record<SearchSort, SortField | null>> = {
  RELEVANCE: { field: 'place', direction: 'asc' },
  NAME: null,
  UPDATED: { field: 'updated', direction: 'desc' },
  USAGE: { field: 'usage', direction: 'desc' },
};

/** Where a row stands in its stage: by number, then by name, then by key. */
export interface Place {
  readonly value: number;
  readonly sortName: string;
  readonly id: string;
}

export function sortOf(sort: SearchSort): string[] {
  const first = SORT_FIELDS[sort];
  return [...(first ? [`${first.field}:${first.direction}`] : []), 'sort_name:asc', 'id:asc'];
}

/** 0 where nothing but the name counts. */
export function sortValue(sort: SearchSort, row: { readonly place: number; updated: number; usage: number }): number {
  const numbers = { RELEVANCE: row.place, NAME: 0, UPDATED: row.updated, USAGE: row.usage };
  return numbers[sort];
}

/** What comes after a row. */
export function afterFilter(sort: SearchSort, { value, sortName, id }: Place): string {
  const name = quote(sortName);
  const byName = `sort_name > ${name} OR (sort_name = ${name} AND id > ${quote(id)})`;
  const first = SORT_FIELDS[sort];
  if (!first) return byName;
  const beyond = `${first.field} ${first.direction === 'asc' ? '>' : '<'} ${value}`;
  return `${beyond} OR (${first.field} = ${value} AND (${byName}))`;
}
