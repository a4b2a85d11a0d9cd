const WINDOW_MS = 60_000;

/** How many refusals are written down per minute: somebody who guesses must not be able to fill the disk. */
export class RefusalBudget {
  private windowStartMs = Number.NEGATIVE_INFINITY;
  private taken = 0;

  constructor(private readonly perMinute: number) {}

  /** Whether one more may be written down at `nowMs`. */
  take(nowMs: number): boolean {
    if (nowMs - this.windowStartMs >= WINDOW_MS) {
      this.windowStartMs = nowMs;
      this.taken = 0;
    }
    this.taken += 1;
    return this.taken <= this.perMinute;
  }
}
