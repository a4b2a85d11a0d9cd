/** What the command ends with; documented in `cadastre --help`. */
export const EXIT = { OK: 0, NOTHING_FOUND: 1, USAGE: 2, NO_ACCESS: 3, REFUSED: 4 } as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Ends the command with a message for the person at the terminal. */
export class CliError extends Error {
  override readonly name = 'CliError';

  constructor(
    readonly exitCode: ExitCode,
    message: string,
  ) {
    super(message);
  }
}
