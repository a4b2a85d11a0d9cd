import { describe, expect, it } from 'vitest';
import { evaluate, type LiteralAtom, type Residual } from './condition.js';
import { simplify } from './simplify.js';
import type { Value } from './attributes.js';

type Row = [LiteralAtom['operator'], LiteralAtom['value'], Value, boolean];

const ROWS: Row[] = [
  ['eq', 'a', 'a', true],
  ['eq', 'a', 'A', false],
  ['eq', 'a', null, false],
  ['ne', 'a', 'b', true],
  ['ne', 'a', 'a', false],
  ['ne', 'a', null, false],
  ['in', ['a', 'b'], 'b', true],
  ['in', ['a'], null, false],
  ['in', [], 'a', false],
  ['notIn', ['a'], 'b', true],
  ['notIn', ['a'], 'a', false],
  ['notIn', ['a'], null, false],
  ['notIn', [], 'a', true],
  ['notIn', [], null, false],
  ['lt', 2, 1, true],
  ['lt', 2, 2, false],
  ['lt', 2, null, false],
  ['lte', 2, 2, true],
  ['lte', 2, null, false],
  ['gt', 2, 3, true],
  ['gt', 2, 2, false],
  ['gt', -1, null, false],
  ['gte', 2, 2, true],
  ['gte', 0, null, false],
  ['has', undefined, 0, true],
  ['has', undefined, null, false],
  ['missing', undefined, null, true],
  ['missing', undefined, '', false],
  ['hasAny', ['a', 'b'], ['b', 'c'], true],
  ['hasAny', ['a'], ['b'], false],
  ['hasAny', ['a'], null, false],
  ['hasAny', [], ['a'], false],
  ['hasAll', ['a', 'b'], ['b', 'a', 'c'], true],
  ['hasAll', ['a', 'b'], ['a'], false],
  ['hasAll', ['a'], null, false],
  ['hasAll', [], null, true],
  ['hasNone', ['a'], ['b'], true],
  ['hasNone', ['a'], ['a'], false],
  ['hasNone', ['a'], null, true],
  ['hasNone', [], ['a'], true],
  ['isEmpty', undefined, [], true],
  ['isEmpty', undefined, ['a'], false],
  ['isEmpty', undefined, null, true],
  ['under', 'a/b', 'a/b/c', true],
  ['under', 'a/b', 'a/b', true],
  ['under', 'a/b', 'a/bc', false],
  ['under', 'a/b', 'a', false],
  ['under', ['x', 'a'], 'a/b', true],
  ['under', [], 'a', false],
  ['under', 'a', null, false],
];

describe('operators', () => {
  it.each(ROWS)('%s %j of %j is %s, and its `not` the opposite', (operator, value, actual, expected) => {
    const atom: Residual = { attribute: 'x', operator, ...(value === undefined ? {} : { value }) };
    const read = (): Value => actual;
    expect(evaluate(atom, read)).toBe(expected);
    expect(evaluate({ not: atom }, read)).toBe(!expected);
    expect(evaluate(simplify(atom), read)).toBe(expected);
  });
});

describe('simplify', () => {
  const atom = (value: string): LiteralAtom => ({ attribute: 'x', operator: 'eq', value });

  it('folds constants away', () => {
    expect(simplify({ all: [true, { any: [false, atom('a')] }] })).toEqual(atom('a'));
    expect(simplify({ all: [atom('a'), { not: true }] })).toBe(false);
    expect(simplify({ any: [atom('a'), { all: [true] }] })).toBe(true);
    expect(simplify({ not: { not: atom('a') } })).toEqual(atom('a'));
  });

  it('makes one list of the alternatives on one attribute', () => {
    const alternatives: Residual = {
      any: [atom('a'), { any: [atom('b'), atom('a')] }, { attribute: 'y', operator: 'missing' }],
    };
    expect(simplify(alternatives)).toEqual({
      any: [
        { attribute: 'x', operator: 'in', value: ['a', 'b'] },
        { attribute: 'y', operator: 'missing' },
      ],
    });
  });

  it('keeps the meaning of every pair of alternatives', () => {
    const atoms = ROWS.map(([operator, value]): LiteralAtom => ({
      attribute: 'x',
      operator,
      ...(value === undefined ? {} : { value }),
    }));
    const isForMany = ({ operator }: LiteralAtom): boolean => operator.startsWith('has') && operator !== 'has';
    const scalars: Value[] = [null, 'a', 'a/b', 'a/b/c', 'x', 0, 2, 3];
    const lists: Value[] = [[], ['a'], ['b', 'c'], ['a', 'b']];
    const pairs = atoms.flatMap((first) => atoms.map((second): [LiteralAtom, LiteralAtom] => [first, second]));
    const typed = pairs.filter(([first, second]) => isForMany(first) === isForMany(second));
    const wrong = typed.filter((any) =>
      (isForMany(any[0]) ? lists : scalars).some(
        (value) => evaluate(simplify({ any }), () => value) !== evaluate({ any }, () => value),
      ),
    );
    expect(wrong).toEqual([]);
  });

  it('never merges what must all hold', () => {
    expect(simplify({ all: [atom('a'), atom('b')] })).toEqual({ all: [atom('a'), atom('b')] });
  });
});
