import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDbt, readOpenLineage, refText } from '../features/ingestion/index.js';
import { parsePolicySet } from '../platform/access/policy-document.js';
import { runPolicyTests } from '../platform/access/policy-tests.js';
import { dbtArtifacts } from './company-dbt.js';
import { openLineageEvents } from './company-events.js';
import { loadCompany } from './company.js';

const company = loadCompany(join(import.meta.dirname, '../../demo'));
const TODAY = new Date('2026-06-01');
const events = openLineageEvents(company, TODAY);
const readings = [
  ...events.map(readOpenLineage),
  readDbt(dbtArtifacts(company, TODAY) as Parameters<typeof readDbt>[0]),
];
const datasets = new Map(
  readings.flatMap((reading) => reading.assets.filter(({ kind }) => kind === 'DATASET').map((ref) => [refText(ref), ref])),
);

describe('the demo company', () => {
  it('is large enough to look around in', () => {
    const schemas = new Map(
      readings.flatMap((reading) =>
        reading.facts
          .filter((fact) => fact.attribute === 'schema' && Array.isArray(fact.value))
          .map((fact) => [refText(fact.asset), (fact.value as unknown[]).length]),
      ),
    );
    const columns = [...schemas.values()].reduce((sum, count) => sum + count, 0);
    const platforms = new Set([...datasets.values()].map((ref) => ref.namespace.split(':')[0]));
    const domains = new Set([...company.tables, ...company.marts].map(({ domain }) => domain.split('/')[0]));
    expect(datasets.size).toBeGreaterThanOrEqual(60);
    expect(columns).toBeGreaterThanOrEqual(600);
    expect([...platforms].sort()).toEqual(['kafka', 'postgres', 's3', 'snowflake']);
    expect(domains.size).toBe(6);
    expect(company.accounts.filter(({ kind }) => kind === 'PERSON')).toHaveLength(8);
  });

  it('refers only to tables and marts that there are', () => {
    const known = new Set([...company.tables.map(({ table }) => table), ...company.marts.map(({ mart }) => mart)]);
    const named = [
      ...company.marts.flatMap((mart) => mart.columns.flatMap((column) => column.sources.map(({ table }) => table))),
      ...company.dashboards.flatMap(({ from }) => from),
      ...company.words.map((words) => words.mart ?? words.table ?? ''),
    ];
    expect(named.filter((name) => !known.has(name))).toEqual([]);
  });

  it('sends the same events on the same day, each once, and none that is odd', () => {
    expect(openLineageEvents(company, TODAY)).toEqual(events);
    expect(new Set(events.map((event) => JSON.stringify(event))).size).toBe(events.length);
    expect(readings.flatMap(({ warnings }) => warnings)).toEqual([]);
  });

  it('has policies whose own tests pass', () => {
    expect(runPolicyTests(parsePolicySet(company.policies), TODAY)).toEqual([]);
  });
});
