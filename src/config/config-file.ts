import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { ConfigError, type ConfigProblem } from './config.js';

export interface ConfigFile {
  readonly path: string;
  /** Nobody chose it, so it may be absent. */
  readonly isDefault: boolean;
}

/** What `cadastre.yaml` may hold; whoever uses a section knows its shape. */
const SECTIONS = ['sources', 'oidc'] as const;

export interface Section<Schema extends z.ZodType> {
  readonly name: (typeof SECTIONS)[number];
  /** Also told when the section is left out. */
  readonly schema: Schema;
  /** Where it is explained. */
  readonly docs: string;
}

/**
 * One section of `cadastre.yaml`.
 * @throws ConfigError with all problems at once; what stands where a secret belongs is never in it.
 */
export function readSection<Schema extends z.ZodType>(
  { path, isDefault }: ConfigFile,
  section: Section<Schema>,
): z.infer<Schema> {
  if (existsSync(path)) return parseSection(readFileSync(path, 'utf8'), basename(path), section);
  if (isDefault) return section.schema.parse(undefined);
  throw new ConfigError([
    { variable: 'CADASTRE_CONFIG_FILE', problem: `names ${path}, which is not there`, fix: 'Correct it.' },
  ]);
}

/** @throws ConfigError as `readSection` */
export function parseSection<Schema extends z.ZodType>(
  yaml: string,
  file: string,
  { name, schema, docs }: Section<Schema>,
): z.infer<Schema> {
  const problem = (place: string, message: string): ConfigProblem => ({
    variable: `${file}: ${place}`,
    problem: message,
    fix: `See ${docs}.`,
  });
  const document = parseDocument(yaml);
  if (document.errors.length > 0) {
    throw new ConfigError(
      document.errors.map(({ linePos, code }) => problem(`line ${linePos?.[0].line ?? 1}`, `is no YAML (${code})`)),
    );
  }
  const others = Object.fromEntries(SECTIONS.map((known) => [known, z.unknown().optional()]));
  const whole = z.strictObject({ ...others, [name]: schema });
  const parsed = whole.safeParse(document.toJS() ?? {});
  if (!parsed.success)
    throw new ConfigError(parsed.error.issues.map((issue) => problem(pathText(issue.path), issue.message)));
  // The schema of the section has made it; only its key is not known to the compiler.
  return parsed.data[name] as z.infer<Schema>;
}

/** `sources[0].password`. */
function pathText(path: readonly PropertyKey[]): string {
  const text = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  return text.replace(/^\./, '') || 'the file';
}
