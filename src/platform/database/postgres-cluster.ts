import { createHash, randomBytes } from 'node:crypto';
import {
  accessSync,
  chownSync,
  constants,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { DatabaseStartError } from './database-start-error.js';
import { codeOf, programPath, SHARED_STATE_DIR, type PostgresBinaries } from './postgres-binaries.js';
import { runProgram } from './postgres-process.js';
import {
  barrierFor,
  createPassableFolder,
  currentUserName,
  giveTo,
  isRoot,
  serverUserFor,
  type ServerUser,
} from './postgres-user.js';

/** The superuser of the embedded cluster, and the name of the database in it. */
export const CADASTRE = 'cadastre';

/** Where one embedded PostgreSQL keeps its things. */
export interface ClusterPlace {
  readonly dataDir: string;
  readonly clusterDir: string;
  readonly passwordFile: string;
  readonly logFile: string;
  /** Null: the server runs as this process' own user. */
  readonly user: ServerUser | null;
}

/** What decides where the cluster goes. */
export interface PlaceOptions {
  readonly dataDir: string;
  readonly dataDirIsDefault: boolean;
  readonly log: (line: string) => void;
}

/**
 * Decides the folder of the cluster and the user it runs as, and checks that this user can get there.
 * @throws {DatabaseStartError} naming the folder, the user and the fix.
 */
export function placeCluster(options: PlaceOptions): ClusterPlace {
  const dataDir = resolve(options.dataDir);
  createDataDir(dataDir);
  const { clusterDir, user } = chooseClusterDir({ ...options, dataDir });
  const place = {
    dataDir,
    clusterDir,
    user,
    passwordFile: join(dataDir, 'postgres.password'),
    logFile: join(dataDir, 'postgres.log'),
  };
  assertUsable(place);
  // A cluster that root restored from a backup: the server only starts on a folder of its own.
  if (user && statSync(clusterDir, { throwIfNoEntry: false })?.uid === 0) giveTo(user, clusterDir);
  return place;
}

function createDataDir(dataDir: string): void {
  try {
    if (isRoot()) createPassableFolder(dataDir);
    else mkdirSync(dataDir, { recursive: true });
  } catch (error) {
    throw new DatabaseStartError(
      `The data folder ${dataDir} cannot be created by user "${currentUserName()}" (${codeOf(error)}). ` +
        'Create it and give it to that user, or choose another one with CADASTRE_DATA_DIR.',
      { cause: error },
    );
  }
}

function chooseClusterDir({ dataDir, dataDirIsDefault, log }: PlaceOptions): Pick<ClusterPlace, 'clusterDir' | 'user'> {
  const beside = join(dataDir, 'postgres');
  const user = serverUserFor(beside);
  if (user === null) return { clusterDir: beside, user };

  const barrier = barrierFor(dataDir, user);
  const folder = join(SHARED_STATE_DIR, createHash('sha256').update(dataDir).digest('hex').slice(0, 16));
  const elsewhere = join(folder, 'postgres');
  // Once there, it stays there: a cluster left behind would look like lost data.
  const isElsewhere = dataDirIsDefault && !existsSync(beside) && (barrier !== null || existsSync(elsewhere));
  if (barrier === null && !isElsewhere) return { clusterDir: beside, user };
  if (!isElsewhere) {
    throw new DatabaseStartError(
      `PostgreSQL does not run as root but as user "${user.name}", and that user may not enter the folder ${barrier} ` +
        `on the way to the data folder ${dataDir}. Allow it (chmod o+x "${barrier}"), run Cadastre as another user, ` +
        'or choose another data folder with CADASTRE_DATA_DIR.',
    );
  }
  createSharedFolder(folder, `user "${user.name}" may not enter ${barrier ?? dataDir}`);
  const reason = barrier ? `user "${user.name}" may not enter ${barrier}` : 'it was placed there before';
  log(`PostgreSQL's files are in ${elsewhere}, not in ${dataDir}: ${reason}.`);
  return { clusterDir: elsewhere, user: serverUserFor(elsewhere) };
}

function createSharedFolder(folder: string, reason: string): void {
  try {
    createPassableFolder(folder);
  } catch (error) {
    throw new DatabaseStartError(
      `The database cannot be put into the default data folder (${reason}) nor into ${folder} (${codeOf(error)}). ` +
        'Choose a data folder with CADASTRE_DATA_DIR, or run Cadastre as another user.',
      { cause: error },
    );
  }
}

function assertUsable({ dataDir, clusterDir, passwordFile, user }: ClusterPlace): void {
  const needed = [dataDir, passwordFile, ...(user === null ? [clusterDir] : [])];
  for (const path of needed) {
    try {
      const { R_OK, W_OK, X_OK } = constants;
      accessSync(path, path === passwordFile ? R_OK : R_OK | W_OK | X_OK);
    } catch (error) {
      if (codeOf(error) === 'ENOENT' && path !== dataDir) continue;
      const name = currentUserName();
      throw new DatabaseStartError(
        `${path} cannot be read and written by user "${name}" (${codeOf(error)}). ` +
          `Give the data folder to that user (chown -R ${name} "${dataDir}"), run Cadastre as the user it belongs to, ` +
          'or choose another one with CADASTRE_DATA_DIR.',
        { cause: error },
      );
    }
  }
}

/**
 * Creates the cluster if there is none, and answers the superuser's password.
 * @throws {DatabaseStartError} when the cluster is of another major version, or its password is lost.
 */
export async function prepareCluster(place: ClusterPlace, binaries: PostgresBinaries): Promise<string> {
  if (!existsSync(place.clusterDir)) {
    const password = createPassword(place.passwordFile);
    await createCluster(place, binaries, password);
    return password;
  }
  assertVersion(place.clusterDir, binaries);
  if (existsSync(place.passwordFile)) return readFileSync(place.passwordFile, 'utf8').trim();
  throw new DatabaseStartError(
    `The password of the database in ${place.clusterDir} is missing: ${place.passwordFile} is not there. ` +
      `Put that file back, or remove ${place.clusterDir} to begin with an empty database.`,
  );
}

function assertVersion(clusterDir: string, binaries: PostgresBinaries): void {
  const file = join(clusterDir, 'PG_VERSION');
  if (!existsSync(file)) {
    throw new DatabaseStartError(
      `${clusterDir} is not a PostgreSQL data folder (it has no PG_VERSION). Move it away, or choose another data ` +
        'folder with CADASTRE_DATA_DIR.',
    );
  }
  const version = readFileSync(file, 'utf8').trim();
  if (version === binaries.majorVersion) return;
  throw new DatabaseStartError(
    `The database in ${clusterDir} was made by PostgreSQL ${version}, and this Cadastre brings PostgreSQL ` +
      `${binaries.majorVersion}. Start the Cadastre that made it, move the data over with pg_dump and pg_restore, or ` +
      'choose another data folder with CADASTRE_DATA_DIR.',
  );
}

/** Written aside and linked into place: whoever is first wins, and nobody ever reads half a file. */
function createPassword(file: string): string {
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, `${randomBytes(24).toString('hex')}\n`, { mode: 0o600 });
  try {
    linkSync(unfinished, file);
    rmSync(unfinished);
  } catch (error) {
    // Some file systems know no hard links; there, two first starts at once are not told apart.
    if (existsSync(file)) rmSync(unfinished);
    else if (['EPERM', 'ENOTSUP', 'EOPNOTSUPP'].includes(codeOf(error))) renameSync(unfinished, file);
    else throw error;
  }
  return readFileSync(file, 'utf8').trim();
}

/** Made whole in a sibling folder and then renamed: a killed initdb leaves nothing that looks like a cluster. */
async function createCluster(place: ClusterPlace, binaries: PostgresBinaries, password: string): Promise<void> {
  const parent = dirname(place.clusterDir);
  removeAbandoned(parent);
  const workshop = mkdtempSync(join(parent, WORKSHOP));
  try {
    const passwordFile = join(workshop, 'password');
    const unfinished = join(workshop, 'cluster');
    writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
    if (place.user) for (const path of [workshop, passwordFile]) chownSync(path, place.user.uid, place.user.gid);
    await runProgram(programPath(binaries, 'initdb'), initdbArguments(unfinished, passwordFile), place.user);
    renameSync(unfinished, place.clusterDir);
  } catch (error) {
    // Another process that started at the same time may have been first, with the same password.
    if (!existsSync(join(place.clusterDir, 'PG_VERSION'))) throw error;
  } finally {
    rmSync(workshop, { recursive: true, force: true });
  }
}

function initdbArguments(clusterDir: string, passwordFile: string): string[] {
  const access = ['--pgdata', clusterDir, '--username', CADASTRE, '--pwfile', passwordFile, '--auth', 'scram-sha-256'];
  // The builtin provider sorts the same on every machine and depends on no installed locale.
  const provider = ['--locale', 'C', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8'];
  return [...access, '--encoding', 'UTF8', ...provider];
}

const WORKSHOP = 'postgres.initdb-';
const ABANDONED_AFTER_MS = 600_000;

function removeAbandoned(parent: string): void {
  for (const name of readdirSync(parent).filter((each) => each.startsWith(WORKSHOP))) {
    const path = join(parent, name);
    const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0);
    if (age > ABANDONED_AFTER_MS) rmSync(path, { recursive: true, force: true });
  }
}
