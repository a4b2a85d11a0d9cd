import { parseValue } from 'graphql';
import { describe, expect, it } from 'vitest';
import { DateTime, JsonValue } from './scalars.js';

describe('DateTime', () => {
  it.each([
    ['2026-11-24T12:30:00Z', '2026-11-24T12:30:00.000Z'],
    ['2026-11-24t12:30:00.123456z', '2026-11-24T12:30:00.123Z'],
    ['2026-11-24T01:30:00+02:00', '2026-11-23T23:30:00.000Z'],
    ['2024-02-29T00:00:00-00:00', '2024-02-29T00:00:00.000Z'],
  ])('reads %s', (text, expected) => {
    expect(DateTime.parseValue(text).toISOString()).toBe(expected);
  });

  it.each([
    '2026-11-24',
    '2026-11-24T12:30:00',
    '2026-11-24 12:30:00Z',
    '2026-02-30T00:00:00Z',
    '2025-02-29T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-01-00T00:00:00Z',
    '2026-11-24T24:00:00Z',
    '2026-11-24T23:59:60Z',
    'yesterday',
    1_764_000_000,
    null,
  ])('refuses %s', (value) => {
    expect(() => DateTime.parseValue(value)).toThrow('DateTime is an RFC 3339 instant');
  });

  it('refuses a number written in the query', () => {
    expect(() => DateTime.parseLiteral(parseValue('2026'))).toThrow('DateTime is an RFC 3339 instant');
  });

  it('writes UTC', () => {
    expect(DateTime.serialize(new Date(0))).toBe('1970-01-01T00:00:00.000Z');
  });

  it('refuses to write an invalid date', () => {
    expect(() => DateTime.serialize(new Date(Number.NaN))).toThrow('DateTime is an RFC 3339 instant');
  });
});

describe('JSON', () => {
  it('reads a value written in the query, variables included', () => {
    const literal = parseValue('{ a: [1, 2.5, "x", true, null], b: $given }');
    expect(JsonValue.parseLiteral(literal, { given: { c: 1 } })).toEqual({
      a: [1, 2.5, 'x', true, null],
      b: { c: 1 },
    });
  });

  it('passes every value through', () => {
    expect(JsonValue.parseValue({ a: null })).toEqual({ a: null });
    expect(JsonValue.serialize([1, 'x'])).toEqual([1, 'x']);
  });
});
