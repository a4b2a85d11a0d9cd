import { createReadStream, readFileSync } from 'node:fs';
import { createPublicKey } from 'node:crypto';
import type { z } from 'zod';
import {
  exportedCheckpoint,
  exportedEntry,
  verifyChain,
  type ExportedCheckpoint,
  type ExportedEntry,
} from './audit-chain.js';
import { CliError, EXIT, type ExitCode } from './cli-error.js';
import { linesOf } from './lines.js';
import type { Terminal } from './terminal.js';

export interface AuditExportOptions {
  readonly format: 'jsonl' | 'csv';
  readonly actor?: string;
  readonly asset?: string;
  readonly rule?: string;
  readonly from?: string;
  readonly to?: string;
}

export interface AuditVerifyOptions {
  /** An export on file instead of the service. */
  readonly file?: string;
  /** Checkpoints that were kept elsewhere. */
  readonly checkpoints?: string;
  /** PEM. */
  readonly publicKey: readonly string[];
}

/** The log, oldest first, as it comes. */
export async function exportAudit(terminal: Terminal, options: AuditExportOptions): Promise<ExitCode> {
  const { format, actor, asset, rule, from, to } = options;
  const given = Object.entries({ format, actor, asset, policyId: rule, from, to }).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  );
  const path = `/api/v1/audit?${new URLSearchParams(given).toString()}`;
  for await (const line of terminal.client.lines({ path })) terminal.out(line);
  return EXIT.OK;
}

/** Signatures of how far the log has come; to be kept where whoever writes to the database cannot. */
export async function exportCheckpoints(terminal: Terminal): Promise<ExitCode> {
  await terminal.client.graphql('mutation { auditCheckpointCreate { userErrors { message code } } }', {});
  for await (const line of terminal.client.lines({ path: '/api/v1/audit/checkpoints' })) terminal.out(line);
  return EXIT.OK;
}

/** Computes every hash anew on this machine, and names the first entry that does not fit. */
export async function verifyAudit(terminal: Terminal, options: AuditVerifyOptions): Promise<ExitCode> {
  const checkpoints = await checkpointsOf(terminal, options);
  const lines =
    options.file === undefined ? terminal.client.lines({ path: '/api/v1/audit' }) : linesOfFile(options.file);
  const entries: AsyncIterable<ExportedEntry> = parsed(exportedEntry, lines);
  const verdict = await verifyChain(entries, checkpoints, options.publicKey.map(publicKeyOf));
  const { problem } = verdict;
  if (terminal.isJson) terminal.out(JSON.stringify(verdict));
  else if (problem) terminal.out(`${problem.kind} at entry ${problem.seq}: ${problem.message}`);
  else terminal.out(`Intact: ${verdict.entries} entries, ${verdict.checkpoints} checkpoints.`);
  if (!problem && options.publicKey.length === 0)
    terminal.note('The keys of the checkpoints were not compared: give --public-key.');
  if (!problem && options.checkpoints === undefined)
    terminal.note(
      'That nothing is cut off at the end shows only against checkpoints kept elsewhere: give --checkpoints.',
    );
  return problem ? EXIT.REFUSED : EXIT.OK;
}

async function checkpointsOf(
  terminal: Terminal,
  { file, checkpoints }: AuditVerifyOptions,
): Promise<ExportedCheckpoint[]> {
  const kept = checkpoints === undefined ? [] : await allOf(exportedCheckpoint, linesOfFile(checkpoints));
  if (file !== undefined) return kept;
  return [...kept, ...(await allOf(exportedCheckpoint, terminal.client.lines({ path: '/api/v1/audit/checkpoints' })))];
}

async function allOf<T>(schema: z.ZodType<T>, lines: AsyncIterable<string>): Promise<T[]> {
  const all: T[] = [];
  for await (const one of parsed(schema, lines)) all.push(one);
  return all;
}

async function* parsed<T>(schema: z.ZodType<T>, lines: AsyncIterable<string>): AsyncGenerator<T> {
  let number = 0;
  for await (const line of lines) {
    number += 1;
    if (line !== '') yield schema.parse(jsonOf(line, number));
  }
}

function jsonOf(line: string, number: number): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new CliError(EXIT.USAGE, `Line ${number} is not JSON. Was the export cut?`);
  }
}

async function* linesOfFile(file: string): AsyncGenerator<string> {
  try {
    yield* linesOf(createReadStream(file));
  } catch (error) {
    throw unreadable(file, error);
  }
}

function publicKeyOf(file: string): string {
  try {
    return createPublicKey(readFileSync(file)).export({ type: 'spki', format: 'der' }).toString('base64');
  } catch (error) {
    throw unreadable(file, error);
  }
}

function unreadable(file: string, error: unknown): CliError {
  return new CliError(
    EXIT.USAGE,
    `${file} cannot be read: ${error instanceof Error ? error.message : 'unknown error'}.`,
  );
}
