import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { ConfigError, type ConfigProblem } from '../../config/config.js';
import type { SourceDefinition } from './source.js';
import { sourceSchema } from './source-schema.js';

export interface SourceFile {
  readonly path: string;
  /** Nobody chose it, so it may be absent. */
  readonly isDefault: boolean;
}

const fileSchema = z.strictObject({ sources: z.array(sourceSchema).default([]) });

/**
 * The sources that `cadastre.yaml` defines.
 * @throws ConfigError with all problems at once; what stands where a secret belongs is never in it.
 */
export function readSourceFile({ path, isDefault }: SourceFile): SourceDefinition[] {
  if (!existsSync(path)) {
    if (isDefault) return [];
    throw new ConfigError([
      { variable: 'CADASTRE_CONFIG_FILE', problem: `names ${path}, which is not there`, fix: 'Correct it.' },
    ]);
  }
  return parseSources(readFileSync(path, 'utf8'), basename(path));
}

export function parseSources(yaml: string, file: string): SourceDefinition[] {
  const document = parseDocument(yaml);
  if (document.errors.length > 0) {
    throw new ConfigError(
      document.errors.map(({ linePos, code }) =>
        problem(file, `line ${linePos?.[0].line ?? 1}`, `is no YAML (${code})`),
      ),
    );
  }
  const parsed = fileSchema.safeParse(document.toJS() ?? {});
  if (!parsed.success)
    throw new ConfigError(parsed.error.issues.map((issue) => problem(file, pathText(issue.path), issue.message)));
  const { sources } = parsed.data;
  const twice = sources.filter(({ key }, at) => sources.findIndex((other) => other.key === key) !== at);
  if (twice.length > 0)
    throw new ConfigError(twice.map(({ key }) => problem(file, 'sources', `has two with the key '${key}'`)));
  return sources;
}

function problem(file: string, place: string, message: string): ConfigProblem {
  return { variable: `${file}: ${place}`, problem: message, fix: 'See docs/sources.md.' };
}

/** `sources[0].password`. */
function pathText(path: readonly PropertyKey[]): string {
  const text = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  return text.replace(/^\./, '') || 'the file';
}
