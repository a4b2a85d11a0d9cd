import { describe, expect, it } from 'vitest';
import { Invalid } from '../../../../core/errors.js';
import { readOdcs } from './read-odcs.js';

const AT = '2026-03-01T10:00:00Z';
const base = { apiVersion: 'v3.0.2', kind: 'DataContract', id: 'orders-1', version: '1.0.0', status: 'active' };
const read = (contract: object, more: object = {}): ReturnType<typeof readOdcs> =>
  readOdcs({ at: AT, contract: { ...base, ...contract }, ...more });
const said = (contract: object): Record<string, unknown> =>
  Object.fromEntries(read(contract).facts.map(({ attribute, value }) => [attribute, value]));
const table = (more: object = {}): object => ({ name: 'orders', physicalName: 'orders_v1', ...more });

describe('readOdcs', () => {
  // Namespaces and names of the OpenLineage naming specification, written by hand.
  it.each([
    [
      { type: 'postgres', host: 'db.acme', port: 5433, database: 'shop', schema: 'public' },
      'postgres://db.acme:5433',
      'shop.public.orders_v1',
    ],
    [
      { type: 'postgresql', host: 'db.acme', database: 'shop', schema: 'public' },
      'postgres://db.acme:5432',
      'shop.public.orders_v1',
    ],
    [{ type: 'mysql', host: 'db.acme', database: 'shop' }, 'mysql://db.acme:3306', 'shop.orders_v1'],
    [
      { type: 'snowflake', account: 'acme-eu1', database: 'SHOP', schema: 'PUBLIC' },
      'snowflake://acme-eu1',
      'SHOP.PUBLIC.orders_v1',
    ],
    [{ type: 'bigquery', project: 'acme', dataset: 'shop' }, 'bigquery', 'acme.shop.orders_v1'],
    [
      { type: 'redshift', host: 'wh.abc123.eu-west-1.redshift.amazonaws.com', database: 'shop', schema: 'public' },
      'redshift://wh.eu-west-1:5439',
      'shop.public.orders_v1',
    ],
    [
      { type: 'databricks', host: 'https://adb-1.azuredatabricks.net', catalog: 'main', schema: 'shop' },
      'unitycatalog://adb-1.azuredatabricks.net',
      'main.shop.orders_v1',
    ],
    [{ type: 'kafka', host: 'broker:9093' }, 'kafka://broker:9093', 'orders_v1'],
    [{ type: 'sqlserver', host: 'sql', database: 'shop', schema: 'dbo' }, 'mssql://sql:1433', 'shop.dbo.orders_v1'],
    [{ type: 'oracle', host: 'ora', serviceName: 'ORCL', schema: 'SHOP' }, 'oracle://ora:1521', 'ORCL.SHOP.orders_v1'],
    [
      { type: 'trino', host: 'trino', port: 8080, catalog: 'hive', schema: 'shop' },
      'trino://trino:8080',
      'hive.shop.orders_v1',
    ],
    [
      { type: 'glue', account: '123', region: 'eu-west-1', database: 'shop' },
      'arn:aws:glue:eu-west-1:123',
      'table/shop/orders_v1',
    ],
    [{ type: 's3', location: 's3://lake/raw/{model}/*.json' }, 's3://lake', 'raw/orders_v1'],
    [{ type: 's3', location: 's3://lake/raw/orders/*.json' }, 's3://lake', 'raw/orders'],
    [
      { type: 'azure', location: 'abfss://c@acc.dfs.core.windows.net/raw/orders' },
      'abfss://c@acc.dfs.core.windows.net',
      'raw/orders',
    ],
    [{ type: 'local', path: '/data/orders.csv' }, 'file', '/data/orders.csv'],
  ])('names the dataset of %j as OpenLineage does', (server, namespace, name) => {
    expect(read({ servers: [server], schema: [table()] }).assets).toEqual([{ kind: 'DATASET', namespace, name }]);
  });

  it('describes the dataset in every server, and under the contract where there is none', () => {
    const servers = ['prod', 'test'].map((host) => ({ type: 'postgres', host, database: 'shop', schema: 'public' }));
    expect(read({ servers, schema: [table()] }).assets.map(({ namespace }) => namespace)).toEqual([
      'postgres://prod:5432',
      'postgres://test:5432',
    ]);
    expect(read({ schema: [table()] }).assets).toEqual([
      { kind: 'DATASET', namespace: 'contract://orders-1', name: 'orders_v1' },
    ]);
    expect(read({ schema: [table()] }, { datasetNamespace: 'db://x' }).assets[0]?.namespace).toBe('db://x');
    const unknown = read({ servers: [{ type: 'zen', host: 'x' }], schema: [table()] });
    expect(unknown.assets[0]?.namespace).toBe('contract://orders-1');
    expect(unknown.warnings[0]?.path).toBe('contract.servers[0].type');
  });

  it('says what the contract promises, as attributes where there are any', () => {
    expect(
      said({
        domain: 'Sales & Orders',
        dataProduct: 'Order book',
        status: 'deprecated',
        tags: ['core'],
        description: { purpose: 'For billing.' },
        slaProperties: [{ property: 'latency', value: 4, element: 'orders.placed_at' }],
        team: {
          name: 'order-team',
          members: [
            { username: 'ann', role: 'Data Owner' },
            { username: 'bo', role: 'Owner', dateOut: '2025-01-01' },
          ],
        },
        schema: [table({ businessName: 'Orders', physicalType: 'table', tags: ['gold'] })],
      }),
    ).toMatchObject({
      displayName: 'Orders',
      description: 'For billing.',
      subtype: 'TABLE',
      domain: 'sales-orders',
      lifecycle: 'DEPRECATED',
      tags: ['core', 'gold'],
      owners: ['ann'],
      dataProducts: ['Order book'],
      'facet:serviceLevels': { properties: [{ property: 'latency', value: 4, element: 'orders.placed_at' }] },
      'facet:contract': { id: 'orders-1', status: 'deprecated', team: { name: 'order-team' } },
    });
  });

  it('makes nobody own by having been in the team; a draft says nothing of the lifecycle', () => {
    const was = said({
      status: 'draft',
      team: [
        { username: 'ann', dateOut: '2025-01-01' },
        { username: 'bo', role: 'engineer' },
      ],
      schema: [table()],
    });
    expect([was['owners'], was['lifecycle']]).toEqual([['bo'], null]);
    expect(
      said({ team: { name: 'crew', members: [{ username: 'bo', role: 'engineer' }] }, schema: [table()] })['owners'],
    ).toEqual(['crew']);
    expect(said({ schema: [table()] })['owners']).toEqual([]);
  });

  it('reads nested columns, and maps classifications it knows', () => {
    const properties = [
      {
        name: 'id',
        physicalType: 'uuid',
        classification: 'Highly-Confidential',
        criticalDataElement: true,
        tags: ['key'],
      },
      {
        name: 'lines',
        logicalType: 'array',
        items: { logicalType: 'object', properties: [{ name: 'sku', logicalType: 'string', description: 'Article.' }] },
      },
      {
        name: 'ship to',
        physicalName: 'ship_to',
        logicalType: 'object',
        properties: [{ name: 'city', classification: 'tier-7' }],
      },
    ];
    const reading = read({ schema: [table({ properties })] });
    const value = (attribute: string): unknown => reading.facts.find((fact) => fact.attribute === attribute)?.value;
    expect(value('schema')).toEqual([
      { path: 'id', type: 'uuid', description: null, ordinal: 1 },
      { path: 'lines', type: 'array<object>', description: null, ordinal: 2 },
      { path: 'lines.sku', type: 'string', description: 'Article.', ordinal: 3 },
      { path: 'ship_to', type: 'object', description: null, ordinal: 4 },
      { path: 'ship_to.city', type: null, description: null, ordinal: 5 },
    ]);
    expect(value('columnWords')).toMatchObject({
      id: { tags: ['critical-data-element', 'key'], sensitivity: 3 },
      'ship_to.city': { sensitivity: null },
    });
    expect(reading.warnings).toEqual([
      {
        path: 'orders.ship_to.city',
        message: "classification 'tier-7' is no sensitivity that is known; it is kept in the contract only",
      },
    ]);
  });

  it('keeps of the contract only what is about the dataset itself', () => {
    const secret = 'salary';
    const reading = read({
      slaProperties: [{ property: 'latency', element: `people.${secret}` }],
      schema: [
        table({
          relationships: [
            { from: 'orders.clerk', to: `people.${secret}` },
            { from: 'orders.a', to: 'orders_v1.b' },
          ],
          properties: [
            { name: 'clerk', relationships: [{ to: `people.${secret}` }] },
            { name: 'a', relationships: [{ to: 'b' }] },
          ],
        }),
        { name: 'people', properties: [{ name: secret }] },
      ],
    });
    const own = reading.facts.filter(({ asset }) => asset.name === 'orders_v1');
    expect(JSON.stringify(own)).not.toContain(secret);
    expect(JSON.stringify(own)).not.toContain('people');
    expect(own.find(({ attribute }) => attribute === 'facet:contract')?.value).toMatchObject({
      schema: [
        {
          relationships: [{ from: 'orders.a' }],
          properties: [{ relationships: [] }, { relationships: [{ to: 'b' }] }],
        },
      ],
    });
  });

  it.each([
    [{ apiVersion: 'v2.2.2' }, "'contract.apiVersion' is 'v2.2.2'; versions 3.0 and 3.1"],
    [{ dataContractSpecification: '1.1.0' }, 'Convert it to ODCS 3'],
    [{ kind: 'Contract' }, `'contract.kind' "Contract" is not 'DataContract'`],
    [{ id: undefined }, "'contract.id' is missing"],
    [
      { schema: [{ name: 'a', properties: [{ name: 'x', required: 'yes' }] }] },
      `'contract.schema[0].properties[0].required' "yes" is neither true nor false.`,
    ],
    [
      { schema: [{ name: 'a', properties: [{ name: 'x', properties: [{}] }] }] },
      `'contract.schema[0].properties[0].properties[0].name' is missing`,
    ],
    [{ servers: [{ type: '' }] }, `'contract.servers[0].type' "" is empty; give the type of server`],
    [{ team: [{ username: 5 }] }, `'contract.team[0].username' 5 is no text`],
    [{ tags: 'gold' }, `'contract.tags' "gold" is no list of texts`],
  ])('refuses %j by its place', (contract, text) => {
    expect(() => read(contract)).toThrow(Invalid);
    expect(() => read(contract)).toThrow(text);
  });
});
