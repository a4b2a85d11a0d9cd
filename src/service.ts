import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Config } from './config/config.js';
import { startEmbeddedPostgres } from './platform/database/embedded-postgres.js';
import { Log, type LogOptions } from './platform/observability/log.js';

/** The running service. */
export interface Service {
  readonly app: NestExpressApplication;
  /** Where it can be reached from this machine. */
  readonly url: string;
  /** Answers what is under way, then closes: listeners and workers first, the database last. */
  stop(): Promise<void>;
}

/** What the person who starts the service can mend; its message is all they need to see. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

interface DatabaseServer {
  readonly url: string;
  stop(): Promise<void>;
}

export async function startService(config: Config, log: LogOptions): Promise<Service> {
  // Reading the code and starting Postgres take about as long as each other.
  const code = Promise.all([import('./app.module.js'), import('./http.js')]);
  code.catch(() => undefined);
  const database = await startDatabase(config, new Log(log));
  let app: NestExpressApplication | undefined;
  try {
    const [{ AppModule }, { configureHttp }] = await code;
    const options = { config, databaseUrl: database.url, log, applicationName: applicationName() };
    app = await NestFactory.create<NestExpressApplication>(AppModule.with(options), {
      bodyParser: false,
      // What fails while it starts is thrown, and said once, by whoever started it.
      logger: false,
      abortOnError: false,
    });
    configureHttp(app, config);
    await listen(app, config);
    app.useLogger(app.get(Log));
    return serviceOf(app, database, config);
  } catch (error) {
    await app?.close().catch(() => undefined);
    await database.stop();
    throw error;
  }
}

/** Also tells Postgres which connections are ours, so that it is not stopped under another process. */
function applicationName(): string {
  return `cadastre-${process.pid}`;
}

async function startDatabase(config: Config, log: Log): Promise<DatabaseServer> {
  if (config.databaseUrl !== null) return { url: config.databaseUrl, stop: async () => undefined };
  const postgres = await startEmbeddedPostgres({
    dataDir: config.dataDir,
    dataDirIsDefault: config.dataDirIsDefault,
    applicationName: applicationName(),
    log: (line) => log.info(line),
  });
  return { url: postgres.url, stop: () => postgres.stop({ unlessUsedByOthers: true }) };
}

async function listen(app: NestExpressApplication, { host, port }: Config): Promise<void> {
  try {
    await app.listen(port, host);
  } catch (error) {
    throw listenError(error, host, port);
  }
}

function listenError(error: unknown, host: string, port: number): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'EADDRINUSE':
      return new StartError(
        `Port ${port} is in use, perhaps by another Cadastre. Stop that, or choose another: ` +
          `CADASTRE_PORT=${port < 65_535 ? port + 1 : 4000} npm start`,
      );
    case 'EACCES':
      return new StartError(`Port ${port} needs more rights. Choose one above 1023: CADASTRE_PORT=4000 npm start`);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new StartError(`${host} is no address of this machine. Set CADASTRE_HOST to one, for example 127.0.0.1.`);
    default:
      return error;
  }
}

function serviceOf(app: NestExpressApplication, database: DatabaseServer, { host }: Config): Service {
  const address: unknown = app.getHttpServer().address();
  const port = typeof address === 'object' && address !== null && 'port' in address ? Number(address.port) : 0;
  const isEverywhere = host === '0.0.0.0' || host === '::';
  const name = isEverywhere ? '127.0.0.1' : host;
  let stopping: Promise<void> | null = null;
  return {
    app,
    url: `http://${name.includes(':') ? `[${name}]` : name}:${port}`,
    stop: () => (stopping ??= app.close().finally(() => database.stop())),
  };
}
