import { basename } from 'node:path';
import { z } from 'zod';
import { CliError, EXIT, type ExitCode } from './cli-error.js';
import { dryRun } from './dry-run.js';
import { answeredSync, waitForSyncs } from './held-syncs.js';
import { table, type Terminal } from './terminal.js';
import { readTextFile } from './text-file.js';

export interface CsvOptions {
  readonly table?: string;
  readonly source?: string;
  readonly namespace?: string;
  readonly preview?: boolean;
  readonly dryRun?: boolean;
  readonly applyRemovals?: boolean;
  readonly wait: boolean;
}

const problem = z.object({
  column: z.string().nullable(),
  value: z.string().nullable(),
  reason: z.string(),
  fix: z.string(),
});
const change = z.object({ attribute: z.string(), before: z.unknown(), after: z.unknown() });
const row = z.looseObject({
  line: z.number(),
  action: z.string(),
  asset: z.string().nullable(),
  column: z.string().nullable(),
  fields: z.array(change),
  overruled: z.array(z.object({ attribute: z.string(), shown: z.unknown(), source: z.string() })),
  problems: z.array(problem),
});
const report = z.looseObject({
  preview: z.boolean().optional(),
  accepted: z.number().optional(),
  sync: answeredSync,
  source: z.string(),
  table: z.string(),
  summary: z.looseObject({
    rows: z.number(),
    create: z.number(),
    change: z.number(),
    unchanged: z.number(),
    refused: z.number(),
    assetsCreated: z.number(),
    assetsChanged: z.number(),
  }),
  rows: z.array(row),
  unreadColumns: z.array(z.string()),
});
type Report = z.infer<typeof report>;

const MOST_SHOWN = 200;
const LONGEST_VALUE = 40;

/** Each file is a source of its own, and lists all that it has. */
export async function ingestCsv(terminal: Terminal, files: readonly string[], options: CsvOptions): Promise<ExitCode> {
  if (options.source !== undefined && files.length > 1)
    throw new CliError(EXIT.USAGE, 'A file is one source: give --source with one file only.');
  if (options.dryRun) return dryRunAll(terminal, files, options);
  const reports: (Report & { file: string })[] = [];
  for (const file of files) {
    const path = options.preview ? '/api/v1/csv?preview=true' : '/api/v1/csv';
    const body = await bodyOf(file, options);
    const answer = { file, ...report.parse(await terminal.client.json({ path, body })) };
    reports.push(answer);
    if (!terminal.isJson) terminal.out(reportText(answer));
  }
  const isNew = reports.some(({ accepted = 0 }) => accepted > 0);
  if (options.wait && isNew)
    await waitForSyncs(
      terminal,
      reports.map(({ sync }) => sync),
    );
  if (terminal.isJson) terminal.out(JSON.stringify(reports));
  return reports.some(({ summary }) => summary.refused > 0) ? EXIT.REFUSED : EXIT.OK;
}

async function dryRunAll(terminal: Terminal, files: readonly string[], options: CsvOptions): Promise<ExitCode> {
  const codes: ExitCode[] = [];
  for (const file of files) codes.push(await dryRun(terminal, '/api/v1/csv', await bodyOf(file, options)));
  return codes.find((code) => code !== EXIT.OK) ?? EXIT.OK;
}

async function bodyOf(file: string, options: CsvOptions): Promise<object> {
  return {
    source: options.source ?? basename(file).replace(/\.[^.]+$/, ''),
    table: options.table,
    namespace: options.namespace,
    removals: options.applyRemovals ? 'APPLY' : 'GUARD',
    text: await readTextFile(file),
  };
}

export function reportText(answer: Report & { readonly file: string }): string {
  const { summary, file, source, unreadColumns, preview = false } = answer;
  const shown = answer.rows.slice(0, MOST_SHOWN);
  const more = answer.rows.length - shown.length;
  const counts = `${summary.rows} rows: ${summary.create} create, ${summary.change} change, ${summary.unchanged} unchanged, ${summary.refused} refused`;
  const assets = `${summary.assetsCreated} assets created, ${summary.assetsChanged} changed`;
  return [
    ...(shown.length === 0 ? [] : [table(shown.flatMap(rowLines))]),
    ...(more > 0 ? [`… and ${more} rows more (--json shows all)`] : []),
    ...(unreadColumns.length > 0 ? [`Columns that are not read: ${unreadColumns.join(', ')}.`] : []),
    `${file} (${answer.table}, ${source}): ${counts}; ${assets}.${preview ? ' Preview, nothing was changed.' : ''}`,
  ].join('\n');
}

function rowLines({ line, action, asset, column, fields, overruled, problems }: Report['rows'][number]): string[][] {
  const about = asset === null ? '' : `${asset}${column === null ? '' : ` ${column}`}`;
  const said = [
    ...(action === 'CHANGE' ? fields : []).map(
      ({ attribute, before, after }) => `${attribute} ${valueText(before)} → ${valueText(after)}`,
    ),
    ...overruled.map(({ attribute, shown, source }) => `${attribute} stays ${valueText(shown)} by ${source}`),
    ...problems.map(
      ({ column: at, value, reason, fix }) => `${at === null ? 'The row' : `${at} '${value}'`} ${reason}. ${fix}`,
    ),
  ];
  return [[`line ${line}`, action, [about, ...said].filter((text) => text !== '').join('; ')]];
}

function valueText(value: unknown): string {
  const text = JSON.stringify(value ?? null);
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
}
