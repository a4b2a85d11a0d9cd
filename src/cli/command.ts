import { Option, type Command } from 'commander';
import { CliError, EXIT, type ExitCode } from './cli-error.js';
import { terminalFor, type CommonOptions, type Terminal } from './terminal.js';

export const EXIT_CODES = `
Exit codes:
  0  done
  1  nothing found
  2  wrong usage
  3  the service cannot be reached, does not let you in, or failed
  4  some of the input was refused; the rest was taken
`;

type Run = (terminal: Terminal) => Promise<ExitCode>;

export async function runWith(options: CommonOptions, run: Run): Promise<void> {
  if (!URL.canParse(options.url)) throw new CliError(EXIT.USAGE, `--url is an address such as http://127.0.0.1:4000.`);
  process.exitCode = await run(terminalFor(options));
}

/** A command with the options that all have. */
export function command(parent: Command, usage: string, description: string): Command {
  return parent
    .command(usage)
    .description(description)
    .addOption(new Option('--url <url>', 'address of the service').env('CADASTRE_URL').default('http://127.0.0.1:4000'))
    .addOption(new Option('--token <token>', 'your token').env('CADASTRE_TOKEN'))
    .addOption(new Option('--purpose <purpose>', 'what you want it for, where policies ask').env('CADASTRE_PURPOSE'))
    .option('--json', 'answer in JSON, for programs')
    .addHelpText('after', EXIT_CODES);
}
