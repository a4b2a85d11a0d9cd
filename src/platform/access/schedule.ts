import { z } from 'zod';

/** In the order of the week: the day before Monday is Sunday. */
const DAYS = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'] as const;
type Day = (typeof DAYS)[number];

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "must be a time of day such as '09:30'");

/**
 * A window that comes back every week, by the clock on the wall of a place: from `from` until just before `to`. Where `to`
 * is earlier, it is open over midnight and belongs to the day on which it opens. When clocks go forward, a window that
 * would open in the missing hour opens after it; when they go back, the repeated hour is as open the second time.
 */
export const schedule = z
  .strictObject({
    /** IANA name. */
    timeZone: z.string().refine(isTimeZone, "must be a time zone such as 'Europe/Berlin'"),
    /** Every day when left out. */
    days: z.array(z.enum(DAYS)).min(1).optional(),
    from: clock,
    to: clock,
  })
  .refine(({ from, to }) => from !== to, { path: ['to'], message: 'must be another time than from' });
export type Schedule = z.infer<typeof schedule>;

const MINUTE_MS = 60_000;
/** No place on earth moves its clocks in the middle of half an hour of UTC. */
const HALF_HOUR_MS = 30 * MINUTE_MS;
const DAY_MINUTES = 24 * 60;

export function isOpen({ timeZone, days, from, to }: Schedule, now: Date): boolean {
  const { day, minute } = wallClock(timeZone, now);
  const [opens, closes] = [minutesOf(from), minutesOf(to)];
  const isOn = (one: Day): boolean => !days || days.includes(one);
  if (opens < closes) return isOn(day) && opens <= minute && minute < closes;
  return (isOn(day) && minute >= opens) || (isOn(dayBefore(day)) && minute < closes);
}

/** An instant until which the answer of `isOpen` stays; at most half an hour ahead, as clocks may be moved then. */
export function staysUntil({ timeZone, from, to }: Schedule, now: Date): number {
  const { minute } = wallClock(timeZone, now);
  const untilNextMinute = MINUTE_MS - (now.getTime() % MINUTE_MS);
  const waits = [minutesOf(from), minutesOf(to), DAY_MINUTES].map(
    (at) => (at - minute - 1 + DAY_MINUTES) % DAY_MINUTES,
  );
  const nextTurn = now.getTime() + untilNextMinute + Math.min(...waits) * MINUTE_MS;
  const nextHalfHour = (Math.floor(now.getTime() / HALF_HOUR_MS) + 1) * HALF_HOUR_MS;
  return Math.min(nextTurn, nextHalfHour);
}

const formats = new Map<string, Intl.DateTimeFormat>();

function wallClock(timeZone: string, now: Date): { day: Day; minute: number } {
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
    });
  formats.set(timeZone, format);
  const parts = new Map(format.formatToParts(now).map(({ type, value }) => [type, value]));
  const name = (parts.get('weekday') ?? '').toUpperCase();
  const day = DAYS.find((one) => one === name) ?? 'MON';
  return { day, minute: Number(parts.get('hour')) * 60 + Number(parts.get('minute')) };
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

function dayBefore(day: Day): Day {
  return DAYS.at(DAYS.indexOf(day) - 1) ?? day;
}

function isTimeZone(name: string): boolean {
  try {
    // Offsets such as '+01:00' are no places: their clocks are never moved.
    return /^[A-Za-z]/.test(name) && new Intl.DateTimeFormat('en-US', { timeZone: name }).format(0) !== '';
  } catch {
    return false;
  }
}
