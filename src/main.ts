import 'reflect-metadata';
import { ConfigError, loadConfig, runLibrariesInProduction, type Config } from './config/config.js';
import { DatabaseStartError } from './platform/database/database-start-error.js';
import { Log, type LogOptions } from './platform/observability/log.js';
import { prettyLines } from './platform/observability/pretty-lines.js';
import { StartError, startService, type Service } from './service.js';

const EXIT_FAILED = 1;
const EXIT_CONFIG = 2;
/** One Ctrl-C may arrive twice: from the terminal, and passed on by npm. */
const ECHO_MS = 500;
/** What shells report for a program ended by SIGINT and SIGTERM. */
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;

async function main(): Promise<void> {
  const config = readConfig();
  runLibrariesInProduction();
  const logOptions = logOptionsOf(config);
  const log = new Log(logOptions);
  const lifecycle = new Lifecycle(log);
  const service = await startService(config, logOptions);
  if (!(await lifecycle.runs(service))) return;
  // Brings features along, which are loaded while the database starts.
  const { welcome } = await import('./welcome.js');
  await welcome(service, config, (text) => void process.stdout.write(text));
}

/** Ends the service in order, whatever asks for it and whenever. */
class Lifecycle {
  private service: Service | null = null;
  private exitCode: number | null = null;
  private firstSignalAt = 0;

  constructor(private readonly log: Log) {
    process.on('SIGINT', () => this.onSignal('SIGINT'));
    process.on('SIGTERM', () => this.onSignal('SIGTERM'));
    process.on('uncaughtException', (error) => this.onFailure(error));
    process.on('unhandledRejection', (error) => this.onFailure(error));
  }

  /** False when a signal came while the service started: then it is being stopped. */
  async runs(service: Service): Promise<boolean> {
    this.service = service;
    if (this.exitCode === null) return true;
    await this.end(this.exitCode);
    return false;
  }

  private onSignal(signal: 'SIGINT' | 'SIGTERM'): void {
    const exitCode = EXIT_CODES[signal];
    if (this.exitCode !== null) {
      // The second signal says: now. One that comes with the first is its echo.
      if (Date.now() - this.firstSignalAt > ECHO_MS) process.exit(exitCode);
      return;
    }
    this.exitCode = exitCode;
    this.firstSignalAt = Date.now();
    this.log.info('Stopping; a second signal ends at once.', { signal });
    if (this.service) void this.end(exitCode);
  }

  private onFailure(error: unknown): void {
    this.log.error('A failure that nothing caught; the service stops.', { error });
    if (this.exitCode !== null) process.exit(EXIT_FAILED);
    this.exitCode = EXIT_FAILED;
    // Before the service runs nobody else would end the process.
    if (this.service) void this.end(EXIT_FAILED);
    else process.exit(EXIT_FAILED);
  }

  private async end(exitCode: number): Promise<void> {
    try {
      await this.service?.stop();
    } catch (error) {
      this.log.error('Stopping failed.', { error });
    }
    // Both are success for whoever asked for the end.
    process.exit(exitCode === EXIT_FAILED ? EXIT_FAILED : 0);
  }
}

function readConfig(): Config {
  try {
    return loadConfig(process.env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(EXIT_CONFIG);
  }
}

function logOptionsOf(config: Config): LogOptions {
  if (config.logFormat === 'json') return { level: config.logLevel };
  return { level: config.logLevel, destination: prettyLines(process.stdout) };
}

/** Our own words where we know what to do about it; otherwise everything that helps to find out. */
function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isForPeople =
    error instanceof StartError || error instanceof DatabaseStartError || error instanceof ConfigError;
  return isForPeople ? error.message : (error.stack ?? error.message);
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${textOf(error)}\n`);
  process.exit(error instanceof ConfigError ? EXIT_CONFIG : EXIT_FAILED);
}
