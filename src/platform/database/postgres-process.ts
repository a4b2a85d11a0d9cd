import { execFile, execFileSync, spawn, type ChildProcess } from 'node:child_process';
import {
  closeSync,
  fstatSync,
  openSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  statSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { parse } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseStartError } from './database-start-error.js';
import type { ServerUser } from './postgres-user.js';

const LOG_LIMIT_BYTES = 10 * 1024 * 1024;

/** Nothing of this process' environment may steer the server: PGDATA, PGPORT and the rest would. */
function serverEnvironment(): NodeJS.ProcessEnv {
  const { PATH, SystemRoot } = process.env;
  // Messages in English: their wording is looked at.
  return { LC_ALL: 'C', TZ: 'UTC', ...(PATH ? { PATH } : {}), ...(SystemRoot ? { SystemRoot } : {}) };
}

function spawnOptions(program: string, user: ServerUser | null) {
  // The working folder may be out of the user's reach.
  return { env: serverEnvironment(), cwd: parse(program).root, ...(user ? { uid: user.uid, gid: user.gid } : {}) };
}

/** Runs one of PostgreSQL's programs to its end. @throws {DatabaseStartError} with what it printed. */
export async function runProgram(program: string, args: readonly string[], user: ServerUser | null): Promise<void> {
  await new Promise<void>((done, fail) => {
    execFile(program, [...args], spawnOptions(program, user), (error, stdout, stderr) => {
      if (!error) return done();
      const hint = error.code === 'ENOENT' ? MUSL_HINT : '';
      fail(new DatabaseStartError(`${program} failed: ${error.message}${hint}\n${lastLines(`${stdout}\n${stderr}`)}`));
    });
  });
}

/** A program that is there and is "not found" lacks its loader: it was built for glibc. */
const MUSL_HINT =
  '\nOn Alpine Linux (musl) the embedded PostgreSQL does not run: use a glibc based system, or set DATABASE_URL.';

/** A server process that was just started. */
export interface Launched {
  readonly child: ChildProcess;
  /** Resolves when the process is gone or could not be started. */
  readonly ended: Promise<void>;
  /** What it has written to its log so far, shortened. */
  logTail(): string;
}

/** What is started, as whom (null: as this process' own user), and where its messages go. */
export interface LaunchOptions {
  readonly program: string;
  readonly args: readonly string[];
  readonly user: ServerUser | null;
  readonly logFile: string;
}

/** Starts a server that outlives this process and that Ctrl-C in this terminal does not reach. */
export function launchPostmaster(options: LaunchOptions): Launched {
  const { program, args, user, logFile } = options;
  if ((statSync(logFile, { throwIfNoEntry: false })?.size ?? 0) > LOG_LIMIT_BYTES) renameSync(logFile, `${logFile}.1`);
  const log = openSync(logFile, 'a', 0o600);
  const start = fstatSync(log).size;
  let failure = '';
  try {
    // A file, not a pipe: a server that outlives this process would fail on a pipe nobody reads.
    const child = spawn(program, [...args], {
      ...spawnOptions(program, user),
      detached: true,
      windowsHide: true,
      stdio: ['ignore', log, log],
    });
    const ended = new Promise<void>((done) => {
      child.once('exit', () => done());
      child.once('error', (error) => {
        failure = error.message;
        done();
      });
    });
    child.unref();
    return {
      child,
      ended,
      logTail: () => lastLines(`${failure}\n${readFileSync(logFile).subarray(start).toString()}`),
    };
  } finally {
    closeSync(log);
  }
}

function lastLines(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.slice(-20).join('\n');
}

/** What the lock file in a cluster says about the server that runs, or ran, on it. */
export interface PostmasterFile {
  readonly pid: number;
  /** 0 while the server has not written it yet. */
  readonly port: number;
}

/** Reads `postmaster.pid`: line 1 is the process id, line 4 the port. Null when there is none. */
export function readPostmasterFile(clusterDir: string): PostmasterFile | null {
  let lines: string[];
  try {
    lines = readFileSync(`${clusterDir}/postmaster.pid`, 'utf8').split('\n');
  } catch {
    return null;
  }
  const pid = Number(lines[0]);
  return pid > 0 ? { pid, port: Number(lines[3] ?? 0) } : null;
}

/** `other`: the number now belongs to another program, or to a process that ended and was not collected yet. */
export type ProcessState = 'postgres' | 'other' | 'gone';

/** Whether a process is a PostgreSQL server on this cluster. */
export function processState(pid: number, clusterDir: string): ProcessState {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it lives, and belongs to somebody else.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return 'gone';
  }
  if (process.platform === 'win32') return 'postgres';
  const [state = '', name = ''] = stateAndName(pid);
  if (state === '') return 'gone';
  if (state.startsWith('Z') || !/(^|\/)postgres$/.test(name)) return 'other';
  return worksElsewhere(pid, clusterDir) ? 'other' : 'postgres';
}

/** A server's working folder is its cluster. False where that cannot be seen (only Linux shows it). */
function worksElsewhere(pid: number, clusterDir: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) !== realpathSync(clusterDir);
  } catch {
    return false;
  }
}

function stateAndName(pid: number): string[] {
  try {
    if (process.platform === 'linux') {
      const [, name = '', state = ''] = /\((.*)\) (\S)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
      return [state, name];
    }
    return execFileSync('ps', ['-o', 'stat=,comm=', '-p', String(pid)], { encoding: 'utf8' })
      .trim()
      .split(/\s+/);
  } catch {
    return [];
  }
}

/** Fast shutdown: open transactions are rolled back, everything is written. Waits until the process is gone. */
export async function stopPostmaster(pid: number, clusterDir: string, timeoutMs: number): Promise<void> {
  if (processState(pid, clusterDir) !== 'postgres') return;
  process.kill(pid, 'SIGINT');
  const deadline = Date.now() + timeoutMs;
  while (processState(pid, clusterDir) === 'postgres') {
    if (Date.now() > deadline)
      throw new Error(`PostgreSQL (process ${pid}) did not stop within ${timeoutMs / 1000} s.`);
    await sleep(10);
  }
}

/** A port of 127.0.0.1 that is free at this moment; somebody may still take it before it is used. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done, fail) => {
    server.once('error', fail);
    server.listen(0, '127.0.0.1', done);
  });
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === 'string') throw new Error('The system gave no port.');
  return address.port;
}

/**
 * The port for each attempt to start: always the given one; otherwise first where the server was, as other services look
 * for it there, and then any that is free.
 */
export function portChoice(clusterDir: string, given: number | undefined): () => Promise<number> {
  let former = readPostmasterFile(clusterDir)?.port ?? 0;
  return async () => {
    const port = given ?? (former || (await freePort()));
    former = 0;
    return port;
  };
}
