import { z } from 'zod';
import { EXIT, type ExitCode } from './cli-error.js';
import type { Terminal } from './terminal.js';

const edge = z.object({ from: z.string(), to: z.string(), job: z.string().nullable() });
/** What `?dryRun=true` answers; `--json` shows it as it came. */
export const dryRunReport = z.looseObject({
  summary: z.record(z.string(), z.number()),
  changes: z.array(
    z.object({
      ref: z.string(),
      change: z.string(),
      fields: z.array(
        z.object({ column: z.string().nullable(), attribute: z.string(), before: z.unknown(), after: z.unknown() }),
      ),
    }),
  ),
  isTruncated: z.boolean(),
  edgesAdded: z.array(edge),
  edgesRemoved: z.array(edge),
  held: z.array(z.object({ sourceKey: z.string(), knownCount: z.number(), goneCount: z.number() })),
  refused: z.array(z.object({ index: z.number(), reason: z.string() })).default([]),
});
type Report = z.infer<typeof dryRunReport>;

const MOST_SHOWN = 100;
const LONGEST_VALUE = 60;

/** Asks what a message would do, shows it, and changes nothing. */
export async function dryRun(terminal: Terminal, path: string, body: unknown): Promise<ExitCode> {
  const answer = dryRunReport.parse(await terminal.client.json({ path: `${path}?dryRun=true`, body }));
  return showDryRun(terminal, answer);
}

export function showDryRun(terminal: Terminal, answer: Report): ExitCode {
  terminal.out(terminal.isJson ? JSON.stringify(answer) : dryRunText(answer));
  return answer.refused.length > 0 ? EXIT.REFUSED : EXIT.OK;
}

export function dryRunText(answer: Report): string {
  const changes = answer.changes
    .slice(0, MOST_SHOWN)
    .flatMap(({ ref, change, fields }) => [
      `${change.padEnd(8)} ${ref}`,
      ...(change === 'CREATED' ? [] : fields.map(fieldText)),
    ]);
  const more = answer.changes.length - MOST_SHOWN;
  return [
    ...changes,
    ...(more > 0 || answer.isTruncated ? ['… and more (--json shows up to 1000)'] : []),
    ...answer.edgesAdded.slice(0, MOST_SHOWN).map((flow) => `+ ${edgeText(flow)}`),
    ...answer.edgesRemoved.slice(0, MOST_SHOWN).map((flow) => `- ${edgeText(flow)}`),
    ...answer.held.map(
      ({ sourceKey, knownCount, goneCount }) =>
        `HELD     ${sourceKey}: ${goneCount} of ${knownCount} would go; a person has to release that.`,
    ),
    ...answer.refused.map(({ index, reason }) => `REFUSED  message ${index + 1}: ${reason}`),
    `Dry run, nothing was changed: ${countsText(answer)}.`,
  ].join('\n');
}

function countsText({ summary, edgesAdded, edgesRemoved }: Report): string {
  const counts = Object.entries(summary).map(([name, count]) => `${count} ${name}`);
  return [...counts, `${edgesAdded.length} flows more`, `${edgesRemoved.length} flows less`].join(', ');
}

function fieldText({ column, attribute, before, after }: Report['changes'][number]['fields'][number]): string {
  return `           ${column === null ? '' : `${column}: `}${attribute} ${valueText(before)} → ${valueText(after)}`;
}

function edgeText({ from, to, job }: z.infer<typeof edge>): string {
  return `${from} → ${to}${job === null ? '' : ` by ${job}`}`;
}

function valueText(value: unknown): string {
  const text = JSON.stringify(value ?? null);
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
}
