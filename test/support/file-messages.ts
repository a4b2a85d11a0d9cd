import type { TestApp } from './app.js';

export const DB = 'postgres://db:5432';
export const day = (n: number): string => new Date(Date.UTC(2026, 0, n)).toISOString();

const fields = (...names: string[]): object => ({ schema: { fields: names.map((name) => ({ name, type: 'text' })) } });
export const event = (output: string, facets: object): object => ({
  eventType: 'COMPLETE',
  eventTime: '2026-01-01T10:00:00Z',
  run: { runId: `run-${output}` },
  job: { namespace: 'etl', name: 'load' },
  inputs: [],
  outputs: [{ namespace: DB, name: output, facets }],
});
export const documented = (description: string): object => ({ documentation: { description } });

const manifest = {
  metadata: {
    dbt_schema_version: 'https://schemas.getdbt.com/dbt/manifest/v12.json',
    generated_at: '2026-01-02T00:00:00Z',
    project_name: 'shop',
    adapter_type: 'postgres',
  },
  nodes: {
    'model.shop.orders': {
      resource_type: 'model',
      name: 'orders',
      database: 'shop',
      schema: 'public',
      description: 'By dbt.',
      tags: ['dbt'],
      columns: { id: { name: 'id', description: 'Key by dbt.', tags: ['key'] } },
    },
  },
};
const dbt = { manifest, datasetNamespace: DB };
export const contract = {
  at: day(3),
  contract: {
    apiVersion: 'v3.1.0',
    kind: 'DataContract',
    id: 'orders',
    version: '1.0.0',
    status: 'active',
    servers: [{ type: 'postgres', host: 'db', database: 'shop', schema: 'public' }],
    schema: [
      {
        name: 'orders',
        description: 'By contract.',
        properties: [
          { name: 'id', physicalType: 'uuid', classification: 'internal' },
          { name: 'salary', classification: 'restricted' },
        ],
      },
    ],
  },
};
export const catalog = {
  at: day(4),
  source: 'open',
  document: {
    '@context': { dcat: 'http://www.w3.org/ns/dcat#', dct: 'http://purl.org/dc/terms/' },
    '@id': 'https://open.example/',
    '@type': 'dcat:Catalog',
    'dcat:dataset': { '@id': 'https://open.example/trees', '@type': 'dcat:Dataset', 'dct:title': 'Trees' },
  },
};
export const assetsCsv = {
  source: 'inventory',
  at: day(5),
  namespace: DB,
  text: 'name,description,tags,owners\nshop.public.orders,By file.,file,ann\nshop.public.extra,,,\n',
};
const columnsCsv = {
  source: 'columns',
  at: day(5),
  namespace: DB,
  text: 'table;column;description;tags\nshop.public.orders;id;Key by file.;csv\nshop.public.orders;note;;\n',
};
const termsCsv = {
  source: 'terms',
  at: day(6),
  text: 'term,definition,synonyms\nOrder,What a customer buys.,purchase\n',
};
const ownersCsv = {
  source: 'people',
  at: day(6),
  namespace: DB,
  text: 'name,owner,type\nshop.public.orders,bo,steward\n',
};

/** Every kind of source, all about one table. */
export const MESSAGES: readonly (readonly [path: string, body: object])[] = [
  ['/api/v1/lineage', event('shop.public.orders', { ...fields('id', 'salary', 'note'), ...documented('By a run.') })],
  ['/api/v1/dbt', dbt],
  ['/api/v1/odcs', contract],
  ['/api/v1/dcat', catalog],
  ['/api/v1/csv', assetsCsv],
  ['/api/v1/csv', columnsCsv],
  ['/api/v1/csv', termsCsv],
  ['/api/v1/csv', ownersCsv],
];

/** One after the other, until the catalog shows them. */
export async function send(test: TestApp, messages: readonly (readonly [string, object])[]): Promise<void> {
  for (const [path, body] of messages) await test.as('admin').post(path, body).expect(201);
  await test.settle();
}
