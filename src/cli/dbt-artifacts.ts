import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { CliError, EXIT } from './cli-error.js';
import { Gzipped } from './client.js';

/** A file of dbt's target folder and its field in the message. */
export interface ArtifactFile {
  readonly field: string;
  readonly path: string;
  readonly bytes: number;
}

type OnProgress = (file: ArtifactFile, bytesRead: number) => void;

const FILES = [
  ['manifest', 'manifest.json'],
  ['catalog', 'catalog.json'],
  ['runResults', 'run_results.json'],
  ['sources', 'sources.json'],
] as const;

const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/** What is there. @throws CliError when there is no manifest. */
export async function artifactsIn(folder: string): Promise<ArtifactFile[]> {
  const found: ArtifactFile[] = [];
  for (const [field, name] of FILES) {
    const path = join(folder, name);
    const file = await stat(path).catch(() => null);
    if (file) found.push({ field, path, bytes: file.size });
  }
  if (found.some(({ field }) => field === 'manifest')) return found;
  throw new CliError(
    EXIT.USAGE,
    `There is no manifest.json in ${folder}. Give dbt's target folder (target/ in the project), after \`dbt build\` or \`dbt docs generate\`.`,
  );
}

/**
 * The message, gzipped as the files are read: they are copied as they are, so that only the compressed bytes are in memory.
 * @param rest further fields; undefined ones are left out.
 * @throws CliError when a file cannot be read.
 */
export async function packArtifacts(
  files: readonly ArtifactFile[],
  rest: Readonly<Record<string, string | undefined>>,
  onProgress: OnProgress,
): Promise<Gzipped> {
  const gzip = Readable.from(textOf(files, rest, onProgress)).compose(createGzip());
  const chunks: Buffer[] = [];
  for await (const chunk of gzip) chunks.push(Buffer.from(chunk));
  return new Gzipped(Buffer.concat(chunks));
}

async function* textOf(
  files: readonly ArtifactFile[],
  rest: Readonly<Record<string, string | undefined>>,
  onProgress: OnProgress,
): AsyncGenerator<Buffer> {
  let separator = '{';
  for (const [field, value] of Object.entries(rest)) {
    if (value === undefined) continue;
    yield Buffer.from(`${separator}${JSON.stringify(field)}:${JSON.stringify(value)}`);
    separator = ',';
  }
  for (const file of files) {
    yield Buffer.from(`${separator}${JSON.stringify(file.field)}:`);
    separator = ',';
    yield* bytesOf(file, onProgress);
  }
  yield Buffer.from('}');
}

async function* bytesOf(file: ArtifactFile, onProgress: OnProgress): AsyncGenerator<Buffer> {
  let bytes = 0;
  try {
    for await (const chunk of createReadStream(file.path) as AsyncIterable<Buffer>) {
      // A byte order mark is no JSON in the midst of a message.
      yield bytes === 0 && chunk.subarray(0, 3).equals(BYTE_ORDER_MARK) ? chunk.subarray(3) : chunk;
      bytes += chunk.length;
      onProgress(file, bytes);
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    throw new CliError(EXIT.USAGE, `${file.path} cannot be read${code}.`);
  }
}

/** After the service has refused: the file that is to blame, if one of them is no JSON. */
export async function brokenFile(files: readonly ArtifactFile[]): Promise<CliError | null> {
  for (const { path } of files) {
    const reason = await readFile(path, 'utf8')
      .then((text) => void JSON.parse(text.replace(/^\uFEFF/, '')))
      .catch((error: unknown) => (error instanceof Error ? error.message : String(error)));
    if (reason === undefined) continue;
    const fix = 'Did dbt end while it wrote the file? Run it again.';
    return new CliError(EXIT.REFUSED, `${path} is not valid JSON: ${reason}. ${fix}`);
  }
  return null;
}
