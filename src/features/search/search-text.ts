import { stemmer } from 'stemmer';
import { Invalid } from '../../core/errors.js';

/** One thing the searcher asked for: a word, or several that must follow each other. */
export interface Term {
  readonly words: readonly string[];
  readonly isPhrase: boolean;
  /** A word such as `of`: counts for names, and is not needed to be found. */
  readonly isOptional: boolean;
  /** What is as good: synonyms and abbreviations, each of one or more words that must all be found. */
  readonly also: readonly (readonly string[])[];
}

/** `tag:pii`, or `-tag:pii` when excluded. */
export interface Qualifier {
  readonly name: string;
  readonly value: string;
  readonly isExcluded: boolean;
}

export interface ParsedQuery {
  readonly wanted: readonly Term[];
  readonly excluded: readonly Term[];
  readonly qualifiers: readonly Qualifier[];
  /** Nothing but white space was asked for. */
  readonly isBlank: boolean;
}

const MAX_QUERY_LENGTH = 512;
const MAX_WORD_LENGTH = 200;

/** Where one word ends and the next begins without a separator: custOrder, HTTPServer, order2, 2items. */
const INNER_BOUNDARY = /(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})|(?<=\p{L})(?=\p{N})|(?<=\p{N})(?=\p{L})/gu;

/** English words that say nothing by themselves, as people type them around what they look for. */
const STOP_WORDS = new Set(
  `a an and are as at be by can data did do does find for from get give had has have how i in is it its list many me much
   my of on or our per see show table tables that the their them there these they this to us was we were what when where
   which who why will with you your`.match(/\S+/g),
);

/** Lower-case words without accents: `custOrderID`, `cust_order-id` and `Cust.Order.Id` give the same three. */
export function splitWords(text: string): string[] {
  const spaced = text.normalize('NFKC').replace(INNER_BOUNDARY, ' ');
  const plain = spaced.toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '');
  return (plain.match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => cut(word, MAX_WORD_LENGTH));
}

/** The words of a text where they stand, in UTF-16 code units. */
export function pieces(text: string): { start: number; length: number; word: string }[] {
  return [...text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)].flatMap((run) => {
    const ends = [...run[0].matchAll(INNER_BOUNDARY)].map((boundary) => boundary.index);
    return [0, ...ends].flatMap((from, index) => {
      const part = run[0].slice(from, ends[index]);
      const [word] = splitWords(part);
      return word === undefined ? [] : [{ start: run.index + from, length: part.length, word }];
    });
  });
}

/** One spelling for all spellings of a name. */
export function foldName(name: string): string {
  return splitWords(name).join(' ');
}

/** The words without anything between them: what a name is recognised by when separators are left out or added. */
export function squeeze(words: readonly string[]): string {
  return cut(words.join(''), MAX_QUERY_LENGTH - 12);
}

/** The word and its stem (Porter): what is indexed of a word, and what a word is looked up by. */
export function forms(word: string): string[] {
  return [...new Set([word, stemmer(word)])];
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

const TOKEN =
  /(?<minus>(?<!\S)-)?(?:(?<=^|\s|-)(?<name>\p{L}+):(?:"(?<quoted>[^"]*)"|(?<value>[^\s"/]+))(?!\S)|"(?<phrase>[^"]*)"|(?<word>[^\s"]+))/gu;

/**
 * `words`, `"a phrase"`, `-excluded`, `-"excluded phrase"`, `name:value`, `name:"two words"`. Everything else is
 * punctuation and only separates; a dash inside a word does too, so `cust-order` excludes nothing.
 * @throws {Invalid} above 512 characters.
 */
export function parseQuery(text: string, field: readonly string[] = ['query']): ParsedQuery {
  if (text.length > MAX_QUERY_LENGTH) {
    throw new Invalid(`A search is at most ${MAX_QUERY_LENGTH} characters long, not ${text.length}.`, field);
  }
  const wanted: Term[] = [];
  const excluded: Term[] = [];
  const qualifiers: Qualifier[] = [];
  for (const { groups } of text.matchAll(TOKEN)) {
    const { minus, name, quoted, value, phrase, word } = groups ?? {};
    const isExcluded = minus !== undefined;
    if (name !== undefined) qualifiers.push({ name, value: quoted ?? value ?? '', isExcluded });
    else (isExcluded ? excluded : wanted).push(...termsOf(phrase ?? word ?? '', isExcluded || phrase !== undefined));
  }
  return { wanted: withStopWords(wanted), excluded, qualifiers, isBlank: text.trim() === '' };
}

/** What is quoted or excluded stays together: `-cust_order` excludes those two words in a row, not each of them. */
export function termsOf(text: string, isTogether: boolean): Term[] {
  const words = splitWords(text);
  if (words.length === 0) return [];
  if (isTogether) return [{ words, isPhrase: words.length > 1, isOptional: false, also: [] }];
  return words.map((word) => ({ words: [word], isPhrase: false, isOptional: false, also: [] }));
}

/** A query of nothing but stop words means them. */
function withStopWords(terms: readonly Term[]): Term[] {
  const isStop = ({ words, isPhrase }: Term): boolean => !isPhrase && STOP_WORDS.has(words[0] ?? '');
  if (terms.every(isStop)) return [...terms];
  return terms.map((term) => (isStop(term) ? { ...term, isOptional: true } : term));
}
