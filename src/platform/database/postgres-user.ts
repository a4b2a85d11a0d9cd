import {
  chownSync,
  lchownSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseStartError } from './database-start-error.js';

/** A user of this machine that PostgreSQL is run as. */
export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
  readonly name: string;
}

/** Who runs this process, for messages. */
export function currentUserName(): string {
  try {
    return userInfo().username;
  } catch {
    // A container may run as a number that /etc/passwd does not list.
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}

export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/**
 * PostgreSQL refuses to run as root, so root runs it as somebody else: the owner of the cluster that is there (it may
 * come from a run without root), otherwise `postgres`, otherwise `nobody`. Null when this process is not root.
 */
export function serverUserFor(clusterDir: string): ServerUser | null {
  if (!isRoot()) return null;
  const users = usersOf('/etc/passwd');
  const owner = statSync(clusterDir, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) {
    const known = users.find(({ uid }) => uid === owner.uid);
    return known ?? { uid: owner.uid, gid: owner.gid, name: `uid ${owner.uid}` };
  }
  const user = users.find(({ name }) => name === 'postgres') ?? users.find(({ name }) => name === 'nobody');
  if (user) return user;
  throw new DatabaseStartError(
    'PostgreSQL does not run as root, and this machine has neither a user "postgres" nor "nobody". ' +
      'Run Cadastre as another user, create one of these, or set DATABASE_URL to a PostgreSQL server.',
  );
}

function usersOf(passwdFile: string): ServerUser[] {
  return readFileSync(passwdFile, 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
    .filter(({ name, uid, gid }) => name !== '' && uid > 0 && Number.isInteger(gid));
}

/** The first folder on the way to `path` (and `path` itself, if it is there) that the user may not enter, or null. */
export function barrierFor(path: string, user: ServerUser): string | null {
  // Both ways count: the folders as written, and those behind symbolic links.
  for (const way of [path, realPathOf(path)]) {
    for (const folder of [...ancestorsOf(way), way]) {
      const stat = statSync(folder, { throwIfNoEntry: false });
      if (stat && !mayEnter(stat, user)) return folder;
    }
  }
  return null;
}

function mayEnter(stat: { mode: number; uid: number; gid: number }, user: ServerUser): boolean {
  if (stat.uid === user.uid) return (stat.mode & 0o100) !== 0;
  if (stat.gid === user.gid) return (stat.mode & 0o010) !== 0;
  return (stat.mode & 0o001) !== 0;
}

function ancestorsOf(path: string): string[] {
  const parent = dirname(path);
  return parent === path ? [] : [...ancestorsOf(parent), parent];
}

function realPathOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : realPathOf(parent);
  }
}

/** Creates a folder and the missing ones above it so that any user may pass through, whatever the umask. */
export function createPassableFolder(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })) return;
  createPassableFolder(dirname(path));
  const umask = process.umask(0o022);
  try {
    mkdirSync(path, { recursive: true, mode: 0o755 });
  } finally {
    process.umask(umask);
  }
}

/** Gives a folder and everything in it to the user. */
export function giveTo(user: ServerUser, folder: string): void {
  chownSync(folder, user.uid, user.gid);
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (lstatSync(path).isDirectory()) giveTo(user, path);
    else lchownSync(path, user.uid, user.gid);
  }
}
