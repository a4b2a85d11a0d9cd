import { splitWords, type Term } from './search-text.js';

/** Words of a query that may be one expression. */
const LONGEST_PHRASE = 4;
const MOST_PHRASES = 60;
const MOST_ALTERNATIVES = 8;

/** Every run of up to four words of a query, folded. */
export function phrasesOf(terms: readonly Term[]): string[] {
  const phrases = terms.flatMap((_, from) =>
    Array.from({ length: LONGEST_PHRASE }, (__, length) => phraseAt(terms, from, length + 1)),
  );
  return [...new Set(phrases.flatMap((phrase) => phrase ?? []))].slice(0, MOST_PHRASES);
}

/** The terms with what is as good: each group holds expressions that mean the same. Longer expressions are taken first. */
export function withSynonyms(terms: readonly Term[], groups: readonly (readonly string[])[]): Term[] {
  const result: Term[] = [];
  for (let from = 0; from < terms.length;) {
    const { length, also } = longestAt(terms, from, groups);
    const together = terms.slice(from, from + length);
    const [first] = together;
    if (first && length === 1) result.push({ ...first, also });
    if (length > 1) {
      const words = together.flatMap((term) => term.words);
      result.push({ words, isPhrase: false, isOptional: false, also });
    }
    from += length;
  }
  return result;
}

function longestAt(
  terms: readonly Term[],
  from: number,
  groups: readonly (readonly string[])[],
): { length: number; also: readonly (readonly string[])[] } {
  for (let length = LONGEST_PHRASE; length > 0; length -= 1) {
    const phrase = phraseAt(terms, from, length);
    if (phrase === null) continue;
    const others = groups.filter((group) => group.includes(phrase)).flatMap((group) => group);
    const also = [...new Set(others)].filter((other) => other !== phrase).slice(0, MOST_ALTERNATIVES);
    if (also.length > 0) return { length, also: also.map(splitWords) };
  }
  return { length: 1, also: terms[from]?.also ?? [] };
}

/** What is quoted is meant to the letter. */
function phraseAt(terms: readonly Term[], from: number, length: number): string | null {
  const run = terms.slice(from, from + length);
  if (run.length < length || run.some(({ isPhrase }) => isPhrase)) return null;
  return run.flatMap(({ words }) => words).join(' ');
}
