import { createHash } from 'node:crypto';
import { pairsOf, type SearchDocument } from './search-document.js';
import type { SearchTier } from './search-index.js';
import { forms, squeeze, type ParsedQuery, type Term } from './search-text.js';

/**
 * Documents and queries as lexemes and tsqueries. Each lexeme begins with its field, those of columns with another letter,
 * so that GIN decides without weights and positions, which it does not hold: no row is read to find out. Rows are short,
 * for common words match hundreds of thousands of them: a word is held once, by the first field that has it, and what is
 * only compared as a whole is held as a digest.
 */
export function lexemesOf(document: SearchDocument): string[] {
  const prefix = document.kind === 'COLUMN' ? COLUMN : '';
  const inName = new Set(document.nameWords);
  const inPath = new Set(document.pathWords);
  const ofText = document.kind === 'COLUMN' ? document.ownWords : document.textWords;
  const field = (name: string, words: readonly string[]): string[] => words.map((word) => `${prefix}${name}${word}`);
  return [
    ...(document.wholeName === '' ? [] : [digested('#', document.wholeName)]),
    ...document.endings.map((ending) => digested('~', ending)),
    ...document.pairs.map((pair) => digested('b', pair)),
    ...field('=', document.names),
    ...field('n', document.nameWords),
    ...field(
      'p',
      document.pathWords.filter((word) => !inName.has(word)),
    ),
    // Of columns also what their path has: it is theirs as well.
    ...field(
      't',
      ofText.filter((word) => !inName.has(word) && (document.kind === 'COLUMN' || !inPath.has(word))),
    ),
  ];
}

/** 48 bits of SHA-256. */
function digested(field: string, text: string): string {
  return field + createHash('sha256').update(text, 'utf8').digest('base64url').slice(0, 8);
}

const COLUMN = 'c';
/** Where a word may be. */
const FIELDS = ['n', 'p', 't', `${COLUMN}n`, `${COLUMN}p`, `${COLUMN}t`];
/** The beginning of a word counts from three characters on. */
const LEAST_PREFIX = 3;

/** Tsqueries of which one must match. One by one they are much cheaper for GIN than a query that joins them. */
export type AnyOf = readonly string[];

/** Documents of one tier, or part of one, those of the stages before included. */
export interface Stage {
  readonly tier: SearchTier;
  readonly anyOf: AnyOf;
}

export interface Stages {
  readonly stages: readonly Stage[];
  /** What any of the stages matches. */
  readonly anyOf: AnyOf;
}

/** Null when there is no word to look for. */
export function stagesOf(query: ParsedQuery): Stages | null {
  const needed = query.wanted.filter(({ isOptional }) => !isOptional);
  if (needed.length === 0) return null;
  const key = squeeze(query.wanted.flatMap(({ words }) => words));
  // Names that contain a phrase in other words are no names that start with it.
  const isPlain = query.wanted.every(({ isPhrase }) => !isPhrase);
  const named: (readonly [SearchTier, AnyOf])[] = [
    ['EXACT_NAME', [`'=${key}'`, `'${digested('#', key)}'`]],
    ['QUALIFIED_NAME', [`'${digested('~', key)}'`]],
    ['NAME_PREFIX', isPlain ? [`'=${key}':*`] : []],
  ];
  const column = [`'${COLUMN}=${key}':*`];
  const text = anywhere(needed);
  const stages = [
    ...named,
    ['NAME_WORDS', together(needed, inPath(''), inName(''))],
    ['COLUMN_NAME', [`'${COLUMN}=${key}'`]],
    ['COLUMN_NAME', column],
    ['COLUMN_NAME', together(needed, inPath(COLUMN), inName(COLUMN))],
    ['TEXT', text],
  ] as const;
  const anyOf = [...named.flatMap(([, parts]) => parts), ...column, ...text];
  return withoutExcluded(stages, anyOf, query.excluded);
}

/** Names that start like the words. Null when there is no word. */
export function suggestionStages({ wanted, excluded }: ParsedQuery): Stages | null {
  const key = squeeze(wanted.flatMap(({ words }) => words));
  if (key === '') return null;
  const stages = [
    ['EXACT_NAME', [`'=${key}'`]],
    ['NAME_PREFIX', [`'=${key}':*`]],
    ['COLUMN_NAME', [`'${COLUMN}=${key}':*`]],
  ] as const;
  return withoutExcluded(stages, [`'=${key}':*`, `'${COLUMN}=${key}':*`], excluded);
}

/** What has at least half of the terms, more of them first, then the rarer. `terms` come rarest first, at most five. */
export function someWordsStages(terms: readonly Term[], excluded: readonly Term[]): Stages | null {
  const least = Math.ceil(terms.length / 2);
  const sizes = Array.from({ length: terms.length - least }, (_, index) => terms.length - 1 - index);
  const parts = sizes.flatMap((size) => choices(terms, size)).map(anywhere);
  if (parts.length === 0) return null;
  const stages = parts.map((anyOf) => ['SOME_WORDS', anyOf] as const);
  return withoutExcluded(stages, choices(terms, least).flatMap(anywhere), excluded);
}

/** One term anywhere in a document. */
export function termQuery(term: Term): AnyOf {
  return anywhere([term]);
}

/** Null when nothing is excluded. */
export function exclusionQuery(excluded: readonly Term[]): AnyOf | null {
  return excluded.length === 0 ? null : [`!(${excludedTerms(excluded)})`];
}

function withoutExcluded(
  stages: readonly (readonly [SearchTier, AnyOf])[],
  anyOf: AnyOf,
  excluded: readonly Term[],
): Stages {
  const not = excluded.length === 0 ? '' : ` & !(${excludedTerms(excluded)})`;
  const narrowed = (parts: AnyOf): AnyOf => [...new Set(parts)].map((text) => (not === '' ? text : `(${text})${not}`));
  return {
    stages: stages.flatMap(([tier, parts]) => (parts.length === 0 ? [] : [{ tier, anyOf: narrowed(parts) }])),
    anyOf: narrowed(anyOf),
  };
}

function excludedTerms(excluded: readonly Term[]): string {
  return excluded
    .map(({ words }) => {
      if (words.length > 1) return sequence(words);
      const found = words.flatMap(forms).flatMap((form) => FIELDS.map((field) => `'${field}${form}'`));
      return found.join(' | ');
    })
    .map((text) => `(${text})`)
    .join(' | ');
}

/** In the text of an asset, or of a column and something of its own. */
function anywhere(terms: readonly Term[]): AnyOf {
  return [...together(terms, inText(''), inText('')), ...together(terms, inText(COLUMN), ofOwn)];
}

/** Every term in one way, and some word of them in another that is part of it. */
function together(terms: readonly Term[], every: WordQuery, some: WordQuery): AnyOf {
  const [only, ...others] = terms;
  if (!only || others.length > 0) return [`(${everyTerm(terms, every)}) & (${someTerm(terms, some)})`];
  const itself = allOf(only.words, every, some);
  const phrase = only.isPhrase ? ` & ${sequence(only.words)}` : '';
  return [
    ...itself.map((text) => `${text}${phrase}`),
    ...only.also.flatMap((words) => allOf(words, whole(every), whole(some))),
  ];
}

/** All words, one of them in the narrower way; a single word is found by that alone. */
function allOf(words: readonly string[], every: WordQuery, some: WordQuery): AnyOf {
  const [word, ...more] = words;
  if (word !== undefined && more.length === 0) return some(word);
  return [`(${everyWord(words, every)}) & (${words.flatMap(some).join(' | ')})`];
}

type WordQuery = (word: string) => string[];

function inName(prefix: string): WordQuery {
  return (word) => [...exactly(`${prefix}n`, word), ...starting(`${prefix}n`, word)];
}

function inPath(prefix: string): WordQuery {
  return (word) => [...inName(prefix)(word), ...exactly(`${prefix}p`, word), ...starting(`${prefix}p`, word)];
}

function inText(prefix: string): WordQuery {
  return (word) => [...inPath(prefix)(word), ...exactly(`${prefix}t`, word)];
}

function ofOwn(word: string): string[] {
  return [...inName(COLUMN)(word), ...exactly(`${COLUMN}t`, word)];
}

function exactly(field: string, word: string): string[] {
  return forms(word)
    .filter((form) => word.length < LEAST_PREFIX || !form.startsWith(word) || field.endsWith('t'))
    .map((form) => `'${field}${form}'`);
}

function starting(field: string, word: string): string[] {
  return word.length >= LEAST_PREFIX ? [`'${field}${word}':*`] : [];
}

/** Synonyms count as whole words: `cat` for category finds no catalog. */
function whole(query: WordQuery): WordQuery {
  return (word) => query(word).map((lexeme) => lexeme.replace(':*', ''));
}

function everyTerm(terms: readonly Term[], query: WordQuery): string {
  return terms.map((term) => `(${termText(term, query)})`).join(' & ');
}

function someTerm(terms: readonly Term[], query: WordQuery): string {
  return terms
    .flatMap(({ words, also }) => [...words.flatMap(query), ...also.flat().flatMap(whole(query))])
    .join(' | ');
}

function termText({ words, isPhrase, also }: Term, query: WordQuery): string {
  const itself = isPhrase ? `${sequence(words)} & ${everyWord(words, query)}` : everyWord(words, query);
  return [itself, ...also.map((synonym) => everyWord(synonym, whole(query)))].map((text) => `(${text})`).join(' | ');
}

function everyWord(words: readonly string[], query: WordQuery): string {
  return words.map((word) => `(${query(word).join(' | ')})`).join(' & ');
}

function sequence(words: readonly string[]): string {
  return pairsOf(words)
    .map((pair) => `'${digested('b', pair)}'`)
    .join(' & ');
}

/** Every choice of that many items, earlier items preferred. */
function choices<T>(items: readonly T[], size: number): T[][] {
  if (size === 0) return [[]];
  return items.flatMap((item, index) => choices(items.slice(index + 1), size - 1).map((rest) => [item, ...rest]));
}
