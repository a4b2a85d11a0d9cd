import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readSecret, requireReachable } from '../../config/secret.js';
import { isInScope } from '../assets/index.js';
import { datasetName, namespaceOf, nextRunAt, scopeOf, type SourceDefinition } from './source.js';
import { parseSources, readSourceFile } from './source-file.js';

const WHOLE = `
sources:
  - key: shop
    type: postgres
    host: db.example.com
    database: shop
    user: reader
    password: \${env:SHOP_PASSWORD}
    include: ['sales.*']
    exclude: ['*.tmp_*']
    schedule: '0 3 * * *'
  - key: web
    type: mysql
    host: localhost
    port: 3307
    user: reader
    password: { file: /run/secrets/web }
    ssl: require
    namespace: mysql://web.example.com:3306
    enabled: false
`;

const problemsOf = (yaml: string): string => {
  try {
    parseSources(yaml, 'cadastre.yaml');
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};
const only = (lines: string): SourceDefinition => {
  const [source] = parseSources(`sources: [{ key: a, user: u, ${lines} }]`, 'cadastre.yaml');
  if (!source) throw new Error('There is no source.');
  return source;
};

describe('parseSources', () => {
  it('reads sources, and fills in what is left out', () => {
    expect(parseSources(WHOLE, 'cadastre.yaml')).toEqual([
      {
        key: 'shop',
        type: 'postgres',
        host: 'db.example.com',
        port: 5432,
        database: 'shop',
        user: 'reader',
        password: { env: 'SHOP_PASSWORD' },
        ssl: 'verify-full',
        namespace: null,
        include: ['sales.*'],
        exclude: ['*.tmp_*'],
        schedule: '0 3 * * *',
        isEnabled: true,
      },
      {
        key: 'web',
        type: 'mysql',
        host: 'localhost',
        port: 3307,
        database: null,
        user: 'reader',
        password: { file: '/run/secrets/web' },
        ssl: 'require',
        namespace: 'mysql://web.example.com:3306',
        include: [],
        exclude: [],
        schedule: null,
        isEnabled: false,
      },
    ]);
    expect(parseSources('', 'cadastre.yaml')).toEqual([]);
  });

  it('tells all problems at once, each with its place', () => {
    const problems = problemsOf(`
sources:
  - { key: Shop!, type: oracle, host: 'pg://u:pw@h', user: '' }
  - { key: web, type: mysql, host: h, user: u, schedule: hourly, colour: red }
extra: 1
`);
    expect(problems).toContain('The configuration has');
    for (const place of ['sources[0].key', 'sources[0].type', 'sources[0].host', 'sources[0].user', 'the file']) {
      expect(problems).toContain(`cadastre.yaml: ${place} `);
    }
    expect(problems).toContain('colour');
    expect(problems).not.toContain('u:pw');
  });

  it.each([
    ["password: 'hunter2'", 'sources[0].password is written in the clear'],
    ['password: { literal: hunter2 }', 'sources[0].password must say where the secret is'],
    ["password: '${vault:hunter2}'", 'sources[0].password is written in the clear'],
    ["password: '${file:hunter2}'", 'sources[0].password must be an absolute path'],
  ])('refuses %s without repeating it', (line, message) => {
    const problems = problemsOf(`sources: [{ key: a, type: postgres, host: h, database: d, user: u, ${line} }]`);
    expect(problems).toContain(message);
    expect(problems).not.toContain('hunter2');
  });

  it.each([
    ['type: postgres, host: h', 'sources[0].database is needed'],
    ['type: mysql, host: h, database: sales, include: [attic.*]', "sources[0].include must begin with 'sales.'"],
    ['type: mysql, host: h, schedule: sometimes', 'sources[0].schedule must be a cron expression'],
  ])('refuses %s', (line, message) => {
    expect(problemsOf(`sources: [{ key: a, user: u, ${line} }]`)).toContain(message);
  });

  it('refuses two of one key, and what is no YAML', () => {
    const one = '{ key: a, type: mysql, host: h, user: u }';
    expect(problemsOf(`sources: [${one}, ${one}]`)).toContain("sources has two with the key 'a'");
    expect(problemsOf('sources: [\n  {')).toMatch(/line \d+ is no YAML/);
  });
});

describe('readSourceFile', () => {
  it('may miss the file only where nobody named it', () => {
    expect(readSourceFile({ path: '/no/such/file', isDefault: true })).toEqual([]);
    expect(() => readSourceFile({ path: '/no/such/file', isDefault: false })).toThrow(/CADASTRE_CONFIG_FILE names/);
  });
});

describe('a source', () => {
  it('names its datasets as OpenLineage does', () => {
    const shop = only('type: postgres, host: db, database: shop');
    expect([namespaceOf(shop), datasetName(shop, 'sales.orders')]).toEqual(['postgres://db:5432', 'shop.sales.orders']);
    const web = only('type: mysql, host: "::1"');
    expect([namespaceOf(web), datasetName(web, 'sales.orders')]).toEqual(['mysql://[::1]:3306', 'sales.orders']);
  });

  it.each([
    ['type: postgres, host: h, database: d', ['d.a.b'], ['e.a.b']],
    ["type: postgres, host: h, database: d, include: ['a.*'], exclude: ['*.tmp*']", ['d.a.b'], ['d.a.tmp1', 'd.b.a']],
    ['type: mysql, host: h', ['a.b'], []],
    ['type: mysql, host: h, database: a', ['a.b'], ['b.a']],
  ])('of %s covers some names and not others', (line, covered, others) => {
    const scope = scopeOf(only(line));
    expect(covered.filter((name) => !isInScope(scope, name))).toEqual([]);
    expect(others.filter((name) => isInScope(scope, name))).toEqual([]);
  });

  it('is due by its schedule, in UTC', () => {
    const after = new Date('2026-03-28T22:30:00Z');
    const at = (schedule: string): string | undefined =>
      nextRunAt(only(`type: mysql, host: h, schedule: '${schedule}'`), after)?.toISOString();
    expect(at('@daily')).toBe('2026-03-29T00:00:00.000Z');
    expect(at('15 3 * * 1')).toBe('2026-03-30T03:15:00.000Z');
    expect(nextRunAt(only("type: mysql, host: h, schedule: '@daily', enabled: false"), after)).toBeNull();
  });
});

describe('a secret', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cadastre-secrets-'));
  writeFileSync(join(folder, 'shop'), 'p w\n');
  symlinkSync('/etc/hostname', join(folder, 'out'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is read where the reference says, without the end of the line', () => {
    expect(readSecret({ file: join(folder, 'shop') })).toBe('p w');
    expect(() => readSecret({ file: join(folder, 'none') })).toThrow('cannot be read (ENOENT)');
    expect(() => readSecret({ env: 'CADASTRE_SECRET_NOT_SET' })).toThrow('CADASTRE_SECRET_NOT_SET is not set');
  });

  it.each([
    [{ env: 'CADASTRE_SECRET_SHOP' }, true],
    [{ env: 'DATABASE_URL' }, false],
    [{ file: join(folder, 'shop') }, true],
    [{ file: join(folder, '..', 'passwd') }, false],
    [{ file: join(folder, 'out') }, false],
    [{ file: '/etc/passwd' }, false],
    [{ file: 'shop' }, false],
  ])('at %j may be named over the network: %s', (reference, isReachable) => {
    const answer = (): string => {
      try {
        requireReachable(reference, folder);
        return '';
      } catch (error) {
        return String(error);
      }
    };
    expect(answer()).toMatch(isReachable ? /^$/ : /Use a (variable|file)/);
  });
});
