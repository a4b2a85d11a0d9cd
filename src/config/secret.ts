import { readFileSync, realpathSync } from 'node:fs';
import { isAbsolute, resolve, sep } from 'node:path';
import { z } from 'zod';

/** Where a secret is to be read, in place of the secret. */
export type SecretReference = { readonly env: string } | { readonly file: string };

/** Variables that people may point to over the network: any other may hold a secret of the service itself. */
export const SECRET_VARIABLE_PREFIX = 'CADASTRE_SECRET_';

const reference = z.union(
  [
    z.strictObject({ env: z.string().regex(/^[A-Za-z_]\w*$/, 'must be the name of a variable') }),
    z.strictObject({ file: z.string().startsWith('/', 'must be an absolute path') }),
  ],
  { error: 'must say where the secret is: {env: NAME} or {file: /path}' },
);

/** `${env:NAME}` and `${file:/path}` as in YAML. What is anything else may be a secret: it is not repeated. */
export const secretReference = z.unknown().transform((value, context): SecretReference | null => {
  if (value === undefined || value === null) return null;
  const [, kind, place = ''] = typeof value === 'string' ? (/^\$\{(env|file):([^}]+)\}$/.exec(value) ?? []) : [];
  if (typeof value === 'string' && kind === undefined) {
    context.addIssue(
      'is written in the clear. Put it into a variable or a file and say where: ${env:NAME} or ${file:/path}',
    );
    return z.NEVER;
  }
  const parsed = reference.safeParse(kind === undefined ? value : { [kind]: place });
  if (parsed.success) return parsed.data;
  context.addIssue(parsed.error.issues[0]?.message ?? 'is no reference');
  return z.NEVER;
});

/** What is wrong with a reference, in words that name the fix. Never holds the secret. */
export class SecretError extends Error {
  override readonly name = 'SecretError';
}

/** Read at each use, so that a secret can be changed under a running service. @throws SecretError */
export function readSecret(reference: SecretReference): string {
  if ('env' in reference) {
    const value = process.env[reference.env];
    if (value === undefined || value === '') throw new SecretError(`The variable ${reference.env} is not set.`);
    return value;
  }
  try {
    return readFileSync(reference.file, 'utf8').replace(/\r?\n$/, '');
  } catch (error) {
    throw new SecretError(`The file ${reference.file} cannot be read${codeOf(error)}.`);
  }
}

/**
 * A reference that came over the network may not reach every secret of the machine: only variables with our prefix and
 * files below the folder for secrets.
 * @throws SecretError saying where to put it.
 */
export function requireReachable(reference: SecretReference, secretsDir: string): void {
  if ('env' in reference) {
    if (reference.env.startsWith(SECRET_VARIABLE_PREFIX)) return;
    throw new SecretError(`Use a variable whose name begins with ${SECRET_VARIABLE_PREFIX}.`);
  }
  const path = resolve(secretsDir, reference.file);
  const isBelow = isAbsolute(reference.file) && path.startsWith(`${resolve(secretsDir)}${sep}`);
  if (!isBelow || !staysBelow(path, secretsDir)) throw new SecretError(`Use a file below ${resolve(secretsDir)}.`);
}

/** A link may lead out. What is not there yet leads nowhere. */
function staysBelow(path: string, folder: string): boolean {
  try {
    return realpathSync(path).startsWith(`${realpathSync(folder)}${sep}`);
  } catch {
    return true;
  }
}

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? ` (${code})` : '';
}
