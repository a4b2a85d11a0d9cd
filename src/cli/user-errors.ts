import { z } from 'zod';
import { CliError } from './cli-error.js';
import { exitCodeOf } from './client.js';

/** To be asked for in every mutation: `userErrors { message code }`. */
export const userErrors = z.array(z.object({ message: z.string(), code: z.string() }));

/** @throws {CliError} with the first of what the service refused. */
export function refuse(errors: z.infer<typeof userErrors>): void {
  const [error] = errors;
  if (error) throw new CliError(exitCodeOf(error.code), error.message);
}
