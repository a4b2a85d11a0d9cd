// What schema.graphql here takes away from those who use the one on main, unless CHANGELOG.md announces it.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildSchema, findBreakingChanges } from 'graphql';

export function unannouncedBreaks() {
  const now = readFileSync('schema.graphql', 'utf8');
  const base = baseCommit(now);
  const before = base && fileAt(base, 'schema.graphql');
  if (!before) return [];
  const announced = announcementsSince(base);
  return findBreakingChanges(buildSchema(before), buildSchema(now))
    .filter(({ description }) => !announced.some((line) => line.includes(nameIn(description))))
    .map(({ description }) => `Breaking: ${description} Keep it, or say so in CHANGELOG.md on a line with "Breaking".`);
}

/** SCHEMA_BASE; where this branch left main; on main itself the commit before the one that changed the schema last. */
function baseCommit(now) {
  const given = process.env.SCHEMA_BASE;
  if (given) return given;
  const head = commitOf('HEAD');
  const main = commitOf('origin/main') ?? commitOf('main');
  const fork = main && git('merge-base', 'HEAD', main);
  if (fork && fork !== head) return fork;
  return fileAt('HEAD', 'schema.graphql') === now ? 'HEAD~1' : 'HEAD';
}

/** Lines that were there before announced an earlier change. */
function announcementsSince(base) {
  const before = new Set((fileAt(base, 'CHANGELOG.md') ?? '').split('\n'));
  return readFileSync('CHANGELOG.md', 'utf8')
    .split('\n')
    .filter((line) => line.includes('Breaking') && !before.has(line));
}

/** The name that an announcement has to hold: `Query.asset` of "Query.asset was removed.", or `Asset` for a whole type. */
function nameIn(description) {
  const names = description.match(/[A-Z]\w+(?:\.\w+)*/g) ?? [];
  return names.find((name) => name.includes('.')) ?? names[0] ?? description.split(' ')[0];
}

function fileAt(commit, path) {
  return git('show', `${commit}:${path}`);
}

function commitOf(name) {
  return git('rev-parse', '--verify', '--quiet', name);
}

/** Null where git cannot say: no repository (an archive), no such commit (a shallow clone), no such file then. */
function git(...args) {
  try {
    const text = execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return args[0] === 'show' ? text : text.trim();
  } catch {
    return null;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const problems = unannouncedBreaks();
  for (const problem of problems) process.stdout.write(`${problem}\n`);
  process.exit(problems.length === 0 ? 0 : 1);
}
