import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Actor } from '../../core/actor.js';
import { actors, assets, NOW, policySets } from './access-arbitraries.testing.js';
import { readAttribute, RESOURCE_ATTRIBUTES, type Action, type AssetResource } from './attributes.js';
import { CaslReading } from './casl-reading.js';
import { compilePolicies } from './compile.js';
import { explain } from './explain.js';
import { attributesAsked, classesOf, impactOf, type Shape } from './impact.js';
import { lintPolicies } from './lint.js';
import { mutationScore } from './mutation-score.js';
import { parsePolicySet, type PolicySet } from './policy-document.js';

const aPolicy = (rest: object = {}) => ({
  id: 'p',
  title: 'A rule',
  why: 'A test',
  effect: 'allow',
  actions: ['discover'],
  resources: { types: ['asset'] },
  ...rest,
});
const where = (condition: object, rest: object = {}) =>
  aPolicy({ resources: { types: ['asset'], where: condition }, ...rest });
const findings = (...policies: object[]) =>
  lintPolicies(parsePolicySet(policies), NOW).map(({ severity, code }) => `${severity} ${code}`);

describe('lintPolicies', () => {
  const name = (operator: string, value: unknown) => ({ attribute: 'name', operator, value });
  it.each([
    ['two values at once', { all: [name('eq', 'a'), name('eq', 'b')] }],
    ['lists that share nothing', { all: [name('in', ['a', 'b']), name('eq', 'c')] }],
    ['an empty list', name('in', [])],
    [
      'what is missing and is not',
      {
        all: [
          { attribute: 'domain', operator: 'missing' },
          { attribute: 'domain', operator: 'under', value: 'a' },
        ],
      },
    ],
    ['alternatives that all clash', { any: [name('in', []), { all: [name('eq', 'a'), name('eq', 'b')] }] }],
  ])('finds that %s can never hold', (_, condition) => {
    expect(findings(where(condition))).toContain('ERROR NEVER_MATCHES');
  });

  it.each([
    ['lists that share something', { all: [name('in', ['a', 'b']), name('eq', 'b')] }],
    ['alternatives of which one can hold', { any: [name('in', []), name('eq', 'a')] }],
    ['the opposite of what cannot hold', { not: { all: [name('eq', 'a'), name('eq', 'b')] } }],
    [
      'two values of a list attribute',
      {
        all: [
          { attribute: 'tags', operator: 'hasAny', value: ['a'] },
          { attribute: 'tags', operator: 'hasAny', value: ['b'] },
        ],
      },
    ],
  ])('says nothing against %s', (_, condition) => {
    expect(findings(where(condition))).not.toContain('ERROR NEVER_MATCHES');
  });

  it('finds power for everybody, everything for everybody, no tests, and what has ended', () => {
    expect(findings(aPolicy({ actions: ['manage_policies'], resources: { types: ['system'] } }))).toContain(
      'ERROR OPEN_TO_EVERYBODY',
    );
    expect(findings(aPolicy())).toEqual(['WARNING NO_TEST', 'WARNING ALLOWS_EVERYTHING']);
    expect(findings(aPolicy({ effect: 'deny' }))).toEqual(['WARNING DENY_WITHOUT_TEST']);
    expect(findings(where(name('eq', 'a'), { validity: { to: '2000-01-01T00:00:00Z' } }))).toContain('WARNING EXPIRED');
  });
});

describe('mutationScore', () => {
  const condition = {
    all: [
      { attribute: 'sensitivity', operator: 'lte', value: 1 },
      { attribute: 'platform', operator: 'eq', value: 'pg' },
    ],
  };
  const test = (sensitivity: number, platform: string, expected: string) => ({
    actor: {},
    action: 'discover',
    resource: { type: 'asset', sensitivity, platform },
    expect: expected,
  });

  it('counts what tests catch, and names what they do not', () => {
    const weak = parsePolicySet([where(condition, { tests: [test(1, 'pg', 'ALLOW')] })]);
    expect(mutationScore(weak, NOW)).toEqual({
      mutants: 3,
      caught: 1,
      survivors: [
        { policyId: 'p', change: 'where.all[0] is left out' },
        { policyId: 'p', change: 'where.all[1] is left out' },
      ],
      isComplete: true,
    });
    const strong = [test(1, 'pg', 'ALLOW'), test(2, 'pg', 'DENY'), test(1, 'my', 'DENY')];
    expect(mutationScore(parsePolicySet([where(condition, { tests: strong })]), NOW)).toMatchObject({
      mutants: 3,
      caught: 3,
      survivors: [],
    });
  });

  it('looks at rules of other systems too', () => {
    const rule = {
      id: 'r',
      title: 'r',
      why: 'r',
      effect: 'allow',
      actions: ['read'],
      where: { attribute: 'level', operator: 'lt', value: 3 },
    };
    const resourceTypes = [
      { type: 'ticket', actions: ['read'], attributes: { level: { type: 'int' } }, policies: [rule] },
    ];
    expect(mutationScore(parsePolicySet({ policies: [], resourceTypes }), NOW)).toMatchObject({
      mutants: 2,
      caught: 0,
    });
  });
});

describe('impactOf', () => {
  it('counts what every account gains and loses on every asset, as decisions one by one do', () => {
    const names = [...RESOURCE_ATTRIBUTES.asset.keys()];
    const shapeOf = (asset: AssetResource): Shape => ({
      attributes: Object.fromEntries(names.map((attribute) => [attribute, readAttribute(asset, attribute)])),
      count: 1,
      examples: [asset.name],
    });
    let changes = 0;
    let otherwise = 0;
    fc.assert(
      fc.property(
        policySets,
        policySets,
        fc.array(actors, { maxLength: 6 }),
        fc.array(assets, { maxLength: 20 }),
        (one, other, people, things) => {
          const sets = { before: parsePolicySet(one), after: parsePolicySet(other) };
          for (const [action, classes] of classesOf(sets, ['discover', 'edit'], people, NOW)) {
            const expected = { gained: 0, lost: 0, maskChanged: 0 };
            for (const actor of people) {
              const [before, after] = [sets.before, sets.after].map(
                (set) => new CaslReading(compilePolicies(set, actor, NOW)),
              );
              const [had, has] = [before, after].map((reading) => things.map((thing) => reading?.can(action, thing)));
              const [told, tells] = [sets.before, sets.after].map((set) => adviceFor(set, actor, action));
              expected.maskChanged += things.filter(
                (thing, at) => had?.[at] && has?.[at] && told?.(thing) !== tells?.(thing),
              ).length;
              expected.gained += things.filter((_, at) => has?.[at] && !had?.[at]).length;
              expected.lost += things.filter((_, at) => had?.[at] && !has?.[at]).length;
            }
            expect(attributesAsked(classes).every((attribute) => names.includes(attribute))).toBe(true);
            expect(impactOf(action, classes, things.map(shapeOf))).toMatchObject(expected);
            changes += expected.gained + expected.lost;
            otherwise += expected.maskChanged;
          }
        },
      ),
      { numRuns: 200 },
    );
    expect(changes).toBeGreaterThan(500);
    expect(otherwise).toBeGreaterThan(50);
  });
});

/** What a decision says of masks and rows, as text. */
function adviceFor(set: PolicySet, actor: Actor, action: Action): (thing: AssetResource) => string {
  const compiled = compilePolicies(set, actor, NOW);
  return (thing) => JSON.stringify(explain(compiled, action, thing).advice);
}
