import { Injectable, type LoggerService } from '@nestjs/common';
import { pino, type Logger } from 'pino';
import { currentRequest } from './request-context.js';

export interface LogOptions {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  /** Where lines go; standard output when left out. */
  readonly destination?: { write(line: string): void };
}

/** Names whose values never reach the log, at any of the first levels. */
const SECRETS = ['authorization', 'token', 'secret', 'password', 'hash', 'cookie'];

/** JSON lines with the request id of the request they belong to. */
@Injectable()
export class Log implements LoggerService {
  private readonly pino: Logger;

  constructor(options: LogOptions = { level: 'info' }) {
    const settings = {
      level: options.level,
      base: null,
      formatters: { level: (label: string) => ({ level: label }) },
      redact: SECRETS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
    };
    this.pino = options.destination ? pino(settings, options.destination) : pino(settings);
  }

  // Nest calls these with its own context name as the last argument.
  log(message: unknown, detail?: unknown): void {
    this.pino.debug(fieldsOf(detail), String(message));
  }

  debug(message: unknown, detail?: unknown): void {
    this.pino.debug(fieldsOf(detail), String(message));
  }

  info(message: string, detail?: unknown): void {
    this.pino.info(fieldsOf(detail), message);
  }

  warn(message: unknown, detail?: unknown): void {
    this.pino.warn(fieldsOf(detail), String(message));
  }

  error(message: unknown, detail?: unknown): void {
    this.pino.error(fieldsOf(detail), message instanceof Error ? (message.stack ?? message.message) : String(message));
  }
}

function fieldsOf(detail: unknown): Record<string, unknown> {
  const request = currentRequest();
  const own = request ? { requestId: request.id } : {};
  if (typeof detail === 'string') return { ...own, context: detail };
  if (typeof detail !== 'object' || detail === null) return own;
  const fields: Record<string, unknown> = { ...own, ...detail };
  if (fields['error'] instanceof Error) fields['error'] = describeError(fields['error']);
  return fields;
}

/** Driver errors carry the statement and its parameters; only name, message, code and stack are ours to print. */
function describeError(error: Error): Record<string, unknown> {
  const code = (error as { code?: unknown }).code;
  return { name: error.name, message: error.message, stack: error.stack, ...(code === undefined ? {} : { code }) };
}
