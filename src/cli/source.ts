import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { CliError, EXIT, type ExitCode } from './cli-error.js';
import { dryRunReport, showDryRun } from './dry-run.js';
import { table, type Terminal } from './terminal.js';

const RUN_FIELDS =
  'id state startedAt endedAt error counts { created changed unchanged missing removed skipped warnings }';
const LIST = `query($after: String) { sources(first: 100, after: $after) {
  nodes { key type host port database schedule nextRunAt origin lastRun { state requestedAt } } pageInfo { hasNextPage endCursor } } }`;
const TEST = `mutation($key: String!) { sourceTest(key: $key) { result { isOk code message version } userErrors { message } } }`;
const RUN = `mutation($key: String!, $removals: SourceRemovals) {
  sourceRun(key: $key, removals: $removals) { run { ${RUN_FIELDS} } userErrors { message } } }`;
const DRY_RUN = `mutation($key: String!, $removals: SourceRemovals) {
  sourceRun(key: $key, removals: $removals, dryRun: true) { userErrors { message } foreseen {
    summary { created changed unchanged missing removed returned } isTruncated
    changes { ref change fields { column attribute before after } } edgesAdded { from to job } edgesRemoved { from to job }
    held { sourceKey knownCount goneCount } warnings { path message } } } }`;
const CANCEL = `mutation($key: String!) { sourceCancel(key: $key) { run { ${RUN_FIELDS} } userErrors { message } } }`;
const LOG = `query($id: ID!, $after: String) { sourceRun(id: $id) { ${RUN_FIELDS}
  log(first: 100, after: $after) { nodes { at level message } pageInfo { hasNextPage endCursor } } } }`;
const LAST = 'query($key: String!) { source(key: $key) { lastRun { id } } }';

const count = z.number().nullable();
const run = z.object({
  id: z.string(),
  state: z.enum(['WAITING', 'RUNNING', 'COMPLETE', 'HELD', 'FAILED', 'CANCELLED']),
  startedAt: z.string().nullable(),
  endedAt: z.string().nullable(),
  error: z.string().nullable(),
  counts: z.object({
    created: z.number(),
    changed: z.number(),
    unchanged: z.number(),
    missing: count,
    removed: count,
    skipped: z.number(),
    warnings: z.number(),
  }),
});
const line = z.object({ at: z.string(), level: z.string(), message: z.string() });
const pageInfo = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() });
const userErrors = z.array(z.object({ message: z.string() }));
const source = z.object({
  key: z.string(),
  type: z.string(),
  host: z.string(),
  port: z.number(),
  database: z.string().nullable(),
  schedule: z.string().nullable(),
  nextRunAt: z.string().nullable(),
  origin: z.string(),
  lastRun: z.object({ state: z.string(), requestedAt: z.string() }).nullable(),
});
const listAnswer = z.object({ sources: z.object({ nodes: z.array(source), pageInfo }) });
const testAnswer = z.object({
  sourceTest: z.object({
    result: z
      .object({ isOk: z.boolean(), code: z.string().nullable(), message: z.string(), version: z.string().nullable() })
      .nullable(),
    userErrors,
  }),
});
const dryRunAnswer = z.object({
  sourceRun: z.object({
    foreseen: dryRunReport.extend({ warnings: z.array(z.object({ message: z.string() })) }).nullable(),
    userErrors,
  }),
});
const runPayload = z.object({ run: run.nullable(), userErrors });
const logAnswer = z.object({
  sourceRun: run.extend({ log: z.object({ nodes: z.array(line), pageInfo }) }).nullable(),
});
const lastAnswer = z.object({ source: z.object({ lastRun: z.object({ id: z.string() }).nullable() }).nullable() });

type Run = z.infer<typeof run>;
type Source = z.infer<typeof source>;
type SourcePage = z.infer<typeof listAnswer>['sources'];
type LoggedRun = NonNullable<z.infer<typeof logAnswer>['sourceRun']>;

const POLL_MS = 500;
const OPEN = new Set<Run['state']>(['WAITING', 'RUNNING']);

export interface RunOptions {
  readonly follow?: boolean;
  readonly applyRemovals?: boolean;
  readonly dryRun?: boolean;
}

/** The databases that are crawled. */
export async function listSources(terminal: Terminal): Promise<ExitCode> {
  const found: Source[] = [];
  let after: string | null = null;
  do {
    const page: SourcePage = listAnswer.parse(await terminal.client.graphql(LIST, { after })).sources;
    found.push(...page.nodes);
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null);
  const rows = found.map((one) => [
    one.key,
    `${one.type.toLowerCase()}://${one.host}:${one.port}/${one.database ?? ''}`,
    one.schedule ?? 'on request',
    one.lastRun ? `${one.lastRun.state} ${one.lastRun.requestedAt}` : 'never run',
  ]);
  if (terminal.isJson) terminal.out(JSON.stringify(found));
  else if (rows.length > 0) terminal.out(table(rows));
  else terminal.note('No source is defined.');
  return found.length > 0 ? EXIT.OK : EXIT.NOTHING_FOUND;
}

/** Connects, and says what the database says. */
export async function testSource(terminal: Terminal, key: string): Promise<ExitCode> {
  const { result, userErrors: errors } = testAnswer.parse(await terminal.client.graphql(TEST, { key })).sourceTest;
  refuse(errors);
  terminal.out(
    terminal.isJson ? JSON.stringify(result) : [result?.message, result?.version].filter(Boolean).join('\n'),
  );
  return result?.isOk ? EXIT.OK : EXIT.NO_ACCESS;
}

/** Asks for a run; with `follow`, prints its log until it ends. */
export async function runSource(terminal: Terminal, key: string, options: RunOptions): Promise<ExitCode> {
  const removals = options.applyRemovals ? 'APPLY' : 'GUARD';
  if (options.dryRun) return dryRunSource(terminal, { key, removals });
  const answer = z
    .object({ sourceRun: runPayload })
    .parse(await terminal.client.graphql(RUN, { key, removals })).sourceRun;
  refuse(answer.userErrors);
  if (!answer.run) throw new CliError(EXIT.NO_ACCESS, 'The service did not say which run it is.');
  if (options.follow) return printLog(terminal, answer.run.id, { follow: true });
  terminal.out(terminal.isJson ? JSON.stringify(answer.run) : `Run ${answer.run.id} is ${answer.run.state}.`);
  return EXIT.OK;
}

async function dryRunSource(
  terminal: Terminal,
  asked: { readonly key: string; readonly removals: string },
): Promise<ExitCode> {
  const { sourceRun } = dryRunAnswer.parse(await terminal.client.graphql(DRY_RUN, asked));
  refuse(sourceRun.userErrors);
  if (!sourceRun.foreseen) throw new CliError(EXIT.NO_ACCESS, 'The service did not say what would change.');
  for (const { message } of sourceRun.foreseen.warnings) terminal.note(message);
  return showDryRun(terminal, sourceRun.foreseen);
}

export async function cancelSource(terminal: Terminal, key: string): Promise<ExitCode> {
  const answer = z.object({ sourceCancel: runPayload }).parse(await terminal.client.graphql(CANCEL, { key }));
  refuse(answer.sourceCancel.userErrors);
  terminal.out(terminal.isJson ? JSON.stringify(answer.sourceCancel.run) : 'The run will stop within seconds.');
  return EXIT.OK;
}

/** The log of the newest run of a source. */
export async function sourceLog(terminal: Terminal, key: string, options: RunOptions): Promise<ExitCode> {
  const { source: found } = lastAnswer.parse(await terminal.client.graphql(LAST, { key }));
  if (!found) throw new CliError(EXIT.USAGE, `There is no source '${key}'.`);
  if (found.lastRun) return printLog(terminal, found.lastRun.id, options);
  terminal.note(`The source '${key}' has never run.`);
  return EXIT.NOTHING_FOUND;
}

async function printLog(terminal: Terminal, id: string, { follow = false }: RunOptions): Promise<ExitCode> {
  let after: string | null = null;
  for (;;) {
    const { log, ...state }: LoggedRun = await logPage(terminal, id, after);
    for (const one of log.nodes)
      terminal.out(terminal.isJson ? JSON.stringify(one) : `${one.at}  ${one.level.padEnd(7)}  ${one.message}`);
    after = log.pageInfo.endCursor;
    if (log.pageInfo.hasNextPage) continue;
    if (!follow || !OPEN.has(state.state)) return summary(terminal, state);
    await sleep(POLL_MS);
  }
}

async function logPage(terminal: Terminal, id: string, after: string | null): Promise<LoggedRun> {
  const { sourceRun } = logAnswer.parse(await terminal.client.graphql(LOG, { id, after }));
  if (!sourceRun) throw new CliError(EXIT.NO_ACCESS, 'The run is not kept any more.');
  return sourceRun;
}

function summary(terminal: Terminal, state: Run): ExitCode {
  const counts = Object.entries(state.counts).flatMap(([name, value]) => (value === null ? [] : [`${value} ${name}`]));
  terminal.out(terminal.isJson ? JSON.stringify(state) : `${state.state}: ${counts.join(', ')}.`);
  return state.state === 'FAILED' ? EXIT.NO_ACCESS : EXIT.OK;
}

function refuse(errors: z.infer<typeof userErrors>): void {
  const [error] = errors;
  if (error) throw new CliError(EXIT.USAGE, error.message);
}
