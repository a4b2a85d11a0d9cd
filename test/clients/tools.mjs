// Programs and packages that clients need, from the package managers that are there.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CouldNotRun } from './differences.mjs';

const MINUTE = 60_000;

/** Every version of every client, in one place. */
export const versions = JSON.parse(readFileSync(new URL('./versions.json', import.meta.url), 'utf8'));

const running = new Set();

/** Ends what still runs. */
export function stopPrograms() {
  for (const child of running) child.kill('SIGKILL');
}

/** Runs a program to its end; answers with its exit code and everything it wrote. */
export function run(program, args, { env = {}, cwd, timeoutMs = 10 * MINUTE } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    running.add(child);
    const output = [];
    child.stdout.on('data', (chunk) => output.push(chunk));
    child.stderr.on('data', (chunk) => output.push(chunk));
    const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
    const over = () => {
      clearTimeout(timer);
      running.delete(child);
    };
    child.once('error', (error) => {
      over();
      reject(new CouldNotRun(`${program} does not start: ${error.message}`));
    });
    child.once('close', (code, signal) => {
      over();
      resolve({ code: code ?? signal, output: Buffer.concat(output).toString('utf8') });
    });
  });
}

/** A Python with these packages: `{ 'dbt-core': '1.10.23' }`. Answers with the folder of its programs. */
export async function pythonWith(folder, packages) {
  const programs = join(folder, 'bin');
  const wanted = packages.map((name) => `${name}==${versions[name]}`);
  const done = join(folder, 'installed');
  if (existsSync(done) && readFileSync(done, 'utf8') === wanted.join(' ')) return programs;
  await must('no Python', 'python3', ['-m', 'venv', folder]);
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...wanted];
  await must(`pip has no ${wanted.join(' ')}`, join(programs, 'python'), pip);
  writeFileSync(done, wanted.join(' '));
  return programs;
}

/** The jar of a Maven artifact, with those it needs unless `alone`. Answers with the folder and the names in it. */
export async function jarsOf(folder, { artifact, version, alone = false }) {
  const jars = join(folder, `jars-${version}`);
  if (!existsSync(jars) || readdirSync(jars).length === 0) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'pom.xml'), pom(artifact, version));
    const plugin = `org.apache.maven.plugins:maven-dependency-plugin:${versions['maven-dependency-plugin']}`;
    const goal = ['-q', '-B', `${plugin}:copy-dependencies`, `-DoutputDirectory=${jars}`];
    const which = alone ? ['-DexcludeTransitive=true'] : ['-DincludeScope=runtime'];
    await must(`Maven has no ${artifact} ${version}`, 'mvn', [...goal, ...which], { cwd: folder });
  }
  return { folder: jars, names: readdirSync(jars).filter((name) => name.endsWith('.jar')) };
}

function pom(artifact, version) {
  return `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>cadastre</groupId>
  <artifactId>clients</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>io.openlineage</groupId>
      <artifactId>${artifact}</artifactId>
      <version>${version}</version>
    </dependency>
  </dependencies>
</project>
`;
}

/** Without this there is no client to speak of. @throws CouldNotRun with the reason and the last of what was written. */
export async function must(reason, program, args, options) {
  const { code, output } = await run(program, args, options);
  if (code === 0) return output;
  const lines = output.split('\n').filter((line) => /error|could not|no such|cannot/i.test(line));
  throw new CouldNotRun(`${reason}: ${(lines[0] ?? output.slice(-200)).trim().slice(0, 300)}`);
}
