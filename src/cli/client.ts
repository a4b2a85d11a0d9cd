import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { z } from 'zod';
import { CliError, EXIT, type ExitCode } from './cli-error.js';
import { linesOf } from './lines.js';

export interface ClientOptions {
  /** Address of the service, without a path. */
  readonly url: string;
  readonly token: string | undefined;
  /** What the data is wanted for, where policies ask. */
  readonly purpose?: string | undefined;
  /** Told about every wait before a new attempt. */
  readonly onRetry?: (reason: string, waitMs: number) => void;
  readonly wait?: (ms: number) => Promise<unknown>;
}

/** JSON that is gzipped already. */
export class Gzipped {
  constructor(readonly bytes: Uint8Array<ArrayBuffer>) {}
}

interface Ask {
  readonly path: string;
  /** Posted as gzipped JSON, unless it is that already; a GET when left out. */
  readonly body?: unknown;
}

/** A service that starts needs a few seconds; one that is overloaded says for how long. */
const MAX_CONNECT_ATTEMPTS = 5;
const MAX_BUSY_ATTEMPTS = 60;
const MAX_WAIT_MS = 30_000;

const errorBody = z.object({
  error: z.object({ message: z.string() }).optional(),
  errors: z.array(z.object({ message: z.string() })).optional(),
});
const graphqlBody = z.object({
  data: z.unknown().optional(),
  errors: z
    .array(z.object({ message: z.string(), extensions: z.object({ code: z.string() }).partial().optional() }))
    .optional(),
});

/** Talks to the service. Everything it sends may be sent twice: messages are recognised by their content. */
export class Client {
  private readonly wait: (ms: number) => Promise<unknown>;
  private readonly options: ClientOptions;

  constructor(options: ClientOptions) {
    // An empty variable is a variable that is not set.
    this.options = { ...options, token: options.token === '' ? undefined : options.token };
    this.wait = options.wait ?? sleep;
  }

  /** @throws {CliError} unless the answer is 2xx and JSON. */
  async json(ask: Ask): Promise<unknown> {
    const response = await this.send(ask);
    return response.json().catch(() => {
      throw notCadastre(this.options.url);
    });
  }

  async text(ask: Ask): Promise<string> {
    return (await this.send(ask)).text();
  }

  /** A long answer, line by line as it comes. */
  async *lines(ask: Ask): AsyncGenerator<string> {
    const { body } = await this.send(ask);
    if (body) yield* linesOf(body);
  }

  /** @throws {CliError} on any error; null when what was asked for is not there. */
  async graphql(query: string, variables: object): Promise<unknown> {
    const response = await this.attempt({ path: '/graphql', body: { query, variables } });
    if (response.status === 401) throw await refusal(response, this.options);
    const answer: unknown = await response.json().catch(() => null);
    const body = graphqlBody.safeParse(answer);
    if (!body.success) throw refusalOf(response.status, answer, this.options);
    const [error] = body.data.errors ?? [];
    if (!error && body.data.data === undefined) throw refusalOf(response.status, answer, this.options);
    if (!error) return body.data.data;
    const code = error.extensions?.code;
    if (code === 'NOT_FOUND') return null;
    throw new CliError(exitCodeOf(code), error.message);
  }

  /** Like `json`, but an answer that says no is null: for what not everybody may see. */
  async jsonIfAllowed(ask: Ask): Promise<unknown> {
    const response = await this.attempt(ask);
    return response.ok ? response.json() : null;
  }

  private async send(ask: Ask): Promise<Response> {
    const response = await this.attempt(ask);
    if (!response.ok) throw await refusal(response, this.options);
    return response;
  }

  private async attempt(ask: Ask): Promise<Response> {
    const request = await this.requestFor(ask);
    for (let failures = 1, busy = 1; ;) {
      const outcome = await fetch(new URL(ask.path, this.options.url), request).catch((error: unknown) => error);
      if (outcome instanceof Response) {
        if (outcome.status !== 503 || busy++ >= MAX_BUSY_ATTEMPTS) return outcome;
        await outcome.body?.cancel();
        await this.retryAfter('The service is busy', retryAfterMs(outcome.headers.get('retry-after'), Date.now()));
      } else {
        const reason = reasonOf(outcome);
        // Only the network's own errors go away by waiting; an address that cannot work does not.
        if (failures >= MAX_CONNECT_ATTEMPTS || !/^E[A-Z]+$|^UND_ERR/.test(reason))
          throw unreachable(this.options.url, reason);
        await this.retryAfter(`The service does not answer (${reason})`, 250 * 2 ** failures++);
      }
    }
  }

  private async retryAfter(reason: string, waitMs: number): Promise<void> {
    this.options.onRetry?.(reason, waitMs);
    await this.wait(waitMs);
  }

  private async requestFor({ body }: Ask): Promise<RequestInit> {
    const { token, purpose } = this.options;
    const caller: Record<string, string> = {
      'cadastre-channel': 'cli',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(purpose && { 'cadastre-purpose': encodeURIComponent(purpose) }),
    };
    if (body === undefined) return { headers: caller };
    const headers = { ...caller, 'content-type': 'application/json' };
    if (body instanceof Gzipped)
      return { method: 'POST', headers: { ...headers, 'content-encoding': 'gzip' }, body: body.bytes };
    const text = JSON.stringify(body);
    if (text.length < 2048) return { method: 'POST', headers, body: text };
    const zipped = new Uint8Array(await promisify(gzip)(text));
    return { method: 'POST', headers: { ...headers, 'content-encoding': 'gzip' }, body: zipped };
  }
}

/** `Retry-After` in seconds or as a date; 2 s when there is none, 30 s at most. */
export function retryAfterMs(header: string | null, now: number): number {
  if (header === null) return 2000;
  const seconds = Number(header);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - now;
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 100), MAX_WAIT_MS) : 2000;
}

async function refusal(response: Response, options: ClientOptions): Promise<CliError> {
  return refusalOf(response.status, await response.json().catch(() => null), options);
}

/** Codes of what whoever typed the command can mend. */
const USAGE_CODES: readonly (string | undefined)[] = ['INVALID', 'NOT_FOUND', 'CONFLICT', 'BAD_USER_INPUT'];

/** What the command ends with when the service answers with an error code of its own. */
export function exitCodeOf(code: string | undefined): ExitCode {
  return USAGE_CODES.includes(code) ? EXIT.USAGE : EXIT.NO_ACCESS;
}

function refusalOf(status: number, body: unknown, { token, url }: ClientOptions): CliError {
  if (status < 300) return notCadastre(url);
  if (status === 401) {
    const hint =
      token === undefined ? 'Set CADASTRE_TOKEN or give --token.' : 'The token is unknown, ended or revoked.';
    return new CliError(EXIT.NO_ACCESS, `${url} does not let you in. ${hint}`);
  }
  const said = messageIn(body) ?? 'It did not say why.';
  const isRefused = [400, 413, 422].includes(status);
  return new CliError(isRefused ? EXIT.REFUSED : EXIT.NO_ACCESS, `${url} answered ${status}: ${said}`);
}

/** Controllers answer with `error`, GraphQL with `errors`. */
function messageIn(body: unknown): string | undefined {
  const { error, errors = [] } = errorBody.safeParse(body).data ?? {};
  return error?.message ?? errors[0]?.message;
}

function notCadastre(url: string): CliError {
  return new CliError(
    EXIT.NO_ACCESS,
    `${url} answers, but not as Cadastre does. Set CADASTRE_URL or give --url for its address.`,
  );
}

function unreachable(url: string, reason: string): CliError {
  return new CliError(
    EXIT.NO_ACCESS,
    `No answer from ${url} (${reason}). Is the service running there? Set CADASTRE_URL or give --url for another address.`,
  );
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  if (cause instanceof Error && 'code' in cause) return String(cause.code);
  return cause instanceof Error ? cause.message : String(cause);
}
