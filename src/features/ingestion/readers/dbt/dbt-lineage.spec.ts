import { describe, expect, it } from 'vitest';
import { resolveTask } from '../../sql/sql-task.js';
import { manifestOf, node } from './artifacts.testing.js';
import { withDbtColumnFlows } from './dbt-sql.js';
import { readDbt } from './read-dbt.js';
import { columnFlows, flowsInto, read, said } from './reading.testing.js';

describe('exposures and meanings', () => {
  it('shows an exposure as a dashboard with its owner and link', () => {
    const reading = read(manifestOf(12));
    expect(said(reading, 'weekly_eggs', 'DASHBOARD')).toMatchObject({
      subtype: 'DASHBOARD',
      owners: ['Ida'],
      'facet:link': { url: 'https://bi.farm.example/eggs' },
      'facet:dbt': { maturity: 'high' },
    });
    expect(flowsInto(reading, 'weekly_eggs')).toEqual(['farm.public.eggs_by_hen', 'farm.barn.eggs']);
  });

  it('reads metrics of dbt 1.0 to 1.5, on models and on each other', () => {
    const old = { name: 'eggs', type: 'sum', sql: 'eggs', depends_on: { nodes: ['model.farm.eggs_by_hen'] } };
    const newer = {
      name: 'eggs_k',
      label: 'Thousand eggs',
      calculation_method: 'derived',
      expression: "{{metric('eggs')}} / 1000",
      depends_on: { nodes: ['metric.farm.eggs'] },
    };
    const reading = read(manifestOf(7, { metrics: { 'metric.farm.eggs': old, 'metric.farm.eggs_k': newer } }));
    expect(flowsInto(reading, 'metric.farm.eggs')).toEqual(['farm.public.eggs_by_hen']);
    expect(flowsInto(reading, 'metric.farm.eggs_k')).toEqual(['metric.farm.eggs']);
    expect(said(reading, 'metric.farm.eggs')['facet:dbtMetric']).toMatchObject({ type: 'sum', expression: 'eggs' });
    expect(said(reading, 'metric.farm.eggs_k')).toMatchObject({ displayName: 'Thousand eggs', subtype: 'METRIC' });
  });

  it('reads semantic models, metrics and saved queries of dbt 1.6 and newer, columns included', async () => {
    const manifest = manifestOf(12, {
      semantic_models: {
        'semantic_model.farm.eggs': {
          name: 'eggs',
          description: 'Eggs to count.',
          node_relation: { relation_name: '"farm"."public"."eggs_by_hen"' },
          entities: [{ name: 'hen', type: 'primary', expr: 'hen_id' }],
          dimensions: [{ name: 'is_many', type: 'categorical', expr: 'case when eggs > 5 then 1 else 0 end' }],
          measures: [{ name: 'total', agg: 'sum', expr: 'eggs', description: 'All eggs.' }],
          depends_on: { nodes: ['model.farm.eggs_by_hen'] },
        },
      },
      metrics: {
        'metric.farm.total': {
          name: 'total',
          type: 'simple',
          type_params: { measure: { name: 'total' }, expr: null },
          depends_on: { nodes: ['semantic_model.farm.eggs'] },
        },
      },
      saved_queries: {
        'saved_query.farm.weekly': {
          name: 'weekly',
          query_params: { metrics: ['total'], group_by: [] },
          exports: [
            { name: 'weekly', config: { export_as: 'table', schema_name: 'out', alias: 'weekly', database: 'farm' } },
          ],
          depends_on: { nodes: ['metric.farm.total'] },
        },
      },
    });
    const reading = read(manifest);
    expect(said(reading, 'semantic_model.farm.eggs')).toMatchObject({
      subtype: 'SEMANTIC_MODEL',
      schema: [
        { path: 'hen', type: 'entity primary' },
        { path: 'is_many', type: 'dimension categorical' },
        { path: 'total', type: 'measure sum', description: 'All eggs.' },
      ],
    });
    expect(flowsInto(reading, 'semantic_model.farm.eggs')).toEqual(['farm.public.eggs_by_hen']);
    expect(flowsInto(reading, 'metric.farm.total')).toEqual(['semantic_model.farm.eggs']);
    expect(flowsInto(reading, 'saved_query.farm.weekly')).toEqual(['metric.farm.total']);
    expect(flowsInto(reading, 'farm.out.weekly')).toEqual(['saved_query.farm.weekly']);
    expect((await columnFlows({ manifest })).filter((flow) => flow.includes('semantic_model'))).toEqual([
      'farm.public.eggs_by_hen.eggs -> semantic_model.farm.eggs.is_many INDIRECT/CONDITIONAL',
      'farm.public.eggs_by_hen.eggs -> semantic_model.farm.eggs.total DIRECT/AGGREGATION',
      'farm.public.eggs_by_hen.hen_id -> semantic_model.farm.eggs.hen DIRECT/IDENTITY',
    ]);
  });
});

describe('the sync of a project', () => {
  it('is complete, and lists what the project has and not what it merely mentions', () => {
    const { sync } = read(manifestOf(12), { removals: 'APPLY' });
    expect(sync).toMatchObject({
      id: 'invocation of 2026-03-01T06:00:00Z',
      at: new Date('2026-03-01T06:00:00Z'),
      scope: { include: [], exclude: [] },
      isComplete: true,
      removals: 'APPLY',
    });
    expect(sync?.seen.map(({ kind, name }) => `${kind} ${name}`).sort()).toEqual([
      'DASHBOARD weekly_eggs',
      'DATASET farm.barn.eggs',
      'DATASET farm.public.eggs_by_hen',
      'DATASET farm.public.hens_history',
      'DATASET farm.public.stg_eggs',
      'DATASET farm.seeds.hens',
      'JOB model.farm.clean_eggs',
      'JOB model.farm.eggs_by_hen',
      'JOB model.farm.stg_eggs',
      'JOB seed.farm.hens',
      'JOB snapshot.farm.hens_history',
    ]);
  });

  it('takes less away without being told to', () => {
    expect(read(manifestOf(12)).sync?.removals).toBe('GUARD');
  });
});

describe('column lineage', () => {
  it('says nothing of columns for what dbt did not compile, so that an earlier word stays', async () => {
    const nodes = {
      'model.farm.stg_eggs': node(12, 'model', 'stg_eggs', {
        raw_code: "select * from {{ ref('clean_eggs') }}",
        parents: ['model.farm.clean_eggs'],
      }),
    };
    const artifacts = { manifest: manifestOf(12, { nodes }) };
    const { lineage } = await withDbtColumnFlows(readDbt(artifacts), artifacts, async (task) => resolveTask(task));
    const about = lineage.filter(({ job }) => job?.name === 'model.farm.stg_eggs');
    expect(about.map(({ origin, inputs }) => [origin, inputs.map(({ name }) => name)])).toEqual([
      ['DBT', ['farm.barn.eggs']],
    ]);
  });

  it('says that there are none for SQL that cannot be read', async () => {
    const nodes = { 'model.farm.stg_eggs': node(12, 'model', 'stg_eggs', { code: 'select from from', parents: [] }) };
    const artifacts = { manifest: manifestOf(12, { nodes }) };
    const { lineage } = await withDbtColumnFlows(readDbt(artifacts), artifacts, async () => []);
    expect(
      lineage.find(({ job, origin }) => job?.name === 'model.farm.stg_eggs' && origin === 'SQL')?.outputs,
    ).toMatchObject([{ columnFlows: [] }]);
  });

  it('leaves out what an incremental model reads of itself', async () => {
    const code = 'select id as n from "farm"."public"."stg_eggs" where id > (select max(n) from "farm"."public"."inc")';
    const nodes = {
      'model.farm.inc': node(12, 'model', 'inc', {
        code,
        parents: ['model.farm.stg_eggs'],
        config: { materialized: 'incremental' },
      }),
    };
    expect(
      (await columnFlows({ manifest: manifestOf(12, { nodes }) })).filter((flow) => flow.includes('public.inc')),
    ).toEqual([
      'farm.public.stg_eggs.id -> farm.public.inc.* INDIRECT/FILTER',
      'farm.public.stg_eggs.id -> farm.public.inc.n DIRECT/IDENTITY',
    ]);
  });
});
