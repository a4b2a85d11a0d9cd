import { InvalidArgumentError, Option, type Command } from 'commander';
import { command, EXIT_CODES, runWith } from './command.js';
import {
  activatePolicies,
  applyPolicies,
  explainDecision,
  exportPolicies,
  lintPolicies,
  planPolicies,
  testPolicies,
  type ApplyOptions,
  type ExplainOptions,
} from './policy.js';
import type { CommonOptions } from './terminal.js';

export function addPolicyCommands(program: Command): void {
  const policy = program.command('policy').description('policy documents').addHelpText('after', EXIT_CODES);
  const onPath = (usage: string, description: string, run: typeof lintPolicies): Command =>
    command(policy, `${usage} <path>`, description).action((path: string, options: CommonOptions) =>
      runWith(options, (terminal) => run(terminal, path)),
    );
  onPath('lint', 'whether a file or folder of documents could come into force, and what looks wrong', lintPolicies);
  onPath('test', 'run the tests in documents, and say how many mistakes they would catch', testPolicies);
  onPath('plan', 'who would gain and lose what against the set in force', planPolicies);
  command(policy, 'apply <path>', 'store documents as a new version and put it in force')
    .option('--note <text>', 'why')
    .option('--propose', 'store it only')
    .action((path: string, options: CommonOptions & ApplyOptions) =>
      runWith(options, (terminal) => applyPolicies(terminal, path, options)),
    );
  command(policy, 'activate <version>', 'put a stored version in force: a proposed or an earlier one').action(
    (version: string, options: CommonOptions) =>
      runWith(options, (terminal) => activatePolicies(terminal, versionOf(version))),
  );
  command(policy, 'export', 'the set in force, to be applied again')
    .addOption(new Option('--of <version>', 'another version').argParser(versionOf))
    .action((options: CommonOptions & { of?: number }) =>
      runWith(options, (terminal) => exportPolicies(terminal, options.of)),
    );
  command(policy, 'explain <ref>', 'why somebody may or may not')
    .option(
      '--action <action>',
      'discover, edit, preview, query, read_column, preview_column or query_column',
      'discover',
    )
    .option('--account <handle>', 'whom; yourself when left out')
    .option('--column <path>', 'for actions on columns')
    .action((ref: string, options: CommonOptions & ExplainOptions) =>
      runWith(options, (terminal) => explainDecision(terminal, ref, options)),
    );
}

function versionOf(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('Give the number of a version.');
  return Number(text);
}
