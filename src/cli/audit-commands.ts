import { Option, type Command } from 'commander';
import {
  exportAudit,
  exportCheckpoints,
  verifyAudit,
  type AuditExportOptions,
  type AuditVerifyOptions,
} from './audit.js';
import { command, EXIT_CODES, runWith } from './command.js';
import type { CommonOptions } from './terminal.js';

export function addAuditCommands(program: Command): void {
  const audit = program.command('audit').description('the audit log').addHelpText('after', EXIT_CODES);
  command(audit, 'export', 'the log, oldest first')
    .addOption(new Option('--format <format>', 'what it is written in').choices(['jsonl', 'csv']).default('jsonl'))
    .option('--actor <handle>', 'only what this account did')
    .option('--asset <ref>', 'only about this asset')
    .option('--rule <id>', 'only what this rule decided')
    .option('--from <instant>', 'only from then on')
    .option('--to <instant>', 'only before then')
    .action((options: CommonOptions & AuditExportOptions) =>
      runWith(options, (terminal) => exportAudit(terminal, options)),
    );
  command(audit, 'checkpoints', 'sign how far the log has come, and print every signature').action(
    (options: CommonOptions) => runWith(options, exportCheckpoints),
  );
  command(audit, 'verify', 'compute every hash anew and name the first entry that was edited, removed or moved')
    .option('--file <export.jsonl>', 'of an export instead of the service')
    .option('--checkpoints <file>', 'compare with checkpoints that were kept elsewhere')
    .option(
      '--public-key <file>',
      'key that checkpoints must be signed with, PEM; may be repeated',
      (given: string, before: readonly string[]) => [...before, given],
      [],
    )
    .action((options: CommonOptions & AuditVerifyOptions) =>
      runWith(options, (terminal) => verifyAudit(terminal, options)),
    );
}
