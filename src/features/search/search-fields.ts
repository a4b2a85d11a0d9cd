import type { CertificationLevel, Presence, Sensitivity } from '../assets/index.js';

/** What is indexed; the order of the enum in schema.graphql. */
export const SEARCH_KINDS = [
  'DATASET',
  'JOB',
  'DASHBOARD',
  'TERM',
  'DOMAIN',
  'DATA_PRODUCT',
  'COLUMN',
  'PERSON',
] as const;
export type SearchKind = (typeof SEARCH_KINDS)[number];

/**
 * What results are narrowed by, and counted by in facets. Of a column: its own tags, terms and sensitivity, everything
 * else is of its asset. A person has a kind and nothing else.
 */
export interface SearchFields {
  readonly kind: SearchKind;
  /** Finer than the kind: TABLE, VIEW, METRIC, … as producers spell it. */
  readonly type: string | null;
  readonly platform: string | null;
  readonly namespace: string | null;
  /** Slash path; a condition on it also holds for what lies under. */
  readonly domain: string | null;
  readonly owner: readonly string[];
  readonly tag: readonly string[];
  readonly term: readonly string[];
  readonly product: readonly string[];
  readonly sensitivity: Sensitivity | null;
  readonly certification: CertificationLevel | null;
  /** From then on the certification counts as none. RFC 3339 in UTC; null: no end. */
  readonly certifiedUntil: string | null;
  readonly lifecycle: string | null;
  readonly presence: Presence | null;
}

/** Of what has none of them. */
export const NO_FIELDS: Omit<SearchFields, 'kind'> = {
  type: null,
  platform: null,
  namespace: null,
  domain: null,
  owner: [],
  tag: [],
  term: [],
  product: [],
  sensitivity: null,
  certification: null,
  certifiedUntil: null,
  lifecycle: null,
  presence: null,
};

/** Names of fields that a condition or a facet may have, and that qualifiers in a query's text use: `tag:pii`. */
export const FIELD_NAMES = [
  'kind',
  'type',
  'platform',
  'namespace',
  'domain',
  'owner',
  'tag',
  'term',
  'product',
  'sensitivity',
  'certification',
  'lifecycle',
  'presence',
] as const;
export type FieldName = (typeof FIELD_NAMES)[number];

/** Holds when the field has one of the values (case ignored), or with `isExcluded` when it has none of them. */
export interface SearchCondition {
  readonly field: FieldName;
  readonly anyOf: readonly string[];
  readonly isExcluded: boolean;
}

/** The values a document has in a field at some time; none when it has no value. */
export function fieldValues(fields: SearchFields, name: FieldName, now: Date): readonly string[] {
  if (name === 'certification' && isExpired(fields, now)) return [];
  const value = fields[name];
  if (value === null) return [];
  return typeof value === 'string' ? [value] : value;
}

/** The meaning of conditions: every adapter answers as if it had asked this of each document. */
export function holds(fields: SearchFields, { field, anyOf, isExcluded }: SearchCondition, now: Date): boolean {
  const wanted = anyOf.map((value) => value.toLowerCase());
  const has = fieldValues(fields, field, now).some((value) => {
    const folded = value.toLowerCase();
    return wanted.some((one) => folded === one || (field === 'domain' && folded.startsWith(`${one}/`)));
  });
  return has !== isExcluded;
}

function isExpired({ certifiedUntil }: SearchFields, now: Date): boolean {
  return certifiedUntil !== null && Date.parse(certifiedUntil) <= now.getTime();
}
