import { z } from 'zod';
import { CliError, EXIT, type ExitCode } from './cli-error.js';
import { artifactsIn, brokenFile, packArtifacts } from './dbt-artifacts.js';
import { dryRun } from './dry-run.js';
import { answeredSync, waitForSyncs } from './held-syncs.js';
import type { Terminal } from './terminal.js';

const PATH = '/api/v1/dbt';

const answerSchema = z.object({
  accepted: z.number(),
  duplicates: z.number(),
  sync: answeredSync,
  warnings: z.array(z.object({ path: z.string(), message: z.string() })),
});

export interface DbtOptions {
  readonly datasetNamespace?: string;
  readonly applyRemovals?: boolean;
  readonly wait: boolean;
  readonly dryRun?: boolean;
}

/** Sends what `dbt build`, `dbt docs generate` and `dbt source freshness` leave in the target folder. */
export async function ingestDbt(terminal: Terminal, folder: string, options: DbtOptions): Promise<ExitCode> {
  const files = await artifactsIn(folder);
  const { datasetNamespace, applyRemovals } = options;
  const rest = { datasetNamespace, removals: applyRemovals ? 'APPLY' : undefined };
  const body = await packArtifacts(files, rest, (file, bytes) =>
    terminal.progress(`${file.path}: ${megabytes(bytes)} of ${megabytes(file.bytes)}`),
  );
  try {
    if (options.dryRun) return await dryRun(terminal, PATH, body);
    terminal.progress(`sending ${megabytes(body.bytes.length)}`);
    const answer = answerSchema.parse(await terminal.client.json({ path: PATH, body }));
    for (const { path, message } of answer.warnings) terminal.note(`${path} ${message}`);
    const isProjected = options.wait && answer.accepted > 0 ? await waitForSyncs(terminal, [answer.sync]) : null;
    const names = files.map(({ path, bytes }) => `${path} (${megabytes(bytes)})`).join(', ');
    const text = `${answer.accepted > 0 ? 'Accepted' : 'Known already'}: ${names}.`;
    const report = { ...answer, files: files.map(({ path, bytes }) => ({ path, bytes })), isProjected };
    terminal.out(terminal.isJson ? JSON.stringify(report) : text);
    return EXIT.OK;
  } catch (error) {
    // The service sees one message; only here is it known which file is which.
    if (error instanceof CliError && error.exitCode === EXIT.REFUSED) throw (await brokenFile(files)) ?? error;
    throw error;
  }
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
