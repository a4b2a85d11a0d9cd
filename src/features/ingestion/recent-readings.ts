import { Injectable } from '@nestjs/common';
import type { Reading } from './readers/statement.js';

export interface RecentReading {
  readonly message: unknown;
  readonly reading: Reading;
}

interface Kept extends RecentReading {
  /** Characters of JSON. */
  readonly length: number;
  readonly atMs: number;
}

/** Characters of JSON; in memory they and what is read of them take about eight times as much. */
const MOST_KEPT = 5_000_000;
/** By then another process has projected it. */
const KEPT_MS = 60_000;

/**
 * What was read of messages at receipt, for their projection soon after in the same process: reading is a pure function of
 * the message and the dearest of what is done with it here. What comes while there is no room is read again.
 */
@Injectable()
export class RecentReadings {
  /** A Map keeps the order of insertion: the first is the oldest. */
  private readonly kept = new Map<string, Kept>();
  private length = 0;

  keep(hash: Buffer, recent: RecentReading, length: number): void {
    const atMs = Date.now();
    for (const [key, oldest] of this.kept) {
      if (atMs - oldest.atMs < KEPT_MS) break;
      this.take(key);
    }
    const key = hash.toString('hex');
    this.take(key);
    if (this.length + length > MOST_KEPT) return;
    this.kept.set(key, { ...recent, length, atMs });
    this.length += length;
  }

  /** Once. @param hash hexadecimal. */
  take(hash: string): RecentReading | null {
    const known = this.kept.get(hash);
    if (!known) return null;
    this.kept.delete(hash);
    this.length -= known.length;
    return known;
  }
}
