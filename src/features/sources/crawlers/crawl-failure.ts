import type { CrawlTarget } from './crawler.js';

export type CrawlFailureCode =
  | 'HOST_UNKNOWN'
  | 'UNREACHABLE'
  | 'LOGIN_REFUSED'
  | 'DATABASE_UNKNOWN'
  | 'PERMISSION_DENIED'
  | 'TLS'
  | 'TIMEOUT'
  | 'SECRET_MISSING'
  | 'OTHER';

/** Why a database cannot be read, in words that the operator can act on. Never holds the password. */
export class CrawlFailure extends Error {
  override readonly name = 'CrawlFailure';

  constructor(
    readonly code: CrawlFailureCode,
    message: string,
  ) {
    super(message);
  }
}

type Rule = readonly [codes: RegExp, failure: CrawlFailureCode, words: (target: CrawlTarget) => string];

/** By what the drivers say: Node's network codes, SQLSTATE of PostgreSQL, error names of MySQL and MariaDB. */
const RULES: readonly Rule[] = [
  [/^(ENOTFOUND|EAI_AGAIN)$/, 'HOST_UNKNOWN', ({ host }) => `Nobody knows the host '${host}'`],
  [
    /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)$/,
    'UNREACHABLE',
    ({ host, port }) => `Nothing answers at ${host}:${port}`,
  ],
  [/^(28P01|28000|ER_ACCESS_DENIED.*|ER_HOST_NOT_PRIVILEGED|NO_PASSWORD)$/, 'LOGIN_REFUSED', refusedLogin],
  [/^(3D000|ER_BAD_DB_ERROR)$/, 'DATABASE_UNKNOWN', ({ database }) => `There is no database '${database ?? ''}'`],
  [
    /^(42501|ER_(DB|TABLE|COLUMN)ACCESS_DENIED.*|ER_SPECIFIC_ACCESS_DENIED_ERROR)$/,
    'PERMISSION_DENIED',
    ({ user, database }) => `The user '${user}' has no right to read ${database ? `the database '${database}'` : 'it'}`,
  ],
  [
    /^(.*CERT.*|ERR_TLS.*|ERR_SSL.*|HANDSHAKE_.*SSL.*|NO_TLS|UNABLE_TO_.*)$/,
    'TLS',
    ({ ssl }) => `No connection with ssl '${ssl}' can be made`,
  ],
  [/^(ETIMEDOUT|57014|55P03|ER_QUERY_TIMEOUT|ER_STATEMENT_TIMEOUT|PROTOCOL_SEQUENCE_TIMEOUT)$/, 'TIMEOUT', noAnswer],
];

/** The failure that a driver's error stands for, with what the driver said. */
export function failureOf(error: unknown, target: CrawlTarget): CrawlFailure {
  if (error instanceof CrawlFailure) return error;
  const code = codeOf(error);
  const said = `${messageOf(error).replace(/\.$/, '')}.`;
  const [, failure, words] = RULES.find(([codes]) => codes.test(code)) ?? [null, 'OTHER' as const, null];
  const message = words ? `${words(target)}: ${said}` : said;
  return new CrawlFailure(failure, withoutSecret(message, target.password));
}

/** The text without the secret, in whatever form a driver or a URL may carry it. */
export function withoutSecret(text: string, secret: string | null): string {
  if (secret === null || secret === '') return text;
  const forms = [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    Buffer.from(secret).toString('base64'),
  ];
  return forms
    .toSorted((a, b) => b.length - a.length)
    .reduce((clean, form) => clean.replaceAll(form, '[secret]'), text);
}

function refusedLogin({ user, password }: CrawlTarget): string {
  const hint = password === null ? ' without a password, and none is configured' : '';
  return `The user '${user}' is not let in${hint}`;
}

function noAnswer({ host, port }: CrawlTarget): string {
  return `${host}:${port} did not answer in time`;
}

function codeOf(error: unknown): string {
  const [first] = error instanceof AggregateError ? (error.errors as unknown[]) : [];
  const code = (error as { code?: unknown } | null)?.code ?? (first as { code?: unknown } | undefined)?.code;
  if (typeof code === 'string') return code;
  // The driver of PostgreSQL has no codes for what it finds out itself.
  const message = messageOf(error);
  if (/timeout/i.test(message)) return 'ETIMEDOUT';
  if (/does not support SSL/i.test(message)) return 'NO_TLS';
  return /password must be a/i.test(message) ? 'NO_PASSWORD' : '';
}

/** An error of several addresses tells nothing itself. */
function messageOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map((one: unknown) => messageOf(one)).join('; ');
  return error instanceof Error ? error.message : String(error);
}
