import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readMessage } from '../../src/features/ingestion/readers/read-message.js';
import type { Reading } from '../../src/features/ingestion/readers/statement.js';

const SAMPLES = join(import.meta.dirname, '../../../shared/samples/odcs-contracts-a');

const read = (file: string): Reading =>
  readMessage('ODCS', {
    at: '2026-01-01T00:00:00Z',
    contract: parse(readFileSync(join(SAMPLES, file), 'utf8')) as unknown,
  });
const factsOf = (reading: Reading, name: string): Record<string, unknown> =>
  Object.fromEntries(
    reading.facts.filter(({ asset }) => asset.name === name).map(({ attribute, value }) => [attribute, value]),
  );

// Every expectation was read from the files by hand.
describe.skipIf(!existsSync(SAMPLES))('data contract samples (skipped where ../shared/samples is absent)', () => {
  const UNSERVED = 'contract://53581432-6c55-4ba2-a65f-72344a91553a';
  it.each([
    [
      'all/full-example.odcs.yaml',
      'postgres://localhost:5432',
      ['pypl-edw.pp_access_views.receivers_master', 'pypl-edw.pp_access_views.tbl_1'],
      7,
    ],
    ['data-types/all-data-types.odcs.yaml', UNSERVED, ['transactions_tbl'], 10],
    ['fundamentals/table-column-description.odcs.yaml', UNSERVED, ['tbl'], 1],
    ['quality/column-accuracy.odcs.yaml', UNSERVED, ['Air_Quality'], 1],
    ['quality/column-completeness.odcs.yaml', UNSERVED, ['Air_Quality'], 1],
    ['quality/column-validity.odcs.yaml', UNSERVED, ['Air_Quality'], 1],
    ['roles/service-and-operational-roles.odcs.yaml', UNSERVED, [], 0],
    ['schema/kafka-schema.odcs.yaml', 'kafka://kafkabroker1:9092', ['orders'], 3],
    ['schema/table-column.odcs.yaml', 'contract://53581432-6c55-4ba2-a65f-72344a91553b', ['tbl'], 1],
    ['server/azure-server.odcs.yaml', '', [], 0],
    ['server/kafka-server.odcs.yaml', 'kafka://pkc-7xoy1.eu-central-1.aws.confluent.cloud:9092', ['orders.avro.v1'], 0],
    ['sla/database-table-sla.odcs.yaml', UNSERVED, [], 0],
  ])('%s', (file, namespace, names, columns) => {
    const reading = read(file);
    expect(reading.assets.map(({ name }) => name).sort()).toEqual(names);
    expect(new Set(reading.assets.map((asset) => asset.namespace))).toEqual(
      new Set(names.length > 0 ? [namespace] : []),
    );
    const schemas = reading.facts.filter(({ attribute }) => attribute === 'schema').flatMap(({ value }) => value ?? []);
    expect(schemas).toHaveLength(columns);
    expect(reading.warnings.map(({ path }) => path)).toEqual(names.length > 0 ? [] : ['contract.schema']);
  });

  it('says everything of the full example', () => {
    const facts = factsOf(read('all/full-example.odcs.yaml'), 'pypl-edw.pp_access_views.tbl_1');
    expect(facts).toMatchObject({
      displayName: 'Core Payment Metrics',
      description: 'Provides core payment metrics',
      platform: 'postgres',
      subtype: 'TABLE',
      domain: 'seller',
      lifecycle: null,
      tags: ['finance', 'payments', 'transactions'],
      owners: ['daustin'],
      dataProducts: ['my quantum'],
      schema: [
        { path: 'txn_ref_dt', type: 'date', description: 'Reference date for transaction', ordinal: 1 },
        { path: 'rcvr_id', type: 'varchar(18)', description: 'A description for column rcvr_id.', ordinal: 2 },
        { path: 'rcvr_cntry_code', type: 'varchar(2)', description: 'Country code', ordinal: 3 },
      ],
      columnWords: {
        txn_ref_dt: { tags: [], terms: [], sensitivity: 0 },
        rcvr_id: { tags: ['uid'], terms: [], sensitivity: 3 },
        rcvr_cntry_code: { tags: [], terms: [], sensitivity: 0 },
      },
    });
    expect(facts['facet:contract']).toMatchObject({ price: { priceAmount: 9.95 }, tenant: 'ClimateQuantumInc' });
    // What is about the other table of the contract is not in it: neither its columns nor what points to them.
    expect(JSON.stringify(facts)).not.toMatch(/receiver_name|receivers\.id|receiver_types/);
    expect(facts['facet:serviceLevels']).toMatchObject({ properties: { length: 8 } });
  });
});
