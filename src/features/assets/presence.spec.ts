import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isInScope,
  isTooMuchGone,
  presenceOf,
  standingOf,
  type CompleteSync,
  type RecordState,
  type SyncScope,
} from './presence.js';

const EVERYTHING: SyncScope = { include: [], exclude: [] };
const day = (n: number): Date => new Date(Date.UTC(2026, 0, n));
const hour = (n: number): Date => new Date(Date.UTC(2026, 0, 1, n));
const sync = (at: Date, scope = EVERYTHING): CompleteSync => ({ at, scope });

describe('isInScope', () => {
  it('takes everything without globs, and what an exclusion names out again', () => {
    expect(isInScope(EVERYTHING, 'shop.public.orders')).toBe(true);
    expect(isInScope({ include: ['shop.*'], exclude: ['*.tmp_*'] }, 'shop.public.orders')).toBe(true);
    expect(isInScope({ include: ['shop.*'], exclude: ['*.tmp_*'] }, 'shop.public.tmp_1')).toBe(false);
    expect(isInScope({ include: ['shop.*'], exclude: [] }, 'crm.public.orders')).toBe(false);
  });

  it('reads every other character to the letter', () => {
    expect(isInScope({ include: ['a.b'], exclude: [] }, 'axb')).toBe(false);
    expect(isInScope({ include: ['a(b)[c]'], exclude: [] }, 'a(b)[c]')).toBe(true);
  });
});

describe('standingOf', () => {
  it('is present while no complete sync missed it', () => {
    expect(standingOf('orders', [])).toEqual({ state: 'PRESENT', since: null });
  });

  it('is missing after one, and removed after three', () => {
    expect(standingOf('orders', [sync(hour(1))])).toEqual({ state: 'MISSING', since: hour(1) });
    expect(standingOf('orders', [sync(hour(1)), sync(hour(2))])).toEqual({ state: 'MISSING', since: hour(1) });
    expect(
      standingOf(
        'orders',
        [1, 2, 3, 4].map((n) => sync(hour(n))),
      ),
    ).toEqual({ state: 'REMOVED', since: hour(3) });
  });

  it('is removed at once when its source is withdrawn, and whatever the source looked at before', () => {
    const withdrawal = { ...sync(hour(2)), isWithdrawal: true };
    expect(standingOf('orders', [withdrawal])).toEqual({ state: 'REMOVED', since: hour(2) });
    const narrow = sync(hour(1), { include: ['crm.*'], exclude: [] });
    expect(standingOf('orders', [narrow, withdrawal])).toEqual({ state: 'REMOVED', since: hour(2) });
  });

  it('is removed when it was missing for a week, however seldom the source is looked at', () => {
    expect(standingOf('orders', [sync(day(1)), sync(day(8))])).toEqual({ state: 'REMOVED', since: day(8) });
    expect(standingOf('orders', [sync(day(1)), sync(day(7))])).toEqual({ state: 'MISSING', since: day(1) });
  });

  it('is out of scope, not missing, where the filter no longer covers it', () => {
    const narrow = { include: ['sales*'], exclude: [] };
    expect(standingOf('orders', [sync(day(1), narrow), sync(day(20), narrow)])).toEqual({
      state: 'OUT_OF_SCOPE',
      since: day(20),
    });
    expect(standingOf('orders', [sync(hour(1)), sync(hour(2), narrow)]).state).toBe('OUT_OF_SCOPE');
    // What was gone before the filter changed stays gone.
    expect(standingOf('orders', [...[1, 2, 3].map((n) => sync(hour(n))), sync(hour(4), narrow)]).state).toBe('REMOVED');
  });
});

describe('presenceOf', () => {
  it('needs one source that still has it', () => {
    const states = fc.array(fc.constantFrom<RecordState>('PRESENT', 'OUT_OF_SCOPE', 'MISSING', 'REMOVED'));
    fc.assert(
      fc.property(states, (list) => {
        const { presence } = presenceOf(list.map((state) => ({ state, since: state === 'PRESENT' ? null : day(1) })));
        const isThere = list.length === 0 || list.some((state) => state === 'PRESENT' || state === 'OUT_OF_SCOPE');
        const isGone = !isThere && list.every((state) => state === 'REMOVED');
        expect(presence === 'PRESENT').toBe(isThere);
        expect(presence === 'REMOVED').toBe(isGone);
      }),
    );
  });
});

describe('isTooMuchGone', () => {
  it('asks a person from a fifth on', () => {
    expect(isTooMuchGone(10, 2)).toBe(false);
    expect(isTooMuchGone(10, 3)).toBe(true);
    expect(isTooMuchGone(0, 0)).toBe(false);
    expect(isTooMuchGone(1, 1)).toBe(true);
  });
});
