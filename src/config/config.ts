import { join, resolve } from 'node:path';
import { z } from 'zod';
import { booleanText, byteCount, integer, nearest, networkList, oneOf, text, urlText } from './config-values.js';
import { SECRET_VARIABLE_PREFIX } from './secret.js';

/** What the service was told by its environment. Parsed once at the start; nothing else reads `process.env`. */
export interface Config {
  /** An external PostgreSQL; null means: run the embedded one in `dataDir`. */
  readonly databaseUrl: string | null;
  /** A Meilisearch to search with; null means: search in the database. */
  readonly meiliUrl: string | null;
  /** Null for a server without one. */
  readonly meiliMasterKey: string | null;
  readonly host: string;
  /** 0 lets the system choose a free port. */
  readonly port: number;
  /** Addresses and networks whose X-Forwarded-For is believed. */
  readonly trustedProxies: readonly string[];
  /** Absolute. */
  readonly dataDir: string;
  /** Nobody chose `dataDir`, so it may be moved when PostgreSQL cannot reach it. */
  readonly dataDirIsDefault: boolean;
  /** Sources and the like, in YAML; absolute. */
  readonly configFile: string;
  /** Nobody chose `configFile`, so it may be absent. */
  readonly configFileIsDefault: boolean;
  /** Files with secrets that people may point to over the network; absolute. */
  readonly secretsDir: string;
  /** Private key of the audit log's checkpoints, PEM; absolute. */
  readonly auditKeyFile: string;
  /** Somebody else than its author must put a policy set in force. */
  readonly policyReview: boolean;
  /** Load the demo data into an empty installation. */
  readonly demo: boolean;
  /** Serve the GraphQL explorer page. */
  readonly explorer: boolean;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error';
  readonly logFormat: 'json' | 'pretty';
  /** Replace the administrator's token at this start. */
  readonly resetAdminToken: boolean;
  readonly maxEventBytes: number;
  readonly maxInflatedBytes: number;
  readonly maxGraphqlBytes: number;
  readonly maxQueryDepth: number;
  readonly maxQueryAliases: number;
  readonly maxQueryCost: number;
  /** Database connections of this process. */
  readonly poolSize: number;
  /** Events waiting to be processed, from which on ingestion answers "try later". */
  readonly ingestBacklogLimit: number;
  /** For the lineage graph in memory; a larger one is walked in the database. */
  readonly lineageMemoryBytes: number;
  /** Days. */
  readonly purgeAfterDays: number;
}

/** One environment variable, as the documentation lists it. */
export interface ConfigVariable {
  readonly name: string;
  readonly description: string;
  /** In words where the default depends on other variables; '' when there is none. */
  readonly default: string;
  /** Its value never appears in a message or a log line. */
  readonly secret: boolean;
}

/** One thing wrong with the environment. */
export interface ConfigProblem {
  readonly variable: string;
  readonly problem: string;
  readonly fix: string;
}

/** Every problem of the environment at once, each with its fix. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly problems: readonly ConfigProblem[]) {
    const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
    const lines = problems.map(({ variable, problem, fix }) => `  - ${variable} ${problem}. ${fix}`);
    super(`The configuration has ${count}:\n${lines.join('\n')}`);
  }
}

const KiB = 1024;
const MiB = 1024 * KiB;

const documentation = z.registry<{ description: string; default?: string; secret?: true }>();

const environment = z.object({
  DATABASE_URL: urlText(['postgres:', 'postgresql:'], 'postgres://user:password@host:5432/cadastre')
    .optional()
    .register(documentation, {
      description: 'PostgreSQL to use instead of the embedded one.',
      default: 'the embedded PostgreSQL',
      secret: true,
    }),
  MEILI_URL: urlText(['http:', 'https:'], 'http://127.0.0.1:7700').optional().register(documentation, {
    description: 'Meilisearch 1.50 or later to search with: docs/search-engines.md.',
    default: 'search in PostgreSQL',
  }),
  MEILI_MASTER_KEY: text().optional().register(documentation, {
    description: 'Key of that Meilisearch: the master key, or one that may do everything to its indexes.',
    secret: true,
  }),
  CADASTRE_HOST: text().default('127.0.0.1').register(documentation, {
    description: 'Address to listen on; 0.0.0.0 or :: for every interface.',
    default: '127.0.0.1',
  }),
  CADASTRE_PORT: integer(0, 65_535)
    .default(4000)
    .register(documentation, { description: 'Port to listen on; 0 for any free one.', default: '4000' }),
  CADASTRE_TRUSTED_PROXIES: networkList().default([]).register(documentation, {
    description: 'Proxies in front of the service, whose X-Forwarded-For and X-Forwarded-Proto are believed.',
    default: 'none',
  }),
  CADASTRE_DATA_DIR: text().optional().register(documentation, {
    description: 'Folder of the embedded PostgreSQL and of what the service keeps beside it.',
    default: './.cadastre',
  }),
  CADASTRE_CONFIG_FILE: text().optional().register(documentation, {
    description: 'YAML file with databases to crawl (docs/sources.md) and the identity provider (docs/identity.md).',
    default: './cadastre.yaml, when it is there',
  }),
  CADASTRE_SECRETS_DIR: text().default('/run/secrets').register(documentation, {
    description: 'Folder of the secrets that sources defined over GraphQL may point to.',
    default: '/run/secrets',
  }),
  CADASTRE_AUDIT_KEY_FILE: text().optional().register(documentation, {
    description: "Ed25519 key (PEM) that signs the audit log's checkpoints; made at the first one when there is none.",
    default: 'audit-key.pem in CADASTRE_DATA_DIR',
  }),
  CADASTRE_POLICY_REVIEW: booleanText().default(false).register(documentation, {
    description: 'Whether somebody else than its author must put a policy set in force.',
    default: 'false',
  }),
  CADASTRE_DEMO: booleanText().optional().register(documentation, {
    description: 'Load the demo data into an empty installation.',
    default: 'true with the embedded PostgreSQL, false with DATABASE_URL',
  }),
  CADASTRE_EXPLORER: booleanText().optional().register(documentation, {
    description: 'Serve the GraphQL explorer page.',
    default: 'true, unless NODE_ENV=production',
  }),
  CADASTRE_LOG_LEVEL: oneOf(['debug', 'info', 'warn', 'error'])
    .default('info')
    .register(documentation, { description: 'Least important log line to write.', default: 'info' }),
  CADASTRE_LOG_FORMAT: oneOf(['json', 'pretty'])
    .default('json')
    .register(documentation, { description: 'json for machines, pretty for people.', default: 'json' }),
  CADASTRE_RESET_ADMIN_TOKEN: booleanText()
    .default(false)
    .register(documentation, { description: "Replace the administrator's token at this start.", default: 'false' }),
  CADASTRE_MAX_EVENT_BYTES: byteCount()
    .default(16 * MiB)
    .register(documentation, { description: 'Largest ingestion body, as sent.', default: '16MiB' }),
  CADASTRE_MAX_INFLATED_BYTES: byteCount()
    .default(64 * MiB)
    .register(documentation, { description: 'Largest ingestion body, decompressed.', default: '64MiB' }),
  CADASTRE_MAX_GRAPHQL_BYTES: byteCount()
    .default(256 * KiB)
    .register(documentation, { description: 'Largest GraphQL request body.', default: '256KiB' }),
  CADASTRE_MAX_QUERY_DEPTH: integer(1, 1000)
    .default(12)
    .register(documentation, { description: 'Deepest nesting of one GraphQL operation.', default: '12' }),
  CADASTRE_MAX_QUERY_ALIASES: integer(1, 10_000)
    .default(30)
    .register(documentation, { description: 'Most aliases in one GraphQL operation.', default: '30' }),
  CADASTRE_MAX_QUERY_COST: integer(1, 1_000_000_000)
    .default(20_000)
    .register(documentation, { description: 'Highest estimated cost of one GraphQL operation.', default: '20000' }),
  CADASTRE_POOL_SIZE: integer(1, 1000)
    .default(10)
    .register(documentation, { description: 'Database connections of this process.', default: '10' }),
  CADASTRE_INGEST_BACKLOG_LIMIT: integer(1, 1_000_000_000).default(50_000).register(documentation, {
    description: 'Unprocessed events from which on ingestion answers "try later".',
    default: '50000',
  }),
  CADASTRE_LINEAGE_MEMORY_BYTES: byteCount()
    .default(512 * MiB)
    .register(documentation, {
      description: 'Memory for the lineage graph; a larger graph is walked in the database, slower.',
      default: '512MiB',
    }),
  CADASTRE_PURGE_AFTER_DAYS: integer(1, 36_500).default(90).register(documentation, {
    description: 'Days after which an asset that every source has removed is purged; its tombstone stays.',
    default: '90',
  }),
  CADASTRE_URL: text()
    .optional()
    .register(documentation, { description: 'Command line only: address of the service to talk to.' }),
  CADASTRE_PURPOSE: text()
    .optional()
    .register(documentation, { description: 'Command line only: purpose to declare, for policies that ask for one.' }),
  CADASTRE_TOKEN: text()
    .optional()
    .register(documentation, { description: 'Command line only: token to send.', secret: true }),
});

/** Every variable that is known, in the order in which the documentation lists them. */
export const CONFIG_VARIABLES: readonly ConfigVariable[] = Object.entries(environment.shape).map(([name, schema]) => {
  const { description = '', default: standard = '', secret = false } = documentation.get(schema) ?? {};
  return { name, description, default: standard, secret };
});

/**
 * The configuration of the service from environment variables. A variable that is set to nothing counts as not set,
 * as compose files and unit files cannot leave one out.
 * @throws {ConfigError} with all problems at once; values of secrets are never in it.
 */
export function loadConfig(env: NodeJS.ProcessEnv): Config {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''));
  const parsed = environment.safeParse(set);
  const problems = [...problemsOf(parsed.error?.issues ?? [], set), ...unknownNames(env)];
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems);
  return configOf(parsed.data, env['NODE_ENV'] === 'production');
}

/**
 * Libraries check more, and slower, unless they are told that they run in production: GraphQL a third of its time. To be
 * called once the configuration is read, which means something else by it, and before they are loaded.
 */
export function runLibrariesInProduction(): void {
  process.env['NODE_ENV'] ??= 'production';
}

function configOf(values: z.infer<typeof environment>, isProduction: boolean): Config {
  return {
    databaseUrl: values.DATABASE_URL ?? null,
    meiliUrl: values.MEILI_URL ?? null,
    meiliMasterKey: values.MEILI_MASTER_KEY ?? null,
    host: values.CADASTRE_HOST,
    port: values.CADASTRE_PORT,
    trustedProxies: values.CADASTRE_TRUSTED_PROXIES,
    dataDir: resolve(values.CADASTRE_DATA_DIR ?? '.cadastre'),
    dataDirIsDefault: values.CADASTRE_DATA_DIR === undefined,
    configFile: resolve(values.CADASTRE_CONFIG_FILE ?? 'cadastre.yaml'),
    configFileIsDefault: values.CADASTRE_CONFIG_FILE === undefined,
    secretsDir: resolve(values.CADASTRE_SECRETS_DIR),
    auditKeyFile: resolve(
      values.CADASTRE_AUDIT_KEY_FILE ?? join(values.CADASTRE_DATA_DIR ?? '.cadastre', 'audit-key.pem'),
    ),
    policyReview: values.CADASTRE_POLICY_REVIEW,
    demo: values.CADASTRE_DEMO ?? values.DATABASE_URL === undefined,
    explorer: values.CADASTRE_EXPLORER ?? !isProduction,
    logLevel: values.CADASTRE_LOG_LEVEL,
    logFormat: values.CADASTRE_LOG_FORMAT,
    resetAdminToken: values.CADASTRE_RESET_ADMIN_TOKEN,
    maxEventBytes: values.CADASTRE_MAX_EVENT_BYTES,
    maxInflatedBytes: values.CADASTRE_MAX_INFLATED_BYTES,
    maxGraphqlBytes: values.CADASTRE_MAX_GRAPHQL_BYTES,
    maxQueryDepth: values.CADASTRE_MAX_QUERY_DEPTH,
    maxQueryAliases: values.CADASTRE_MAX_QUERY_ALIASES,
    maxQueryCost: values.CADASTRE_MAX_QUERY_COST,
    poolSize: values.CADASTRE_POOL_SIZE,
    ingestBacklogLimit: values.CADASTRE_INGEST_BACKLOG_LIMIT,
    lineageMemoryBytes: values.CADASTRE_LINEAGE_MEMORY_BYTES,
    purgeAfterDays: values.CADASTRE_PURGE_AFTER_DAYS,
  };
}

/** The schemas say what they expect ("must be …"); here it is put beside what was given, unless that is a secret. */
function problemsOf(
  issues: readonly { path: PropertyKey[]; message: string }[],
  env: Record<string, string | undefined>,
): ConfigProblem[] {
  return issues.map(({ path, message }) => {
    const name = String(path[0]);
    const variable = CONFIG_VARIABLES.find((known) => known.name === name);
    // An address may carry a password even where the variable as a whole is no secret.
    const isHidden = variable?.secret !== false || (env[name] ?? '').includes('://');
    const standard = variable?.default ? ` (default: ${variable.default})` : '';
    return {
      variable: name,
      problem: isHidden ? `${message} and is not` : `${message}, not ${JSON.stringify(env[name]?.slice(0, 60))}`,
      fix: `Correct it, or leave it out${standard}.`,
    };
  });
}

/** A misspelt name would otherwise be a setting that silently does nothing. */
function unknownNames(env: NodeJS.ProcessEnv): ConfigProblem[] {
  const known = CONFIG_VARIABLES.map(({ name }) => name).filter((name) => name.startsWith('CADASTRE_'));
  return Object.keys(env)
    .filter((name) => name.startsWith('CADASTRE_') && !known.includes(name) && !name.startsWith(SECRET_VARIABLE_PREFIX))
    .sort()
    .map((name) => ({
      variable: name,
      problem: 'is not a known variable',
      fix: `Did you mean ${nearest(name, known)}? Rename it, or remove it.`,
    }));
}
