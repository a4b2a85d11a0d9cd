const WORDS = 4;

/** Uuids and their ordinals, 0 upwards: 16 bytes and two slots of 4 bytes each, and what is added later in a map. */
export class UuidIndex {
  private readonly added = new Map<string, number>();
  private readonly addedIds: string[] = [];

  private constructor(
    /** Four words each. */
    private readonly words: Uint32Array<ArrayBuffer>,
    /** Open addressing: ordinal + 1, or 0 for free. */
    private readonly slots: Int32Array<ArrayBuffer>,
    private filled: number,
  ) {}

  static sized(capacity: number): UuidIndex {
    return new UuidIndex(new Uint32Array(capacity * WORDS), new Int32Array(slotCount(capacity)), 0);
  }

  static from({ words, slots, filled }: UuidArrays): UuidIndex {
    return new UuidIndex(words, slots, filled);
  }

  get count(): number {
    return this.filled + this.addedIds.length;
  }

  /** -1 for one that is not there. */
  find(id: string): number {
    const built = this.findFrom(id, 0);
    return built >= 0 ? built : (this.added.get(id) ?? -1);
  }

  /** The ordinal of an id that is there from now on. */
  add(id: string): number {
    const known = this.find(id);
    if (known >= 0) return known;
    const ordinal = this.count;
    this.added.set(id, ordinal);
    this.addedIds.push(id);
    return ordinal;
  }

  /** While it is built, the id at that place of a text; at most as many as it was sized for. */
  addFrom(text: string, at: number): number {
    readUuid(text, at);
    const slot = this.slotOfAsked();
    const found = this.slots[slot] ?? 0;
    if (found > 0) return found - 1;
    const ordinal = this.filled;
    this.words.set(asked, ordinal * WORDS);
    this.filled += 1;
    this.slots[slot] = this.filled;
    return ordinal;
  }

  /** Of what it was built with; -1 for one that is not there. */
  findFrom(text: string, at: number): number {
    readUuid(text, at);
    return (this.slots[this.slotOfAsked()] ?? 0) - 1;
  }

  idAt(ordinal: number): string {
    if (ordinal >= this.filled) return this.addedIds[ordinal - this.filled] ?? '';
    return textOf(this.words, ordinal * WORDS);
  }

  arrays(): UuidArrays {
    return { words: this.words, slots: this.slots, filled: this.filled };
  }

  get bytes(): number {
    return this.words.byteLength + this.slots.byteLength + this.addedIds.length * 150;
  }

  /** Where what is asked is, or the free slot where it would be. */
  private slotOfAsked(): number {
    const mask = this.slots.length - 1;
    for (let slot = hashOfAsked() & mask; ; slot = (slot + 1) & mask) {
      const found = this.slots[slot] ?? 0;
      if (found === 0 || this.isAsked(found - 1)) return slot;
    }
  }

  private isAsked(ordinal: number): boolean {
    const start = ordinal * WORDS;
    for (let at = 0; at < WORDS; at += 1) if (this.words[start + at] !== asked[at]) return false;
    return true;
  }
}

/** What goes from one thread to another. */
export interface UuidArrays {
  readonly words: Uint32Array<ArrayBuffer>;
  readonly slots: Int32Array<ArrayBuffer>;
  readonly filled: number;
}

/** One text at a time: put together from strings, the ids of a thousand nodes cost more than the walk to them. */
const text = Buffer.alloc(36);
const HEX = [...'0123456789abcdef'].map((digit) => digit.charCodeAt(0));
const DASH = 45;

function textOf(words: Uint32Array, start: number): string {
  let at = 0;
  for (let digit = 0; digit < 32; digit += 1) {
    if (digit === 8 || digit === 12 || digit === 16 || digit === 20) {
      text[at] = DASH;
      at += 1;
    }
    const word = words[start + (digit >> 3)] ?? 0;
    text[at] = HEX[(word >>> (28 - (digit & 7) * 4)) & 15] ?? 0;
    at += 1;
  }
  return text.toString('latin1');
}

/** A power of two, never more than half full. */
function slotCount(capacity: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(4, capacity * 2)));
}

export function uuidBytes(capacity: number): number {
  return capacity * WORDS * 4 + slotCount(capacity) * 4;
}

/** Of the uuid that is looked for; one at a time, so that half a million look-ups allocate nothing. */
const asked = new Uint32Array(WORDS);

/** Reads the uuid that begins at that place of the text: `xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx`. */
function readUuid(text: string, start: number): void {
  let digits = 0;
  for (let at = start; digits < 32; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 45) continue;
    if (Number.isNaN(code)) break;
    const nibble = code < 58 ? code - 48 : (code | 32) - 87;
    const word = digits >> 3;
    asked[word] = ((asked[word] ?? 0) << 4) | nibble;
    digits += 1;
  }
}

/** Finaliser of MurmurHash3 over the words of what is asked: ids that count up must spread too. */
function hashOfAsked(): number {
  let hash = 0;
  for (const word of asked) {
    hash = Math.imul(hash ^ word, 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    hash ^= hash >>> 16;
  }
  return hash >>> 0;
}
