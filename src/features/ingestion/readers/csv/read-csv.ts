import { z } from 'zod';
import { storableText } from '../json.js';
import { refText, type AssetKind, type AssetRef, type Reading } from '../statement.js';
import { fileMessage, parseMessage, sourceName, syncOf } from '../file-message.js';
import { csvFacts } from './csv-facts.js';
import { rowReader, type CsvRow } from './csv-rows.js';
import { CSV_TABLES, readHeader, type CsvTable } from './csv-tables.js';
import { parseCsv } from './csv-text.js';

const KINDS = ['DATASET', 'JOB', 'DASHBOARD', 'TERM', 'DOMAIN', 'DATA_PRODUCT'] as const satisfies AssetKind[];

/** What a name in the file turned out to be, for who sent it. Names with a namespace stand for themselves unless ambiguous. */
const boundName = z.object({
  kind: z.enum(KINDS),
  namespace: z.string().nullable(),
  name: z.string(),
  /** More than one: ambiguous, and never bound. */
  refs: z.array(z.object({ kind: z.enum(KINDS), namespace: z.string(), name: z.string() })),
});
export type BoundName = z.infer<typeof boundName>;

export const csvMessage = fileMessage.extend({
  source: sourceName,
  text: z.string({ error: 'is no text; send the file as it is' }),
  table: z.enum(CSV_TABLES, { error: `is none of ${CSV_TABLES.join(', ')}` }).nullish(),
  delimiter: z.enum([',', ';', '\t', '|'], { error: 'is no comma, semicolon, tab or bar' }).nullish(),
  /** Of rows that name none; for terms, the glossary. */
  namespace: z.string({ error: 'is no text' }).nullish(),
  names: z.array(boundName).default([]),
});
export type CsvMessage = z.infer<typeof csvMessage>;

export interface CsvFile {
  readonly message: CsvMessage;
  readonly table: CsvTable;
  readonly rows: readonly CsvRow[];
  /** Columns that are not read. */
  readonly unread: readonly string[];
}

/** @throws Invalid when the message is none, the text no CSV or its header of no table. What is wrong with rows is in them. */
export function parseCsvFile(payload: unknown): CsvFile {
  const message = parseMessage(csvMessage, payload, 'The CSV message');
  const { header: names, records } = parseCsv(message.text, message.delimiter ?? null);
  const header = readHeader(names, message.table ?? null);
  const rows = withoutRepeats(records.map(rowReader(header, names, message)));
  const isKept = header.table === 'assets' || header.table === 'terms';
  return { message, table: header.table, rows, unread: isKept ? [] : header.others.map(({ name }) => name) };
}

/** Says the same of an asset twice: the first row counts, the others are refused. */
function withoutRepeats(rows: readonly CsvRow[]): CsvRow[] {
  const first = new Map<string, number>();
  return rows.map((row) => {
    if (!row.asset || row.problems.length > 0) return row;
    const key = JSON.stringify([refText(row.asset), row.part]);
    const line = first.get(key);
    if (line === undefined) first.set(key, row.line);
    if (line === undefined) return row;
    const reason = `says again what line ${line} is about`;
    return { ...row, problems: [{ column: null, value: null, reason, fix: 'Keep one of the two.' }] };
  });
}

/** Its own words only: what the file no longer lists loses them, and nobody else's. */
export function readCsv(payload: unknown): Reading {
  return csvReading(parseCsvFile(payload));
}

export function csvReading(file: CsvFile): Reading {
  const { message, rows } = file;
  const seen = new Map<string, AssetRef>();
  for (const { asset } of rows) if (asset) seen.set(refText(asset), asset);
  const assets = [...seen.values()];
  return {
    source: { key: `csv:${storableText(message.source)}`, kind: 'FILE' },
    facts: csvFacts(file),
    runs: [],
    lineage: [],
    assets,
    // A row that cannot be told to an asset may be about any: then nothing counts as gone.
    sync: syncOf(
      message,
      assets,
      rows.every(({ asset }) => asset !== null),
    ),
    warnings: [
      ...rows.flatMap(({ line, problems }) =>
        problems.map((problem) => ({ path: `line ${line}`, message: `${problem.reason}. ${problem.fix}` })),
      ),
      ...file.unread.map((name) => ({ path: name, message: 'is a column that is not read' })),
    ],
  };
}
