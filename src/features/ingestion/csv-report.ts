import { assemble, refOf, sensitivityOf, type AssembledAsset, type AssetWords } from '../assets/index.js';
import type { CellProblem } from './readers/csv/csv-cells.js';
import type { CsvRow } from './readers/csv/csv-rows.js';
import type { CsvTable } from './readers/csv/csv-tables.js';
import type { CsvFile } from './readers/csv/read-csv.js';
import { refText, SOURCE_RANKS, type FactStatement, type Reading } from './readers/statement.js';

/** What who sent the file may see of an asset in it. */
export interface KnownAsset {
  readonly ref: string;
  readonly words: AssetWords;
  /** Paths. */
  readonly visibleColumns: ReadonlySet<string>;
}

export interface RowReport {
  /** Where the row begins in the file, from 1. */
  readonly line: number;
  readonly action: 'CREATE' | 'CHANGE' | 'UNCHANGED' | 'REFUSED';
  /** What the row is bound to; null when to none. */
  readonly asset: string | null;
  readonly column: string | null;
  readonly fields: readonly { readonly attribute: string; readonly before: unknown; readonly after: unknown }[];
  /** What the row says and another source, or a person, says with more right. */
  readonly overruled: readonly { readonly attribute: string; readonly shown: unknown; readonly source: string }[];
  readonly problems: readonly CellProblem[];
  /** Of a refused row, as they are in the file: nothing is lost. */
  readonly cells?: readonly string[];
}

export interface CsvReport {
  readonly source: string;
  readonly table: CsvTable;
  readonly summary: {
    readonly rows: number;
    readonly create: number;
    readonly change: number;
    readonly unchanged: number;
    readonly refused: number;
    readonly assetsCreated: number;
    readonly assetsChanged: number;
  };
  readonly rows: readonly RowReport[];
  /** Columns of the file that are not read. */
  readonly unreadColumns: readonly string[];
}

/** An asset as it is and as it would be, for who sent the file. */
interface Outlook {
  readonly ref: string;
  readonly before: AssembledAsset | null;
  readonly after: AssembledAsset;
  /** As it would be if nobody else had said anything: all there is to see of what is hidden. */
  readonly alone: AssembledAsset;
  readonly visibleColumns: ReadonlySet<string>;
}

/** Row by row; facts are assembled as the projection will, so that the answer cannot differ from what follows. */
export function csvReport(file: CsvFile, reading: Reading, known: ReadonlyMap<string, KnownAsset>): CsvReport {
  const outlooks = outlooksOf(reading, known);
  const rows = file.rows.map((row) => rowReport(row, file.table, row.asset && outlooks.get(refText(row.asset))));
  const count = (action: RowReport['action']): number => rows.filter((row) => row.action === action).length;
  const assets = new Map<string, Set<string>>();
  for (const { asset, action } of rows)
    if (asset !== null) assets.set(asset, (assets.get(asset) ?? new Set()).add(action));
  const created = [...outlooks.values()].filter(({ before }) => before === null).length;
  const changed = [...outlooks.values()].filter(
    ({ ref, before }) => before !== null && (assets.get(ref)?.has('CHANGE') || assets.get(ref)?.has('CREATE')),
  ).length;
  return {
    source: reading.source.key,
    table: file.table,
    summary: {
      rows: rows.length,
      create: count('CREATE'),
      change: count('CHANGE'),
      unchanged: count('UNCHANGED'),
      refused: count('REFUSED'),
      assetsCreated: created,
      assetsChanged: changed,
    },
    rows,
    unreadColumns: file.unread,
  };
}

function outlooksOf(reading: Reading, known: ReadonlyMap<string, KnownAsset>): Map<string, Outlook> {
  const byAsset = new Map<string, FactStatement[]>();
  for (const fact of reading.facts) {
    const key = refText(fact.asset);
    const list = byAsset.get(key) ?? [];
    list.push(fact);
    byAsset.set(key, list);
  }
  return new Map([...byAsset].map(([key, facts]) => [key, outlookOf(facts, reading.source.key, known.get(key))]));
}

function outlookOf(statements: readonly FactStatement[], sourceKey: string, known: KnownAsset | undefined): Outlook {
  const facts = statements.map((fact) => ({ ...fact, sourceKey, rank: SOURCE_RANKS.FILE }));
  const alone = assemble(facts);
  const [first] = statements;
  const ref = known?.ref ?? (first ? refOf(first.asset) : '');
  if (!known) return { ref, before: null, after: alone, alone, visibleColumns: new Set() };
  const register = (fact: { readonly columnPath: string; readonly attribute: string }): string =>
    JSON.stringify([fact.columnPath, fact.attribute]);
  const said = new Map(facts.map((fact) => [register(fact), fact]));
  const newer = known.words.facts.filter(
    (fact) =>
      fact.sourceKey === sourceKey &&
      fact.assertedAt > (said.get(register(fact))?.assertedAt ?? fact.assertedAt) &&
      said.delete(register(fact)),
  );
  const others = known.words.facts.filter((fact) => fact.sourceKey !== sourceKey);
  return {
    ref,
    before: assemble(known.words.facts, known.words.standings),
    after: assemble([...others, ...newer, ...said.values()], known.words.standings),
    alone,
    visibleColumns: known.visibleColumns,
  };
}

type Values = Readonly<Record<string, unknown>>;

const ASSET_ATTRIBUTES = [
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
] as const;
const COLUMN_ATTRIBUTES = ['type', 'description', 'sensitivity', 'tags', 'terms'] as const;

function rowReport(row: CsvRow, table: CsvTable, outlook: Outlook | null | undefined): RowReport {
  const column = row.columnPath === '' ? null : row.columnPath;
  const { line, problems, cells } = row;
  if (problems.length > 0 || !outlook) {
    const asset = row.asset ? refOf(row.asset) : null;
    return { line, action: 'REFUSED', asset, column, fields: [], overruled: [], problems, cells };
  }
  const { before, after } = column === null ? ownValues(outlook) : columnValues(outlook, column);
  const attributes = table === 'columns' ? COLUMN_ATTRIBUTES : ASSET_ATTRIBUTES;
  const fields = attributes.flatMap((attribute) => {
    const [was, is] = [before?.values[attribute] ?? null, after.values[attribute] ?? null];
    return isEqual(was, is) ? [] : [{ attribute, before: shown(attribute, was), after: shown(attribute, is) }];
  });
  const overruled = attributes.flatMap((attribute) => {
    const said = row.words[attribute as keyof CsvRow['words']] ?? null;
    const is = after.values[attribute] ?? null;
    if (isHeard(said, is)) return [];
    const source = after.origins[attribute]?.[0]?.source ?? 'people';
    return [{ attribute, shown: shown(attribute, is), source }];
  });
  const changed = fields.length > 0 ? 'CHANGE' : 'UNCHANGED';
  const action = before === null ? 'CREATE' : changed;
  return { line, action, asset: outlook.ref, column, fields, overruled, problems };
}

interface Side {
  readonly values: Values;
  readonly origins: AssembledAsset['provenance'];
}

function ownValues({ before, after }: Outlook): { before: Side | null; after: Side } {
  const side = (asset: AssembledAsset): Side => ({ values: { ...asset }, origins: asset.provenance });
  return { before: before && side(before), after: side(after) };
}

/** A column that is hidden from who sent the file looks like one that is not there yet. */
function columnValues(
  { before, after, alone, visibleColumns }: Outlook,
  path: string,
): { before: Side | null; after: Side } {
  const side = (asset: AssembledAsset | null): Side | null => {
    const column = asset?.columns.find((one) => one.path === path);
    return column ? { values: { ...column, type: column.dataType }, origins: column.provenance } : null;
  };
  const isVisible = visibleColumns.has(path);
  return {
    before: isVisible ? side(before) : null,
    after: side(isVisible ? after : alone) ?? { values: {}, origins: {} },
  };
}

/** Whether what a row says is part of what is shown. Saying nothing always is. */
function isHeard(said: unknown, shownValue: unknown): boolean {
  if (said === null || said === undefined) return true;
  if (!Array.isArray(said)) return said === shownValue;
  return Array.isArray(shownValue) && said.every((value) => shownValue.includes(value));
}

function isEqual(a: unknown, b: unknown): boolean {
  const plain = (value: unknown): unknown => (Array.isArray(value) && value.length === 0 ? null : value);
  return JSON.stringify(plain(a)) === JSON.stringify(plain(b));
}

function shown(attribute: string, value: unknown): unknown {
  return attribute === 'sensitivity' && typeof value === 'number' ? sensitivityOf(value) : value;
}
