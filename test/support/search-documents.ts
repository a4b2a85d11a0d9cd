import type { AssetResource, ColumnResource } from '../../src/platform/access/attributes.js';
import {
  CERTIFICATIONS,
  sensitivityOf,
  type AssetKind,
  type CertificationLevel,
  type Presence,
} from '../../src/features/assets/index.js';
import { documentOf, type SearchDocument } from '../../src/features/search/search-document.js';
import { personDocument as catalogPerson } from '../../src/features/search/search-catalog.repository.js';
import { NO_FIELDS, type SearchFields } from '../../src/features/search/search-fields.js';
import { scoreParts } from '../../src/features/search/search-score.js';
import { nameParts, splitWords } from '../../src/features/search/search-text.js';

export interface GivenColumn {
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly terms?: readonly string[];
  readonly sensitivity?: number;
}

/** An asset as a test says it; what is left out is empty. */
export interface GivenAsset {
  readonly name: string;
  readonly kind?: AssetKind;
  readonly displayName?: string;
  readonly synonyms?: readonly string[];
  readonly description?: string;
  readonly namespace?: string;
  readonly platform?: string;
  readonly domain?: string;
  readonly tags?: readonly string[];
  readonly terms?: readonly string[];
  readonly owners?: readonly string[];
  readonly sensitivity?: number;
  readonly lifecycle?: string;
  readonly certification?: CertificationLevel;
  readonly certifiedUntil?: string;
  readonly presence?: Presence;
  readonly usage?: number;
  readonly updatedAt?: Date;
  readonly columns?: Readonly<Record<string, GivenColumn>>;
}

/** The first asset has number 1. */
export function assetIdOf(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

/** The documents of an asset and its columns. */
export function assetDocuments(given: GivenAsset, number: number): SearchDocument[] {
  const resource = resourceOf(given, number);
  const fields = fieldsOf(given, resource);
  const asset = described(given, resource, fields, {
    otherNames: [...(given.displayName === undefined ? [] : [given.displayName]), ...(given.synonyms ?? [])],
    description: given.description ?? null,
    labels: [...resource.tags, ...resource.terms, ...resource.owners],
  });
  const columns = Object.entries(given.columns ?? {}).map(([path, column]) => {
    const ofColumn: ColumnResource = {
      type: 'column',
      asset: resource,
      path,
      sensitivity: column.sensitivity ?? null,
      tags: column.tags ?? [],
      terms: column.terms ?? [],
    };
    return described(given, ofColumn, columnFields(fields, ofColumn), {
      otherNames: [],
      description: column.description ?? null,
      labels: [...ofColumn.tags, ...ofColumn.terms],
    });
  });
  return [asset, ...columns];
}

export function personDocument(handle: string, name: string): SearchDocument {
  return catalogPerson({ handle, name, updatedAt: UPDATED });
}

const UPDATED = new Date('2026-01-01T00:00:00Z');
function described(
  given: GivenAsset,
  resource: AssetResource | ColumnResource,
  fields: SearchFields,
  texts: { otherNames: readonly string[]; description: string | null; labels: readonly string[] },
): SearchDocument {
  const isColumn = resource.type === 'column';
  const usage = given.usage ?? 0;
  const updatedAt = given.updatedAt ?? UPDATED;
  const ownName = isColumn ? resource.path : (nameParts(given.name).at(-1) ?? '');
  return documentOf({
    kind: fields.kind,
    assetId: isColumn ? resource.asset.id : resource.id,
    columnPath: isColumn ? resource.path : '',
    handle: null,
    resource,
    fields,
    name: given.name,
    ...texts,
    usage,
    updatedAt,
    score: scoreParts({
      kind: fields.kind,
      nameWordCount: splitWords(ownName).length,
      lifecycle: given.lifecycle ?? 'ACTIVE',
      isRemoved: given.presence === 'REMOVED',
      usage,
      certification: given.certification === undefined ? -1 : CERTIFICATIONS.indexOf(given.certification),
      isOwned: (given.owners ?? []).length > 0,
      isDescribed: texts.description !== null,
      updatedAt,
    }),
  });
}

function resourceOf(given: GivenAsset, number: number): AssetResource {
  return {
    type: 'asset',
    id: assetIdOf(number),
    kind: given.kind ?? 'DATASET',
    namespace: given.namespace ?? 'ns',
    name: given.name,
    platform: given.platform ?? null,
    domain: given.domain ?? null,
    sensitivity: given.sensitivity ?? null,
    lifecycle: given.lifecycle ?? 'ACTIVE',
    tags: given.tags ?? [],
    terms: given.terms ?? [],
    owners: given.owners ?? [],
  };
}

function fieldsOf(given: GivenAsset, resource: AssetResource): SearchFields {
  return {
    ...NO_FIELDS,
    kind: resource.kind,
    platform: resource.platform,
    namespace: resource.namespace,
    domain: resource.domain,
    owner: resource.owners,
    tag: resource.tags,
    term: resource.terms,
    sensitivity: sensitivityOf(resource.sensitivity),
    certification: given.certification ?? null,
    certifiedUntil: given.certifiedUntil ?? null,
    lifecycle: resource.lifecycle,
    presence: given.presence ?? 'PRESENT',
  };
}

function columnFields(fields: SearchFields, column: ColumnResource): SearchFields {
  return {
    ...fields,
    kind: 'COLUMN',
    tag: column.tags,
    term: column.terms,
    sensitivity: sensitivityOf(column.sensitivity),
  };
}

/** Documents of any resources, each found by the word `shared`. Equal ids stay apart. */
export function resourceDocuments(
  assets: readonly AssetResource[],
  columns: readonly ColumnResource[],
): SearchDocument[] {
  return [...assets, ...columns].map((resource, at) => {
    const asset = resource.type === 'column' ? resource.asset : resource;
    const fields = fieldsOf({ name: asset.name }, asset);
    return {
      ...described(
        { name: asset.name },
        resource,
        resource.type === 'column' ? columnFields(fields, resource) : fields,
        { otherNames: ['shared'], description: null, labels: [] },
      ),
      key: `document-${at}`,
      group: `document-${at}`,
    };
  });
}
