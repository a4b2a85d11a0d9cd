import { GraphQLSchemaHost } from '@nestjs/graphql';
import type { GraphQLSchema } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.js';
import { defineSource, startRun } from '../support/sources.js';
import { WholeSelection } from '../support/whole-selection.js';

const REF = '"dataset:snowflake%3A%2F%2Fnorthlight-eu1/analytics.marts.fct_orders"';

/** For the questions that cannot be asked without. */
const ARGUMENTS: Record<string, string> = {
  'LineageGraph.export': '(format: MERMAID)',
  'Query.asset': `(ref: ${REF})`,
  'Query.search': '(query: "orders")',
  'Query.searchSuggest': '(prefix: "ord")',
  'Query.assetAsOf': `(ref: ${REF}, at: "2030-01-01T00:00:00Z")`,
  'Query.similarDatasets': `(ref: ${REF}, first: 2)`,
  'Query.lineage': `(ref: ${REF}, direction: UPSTREAM, asOf: "2030-01-01T00:00:00Z")`,
  'Query.lineageDiff': `(ref: ${REF}, direction: UPSTREAM, from: "2026-01-01T00:00:00Z", to: "2030-01-01T00:00:00Z")`,
  'Query.lineageNeighbours': `(ref: ${REF}, direction: UPSTREAM)`,
  'Query.lineagePaths': `(from: ${REF}, to: ${REF})`,
  'Query.impact': `(refs: [${REF}])`,
  'Query.manualEdges': `(ref: ${REF})`,
  'Query.propagatedWords': `(ref: ${REF})`,
  'Query.columnLineage': `(ref: ${REF}, column: "net_revenue", direction: UPSTREAM)`,
  'Query.source': '(key: "nowhere")',
  'Query.policyReport': '(documents: [])',
  'Query.policyMutationScore': '(documents: [])',
  'Query.policySimulation': '(documents: [])',
  'Query.whoCan': `(action: discover, ref: ${REF})`,
  'Query.explain': `(action: discover, ref: ${REF}, account: "hugo")`,
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
  ARGUMENTS['Query.accessRequestEffect'] = `(id: "${await requestThatWaits()}")`;
  ARGUMENTS['Query.savedSearch'] = `(id: "${await searchThatIsKept()}")`;
  ARGUMENTS['Query.savedSearchResults'] = ARGUMENTS['Query.savedSearch'];
  ARGUMENTS['Query.sourceRun'] = `(id: "${await runOfASource()}")`;
  await test.settle();
  const then = new Date().toISOString();
  ARGUMENTS['Query.whoCanAsOf'] = `(at: "${then}", action: discover, ref: ${REF})`;
  ARGUMENTS['Query.explainAsOf'] = `(at: "${then}", action: discover, ref: ${REF}, account: "hugo")`;
});
afterAll(() => test.close());

async function requestThatWaits(): Promise<string> {
  const { accessRequestCreate } = await test
    .as('hugo')
    .graphql<{ accessRequestCreate: { request: { id: string } } }>(
      `mutation { accessRequestCreate(input: { ref: ${REF}, purpose: "report" }) { request { id } } }`,
    );
  return accessRequestCreate.request.id;
}

async function searchThatIsKept(): Promise<string> {
  const { savedSearchCreate } = await test.as('admin').graphql<{
    savedSearchCreate: { savedSearch: { id: string } };
  }>('mutation { savedSearchCreate(input: { name: "orders", query: "fct_orders", filter: { kinds: [DATASET] } }) { savedSearch { id } } }');
  return savedSearchCreate.savedSearch.id;
}

/** The demo crawls nothing: a source that nothing answers at has a run all the same. */
async function runOfASource(): Promise<string> {
  await defineSource(test, { key: 'nowhere', type: 'MYSQL', host: '127.0.0.1', port: 1, user: 'nobody' });
  return startRun(test, 'nowhere');
}

describe('over the demo company, every field', () => {
  // Fields are known when the service runs, so they are no separate tests.
  it('of every question answers, and has a resolver or a property', async () => {
    const questions = Object.values(schema.getQueryType()?.getFields() ?? {});
    expect(questions.length).toBeGreaterThan(10);
    const selection = new WholeSelection(schema, ARGUMENTS);
    for (const question of questions) {
      const { body } = await test
        .as('admin')
        .graphqlRaw(`{ ${selection.field('Query', question, ['Query']).join('')} }`);
      expect({ question: question.name, errors: body.errors ?? [] }).toEqual({ question: question.name, errors: [] });
      expect(body.data).not.toEqual({ [question.name]: null });
    }
  });
});
