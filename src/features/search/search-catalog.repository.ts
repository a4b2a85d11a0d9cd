import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { changeLogPosition } from '../../platform/events/follower.js';
import {
  ASSET_ROW_SQL,
  CERTIFICATIONS,
  COLUMN_ROW_SQL,
  sensitivityOf,
  toAssetResource,
  toColumnResource,
  type AssetRow,
  type ColumnRow,
} from '../assets/index.js';
import { documentOf, type SearchDocument } from './search-document.js';
import { NO_FIELDS, type SearchFields } from './search-fields.js';
import { scoreParts, type ScoreFacts } from './search-score.js';
import { nameParts, splitWords } from './search-text.js';

interface IndexedAsset extends AssetRow {
  /** Runs that read or wrote it, at most MOST_RUNS, and queries; who looks at it counts for many of them. */
  readonly usage: number;
}

interface PersonRow {
  readonly handle: string;
  readonly name: string;
  readonly updatedAt: Date;
}

/** More say nothing new: the points are a logarithm. */
const MOST_RUNS = 1000;
/** Runs repeat by themselves; somebody who opened its page wanted it. */
const RUNS_PER_VIEWER = 10;

/** Makes the documents of what is in the catalog now. */
@Injectable()
export class SearchCatalogRepository {
  constructor(private readonly database: Database) {}

  /** What is no longer there, is only named by others or stands under another name has none. */
  async assetDocuments(assetIds: readonly string[]): Promise<SearchDocument[]> {
    const assets = await this.database.query<IndexedAsset>(
      `SELECT ${ASSET_ROW_SQL}, (
         SELECT count(*)::int FROM (SELECT FROM run_dataset r WHERE r.asset_id = a.id LIMIT ${MOST_RUNS}) counted
       ) + coalesce(u.queries + ${RUNS_PER_VIEWER} * u.viewers, 0) AS usage
       FROM asset a LEFT JOIN asset_usage u ON u.asset_id = a.id WHERE a.id = ANY($1::uuid[]) AND NOT a.is_placeholder AND a.merged_into IS NULL`,
      [assetIds],
    );
    const columns = await this.database.query<ColumnRow>(
      `SELECT ${COLUMN_ROW_SQL} FROM asset_column c WHERE c.asset_id = ANY($1::uuid[]) AND c.path <> ''
       ORDER BY c.asset_id, c.ordinal`,
      [assets.map(({ id }) => id)],
    );
    const byId = new Map(assets.map((asset) => [asset.id, asset]));
    const ofColumns = columns.flatMap((column) => {
      const asset = byId.get(column.assetId);
      return asset ? [columnDocument(asset, column)] : [];
    });
    return [...assets.map(assetDocument), ...ofColumns];
  }

  /** Accounts of people in force, and teams. */
  async personDocuments(handles: readonly string[]): Promise<SearchDocument[]> {
    const people = await this.database.query<PersonRow>(
      `SELECT handle, name, created_at AS "updatedAt" FROM account
       WHERE handle = ANY($1::text[]) AND kind = 'PERSON' AND disabled_at IS NULL
       UNION ALL SELECT handle, name, to_timestamp(0) FROM team WHERE handle = ANY($1::text[])`,
      [handles],
    );
    return people.map(personDocument);
  }

  async listAssetIds(after: string, limit: number): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(
      'SELECT id FROM asset WHERE id > $1::uuid ORDER BY id LIMIT $2::int',
      [after, limit],
    );
    return rows.map(({ id }) => id);
  }

  async listHandles(after: string, limit: number): Promise<string[]> {
    const rows = await this.database.query<{ handle: string }>(
      `SELECT handle FROM (SELECT handle FROM account UNION SELECT handle FROM team) people
       WHERE handle > $1 ORDER BY handle LIMIT $2::int`,
      [after, limit],
    );
    return rows.map(({ handle }) => handle);
  }

  /** Of accounts, and of the teams they are in. */
  async handlesOf(accountIds: readonly string[]): Promise<string[]> {
    const rows = await this.database.query<{ handle: string }>(
      `SELECT handle FROM account WHERE id = ANY($1::uuid[])
       UNION SELECT t.handle FROM team_member m JOIN team t ON t.id = m.team_id WHERE m.account_id = ANY($1::uuid[])`,
      [accountIds],
    );
    return rows.map(({ handle }) => handle);
  }

  async changeLogPosition(): Promise<string> {
    return changeLogPosition(this.database);
  }

  async assetsChangedSince(position: string): Promise<string[]> {
    return this.subjectsSince(position, 'asset');
  }

  /** Handles of accounts, and of the teams they are in. */
  async peopleChangedSince(position: string): Promise<string[]> {
    const accountIds = await this.subjectsSince(position, 'account');
    return accountIds.length > 0 ? this.handlesOf(accountIds) : [];
  }

  private async subjectsSince(position: string, kind: string): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(
      'SELECT DISTINCT subject_id AS id FROM change_log WHERE position > $1::bigint AND subject_kind = $2',
      [position, kind],
    );
    return rows.map(({ id }) => id);
  }
}

function assetDocument(asset: IndexedAsset): SearchDocument {
  return documentOf({
    kind: asset.kind,
    assetId: asset.id,
    columnPath: '',
    handle: null,
    resource: toAssetResource(asset),
    fields: fieldsOf(asset),
    name: asset.name,
    otherNames: [...(asset.displayName === null ? [] : [asset.displayName]), ...asset.synonyms],
    description: asset.description,
    labels: [...asset.tags, ...asset.terms, ...asset.owners, ...asset.dataProducts, asset.domain ?? ''],
    usage: asset.usage,
    updatedAt: asset.updatedAt,
    score: scoreParts({ ...scoreFactsOf(asset), kind: asset.kind, nameWordCount: wordCountOf(asset.name) }),
  });
}

function columnDocument(asset: IndexedAsset, column: ColumnRow): SearchDocument {
  return documentOf({
    kind: 'COLUMN',
    assetId: asset.id,
    columnPath: column.path,
    handle: null,
    resource: toColumnResource(asset, column),
    fields: {
      ...fieldsOf(asset),
      kind: 'COLUMN',
      tag: column.tags,
      term: column.terms,
      sensitivity: sensitivityOf(column.sensitivity),
    },
    name: asset.name,
    otherNames: [],
    description: column.description,
    labels: [...column.tags, ...column.terms],
    usage: asset.usage,
    updatedAt: asset.updatedAt,
    score: scoreParts({
      ...scoreFactsOf(asset),
      kind: 'COLUMN',
      nameWordCount: wordCountOf(column.path),
      isDescribed: column.description !== null,
    }),
  });
}

export function personDocument({ handle, name, updatedAt }: PersonRow): SearchDocument {
  return documentOf({
    kind: 'PERSON',
    assetId: null,
    columnPath: '',
    handle,
    resource: null,
    fields: { ...NO_FIELDS, kind: 'PERSON' },
    name: handle,
    otherNames: [name],
    description: null,
    labels: [],
    usage: 0,
    updatedAt,
    score: [],
  });
}

function fieldsOf(asset: AssetRow): SearchFields {
  return {
    kind: asset.kind,
    type: asset.subtype,
    platform: asset.platform,
    namespace: asset.namespace,
    domain: asset.domain,
    owner: asset.owners,
    tag: asset.tags,
    term: asset.terms,
    product: asset.dataProducts,
    sensitivity: sensitivityOf(asset.sensitivity),
    certification: asset.certificationLevel === null ? null : (CERTIFICATIONS[asset.certificationLevel] ?? null),
    certifiedUntil: asset.certifiedUntil?.toISOString() ?? null,
    lifecycle: asset.lifecycle,
    presence: asset.presence,
  };
}

function scoreFactsOf(asset: IndexedAsset): Omit<ScoreFacts, 'kind' | 'nameWordCount'> {
  return {
    lifecycle: asset.lifecycle,
    isRemoved: asset.presence === 'REMOVED',
    usage: asset.usage,
    certification: asset.certificationLevel ?? -1,
    isOwned: asset.owners.length > 0,
    isDescribed: asset.description !== null,
    updatedAt: asset.updatedAt,
  };
}

function wordCountOf(name: string): number {
  return splitWords(nameParts(name).at(-1) ?? name).length;
}
