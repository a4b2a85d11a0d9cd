import { Injectable } from '@nestjs/common';
import type { ActorAccess } from '../../platform/access/access.js';
import { Database } from '../../platform/database/database.js';
import {
  ASSET_ROW_SQL,
  COLUMN_ROW_SQL,
  toAssetResource,
  toColumnResource,
  type AssetRow,
  type ColumnRow,
} from '../assets/index.js';
import { MATCH_FIELDS, matchesIn, type Match, type MatchableText } from './search-highlights.js';
import type { IndexHit } from './search-index.js';
import type { Term } from './search-text.js';

/** A person or a team. */
export interface PersonRow {
  readonly handle: string;
  readonly name: string;
  readonly isTeam: boolean;
}

/** What a hit is of, as it is now. */
type Found =
  | { readonly asset: AssetRow; readonly column: ColumnRow | null; readonly person: null }
  | { readonly asset: null; readonly column: null; readonly person: PersonRow };

export type SearchHit = Found & Pick<IndexHit, 'tier' | 'score' | 'cursor'> & { readonly matches: readonly Match[] };

interface HitRow extends AssetRow {
  readonly columnRow: ColumnRow | null;
  readonly place: number;
}

/** Reads what was found, live. */
@Injectable()
export class SearchHits {
  constructor(private readonly database: Database) {}

  /** Tests each hit once more, on the rows that are shown: what changed or was hidden since it was indexed is left out. */
  async read(access: ActorAccess, hits: readonly IndexHit[], terms: readonly Term[]): Promise<SearchHit[]> {
    const assets = await this.readAssets(hits);
    const people = await this.readPeople(hits);
    return hits.flatMap((hit, place) => {
      const found = hit.handle === null ? visibleRow(access, hit, assets.get(place)) : people.get(hit.handle);
      if (!found) return [];
      const { tier, score, cursor } = hit;
      return [{ ...found, tier, score, cursor, matches: matchesIn(textsOf(found), terms) }];
    });
  }

  /** By place in the list. */
  private async readAssets(hits: readonly IndexHit[]): Promise<Map<number, HitRow>> {
    if (hits.every(({ assetId }) => assetId === null)) return new Map();
    const rows = await this.database.query<HitRow>(HITS_SQL, [
      hits.map(({ assetId }) => assetId),
      hits.map(({ columnPath }) => columnPath),
    ]);
    return new Map(rows.map((row) => [row.place - 1, row]));
  }

  private async readPeople(hits: readonly IndexHit[]): Promise<Map<string, Found>> {
    const handles = hits.flatMap(({ handle }) => handle ?? []);
    if (handles.length === 0) return new Map();
    const rows = await this.database.query<PersonRow>(
      `SELECT handle, name, false AS "isTeam" FROM account WHERE handle = ANY($1::text[]) AND disabled_at IS NULL
       UNION ALL SELECT handle, name, true FROM team WHERE handle = ANY($1::text[])`,
      [handles],
    );
    return new Map(rows.map((person) => [person.handle, { asset: null, column: null, person }]));
  }
}

function visibleRow(access: ActorAccess, { columnPath }: IndexHit, row: HitRow | undefined): Found | null {
  if (!row) return null;
  const { columnRow, place: _, ...asset } = row;
  const column = columnPath === '' ? null : columnRow;
  const isVisible = isShown(access, asset, columnPath === '' ? undefined : column);
  return isVisible ? { asset, column, person: null } : null;
}

/** The most telling first. */
function textsOf({ asset, column, person }: Found): MatchableText[] {
  if (person) return textsNamed({ NAME: [person.handle], DISPLAY_NAME: [person.name] });
  if (column) {
    return textsNamed({ NAME: [column.path], DESCRIPTION: [column.description], TAG: column.tags, TERM: column.terms });
  }
  return textsNamed({
    NAME: [asset.name],
    DISPLAY_NAME: [asset.displayName],
    SYNONYM: asset.synonyms,
    DESCRIPTION: [asset.description],
    TAG: asset.tags,
    TERM: asset.terms,
    OWNER: asset.owners,
    DOMAIN: [asset.domain],
    PRODUCT: asset.dataProducts,
  });
}

function textsNamed(texts: Partial<Record<MatchableText['field'], readonly (string | null)[]>>): MatchableText[] {
  return MATCH_FIELDS.flatMap((field) => (texts[field] ?? []).flatMap((text) => (text ? [{ field, text }] : [])));
}

/** `column` is undefined for the asset itself, null when the column is gone. */
function isShown(access: ActorAccess, asset: AssetRow, column: ColumnRow | null | undefined): boolean {
  if (column === undefined) return access.can('discover', toAssetResource(asset));
  return column !== null && access.can('read_column', toColumnResource(asset, column));
}

const HITS_SQL = `
  SELECT ${ASSET_ROW_SQL}, column_row.value AS "columnRow", wanted.place::int AS place
  FROM unnest($1::uuid[], $2::text[]) WITH ORDINALITY AS wanted(asset_id, path, place)
  JOIN asset a ON a.id = wanted.asset_id
  LEFT JOIN LATERAL (
    SELECT to_jsonb(found) AS value FROM (
      SELECT ${COLUMN_ROW_SQL} FROM asset_column c WHERE c.asset_id = wanted.asset_id AND c.path = wanted.path
    ) found
  ) column_row ON TRUE
  ORDER BY wanted.place`;
