import { z } from 'zod';
import { CliError, EXIT, type ExitCode } from './cli-error.js';
import { dryRun } from './dry-run.js';
import { batchesOf, eventsIn, type FoundEvent } from './event-files.js';
import type { Terminal } from './terminal.js';
import { waitForProjection } from './wait-for-projection.js';

interface Failure {
  readonly file: string;
  readonly place: string | null;
  readonly reason: string;
}

interface Report {
  received: number;
  accepted: number;
  duplicates: number;
  readonly failed: Failure[];
}

const MAX_SHOWN_FAILURES = 20;

const batchAnswer = z.object({
  summary: z.object({ successful: z.number(), duplicates: z.number() }),
  failed_events: z.array(z.object({ index: z.number(), reason: z.string() })),
});

export interface OpenLineageOptions {
  readonly wait: boolean;
  readonly dryRun?: boolean;
}

/** As many as the service takes in one batch: a dry run has to see all events together. */
const MAX_DRY_RUN = 5000;

export async function ingestOpenLineage(
  terminal: Terminal,
  path: string,
  options: OpenLineageOptions,
): Promise<ExitCode> {
  if (options.dryRun) return dryRun(terminal, '/api/v1/lineage/batch', await allEvents(path));
  const report: Report = { received: 0, accepted: 0, duplicates: 0, failed: [] };
  for await (const batch of batchesOf(eventsIn(path, process.stdin))) {
    await sendBatch(terminal, batch, report);
    terminal.progress(`${report.received} events sent, last from ${batch.at(-1)?.file ?? path}`);
  }
  const isProjected = options.wait && report.accepted > 0 ? await waitForProjection(terminal) : null;
  terminal.out(terminal.isJson ? JSON.stringify({ ...report, isProjected }) : reportText(report));
  if (report.received === 0) return EXIT.NOTHING_FOUND;
  return report.failed.length > 0 ? EXIT.REFUSED : EXIT.OK;
}

/** @throws {CliError} for a broken file, and for more than a dry run can take. */
async function allEvents(path: string): Promise<unknown[]> {
  const events: unknown[] = [];
  for await (const { event, file, place, problem } of eventsIn(path, process.stdin)) {
    if (problem !== undefined)
      throw new CliError(EXIT.REFUSED, `${file}${place === null ? '' : `, ${place}`}: ${problem}`);
    events.push(event);
    if (events.length > MAX_DRY_RUN)
      throw new CliError(EXIT.USAGE, `A dry run takes ${MAX_DRY_RUN} events at most; give it a part of them.`);
  }
  return events;
}

async function sendBatch(terminal: Terminal, batch: readonly FoundEvent[], report: Report): Promise<void> {
  report.received += batch.length;
  const readable = batch.filter(({ problem }) => problem === undefined);
  for (const { file, place, problem } of batch) {
    if (problem !== undefined) report.failed.push({ file, place, reason: problem });
  }
  if (readable.length === 0) return;
  const body = readable.map(({ event }) => event);
  const answer = batchAnswer.parse(await terminal.client.json({ path: '/api/v1/lineage/batch', body }));
  report.accepted += answer.summary.successful - answer.summary.duplicates;
  report.duplicates += answer.summary.duplicates;
  for (const { index, reason } of answer.failed_events) {
    report.failed.push({ file: readable[index]?.file ?? '', place: readable[index]?.place ?? null, reason });
  }
}

export function reportText({ received, accepted, duplicates, failed }: Report): string {
  const lines = failed
    .slice(0, MAX_SHOWN_FAILURES)
    .map(({ file, place, reason }) => `  ${file}${place === null ? '' : `, ${place}`}: ${reason}`);
  const more = failed.length > lines.length ? [`  and ${failed.length - lines.length} more (--json shows all)`] : [];
  const summary = `${received} events: ${accepted} accepted, ${duplicates} known already, ${failed.length} failed.`;
  return [summary, ...lines, ...more].join('\n');
}
