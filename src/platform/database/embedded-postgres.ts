import { realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { DatabaseStartError } from './database-start-error.js';
import { preparePostgresBinaries, programPath, type PostgresBinaries } from './postgres-binaries.js';
import { CADASTRE, placeCluster, prepareCluster, type ClusterPlace } from './postgres-cluster.js';
import {
  portChoice,
  launchPostmaster,
  processState,
  readPostmasterFile,
  stopPostmaster,
  type Launched,
} from './postgres-process.js';

export { DatabaseStartError } from './database-start-error.js';

/** How to start; see `startEmbeddedPostgres`. */
export interface EmbeddedPostgresOptions {
  /** Holds `postgres/` (the cluster), `postgres.password` and `postgres.log`. Created when missing. */
  readonly dataDir: string;
  /** Nobody chose `dataDir`: when PostgreSQL's user cannot reach it, the cluster may go below /var/lib/cadastre. */
  readonly dataDirIsDefault?: boolean;
  /** Gets the few lines that the person who started the service should read. */
  readonly log: (line: string) => void;
  /** Added to the server's command line, for example `['-c', 'fsync=off']`. Not applied to an adopted server. */
  readonly flags?: readonly string[];
  /**
   * What the connections of this process are called; begins with `cadastre` and differs between processes, so that
   * `stop({ unlessUsedByOthers: true })` can tell them apart. Default: `cadastre-<process id>`.
   */
  readonly applicationName?: string;
}

/** A running embedded PostgreSQL. */
export interface EmbeddedPostgres {
  /** Of the database `cadastre`, with the superuser's password in it. */
  readonly url: string;
  /** The server was running already, left by another process or started by one that still runs. */
  readonly wasAdopted: boolean;
  readonly dataDir: string;
  /** Stops the server, adopted or not, and waits for it (20 s at most); a second call does nothing. */
  stop(options?: { readonly unlessUsedByOthers?: boolean }): Promise<void>;
}

/** A server that accepts connections; `presence` stays open so that other processes can see that it is used. */
interface Running {
  readonly pid: number;
  readonly port: number;
  readonly presence: pg.Client;
  readonly wasAdopted: boolean;
}

interface StartContext {
  readonly place: ClusterPlace;
  readonly binaries: PostgresBinaries;
  readonly password: string;
  readonly applicationName: string;
  readonly flags: readonly string[];
}

/** How long a start is tried again while something of the previous server is still in the way. */
const RETRY_MS = 10_000;
/** How long a server may take to accept connections: recovery after a crash reads up to 1 GB of write-ahead log. */
const RECOVERY_MS = 120_000;
const STOP_MS = 20_000;

/** Not named `cadastre…`: these connections look after the server and are no users of it. */
const CARETAKER = 'postgres-caretaker';

/** Sized for one service on a small machine; parallel workers need more /dev/shm than a container has by default. */
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '60',
  shared_buffers: '64MB',
  work_mem: '8MB',
  maintenance_work_mem: '64MB',
  max_wal_size: '512MB',
  max_parallel_workers_per_gather: '0',
  max_parallel_maintenance_workers: '0',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  logging_collector: 'off',
};

/**
 * Runs the PostgreSQL that npm installed, on `<dataDir>/postgres`: creates the cluster the first time, and adopts a
 * server that already runs on it. The server outlives this process until somebody calls `stop`.
 * @throws {DatabaseStartError} with a message for the person who started the service.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { log, flags = [], applicationName = `cadastre-${process.pid}` } = options;
  const place = placeCluster({ dataDir: options.dataDir, dataDirIsDefault: options.dataDirIsDefault ?? false, log });
  const binaries = preparePostgresBinaries(place.user, log);
  const password = await prepareCluster(place, binaries);
  const context: StartContext = { place, binaries, password, applicationName, flags };

  const running = await adoptOrLaunch(context);
  await createDatabase(running.presence);
  const keeper = new Keeper(context, running, log);
  log(
    `PostgreSQL ${binaries.version.split('.').slice(0, 2).join('.')} ${running.wasAdopted ? 'was running' : 'started'} ` +
      `on 127.0.0.1:${running.port}, data in ${place.clusterDir}.`,
  );
  return {
    url: `postgres://${CADASTRE}:${password}@127.0.0.1:${running.port}/${CADASTRE}`,
    wasAdopted: running.wasAdopted,
    dataDir: place.dataDir,
    stop: ({ unlessUsedByOthers = false } = {}) => keeper.stop(unlessUsedByOthers ? 'unless-used' : 'always'),
  };
}

/** What a server tells its connections when it is asked to stop; it has no words for being killed. */
const STOPPED_ON_PURPOSE = /administrator command/;

/** Starts the server again where it ended by itself, on the same port, so that the pool finds it. */
class Keeper {
  private isStopping = false;
  private restart: Promise<void> = Promise.resolve();

  constructor(
    private readonly context: StartContext,
    private running: Running,
    private readonly log: (line: string) => void,
  ) {
    this.watch();
  }

  async stop(when: 'always' | 'unless-used'): Promise<void> {
    this.isStopping = true;
    await this.restart.catch(() => undefined);
    await stop(this.context, this.running, when);
  }

  private watch(): void {
    let isOnPurpose = false;
    this.running.presence.on('error', ({ message }) => (isOnPurpose ||= STOPPED_ON_PURPOSE.test(message)));
    this.running.presence.once('end', () => {
      if (!this.isStopping && !isOnPurpose) this.restart = this.startAgain();
    });
  }

  /** What it throws nobody catches, on purpose: a service that cannot get its database back has to end. */
  private async startAgain(): Promise<void> {
    const { port } = this.running;
    this.log('PostgreSQL ended or dropped its connections; looking after it.');
    this.running = await adoptOrLaunch(this.context, port);
    if (this.running.port !== port) {
      await this.running.presence.end();
      throw new DatabaseStartError(`PostgreSQL was started on another port (${this.running.port}). Start again.`);
    }
    this.log(`PostgreSQL answers again on 127.0.0.1:${port}.`);
    this.watch();
  }
}

/** Tries until a server answers: the lock file may be of a server that starts, runs, dies, or died long ago. */
async function adoptOrLaunch(context: StartContext, port?: number): Promise<Running> {
  const { clusterDir, logFile } = context.place;
  const start = Date.now();
  const nextPort = portChoice(clusterDir, port);
  for (;;) {
    const lock = readPostmasterFile(clusterDir);
    const state = lock ? processState(lock.pid, clusterDir) : 'gone';
    if (lock && state === 'postgres') {
      const presence = await connectOnce(context, lock.port);
      if (presence) return { ...lock, presence, wasAdopted: true };
      if (Date.now() - start > RECOVERY_MS) {
        throw new DatabaseStartError(
          `A PostgreSQL server (process ${lock.pid}) holds ${clusterDir} and accepts no connections. ` +
            `See ${logFile}; stop it (kill -INT ${lock.pid}) and start again.`,
        );
      }
    } else {
      // The number was given to another program since (usual after a restart of a machine or container), which
      // PostgreSQL would take for a running server.
      if (state === 'other') rmSync(join(clusterDir, 'postmaster.pid'), { force: true });
      const attempt = await launch(context, await nextPort());
      if (typeof attempt !== 'string') return attempt;
      const isWorthRetrying = /lock file|shared memory block|could not create any TCP\/IP sockets/.test(attempt);
      if (!isWorthRetrying || Date.now() - start > RETRY_MS) {
        throw new DatabaseStartError(`PostgreSQL did not start on ${clusterDir}. The end of ${logFile}:\n${attempt}`);
      }
    }
    await sleep(100);
  }
}

/** One try on a port; answers the end of the server's log when it gave up. */
async function launch(context: StartContext, port: number): Promise<Running | string> {
  const { place, binaries, flags } = context;
  const settings = Object.entries({ ...SETTINGS, port }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const args = ['-D', place.clusterDir, ...settings, ...flags];
  const program = programPath(binaries, 'postgres');
  const launched = launchPostmaster({ program, args, user: place.user, logFile: place.logFile });
  let hasEnded = false;
  void launched.ended.then(() => (hasEnded = true));

  const deadline = Date.now() + RECOVERY_MS;
  while (Date.now() < deadline && !hasEnded) {
    const presence = await connectOnce(context, port).catch((error: unknown) => abandon(launched, error));
    if (presence) return { pid: launched.child.pid ?? 0, port, presence, wasAdopted: false };
    await Promise.race([launched.ended, sleep(20)]);
  }
  if (!hasEnded)
    await abandon(launched, new DatabaseStartError(`PostgreSQL was not ready in time:\n${launched.logTail()}`));
  return launched.logTail();
}

async function abandon(launched: Launched, error: unknown): Promise<never> {
  launched.child.kill('SIGINT');
  await launched.ended;
  throw error;
}

/** Null while the server does not accept connections (yet). @throws {DatabaseStartError} when it never will. */
async function connectOnce(context: StartContext, port: number): Promise<pg.Client | null> {
  if (port === 0) return null;
  const client = clientOf(context, port, context.applicationName);
  try {
    await client.connect();
    const { rows } = await client.query<{ data_directory: string }>('SHOW data_directory');
    const directory = rows[0]?.data_directory;
    // The port in an old lock file may be another server's by now.
    if (directory && realpathSync(directory) === realpathSync(context.place.clusterDir)) return client;
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code?.startsWith('28')) {
      throw new DatabaseStartError(
        `The database in ${context.place.clusterDir} does not accept the password in ${context.place.passwordFile} ` +
          `(${error.message}). Put back the password file that belongs to it.`,
        { cause: error },
      );
    }
  }
  await client.end().catch(() => undefined);
  return null;
}

function clientOf({ password }: StartContext, port: number, name: string): pg.Client {
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user: CADASTRE,
    password,
    // Not the database `cadastre`: an open connection would be in the way of whoever drops or copies it.
    database: 'postgres',
    application_name: name,
    connectionTimeoutMillis: 5000,
  });
  // The server may go away at any time; whoever uses the database finds out by their own connection.
  client.on('error', () => undefined);
  return client;
}

async function createDatabase(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [CADASTRE]);
  if (rowCount === 1) return;
  try {
    await client.query(`CREATE DATABASE ${CADASTRE}`);
  } catch (error) {
    // Another process that started at the same time was first; which code it is depends on how close it was.
    const isThere = error instanceof pg.DatabaseError && (error.code === '42P04' || error.code === '23505');
    if (!isThere) throw error;
  }
}

async function stop(context: StartContext, running: Running, when: 'always' | 'unless-used'): Promise<void> {
  await running.presence.end().catch(() => undefined);
  // Somebody else may have stopped it, and even started another.
  if (readPostmasterFile(context.place.clusterDir)?.pid !== running.pid) return;
  if (when === 'unless-used' && (await isUsedByOthers(context, running.port))) return;
  await stopPostmaster(running.pid, context.place.clusterDir, STOP_MS);
}

async function isUsedByOthers(context: StartContext, port: number): Promise<boolean> {
  const client = clientOf(context, port, CARETAKER);
  try {
    await client.connect();
    const { rowCount } = await client.query(
      `SELECT FROM pg_stat_activity
       WHERE backend_type = 'client backend' AND application_name LIKE 'cadastre%' AND application_name <> $1`,
      [context.applicationName],
    );
    return (rowCount ?? 0) > 0;
  } catch {
    // It is going down already.
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}
