import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOpen, schedule, staysUntil, type Schedule } from './schedule.js';

const OFFICE: Schedule = {
  timeZone: 'Europe/Berlin',
  days: ['MON', 'TUE', 'WED', 'THU', 'FRI'],
  from: '09:00',
  to: '17:00',
};
const NIGHT: Schedule = { timeZone: 'America/New_York', days: ['FRI'], from: '22:00', to: '02:00' };
const at = (window: Schedule, instant: string) => isOpen(window, new Date(instant));

describe('a recurring window', () => {
  it.each([
    ['opens by the wall clock in winter', OFFICE, '2026-01-12T07:59:59Z', '2026-01-12T08:00:00Z'],
    ['opens by the wall clock in summer', OFFICE, '2026-07-13T06:59:59Z', '2026-07-13T07:00:00Z'],
    ['opens over midnight', NIGHT, '2026-01-10T02:59:00Z', '2026-01-10T03:00:00Z'],
    [
      'opens after the hour that spring takes',
      { timeZone: 'Europe/Berlin', from: '02:30', to: '04:00' },
      '2026-03-29T00:59:59Z',
      '2026-03-29T01:00:00Z',
    ],
    [
      'opens half an hour off the hour',
      { timeZone: 'Asia/Kolkata', from: '09:00', to: '10:00' },
      '2026-05-01T03:29:59Z',
      '2026-05-01T03:30:00Z',
    ],
  ] as const)('%s', (_, window, before, after) => {
    expect([at(window, before), at(window, after)]).toEqual([false, true]);
  });

  it.each([
    ['closes by the wall clock', OFFICE, '2026-07-13T14:59:59Z', '2026-07-13T15:00:00Z'],
    ['closes on the day after the one it belongs to', NIGHT, '2026-01-10T06:59:00Z', '2026-01-10T07:00:00Z'],
    [
      'closes for the weekend',
      { ...OFFICE, from: '00:00', to: '23:59' },
      '2026-01-16T22:58:00Z',
      '2026-01-16T23:00:00Z',
    ],
  ] as const)('%s', (_, window, before, after) => {
    expect([at(window, before), at(window, after)]).toEqual([true, false]);
  });

  it('is open twice in the hour that autumn repeats', () => {
    const window: Schedule = { timeZone: 'Europe/Berlin', from: '02:15', to: '02:45' };
    const open = ['00:14', '00:15', '00:44', '00:45', '01:14', '01:15', '01:44', '01:45'].map((time) =>
      at(window, `2026-10-25T${time}:00Z`),
    );
    expect(open).toEqual([false, true, true, false, false, true, true, false]);
  });

  it.each([
    [{ ...OFFICE, timeZone: 'Europe/Atlantis' }],
    [{ ...OFFICE, timeZone: '+01:00' }],
    [{ ...OFFICE, from: '9:00' }],
    [{ ...OFFICE, to: '24:00' }],
    [{ ...OFFICE, to: '09:00' }],
    [{ ...OFFICE, days: [] }],
    [{ ...OFFICE, days: ['Monday'] }],
    [{ ...OFFICE, hours: 8 }],
  ])('refuses %j', (window) => {
    expect(schedule.safeParse(window).success).toBe(false);
  });

  it('stays as it is until the instant it says', () => {
    const times = fc
      .integer({ min: 0, max: 24 * 60 - 1 })
      .map((m) => `${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`);
    const zones = fc.constantFrom(
      'Europe/Berlin',
      'America/New_York',
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
      'Pacific/Apia',
    );
    const days = fc.option(fc.subarray(['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'] as const, { minLength: 1 }), {
      nil: undefined,
    });
    const instants = fc.date({ min: new Date('2025-01-01'), max: new Date('2027-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(zones, days, times, times, instants, (timeZone, on, from, to, now) => {
        fc.pre(from !== to);
        const window = { timeZone, from, to, ...(on && { days: on }) };
        const until = staysUntil(window, now);
        expect(until).toBeGreaterThan(now.getTime());
        for (const share of [0.2, 0.5, 0.9, 1]) {
          const instant = new Date(now.getTime() + (until - 1 - now.getTime()) * share);
          expect(isOpen(window, instant)).toBe(isOpen(window, now));
        }
      }),
      { numRuns: 2000 },
    );
  });
});
