import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Invalid } from '../../core/errors.js';
import { SYSTEM_ACTOR, type Actor } from '../../core/actor.js';
import { ACTIONS, SUBJECT_ATTRIBUTES } from './attributes.js';
import { CaslReading } from './casl-reading.js';
import { compilePolicies } from './compile.js';
import { OPERATORS } from './condition.js';
import { parsePolicySet } from './policy-document.js';

/** Documents of somebody who means no good: refused with their place, or harmless; never a failure of ours. */
const nobody: Actor = { ...SYSTEM_ACTOR, kind: 'PERSON', id: 'n', handle: 'nobody' };
const NOW = new Date('2026-01-01T00:00:00Z');

const aPolicy = (more: object = {}): object => ({
  id: 'p',
  title: 't',
  why: 'w',
  effect: 'allow',
  actions: ['discover'],
  subjects: { attribute: 'roles', operator: 'hasAny', value: ['admin'] },
  resources: { types: ['asset'], where: { attribute: 'name', operator: 'eq', value: 'x' } },
  ...more,
});

/** Whether it was refused as somebody's mistake; what is taken is compiled. @throws whatever else happens */
function isRefused(documents: unknown): boolean {
  try {
    const compiled = compilePolicies(parsePolicySet(documents), nobody, NOW);
    for (const action of ACTIONS) new CaslReading(compiled).can(action, { type: 'system' });
    return false;
  } catch (error) {
    if (error instanceof Invalid) return true;
    throw error;
  }
}

describe('a policy document', () => {
  it.each(['admin\u200b', 'аdmin', 'ａdmin', 'Admin', 'admin '])('for the role %j is not for admin', (role) => {
    const set = parsePolicySet([
      {
        id: 'p',
        title: 't',
        why: 'w',
        effect: 'allow',
        actions: ['manage_policies'],
        subjects: { attribute: 'roles', operator: 'hasAny', value: [role] },
        resources: { types: ['system'] },
      },
    ]);
    const admin = compilePolicies(set, { ...nobody, roles: ['admin'] }, NOW);
    expect(new CaslReading(admin).can('manage_policies', { type: 'system' })).toBe(false);
  });

  it.each(['rоles', 'roles\u200b', 'ROLES', '__proto__', 'constructor', 'hasOwnProperty'])(
    'with the attribute %j is refused',
    (attribute) => {
      expect(isRefused([aPolicy({ subjects: { attribute, operator: 'hasAny', value: ['x'] } })])).toBe(true);
    },
  );

  it('of 10,000 rules is compiled, of 10,001 refused', () => {
    const rules = (count: number) => Array.from({ length: count }, (_, at) => aPolicy({ id: `p${at}` }));
    expect(isRefused(rules(10_000))).toBe(false);
    expect(isRefused(rules(10_001))).toBe(true);
  });

  it('nested a hundred thousand times in any place is refused', () => {
    const nested = (levels: number, wrap: (inner: unknown) => unknown): unknown =>
      Array.from({ length: levels }).reduce<unknown>(wrap, 1);
    for (const wrap of [(inner: unknown) => [inner], (inner: unknown) => ({ all: [inner] })]) {
      const deep = nested(100_000, wrap);
      for (const place of ['id', 'effect', 'actions', 'subjects', 'resources', 'validity', 'tests'])
        expect(isRefused([aPolicy({ [place]: deep })])).toBe(true);
      expect(isRefused(deep)).toBe(true);
    }
  });
});

describe('10,000 random changes of policy documents', () => {
  const word = fc.constantFrom(
    'all',
    'any',
    'not',
    'attribute',
    'operator',
    'value',
    'subject',
    'where',
    'types',
    '__proto__',
    'constructor',
    ...OPERATORS,
    ...SUBJECT_ATTRIBUTES.keys(),
  );
  const condition = fc.letrec((tie) => ({
    node: fc.oneof(
      { depthSize: 'small' },
      fc.dictionary(word, fc.oneof(word, fc.jsonValue({ maxDepth: 1 })), { maxKeys: 4 }),
      fc.record({ attribute: word, operator: word, value: fc.jsonValue({ maxDepth: 1 }) }),
      fc.record({ not: tie('node') }),
      fc.record({ all: fc.array(tie('node'), { maxLength: 3 }) }),
      fc.record({ any: fc.array(tie('node'), { maxLength: 3 }) }),
    ),
  })).node;
  const field = fc.constantFrom(
    'id',
    'title',
    'effect',
    'band',
    'actions',
    'subjects',
    'resources',
    'validity',
    'obligations',
    'advice',
    'absolute',
    'onMissing',
    'tests',
    '__proto__',
    'constructor',
  );
  const change = fc.oneof(
    condition.map((subjects) => ({ subjects })),
    condition.map((where) => ({ resources: { types: ['asset'], where } })),
    fc.tuple(field, fc.jsonValue({ maxDepth: 3 })).map(([name, value]) => ({ [name]: value })),
  );

  it('are refused or compiled, and never fail on our side', () => {
    let refused = 0;
    fc.assert(
      fc.property(change, (given) => {
        // As it comes over the network: `__proto__` is a key like any other.
        refused += isRefused(JSON.parse(JSON.stringify([{ ...aPolicy(), ...given }]))) ? 1 : 0;
      }),
      { numRuns: 10_000 },
    );
    expect(refused).toBeGreaterThan(5000);
    expect(refused).toBeLessThan(10_000);
  }, 120_000);

  it('of any JSON at all are refused, or an empty set', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (documents) => {
        const isEmpty = Array.isArray(documents) && documents.length === 0;
        expect(isRefused(documents)).toBe(!isEmpty);
      }),
      { numRuns: 2000 },
    );
  }, 120_000);
});
