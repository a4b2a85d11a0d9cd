import { describe, expect, it, vi } from 'vitest';
import type { Reading } from './readers/statement.js';
import { RecentReadings } from './recent-readings.js';

const reading: Reading = {
  source: { key: 'openlineage', kind: 'OPENLINEAGE' },
  facts: [],
  runs: [],
  lineage: [],
  assets: [],
  warnings: [],
};
const hash = (n: number): Buffer => Buffer.from([n]);

describe('recent readings', () => {
  it('are handed over once', () => {
    const recent = new RecentReadings();
    recent.keep(hash(1), { message: 'one', reading }, 10);
    recent.keep(hash(1), { message: 'one again', reading }, 10);
    expect(recent.take('01')).toMatchObject({ message: 'one again', reading });
    expect(recent.take('01')).toBeNull();
  });

  it('are bounded: those that wait longest are kept, and those that nobody takes make room', () => {
    vi.useFakeTimers();
    try {
      const recent = new RecentReadings();
      recent.keep(hash(1), { message: 1, reading }, 4_000_000);
      recent.keep(hash(2), { message: 2, reading }, 2_000_000);
      expect(recent.take('02')).toBeNull();
      vi.advanceTimersByTime(60_000);
      recent.keep(hash(3), { message: 3, reading }, 2_000_000);
      expect(recent.take('01')).toBeNull();
      expect(recent.take('03')).toMatchObject({ message: 3 });
    } finally {
      vi.useRealTimers();
    }
  });
});
