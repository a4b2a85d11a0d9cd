import { Injectable } from '@nestjs/common';
import { stringify } from 'csv-stringify/sync';
import type { Actor } from '../../core/actor.js';
import { AssetReader, refOf, sensitivityOf, type AssetRow, type ColumnRow } from '../assets/index.js';

export const EXPORTED_TABLES = ['assets', 'columns', 'terms'] as const;
export type ExportedTable = (typeof EXPORTED_TABLES)[number];

const HEADERS = {
  assets: [
    'ref',
    'display name',
    'description',
    'domain',
    'sensitivity',
    'lifecycle',
    'tags',
    'terms',
    'owners',
    'data products',
    'platform',
    'subtype',
  ],
  columns: ['ref', 'column', 'type', 'description', 'sensitivity', 'tags', 'terms'],
  terms: ['term', 'glossary', 'definition', 'display name', 'kind', 'synonyms', 'owners', 'status', 'domain', 'tags'],
} as const;

/** What the actor sees, as tables that can be edited in a spreadsheet and ingested again. */
@Injectable()
export class CsvExport {
  constructor(private readonly reader: AssetReader) {}

  /** A header and a hundred assets at a time, so that any catalog fits in memory. */
  async *parts(actor: Actor, table: ExportedTable): AsyncGenerator<string> {
    yield csvOf([HEADERS[table]]);
    const kinds = {
      assets: ['DATASET', 'JOB', 'DASHBOARD', 'DOMAIN', 'DATA_PRODUCT'],
      columns: ['DATASET'],
      terms: ['TERM'],
    } as const;
    for (let after: string | null = null, isMore = true; isMore;) {
      const page = await this.reader.list(actor, { kinds: kinds[table] }, { first: 100, after });
      yield csvOf(await this.rows(actor, table, page.nodes));
      after = page.endCursor;
      isMore = page.hasNextPage;
    }
  }

  private async rows(actor: Actor, table: ExportedTable, assets: readonly AssetRow[]): Promise<Cells[]> {
    if (table === 'assets') return assets.map(assetCells);
    if (table === 'terms') return assets.map(termCells);
    const columns = await this.reader.listColumns(
      actor,
      assets.map(({ id }) => id),
    );
    return assets.flatMap((asset) => (columns.get(asset.id) ?? []).map((column) => columnCells(asset, column)));
  }
}

type Cells = readonly (string | null)[];

function assetCells(asset: AssetRow): Cells {
  return [
    refOf(asset),
    asset.displayName,
    asset.description,
    asset.domain,
    sensitivityOf(asset.sensitivity),
    asset.lifecycle,
    asset.tags.join(';'),
    asset.terms.join(';'),
    asset.owners.join(';'),
    asset.dataProducts.join(';'),
    asset.platform,
    asset.subtype,
  ];
}

function columnCells(asset: AssetRow, column: ColumnRow): Cells {
  return [
    refOf(asset),
    column.path,
    column.dataType,
    column.description,
    sensitivityOf(column.sensitivity),
    column.tags.join(';'),
    column.terms.join(';'),
  ];
}

function termCells(term: AssetRow): Cells {
  return [
    term.name,
    term.namespace,
    term.description,
    term.displayName,
    term.subtype,
    term.synonyms.join(';'),
    term.owners.join(';'),
    term.lifecycle,
    term.domain,
    term.tags.join(';'),
  ];
}

/** RFC 4180; a text that a spreadsheet would take for a formula gets an apostrophe, which the CSV reader takes off again. */
function csvOf(rows: readonly Cells[]): string {
  return stringify([...rows], { record_delimiter: 'windows', escape_formulas: true });
}
