import { searchFields, searchToken } from '../../platform/access/search-filter.js';
import { lexemesOf } from './search-stages.js';
import type { SearchDocument } from './search-document.js';
import { FIELD_NAMES, type FieldName, type SearchFields } from './search-fields.js';
import { scoreOf } from './search-score.js';

/** Longer values of a filterable field are cut (468 bytes of what is normalised), so no longer ones are written. */
const MOST_BYTES = 300;
/** A misspelled word is compared with these; shorter ones are near to everything. */
const VOCABULARY = /^\p{L}{4,40}$/u;

/**
 * The settings of an index. Everything is found by filters over tokens: the engine's own splitting, ranking and typing
 * errors would be other words, tiers and counts than those of the port. Of its typo tolerance facet search uses two numbers.
 */
export const SETTINGS = {
  // No document has it: nothing is indexed for full text.
  searchableAttributes: ['nothing'],
  filterableAttributes: [
    {
      attributePatterns: ['words', 'group', 'person', 'in_*', 'value_*'],
      features: { facetSearch: false, filter: { equality: true, comparison: false } },
    },
    {
      attributePatterns: ['id', 'put', 'acl_*', 'place', 'usage', 'updated', 'sort_name', 'certified_until'],
      features: { facetSearch: false, filter: { equality: true, comparison: true } },
    },
    {
      attributePatterns: ['vocabulary'],
      features: { facetSearch: true, filter: { equality: true, comparison: false } },
    },
  ],
  sortableAttributes: ['place', 'usage', 'updated', 'sort_name', 'id'],
  rankingRules: ['sort'],
  typoTolerance: { enabled: true, minWordSizeForTypos: { oneTypo: 4, twoTypos: 8 } },
  faceting: { maxValuesPerFacet: 1000, sortFacetValuesBy: { '*': 'count' as const } },
  // Counts are capped by it, pages are never that deep.
  pagination: { maxTotalHits: 1_000_000_000 },
  prefixSearch: 'disabled' as const,
  // Instead of 1.5 s, after which it would answer unsorted.
  searchCutoffMs: 30_000,
};
/** More values of a field than this are not read; `maxValuesPerFacet` above. */
export const MOST_READ_VALUES = SETTINGS.faceting.maxValuesPerFacet;

/** A document as the engine keeps it. `put` tells documents of one writing from those before it. */
export function toMeilisearch(document: SearchDocument, put: number): Record<string, unknown> {
  const { key, group, kind, assetId, columnPath, handle, resource, fields, score, usage, updatedAt } = document;
  return {
    id: key,
    group,
    put,
    kind,
    assetId,
    columnPath,
    handle,
    score,
    words: lexemesOf(document).map(lexeme),
    vocabulary: document.textWords.filter((word) => VOCABULARY.test(word)),
    place: 0 - scoreOf(score),
    usage,
    updated: updatedAt.getTime(),
    // Never empty: what has no value comes last, whatever its name.
    sort_name: `n${document.sortName}`,
    certified_until: fields.certifiedUntil === null ? null : Date.parse(fields.certifiedUntil),
    ...(handle === null ? {} : { person: searchToken(handle) }),
    ...(resource === null ? { acl_type: 'person' } : searchFields(resource)),
    ...Object.assign({}, ...FIELD_NAMES.map((name) => fieldTokens(fields, name))),
  };
}

/** Both for the index and for what is looked up in it. */
export function lexeme(text: string): string {
  if (Buffer.byteLength(text) <= MOST_BYTES) return text;
  return `${firstBytes(text)} ${searchToken(text)}`;
}

/** Of a beginning; a longer one than is kept finds everything that begins like what is kept of it. */
export function firstBytes(text: string): string {
  return new TextDecoder().decode(Buffer.from(text).subarray(0, MOST_BYTES)).replace(/\uFFFD$/, '');
}

/** Under which a condition looks for values, whatever their case. */
export function conditionField(name: FieldName): string {
  return `in_${name}`;
}

/** By which facets are counted: exact values, each behind a token that differs whenever the value does. */
export function facetField(name: FieldName): string {
  return `value_${name}`;
}

export function conditionToken(value: string): string {
  return searchToken(value.toLowerCase());
}

export function facetValue(value: string): string {
  return `${searchToken(value)}:${value}`;
}

export function valueOf(facet: string): string {
  return facet.slice(facet.indexOf(':') + 1);
}

function fieldTokens(fields: SearchFields, name: FieldName): Record<string, string[]> {
  const value = fields[name];
  const values = typeof value === 'string' ? [value] : (value ?? []);
  const sought = name === 'domain' ? values.flatMap(withAncestors) : values;
  return {
    [conditionField(name)]: sought.map(conditionToken),
    [facetField(name)]: [...new Set(values)].map(facetValue),
  };
}

/** 'a/b/c' lies under 'a', 'a/b' and itself. */
function withAncestors(path: string): string[] {
  return [...[...path.matchAll(/\//g)].map(({ index }) => path.slice(0, index)), path];
}
