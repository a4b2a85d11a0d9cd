// schema.graphql is a contract: described throughout, in step with the generated types, and not broken unannounced.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import {
  buildSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
} from 'graphql';
import { unannouncedBreaks } from './schema-breaks.mjs';

const sdl = readFileSync('schema.graphql', 'utf8');
const problems = [...undescribed(buildSchema(sdl)), ...staleTypes(), ...unannouncedBreaks()];
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
