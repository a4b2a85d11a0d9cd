import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { RefusalBudget } from './refusal-budget.js';
import { newToken, tokenOf, traceOf } from './tokens.js';

describe('newToken', () => {
  it('has 256 random bits behind a mark, and keeps their SHA-256 only', () => {
    const { secret, prefix, hash } = newToken();
    expect(secret).toMatch(/^cad_[A-Za-z0-9_-]{43}$/);
    expect(prefix).toBe(secret.slice(0, 8));
    expect(hash).toEqual(createHash('sha256').update(secret).digest());
    expect(newToken().secret).not.toBe(secret);
  });

  it('is found again by its secret', () => {
    const token = newToken();
    expect(tokenOf(token.secret)).toEqual(token);
  });
});

describe('traceOf', () => {
  it.each([
    ['cad_abcdefghijkl', 'token cad_abcd'],
    ['cad_ab', 'nobody'],
    ['hunter2-my-password', 'nobody'],
    ["cad_'; DROP TABLE", 'nobody'],
    ['', 'nobody'],
  ])('of %j is %j', (secret, trace) => {
    expect(traceOf(secret)).toBe(trace);
  });
});

describe('RefusalBudget', () => {
  it('gives so many per minute and begins anew after it', () => {
    const budget = new RefusalBudget(2);
    expect([0, 10, 20, 59_999].map((nowMs) => budget.take(nowMs))).toEqual([true, true, false, false]);
    expect([60_000, 60_001, 60_002].map((nowMs) => budget.take(nowMs))).toEqual([true, true, false]);
  });
});
