/** The objects of a JSON document too large to parse at once: elements of its array, or values one after another. */
export class BrokenJson extends Error {}

/**
 * Cuts a stream of text into its outermost objects, each parsed by itself: of an array its elements, else (one object, or
 * one a line) the values. Other values are passed on too, for somebody to say that they are none.
 * @throws BrokenJson naming the place when a value is no JSON or the text ends within one.
 */
export async function* jsonValues(chunks: AsyncIterable<string>): AsyncGenerator<unknown> {
  const splitter = new Splitter();
  for await (const chunk of chunks) for (const text of splitter.push(chunk)) yield parsed(text, splitter.count);
  for (const text of splitter.end()) yield parsed(text, splitter.count);
}

function parsed(text: string, count: number): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new BrokenJson(`value ${count}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

class Splitter {
  count = 0;
  private depth = 0;
  private isArray: boolean | null = null;
  private isInText = false;
  private isEscaped = false;
  private isClosed = false;
  private pending = '';

  /** The values that the chunk completes. */
  push(chunk: string): string[] {
    const found: string[] = [];
    let start = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      const character = chunk.charAt(at);
      if (this.isWithinText(character)) continue;
      if (this.isOpening(character)) {
        start = at + 1;
        continue;
      }
      if (!this.isEnd(character)) continue;
      const isPart = character === '}' || (character === ']' && !this.isClosed);
      found.push(...this.cut(chunk.slice(start, isPart ? at + 1 : at)));
      start = at + 1;
    }
    this.pending += chunk.slice(start);
    return found;
  }

  /** What is left when the text ends. */
  end(): string[] {
    const rest = this.cut('');
    if (this.isInText || this.depth > 0 || (this.isArray && !this.isClosed))
      throw new BrokenJson(`the text ends within value ${this.count}`);
    return rest;
  }

  private isWithinText(character: string): boolean {
    if (!this.isInText) {
      if (character === '"') this.isInText = true;
      return this.isInText;
    }
    if (this.isEscaped) this.isEscaped = false;
    else if (character === '\\') this.isEscaped = true;
    else if (character === '"') this.isInText = false;
    return true;
  }

  /** The bracket of the array that holds everything; also passes over what may come before it. */
  private isOpening(character: string): boolean {
    if (this.isArray !== null) return false;
    if (/[\s\uFEFF]/.test(character)) return true;
    this.isArray = character === '[';
    return this.isArray;
  }

  /** Whether the character ends a value, or stands between two. */
  private isEnd(character: string): boolean {
    if (character === '{' || character === '[') this.depth += 1;
    if (character !== '}' && character !== ']') return this.depth === 0 && /[,\n]/.test(character);
    if (character === ']' && this.depth === 0 && this.isArray) {
      this.isClosed = true;
      return true;
    }
    this.depth -= 1;
    return this.depth === 0;
  }

  private cut(text: string): string[] {
    const value = (this.pending + text).trim();
    this.pending = '';
    if (value === '') return [];
    this.count += 1;
    return [value];
  }
}
