import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openTestDatabase } from '../support/database.js';

const ROOT = join(import.meta.dirname, '../..');

interface RunningService {
  readonly child: ChildProcess;
  readonly url: string;
  readonly token: string | null;
}

/** The real thing, as `npm start` runs it. */
async function start(env: Record<string, string>): Promise<RunningService> {
  const child = spawn(process.execPath, ['scripts/start.mjs'], {
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

async function kill(service: RunningService, signal: NodeJS.Signals): Promise<void> {
  const ended = once(service.child, 'exit');
  service.child.kill(signal);
  await ended;
}

async function post(service: RunningService, token: string, events: readonly object[]): Promise<boolean> {
  const response = await fetch(`${service.url}/api/v1/lineage/batch`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(events),
  });
  return response.status === 200;
}

async function get<T>(service: RunningService, token: string, path: string): Promise<T> {
  const response = await fetch(service.url + path, { headers: { Authorization: `Bearer ${token}` } });
  return (await response.json()) as T;
}

async function settled(service: RunningService, token: string): Promise<void> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const { backlog, lag } = await get<{ backlog: number; lag: number }>(service, token, '/api/v1/ingest/status');
    if (backlog === 0 && lag === 0) return;
    if (Date.now() > deadline) throw new Error('Projection and search did not catch up within a minute.');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

interface Dump {
  readonly runs: readonly { readonly externalId: string; readonly job: readonly string[] }[];
}

const eventOf = (i: number): object => ({
  eventType: 'COMPLETE',
  eventTime: '2026-05-01T10:00:00Z',
  run: { runId: `run-${i}` },
  job: { namespace: 'crash', name: `job-${i % 500}` },
  inputs: [{ namespace: 'db', name: `table-${i % 300}` }],
  outputs: [{ namespace: 'db', name: `table-${(i % 300) + 1}` }],
});

const running: ChildProcess[] = [];
const folders: string[] = [];
afterAll(() => {
  for (const child of running) if (child.exitCode === null) child.kill('SIGKILL');
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

describe('a service that is killed', () => {
  it('has after its restart every event it acknowledged, each once', { timeout: 120_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cadastre crash '));
    folders.push(folder);
    // As root, Postgres runs as another user, who has to get in.
    chmodSync(folder, 0o755);
    const first = await start({ CADASTRE_DATA_DIR: folder });
    running.push(first.child);
    const token = first.token ?? '';
    const acknowledged: number[] = [];
    const batches = Array.from({ length: 100 }, (_, b) => Array.from({ length: 50 }, (__, i) => b * 50 + i));
    for (const [index, batch] of batches.entries()) {
      if (index === 60) first.child.kill('SIGKILL');
      const isTaken = await post(first, token, batch.map(eventOf)).catch(() => false);
      if (isTaken) acknowledged.push(...batch);
    }
    expect(acknowledged.length).toBeGreaterThanOrEqual(2950);

    // Postgres outlived the service; this one takes it over.
    const second = await start({ CADASTRE_DATA_DIR: folder });
    running.push(second.child);
    for (const batch of batches) expect(await post(second, token, batch.map(eventOf))).toBe(true);
    await settled(second, token);
    const { runs } = await get<Dump>(second, token, '/api/v1/dump');
    const ids = runs.map((run) => run.externalId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(ids)).toEqual(new Set(batches.flat().map((i) => `run-${i}`)));
    await kill(second, 'SIGTERM');
  });
});

describe('two services on one database', () => {
  it('share the work, and one goes on when the other is killed', { timeout: 120_000 }, async () => {
    const database = await openTestDatabase();
    const first = await start({ DATABASE_URL: database.url });
    running.push(first.child);
    const second = await start({ DATABASE_URL: database.url });
    running.push(second.child);
    const token = first.token ?? '';
    const events = Array.from({ length: 600 }, (_, i) => eventOf(i));
    await Promise.all([post(first, token, events.slice(0, 400)), post(second, token, events.slice(200))]);
    await kill(first, 'SIGKILL');
    const killedAt = Date.now();
    await settled(second, token);
    expect(Date.now() - killedAt).toBeLessThan(10_000);
    const { runs } = await get<Dump>(second, token, '/api/v1/dump');
    expect(runs.map((run) => run.externalId).sort()).toEqual(events.map((_, i) => `run-${i}`).sort());
    await kill(second, 'SIGTERM');
    await database.close();
  });
});
