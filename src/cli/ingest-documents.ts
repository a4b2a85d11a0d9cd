import { z } from 'zod';
import { CliError, EXIT, type ExitCode } from './cli-error.js';
import { dryRun } from './dry-run.js';
import { filesIn } from './event-files.js';
import { answeredSync, waitForSyncs, type AnsweredSync } from './held-syncs.js';
import type { Terminal } from './terminal.js';
import { readYamlFile } from './text-file.js';

const answerSchema = z.object({ accepted: z.number(), duplicates: z.number(), sync: answeredSync });
const kindOf = z.looseObject({ kind: z.literal('DataContract') });

export interface DocumentOptions {
  readonly dryRun?: boolean;
  readonly applyRemovals?: boolean;
  readonly wait: boolean;
}

export interface OdcsOptions extends DocumentOptions {
  readonly datasetNamespace?: string;
}

export interface DcatOptions extends DocumentOptions {
  readonly source?: string;
  readonly language?: string;
}

interface Report {
  accepted: number;
  duplicates: number;
  readonly syncs: AnsweredSync[];
  readonly skipped: string[];
  readonly failed: { readonly file: string; readonly reason: string }[];
}

/** Contracts of a file, or of a folder: there other YAML and JSON files are left out, and said. */
export async function ingestOdcs(terminal: Terminal, path: string, options: OdcsOptions): Promise<ExitCode> {
  const report: Report = { accepted: 0, duplicates: 0, syncs: [], skipped: [], failed: [] };
  for await (const file of filesIn(path, /\.(ya?ml|json)$/i)) {
    const documents = await collected(report, file, () => readYamlFile(file));
    for (const contract of documents ?? []) {
      if (file !== path && !kindOf.safeParse(contract).success) {
        report.skipped.push(file);
        continue;
      }
      const { datasetNamespace } = options;
      const body = { contract, datasetNamespace, ...removalsOf(options) };
      await collected(report, file, () => sendOne(terminal, { path: '/api/v1/odcs', body, report }, options));
    }
  }
  return finish(terminal, report, options);
}

/** One JSON-LD document. */
export async function ingestDcat(terminal: Terminal, file: string, options: DcatOptions): Promise<ExitCode> {
  const report: Report = { accepted: 0, duplicates: 0, syncs: [], skipped: [], failed: [] };
  const documents = await readYamlFile(file);
  if (documents.length !== 1) throw new CliError(EXIT.REFUSED, `${file} is no JSON-LD document.`);
  const { source, language } = options;
  const body = { document: documents[0], source, language, ...removalsOf(options) };
  await collected(report, file, () => sendOne(terminal, { path: '/api/v1/dcat', body, report }, options));
  return finish(terminal, report, options);
}

function removalsOf({ applyRemovals }: DocumentOptions): object {
  return applyRemovals ? { removals: 'APPLY' } : {};
}

interface Sending {
  readonly path: string;
  readonly body: object;
  readonly report: Report;
}

async function sendOne(terminal: Terminal, { path, body, report }: Sending, options: DocumentOptions): Promise<void> {
  if (options.dryRun) {
    await dryRun(terminal, path, body);
    return;
  }
  const answer = answerSchema.parse(await terminal.client.json({ path, body }));
  report.accepted += answer.accepted;
  report.duplicates += answer.duplicates;
  report.syncs.push(answer.sync);
}

/** What is refused does not hold up the other files. */
async function collected<Outcome>(report: Report, file: string, run: () => Promise<Outcome>): Promise<Outcome | null> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof CliError) || error.exitCode !== EXIT.REFUSED) throw error;
    report.failed.push({ file, reason: error.message });
    return null;
  }
}

async function finish(terminal: Terminal, report: Report, { dryRun: isDry, wait }: DocumentOptions): Promise<ExitCode> {
  if (wait && report.accepted > 0) await waitForSyncs(terminal, report.syncs);
  for (const file of report.skipped) terminal.note(`${file} is no data contract; left out.`);
  if (terminal.isJson && !isDry) terminal.out(JSON.stringify(report));
  else for (const { file, reason } of report.failed) terminal.note(`${file}: ${reason}`);
  const { accepted, duplicates, failed } = report;
  if (!terminal.isJson && !isDry)
    terminal.out(`${accepted} accepted, ${duplicates} known already, ${failed.length} refused.`);
  if (failed.length > 0) return EXIT.REFUSED;
  return isDry || accepted + duplicates > 0 ? EXIT.OK : EXIT.NOTHING_FOUND;
}
