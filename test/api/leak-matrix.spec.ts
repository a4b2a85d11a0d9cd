import { GraphQLSchemaHost } from '@nestjs/graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.js';
import { HIDDEN_EVENTS, SECRET } from '../support/hidden-things.js';
import { HIDDEN_BY_TAG } from '../support/policies.js';
import { reachableFields, WholeSelection, type Arguments } from '../support/whole-selection.js';

/** Seen by everybody, with a hidden column; hidden, and never there. `SECRET` is part of every hidden name. */
const OPEN = 'dataset:db/t';
const HIDDEN = `dataset:db/${SECRET}_table`;
const MISSING = 'dataset:db/never_table';
const COLUMNS = { hidden: SECRET, missing: 'never' };

/** Sees what is not hidden; may edit that too; may send; looks after the service. */
const ACTORS = ['nora', 'edgar', 'inga', 'otto'] as const;

/** Rows of the matrix: with which arguments a question is asked. `$ref` is each asset in turn, `$column` each column. */
const ROWS: Arguments = {
  'Query.asset': '(ref: $ref)',
  'Query.assets': '(first: 100)',
  'Query.search': `(query: "${SECRET}", first: 100)`,
  'Query.whoCanAsOf': '(at: "2026-06-01T00:00:00Z", action: discover, ref: $ref)',
  'Query.explainAsOf': '(at: "2026-06-01T00:00:00Z", action: discover, ref: $ref, account: "nora")',
  'Query.accessRequestEffect': '(id: "00000000-0000-7000-8000-000000000001")',
  'Query.savedSearch': '(id: "00000000-0000-7000-8000-000000000001")',
  'Query.savedSearchResults': '(id: "00000000-0000-7000-8000-000000000001")',
  'Query.searchSuggest': `(prefix: "${SECRET.slice(0, 3)}")`,
  'Query.assetAsOf': '(ref: $ref, at: "2030-01-01T00:00:00Z")',
  'Query.similarDatasets': '(ref: $ref, first: 50)',
  'Query.lineage': '(ref: $ref, direction: DOWNSTREAM, maxHops: 5)',
  'LineageGraph.export': '(format: OPENLINEAGE)',
  'Query.lineageDiff':
    '(ref: $ref, direction: DOWNSTREAM, from: "2026-01-01T00:00:00Z", to: "2030-01-01T00:00:00Z", maxHops: 5)',
  'Query.lineageNeighbours': '(ref: $ref, direction: DOWNSTREAM)',
  'Query.lineagePaths': '(from: $ref, to: "dataset:db/open")',
  'Query.impact': '(refs: [$ref])',
  'Query.manualEdges': '(ref: $ref)',
  'Query.propagatedWords': '(ref: $ref)',
  'Query.columnLineage': '(ref: $ref, column: $column, direction: DOWNSTREAM, maxHops: 5)',
  'Query.explain': '(action: discover, ref: $ref)',
  'Query.whoCan': '(action: discover, ref: $ref)',
  'Query.whatCan': '(first: 100)',
  'Query.policyReport': '(documents: [])',
  'Query.policyMutationScore': '(documents: [])',
  'Query.policySimulation': '(documents: [])',
  'Query.source': '(key: "nowhere")',
  'Query.sourceRun': '(id: "00000000-0000-7000-8000-000000000001")',
};

/** Whoever looks after the service reads what producers sent and takes the catalog away whole: that is his work (`operate`). */
const BY_DESIGN = new Set([
  'otto failedEvents',
  'otto ingestWarnings',
  'otto /api/v1/dump',
  'otto /api/v1/events/lineage',
]);

/** Each mutation about an asset: it must answer about what is hidden as about what is not there. */
const CHANGES: Readonly<Record<string, string | null>> = {
  assetDescribe: '(ref: $ref, description: "x") { asset { id } userErrors { message code field } }',
  assetSetOwners: '(ref: $ref, owners: ["nora"]) { asset { id } userErrors { message code field } }',
  assetTag: '(ref: $ref, add: ["x"]) { asset { id } userErrors { message code field } }',
  assetSetTerms: '(ref: $ref, add: ["x"]) { asset { id } userErrors { message code field } }',
  assetClassify: '(ref: $ref, domain: "x") { asset { id } userErrors { message code field } }',
  assetCertify: '(ref: $ref, level: GOLD) { asset { id } userErrors { message code field } }',
  assetDeprecate: '(ref: $ref) { asset { id } userErrors { message code field } }',
  assetMerge: `(ref: "${OPEN}", alias: $ref, reason: "x") { asset { id } userErrors { message code field } }`,
  assetSeparate: `(ref: "${OPEN}", alias: $ref, reason: "x") { asset { id } userErrors { message code field } }`,
  termChange: '(ref: $ref, synonyms: ["x"]) { asset { id } userErrors { message code field } }',
  lineageEdgeAdd: `(from: $ref, to: "${OPEN}", reason: "x") { edge { reason } userErrors { message code field } }`,
  lineageEdgeRemove: `(from: $ref, to: "${OPEN}", reason: "x") { edge { reason } userErrors { message code field } }`,
  accessRequestCreate:
    '(input: { ref: $ref, purpose: "x" }) { request { ref state asset { id } viewerCanDecide } userErrors { message code field } }',
  breakGlassRequest:
    '(input: { ref: $ref, reason: "Something is on fire." }) { request { ref state asset { id } viewerCanDecide } userErrors { message code field } }',
  // About no asset that the caller names.
  termCreate: null,
  accessRequestDecide: null,
  accessRequestWithdraw: null,
  accessGrantRevoke: null,
  accessGrantRenew: null,
  breakGlassReview: null,
  auditCheckpointCreate: null,
  auditErase: null,
  outsideResourcesPut: null,
  outsideResourcesRemove: null,
  accountCreate: null,
  accountUpdate: null,
  tokenCreate: null,
  tokenRevoke: null,
  policySetApply: null,
  policySetPropose: null,
  policySetActivate: null,
  failedEventsReplay: null,
  catalogRebuild: null,
  sourceSyncRelease: null,
  sourceWithdraw: null,
  sourceCreate: null,
  sourceUpdate: null,
  sourceDelete: null,
  sourceTest: null,
  sourceRun: null,
  sourceCancel: null,
  savedSearchCreate: null,
  savedSearchUpdate: null,
  savedSearchDelete: null,
  noticesMarkRead: null,
  searchReindex: null,
  searchSynonymSet: null,
};

/** Each GET of the REST API; `{name}` is the dataset in turn. Null: it tells nothing of the catalog. */
const PATHS: Readonly<Record<string, string | null>> = {
  '/health/live': null,
  '/health/ready': null,
  '/metrics': null,
  '/': null,
  '/explorer': null,
  '/graphql': null,
  '/.well-known/authzen-configuration': null,
  '/scim/v2/ServiceProviderConfig': null,
  '/scim/v2/ResourceTypes': null,
  '/scim/v2/ResourceTypes/:id': null,
  '/scim/v2/Schemas': null,
  '/scim/v2/Schemas/:id': null,
  '/scim/v2/Users': '/scim/v2/Users',
  '/scim/v2/Users/:id': '/scim/v2/Users/{name}',
  '/scim/v2/Groups': '/scim/v2/Groups',
  '/scim/v2/Groups/:id': '/scim/v2/Groups/{name}',
  '/api/v1/policies': '/api/v1/policies',
  '/api/v1/audit': '/api/v1/audit',
  '/api/v1/audit/checkpoints': '/api/v1/audit/checkpoints',
  '/api/v1/ingest/status': '/api/v1/ingest/status',
  '/api/v1/ingest/syncs': '/api/v1/ingest/syncs?source=csv:main&sync=unknown',
  '/api/v1/dump': '/api/v1/dump',
  '/api/v1/csv': '/api/v1/csv?table=columns',
  '/api/v1/datahub/report': '/api/v1/datahub/report?name=main',
  '/api/v1/namespaces': '/api/v1/namespaces',
  '/api/v1/namespaces/:namespace': '/api/v1/namespaces/db',
  '/api/v1/namespaces/:namespace/datasets': '/api/v1/namespaces/db/datasets',
  '/api/v1/namespaces/:namespace/datasets/:name': '/api/v1/namespaces/db/datasets/{name}',
  '/api/v1/namespaces/:namespace/jobs': '/api/v1/namespaces/flow/jobs',
  '/api/v1/namespaces/:namespace/jobs/:name': '/api/v1/namespaces/flow/jobs/load',
  '/api/v1/namespaces/:namespace/jobs/:name/runs': '/api/v1/namespaces/flow/jobs/load/runs',
  '/api/v1/lineage': '/api/v1/lineage?nodeId=dataset:db:{name}',
  '/api/v1/column-lineage': '/api/v1/column-lineage?nodeId=dataset:db:{name}',
  '/api/v1/events/lineage': '/api/v1/events/lineage',
  '/api/v1/search': `/api/v1/search?q=${SECRET}`,
};

const EVENT = {
  eventType: 'COMPLETE',
  eventTime: '2026-01-02T00:00:00Z',
  run: { runId: 'r2' },
  job: { namespace: 'flow', name: 'spread' },
  inputs: [
    { namespace: 'db', name: 't' },
    { namespace: 'db', name: `${SECRET}_table` },
  ],
  outputs: [
    {
      namespace: 'db',
      name: 'open',
      facets: {
        schema: { fields: [{ name: 'id' }] },
        columnLineage: {
          fields: {
            id: {
              inputFields: [
                { namespace: 'db', name: `${SECRET}_table`, field: 'pay' },
                { namespace: 'db', name: 't', field: SECRET },
              ],
            },
          },
        },
      },
    },
  ],
};

const POLICIES = [
  ...HIDDEN_BY_TAG,
  {
    id: 'editors',
    title: 'Editors edit what is not hidden',
    why: 'test',
    effect: 'allow',
    actions: ['edit'],
    subjects: { attribute: 'roles', operator: 'hasAny', value: ['editor'] },
    resources: { types: ['asset'], where: { not: { attribute: 'tags', operator: 'hasAny', value: ['hidden'] } } },
  },
  {
    id: 'operators',
    title: 'Operators look after the service',
    why: 'test',
    effect: 'allow',
    actions: ['operate'],
    subjects: { attribute: 'roles', operator: 'hasAny', value: ['operator'] },
    resources: { types: ['system'] },
  },
];

let test: TestApp;
let selection: WholeSelection;
let questions: Map<string, string>;
beforeAll(async () => {
  test = await startTestApp({
    accounts: [
      { handle: 'nora' },
      { handle: 'edgar', roles: ['editor'] },
      { handle: 'inga', roles: ['ingestor'] },
      { handle: 'otto', roles: ['operator'] },
    ],
    env: {
      CADASTRE_MAX_QUERY_COST: '1000000000',
      CADASTRE_MAX_QUERY_DEPTH: '100',
      CADASTRE_MAX_GRAPHQL_BYTES: '10MiB',
    },
  });
  const admin = test.as('admin');
  await admin.graphql('mutation($d: JSON!) { policySetApply(documents: $d) { userErrors { message } } }', {
    d: POLICIES,
  });
  await admin.post('/api/v1/lineage/batch', [...HIDDEN_EVENTS, EVENT]).expect(200);
  await test.settle();
  const words =
    'mutation($r: String!) { assetDescribe(ref: $r, description: "All about zebra.") { userErrors { message } } }';
  await admin.graphql(words, { r: HIDDEN });
  const { schema } = test.app.get(GraphQLSchemaHost, { strict: false });
  selection = new WholeSelection(schema, ROWS);
  const fields = Object.values(schema.getQueryType()?.getFields() ?? {});
  questions = new Map(fields.map((field) => [field.name, selection.field('Query', field, ['Query']).join('')]));
});
afterAll(() => test.close());

async function answerTo(
  actor: string,
  question: string,
  ref: string,
  column: string = COLUMNS.hidden,
): Promise<string> {
  const text = questions.get(question) ?? '';
  const declared = [
    ...(text.includes('$ref') ? ['$ref: String!'] : []),
    ...(text.includes('$column') ? ['$column: String!'] : []),
  ];
  const variables = declared.length > 0 ? `(${declared.join(', ')})` : '';
  const response = await test.as(actor).graphqlRaw(`query ${variables} { ${text} }`, { ref, column });
  // What somebody asked for may stand in the answer: he knows it.
  return JSON.stringify(response.body).replaceAll(ref, 'REF').replaceAll(`'${column}'`, 'COLUMN');
}

describe('the matrix', () => {
  it('has a row for every field that a question can come to', () => {
    const missing = [...reachableFields(test.app.get(GraphQLSchemaHost, { strict: false }).schema)].filter(
      (name) => !selection.asked.has(name),
    );
    expect(missing).toEqual([]);
  });

  it('has a row for every mutation, and for every path that can be read', () => {
    const { schema } = test.app.get(GraphQLSchemaHost, { strict: false });
    const mutations = Object.keys(schema.getMutationType()?.getFields() ?? {});
    expect(mutations.filter((name) => !(name in CHANGES))).toEqual([]);
    expect(Object.keys(CHANGES).filter((name) => !mutations.includes(name))).toEqual([]);
    const paths = readPaths();
    expect(paths.length).toBeGreaterThan(20);
    expect(paths.filter((path) => !(path in PATHS))).toEqual([]);
  });

  it('asks questions that tell the secret to who may know it', async () => {
    const telling: string[] = [];
    for (const name of questions.keys()) {
      for (const ref of [OPEN, HIDDEN]) if ((await answerTo('admin', name, ref)).includes(SECRET)) telling.push(name);
    }
    expect([...new Set(telling)].sort()).toEqual(
      expect.arrayContaining(['asset', 'assets', 'columnLineage', 'lineage', 'search', 'searchSuggest', 'whatCan']),
    );
  });
});

describe.each(ACTORS)('what is hidden from %s', (actor) => {
  it('is in no answer to any question', async () => {
    for (const name of questions.keys()) {
      for (const ref of [OPEN, HIDDEN, 'job:flow/load', 'job:flow/spread']) {
        const answer = await answerTo(actor, name, ref);
        const isLeak = answer.includes(SECRET) && !BY_DESIGN.has(`${actor} ${name}`);
        expect({ name, ref, leak: isLeak ? around(answer) : null }).toEqual({ name, ref, leak: null });
      }
    }
  });

  it('answers as what is not there', async () => {
    for (const [name, text] of questions) {
      if (!text.includes('$ref')) continue;
      expect({ name, answer: await answerTo(actor, name, HIDDEN) }).toEqual({
        name,
        answer: await answerTo(actor, name, MISSING),
      });
    }
    const onColumn = (column: string) => answerTo(actor, 'columnLineage', OPEN, column);
    expect(await onColumn(COLUMNS.hidden)).toBe(await onColumn(COLUMNS.missing));
  });

  it('cannot be told from what is not there by changing it', async () => {
    for (const [name, row] of Object.entries(CHANGES)) {
      if (row === null) continue;
      const change = async (ref: string): Promise<string> => {
        const { body } = await test.as(actor).graphqlRaw(`mutation($ref: String!) { ${name}${row} }`, { ref });
        return JSON.stringify(body).replaceAll(ref, 'REF');
      };
      expect({ name, answer: await change(HIDDEN) }).toEqual({ name, answer: await change(MISSING) });
    }
  });

  it('is on no path of the REST API', async () => {
    for (const path of Object.values(PATHS)) {
      if (path === null) continue;
      const get = async (name: string): Promise<string> => {
        const headers = { authorization: test.as(actor).authorization };
        const response = await fetch(test.url + path.replace('{name}', name), { headers });
        return `${response.status} ${await response.text()}`;
      };
      const asked = `${SECRET}_table`;
      const [onOpen, onHidden] = [await get('t'), (await get(asked)).replaceAll(asked, 'NAME')];
      const leak = [onOpen, onHidden].find((answer) => answer.includes(SECRET) && !BY_DESIGN.has(`${actor} ${path}`));
      expect({ path, leak: leak === undefined ? null : around(leak) }).toEqual({ path, leak: null });
      if (!path.includes('{name}')) continue;
      expect({ path, answer: onHidden }).toEqual({
        path,
        answer: (await get('never_table')).replaceAll('never_table', 'NAME'),
      });
    }
  });

  it('is in no answer to an enforcement point that asks as himself', async () => {
    const subject = { type: 'user', id: actor };
    const ask = async (path: string, body: object): Promise<string> => {
      const { status, body: answer } = await test.as(actor).post(`/access/v1/${path}`, { subject, ...body });
      return `${status} ${JSON.stringify(answer)}`;
    };
    for (const action of ['discover', 'edit']) {
      const evaluate = (id: string) => ask('evaluation', { action: { name: action }, resource: { type: 'asset', id } });
      expect(await evaluate(HIDDEN)).toBe(await evaluate(MISSING));
    }
    const ofColumn = (column: string) =>
      ask('evaluation', { action: { name: 'read_column' }, resource: { type: 'column', id: `${OPEN}#${column}` } });
    expect(await ofColumn(COLUMNS.hidden)).toBe(await ofColumn(COLUMNS.missing));
    const actions = (id: string) => ask('search/action', { resource: { type: 'asset', id } });
    expect(await actions(HIDDEN)).toBe(await actions(MISSING));
    for (const [name, type] of [
      ['discover', 'asset'],
      ['read_column', 'column'],
    ])
      expect(await ask('search/resource', { action: { name }, resource: { type } })).not.toContain(SECRET);
  });
});

function around(text: string): string {
  const at = text.indexOf(SECRET);
  return text.slice(Math.max(0, at - 200), at + 100);
}

interface Layer {
  readonly route?: { readonly path: string | readonly string[]; readonly methods: Readonly<Record<string, boolean>> };
}

/** As Express knows them. */
function readPaths(): string[] {
  const express: unknown = test.app.getHttpAdapter().getInstance();
  const { router } = express as { router: { stack: readonly Layer[] } };
  const routes = router.stack.flatMap(({ route }) => (route?.methods['get'] ? [route.path].flat() : []));
  return [...new Set(routes)];
}
