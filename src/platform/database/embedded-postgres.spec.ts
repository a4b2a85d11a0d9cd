import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DatabaseStartError, startEmbeddedPostgres, type EmbeddedPostgres } from './embedded-postgres.js';
import { locatePostgresBinaries, restoreLibraryLinks } from './postgres-binaries.js';
import { freePort, readPostmasterFile } from './postgres-process.js';
import { isRoot } from './postgres-user.js';

const FLAGS = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'].flatMap((flag) => ['-c', flag]);

/** No process has it: Linux counts to 4,194,303 at most. */
const MAX_PID = 4_194_304;

let folder: string;
const started: EmbeddedPostgres[] = [];
const lines: string[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cadastre postgres '));
  chmodSync(folder, 0o711);
  lines.length = 0;
});

afterEach(async () => {
  for (const postgres of started.splice(0)) await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function start(dataDir: string, applicationName = 'cadastre-a'): Promise<EmbeddedPostgres> {
  const log = (line: string) => void lines.push(line);
  const postgres = await startEmbeddedPostgres({ dataDir, log, flags: FLAGS, applicationName });
  started.push(postgres);
  return postgres;
}

async function failureOf(work: Promise<unknown>): Promise<DatabaseStartError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof DatabaseStartError) return error;
  throw new Error(`No DatabaseStartError but ${String(error)}`);
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

function pidOf(dataDir: string): number {
  return readPostmasterFile(join(dataDir, 'postgres'))?.pid ?? 0;
}

describe('startEmbeddedPostgres', () => {
  it('creates a UTF-8 cluster, a private password and the database', async () => {
    const dataDir = join(folder, 'a', 'b');
    const postgres = await start(dataDir);

    expect(postgres.wasAdopted).toBe(false);
    expect(postgres.dataDir).toBe(dataDir);
    expect(postgres.url).toMatch(/^postgres:\/\/cadastre:[0-9a-f]{48}@127\.0\.0\.1:\d+\/cadastre$/);
    expect(statSync(join(dataDir, 'postgres.password')).mode & 0o777).toBe(0o600);
    const settings = `SELECT current_user AS who, current_setting('server_encoding') AS encoding,
      current_setting('fsync') AS fsync, datlocprovider AS provider, datlocale AS locale
      FROM pg_database WHERE datname = current_database()`;
    expect(await query(postgres.url, settings)).toEqual([
      { who: 'cadastre', encoding: 'UTF8', fsync: 'off', provider: 'b', locale: 'C.UTF-8' },
    ]);
    expect(lines.at(-1)).toMatch(/^PostgreSQL 18\.\d+ started on 127\.0\.0\.1:\d+, data in /);
  });

  it('refuses a connection without the password', async () => {
    const { url } = await start(folder);
    const wrong = new URL(url);
    wrong.password = 'wrong';
    await expect(query(wrong.href, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
  });

  it('keeps the data over a stop and a start', async () => {
    const first = await start(folder);
    await query(first.url, 'CREATE TABLE kept AS SELECT 7 AS value');
    await first.stop();
    expect(pidOf(folder)).toBe(0);

    const second = await start(folder);
    expect(second.wasAdopted).toBe(false);
    expect(await query(second.url, 'SELECT value FROM kept')).toEqual([{ value: 7 }]);
  });

  it('starts again after the server was killed', async () => {
    const first = await start(folder);
    await query(first.url, 'CREATE TABLE kept AS SELECT 7 AS value');
    // With synchronous_commit off, only this puts it on disk.
    await query(first.url, 'CHECKPOINT');
    const killed = pidOf(folder);
    process.kill(killed, 'SIGKILL');

    const second = await start(folder);
    expect(pidOf(folder)).not.toBe(killed);
    expect(await query(second.url, 'SELECT value FROM kept')).toEqual([{ value: 7 }]);
  });

  it('starts a server that ended by itself again, on its port', async () => {
    const postgres = await start(folder);
    const killed = pidOf(folder);
    process.kill(killed, 'SIGKILL');
    await vi.waitFor(async () => expect(await query(postgres.url, 'SELECT 7 AS value')).toEqual([{ value: 7 }]), {
      timeout: 20_000,
      interval: 50,
    });
    expect(pidOf(folder)).not.toBe(killed);
    await postgres.stop();
    expect(pidOf(folder)).toBe(0);
  });

  const leaveLockFile = (pid: number, port: number): void =>
    writeFileSync(join(folder, 'postgres', 'postmaster.pid'), `${pid}\n${folder}/postgres\n1\n${port}\n\n127.0.0.1\n`);

  it('starts when the number in the lock file is of another program by now', async () => {
    await (await start(folder)).stop();
    // Nor is its port to be had.
    leaveLockFile(process.pid, 1);
    expect((await start(folder)).wasAdopted).toBe(false);
  });

  it('comes back on the port of a server that died, where other services look for it', async () => {
    await (await start(folder)).stop();
    const port = await freePort();
    leaveLockFile(MAX_PID, port);
    expect(new URL((await start(folder)).url).port).toBe(String(port));
  });

  it('adopts a server that runs, and stops it', async () => {
    const first = await start(folder);
    const second = await start(folder, 'cadastre-b');
    expect(second.wasAdopted).toBe(true);
    expect(second.url).toBe(first.url);
    await second.stop();
    expect(pidOf(folder)).toBe(0);
  });

  it('leaves the server to the others, until the last one stops', async () => {
    const first = await start(folder, 'cadastre-a');
    const second = await start(folder, 'cadastre-b');
    await first.stop({ unlessUsedByOthers: true });
    expect(await query(second.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await second.stop({ unlessUsedByOthers: true });
    expect(pidOf(folder)).toBe(0);
  });

  it('makes one cluster when two start at once', async () => {
    const both = await Promise.all([start(folder, 'cadastre-a'), start(folder, 'cadastre-b')]);
    expect(both[0]?.url).toBe(both[1]?.url);
    expect(both.map(({ wasAdopted }) => wasAdopted).sort()).toEqual([false, true]);
  });

  it('ignores what a killed initdb has left', async () => {
    mkdirSync(join(folder, 'postgres.initdb-abc', 'cluster'), { recursive: true });
    expect((await start(folder)).wasAdopted).toBe(false);
  });
});

describe('startEmbeddedPostgres refuses', () => {
  it('a cluster of another major version', async () => {
    mkdirSync(join(folder, 'postgres'));
    writeFileSync(join(folder, 'postgres', 'PG_VERSION'), '15\n');
    const error = await failureOf(start(folder));
    expect(error.message).toContain('was made by PostgreSQL 15, and this Cadastre brings PostgreSQL 18');
  });

  it('a cluster whose password is lost, naming the file', async () => {
    await (await start(folder)).stop();
    rmSync(join(folder, 'postgres.password'));
    const error = await failureOf(start(folder));
    expect(error.message).toContain(`${folder}/postgres.password is not there`);
  });

  it('settings the server does not know, with the end of its log', async () => {
    const error = await failureOf(
      startEmbeddedPostgres({ dataDir: folder, log: () => undefined, flags: ['-c', 'nonsense=1'] }),
    );
    expect(error.message).toContain('unrecognized configuration parameter "nonsense"');
  });

  it.runIf(isRoot())('as root, a chosen folder that the server user cannot reach', async () => {
    const barrier = join(folder, 'private');
    mkdirSync(barrier, { mode: 0o700 });
    const error = await failureOf(start(join(barrier, 'data')));
    expect(error.message).toMatch(
      /^PostgreSQL does not run as root but as user "(postgres|nobody)", and that user may not enter/,
    );
    expect(error.message).toContain(`the folder ${barrier} on the way to the data folder ${barrier}/data.`);
    expect(error.message).toContain(`chmod o+x "${barrier}"`);
  });

  it.runIf(!isRoot())('a folder that this user cannot read', async () => {
    chmodSync(folder, 0o000);
    const error = await failureOf(start(folder));
    chmodSync(folder, 0o711);
    expect(error.message).toMatch(
      /^.* cannot be read and written by user ".+" \(EACCES\)\. Give the data folder to that user/,
    );
  });
});

describe('restoreLibraryLinks', () => {
  it('makes the links that npm did not make, and leaves the others', () => {
    const original = dirname(locatePostgresBinaries().nativeDir);
    const copy = join(folder, 'package');
    mkdirSync(join(copy, 'native', 'lib'), { recursive: true });
    cpSync(join(original, 'native', 'pg-symlinks.json'), join(copy, 'native', 'pg-symlinks.json'));
    const list: { source: string; target: string }[] = JSON.parse(
      readFileSync(join(copy, 'native', 'pg-symlinks.json'), 'utf8'),
    );
    for (const { source } of list) writeFileSync(join(copy, source), 'library');

    restoreLibraryLinks(copy);
    restoreLibraryLinks(copy);

    expect(list.length).toBeGreaterThan(0);
    expect(list.filter(({ target }) => !lstatSync(join(copy, target)).isSymbolicLink())).toEqual([]);
    expect(list.filter(({ target }) => !existsSync(join(copy, target)))).toEqual([]);
  });
});
