import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_POLICIES } from '../../src/features/policies/default-policies.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { runCadastre, tokenOf, type Outcome } from '../support/command-line.js';

const READERS = {
  id: 'public-data',
  title: 'Everybody sees public data',
  why: 'It is public.',
  effect: 'allow',
  actions: ['discover'],
  resources: { types: ['asset'], where: { attribute: 'sensitivity', operator: 'eq', value: 0 } },
  tests: [
    { actor: {}, action: 'discover', resource: { type: 'asset', sensitivity: 0 }, expect: 'ALLOW' },
    { actor: {}, action: 'discover', resource: { type: 'asset', sensitivity: 1 }, expect: 'DENY' },
  ],
};

let test: TestApp;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cadastre-policy-'));
  test = await startTestApp({
    env: { CADASTRE_POLICY_REVIEW: 'true' },
    accounts: [{ handle: 'second', roles: ['admin'] }, { handle: 'ann' }],
  });
  const tags = (value: string) => ({ tags: { tags: [{ key: 'sensitivity', value }] } });
  const output = (name: string, sensitivity: string) => ({ namespace: 'ns', name, facets: tags(sensitivity) });
  const event = {
    eventType: 'COMPLETE',
    eventTime: '2026-05-01T10:00:00Z',
    run: { runId: 'r' },
    job: { namespace: 'ns', name: 'job' },
    outputs: [output('open', 'PUBLIC'), output('also.open', 'PUBLIC'), output('closed', 'RESTRICTED')],
  };
  await test.as('admin').post('/api/v1/lineage', event).expect(201);
  await test.settle();
  mkdirSync(join(folder, 'set'));
  writeFileSync(join(folder, 'set', '1-defaults.json'), JSON.stringify(DEFAULT_POLICIES));
  writeFileSync(join(folder, 'set', '2-readers.yaml'), stringify([READERS]));
});
afterAll(async () => {
  await test.close();
  rmSync(folder, { recursive: true, force: true });
});

const cadastre = (args: readonly string[], handle = 'admin'): Promise<Outcome> =>
  runCadastre(test, ['policy', ...args], { env: tokenOf(test, handle) });

describe('cadastre policy', () => {
  it('lints a folder', async () => {
    expect(await cadastre(['lint', join(folder, 'set')])).toEqual({
      code: 0,
      out: '',
      err: '0 problems, 0 findings.\n',
    });
  });

  it('names problems with their paths, and findings', async () => {
    const file = join(folder, 'bad.yaml');
    writeFileSync(file, stringify([{ ...READERS, colour: 'red' }]));
    expect(await cadastre(['lint', file])).toMatchObject({
      code: 4,
      out: expect.stringContaining('policies[0]: Unrecognized key: "colour"'),
    });
    writeFileSync(
      file,
      stringify([
        {
          ...READERS,
          tests: [],
          resources: { types: ['asset'], where: { attribute: 'name', operator: 'in', value: [] } },
        },
      ]),
    );
    expect(await cadastre(['lint', file])).toEqual({
      code: 4,
      out: 'ERROR  public-data: where can never hold: name in an empty list.\nWARNING  public-data: No test shows what it allows.\n',
      err: '0 problems, 2 findings.\n',
    });
    writeFileSync(file, 'a: [');
    expect(await cadastre(['lint', file])).toMatchObject({
      code: 4,
      err: expect.stringContaining('is not valid YAML'),
    });
    writeFileSync(file, 'a: 1');
    expect(await cadastre(['lint', file])).toMatchObject({
      code: 4,
      err: expect.stringContaining('holds neither a list of policies'),
    });
  });

  it('runs the tests and prints the mutation score', async () => {
    const { code, out } = await cadastre(['test', join(folder, 'set')]);
    expect(out).toMatch(/^4 tests, 0 failed\.\nMutation score 100 %: 4 of 4 mistakes are caught\.\n$/);
    expect(code).toBe(0);
    const file = join(folder, 'failing.yaml');
    writeFileSync(file, stringify([{ ...READERS, tests: [{ ...READERS.tests[0], expect: 'DENY' }] }]));
    expect(await cadastre(['test', file])).toEqual({
      code: 4,
      out: 'public-data.tests[0]: expected DENY, got ALLOW by public-data\n1 tests, 1 failed.\n',
      err: '',
    });
  });

  it('plans exactly who gains and loses what', async () => {
    const { code, out } = await cadastre(['plan', join(folder, 'set')]);
    expect(code).toBe(0);
    expect(out).toBe(
      [
        'discover: 2 gained, 0 lost, 0 shown otherwise',
        '  + ann  also.open',
        '  + ann  open',
        ...['edit', 'preview', 'query', 'read_column', 'preview_column', 'query_column'].map(
          (action) => `${action}: 0 gained, 0 lost, 0 shown otherwise`,
        ),
        '',
      ].join('\n'),
    );
  });

  it('applies with a second person, exports the same bytes again, and goes back', async () => {
    const applied = await cadastre(['apply', join(folder, 'set'), '--note', 'public data', '--json']);
    const { version, isActive } = JSON.parse(applied.out) as { version: number; isActive: boolean };
    expect(isActive).toBe(false);
    expect(await cadastre(['activate', String(version)])).toMatchObject({
      code: 3,
      err: 'Somebody else must put in force what you wrote.\n',
    });
    expect(await cadastre(['activate', String(version)], 'second')).toMatchObject({
      code: 0,
      out: expect.stringContaining('is in force.'),
    });
    const exported = await cadastre(['export']);
    writeFileSync(join(folder, 'exported.json'), exported.out);
    const again = await cadastre(['apply', join(folder, 'exported.json'), '--json']);
    expect(JSON.parse(again.out)).toMatchObject({ version, isActive: true });
    expect((await cadastre(['export'])).out).toBe(exported.out);
    expect(await cadastre(['activate', '1'])).toMatchObject({ code: 0, out: expect.stringContaining('Version 1') });
    expect((await cadastre(['export', '--of', String(version)])).out).toBe(exported.out);
    await cadastre(['activate', String(version)]);
  });

  it('explains, for people', async () => {
    const closed = await cadastre(['explain', 'dataset:ns/closed', '--account', 'ann']);
    expect(closed.code).toBe(0);
    expect(closed.out).toContain('DENY by no rule');
    expect(closed.out).toContain('  nearly: public-data, but sensitivity eq 0, but it is 3');
    expect(closed.out).toContain('  can be asked for; whoever may change policies can grant it');
    expect((await cadastre(['explain', 'dataset:ns/open'], 'ann')).out).toContain('ALLOW by public-data');
    expect(await cadastre(['explain', 'dataset:ns/closed'], 'ann')).toMatchObject({ code: 1 });
  });

  it.each([[['lint', 'docs']], [['plan', 'docs']], [['export']]])('%j is for managers', async (args) => {
    const path = args[1] === 'docs' ? join(folder, 'set') : args[1];
    const given = path === undefined ? args : [args[0] ?? '', path];
    expect(await cadastre(given, 'ann')).toMatchObject({ code: 3, out: '' });
  });
});
