/** Numbers by ordinal; what lies beyond the end is `missing`. */
export class GrowingInts {
  constructor(
    private array: Int32Array,
    private readonly missing: number,
  ) {}

  get(ordinal: number): number {
    return this.array[ordinal] ?? this.missing;
  }

  set(ordinal: number, value: number): void {
    if (ordinal >= this.array.length) {
      const grown = new Int32Array(Math.ceil(ordinal * 1.1) + 64).fill(this.missing);
      grown.set(this.array);
      this.array = grown;
    }
    this.array[ordinal] = value;
  }

  get bytes(): number {
    return this.array.byteLength;
  }
}
