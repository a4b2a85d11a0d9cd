import { storeOf } from '../file-message.js';
import { uniqueSorted } from '../json.js';
import { refText, type AssetRef, type ColumnWords, type FactAttribute, type FactStatement } from '../statement.js';
import type { CsvRow } from './csv-rows.js';
import type { CsvFile } from './read-csv.js';

/** All that a CSV file may say of an asset. What it does not say is null: that takes back what it said before. */
const ATTRIBUTES = [
  'displayName',
  'description',
  'platform',
  'subtype',
  'domain',
  'sensitivity',
  'lifecycle',
  'tags',
  'terms',
  'owners',
  'synonyms',
  'dataProducts',
  'schema',
  'columnWords',
  'facet:csv',
  'facet:ownership',
  'facet:term',
] as const satisfies readonly FactAttribute[];

type Said = Partial<Record<(typeof ATTRIBUTES)[number], unknown>>;

export function csvFacts({ message, table, rows }: CsvFile): FactStatement[] {
  const byAsset = new Map<string, { asset: AssetRef; rows: CsvRow[] }>();
  for (const row of rows) {
    if (!row.asset || row.problems.length > 0) continue;
    const key = refText(row.asset);
    const group = byAsset.get(key) ?? { asset: row.asset, rows: [] };
    group.rows.push(row);
    byAsset.set(key, group);
  }
  const assertedAt = new Date(message.at);
  return [...byAsset.values()].flatMap((group) => {
    const said: Said = SAID[table](group.asset, group.rows);
    return ATTRIBUTES.map((attribute) => ({
      asset: group.asset,
      columnPath: '',
      attribute,
      value: said[attribute] ?? null,
      assertedAt,
      assertedBy: null,
    }));
  });
}

type Say = (asset: AssetRef, rows: readonly CsvRow[]) => Said;

const SAID: Readonly<Record<CsvFile['table'], Say>> = {
  assets: (asset, rows) => {
    const { others, ...words } = rows[0]?.words ?? {};
    return { ...words, platform: words.platform ?? storeOf(asset.namespace), 'facet:csv': facetOf(others ?? {}) };
  },
  terms: (_, rows) => {
    const { others, broader, status, ...words } = rows[0]?.words ?? {};
    return {
      ...words,
      'facet:csv': facetOf(others ?? {}),
      'facet:term': facetOf({ ...(broader && { broader }), ...(status && { status }) }),
    };
  },
  columns: (asset, rows) => ({
    platform: storeOf(asset.namespace),
    schema: rows.map(({ columnPath, words }, index) => ({
      path: columnPath,
      type: words.type ?? null,
      description: words.description ?? null,
      ordinal: index + 1,
    })),
    columnWords: Object.fromEntries(
      rows.map(({ columnPath, words }) => [
        columnPath,
        { tags: words.tags ?? [], terms: words.terms ?? [], sensitivity: words.sensitivity ?? null },
      ]),
    ) satisfies ColumnWords,
  }),
  owners: (asset, rows) => ({
    platform: storeOf(asset.namespace),
    owners: uniqueSorted(rows.flatMap(({ words }) => words.owners ?? [])),
    'facet:ownership': {
      owners: rows.flatMap(({ words }) =>
        (words.owners ?? []).map((name) => ({ name, type: words.ownerType ?? null })),
      ),
    },
  }),
};

function facetOf(values: Readonly<Record<string, unknown>>): object | null {
  return Object.keys(values).length === 0 ? null : values;
}
