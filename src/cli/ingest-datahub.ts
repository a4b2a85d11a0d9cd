import { z } from 'zod';
import { CliError, EXIT, type ExitCode } from './cli-error.js';
import { DataHubContext } from './datahub-context.js';
import { dataHubFiles, dataHubItems } from './datahub-files.js';
import { dryRun } from './dry-run.js';
import { table, type Terminal } from './terminal.js';
import { waitForProjection } from './wait-for-projection.js';

export interface DataHubOptions {
  readonly name: string;
  /** `snowflake=snowflake://account`, as often as there are platforms. */
  readonly namespace: readonly string[];
  readonly at?: string;
  readonly partial?: boolean;
  readonly wait: boolean;
  readonly dryRun?: boolean;
}

const PATH = '/api/v1/datahub';
const CHUNK_PROPOSALS = 500;
const CHUNK_CHARACTERS = 4_000_000;

const answerSchema = z.object({ accepted: z.number(), duplicates: z.number() });
const reportSchema = z.looseObject({
  proposals: z.number(),
  carried: z.number(),
  partly: z.number(),
  notCarried: z.number(),
  messages: z.number(),
  warnings: z.array(z.string()),
  lines: z.array(
    z.object({
      entityType: z.string(),
      aspect: z.string(),
      outcome: z.string(),
      reason: z.string().nullable(),
      count: z.number(),
      examples: z.array(z.string()),
    }),
  ),
});
type CarryReport = z.infer<typeof reportSchema>;

/**
 * Sends an export of DataHub as one sync of several messages. Reads it twice: names are scattered over it, and every
 * message takes those along that it needs.
 */
export async function ingestDataHub(terminal: Terminal, path: string, options: DataHubOptions): Promise<ExitCode> {
  const files = await dataHubFiles(path);
  const context = new DataHubContext();
  let count = 0;
  for await (const item of dataHubItems(files)) {
    context.learn(item);
    count += 1;
  }
  if (count === 0) {
    terminal.out(terminal.isJson ? JSON.stringify({ proposals: 0 }) : `There are no proposals in ${path}.`);
    return EXIT.NOTHING_FOUND;
  }
  const head = headOf(options);
  if (options.dryRun) return dryRun(terminal, PATH, await wholeMessage(files, head, options));
  const sent = await sendAll(terminal, { files, context, head, count, isPartial: options.partial ?? false });
  const isProjected = options.wait && sent.accepted > 0 ? await waitForProjection(terminal) : null;
  return showReport(terminal, options.name, head.sync.id, { ...sent, isProjected });
}

/** What became of the last export that was sent, or of one that is named. */
export async function dataHubReport(terminal: Terminal, name: string, sync?: string): Promise<ExitCode> {
  return showReport(terminal, name, sync ?? null, {});
}

interface Head {
  readonly name: string;
  readonly at: string;
  readonly namespaces: Readonly<Record<string, string>>;
  readonly sync: { readonly id: string };
}

function headOf({ name, namespace, at }: DataHubOptions): Head {
  const time = new Date(at ?? Date.now());
  if (Number.isNaN(time.getTime()))
    throw new CliError(EXIT.USAGE, `--at is the time of the export, such as 2026-01-31T12:00:00Z; '${at}' is none.`);
  const namespaces = namespace.map((given) => {
    const [, platform, value] = /^([^=]+)=(.+)$/.exec(given) ?? [];
    if (platform === undefined || value === undefined)
      throw new CliError(EXIT.USAGE, `--namespace is platform=namespace, such as snowflake=snowflake://account.`);
    return [platform, value] as const;
  });
  return { name, at: time.toISOString(), namespaces: Object.fromEntries(namespaces), sync: { id: time.toISOString() } };
}

/** A dry run is of all at once: what a later message adds would not be seen otherwise. */
async function wholeMessage(files: readonly string[], head: Head, { partial }: DataHubOptions): Promise<object> {
  const proposals: unknown[] = [];
  for await (const item of dataHubItems(files)) proposals.push(item);
  return { ...head, sync: { ...head.sync, isComplete: !partial }, proposals, context: [] };
}

async function sendAll(
  terminal: Terminal,
  {
    files,
    context,
    head,
    count,
    isPartial,
  }: {
    readonly files: readonly string[];
    readonly context: DataHubContext;
    readonly head: Head;
    readonly count: number;
    readonly isPartial: boolean;
  },
): Promise<{ accepted: number; duplicates: number }> {
  const sum = { accepted: 0, duplicates: 0 };
  let sent = 0;
  let parts = 0;
  for await (const proposals of chunksOf(dataHubItems(files))) {
    sent += proposals.length;
    parts += 1;
    const isLast = sent === count && !isPartial;
    const sync = isLast ? { ...head.sync, isComplete: true, parts } : { ...head.sync, isComplete: false };
    const body = { ...head, sync, context: context.of(proposals), proposals };
    const answer = answerSchema.parse(await terminal.client.json({ path: PATH, body }));
    sum.accepted += answer.accepted;
    sum.duplicates += answer.duplicates;
    terminal.progress(`${sent} of ${count} proposals sent`);
  }
  return sum;
}

async function* chunksOf(items: AsyncIterable<unknown>): AsyncGenerator<unknown[]> {
  let chunk: unknown[] = [];
  let size = 0;
  for await (const item of items) {
    const length = JSON.stringify(item).length;
    if (chunk.length >= CHUNK_PROPOSALS || (chunk.length > 0 && size + length > CHUNK_CHARACTERS)) {
      yield chunk;
      chunk = [];
      size = 0;
    }
    chunk.push(item);
    size += length;
  }
  if (chunk.length > 0) yield chunk;
}

async function showReport(terminal: Terminal, name: string, sync: string | null, sent: object): Promise<ExitCode> {
  const query = new URLSearchParams({ name, ...(sync === null ? {} : { sync }) });
  const report = reportSchema.parse(await terminal.client.json({ path: `${PATH}/report?${query.toString()}` }));
  terminal.out(terminal.isJson ? JSON.stringify({ ...sent, ...report }) : reportText(report));
  return EXIT.OK;
}

function reportText(report: CarryReport): string {
  const left = report.lines.filter(({ outcome }) => outcome !== 'CARRIED');
  const rows = left.map(({ entityType, aspect, outcome, reason, count, examples }) => [
    String(count),
    `${entityType} ${aspect}`.trim(),
    outcome === 'PARTLY' ? 'in part' : 'not',
    `${reason ?? ''} (${examples[0] ?? ''})`,
  ]);
  const summary = `${report.proposals} proposals: ${report.carried} carried over, ${report.partly} in part, ${report.notCarried} not.`;
  const warnings = report.warnings.map((warning) => `  ${warning}`);
  return [
    summary,
    ...(rows.length > 0 ? ['', 'Not carried over, or not wholly:', table(rows)] : []),
    ...(warnings.length > 0 ? ['', 'Odd:', ...warnings] : []),
  ].join('\n');
}
