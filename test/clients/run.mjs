// `npm run clients -- [--keep folder] [name …]`: real OpenLineage clients send to a Cadastre of their own, and what it then
// says is compared with what their queries say. Each client passed, failed, or could not run; only `failed` is a failure.
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startCadastre } from './cadastre.mjs';
import { dbt } from './dbt.mjs';
import { CouldNotRun, Difference } from './differences.mjs';
import { startGate } from './gate.mjs';
import { java } from './java.mjs';
import { python } from './python.mjs';
import { spark } from './spark.mjs';
import { stopPrograms } from './tools.mjs';

const CLIENTS = { python, java, dbt, spark };

const { values, positionals } = parseArgs({ allowPositionals: true, options: { keep: { type: 'string' } } });
/** What is installed, and what passed on the wire, stays there: a second run downloads nothing. */
const keep = values.keep === undefined ? null : resolve(values.keep);
const folder = mkdtempSync(join(tmpdir(), 'cadastre-clients-'));
// As root, Postgres runs as another user, who has to get in.
chmodSync(folder, 0o755);

/** What has to be undone, last first, however this ends. */
const undo = [() => rmSync(folder, { recursive: true, force: true })];

async function main(names) {
  const unknown = names.find((name) => !Object.hasOwn(CLIENTS, name));
  if (unknown !== undefined) throw new Error(`No client '${unknown}'. There are: ${Object.keys(CLIENTS).join(', ')}.`);
  if (keep) mkdirSync(keep, { recursive: true });
  const cadastre = await startCadastre(folder);
  undo.push(() => cadastre.stop());
  const gate = await startGate(cadastre.url);
  undo.push(() => gate.stop(), stopPrograms);
  let failed = 0;
  for (const name of names.length > 0 ? names : Object.keys(CLIENTS)) {
    if (!(await outcomeOf(name, { cadastre, gate }))) failed += 1;
  }
  return failed;
}

async function undoAll() {
  for (const step of undo.splice(0).toReversed()) await step();
}

/** False when a check failed. */
async function outcomeOf(name, { cadastre, gate }) {
  const client = CLIENTS[name];
  const lines = [];
  let failed = 0;
  const check = async (title, work) => {
    try {
      lines.push(`  ok      ${title}: ${await work()}`);
    } catch (error) {
      if (error instanceof CouldNotRun) throw error;
      failed += 1;
      lines.push(`  differs ${title}: ${error instanceof Difference ? error.message : error.stack}`);
    }
  };
  const own = join(folder, name);
  let verdict;
  try {
    await client.run({ tools: keep ?? join(folder, 'tools'), folder: own, cadastre, gate, check });
    verdict = failed === 0 ? `passed ${lines.length} checks` : `failed ${failed} of ${lines.length} checks`;
  } catch (error) {
    if (!(error instanceof CouldNotRun)) failed += 1;
    verdict = error instanceof CouldNotRun ? `could not run: ${error.message}` : `failed: ${error.stack}`;
  }
  process.stdout.write(`${client.name}: ${verdict}\n${lines.map((line) => `${line}\n`).join('')}`);
  if (keep) writeFileSync(join(keep, `${name}.json`), JSON.stringify(gate.kept(), null, 1));
  return failed === 0;
}

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void undoAll().finally(() => process.exit(1)));
try {
  process.exitCode = (await main(positionals)) > 0 ? 1 : 0;
} finally {
  await undoAll();
}
