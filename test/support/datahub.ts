/** An export of a DataHub of our own: a lending library. Every form in which aspects come is in it. */

const dataset = (platform: string, name: string, fabric = 'PROD'): string =>
  `urn:li:dataset:(urn:li:dataPlatform:${platform},${name},${fabric})`;
const column = (table: string, path: string): string => `urn:li:schemaField:(${table},${path})`;

export const URNS = {
  loans: dataset('snowflake', 'lib.public.loans'),
  loansDev: dataset('snowflake', 'lib.public.loans', 'DEV'),
  members: dataset('snowflake', 'lib.public.members'),
  loansModel: dataset('dbt', 'lib.public.loans'),
  events: dataset('kafka', 'loan-events'),
  archive: dataset('s3', 'lib-archive/loans/2024'),
  oldShelf: dataset('snowflake', 'lib.public.old_shelf'),
  elsewhere: dataset('postgres', 'branches.public.desks'),
  load: 'urn:li:dataJob:(urn:li:dataFlow:(airflow,nightly,prod),load_loans)',
  nightly: 'urn:li:dataFlow:(airflow,nightly,prod)',
  overdue: 'urn:li:chart:(superset,7)',
  board: 'urn:li:dashboard:(superset,7)',
  lending: 'urn:li:domain:5f0c3a1e-0000-4000-8000-000000000001',
  desk: 'urn:li:domain:5f0c3a1e-0000-4000-8000-000000000002',
  loanTerm: 'urn:li:glossaryTerm:5f0c3a1e-0000-4000-8000-000000000003',
  readerTerm: 'urn:li:glossaryTerm:Reader',
  words: 'urn:li:glossaryNode:5f0c3a1e-0000-4000-8000-000000000004',
  product: 'urn:li:dataProduct:5f0c3a1e-0000-4000-8000-000000000005',
  secondProduct: 'urn:li:dataProduct:circulation',
  team: 'urn:li:corpGroup:5f0c3a1e-0000-4000-8000-000000000006',
  shelf: 'urn:li:container:aa01',
  house: 'urn:li:container:aa02',
} as const;

type Body = Readonly<Record<string, unknown>>;

const STAMP = { actor: 'urn:li:corpuser:ines', time: 1_760_000_000_000 };
const typeOf = (urn: string): string => urn.split(':')[2] ?? '';

/** As DataHub's own files have it: the aspect as JSON text. */
function asText(urn: string, aspectName: string, body: Body): object {
  const value = JSON.stringify(body);
  const aspect = { contentType: 'application/json', value };
  return { entityType: typeOf(urn), entityUrn: urn, changeType: 'UPSERT', aspectName, aspect };
}
/** As a file sink writes it. */
function asJson(urn: string, aspectName: string, body: Body): object {
  return { entityType: typeOf(urn), entityUrn: urn, changeType: 'UPSERT', aspectName, aspect: { json: body } };
}
/** As people write it by hand. */
function plain(urn: string, aspectName: string, body: Body): object {
  return { entityType: typeOf(urn), entityUrn: urn, changeType: 'UPSERT', aspectName, aspect: body };
}

const field = (fieldPath: string, nativeDataType: string, more: Body = {}): object => ({
  fieldPath,
  nativeDataType,
  type: { type: { 'com.linkedin.schema.StringType': {} } },
  nullable: true,
  ...more,
});

const TABLES: readonly object[] = [
  asText(URNS.loans, 'datasetProperties', {
    name: 'LOANS',
    description: 'Told by the crawler.',
    customProperties: { retention: '7y' },
    externalUrl: 'https://warehouse.example/loans',
  }),
  asText(URNS.loans, 'editableDatasetProperties', { description: 'One row per loan.', lastModified: STAMP }),
  asJson(URNS.loans, 'documentation', { documentations: [{ documentation: 'Guessed by a machine.' }] }),
  asJson(URNS.loans, 'schemaMetadata', {
    schemaName: 'loans',
    fields: [
      field('loan_id', 'NUMBER', { nullable: false, description: 'Number of the loan.' }),
      field('member_id', 'NUMBER', { glossaryTerms: { terms: [{ urn: URNS.readerTerm }], auditStamp: STAMP } }),
      field('due_on', 'DATE', {
        description: 'Told by the crawler.',
        globalTags: { tags: [{ tag: 'urn:li:tag:date' }] },
      }),
    ],
  }),
  asText(URNS.loans, 'editableSchemaMetadata', {
    editableSchemaFieldInfo: [
      {
        fieldPath: 'due_on',
        description: 'Day by which it is back.',
        globalTags: { tags: [{ tag: 'urn:li:tag:key-date' }] },
      },
    ],
  }),
  asJson(column(URNS.loans, 'member_id'), 'documentation', { documentations: [{ documentation: 'Who borrowed.' }] }),
  asJson(column(URNS.loans, 'member_id'), 'globalTags', { tags: [{ tag: 'urn:li:tag:personal' }] }),
  asJson(column(URNS.loans, 'member_id'), 'structuredProperties', { properties: [{ propertyUrn: 'x', values: [] }] }),
  asText(URNS.loans, 'ownership', {
    owners: [
      { owner: 'urn:li:corpuser:ines', type: 'DATAOWNER' },
      { owner: URNS.team, type: 'NONE', typeUrn: 'urn:li:ownershipType:curator', source: { type: 'MANUAL' } },
    ],
    lastModified: STAMP,
  }),
  asText(URNS.loans, 'globalTags', { tags: [{ tag: 'urn:li:tag:key-date' }, { tag: 'urn:li:tag:nightly' }] }),
  plain(URNS.loans, 'glossaryTerms', { terms: [{ urn: URNS.loanTerm }], auditStamp: STAMP }),
  plain(URNS.loans, 'domains', { domains: [URNS.desk] }),
  plain(URNS.loans, 'container', { container: URNS.shelf }),
  plain(URNS.loans, 'subTypes', { typeNames: ['Table'] }),
  plain(URNS.loans, 'status', { removed: false }),
  plain(URNS.loans, 'datasetProfile', { timestampMillis: 1_760_000_000_000, rowCount: 100 }),
  plain(URNS.loans, 'datasetProfile', { timestampMillis: 1_760_086_400_000, rowCount: 120 }),
  plain(URNS.loans, 'structuredProperties', {
    properties: [{ propertyUrn: 'urn:li:structuredProperty:lib.shelfLife', values: [{ string: 'long' }] }],
  }),
  plain(URNS.loans, 'upstreamLineage', {
    upstreams: [
      { dataset: URNS.events, type: 'TRANSFORMED' },
      { dataset: URNS.members, type: 'COPY' },
      { dataset: URNS.loansModel, type: 'TRANSFORMED' },
    ],
    fineGrainedLineages: [
      {
        upstreamType: 'FIELD_SET',
        upstreams: [column(URNS.members, 'member_id'), column(URNS.loansModel, 'member_id')],
        downstreamType: 'FIELD',
        downstreams: [column(URNS.loans, 'member_id')],
      },
      {
        upstreamType: 'FIELD_SET',
        upstreams: [column(URNS.events, '[version=2.0].[type=struct].[type=struct].loan.[type=string].id')],
        downstreamType: 'FIELD',
        downstreams: [column(URNS.loans, 'loan_id')],
        transformOperation: 'CAST',
        confidenceScore: 0.9,
      },
    ],
  }),
  plain(URNS.loans, 'frobnication', { depth: 3 }),
  asText(URNS.loansDev, 'datasetProperties', { name: 'LOANS', description: 'For trying things out.' }),
  asText(URNS.loansModel, 'datasetProperties', { name: 'loans', description: 'Builds the loans.' }),
  asText(URNS.loansModel, 'siblings', { siblings: [URNS.loans], primary: true }),
  asText(URNS.loans, 'siblings', { siblings: [URNS.loansModel], primary: false }),
  plain(URNS.loansModel, 'viewProperties', { materialized: true, viewLogic: 'select 1', viewLanguage: 'SQL' }),
  asText(URNS.events, 'schemaMetadata', {
    fields: [
      field('[version=2.0].[key=True].[type=struct].[type=string].id', 'string'),
      field('[version=2.0].[type=struct].[type=struct].loan', 'record'),
      field('[version=2.0].[type=struct].[type=struct].loan.[type=string].id', 'string'),
      field('[version=2.0].[type=struct].[type=union].[type=A].[type=string].note', 'string'),
      field('[version=2.0].[type=struct].[type=union].[type=B].[type=int].note', 'int'),
    ],
  }),
  plain(URNS.archive, 'deprecation', {
    deprecated: true,
    note: 'Read the table instead.',
    replacement: URNS.loans,
    actor: 'urn:li:corpuser:ines',
  }),
  {
    proposedSnapshot: {
      'com.linkedin.pegasus2avro.metadata.snapshot.DatasetSnapshot': {
        urn: URNS.members,
        aspects: [
          {
            'com.linkedin.pegasus2avro.dataset.DatasetProperties': { name: 'MEMBERS', description: 'Who may borrow.' },
          },
          { 'com.linkedin.pegasus2avro.common.Status': { removed: false } },
        ],
      },
    },
  },
  plain(URNS.oldShelf, 'datasetProperties', { name: 'OLD_SHELF' }),
  plain(URNS.oldShelf, 'status', { removed: true }),
  plain(column(URNS.oldShelf, 'a'), 'documentation', { documentations: [{ documentation: 'Gone with its table.' }] }),
];

const OTHERS: readonly object[] = [
  plain(URNS.nightly, 'dataFlowInfo', { name: 'nightly', description: 'Every night.' }),
  plain(URNS.load, 'dataJobInfo', { name: 'load loans', type: { string: 'SQL' }, flowUrn: URNS.nightly }),
  plain(URNS.load, 'dataJobInputOutput', {
    inputDatasets: [URNS.events],
    inputDatasetEdges: [{ destinationUrn: URNS.members, lastModified: STAMP }],
    outputDatasets: [URNS.archive, URNS.loans],
    fineGrainedLineages: [
      {
        upstreamType: 'FIELD_SET',
        upstreams: [column(URNS.members, 'member_id')],
        downstreamType: 'FIELD_SET',
        downstreams: [column(URNS.archive, 'member')],
        transformOperation: 'IDENTITY',
      },
    ],
  }),
  plain(URNS.overdue, 'chartInfo', {
    title: 'Overdue',
    inputs: [{ string: URNS.loans }],
    chartUrl: 'https://bi.example/c/7',
  }),
  plain(URNS.board, 'dashboardInfo', {
    title: 'Desk board',
    charts: [URNS.overdue],
    dashboardUrl: 'https://bi.example/7',
  }),
  plain(URNS.board, 'editableDashboardProperties', { description: 'What the desk looks at.', lastModified: STAMP }),
  plain(URNS.desk, 'domainProperties', { name: 'Desk', description: 'Front desk.', parentDomain: URNS.lending }),
  plain(URNS.lending, 'domainProperties', { name: 'Lending' }),
  plain(URNS.words, 'glossaryNodeInfo', { name: 'Library words', definition: 'What we say.' }),
  plain(URNS.loanTerm, 'glossaryTermInfo', {
    name: 'Loan',
    definition: 'A book that somebody took home.',
    termSource: 'INTERNAL',
    parentNode: URNS.words,
  }),
  plain(URNS.loanTerm, 'glossaryRelatedTerms', { hasRelatedTerms: [URNS.readerTerm] }),
  plain(URNS.product, 'dataProductProperties', {
    name: 'Lending figures',
    assets: [{ destinationUrn: URNS.loans, outputPort: true }, { destinationUrn: URNS.elsewhere }],
  }),
  plain(URNS.secondProduct, 'dataProductProperties', { name: 'Circulation', assets: [{ destinationUrn: URNS.loans }] }),
  plain('urn:li:tag:nightly', 'tagProperties', { name: 'Made at night', colorHex: '#123456' }),
  plain('urn:li:corpuser:ines', 'corpUserInfo', { displayName: 'Ines', email: 'ines@lib.example', title: 'Librarian' }),
  plain('urn:li:corpuser:ines', 'corpUserKey', { username: 'ines' }),
  plain(URNS.team, 'corpGroupInfo', { displayName: 'desk-team' }),
  plain('urn:li:ownershipType:curator', 'ownershipTypeInfo', { name: 'Curator' }),
  plain(URNS.shelf, 'containerProperties', { name: 'public' }),
  plain(URNS.shelf, 'container', { container: URNS.house }),
  plain(URNS.house, 'containerProperties', { name: 'lib' }),
  plain('urn:li:structuredProperty:lib.shelfLife', 'propertyDefinition', {
    displayName: 'Shelf life',
    cardinality: 'SINGLE',
  }),
  plain('urn:li:document:rules', 'documentInfo', {
    title: 'House rules',
    contents: { text: 'Three weeks, then a fine.' },
    relatedAssets: [{ asset: URNS.loans }, { asset: URNS.oldShelf }],
  }),
  plain('urn:li:document:lost', 'documentInfo', { title: 'About nothing', relatedAssets: [] }),
  plain('urn:li:mlModel:(urn:li:dataPlatform:mlflow,recommend,PROD)', 'mlModelProperties', {
    description: 'What next?',
  }),
];

const UNREADABLE: readonly unknown[] = [
  { ...plain(URNS.loans, 'globalTags', {}), changeType: 'PATCH' },
  { entityType: 'dataset', changeType: 'UPSERT', aspectName: 'status', aspect: {} },
  { entityUrn: URNS.members, aspectName: 'datasetKey', aspect: { contentType: 'application/json', value: '{broken' } },
  'not even an object',
];

/** In the order of a file; nothing depends on it. */
export const LIBRARY: readonly unknown[] = [...TABLES, ...OTHERS, ...UNREADABLE];

/** Aspects in it: the event has two. */
export const LIBRARY_PROPOSALS = LIBRARY.length + 1;
