import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createConnection, type Connection } from 'mysql2/promise';

const FOLDERS = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/libexec', '/usr/local/sbin'];
const START_LIMIT_MS = 60_000;

/** A MariaDB or MySQL on the loopback, with an empty data folder and root without a password. */
export interface MysqlServer {
  readonly port: number;
  connect(): Promise<Connection>;
  stop(): Promise<void>;
}

/** Null where no server is installed. */
export const MYSQL_SERVER = program('mariadbd') ?? program('mysqld');

export async function startMysql(): Promise<MysqlServer> {
  if (MYSQL_SERVER === null) throw new Error('Neither mariadbd nor mysqld is installed.');
  const folder = mkdtempSync(join(tmpdir(), 'cadastre-mysql-'));
  const dataDir = join(folder, 'data');
  const asUser = process.getuid?.() === 0 ? ['--user=root'] : [];
  install(MYSQL_SERVER, dataDir, asUser);
  const port = await freePort();
  const places = [`--datadir=${dataDir}`, `--socket=${join(folder, 's')}`, `--log-error=${join(folder, 'log')}`];
  const child = guarded(MYSQL_SERVER, [
    '--no-defaults',
    ...places,
    `--port=${port}`,
    '--bind-address=127.0.0.1',
    '--skip-log-bin',
    '--skip-name-resolve',
    '--innodb-flush-log-at-trx-commit=0',
    ...asUser,
  ]);
  const connect = (): Promise<Connection> => createConnection({ host: '127.0.0.1', port, user: 'root', password: '' });
  const server: MysqlServer = {
    port,
    connect,
    async stop() {
      const ended = child.exitCode === null ? once(child, 'exit') : Promise.resolve();
      child.stdin?.end();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await answering(server, join(folder, 'log'));
  return server;
}

function program(name: string): string | null {
  const found = FOLDERS.map((folder) => join(folder, name)).find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
  return found ?? null;
}

function install(server: string, dataDir: string, asUser: readonly string[]): void {
  const maria = program('mariadb-install-db');
  const [command, args] = maria
    ? [maria, ['--no-defaults', '--auth-root-authentication-method=normal', '--skip-test-db']]
    : [server, ['--no-defaults', '--initialize-insecure']];
  const done = spawnSync(command, [...args, `--datadir=${dataDir}`, ...asUser], { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`${command} failed: ${done.stderr}${done.stdout}`);
}

/** Ends with this process, however that ends: when nobody holds its input open any more. */
function guarded(command: string, args: readonly string[]): ChildProcess {
  const script = '"$@" </dev/null & server=$!; cat >/dev/null; kill $server 2>/dev/null; wait $server';
  return spawn('sh', ['-c', script, 'sh', command, ...args], { stdio: ['pipe', 'ignore', 'ignore'] });
}

async function answering(server: MysqlServer, logFile: string): Promise<void> {
  const deadline = Date.now() + START_LIMIT_MS;
  for (;;) {
    const connection = await server.connect().catch(() => null);
    if (connection) return connection.destroy();
    if (Date.now() > deadline) {
      await server.stop();
      throw new Error(`The server did not start: ${readFileSync(logFile, 'utf8').slice(-2000)}`);
    }
    await sleep(100);
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
