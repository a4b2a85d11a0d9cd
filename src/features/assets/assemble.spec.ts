import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assemble, contentHash, type Fact } from './assemble.js';

const RANKS = { people: 0, 'dbt:shop': 20, openlineage: 40 } as const;
type Source = keyof typeof RANKS;

const fact = (sourceKey: Source, attribute: string, value: unknown, about: Partial<Fact> = {}): Fact => ({
  columnPath: '',
  attribute,
  sourceKey,
  rank: RANKS[sourceKey],
  value,
  assertedAt: new Date('2026-01-01'),
  assertedBy: null,
  ...about,
});
const field = (path: string, ordinal: number, description: string | null = null): object => ({
  path,
  type: 'int',
  description,
  ordinal,
});

describe('assemble', () => {
  it('lets people win over machines, whoever spoke last', () => {
    const view = assemble([
      fact('openlineage', 'description', 'a machine', { assertedAt: new Date('2026-09-09') }),
      fact('people', 'description', 'a person', { assertedBy: 'ann' }),
    ]);
    expect(view.description).toBe('a person');
    expect(view.provenance['description']).toEqual([{ source: 'people', at: '2026-01-01T00:00:00.000Z', by: 'ann' }]);
  });

  it('passes over a person who has nothing to say any more', () => {
    const view = assemble([fact('people', 'description', null), fact('dbt:shop', 'description', 'declared')]);
    expect(view.description).toBe('declared');
  });

  it('hears what people wrote at a source before its machines, and its other registers last', () => {
    const view = assemble([
      fact('dbt:shop', 'description', 'told', { assertedAt: new Date('2026-09-09') }),
      fact('dbt:shop', 'description#edited', 'written'),
      fact('dbt:shop', 'description#guessed', 'guessed', { assertedAt: new Date('2026-09-09') }),
      fact('openlineage', 'description#edited', 'written elsewhere', { assertedAt: new Date('2026-09-09') }),
    ]);
    expect(view.description).toBe('written');
    expect(assemble([fact('dbt:shop', 'subtype#kind', 'FLOW')]).subtype).toBe('FLOW');
  });

  it('adds up the lists of all registers of a source', () => {
    expect(assemble([fact('dbt:shop', 'tags', ['a']), fact('dbt:shop', 'tags#column', ['b'])]).tags).toEqual([
      'a',
      'b',
    ]);
  });

  it('hears what people wrote about columns before what their schema says', () => {
    const words = { a: { tags: [], terms: [], sensitivity: null, description: 'written' } };
    const view = assemble([
      fact('dbt:shop', 'schema', [field('a', 1, 'told'), field('b', 2, 'told')]),
      fact('dbt:shop', 'columnWords#edited', words),
    ]);
    expect(view.columns.map(({ description }) => description)).toEqual(['written', 'told']);
  });

  it('adds up tags of all sources, without what people struck out', () => {
    const view = assemble([
      fact('openlineage', 'tags', ['raw', 'pii']),
      fact('dbt:shop', 'tags', ['gold']),
      fact('people', 'tags', { add: ['mine'], remove: ['raw'] }),
    ]);
    expect(view.tags).toEqual(['gold', 'mine', 'pii']);
  });

  it('complaint 9: an empty list removes the tags of its own source only', () => {
    expect(assemble([fact('openlineage', 'tags', []), fact('dbt:shop', 'tags', ['gold'])]).tags).toEqual(['gold']);
  });

  it('shows the columns of the first source that knows any, with the words of others about them', () => {
    const view = assemble([
      fact('dbt:shop', 'schema', [field('id', 1), field('email', 2, 'Where to write.')]),
      fact('openlineage', 'schema', [field('email', 1), field('extra', 2)]),
      fact('openlineage', 'columnWords', { email: { tags: ['pii'], terms: [], sensitivity: 3 } }),
      fact('people', 'sensitivity', 1, { columnPath: 'email' }),
    ]);
    expect(view.columns.map(({ path }) => path)).toEqual(['id', 'email', 'extra']);
    expect(view.columns[1]).toMatchObject({ description: 'Where to write.', tags: ['pii'], sensitivity: 1 });
  });

  it('keeps the order of the source that lists most columns, whoever describes a few of them', () => {
    const view = assemble([
      fact('dbt:shop', 'schema', [field('c', 1, 'Third.')]),
      fact('openlineage', 'schema', [field('a', 1), field('b', 2), field('c', 3)]),
    ]);
    expect(view.columns.map(({ path, ordinal, description }) => [path, ordinal, description])).toEqual([
      ['a', 1, null],
      ['b', 2, null],
      ['c', 3, 'Third.'],
    ]);
  });

  it('is there as long as others speak of it, whatever a source that only describes it no longer lists', () => {
    const gone = { state: 'MISSING', since: new Date('2026-01-02'), isDescription: true } as const;
    const described = fact('dbt:shop', 'description', 'declared', { isFromRemoved: true });
    const observed = fact('openlineage', 'description', 'observed');
    expect(assemble([described, observed], [gone])).toMatchObject({ description: 'observed', presence: 'PRESENT' });
    expect(assemble([described], [gone])).toMatchObject({ description: 'declared', presence: 'MISSING' });
    const lister = { state: 'MISSING', since: new Date('2026-01-03') } as const;
    expect(assemble([described, observed], [gone, lister]).presence).toBe('MISSING');
  });

  // amundsen#1662
  it('complaint 10: is the same in any order, and what people said is in it', () => {
    const values = {
      description: fc.constantFrom('one', 'two', null),
      tags: fc.subarray(['a', 'b', 'c']),
      domain: fc.constantFrom('sales', 'people'),
      sensitivity: fc.nat({ max: 3 }),
    };
    const attribute = fc.constantFrom(...(Object.keys(values) as (keyof typeof values)[]));
    const machine = attribute.chain((name) =>
      fc.record({
        name: fc.constant(name),
        value: values[name] as fc.Arbitrary<unknown>,
        source: fc.constantFrom<Source>('dbt:shop', 'openlineage'),
        day: fc.nat({ max: 9 }),
      }),
    );
    fc.assert(
      fc.property(
        // A register holds one word of each source about each attribute.
        fc
          .uniqueArray(machine, { selector: ({ name, source }) => `${name} ${source}`, maxLength: 8 })
          .chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
        ([list, shuffled]) => {
          const people = [
            fact('people', 'description', 'by hand'),
            fact('people', 'tags', { add: ['kept'], remove: ['a'] }),
          ];
          const toFact = ({ name, value, source, day }: (typeof list)[number]): Fact =>
            fact(source, name, value, { assertedAt: new Date(Date.UTC(2026, 0, 1 + day)) });
          const view = assemble([...people, ...list.map(toFact)]);
          expect(assemble([...shuffled.map(toFact), ...people.toReversed()])).toEqual(view);
          expect(view.description).toBe('by hand');
          expect(view.tags).toContain('kept');
          expect(view.tags).not.toContain('a');
        },
      ),
      { numRuns: 500 },
    );
  });

  it('is a new view only when something shown has changed, not when the same word is said again', () => {
    const hash = (day: string, text: string): string =>
      contentHash(assemble([fact('openlineage', 'description', text, { assertedAt: new Date(day) })])).toString('hex');
    expect(hash('2026-01-01', 'a')).toBe(hash('2026-02-02', 'a'));
    expect(hash('2026-01-01', 'a')).not.toBe(hash('2026-01-01', 'b'));
  });
});
