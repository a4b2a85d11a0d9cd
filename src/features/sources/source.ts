import { Cron } from 'croner';
import type { SecretReference } from '../../config/secret.js';
import type { SyncScope } from '../assets/index.js';

export const SOURCE_TYPES = ['postgres', 'mysql'] as const;
export type SourceType = (typeof SOURCE_TYPES)[number];

export const SSL_MODES = ['disable', 'require', 'verify-full'] as const;
/** `require` encrypts, `verify-full` also checks that the server is who it says. */
export type SslMode = (typeof SSL_MODES)[number];

/** A database to be crawled, without its secret. */
export interface SourceDefinition {
  readonly key: string;
  readonly type: SourceType;
  readonly host: string;
  readonly port: number;
  /** Null: every database of a MySQL server. */
  readonly database: string | null;
  readonly user: string;
  readonly password: SecretReference | null;
  readonly ssl: SslMode;
  /** Null: as OpenLineage spells it. */
  readonly namespace: string | null;
  /** Globs over `schema.table` (MySQL: `database.table`): `*` is any run of characters. None is everything. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** Cron expression in UTC, or @daily and its like; null: only when somebody asks. */
  readonly schedule: string | null;
  readonly isEnabled: boolean;
}

export type SourceOrigin = 'FILE' | 'API';

export const DEFAULT_PORTS: Readonly<Record<SourceType, number>> = { postgres: 5432, mysql: 3306 };

/** OpenLineage naming, docs/spec/naming: the same table is one asset, whoever names it. */
export function namespaceOf({ type, host, port, namespace }: SourceDefinition): string {
  return namespace ?? `${type}://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Key of the source of facts and syncs. */
export function factSourceKey({ type, key }: SourceDefinition): string {
  return `${type}:${key}`;
}

/** What stands before `schema.table` in the name of a dataset. */
function prefixOf({ type, database }: SourceDefinition): string {
  return type === 'postgres' ? `${database ?? ''}.` : '';
}

/** Over names of datasets. Always within one database where there is one, so that another is out of scope and not gone. */
export function scopeOf(source: SourceDefinition): SyncScope {
  const prefix = prefixOf(source);
  const whole = source.type === 'mysql' && source.database !== null ? [`${source.database}.*`] : ['*'];
  const include = source.include.length > 0 ? source.include : whole;
  return {
    include: include.map((glob) => `${prefix}${glob}`),
    exclude: source.exclude.map((glob) => `${prefix}${glob}`),
  };
}

/** From `schema.table` to the name of the dataset. */
export function datasetName(source: SourceDefinition, name: string): string {
  return `${prefixOf(source)}${name}`;
}

/** The next time after that one; null when there is none. @throws Error when it is no schedule. */
export function nextRunAt({ schedule, isEnabled }: SourceDefinition, after: Date): Date | null {
  if (schedule === null || !isEnabled) return null;
  return new Cron(schedule, { timezone: 'UTC', paused: true }).nextRun(after);
}

/** No certificate is needed where nobody stands between. */
export function defaultSsl(host: string): SslMode {
  return ['localhost', '127.0.0.1', '::1'].includes(host) ? 'disable' : 'verify-full';
}
