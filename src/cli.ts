import { readFileSync } from 'node:fs';
import { Command, InvalidArgumentError, Option } from 'commander';
import { z } from 'zod';
import { addAuditCommands } from './cli/audit-commands.js';
import { CliError, EXIT } from './cli/cli-error.js';
import { command, EXIT_CODES, runWith } from './cli/command.js';
import { exportCsv } from './cli/export-csv.js';
import { ingestCsv, type CsvOptions } from './cli/ingest-csv.js';
import { dataHubReport, ingestDataHub, type DataHubOptions } from './cli/ingest-datahub.js';
import { ingestDbt, type DbtOptions } from './cli/ingest-dbt.js';
import { ingestDcat, ingestOdcs, type DcatOptions, type OdcsOptions } from './cli/ingest-documents.js';
import { ingestOpenLineage, type OpenLineageOptions } from './cli/ingest-openlineage.js';
import { lineage, LINEAGE_FORMATS, type LineageOptions } from './cli/lineage.js';
import { failed, rebuild, replay } from './cli/operate.js';
import { addPolicyCommands } from './cli/policy-commands.js';
import { reindex } from './cli/reindex.js';
import { search } from './cli/search.js';
import { releaseSync, syncs, withdrawSource, type ReleaseOptions } from './cli/sync.js';
import { cancelSource, listSources, runSource, sourceLog, testSource, type RunOptions } from './cli/source.js';
import { dump, status } from './cli/status.js';
import type { CommonOptions } from './cli/terminal.js';

const manifest = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')));

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('Give a whole number from 1.');
  return Number(text);
}

function addIngestCommands(program: Command): void {
  const ingest = program.command('ingest').description('send metadata to the catalog').addHelpText('after', EXIT_CODES);
  command(
    ingest,
    'openlineage <path>',
    'events of a .json, .ndjson or .jsonl file, of a folder of them, or of - (standard input)',
  )
    .option('--no-wait', 'do not wait until the catalog shows them')
    .option('--dry-run', 'say what would change, and change nothing')
    .action((path: string, options: CommonOptions & OpenLineageOptions) =>
      runWith(options, (terminal) => ingestOpenLineage(terminal, path, options)),
    );
  command(
    ingest,
    'dbt <folder>',
    "dbt's target folder: manifest.json, and catalog.json, run_results.json and sources.json if there",
  )
    .option(
      '--dataset-namespace <namespace>',
      'namespace of the tables, as OpenLineage spells it: postgres://host:5432',
    )
    .option('--no-wait', 'do not wait until the catalog shows it')
    .option('--apply-removals', 'take back what is no longer listed, however much it is')
    .option('--dry-run', 'say what would change, and change nothing')
    .action((folder: string, options: CommonOptions & DbtOptions) =>
      runWith(options, (terminal) => ingestDbt(terminal, folder, options)),
    );
  addFileCommands(ingest);
  addDataHubCommands(ingest);
}

function addFileCommands(ingest: Command): void {
  const fileCommand = (usage: string, description: string): Command =>
    command(ingest, usage, description)
      .option('--no-wait', 'do not wait until the catalog shows it')
      .option('--dry-run', 'say what would change, and change nothing')
      .option('--apply-removals', 'take back what is no longer listed, however much it is');
  fileCommand('csv <files...>', 'tables of assets, columns, terms or owners; each file is a source of its own')
    .addOption(
      new Option('--table <table>', 'what the rows are, when the header does not tell').choices([
        'assets',
        'columns',
        'terms',
        'owners',
      ]),
    )
    .option('--source <name>', "name of the source, instead of the file's")
    .option('--namespace <namespace>', 'of rows that name none; of terms, the glossary')
    .option('--preview', 'say of every row what it would do, and change nothing')
    .action((files: string[], options: CommonOptions & CsvOptions) =>
      runWith(options, (terminal) => ingestCsv(terminal, files, options)),
    );
  fileCommand('odcs <path>', 'data contracts (Open Data Contract Standard 3) of a file or a folder')
    .option('--dataset-namespace <namespace>', 'of contracts that name no server')
    .action((path: string, options: CommonOptions & OdcsOptions) =>
      runWith(options, (terminal) => ingestOdcs(terminal, path, options)),
    );
  fileCommand('dcat <file>', 'a catalog of datasets (DCAT 3, DCAT-AP) in JSON-LD')
    .option('--source <name>', "name of the source, instead of the catalog's address")
    .option('--language <tag>', 'of texts in several languages: en')
    .action((file: string, options: CommonOptions & DcatOptions) =>
      runWith(options, (terminal) => ingestDcat(terminal, file, options)),
    );
}

function addDataHubCommands(ingest: Command): void {
  command(
    ingest,
    'datahub <path>',
    'an export of DataHub: a file of proposals, or a folder of them with its index.json',
  )
    .option('--name <name>', 'which DataHub it is, if there are several', 'main')
    .option(
      '--namespace <platform=namespace>',
      "where a platform's tables live, as OpenLineage spells it: snowflake=snowflake://account; may be repeated",
      (given: string, before: string[]) => [...before, given],
      [],
    )
    .option('--at <time>', 'when the export was made; now when left out')
    .option('--partial', 'the export is only a part: nothing that is not in it goes missing')
    .option('--no-wait', 'do not wait until the catalog shows it')
    .option('--dry-run', 'say what would change, and change nothing')
    .action((path: string, options: CommonOptions & DataHubOptions) =>
      runWith(options, (terminal) => ingestDataHub(terminal, path, options)),
    );
  command(ingest, 'datahub-report [name]', 'what the last export of a DataHub carried over, and what not')
    .option('--sync <id>', 'of this sync instead')
    .action((name: string | undefined, options: CommonOptions & { sync?: string }) =>
      runWith(options, (terminal) => dataHubReport(terminal, name ?? 'main', options.sync)),
    );
}

function addReadCommands(program: Command): void {
  command(program, 'search <words...>', 'find assets and columns')
    .option('--first <count>', 'how many to show, 100 at most', wholeNumber, 20)
    .action((words: string[], options: CommonOptions & { first: number }) =>
      runWith(options, (terminal) => search(terminal, words, options.first)),
    );
  command(program, 'reindex', 'build the search index anew, or go on with it, and wait until it is done').action(
    (options: CommonOptions) => runWith(options, reindex),
  );
  command(program, 'lineage <asset>', 'what feeds an asset and what it feeds; id, reference or exact name')
    .option('--upstream', 'only what feeds it')
    .option('--downstream', 'only what it feeds')
    .option('--hops <count>', 'how far to walk', wholeNumber, 3)
    .option('--column <path>', 'of one column')
    .option('--as-of <time>', 'as it was on that day or at that time')
    .addOption(
      new Option('--format <format>', 'one direction as a text for other programs, upstream if not said').choices(
        LINEAGE_FORMATS,
      ),
    )
    .action((name: string, options: CommonOptions & LineageOptions) =>
      runWith(options, (terminal) => lineage(terminal, name, options)),
    );
  const out = program.command('export').description('write what you see to standard output');
  command(out, 'csv', 'a table to edit in a spreadsheet and to ingest again')
    .addOption(new Option('--table <table>', 'which table').choices(['assets', 'columns', 'terms']).default('assets'))
    .action((options: CommonOptions & { table: string }) =>
      runWith(options, (terminal) => exportCsv(terminal, options.table)),
    );
  command(program, 'dump', 'the whole catalog in canonical JSON').action((options: CommonOptions) =>
    runWith(options, dump),
  );
  command(program, 'status', 'whether the service is up and who you are to it').action((options: CommonOptions) =>
    runWith(options, status),
  );
}

function addOperatorCommands(program: Command): void {
  command(program, 'failed', 'messages that could not be projected, with the reason').action((options: CommonOptions) =>
    runWith(options, failed),
  );
  command(program, 'replay [ids...]', 'project failed messages again; all of them when none is named').action(
    (ids: string[], options: CommonOptions) => runWith(options, (terminal) => replay(terminal, ids)),
  );
  command(program, 'syncs [source]', 'what sources listed and what they no longer have, newest first').action(
    (source: string | undefined, options: CommonOptions) => runWith(options, (terminal) => syncs(terminal, source)),
  );
  command(program, 'release <source> <sync>', 'let a held sync take away what it did not see')
    .requiredOption('--reason <text>', 'why that is right')
    .action((source: string, sync: string, options: CommonOptions & ReleaseOptions) =>
      runWith(options, (terminal) => releaseSync(terminal, source, sync, options)),
    );
  command(program, 'withdraw <source>', 'end what a source says, such as dbt:old_project or csv:glossary')
    .requiredOption('--reason <text>', 'why')
    .action((source: string, options: CommonOptions & ReleaseOptions) =>
      runWith(options, (terminal) => withdrawSource(terminal, source, options)),
    );
  command(program, 'rebuild', 'project every message anew and wait until it is done').action((options: CommonOptions) =>
    runWith(options, rebuild),
  );
}

function addSourceCommands(program: Command): void {
  const source = program.command('source').description('databases that are crawled').addHelpText('after', EXIT_CODES);
  command(source, 'list', 'which there are').action((options: CommonOptions) => runWith(options, listSources));
  command(source, 'test <key>', 'connect, and say what the database says').action(
    (key: string, options: CommonOptions) => runWith(options, (terminal) => testSource(terminal, key)),
  );
  command(source, 'run <key>', 'crawl now')
    .option('--follow', 'print the log until the run ends')
    .option('--apply-removals', 'let everything that is gone go at once, however much it is')
    .option('--dry-run', 'crawl, say what would change, and change nothing')
    .action((key: string, options: CommonOptions & RunOptions) =>
      runWith(options, (terminal) => runSource(terminal, key, options)),
    );
  command(source, 'cancel <key>', 'stop the run').action((key: string, options: CommonOptions) =>
    runWith(options, (terminal) => cancelSource(terminal, key)),
  );
  command(source, 'log <key>', 'log of the newest run')
    .option('--follow', 'go on until the run ends')
    .action((key: string, options: CommonOptions & RunOptions) =>
      runWith(options, (terminal) => sourceLog(terminal, key, options)),
    );
}

function program(): Command {
  const root = new Command('cadastre')
    .description('Talks to a Cadastre data catalog.')
    .version(manifest.version)
    .showHelpAfterError()
    .addHelpText('after', EXIT_CODES)
    // Commander ends with 1 on wrong usage; here that is 2.
    .exitOverride((error) => process.exit(error.exitCode === 0 ? EXIT.OK : EXIT.USAGE));
  addIngestCommands(root);
  addReadCommands(root);
  addOperatorCommands(root);
  addSourceCommands(root);
  addPolicyCommands(root);
  addAuditCommands(root);
  return root;
}

// Whoever reads the output may have seen enough: `cadastre dump | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(EXIT.OK);
});

try {
  await program().parseAsync();
} catch (error) {
  // An answer in another shape than the one that was asked for.
  const known =
    error instanceof z.ZodError
      ? new CliError(EXIT.NO_ACCESS, 'The service answers in a way this command does not know. Is it another version?')
      : error;
  if (!(known instanceof CliError)) throw known;
  process.stderr.write(`${known.message}\n`);
  process.exitCode = known.exitCode;
}
