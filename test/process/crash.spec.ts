import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { openTestDatabase } from '../support/database.js';
import {
  NODE,
  NPM,
  getJson as get,
  killService as kill,
  postEvents as post,
  serviceSettled as settled,
  startService as start,
} from '../support/service-process.js';

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

describe('a service that is asked to stop', () => {
  it.each([
    ['by SIGTERM', NODE, ['SIGTERM']],
    ['by SIGTERM to npm', NPM, ['SIGTERM']],
    // The terminal tells everybody, and npm tells the service once more.
    ['by Ctrl-C in a terminal', NODE, ['SIGINT', 'SIGINT']],
  ] as const)('%s ends with its Postgres', { timeout: 120_000 }, async (_, command, signals) => {
    const folder = mkdtempSync(join(tmpdir(), 'cadastre stop '));
    folders.push(folder);
    chmodSync(folder, 0o755);
    const service = await start({ CADASTRE_DATA_DIR: folder }, command);
    const lockFile = join(folder, 'postgres', 'postmaster.pid');
    expect(existsSync(lockFile)).toBe(true);
    const ended = once(service.child, 'exit');
    for (const signal of signals) {
      service.child.kill(signal);
      await sleep(10);
    }
    await ended;
    await vi.waitFor(() => expect(existsSync(lockFile)).toBe(false), { timeout: 20_000, interval: 50 });
    await expect(fetch(`${service.url}/health/live`)).rejects.toThrow('fetch failed');
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
