import { createReadStream } from 'node:fs';
import { readFile, readdir, stat } from 'node:fs/promises';
import { isAbsolute, join, normalize } from 'node:path';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { z } from 'zod';
import { CliError, EXIT } from './cli-error.js';
import { BrokenJson, jsonValues } from './json-values.js';

const packIndex = z.object({ files: z.array(z.object({ path: z.string() })).min(1) });

/** The files of an export, in order: those that its index.json lists, else every .json of the folder. @throws {CliError} */
export async function dataHubFiles(path: string): Promise<string[]> {
  const found = await stat(path).catch(() => null);
  if (!found) throw new CliError(EXIT.USAGE, `There is no file or folder ${path}.`);
  if (!found.isDirectory()) return [path];
  const names = (await readdir(path)).filter((name) => /\.json(\.gz)?$/.test(name)).sort();
  if (names.length === 0) throw new CliError(EXIT.USAGE, `There is no .json file in ${path}.`);
  if (!names.includes('index.json')) return names.map((name) => join(path, name));
  const index = packIndex.safeParse(await parsedFile(join(path, 'index.json')));
  if (!index.success)
    throw new CliError(EXIT.REFUSED, `${join(path, 'index.json')} lists no files: {"files": [{"path": …}]}.`);
  return index.data.files.map((file) => within(path, file.path));
}

/** Every proposal or event of the files, one at a time. @throws {CliError} when a file is no JSON or ends too early. */
export async function* dataHubItems(files: readonly string[]): AsyncGenerator<unknown> {
  for (const file of files) {
    try {
      yield* jsonValues(textOf(file));
    } catch (error) {
      if (error instanceof BrokenJson) throw new CliError(EXIT.REFUSED, `${file} is not valid JSON, ${error.message}`);
      if (error instanceof Error && 'code' in error)
        throw new CliError(EXIT.USAGE, `${file} cannot be read (${String(error.code)}).`);
      throw error;
    }
  }
}

async function parsedFile(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new CliError(EXIT.REFUSED, `${file} cannot be read: ${error instanceof Error ? error.message : error}`);
  }
}

function within(folder: string, name: string): string {
  const path = normalize(name);
  if (isAbsolute(path) || path.startsWith('..'))
    throw new CliError(EXIT.REFUSED, `index.json lists '${name}', which is outside of ${folder}.`);
  return join(folder, path);
}

function textOf(file: string): AsyncIterable<string> {
  const bytes = createReadStream(file);
  if (!file.endsWith('.gz')) return bytes.setEncoding('utf8');
  // What goes wrong ends the stream, and with it the loop that reads.
  return pipeline(bytes, createGunzip(), () => undefined).setEncoding('utf8');
}
