import { Invalid } from '../../core/errors.js';

/** One thing the searcher asked for: a word, or several that must follow each other. */
export interface Term {
  readonly words: readonly string[];
  readonly isPhrase: boolean;
}

export interface ParsedQuery {
  readonly wanted: readonly Term[];
  readonly excluded: readonly Term[];
}

const MAX_QUERY_LENGTH = 512;
const MAX_WORD_LENGTH = 200;

/** Where one word ends and the next begins without a separator: custOrder, HTTPServer, order2, 2items. */
const INNER_BOUNDARY = /(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})|(?<=\p{L})(?=\p{N})|(?<=\p{N})(?=\p{L})/gu;

/** Lower-case words without accents: `custOrderID`, `cust_order-id` and `Cust.Order.Id` give the same three. */
export function splitWords(text: string): string[] {
  const spaced = text.normalize('NFKC').replace(INNER_BOUNDARY, ' ');
  const plain = spaced.toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '');
  return (plain.match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => cut(word, MAX_WORD_LENGTH));
}

/** One spelling for all spellings of a name. */
export function foldName(name: string): string {
  return splitWords(name).join(' ');
}

/** The words without anything between them: what a name is recognised by when separators are left out or added. */
export function squeeze(words: readonly string[]): string {
  return cut(words.join(''), MAX_QUERY_LENGTH - 12);
}

/** `shop.public.orders` has three parts, `landing/orders.csv` two: dots divide only where no slash does. */
export function nameParts(name: string): string[] {
  const parts = name.split(name.includes('/') ? '/' : '.');
  return parts.filter((part) => splitWords(part).length > 0);
}

/** Whole characters, never half of one. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  return Array.from(text.slice(0, length * 2))
    .slice(0, length)
    .join('');
}

/**
 * `words`, `"a phrase"`, `-excluded`, `-"excluded phrase"`. Everything else is punctuation and only separates; a dash
 * inside a word does too, so `cust-order` excludes nothing.
 * @throws {Invalid} above 512 characters.
 */
export function parseQuery(text: string, field = 'query'): ParsedQuery {
  if (text.length > MAX_QUERY_LENGTH) {
    throw new Invalid(`A search is at most ${MAX_QUERY_LENGTH} characters long, not ${text.length}.`, [field]);
  }
  const wanted: Term[] = [];
  const excluded: Term[] = [];
  for (const match of text.matchAll(/(?<minus>(?<!\S)-)?(?:"(?<phrase>[^"]*)"|(?<word>[^\s"]+))/gu)) {
    const { minus, phrase, word } = match.groups ?? {};
    const words = splitWords(phrase ?? word ?? '');
    const target = minus === undefined ? wanted : excluded;
    target.push(...termsOf(words, phrase !== undefined || minus !== undefined));
  }
  return { wanted, excluded };
}

/** What is quoted or excluded stays together: `-cust_order` excludes those two words in a row, not each of them. */
function termsOf(words: readonly string[], isTogether: boolean): Term[] {
  if (words.length === 0) return [];
  if (isTogether) return [{ words, isPhrase: words.length > 1 }];
  return words.map((word) => ({ words: [word], isPhrase: false }));
}
