import { Invalid } from '../../core/errors.js';
import {
  CERTIFICATIONS,
  SENSITIVITIES,
  type AssetKind,
  type CertificationLevel,
  type Presence,
  type Sensitivity,
} from './asset.js';

/** Narrows a list of assets; what is left out does not narrow. */
export interface AssetFilter {
  readonly kinds?: readonly AssetKind[] | null;
  readonly platforms?: readonly string[] | null;
  readonly domain?: string | null;
  readonly tags?: readonly string[] | null;
  readonly owners?: readonly string[] | null;
  readonly maxSensitivity?: Sensitivity | null;
  readonly namespace?: string | null;
  readonly dataProduct?: string | null;
  /** Certified at least so far, and not expired. */
  readonly minCertification?: CertificationLevel | null;
  /** Left out: what was removed is not listed. */
  readonly presence?: readonly Presence[] | null;
}

/**
 * The filter over alias `a`, with its first parameter at `$first`.
 * @throws {Invalid} with the field that holds U+0000: Postgres takes no such text.
 */
export function filterSql(filter: AssetFilter, first: number): { sql: string; params: unknown[] } {
  for (const [field, value] of Object.entries(filter)) requireNoNul(field, value);
  const params: unknown[] = [];
  const place = (value: unknown): string => `$${first - 1 + params.push(value)}`;
  const parts: string[] = [];
  if (filter.kinds) parts.push(`a.kind = ANY(${place(filter.kinds)}::text[])`);
  if (filter.platforms) parts.push(`a.platform = ANY(${place(filter.platforms)}::text[])`);
  if (filter.domain) {
    const domain = place(filter.domain);
    parts.push(`(a.domain = ${domain} OR starts_with(a.domain, ${domain} || '/'))`);
  }
  if (filter.tags) parts.push(`a.tags @> ${place(filter.tags)}::text[]`);
  if (filter.owners) parts.push(`a.owners && ${place(filter.owners)}::text[]`);
  if (filter.maxSensitivity) {
    parts.push(`a.sensitivity <= ${place(SENSITIVITIES.indexOf(filter.maxSensitivity))}::smallint`);
  }
  if (filter.namespace) parts.push(`a.namespace = ${place(filter.namespace)}`);
  if (filter.dataProduct) parts.push(`a.data_products @> ARRAY[${place(filter.dataProduct)}]`);
  if (filter.minCertification) {
    const level = place(CERTIFICATIONS.indexOf(filter.minCertification));
    parts.push(`a.certification_level >= ${level}::smallint AND coalesce(a.certified_until > now(), true)`);
  }
  parts.push(filter.presence ? `a.presence = ANY(${place(filter.presence)}::text[])` : `a.presence <> 'REMOVED'`);
  return { sql: parts.join(' AND '), params };
}

function requireNoNul(field: string, value: unknown): void {
  const texts: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (texts.some((text) => typeof text === 'string' && text.includes('\0')))
    throw new Invalid(`filter.${field} holds the character U+0000, which is in no name. Leave it out.`, [
      'filter',
      field,
    ]);
}
