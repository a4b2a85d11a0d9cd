import type { AssetResource, ColumnResource } from '../../platform/access/attributes.js';

export const ASSET_KINDS = ['DATASET', 'JOB', 'DASHBOARD', 'TERM', 'DOMAIN', 'DATA_PRODUCT'] as const;
export type AssetKind = (typeof ASSET_KINDS)[number];

/** What the sources that list an asset say together; an asset that no source lists is present. */
export type Presence = 'PRESENT' | 'MISSING' | 'REMOVED';

/** Natural key, byte-exact as the producer spells it. */
export interface AssetKey {
  readonly kind: AssetKind;
  readonly namespace: string;
  readonly name: string;
}

export interface ValueOrigin {
  readonly source: string;
  readonly at: string;
  readonly by: string | null;
}

/** The assembled view of an asset: a row of `asset`. */
export interface AssetRow extends AssetKey {
  readonly id: string;
  readonly displayName: string | null;
  readonly description: string | null;
  readonly platform: string | null;
  readonly subtype: string | null;
  readonly domain: string | null;
  /** 0 PUBLIC, 1 INTERNAL, 2 CONFIDENTIAL, 3 RESTRICTED. */
  readonly sensitivity: number | null;
  readonly lifecycle: string;
  readonly lifecycleNote: string | null;
  /** Reference of the asset to use instead. */
  readonly successor: string | null;
  /** Index into CERTIFICATIONS. */
  readonly certificationLevel: number | null;
  readonly certifiedUntil: Date | null;
  readonly certificationNote: string | null;
  readonly tags: readonly string[];
  readonly terms: readonly string[];
  readonly owners: readonly string[];
  readonly synonyms: readonly string[];
  readonly dataProducts: readonly string[];
  readonly presence: Presence;
  readonly presenceSince: Date | null;
  readonly provenance: Readonly<Record<string, readonly ValueOrigin[]>>;
  readonly isPlaceholder: boolean;
  readonly updatedAt: Date;
}

export interface ColumnRow {
  readonly assetId: string;
  readonly path: string;
  readonly ordinal: number;
  readonly dataType: string | null;
  readonly description: string | null;
  readonly sensitivity: number | null;
  readonly tags: readonly string[];
  readonly terms: readonly string[];
  readonly provenance: Readonly<Record<string, readonly ValueOrigin[]>>;
}

/** Readable and unique: `dataset:postgres%3A%2F%2Fdb%3A5432/shop.public.orders`. */
export function refOf(key: AssetKey): string {
  return `${key.kind.toLowerCase().replace('_', '-')}:${encodeURIComponent(key.namespace)}/${encodeURIComponent(key.name)}`;
}

/** Null when the text is no reference; an id is one too (see `isAssetId`). */
export function parseRef(ref: string): AssetKey | null {
  const match = /^(dataset|job|dashboard|term|domain|data-product):([^/]*)\/([^/]+)$/.exec(ref);
  const [, kind, namespace, name] = match ?? [];
  if (kind === undefined || namespace === undefined || name === undefined) return null;
  try {
    return {
      kind: kind.toUpperCase().replace('-', '_') as AssetKind,
      namespace: decodeURIComponent(namespace),
      name: decodeURIComponent(name),
    };
  } catch {
    return null; // a stray % is not percent-encoding
  }
}

export function isAssetId(ref: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(ref);
}

/** What another catalog calls an asset; DataHub's URNs so far. */
export function isExternalRef(ref: string): boolean {
  return ref.startsWith('urn:li:');
}

export const SENSITIVITIES = ['PUBLIC', 'INTERNAL', 'CONFIDENTIAL', 'RESTRICTED'] as const;
export type Sensitivity = (typeof SENSITIVITIES)[number];

export function sensitivityOf(level: number | null): Sensitivity | null {
  return level === null ? null : (SENSITIVITIES[level] ?? null);
}

/** How far an asset can be trusted, in rising order. */
export const CERTIFICATIONS = ['BRONZE', 'SILVER', 'GOLD'] as const;
export type CertificationLevel = (typeof CERTIFICATIONS)[number];

export function toAssetResource(row: AssetRow): AssetResource {
  return {
    type: 'asset',
    id: row.id,
    kind: row.kind,
    namespace: row.namespace,
    name: row.name,
    platform: row.platform,
    domain: row.domain,
    sensitivity: row.sensitivity,
    lifecycle: row.lifecycle,
    tags: row.tags,
    terms: row.terms,
    owners: row.owners,
  };
}

export function toColumnResource(asset: AssetRow, column: ColumnRow): ColumnResource {
  return {
    type: 'column',
    asset: toAssetResource(asset),
    path: column.path,
    sensitivity: column.sensitivity,
    tags: column.tags,
    terms: column.terms,
  };
}

const TYPE_NAMES = {
  DATASET: 'Dataset',
  JOB: 'Job',
  DASHBOARD: 'Dashboard',
  TERM: 'Term',
  DOMAIN: 'Domain',
  DATA_PRODUCT: 'DataProduct',
} as const;

/** Name of the type in schema.graphql. */
export function assetTypeName(kind: AssetKind): string {
  return TYPE_NAMES[kind];
}

/** SELECT list that makes an AssetRow from alias `a`. */
export const ASSET_ROW_SQL = `a.id, a.kind, a.namespace, a.name, a.display_name AS "displayName", a.description, a.platform,
  a.subtype, a.domain, a.sensitivity, a.lifecycle, a.lifecycle_note AS "lifecycleNote", a.successor,
  a.certification_level AS "certificationLevel", a.certified_until AS "certifiedUntil",
  a.certification_note AS "certificationNote", a.tags, a.terms, a.owners, a.synonyms,
  a.data_products AS "dataProducts", a.presence, a.presence_since AS "presenceSince", a.provenance,
  a.is_placeholder AS "isPlaceholder", a.updated_at AS "updatedAt"`;

/** SELECT list that makes a ColumnRow from alias `c`. */
export const COLUMN_ROW_SQL = `c.asset_id AS "assetId", c.path, c.ordinal, c.data_type AS "dataType", c.description,
  c.sensitivity, c.tags, c.terms, c.provenance`;
