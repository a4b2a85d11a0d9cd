import { z } from 'zod';
import { parseSection, readSection, type ConfigFile } from '../../config/config-file.js';
import type { SourceDefinition } from './source.js';
import { sourceSchema } from './source-schema.js';

const SECTION = {
  name: 'sources',
  docs: 'docs/sources.md',
  schema: z
    .array(sourceSchema)
    .superRefine((sources, context) => {
      const twice = sources.filter(({ key }, at) => sources.findIndex((other) => other.key === key) !== at);
      for (const { key } of twice) context.addIssue(`has two with the key '${key}'`);
    })
    .default([]),
} as const;

/**
 * The sources that `cadastre.yaml` defines.
 * @throws ConfigError with all problems at once; what stands where a secret belongs is never in it.
 */
export function readSourceFile(file: ConfigFile): SourceDefinition[] {
  return readSection(file, SECTION);
}

export function parseSources(yaml: string, file: string): SourceDefinition[] {
  return parseSection(yaml, file, SECTION);
}
