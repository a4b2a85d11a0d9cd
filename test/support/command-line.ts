import { spawn } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import type { TestApp } from './app.js';

const ROOT = join(import.meta.dirname, '../..');

export interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** The command as a person runs it, as administrator unless the environment says otherwise. @param options.input a file. */
export async function runCadastre(
  test: TestApp,
  args: readonly string[],
  options: { input?: string; env?: object } = {},
): Promise<Outcome> {
  const child = spawn(process.execPath, ['bin/cadastre.mjs', ...args], {
    cwd: ROOT,
    env: { ...process.env, CADASTRE_URL: test.url, ...tokenOf(test, 'admin'), ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  if (options.input === undefined) child.stdin.end();
  else createReadStream(options.input).pipe(child.stdin);
  const text = { out: '', err: '' };
  child.stdout.on('data', (chunk) => (text.out += String(chunk)));
  child.stderr.on('data', (chunk) => (text.err += String(chunk)));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, ...text };
}

/** The environment in which the command acts for that account. */
export function tokenOf(test: TestApp, handle: string): { CADASTRE_TOKEN: string } {
  return { CADASTRE_TOKEN: test.as(handle).authorization.replace('Bearer ', '') };
}
