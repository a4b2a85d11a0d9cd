import { z } from 'zod';
import { CliError, EXIT } from './cli-error.js';
import { filesIn } from './event-files.js';
import { readYamlFile } from './text-file.js';

const list = z.array(z.unknown());
const parts = z.strictObject({ policies: list.default([]), resourceTypes: list.default([]) });

/**
 * Policy documents of a file, or of a folder's .yaml, .yml and .json files by name, as one set. A file holds a list of
 * policies, or `policies` and `resourceTypes`.
 * @throws {CliError} that names the file.
 */
export async function readPolicies(path: string): Promise<unknown> {
  const policies: unknown[] = [];
  const resourceTypes: unknown[] = [];
  let isList = true;
  for await (const file of filesIn(path, /\.(ya?ml|json)$/)) {
    for (const document of await readYamlFile(file)) {
      const read = list.safeParse(document).success
        ? { policies: list.parse(document), resourceTypes: [] }
        : partsOf(document, file);
      policies.push(...read.policies);
      resourceTypes.push(...read.resourceTypes);
      isList &&= Array.isArray(document);
    }
  }
  // A list stays a list: what is exported and applied again must stay the same, byte by byte.
  if (isList) return policies;
  return resourceTypes.length > 0 ? { policies, resourceTypes } : { policies };
}

function partsOf(document: unknown, file: string): z.infer<typeof parts> {
  const read = parts.safeParse(document);
  if (read.success) return read.data;
  throw new CliError(EXIT.REFUSED, `${file} holds neither a list of policies nor policies and resourceTypes.`);
}
