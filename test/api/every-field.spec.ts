import { GraphQLSchemaHost } from '@nestjs/graphql';
import {
  getNamedType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.js';
import { defineSource, startRun } from '../support/sources.js';

const REF = '"dataset:snowflake%3A%2F%2Fnorthlight-eu1/analytics.marts.fct_orders"';

/** For the questions that cannot be asked without. */
const ARGUMENTS: Record<string, string> = {
  asset: `(ref: ${REF})`,
  search: '(query: "orders")',
  searchSuggest: '(prefix: "ord")',
  lineage: `(ref: ${REF}, direction: UPSTREAM)`,
  columnLineage: `(ref: ${REF}, column: "net_revenue", direction: UPSTREAM)`,
  source: '(key: "nowhere")',
  policyReport: '(documents: [])',
  policyMutationScore: '(documents: [])',
  policySimulation: '(documents: [])',
  whoCan: `(action: discover, ref: ${REF})`,
  explain: `(action: discover, ref: ${REF}, account: "hugo")`,
};

let test: TestApp;
let schema: GraphQLSchema;
beforeAll(async () => {
  test = await startTestApp({
    catalog: 'demo',
    env: {
      CADASTRE_MAX_QUERY_COST: '1000000000',
      CADASTRE_MAX_QUERY_DEPTH: '100',
      CADASTRE_MAX_GRAPHQL_BYTES: '10MiB',
    },
  });
  schema = test.app.get(GraphQLSchemaHost, { strict: false }).schema;
  ARGUMENTS['sourceRun'] = `(id: "${await runOfASource()}")`;
  await test.settle();
});
afterAll(() => test.close());

/** The demo crawls nothing: a source that nothing answers at has a run all the same. */
async function runOfASource(): Promise<string> {
  await defineSource(test, { key: 'nowhere', type: 'MYSQL', host: '127.0.0.1', port: 1, user: 'nobody' });
  return startRun(test, 'nowhere');
}

/** Everything below a type that needs no argument, each type once on the way down, and assets of whatever kind once. */
function selectionOf(type: GraphQLNamedType, way: readonly string[] = []): string {
  if (isLeafType(type)) return '';
  const shapes = isInterfaceType(type) ? [type, ...schema.getPossibleTypes(type)] : [type];
  const parts = shapes.flatMap((shape) => {
    if (!isObjectType(shape) && !isInterfaceType(shape)) return [];
    const fields = Object.values(shape.getFields()).flatMap((field) => fieldText(field, [...way, type.name]));
    return shape === type ? fields : [`... on ${shape.name} { ${fields.join(' ')} }`];
  });
  return `{ __typename ${parts.join(' ')} }`;
}

function fieldText(field: GraphQLField<unknown, unknown>, way: readonly string[]): string[] {
  const type = getNamedType(field.type);
  if (way.includes(type.name) || (isAsset(type.name) && way.some(isAsset))) return [];
  return [`${field.name}${way.length === 1 ? (ARGUMENTS[field.name] ?? '') : ''} ${selectionOf(type, way)}`];
}

function isAsset(name: string): boolean {
  const type = schema.getType('Asset');
  return name === 'Asset' || (isInterfaceType(type) && schema.getPossibleTypes(type).some((one) => one.name === name));
}

describe('over the demo company, every field', () => {
  // Fields are known when the service runs, so they are no separate tests.
  it('of every question answers, and has a resolver or a property', async () => {
    const questions = Object.values(schema.getQueryType()?.getFields() ?? {});
    expect(questions.length).toBeGreaterThan(10);
    for (const question of questions) {
      const { body } = await test.as('admin').graphqlRaw(`{ ${fieldText(question, ['Query']).join('')} }`);
      expect({ question: question.name, errors: body.errors ?? [] }).toEqual({ question: question.name, errors: [] });
      expect(body.data).not.toEqual({ [question.name]: null });
    }
  });
});
