import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestServices } from '../../../test/support/services.js';
import { SYSTEM_ACTOR, type Actor } from '../../core/actor.js';
import { canonicalHash } from '../../platform/canonical-json.js';
import { AssetReader, AssetRepository } from '../assets/index.js';
import { DEFAULT_POLICIES } from './default-policies.js';
import { Explainer, type Question } from './explainer.js';

const READERS = {
  id: 'public-data',
  title: 'Everybody sees public data',
  why: 'It is public.',
  effect: 'allow',
  actions: ['discover'],
  resources: { types: ['asset'], where: { attribute: 'sensitivity', operator: 'eq', value: 0 } },
};
const MADE_UP = '00000000-0000-7000-8000-000000000009';
const SEEN = '00000000-0000-7000-8000-000000000001';
const HIDDEN = '00000000-0000-7000-8000-000000000002';

let services: TestServices;
let admin: Actor;
let ann: Actor;
beforeAll(async () => {
  services = await TestServices.open();
  admin = await services.actor('admin', ['admin']);
  ann = await services.actor('ann');
});
afterAll(() => services.close());

const countVersions = () => services.database.query('SELECT version FROM policy_set');

describe('the first policies', () => {
  it('are put in force once, also when two processes start together', async () => {
    await Promise.all([services.policies.applyFirst(), services.policies.applyFirst()]);
    expect(await countVersions()).toHaveLength(1);
    expect(await services.policies.active(admin)).toMatchObject({
      contentHash: canonicalHash(DEFAULT_POLICIES).toString('hex'),
      documents: DEFAULT_POLICIES,
      createdBy: 'system',
      note: 'first start',
    });
  });
});

describe('apply', () => {
  it('stores a new version, puts it in force for the next request and audits it', async () => {
    const documents = [...DEFAULT_POLICIES, READERS];
    const set = await services.policies.apply(admin, documents, 'public data');
    expect(set).toMatchObject({ createdBy: 'admin', note: 'public data', documents });
    expect(set.contentHash).toBe(canonicalHash(documents).toString('hex'));
    expect((await services.actor('ann')).policyVersion).toBe(set.version);
    expect(await services.auditOf('policySet.activated')).toMatchObject([
      { actor_handle: 'admin', subject_id: String(set.version) },
    ]);
  });

  it.each([
    [
      'an unknown attribute',
      [{ ...READERS, resources: { types: ['asset'], where: { attribute: 'colour', operator: 'eq', value: 'x' } } }],
    ],
    ['an unknown key', [{ ...READERS, allow: true }]],
    ['no list', { policies: [] }],
    ['an empty list', []],
    ['what locks out whoever applies it', [READERS]],
    [
      'a failing test',
      [
        {
          ...READERS,
          tests: [{ actor: {}, action: 'discover', resource: { type: 'asset', sensitivity: 3 }, expect: 'ALLOW' }],
        },
      ],
    ],
  ])('refuses %s and changes nothing', async (_, documents) => {
    const before = await countVersions();
    await expect(services.policies.apply(admin, documents, null)).rejects.toMatchObject({
      code: 'INVALID',
      field: ['documents'],
    });
    expect(await countVersions()).toEqual(before);
    expect((await services.policies.active(admin)).note).toBe('public data');
  });

  it('names the test that fails', async () => {
    const test = { actor: {}, action: 'discover', resource: { type: 'asset', sensitivity: 3 }, expect: 'ALLOW' };
    const applied = services.policies.apply(admin, [{ ...READERS, tests: [test] }], null);
    await expect(applied).rejects.toThrow('public-data.tests[0]: expected ALLOW, got DENY');
  });

  it('and everything else about policies is for managers', async () => {
    for (const attempt of [
      () => services.policies.apply(ann, [READERS], null),
      () => services.policies.activate(ann, 1),
      () => services.policies.active(ann),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ code: 'FORBIDDEN' });
    }
  });
});

describe('activate', () => {
  it('puts an earlier version in force again, unchanged', async () => {
    const { version } = await services.policies.active(admin);
    expect(await services.policies.activate(admin, 1)).toMatchObject({ version: 1, note: 'first start' });
    expect(await services.store.activeVersion()).toBe(1);
    await services.policies.activate(admin, version);
  });

  it('refuses a version that would lock out whoever puts it in force', async () => {
    const { version } = await services.policies.active(admin);
    await services.policies.apply(SYSTEM_ACTOR, [READERS], 'nobody manages');
    const locked = await services.policies.active(SYSTEM_ACTOR);
    await services.policies.activate(SYSTEM_ACTOR, version);
    await expect(services.policies.activate(admin, locked.version)).rejects.toMatchObject({
      code: 'INVALID',
      field: ['version'],
    });
    expect(await services.store.activeVersion()).toBe(version);
  });

  it('refuses a version that does not exist', async () => {
    await expect(services.policies.activate(admin, 999)).rejects.toMatchObject({
      code: 'NOT_FOUND',
      field: ['version'],
    });
  });
});

describe('explain', () => {
  let explainer: Explainer;
  const ask = (actor: Actor, question: Partial<Question>) =>
    explainer.explain(actor, { action: 'discover', ref: SEEN, column: null, account: null, ...question });
  beforeAll(async () => {
    const reader = new AssetReader(new AssetRepository(services.database), services.access);
    explainer = new Explainer(reader, services.identity, services.access, services.audit);
    await services.database.query(
      `INSERT INTO asset (id, kind, namespace, name, sensitivity, is_placeholder)
       VALUES ($1, 'DATASET', 'ns', 'seen', 0, false), ($2, 'DATASET', 'ns', 'hidden', 3, false)`,
      [SEEN, HIDDEN],
    );
    await services.database.query(`INSERT INTO asset_column (asset_id, path, ordinal) VALUES ($1, 'id', 1)`, [SEEN]);
    admin = await services.actor('admin');
    ann = await services.actor('ann');
  });

  it('tells who asks about himself the deciding rule and no more', async () => {
    expect(await ask(ann, {})).toMatchObject({
      decision: 'ALLOW',
      decidedBy: { policyId: 'public-data' },
      nearestMisses: [],
      missingAttributes: [],
    });
    expect(await ask(ann, { action: 'edit' })).toMatchObject({
      decision: 'DENY',
      decidedBy: null,
      matched: [],
      nearestMisses: [],
    });
  });

  it('tells with `explain` why somebody else may not', async () => {
    const explanation = await ask(admin, { ref: HIDDEN, account: 'ann' });
    expect(explanation).toMatchObject({ decision: 'DENY', decidedBy: null, policyVersion: admin.policyVersion });
    expect(explanation.nearestMisses.map((miss) => miss.policyId)).toEqual(['administrators', 'public-data']);
    expect(explanation.nearestMisses[1]?.failed).toEqual([
      { attribute: 'sensitivity', operator: 'eq', expected: 0, actual: 3 },
    ]);
  });

  it('answers about a hidden asset exactly as about one that does not exist', async () => {
    const errors = await Promise.all(
      [HIDDEN, MADE_UP].map((ref) => ask(ann, { ref }).catch((error: Error) => error.message.replace(ref, 'REF'))),
    );
    expect(errors[0]).toBe(errors[1]);
    expect(errors[0]).toContain("No asset 'REF' was found");
    for (const ref of [HIDDEN, MADE_UP, SEEN]) {
      const asked = ask(ann, { ref, account: 'admin' });
      await expect(asked).rejects.toMatchObject({ code: 'FORBIDDEN', field: ['account'] });
    }
  });

  it('answers about a hidden column exactly as about one that does not exist', async () => {
    for (const column of ['id', 'nope']) {
      const asked = ask(ann, { action: 'read_column', column });
      await expect(asked).rejects.toMatchObject({ code: 'NOT_FOUND', message: `No column '${column}' was found.` });
    }
    expect(await ask(admin, { action: 'read_column', column: 'id', account: 'ann' })).toMatchObject({
      decision: 'DENY',
    });
  });
});
