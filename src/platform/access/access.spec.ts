import { describe, expect, it } from 'vitest';
import { SYSTEM_ACTOR, type Actor } from '../../core/actor.js';
import { Forbidden } from '../../core/errors.js';
import { Access } from './access.js';
import type { AssetResource, ColumnResource } from './attributes.js';
import type { Explanation } from './explain.js';
import { parsePolicySet } from './policy-document.js';
import { runPolicyTests } from './policy-tests.js';

const NOW = new Date('2026-06-01T12:00:00Z');

const ann: Actor = {
  id: '1',
  kind: 'PERSON',
  handle: 'ann',
  name: 'Ann',
  roles: ['analyst'],
  teamIds: ['sales'],
  attributes: {},
  policyVersion: 3,
  token: null,
};

const orders: AssetResource = {
  type: 'asset',
  id: '2',
  kind: 'DATASET',
  namespace: 'warehouse',
  name: 'orders',
  platform: null,
  domain: 'commerce/orders',
  sensitivity: null,
  lifecycle: 'ACTIVE',
  tags: [],
  terms: [],
  owners: ['sales'],
};
const city: ColumnResource = { type: 'column', asset: orders, path: 'city', sensitivity: 0, tags: [], terms: [] };

type Json = Record<string, unknown>;
const rule = (id: string, effect: 'allow' | 'deny', where?: Json, rest: Json = {}): Json => ({
  id,
  title: `Rule ${id}`,
  why: 'A test',
  effect,
  actions: ['discover'],
  resources: { types: ['asset'], ...(where ? { where } : {}) },
  ...rest,
});

async function explained(policies: Json[], actor: Actor = ann, resource: AssetResource = orders): Promise<Explanation> {
  const access = new Access({ load: async () => parsePolicySet(policies), now: () => NOW });
  return (await access.forActor(actor)).explain('discover', resource);
}

async function deciding(policies: Json[], actor?: Actor): Promise<string> {
  const { decision, decidedBy } = await explained(policies, actor);
  return `${decision} by ${decidedBy?.policyId ?? 'default'}`;
}

describe('bands', () => {
  it('denies what nobody allows', async () => {
    expect(await deciding([])).toBe('DENY by default');
  });

  it('lets a deny win inside a band, and the higher band over the lower', async () => {
    expect(await deciding([rule('a', 'allow'), rule('d', 'deny')])).toBe('DENY by d');
    expect(await deciding([rule('a', 'allow', undefined, { band: 'platform' }), rule('d', 'deny')])).toBe('ALLOW by a');
    expect(await deciding([rule('a', 'allow'), rule('d', 'deny', undefined, { band: 'asset' })])).toBe('ALLOW by a');
  });

  it('lets an absolute deny of the lowest band win over everything', async () => {
    const policies = [
      rule('a', 'allow', undefined, { band: 'platform' }),
      rule('d', 'deny', undefined, { band: 'asset', absolute: true }),
    ];
    expect(await deciding(policies)).toBe('DENY by d');
  });
});

describe('what is missing', () => {
  const isSecret = { attribute: 'sensitivity', operator: 'gte', value: 2 };
  const allow = rule('a', 'allow');

  it('makes a deny match, unless it says ignore or asks for presence itself', async () => {
    expect(await deciding([allow, rule('d', 'deny', isSecret)])).toBe('DENY by d');
    expect(await deciding([allow, rule('d', 'deny', { not: isSecret })])).toBe('DENY by d');
    expect(await deciding([allow, rule('d', 'deny', isSecret, { onMissing: 'ignore' })])).toBe('ALLOW by a');
    const known = { all: [{ attribute: 'sensitivity', operator: 'has' }, isSecret] };
    expect(await deciding([allow, rule('d', 'deny', known)])).toBe('ALLOW by a');
  });

  it.each([
    ['plain', (c: Json) => c],
    ['under not', (c: Json) => ({ not: c })],
    ['under two', (c: Json) => ({ not: { not: c } })],
  ])('of the actor fails closed, %s', async (_, wrap) => {
    const inDomains = wrap({ attribute: 'domain', operator: 'under', subject: 'domains' });
    expect(await deciding([rule('a', 'allow', inDomains)])).toBe('DENY by default');
    expect(await deciding([allow, rule('d', 'deny', inDomains)])).toBe('DENY by d');
    expect(await deciding([allow, rule('d', 'deny', inDomains, { onMissing: 'ignore' })])).toBe('ALLOW by a');
  });

  it('includes what is stored with the wrong type', async () => {
    const cleared = rule('d', 'deny', undefined, { subjects: { attribute: 'clearance', operator: 'lt', value: 2 } });
    expect(await deciding([allow, cleared], { ...ann, attributes: { clearance: '3' } })).toBe('DENY by d');
    expect(await deciding([allow, cleared], { ...ann, attributes: { clearance: 3 } })).toBe('ALLOW by a');
  });
});

describe('explain', () => {
  it('names what decided, what came near and what is missing', async () => {
    const policies = [
      rule('far', 'allow', {
        all: [
          { attribute: 'name', operator: 'eq', value: 'x' },
          { attribute: 'domain', operator: 'under', subject: 'domains' },
        ],
      }),
      rule('near', 'allow', { attribute: 'sensitivity', operator: 'lte', value: 1 }),
      rule('role', 'allow', undefined, { subjects: { attribute: 'roles', operator: 'hasAny', value: ['admin'] } }),
    ];
    expect(await explained(policies)).toEqual({
      decision: 'DENY',
      advice: { mask: null, rowFilters: [] },
      decidedBy: null,
      matched: [],
      nearestMisses: [
        {
          policyId: 'near',
          title: 'Rule near',
          failed: [{ attribute: 'sensitivity', operator: 'lte', expected: 1, actual: null }],
        },
        {
          policyId: 'role',
          title: 'Rule role',
          failed: [{ attribute: 'subject.roles', operator: 'hasAny', expected: ['admin'], actual: ['analyst'] }],
        },
        {
          policyId: 'far',
          title: 'Rule far',
          failed: [
            { attribute: 'name', operator: 'eq', expected: 'x', actual: 'orders' },
            { attribute: 'domain', operator: 'under', expected: null, actual: 'commerce/orders' },
          ],
        },
      ],
      missingAttributes: ['sensitivity', 'subject.domains'],
      policyVersion: 3,
    });
  });
});

describe('Access', () => {
  it('hides the columns of a hidden asset, and explains them by the asset', async () => {
    const readAll = rule('c', 'allow', undefined, { actions: ['read_column'], resources: { types: ['column'] } });
    const open = new Access({ load: async () => parsePolicySet([readAll, rule('a', 'allow')]), now: () => NOW });
    const hidden = new Access({ load: async () => parsePolicySet([readAll, rule('d', 'deny')]), now: () => NOW });
    expect((await open.forActor(ann)).can('read_column', city)).toBe(true);
    const access = await hidden.forActor(ann);
    expect(access.can('read_column', city)).toBe(false);
    expect(access.explain('read_column', city).decidedBy?.policyId).toBe('d');
  });

  it('loads a version once, compiles an actor once, and forgets at the next boundary', async () => {
    let now = NOW;
    let loads = 0;
    const policies = [rule('a', 'allow', undefined, { validity: { to: '2026-06-01T13:00:00Z' } })];
    const load = async () => ((loads += 1), parsePolicySet(policies));
    const access = new Access({ load, now: () => now });
    const first = await access.forActor(ann);
    expect(await access.forActor({ ...ann, name: 'Other name' })).toBe(first);
    expect(await access.forActor({ ...ann, roles: [] })).not.toBe(first);
    expect(first.can('discover', orders)).toBe(true);
    now = new Date('2026-06-01T13:00:00Z');
    expect((await access.forActor(ann)).can('discover', orders)).toBe(false);
    expect(loads).toBe(1);
    await access.forActor({ ...ann, policyVersion: 4 });
    expect(loads).toBe(2);
  });

  it('does not remember a version that failed to load', async () => {
    let isDown = true;
    const load = async () => {
      if (isDown) throw new Error('database is down');
      return parsePolicySet([rule('a', 'allow')]);
    };
    const access = new Access({ load, now: () => NOW });
    await expect(access.forActor(ann)).rejects.toThrow('database is down');
    isDown = false;
    expect((await access.forActor(ann)).can('discover', orders)).toBe(true);
  });

  it('lets the service do everything, without loading a set', async () => {
    const load = async () => Promise.reject(new Error('not needed'));
    const access = await new Access({ load, now: () => NOW }).forActor(SYSTEM_ACTOR);
    expect(access.can('read_column', city)).toBe(true);
    expect(access.explain('operate', { type: 'system' }).decidedBy?.policyId).toBe('cadastre.system');
    expect(access.sql('discover', 'asset', { columns: new Map(), firstParameter: 1 })).toEqual({
      sql: 'TRUE',
      params: [],
    });
  });

  it('names the action it refuses, and refuses an action on another type', async () => {
    const access = await new Access({
      load: async () => parsePolicySet([rule('a', 'allow')]),
      now: () => NOW,
    }).forActor(ann);
    expect(() => access.require('edit', orders)).toThrow(new Forbidden("No policy allows you to 'edit' here."));
    expect(() => access.require('discover', orders)).not.toThrow();
    expect(access.can('discover', city)).toBe(false);
    expect(access.sql('discover', 'column', { columns: new Map(), firstParameter: 1 }).sql).toBe('FALSE');
  });
});

describe('runPolicyTests', () => {
  it('reports the tests whose decision or deciding rule differs', () => {
    const asAnn = { actor: { handle: 'ann' }, action: 'discover', resource: { type: 'asset', name: 'orders' } };
    const tests = [
      { ...asAnn, expect: 'ALLOW', decidedBy: 'a' },
      { ...asAnn, expect: 'DENY' },
      { ...asAnn, expect: 'ALLOW', decidedBy: 'z' },
    ];
    const set = parsePolicySet([rule('a', 'allow', undefined, { tests })]);
    const actual = { decision: 'ALLOW', decidedBy: 'a' };
    expect(runPolicyTests(set, NOW)).toEqual([
      { policyId: 'a', index: 1, expected: { decision: 'DENY', decidedBy: null }, actual },
      { policyId: 'a', index: 2, expected: { decision: 'ALLOW', decidedBy: 'z' }, actual },
    ]);
  });
});
