import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { CliError, EXIT, type ExitCode } from './cli-error.js';
import { dryRun } from './dry-run.js';
import type { Terminal } from './terminal.js';
import { waitForProjection } from './wait-for-projection.js';

const answerSchema = z.object({ accepted: z.number(), duplicates: z.number() });

export interface DbtOptions {
  readonly datasetNamespace?: string;
  readonly wait: boolean;
  readonly dryRun?: boolean;
}

/** Sends what `dbt build` and `dbt docs generate` leave in the target folder. */
export async function ingestDbt(terminal: Terminal, folder: string, options: DbtOptions): Promise<ExitCode> {
  const manifest = await readArtifact(folder, 'manifest.json');
  if (manifest === undefined) {
    throw new CliError(
      EXIT.USAGE,
      `There is no manifest.json in ${folder}. Give dbt's target folder, after a dbt run.`,
    );
  }
  const catalog = await readArtifact(folder, 'catalog.json');
  const runResults = await readArtifact(folder, 'run_results.json');
  const { datasetNamespace } = options;
  // JSON leaves out what is undefined.
  const body = { manifest, catalog, runResults, datasetNamespace };
  if (options.dryRun) return dryRun(terminal, '/api/v1/dbt', body);
  const answer = answerSchema.parse(await terminal.client.json({ path: '/api/v1/dbt', body }));
  const isProjected = options.wait && answer.accepted > 0 ? await waitForProjection(terminal) : null;
  const text = answer.accepted > 0 ? 'dbt artifacts accepted.' : 'These dbt artifacts are known already.';
  terminal.out(terminal.isJson ? JSON.stringify({ ...answer, isProjected }) : text);
  return EXIT.OK;
}

async function readArtifact(folder: string, name: string): Promise<unknown> {
  const file = join(folder, name);
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw new CliError(EXIT.USAGE, `${file} cannot be read (${error.code}).`);
  });
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CliError(EXIT.REFUSED, `${file} is not valid JSON: ${error instanceof Error ? error.message : error}`);
  }
}
