import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

export interface RunningService {
  readonly child: ChildProcess;
  readonly url: string;
  readonly token: string | null;
}

/** How the service may be started: without npm between, which the tests of everything else do, and with it. */
export const NODE = [process.execPath, 'scripts/start.mjs'] as const;
export const NPM = ['npm', 'start'] as const;

/** The real thing. */
export async function startService(
  env: Record<string, string>,
  [program, ...args]: readonly [string, string] = NODE,
): Promise<RunningService> {
  const child = spawn(program, args, {
    cwd: ROOT,
    env: { ...process.env, CADASTRE_PORT: '0', CADASTRE_DEMO: 'false', CADASTRE_LOG_LEVEL: 'warn', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  child.stderr.on('data', (chunk) => (text += String(chunk)));
  const url = await new Promise<string>((resolve, reject) => {
    child.on('exit', (code) => reject(new Error(`The service ended with ${code}: ${text}`)));
    child.stdout.on('data', (chunk) => {
      text += String(chunk);
      const match = /ready at (http:\S+)[\s\S]*\/graphql\n/.exec(text);
      if (match?.[1]) setTimeout(() => resolve(match[1] ?? ''), 50);
    });
  });
  return { child, url, token: /cad_[\w-]{20,}/.exec(text)?.[0] ?? null };
}

export async function killService(service: RunningService, signal: NodeJS.Signals): Promise<void> {
  const ended = once(service.child, 'exit');
  service.child.kill(signal);
  await ended;
}

/** @returns whether the service acknowledged them all. */
export async function postEvents(service: RunningService, token: string, events: readonly unknown[]): Promise<boolean> {
  const response = await fetch(`${service.url}/api/v1/lineage/batch`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(events),
  });
  return response.status === 200;
}

export async function getText(service: RunningService, token: string, path: string): Promise<string> {
  const response = await fetch(service.url + path, { headers: { Authorization: `Bearer ${token}` } });
  if (!response.ok) throw new Error(`${path} answered ${response.status}.`);
  return response.text();
}

export async function getJson<T>(service: RunningService, token: string, path: string): Promise<T> {
  return JSON.parse(await getText(service, token, path)) as T;
}

/** Until everything received is projected and found by search. @throws after a minute. */
export async function serviceSettled(service: RunningService, token: string): Promise<void> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const { backlog, lag } = await getJson<{ backlog: number; lag: number }>(service, token, '/api/v1/ingest/status');
    if (backlog === 0 && lag === 0) return;
    if (Date.now() > deadline) throw new Error('Projection and search did not catch up within a minute.');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
