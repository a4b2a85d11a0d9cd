import { forms, pieces, splitWords, squeeze, type Term } from './search-text.js';

export const MATCH_FIELDS = [
  'NAME',
  'DISPLAY_NAME',
  'SYNONYM',
  'DESCRIPTION',
  'TAG',
  'TERM',
  'OWNER',
  'DOMAIN',
  'PRODUCT',
] as const;

/** A text of a hit. */
export interface MatchableText {
  readonly field: (typeof MATCH_FIELDS)[number];
  readonly text: string;
}

/** Part of a text, in UTF-16 code units. */
export interface Highlight {
  readonly start: number;
  readonly length: number;
}

export interface Match extends MatchableText {
  readonly highlights: readonly Highlight[];
}

const SNIPPET_LENGTH = 240;
const BEFORE_MATCH = 60;
const MOST_HIGHLIGHTS = 50;

/** The texts in which a word of the query is found, as the index finds it: by its stem, its beginning, or run together. */
export function matchesIn(texts: readonly MatchableText[], terms: readonly Term[]): Match[] {
  const words = [...new Set(terms.flatMap(({ words: own, also }) => [...own, ...also.flat()]))];
  const wanted = words.map((word) => ({ word, forms: new Set(forms(word)) }));
  const key = squeeze(terms.flatMap(({ words: own }) => own));
  return texts.flatMap(({ field, text }) => {
    const isWhole = field !== 'DESCRIPTION' && key !== '' && squeeze(splitWords(text)) === key;
    const highlights = isWhole ? [{ start: 0, length: text.length }] : highlightsIn(text, wanted);
    return highlights.length === 0 ? [] : [snippet({ field, text, highlights })];
  });
}

function highlightsIn(text: string, wanted: readonly { word: string; forms: ReadonlySet<string> }[]): Highlight[] {
  const found: Highlight[] = [];
  for (const { start, length, word } of pieces(text)) {
    const isFound = wanted.some(
      (one) => forms(word).some((form) => one.forms.has(form)) || (one.word.length >= 3 && word.startsWith(one.word)),
    );
    if (isFound) found.push({ start, length });
    if (found.length === MOST_HIGHLIGHTS) break;
  }
  return found;
}

function snippet({ field, text, highlights }: Match): Match {
  if (text.length <= SNIPPET_LENGTH) return { field, text, highlights };
  const first = highlights[0]?.start ?? 0;
  const start = first <= BEFORE_MATCH ? 0 : text.indexOf(' ', first - BEFORE_MATCH) + 1 || first;
  const from = start > first ? first : start;
  const end = Math.min(text.length, from + SNIPPET_LENGTH);
  const before = from > 0 ? '…' : '';
  const shown = highlights.filter((one) => one.start >= from && one.start + one.length <= end);
  return {
    field,
    text: `${before}${wholeCharacters(text.slice(from, end))}${end < text.length ? '…' : ''}`,
    highlights: shown.map((one) => ({ ...one, start: one.start - from + before.length })),
  };
}

/** Without half of a surrogate pair at an end. */
function wholeCharacters(text: string): string {
  return text.replace(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/g, '');
}
