import { CsvError, parse } from 'csv-parse/sync';
import { Invalid } from '../../../../core/errors.js';
import { storableText } from '../json.js';

export interface CsvRecord {
  /** Where it begins in the file, from 1. */
  readonly line: number;
  /** Trimmed; '' where the row is shorter than the header. */
  readonly cells: readonly string[];
  /** More cells than the header has. */
  readonly isTooLong: boolean;
}

export interface CsvText {
  readonly delimiter: string;
  readonly header: readonly string[];
  readonly records: readonly CsvRecord[];
}

const DELIMITERS = [',', ';', '\t', '|'];
export const MOST_ROWS = 50_000;

/**
 * RFC 4180, and what spreadsheets make of it: a byte order mark, a first line `sep=;`, semicolons or tabs, line breaks in
 * quotes, rows of nothing but delimiters, cells written as `="007"`, and the apostrophe that keeps a text from being a formula.
 * @throws Invalid with the line when quotes do not close, without a header, or with more than 50,000 rows.
 */
export function parseCsv(text: string, given: string | null): CsvText {
  const { body, firstLine, said } = withoutSepLine(text.replace(/^\uFEFF/, '').replaceAll(/\r\n?/g, '\n'));
  const delimiter = given ?? said ?? delimiterOf(body);
  const [head, ...rest] = recordsOf(body, delimiter).map(({ record, info }) => ({
    line: firstLine - 1 + info.lines - record.join('').split('\n').length + 1,
    cells: record.map(cellText),
  }));
  if (!head || head.cells.every((cell) => cell === ''))
    throw new Invalid('The file has no header. Name the columns in its first line.', ['text']);
  if (rest.length > MOST_ROWS)
    throw new Invalid(`The file has ${rest.length} rows; ${MOST_ROWS} are read at most. Split it.`, ['text']);
  const width = head.cells.findLastIndex((cell) => cell !== '') + 1;
  const records = rest
    .filter(({ cells }) => cells.some((cell) => cell !== ''))
    .map(({ line, cells }) => ({
      line,
      cells: Array.from({ length: width }, (_, at) => cells[at] ?? ''),
      isTooLong: cells.slice(width).some((cell) => cell !== ''),
    }));
  return { delimiter, header: head.cells.slice(0, width), records };
}

/** Excel's own hint which delimiter follows. */
function withoutSepLine(text: string): { body: string; firstLine: number; said: string | null } {
  const [line, said = null] = /^sep=(.)\n/i.exec(text) ?? [];
  return line === undefined
    ? { body: text, firstLine: 1, said: null }
    : { body: text.slice(line.length), firstLine: 2, said };
}

/** The one that the header uses most, outside quotes. */
function delimiterOf(text: string): string {
  const header = /^(?:"(?:[^"]|"")*"|[^"\n])*/.exec(text.trimStart())?.[0].replaceAll(/"(?:[^"]|"")*"/g, '') ?? '';
  const counts = DELIMITERS.map((delimiter) => ({ delimiter, count: header.split(delimiter).length }));
  return counts.toSorted((a, b) => b.count - a.count)[0]?.delimiter ?? ',';
}

interface Parsed {
  readonly record: string[];
  /** `lines`: lines read when the record was complete. */
  readonly info: { readonly lines: number };
}

function recordsOf(text: string, delimiter: string): Parsed[] {
  try {
    const records: unknown = parse(text, {
      delimiter,
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      record_delimiter: '\n',
    });
    return records as Parsed[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new Invalid(`The file is no CSV: ${error.message.slice(0, 200)}. Check the quotes there.`, ['text']);
  }
}

function cellText(cell: string): string {
  // Spreadsheets leave no-break spaces; `trim` knows them.
  const text = storableText(cell).trim();
  const literal = /^="((?:[^"]|"")*)"$/.exec(text)?.[1];
  if (literal !== undefined) return literal.replaceAll('""', '"').trim();
  return /^'[=+\-@\t\uFF1D\uFF0B\uFF0D\uFF20]/.test(text) ? text.slice(1) : text;
}
