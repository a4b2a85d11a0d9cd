interface Kept<T> {
  readonly answer: T;
  readonly weight: number;
}

/** Remembers what was asked last: at most so many answers, and so much of them together. */
export class RecentAnswers<T> {
  /** A Map keeps the order of insertion: the first is the one that was not asked for the longest. */
  private readonly kept = new Map<string, Kept<T>>();
  private weight = 0;

  /** `maxWeight` is in whatever unit `keep` is told. */
  constructor(private readonly limits: { readonly maxCount: number; readonly maxWeight: number }) {}

  find(key: string): T | undefined {
    const known = this.kept.get(key);
    if (!known) return undefined;
    this.kept.delete(key);
    this.kept.set(key, known);
    return known.answer;
  }

  /** What is too heavy to be kept beside nothing is not kept. */
  keep(key: string, answer: T, weight: number): void {
    this.forget(key);
    if (weight > this.limits.maxWeight) return;
    this.kept.set(key, { answer, weight });
    this.weight += weight;
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= this.limits.maxCount && this.weight <= this.limits.maxWeight) return;
      this.forget(oldest);
    }
  }

  private forget(key: string): void {
    this.weight -= this.kept.get(key)?.weight ?? 0;
    this.kept.delete(key);
  }
}
