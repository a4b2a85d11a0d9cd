import { describe, expect, it } from 'vitest';
import { Invalid } from '../../core/errors.js';
import { parseSubjectAttributes } from './attributes.js';
import { parsePolicySet } from './policy-document.js';

function aPolicy(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: 'p',
    title: 'A rule',
    why: 'A test',
    effect: 'allow',
    actions: ['discover'],
    resources: { types: ['asset'] },
    ...changes,
  };
}

function where(condition: unknown): Record<string, unknown> {
  return aPolicy({ resources: { types: ['asset'], where: condition } });
}

function problemsOf(...policies: unknown[]): string[] {
  try {
    parsePolicySet({ policies });
  } catch (error) {
    if (error instanceof Invalid) return error.message.split('\n').slice(1);
    throw error;
  }
  return [];
}

describe('parsePolicySet', () => {
  it('reads a set, or its list alone, and the band is domain when not said', () => {
    expect(parsePolicySet([aPolicy()])).toEqual(parsePolicySet({ policies: [aPolicy()] }));
    expect(parsePolicySet([aPolicy()]).policies[0]?.band).toBe('domain');
  });

  it('lists every problem with its path', () => {
    const broken = where({
      all: [
        { attribute: 'name', operator: 'like', value: 'x' },
        { attribute: 'nmae', operator: 'eq', value: 'x' },
      ],
    });
    const problems = problemsOf(aPolicy(), { ...broken, id: 'q', effect: 'permit', colour: 'red' }, aPolicy());
    expect(problems.map((problem) => problem.split(': ')[0])).toEqual([
      'policies[1].effect',
      'policies[1]',
      'policies[1].resources.where.all[0].operator',
      'policies[1].resources.where.all[1].attribute',
      'policies[2].id',
    ]);
  });

  it.each([
    ['an unknown operator', { attribute: 'name', operator: '$eq', value: 'x' }, 'operator'],
    ['order on text', { attribute: 'name', operator: 'lt', value: 'x' }, 'operator'],
    ['a list operator on one value', { attribute: 'name', operator: 'hasAny', value: ['x'] }, 'operator'],
    ['equality on many values', { attribute: 'tags', operator: 'eq', value: 'x' }, 'operator'],
    ['under on what is no path', { attribute: 'name', operator: 'under', value: 'x' }, 'operator'],
    ['null', { attribute: 'name', operator: 'eq', value: null }, 'value'],
    ['null in a list', { attribute: 'name', operator: 'notIn', value: ['x', null] }, 'value[1]'],
    ['text for a number', { attribute: 'sensitivity', operator: 'gt', value: '1' }, 'value'],
    ['a fraction', { attribute: 'sensitivity', operator: 'gt', value: 1.5 }, 'value'],
    ['a number too big for the database', { attribute: 'sensitivity', operator: 'lt', value: 2 ** 40 }, 'value'],
    ['a word outside an enum', { attribute: 'kind', operator: 'eq', value: 'dataset' }, 'value'],
    ['a broken path', { attribute: 'domain', operator: 'under', value: 'a//b' }, 'value'],
    ['U+0000', { attribute: 'name', operator: 'eq', value: 'a\0b' }, 'value'],
    ['half a surrogate pair', { attribute: 'name', operator: 'eq', value: 'a\ud800' }, 'value'],
    ['a value for has', { attribute: 'name', operator: 'has', value: 'x' }, 'value'],
    ['an unknown actor attribute', { attribute: 'name', operator: 'eq', subject: 'salary' }, 'subject'],
    ['another type of actor attribute', { attribute: 'name', operator: 'eq', subject: 'clearance' }, 'subject'],
    ['many actor values for one', { attribute: 'name', operator: 'eq', subject: 'roles' }, 'subject'],
    ['one actor value for many', { attribute: 'name', operator: 'in', subject: 'handle' }, 'subject'],
    ['an empty list of conditions', { all: [] }, 'all'],
    ['a second key', { not: { attribute: 'name', operator: 'has' }, any: [] }, 'any'],
  ])('refuses %s', (_, condition, place) => {
    const problems = problemsOf(where(condition));
    expect(problems.some((problem) => problem.startsWith(`policies[0].resources.where.${place}: `))).toBe(true);
  });

  it.each([
    ['equality of addresses', { attribute: 'ip', operator: 'eq', value: '10.0.0.1' }, 'env.operator'],
    [
      'a network of something else',
      { attribute: 'purpose', operator: 'inNetwork', value: ['10.0.0.0/8'] },
      'env.operator',
    ],
    ['one network without a list', { attribute: 'ip', operator: 'inNetwork', value: '10.0.0.0/8' }, 'env.value'],
    ['what is no address', { attribute: 'ip', operator: 'inNetwork', value: ['10.0.0.300'] }, 'env.value[0]'],
    ['too long a prefix', { attribute: 'ip', operator: 'inNetwork', value: ['10.0.0.0/33'] }, 'env.value[0]'],
    [
      'IPv4 written as IPv6',
      { attribute: 'ip', operator: 'inNetwork', value: ['::ffff:10.0.0.0/104'] },
      'env.value[0]',
    ],
    ['a zone', { attribute: 'ip', operator: 'inNetwork', value: ['fe80::1%eth0'] }, 'env.value[0]'],
    ['a name of the actor for an address', { attribute: 'ip', operator: 'inNetwork', subject: 'teams' }, 'env.subject'],
    ['a channel that there is not', { attribute: 'channel', operator: 'eq', value: 'fax' }, 'env.value'],
    ['an attribute of the resource', { attribute: 'domain', operator: 'has' }, 'env.attribute'],
  ])('refuses %s among the circumstances', (_, env, path) => {
    expect(problemsOf({ ...aPolicy(), env })).toEqual([
      expect.stringMatching(`^policies\\[0\\]\\.${path.replace(/[[\]]/g, '\\$&')}: `),
    ]);
  });

  it.each(['__proto__', 'constructor', 'toString'])('refuses %s as attribute, operator and key', (name) => {
    expect(problemsOf(where({ attribute: name, operator: 'eq', value: 'x' }))).toHaveLength(1);
    expect(problemsOf(where({ attribute: 'name', operator: name, value: 'x' }))).toHaveLength(1);
    expect(problemsOf(where({ attribute: 'name', operator: 'eq', subject: name }))).toHaveLength(1);
    const withKey = JSON.parse(JSON.stringify(aPolicy()).replace('{', `{"${name}":{"effect":"allow"},`)) as unknown;
    expect(problemsOf(withKey)).toHaveLength(1);
  });

  it('refuses more than 20 levels, and survives very many', () => {
    const nested = (levels: number): unknown =>
      Array.from({ length: levels - 1 }).reduce<unknown>((inner) => ({ not: inner }), {
        attribute: 'name',
        operator: 'has',
      });
    expect(problemsOf(where(nested(20)))).toEqual([]);
    expect(problemsOf(where(nested(21)))[0]).toContain('is nested deeper than 20 levels');
    expect(problemsOf(where(nested(100_000)))).toHaveLength(1);
  });

  it('refuses combinations that mean nothing', () => {
    expect(problemsOf(aPolicy({ absolute: true, onMissing: 'deny' }))).toHaveLength(2);
    expect(problemsOf(aPolicy({ actions: ['ingest'] }))).toHaveLength(2);
    expect(problemsOf(aPolicy({ subjects: { attribute: 'handle', operator: 'eq', subject: 'id' } }))).toHaveLength(1);
    expect(
      problemsOf(aPolicy({ validity: { from: '2026-02-01T00:00:00Z', to: '2026-01-01T00:00:00Z' } })),
    ).toHaveLength(1);
  });

  it('refuses an attribute that one of the types does not have', () => {
    const both = { types: ['asset', 'column'], where: { attribute: 'domain', operator: 'has' } };
    expect(problemsOf(aPolicy({ actions: ['discover', 'read_column'], resources: both }))).toEqual([
      "policies[0].resources.where.attribute: 'domain' is no attribute of each of asset and column",
    ]);
  });
});

describe('parseSubjectAttributes', () => {
  it('takes the known keys', () => {
    expect(parseSubjectAttributes({ clearance: 2, domains: ['a/b'] })).toEqual({ clearance: 2, domains: ['a/b'] });
  });

  it.each([[{ salary: 1 }], [{ clearance: '2' }], [{ domains: 'a' }], [{ roles: ['admin'] }], [null]])(
    'refuses %j',
    (json) => {
      expect(() => parseSubjectAttributes(json)).toThrow(Invalid);
    },
  );
});
