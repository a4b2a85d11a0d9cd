import { squeeze, type ParsedQuery, type Term } from './search-text.js';

/**
 * A query as texts of tsquery. Words hold letters and digits only, so nothing needs escaping. Weights as in
 * search-document.ts: A own name, B qualifiers, C description, D labels; keys begin with `=`, `#` or `~`.
 */
export interface TextQueries {
  readonly exactName: string;
  readonly qualifiedName: string;
  readonly namePrefix: string;
  readonly allInName: string;
  readonly anyInOwnName: string;
  readonly allInText: string;
  /** Something beyond the qualifiers: otherwise a table's name would find each of its columns. */
  readonly anyOwn: string;
  /** Null when nothing is excluded. */
  readonly excluded: string | null;
  /** The words with single spaces, to be compared by trigrams. */
  readonly plain: string;
}

/** Null when the query holds no word to look for. */
export function textQueries({ wanted, excluded }: ParsedQuery): TextQueries | null {
  const words = wanted.flatMap((term) => term.words);
  if (words.length === 0) return null;
  const key = squeeze(words);
  return {
    exactName: `'=${key}' | '#${key}'`,
    qualifiedName: `'~${key}'`,
    namePrefix: `'=${key}':*`,
    allInName: all(wanted, (word, isPhrase) => `'${word}':${isPhrase ? '' : star(word)}AB`),
    anyInOwnName: any(words, (word) => `'${word}':${star(word)}A`),
    allInText: all(wanted, (word, isPhrase) => (isPhrase ? `'${word}'` : `('${word}' | '${word}':${star(word)}A)`)),
    anyOwn: any(words, (word) => `'${word}':ACD | '${word}':${star(word)}A`),
    excluded: excluded.length > 0 ? any(excluded, (term) => `(${sequence(term, (word) => `'${word}'`)})`) : null,
    plain: words.join(' '),
  };
}

/** The beginning of a word counts from three characters on. */
function star(word: string): string {
  return word.length >= 3 ? '*' : '';
}

function all(terms: readonly Term[], write: (word: string, isPhrase: boolean) => string): string {
  return terms.map((term) => `(${sequence(term, (word) => write(word, term.isPhrase))})`).join(' & ');
}

function sequence(term: Term, write: (word: string) => string): string {
  return term.words.map(write).join(' <-> ');
}

function any<T>(items: readonly T[], write: (item: T) => string): string {
  return items.map(write).join(' | ');
}
