import { describe, expect, it } from 'vitest';
import { Conflict } from '../../core/errors.js';
import { decodeCursor, encodeCursor, pageRequest } from './page-arguments.js';
import { asPayload } from './user-errors.js';

describe('pageRequest', () => {
  it('takes 20 when nothing is said', () => {
    expect(pageRequest(undefined, null)).toEqual({ first: 20, after: null });
  });

  it.each([0, -1, 101])('refuses %i', (first) => {
    expect(() => pageRequest(first, null)).toThrow(`first is 1–100, not ${first}.`);
  });
});

describe('cursors', () => {
  it('come back as they were', () => {
    expect(decodeCursor(encodeCursor(['ä"', '2']), 2)).toEqual(['ä"', '2']);
  });

  it.each(['', 'x', encodeCursor(['1']), Buffer.from('[1,2]').toString('base64url')])('refuses %j', (cursor) => {
    expect(() => decodeCursor(cursor, 2)).toThrow('after is not the endCursor of a page of this list.');
  });
});

describe('asPayload', () => {
  it('answers with what was made', async () => {
    expect(await asPayload(async () => ({ asset: 1 }))).toEqual({ asset: 1, userErrors: [] });
  });

  it('answers with what the caller can correct', async () => {
    const outcome = asPayload(
      async (): Promise<{ replayed: number }> => Promise.reject(new Conflict('Twice.', ['id'])),
      {
        replayed: 0,
      },
    );
    expect(await outcome).toEqual({
      replayed: 0,
      userErrors: [{ message: 'Twice.', code: 'CONFLICT', field: ['id'] }],
    });
  });

  it('throws on what the caller cannot correct', async () => {
    await expect(asPayload(async () => Promise.reject(new Error('disk full')))).rejects.toThrow('disk full');
  });
});
