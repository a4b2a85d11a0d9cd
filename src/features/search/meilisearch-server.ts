import {
  Meilisearch,
  MeilisearchApiError,
  MeilisearchRequestError,
  MeilisearchTaskTimeOutError,
  type EnqueuedTaskPromise,
} from 'meilisearch';
import { Unavailable } from '../../core/errors.js';
import type { Log } from '../../platform/observability/log.js';

/** The version whose API is spoken here, and the least that is: docker-compose.yml names the same. */
export const MEILISEARCH_VERSION = '1.50.0';

export interface MeilisearchOptions {
  readonly url: string;
  readonly key: string | null;
  /** For one answer, and for one task; 10 s and 60 s when left out. */
  readonly requestMs?: number;
  readonly taskMs?: number;
}

const REQUEST_MS = 10_000;
const TASK_MS = 60_000;
const POLL_MS = 20;

/**
 * The Meilisearch server, with one error for everything that keeps it from answering and its comings and goings in the
 * log. Neither holds the key or what is in the address besides host and port.
 */
export class MeilisearchServer {
  private readonly client: Meilisearch;
  private readonly taskMs: number;
  private state: 'new' | 'up' | 'away' = 'new';

  constructor(
    private readonly options: MeilisearchOptions,
    private readonly log: Log,
  ) {
    const { url, key, requestMs = REQUEST_MS, taskMs = TASK_MS } = options;
    this.client = new Meilisearch({ host: url, timeout: requestMs, ...(key === null ? {} : { apiKey: key }) });
    this.taskMs = taskMs;
  }

  /** @throws {Unavailable} when the server is away, refuses the key or is too old. */
  async ask<T>(question: (client: Meilisearch) => Promise<T>): Promise<T> {
    return this.guarded(async () => {
      try {
        return await question(this.client);
      } catch (error) {
        if (!isCut(error)) throw error;
        return question(this.client);
      }
    });
  }

  /** Until the task is done. @throws {Unavailable} also when it takes longer than `taskMs`. */
  async run(task: (client: Meilisearch) => EnqueuedTaskPromise): Promise<void> {
    const { status, error, type } = await this.guarded(() =>
      task(this.client).waitTask({ timeout: this.taskMs, interval: POLL_MS }),
    );
    if (status !== 'succeeded') throw new Error(`Meilisearch: ${type} ${status}: ${error?.message ?? 'no reason'}`);
  }

  private async guarded<T>(work: () => Promise<T>): Promise<T> {
    try {
      if (this.state !== 'up') await this.meet();
      return await work();
    } catch (error) {
      throw this.translated(error);
    }
  }

  private async meet(): Promise<void> {
    const { pkgVersion } = await this.client.getVersion();
    if (isOlder(pkgVersion, MEILISEARCH_VERSION)) {
      throw new Unavailable(`Search is away: Meilisearch is ${pkgVersion}, and ${MEILISEARCH_VERSION} is needed.`);
    }
    this.log.info('Meilisearch answers.', { host: new URL(this.options.url).host, version: pkgVersion });
    this.state = 'up';
  }

  private translated(error: unknown): unknown {
    const reason = reasonOf(error);
    if (reason === null && !(error instanceof Unavailable)) return error;
    const unavailable =
      error instanceof Unavailable
        ? error
        : new Unavailable(`Search is away: the Meilisearch server ${reason ?? ''}. Everything else works; try again.`);
    if (this.state !== 'away') {
      this.log.warn(unavailable.message, { host: new URL(this.options.url).host });
      this.state = 'away';
    }
    return unavailable;
  }
}

export function isIndexMissing(error: unknown): boolean {
  return error instanceof MeilisearchApiError && error.cause?.code === 'index_not_found';
}

/** What keeps the server from answering, as the end of a sentence; null for what is none of its absence. */
function reasonOf(error: unknown): string | null {
  if (error instanceof MeilisearchTaskTimeOutError)
    return `has not finished a task within ${error.cause.timeout / 1000} s`;
  if (error instanceof MeilisearchRequestError) return `does not answer (${codeOf(error.cause)})`;
  // What a proxy says in its place is no JSON.
  if (error instanceof SyntaxError) return 'does not answer as Meilisearch does';
  if (!(error instanceof MeilisearchApiError)) return null;
  const { status } = error.response;
  if (status === 401 || status === 403) return 'refuses the key in MEILI_MASTER_KEY';
  return status === 408 || status === 429 || status >= 500 ? `answers with status ${status}` : null;
}

/** A connection kept open that the other side closed just now: nothing was answered, and a question may be asked again. */
function isCut(error: unknown): boolean {
  return (
    error instanceof MeilisearchRequestError && ['ECONNRESET', 'UND_ERR_SOCKET', 'EPIPE'].includes(codeOf(error.cause))
  );
}

function codeOf(cause: unknown): string {
  if (!(cause instanceof Error)) return 'no connection';
  if (cause.name === 'MeilisearchRequestTimeOutError') return cause.message;
  const { cause: inner } = cause;
  return inner instanceof Error && 'code' in inner ? String(inner.code) : 'no connection';
}

function isOlder(version: string, least: string): boolean {
  const [a, b] = [version, least].map((text) => text.split('.').map((part) => Number.parseInt(part, 10)));
  const difference = (b ?? []).map((part, at) => (a?.[at] ?? 0) - part).find((one) => one !== 0) ?? 0;
  return difference < 0;
}
