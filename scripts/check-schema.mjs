// schema.graphql is a contract: described throughout, in step with the generated types, and not broken unannounced.
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import {
  buildSchema,
  findBreakingChanges,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
} from 'graphql';

const sdl = readFileSync('schema.graphql', 'utf8');
const problems = [...undescribed(buildSchema(sdl)), ...staleTypes(), ...unannouncedBreaks(sdl)];
for (const problem of problems) process.stdout.write(`${problem}\n`);
process.exit(problems.length === 0 ? 0 : 1);

/** Arguments are described by their field. */
function undescribed(schema) {
  const types = Object.values(schema.getTypeMap()).filter(
    (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
  );
  return types.flatMap((type) => [
    ...(type.description ? [] : [`${type.name} has no description.`]),
    ...membersOf(type)
      .filter(({ description }) => !description)
      .map(({ name }) => `${type.name}.${name} has no description.`),
  ]);
}

function membersOf(type) {
  if (isEnumType(type)) return type.getValues();
  if (isObjectType(type) || isInterfaceType(type) || isInputObjectType(type)) return Object.values(type.getFields());
  return [];
}

function staleTypes() {
  const args = ['--no-install', 'graphql-codegen', '--config', 'codegen.ts', '--check'];
  const { status, stdout, stderr } = spawnSync('npx', args, { encoding: 'utf8' });
  if (status === 0) return [];
  return [`The generated types are not those of schema.graphql (npm run codegen):\n${stdout}${stderr}`];
}

function unannouncedBreaks(now) {
  const base = baseSchema(now);
  if (base === null) return [];
  const announced = readFileSync('CHANGELOG.md', 'utf8')
    .split('\n')
    .filter((line) => line.includes('Breaking'));
  return findBreakingChanges(buildSchema(base), buildSchema(now))
    .filter(({ description }) => !announced.some((line) => namesOf(description).some((name) => line.includes(name))))
    .map(({ description }) => `Breaking: ${description} Keep it, or say so in CHANGELOG.md on a line with "Breaking".`);
}

/** `Query.asset`, or `Asset` where a whole type is meant: the first name of the sentence that has a dot, else any. */
function namesOf(description) {
  const names = description.match(/[A-Z]\w*(?:\.\w+)*/g) ?? [];
  const dotted = names.filter((name) => name.includes('.'));
  return dotted.length > 0 ? dotted.slice(0, 1) : names.slice(0, 1);
}

/** The schema to compare with: SCHEMA_BASE, the last commit when the file is changed since, otherwise the one before. */
function baseSchema(now) {
  const given = process.env.SCHEMA_BASE;
  if (given) return schemaAt(given, 'required');
  const head = schemaAt('HEAD');
  return head === now ? schemaAt('HEAD~1') : head;
}

function schemaAt(commit, isRequired) {
  try {
    return execFileSync('git', ['show', `${commit}:schema.graphql`], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch (error) {
    // No history (an archive, a shallow clone) or no schema then: nothing to compare with.
    if (isRequired) throw error;
    return null;
  }
}
