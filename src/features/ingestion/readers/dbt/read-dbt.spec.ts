import { describe, expect, it } from 'vitest';
import { catalogOf, manifestOf, MANIFEST_VERSIONS, node, runResultsOf } from './artifacts.testing.js';
import { columnFlows, flowsInto, read, said } from './reading.testing.js';

const RESULTS = runResultsOf({
  results: {
    'model.farm.stg_eggs': {
      status: 'success',
      timing: [{ started_at: '2026-03-01T06:01:00Z', completed_at: '2026-03-01T06:02:00Z' }],
    },
    'model.farm.eggs_by_hen': { status: 'error', message: 'division by zero' },
    'snapshot.farm.hens_history': 'skipped',
    'test.farm.not_null_stg_eggs_id.1a': { status: 'fail', failures: 3, message: 'Got 3 results' },
    'test.farm.no_egg_without_hen': 'pass',
    'model.farm.gone': 'success',
  },
});

describe('manifest versions', () => {
  /** Names of newer things are in facets of dbt's own; everything else must be the same. */
  const neutral = (version: number): unknown => {
    const reading = read(manifestOf(version), { runResults: RESULTS });
    const facts = reading.facts.filter(({ attribute }) => attribute !== 'facet:dbt');
    const lineage = reading.lineage.map((statement) => ({ ...statement, hash: null }));
    return JSON.parse(JSON.stringify({ ...reading, facts, lineage }));
  };
  const first = neutral(4);

  it.each(MANIFEST_VERSIONS)('reads v%i to the same statements', (version) => {
    expect(neutral(version)).toEqual(first);
  });

  it.each(MANIFEST_VERSIONS)('finds the columns in the SQL of v%i', async (version) => {
    const flows = await columnFlows({ manifest: manifestOf(version) });
    expect(flows).toEqual([
      'farm.barn.eggs.cracked -> farm.public.stg_eggs.* INDIRECT/FILTER',
      'farm.barn.eggs.hen -> farm.public.stg_eggs.hen_id DIRECT/IDENTITY',
      'farm.barn.eggs.id -> farm.public.stg_eggs.id DIRECT/IDENTITY',
      'farm.public.stg_eggs.hen_id -> farm.public.eggs_by_hen.* INDIRECT/GROUP_BY',
      'farm.public.stg_eggs.hen_id -> farm.public.eggs_by_hen.hen_id DIRECT/IDENTITY',
      'farm.public.stg_eggs.id -> farm.public.eggs_by_hen.eggs DIRECT/AGGREGATION',
    ]);
  });

  it('reads a version that it does not know, with a warning', () => {
    const reading = read(manifestOf(13));
    expect(reading.warnings).toEqual([
      { path: 'manifest', message: 'is of v13; v4 to v12 are known, and what is new in it is left out' },
    ]);
    expect(said(reading, 'stg_eggs')['subtype']).toBe('VIEW');
  });

  it.each([1, 2, 3])('refuses v%i and says what to do', (version) => {
    expect(() => read(manifestOf(version))).toThrow(
      `Manifest v${version} is too old; v4 to v12 are read. Make it anew with dbt 1.0 or newer.`,
    );
  });

  it.each([
    ['catalog', { catalog: manifestOf(12) }, "'catalog' is not what dbt writes into catalog.json."],
    ['runResults', { runResults: [] }, "'runResults' is not what dbt writes into run_results.json."],
    ['sources', { sources: 'x' }, "'sources' is not what dbt writes into sources.json."],
  ])('refuses what is no %s', (_, rest, message) => {
    expect(() => read(manifestOf(12), rest)).toThrow(message);
  });

  it('refuses what is no manifest', () => {
    expect(() => read(RESULTS)).toThrow("'manifest' is no dbt manifest");
    expect(() => read(manifestOf(12, { generatedAt: 'yesterday' }))).toThrow('generated_at');
  });
});

describe('tables', () => {
  it('says what each materialization makes', () => {
    const made = (materialized: string): unknown =>
      said(
        read(manifestOf(12, { nodes: { 'model.farm.x': node(12, 'model', 'x', { config: { materialized } }) } })),
        '.x',
      )['subtype'];
    expect(['table', 'view', 'incremental', 'materialized_view', 'dynamic_table'].map(made)).toEqual([
      'TABLE',
      'VIEW',
      'TABLE',
      'MATERIALIZED_VIEW',
      'TABLE',
    ]);
    const reading = read(manifestOf(12));
    expect(['hens', 'hens_history', 'barn.eggs'].map((name) => said(reading, name)['subtype'])).toEqual([
      'SEED',
      'SNAPSHOT',
      'SOURCE',
    ]);
  });

  it('passes an ephemeral model through to its consumers, and keeps it to be found', () => {
    const reading = read(manifestOf(12));
    expect(reading.assets.map(({ name }) => name)).not.toContain('farm.public.clean_eggs');
    expect(flowsInto(reading, 'stg_eggs')).toEqual(['farm.barn.eggs']);
    expect(said(reading, 'clean_eggs', 'JOB')).toMatchObject({ subtype: 'MODEL', displayName: 'clean_eggs' });
  });

  it('knows what a snapshot and a seed are made by', () => {
    const reading = read(manifestOf(12));
    expect(flowsInto(reading, 'hens_history')).toEqual(['farm.seeds.hens']);
    expect(said(reading, 'snapshot.farm.hens_history', 'JOB')['subtype']).toBe('SNAPSHOT');
    expect(said(reading, 'seed.farm.hens', 'JOB')['facet:sql']).toBeNull();
  });

  it('takes the words of meta, and keeps the rest of it', () => {
    expect(said(read(manifestOf(12)), 'public.eggs_by_hen')).toMatchObject({
      owners: ['poultry'],
      domain: 'farm/eggs',
      sensitivity: 1,
      terms: ['Egg'],
      'facet:dbt': { meta: { tier: 1 }, uniqueKey: 'hen_id', materialized: 'incremental' },
    });
  });

  it('gives a table to the group of its model, unless meta names somebody', () => {
    const groups = {
      'group.farm.coop': { name: 'coop', package_name: 'farm', owner: { name: 'Coop', email: 'c@farm.example' } },
    };
    const nodes = {
      'model.farm.a': node(12, 'model', 'a', { group: 'coop' }),
      'model.farm.b': node(12, 'model', 'b', { group: 'coop', meta: { owner: { email: 'ida@farm.example' } } }),
    };
    const reading = read(manifestOf(12, { nodes, groups }));
    expect(said(reading, 'public.a')).toMatchObject({
      owners: ['coop'],
      'facet:dbt': { group: { name: 'coop', owner: { name: 'Coop', email: 'c@farm.example' } } },
    });
    expect(said(reading, 'public.b')['owners']).toEqual(['ida@farm.example']);
  });

  it('knows versions, access and what is deprecated', () => {
    const parts = { alias: 'a_v1', version: 1, latest_version: 2, access: 'public', deprecation_date: '2026-12-31' };
    const reading = read(manifestOf(12, { nodes: { 'model.farm.a.v1': node(12, 'model', 'a', parts) } }));
    expect(said(reading, 'public.a_v1')).toMatchObject({
      lifecycle: 'DEPRECATED',
      'facet:dbt': { version: 1, latestVersion: 2, access: 'public', deprecationDate: '2026-12-31' },
    });
    expect(said(reading, 'model.farm.a.v1', 'JOB')['lifecycle']).toBe('DEPRECATED');
    expect(said(reading, 'stg_eggs')['lifecycle']).toBeNull();
  });

  it('keeps the code of a Python model, and its table lineage', async () => {
    const python = node(12, 'model', 'py', {
      language: 'python',
      code: 'def model(dbt, session): ...',
      parents: ['seed.farm.hens'],
    });
    const manifest = manifestOf(12, { nodes: { 'model.farm.py': python } });
    const reading = read(manifest);
    expect(said(reading, 'model.farm.py', 'JOB')).toMatchObject({
      'facet:sql': null,
      'facet:sourceCode': { language: 'python', sourceCode: 'def model(dbt, session): ...' },
    });
    expect(flowsInto(reading, 'public.py')).toEqual(['farm.seeds.hens']);
    expect((await columnFlows({ manifest })).filter((flow) => flow.includes('public.py'))).toEqual([]);
  });

  it('does not see what is disabled', () => {
    const nodes = { 'model.farm.off': node(12, 'model', 'off', { config: { enabled: false } }) };
    const names = read(manifestOf(12, { nodes })).assets.map(({ name }) => name);
    expect(names.filter((name) => /off|old_eggs/.test(name))).toEqual([]);
  });

  it('tells the models of packages apart', () => {
    const nodes = { 'model.feed.stg_eggs': node(12, 'model', 'stg_eggs', { package_name: 'feed', schema: 'feed' }) };
    const reading = read(manifestOf(12, { nodes }));
    expect(said(reading, 'feed.stg_eggs')['facet:dbt']).toMatchObject({ package: 'feed' });
    expect(said(reading, 'model.feed.stg_eggs', 'JOB')['displayName']).toBe('stg_eggs');
  });

  it('lets a seed and the source that reads it describe one table together', () => {
    const seed = node(12, 'seed', 'eggs', { schema: 'barn', description: '', tags: ['seeded'], meta: { tier: 2 } });
    const own = said(read(manifestOf(12, { nodes: { 'seed.farm.eggs': seed } })), 'barn.eggs');
    expect(own).toMatchObject({
      subtype: 'SEED',
      description: 'Eggs as they were laid.',
      tags: ['seeded'],
      'facet:dbt': { uniqueId: 'seed.farm.eggs' },
      'facet:dbtSource': { source: 'barn', loader: 'by hand' },
    });
  });
});

describe('columns', () => {
  const typed = catalogOf({ 'model.farm.stg_eggs': { ID: 'bigint', HEN_ID: 'bigint', LAID_ON: 'date' } });

  it('come from the catalog, with the words of the manifest under the names the catalog has', () => {
    const own = said(read(manifestOf(12), { catalog: typed }), 'stg_eggs');
    expect(own['schema']).toEqual([
      { path: 'ID', type: 'bigint', description: 'Number on the egg.', ordinal: 1 },
      { path: 'HEN_ID', type: 'bigint', description: null, ordinal: 2 },
      { path: 'LAID_ON', type: 'date', description: null, ordinal: 3 },
    ]);
    expect(own['columnWords']).toMatchObject({ ID: { tags: ['key'] }, HEN_ID: { tags: [] } });
    expect(own['facet:dbtCatalog']).toMatchObject({ owner: 'loader', statistics: { row_count: 12 } });
  });

  it('says nothing of a schema without a catalog, so that an earlier one stays', () => {
    const own = said(read(manifestOf(12)), 'stg_eggs');
    expect(own).not.toHaveProperty('schema');
    expect(own['columnWords']).toMatchObject({ id: { description: 'Number on the egg.', type: null } });
  });

  it('dates the schema by whichever of manifest and catalog is newer', () => {
    const dateOf = (manifestAt: string): string | undefined =>
      read(manifestOf(12, { generatedAt: manifestAt }), { catalog: typed })
        .facts.find(({ attribute }) => attribute === 'schema')
        ?.assertedAt.toISOString();
    expect(dateOf('2026-03-01T06:00:00Z')).toBe('2026-03-01T06:05:00.000Z');
    expect(dateOf('2026-03-02T06:00:00Z')).toBe('2026-03-02T06:00:00.000Z');
  });

  it('has the types and constraints of a contract where no catalog is', async () => {
    const contracted = node(12, 'model', 'a', {
      contract: { enforced: true },
      constraints: [{ type: 'primary_key', columns: ['id'] }],
      columns: {
        id: { name: 'id', data_type: 'int', constraints: [{ type: 'not_null' }] },
        n: { name: 'n', data_type: 'text' },
      },
    });
    const reader = node(12, 'model', 'b', { code: 'select * from "farm"."public"."a"', parents: ['model.farm.a'] });
    const manifest = manifestOf(12, { nodes: { 'model.farm.a': contracted, 'model.farm.b': reader } });
    const own = said(read(manifest), 'public.a');
    expect(own['columnWords']).toMatchObject({ id: { type: 'int' }, n: { type: 'text' } });
    expect(own['facet:dbt']).toMatchObject({
      contract: { isEnforced: true, constraints: [{ type: 'primary_key', columns: ['id'] }] },
      columns: { id: { constraints: [{ type: 'not_null' }] } },
    });
    // A star can be spelled out, because a contract lists every column.
    expect((await columnFlows({ manifest })).filter((flow) => flow.includes('public.b'))).toEqual([
      'farm.public.a.id -> farm.public.b.id DIRECT/IDENTITY',
      'farm.public.a.n -> farm.public.b.n DIRECT/IDENTITY',
    ]);
  });
});

describe('tests, runs and freshness', () => {
  it('lists the tests of each table, and what came of them', () => {
    const reading = read(manifestOf(12), { runResults: RESULTS });
    const own = said(reading, 'stg_eggs');
    expect(own['facet:dbtTests']).toEqual([
      {
        id: 'test.farm.not_null_stg_eggs_id.1a',
        name: 'not_null_stg_eggs_id',
        kind: 'GENERIC',
        test: 'not_null',
        column: 'id',
        severity: 'ERROR',
        description: null,
      },
      {
        id: 'test.farm.relationships_stg_eggs_hen_id.2b',
        name: 'relationships_stg_eggs_hen_id',
        kind: 'GENERIC',
        test: 'relationships',
        column: 'hen_id',
        severity: 'ERROR',
        description: null,
      },
    ]);
    expect(own['facet:dbtTest:test.farm.not_null_stg_eggs_id.1a']).toEqual({
      status: 'fail',
      failures: 3,
      message: 'Got 3 results',
      column: 'id',
      severity: 'ERROR',
      executedAt: '2026-03-01T06:10:00.000Z',
      invocation: 'run-1',
    });
    // A singular test is about everything it reads.
    for (const name of ['eggs_by_hen', 'seeds.hens'])
      expect(said(reading, name)['facet:dbtTest:test.farm.no_egg_without_hen']).toMatchObject({
        status: 'pass',
        column: null,
      });
  });

  it('takes back the tests that a manifest no longer has', () => {
    const nodes = {
      'test.farm.not_null_stg_eggs_id.1a': undefined,
      'test.farm.relationships_stg_eggs_hen_id.2b': undefined,
    };
    expect(said(read(manifestOf(12, { nodes })), 'stg_eggs')['facet:dbtTests']).toBeNull();
  });

  it('knows the results of a later `dbt test` by their own time', () => {
    const later = runResultsOf({
      which: 'test',
      invocation: 'test-2',
      generatedAt: '2026-03-02T06:00:00Z',
      results: { 'test.farm.not_null_stg_eggs_id.1a': 'pass' },
    });
    const fact = read(manifestOf(12), { runResults: later }).facts.find(({ attribute }) =>
      attribute.startsWith('facet:dbtTest:'),
    );
    expect(fact?.assertedAt.toISOString()).toBe('2026-03-02T06:00:00.000Z');
    expect(fact?.value).toMatchObject({ status: 'pass', invocation: 'test-2' });
  });

  it('reads unit tests, onto the model they are about', () => {
    const id = 'unit_test.farm.eggs_by_hen.counts';
    const unit = {
      resource_type: 'unit_test',
      name: 'counts',
      model: 'eggs_by_hen',
      depends_on: { nodes: ['model.farm.eggs_by_hen'] },
    };
    const runResults = runResultsOf({ which: 'test', results: { [id]: 'fail' } });
    const own = said(read(manifestOf(12, { unit_tests: { [id]: unit } }), { runResults }), 'public.eggs_by_hen');
    expect(own[`facet:dbtTest:${id}`]).toMatchObject({ status: 'fail' });
    expect(own['facet:dbtTests']).toContainEqual(expect.objectContaining({ id, kind: 'UNIT', test: null }));
  });

  it('knows the runs of models, snapshots and seeds', () => {
    const { runs } = read(manifestOf(12), { runResults: RESULTS });
    expect(runs.map((run) => `${run.job.name} ${run.eventType} ${run.eventTime.toISOString()}`)).toEqual([
      'model.farm.stg_eggs START 2026-03-01T06:01:00.000Z',
      'model.farm.stg_eggs COMPLETE 2026-03-01T06:02:00.000Z',
      'model.farm.eggs_by_hen START 2026-03-01T06:10:00.000Z',
      'model.farm.eggs_by_hen FAIL 2026-03-01T06:10:00.000Z',
      'snapshot.farm.hens_history START 2026-03-01T06:10:00.000Z',
      'snapshot.farm.hens_history ABORT 2026-03-01T06:10:00.000Z',
    ]);
    expect(runs[3]?.facets).toMatchObject({ errorMessage: { message: 'division by zero' } });
  });

  it.each(['compile', 'generate', 'parse'])('takes the results of `dbt %s` for no runs and no tests', (which) => {
    const results = { 'model.farm.stg_eggs': 'success', 'test.farm.not_null_stg_eggs_id.1a': 'success' };
    const reading = read(manifestOf(12), { runResults: runResultsOf({ which, results }) });
    expect(reading.runs).toEqual([]);
    expect(reading.facts.filter(({ attribute }) => attribute.startsWith('facet:dbtTest:'))).toEqual([]);
  });

  it('knows how fresh a source was', () => {
    const sources = {
      metadata: {
        dbt_schema_version: 'https://schemas.getdbt.com/dbt/sources/v3.json',
        generated_at: '2026-03-01T07:00:00Z',
      },
      results: [
        {
          unique_id: 'source.farm.barn.eggs',
          status: 'warn',
          max_loaded_at: '2026-02-27T00:00:00Z',
          snapshotted_at: '2026-03-01T06:59:00Z',
          max_loaded_at_time_ago_in_s: 198000,
          criteria: { warn_after: { count: 1, period: 'day' } },
        },
        { unique_id: 'source.farm.barn.gone', status: 'pass' },
      ],
    };
    expect(said(read(manifestOf(12), { sources }), 'barn.eggs')['facet:dbtFreshness']).toMatchObject({
      status: 'warn',
      maxLoadedAt: '2026-02-27T00:00:00Z',
      checkedAt: '2026-03-01T06:59:00.000Z',
      ageSeconds: 198000,
    });
  });
});
