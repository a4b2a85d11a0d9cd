// Compiles src to dist. Without arguments only when something in src is newer than the last build.
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stamp = join(root, 'dist', '.built');
const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');

export function buildWhenStale() {
  if (!isStale()) return;
  if (existsSync(compiler)) build();
  else if (!existsSync(join(root, 'dist', 'main.js'))) {
    fail('Cadastre is not built, and there is no TypeScript to build it with. Run npm ci (with devDependencies).');
  }
}

function isStale() {
  const built = statSync(stamp, { throwIfNoEntry: false })?.mtimeMs;
  if (built === undefined) return true;
  const settings = ['tsconfig.json', 'tsconfig.build.json', 'package-lock.json'].map((name) => join(root, name));
  return [...settings, ...sources(join(root, 'src'))].some(
    (file) => (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0) > built,
  );
}

function sources(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.spec.ts'))
    .map((entry) => join(entry.parentPath, entry.name));
}

function build() {
  const startedAt = new Date();
  process.stderr.write('Building …\n');
  const { status } = spawnSync(process.execPath, [compiler, '-p', join(root, 'tsconfig.build.json')], {
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) fail('The build failed.');
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, '');
  // What was saved while the compiler ran is newer than this build.
  utimesSync(stamp, startedAt, startedAt);
}

/** npm does not link a package's own command; with this `npx cadastre` works in the checkout. */
function linkCommand() {
  const folder = join(root, 'node_modules', '.bin');
  const link = join(folder, 'cadastre');
  // Windows needs a script instead of a link: there it is `node bin/cadastre.mjs`.
  const isPossible = process.platform !== 'win32' && existsSync(folder);
  if (isPossible && !lstatSync(link, { throwIfNoEntry: false })) symlinkSync('../../bin/cadastre.mjs', link);
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  // npm runs `prepare` also where devDependencies are left out; dist is then whatever is there.
  const isPrepare = process.argv.includes('--prepare');
  if (isPrepare) linkCommand();
  const isPrepareWithoutTools = isPrepare && !existsSync(compiler);
  if (isPrepareWithoutTools) process.stderr.write('No TypeScript here: not building.\n');
  else if (process.argv.includes('--force')) build();
  else buildWhenStale();
}
