// `npm run check`: everything that must hold before a commit, and one verdict. `--no-tests` leaves the tests out.
import { spawn } from 'node:child_process';

const npx = (...args) => ['npx', '--no-install', ...args];
const CHECKS = [
  { name: 'format', command: npx('prettier', '--check', '--log-level', 'warn', '.') },
  { name: 'lint', command: npx('oxlint', '--deny-warnings') },
  { name: 'types', command: npx('tsc', '--noEmit', '-p', 'tsconfig.json') },
  { name: 'imports', command: npx('depcruise', '--config', '.dependency-cruiser.mjs', 'src', 'test') },
  { name: 'dead code', command: npx('knip') },
  { name: 'schema', command: ['node', 'scripts/check-schema.mjs'] },
  { name: 'compose', command: ['node', 'scripts/check-compose.mjs'] },
];
const TESTS = { name: 'tests', command: npx('vitest', 'run') };

const unknown = process.argv.slice(2).filter((argument) => argument !== '--no-tests');
if (unknown.length > 0) {
  process.stderr.write(`Usage: npm run check -- [--no-tests]; not ${unknown.join(' ')}\n`);
  process.exit(2);
}

function run({ name, command: [program, ...args] }) {
  return new Promise((resolve) => {
    const startedAt = Date.now();
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const output = [];
    child.stdout.on('data', (chunk) => output.push(chunk));
    child.stderr.on('data', (chunk) => output.push(chunk));
    const end = (isOk) => resolve({ name, isOk, ms: Date.now() - startedAt, output: Buffer.concat(output).toString() });
    child.on('error', () => end(false));
    child.on('close', (code) => end(code === 0));
  });
}

async function runTwoAtATime(checks) {
  const waiting = [...checks];
  const results = new Map();
  const worker = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) results.set(check.name, await run(check));
  };
  await Promise.all([worker(), worker()]);
  return checks.map(({ name }) => results.get(name));
}

const results = await runTwoAtATime(CHECKS);
// Alone: the tests take both processors themselves.
if (!process.argv.includes('--no-tests')) results.push(await run(TESTS));

const failed = results.filter(({ isOk }) => !isOk);
for (const { name, output } of failed) process.stdout.write(`\n── ${name} ──\n${output.trim()}\n`);
process.stdout.write('\n');
for (const { name, isOk, ms } of results) {
  process.stdout.write(`${isOk ? 'ok    ' : 'FAILED'}  ${name.padEnd(10)} ${(ms / 1000).toFixed(1).padStart(6)} s\n`);
}
process.stdout.write(
  failed.length === 0 ? '\nAll checks passed.\n' : `\n${failed.length} of ${results.length} failed.\n`,
);
process.exit(failed.length === 0 ? 0 : 1);
