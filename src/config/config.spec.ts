import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { CONFIG_VARIABLES, ConfigError, loadConfig, runLibrariesInProduction } from './config.js';

function problemsOf(env: NodeJS.ProcessEnv): string[] {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError)
      return error.problems.map((each) => `${each.variable} ${each.problem}. ${each.fix}`);
    throw error;
  }
  return [];
}

describe('loadConfig', () => {
  it('has a default for everything', () => {
    expect(loadConfig({})).toEqual({
      databaseUrl: null,
      meiliUrl: null,
      meiliMasterKey: null,
      host: '127.0.0.1',
      port: 4000,
      trustedProxies: [],
      dataDir: resolve('.cadastre'),
      dataDirIsDefault: true,
      policyReview: false,
      auditKeyFile: resolve('.cadastre', 'audit-key.pem'),
      configFile: resolve('cadastre.yaml'),
      configFileIsDefault: true,
      secretsDir: '/run/secrets',
      demo: true,
      explorer: true,
      logLevel: 'info',
      logFormat: 'json',
      resetAdminToken: false,
      maxEventBytes: 16_777_216,
      maxInflatedBytes: 67_108_864,
      maxGraphqlBytes: 262_144,
      maxQueryDepth: 12,
      maxQueryAliases: 30,
      maxQueryCost: 20_000,
      poolSize: 10,
      ingestBacklogLimit: 50_000,
      lineageMemoryBytes: 536_870_912,
      purgeAfterDays: 90,
    });
  });

  it('loads no demo into an external database, unless told to', () => {
    const DATABASE_URL = 'postgresql://me:secret@db.internal/catalog';
    expect(loadConfig({ DATABASE_URL })).toMatchObject({ databaseUrl: DATABASE_URL, demo: false });
    expect(loadConfig({ DATABASE_URL, CADASTRE_DEMO: 'true' }).demo).toBe(true);
    expect(loadConfig({ CADASTRE_DEMO: '0' }).demo).toBe(false);
  });

  it('serves no explorer in production, unless told to', () => {
    expect(loadConfig({ NODE_ENV: 'production' }).explorer).toBe(false);
    expect(loadConfig({ NODE_ENV: 'production', CADASTRE_EXPLORER: '1' }).explorer).toBe(true);
  });

  it('makes the data folder absolute and remembers that it was chosen', () => {
    const config = loadConfig({ CADASTRE_DATA_DIR: 'some where' });
    expect(config).toMatchObject({ dataDir: resolve('some where'), dataDirIsDefault: false });
  });

  it('reads sizes with and without a unit', () => {
    expect(loadConfig({ CADASTRE_MAX_EVENT_BYTES: '1000' }).maxEventBytes).toBe(1000);
    expect(loadConfig({ CADASTRE_MAX_EVENT_BYTES: '2 MiB' }).maxEventBytes).toBe(2_097_152);
    expect(problemsOf({ CADASTRE_MAX_EVENT_BYTES: '0' })).toHaveLength(1);
  });

  it('takes an empty value for no value', () => {
    expect(loadConfig({ CADASTRE_PORT: '', DATABASE_URL: ' ' })).toMatchObject({ port: 4000, databaseUrl: null });
  });

  it('accepts any port as 0', () => {
    expect(loadConfig({ CADASTRE_PORT: '0' }).port).toBe(0);
  });

  it('names every problem at once, with its fix', () => {
    expect(
      problemsOf({ CADASTRE_PORT: '70000', CADASTRE_LOG_LEVEL: 'loud', CADASTRE_DEMO: 'ja', CADASTRE_PROT: '1' }),
    ).toEqual([
      'CADASTRE_PORT must be a whole number from 0 to 65535, not "70000". Correct it, or leave it out (default: 4000).',
      'CADASTRE_DEMO must be true or false, not "ja". Correct it, or leave it out (default: true with the embedded PostgreSQL, false with DATABASE_URL).',
      'CADASTRE_LOG_LEVEL must be one of debug, info, warn, error, not "loud". Correct it, or leave it out (default: info).',
      'CADASTRE_PROT is not a known variable. Did you mean CADASTRE_PORT? Rename it, or remove it.',
    ]);
  });

  it('counts the problems in its message', () => {
    expect(() => loadConfig({ CADASTRE_PORT: 'x' })).toThrow(
      /^The configuration has 1 problem:\n  - CADASTRE_PORT must be/,
    );
    expect(() => loadConfig({ CADASTRE_PORT: 'x', CADASTRE_POOL_SIZE: '0' })).toThrow(
      /^The configuration has 2 problems:/,
    );
  });

  it('never shows a secret', () => {
    const problems = problemsOf({
      DATABASE_URL: 'mysql://me:hunter2@db/catalog',
      MEILI_URL: 'ftp://me:hunter2@search',
      CADASTRE_TOKN: 'hunter2',
    });
    expect(problems).toHaveLength(3);
    expect(problems.join('\n')).not.toContain('hunter2');
    expect(problems[0]).toBe(
      'DATABASE_URL must be an address such as postgres://user:password@host:5432/cadastre and is not. Correct it, or leave it out (default: the embedded PostgreSQL).',
    );
    expect(problems[2]).toContain('Did you mean CADASTRE_TOKEN?');
  });

  it('knows the variables of the command line', () => {
    expect(problemsOf({ CADASTRE_URL: 'http://127.0.0.1:4000', CADASTRE_TOKEN: 'cad_x' })).toEqual([]);
  });
});

describe('CONFIG_VARIABLES', () => {
  it('describes every variable, in docs/settings.md too, and marks the secrets', () => {
    expect(CONFIG_VARIABLES.filter(({ description }) => description === '')).toEqual([]);
    expect(CONFIG_VARIABLES.filter(({ secret }) => secret).map(({ name }) => name)).toEqual([
      'DATABASE_URL',
      'MEILI_MASTER_KEY',
      'CADASTRE_TOKEN',
    ]);
    const rows = readFileSync(new URL('../../docs/settings.md', import.meta.url), 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .map((line) => line.split('|').map((cell) => cell.trim()));
    expect(rows.map(([, name, description, standard]) => [name, description, standard])).toEqual(
      CONFIG_VARIABLES.map((variable) => [`\`${variable.name}\``, variable.description, variable.default]),
    );
  });
});

describe('libraries', () => {
  afterEach(() => vi.unstubAllEnvs());

  it('run in production unless somebody said otherwise', () => {
    vi.stubEnv('NODE_ENV', undefined);
    runLibrariesInProduction();
    expect(process.env['NODE_ENV']).toBe('production');
    vi.stubEnv('NODE_ENV', 'development');
    runLibrariesInProduction();
    expect(process.env['NODE_ENV']).toBe('development');
  });
});
