import { z } from 'zod';
import { secretReference } from '../../config/secret.js';
import { DEFAULT_PORTS, defaultSsl, nextRunAt, SOURCE_TYPES, SSL_MODES, type SourceDefinition } from './source.js';

const text = z.string().trim().min(1, 'must not be empty').max(500);
const globs = z.array(text).max(1000).default([]);

/** One source as people write it, in YAML or in GraphQL. */
export const sourceSchema = z
  .strictObject({
    key: z.string().regex(/^[a-z0-9][a-z0-9_-]{0,62}$/, 'must be lower case letters, digits, - and _, 63 at most'),
    type: z.enum(SOURCE_TYPES),
    host: text.regex(/^[^/\s@]+$/, 'must be the name or address of a host'),
    port: z.int().min(1).max(65_535).nullish(),
    database: text.nullish(),
    user: text,
    // Optional before it is read: a user may have no password.
    password: secretReference.optional(),
    ssl: z.enum(SSL_MODES).nullish(),
    namespace: text.nullish(),
    include: globs,
    exclude: globs,
    schedule: text.nullish(),
    enabled: z.boolean().default(true),
  })
  .transform(({ enabled, ...given }): SourceDefinition => ({
    ...given,
    port: given.port ?? DEFAULT_PORTS[given.type],
    database: given.database ?? null,
    password: given.password ?? null,
    ssl: given.ssl ?? defaultSsl(given.host),
    namespace: given.namespace ?? null,
    schedule: given.schedule ?? null,
    isEnabled: enabled,
  }))
  .superRefine((source, context) => {
    for (const [field, message] of contradictions(source)) context.addIssue({ code: 'custom', path: [field], message });
  });

function contradictions(source: SourceDefinition): [keyof SourceDefinition, string][] {
  const { type, database, include, exclude } = source;
  const found: [keyof SourceDefinition, string][] = [];
  if (type === 'postgres' && database === null) found.push(['database', 'is needed: a crawl is of one database']);
  if (type === 'mysql' && database !== null) {
    const isOutside = (glob: string): boolean => !glob.startsWith(`${database}.`);
    const message = `must begin with '${database}.', the only database that is looked at`;
    if (include.some(isOutside)) found.push(['include', message]);
    if (exclude.some((glob) => isOutside(glob) && !glob.startsWith('*'))) found.push(['exclude', message]);
  }
  if (!isSchedule(source)) found.push(['schedule', "must be a cron expression such as '0 3 * * *', or @daily"]);
  return found;
}

function isSchedule(source: SourceDefinition): boolean {
  try {
    return source.schedule === null || nextRunAt({ ...source, isEnabled: true }, new Date(0)) !== null;
  } catch {
    return false;
  }
}
