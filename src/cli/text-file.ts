import { readFile } from 'node:fs/promises';
import { parseAllDocuments } from 'yaml';
import { CliError, EXIT } from './cli-error.js';

/** @throws {CliError} when the file cannot be read. */
export async function readTextFile(file: string): Promise<string> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    const reason = error.code === 'ENOENT' ? 'There is no file' : `It cannot be read (${error.code}):`;
    throw new CliError(EXIT.USAGE, `${reason} ${file}.`);
  });
  return decoded(bytes);
}

/** UTF-8, UTF-16 with a byte order mark, or what Excel saves as plain CSV in the West: Windows-1252. */
export function decoded(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // Not UTF-8: every byte means something in Windows-1252.
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** Of a YAML or JSON file, which is YAML too, every document. @throws {CliError} naming the line. */
export async function readYamlFile(file: string): Promise<unknown[]> {
  const documents = parseAllDocuments(await readTextFile(file));
  return [...documents].map((document) => {
    const [error] = document.errors;
    if (error) throw new CliError(EXIT.REFUSED, `${file} is not valid YAML: ${error.message.split('\n')[0]}`);
    return document.toJS() as unknown;
  });
}
