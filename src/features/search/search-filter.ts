import { CERTIFICATIONS, SENSITIVITIES, type AssetFilter } from '../assets/index.js';
import type { FieldName, SearchCondition, SearchKind } from './search-fields.js';

/** An asset filter that may also ask for columns and people, and for terms. */
export interface SearchFilter extends Omit<AssetFilter, 'kinds'> {
  readonly kinds?: readonly SearchKind[] | null;
  /** All of them. */
  readonly terms?: readonly string[] | null;
}

/** What a filter means for documents. What was removed is found only where presence is asked for. */
export function conditionsOf(filter: SearchFilter): SearchCondition[] {
  const { maxSensitivity, minCertification } = filter;
  const conditions: (readonly [FieldName, readonly string[] | null | undefined])[] = [
    ['kind', filter.kinds],
    ['platform', filter.platforms],
    ['domain', listOf(filter.domain)],
    ...(filter.tags ?? []).map((tag) => ['tag', [tag]] as const),
    ...(filter.terms ?? []).map((term) => ['term', [term]] as const),
    ['owner', filter.owners],
    ['sensitivity', maxSensitivity && SENSITIVITIES.slice(0, SENSITIVITIES.indexOf(maxSensitivity) + 1)],
    ['namespace', listOf(filter.namespace)],
    ['product', listOf(filter.dataProduct)],
    ['certification', minCertification && CERTIFICATIONS.slice(CERTIFICATIONS.indexOf(minCertification))],
    ['presence', filter.presence],
  ];
  const given = conditions.flatMap(([field, anyOf]) => (anyOf ? [{ field, anyOf, isExcluded: false }] : []));
  return filter.presence ? given : [...given, { field: 'presence', anyOf: ['REMOVED'], isExcluded: true }];
}

function listOf(value: string | null | undefined): readonly string[] | null {
  return value === null || value === undefined ? null : [value];
}
