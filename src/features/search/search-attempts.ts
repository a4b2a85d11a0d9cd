import type { SearchCondition } from './search-fields.js';
import type { SearchRequest, SearchTier } from './search-index.js';
import { LEAST_LENGTH, nearestWords } from './search-spelling.js';
import { exclusionQuery, someWordsStages, stagesOf, termQuery, type AnyOf, type Stages } from './search-stages.js';
import type { ParsedQuery, Term } from './search-text.js';

/** What is looked for, and in place of which words. */
export interface Attempt {
  /** Null: every document. */
  readonly stages: Stages | null;
  /** Instead of the tier of the stage. */
  readonly tier: SearchTier | null;
  readonly didYouMean: string | null;
}

/** What an engine knows of the words in it. */
export interface IndexedWords {
  /** How many documents that the actor may see match each. */
  totals(queries: readonly AnyOf[]): Promise<readonly number[]>;
  /** Those that a misspelled one may have meant, the likeliest first, with what else is in the index. */
  like(word: string): Promise<readonly string[]>;
}

/** Misspelled words that are corrected in one query, and terms of which some may be missing. */
const MOST_CORRECTED = 3;
const MOST_TERMS = 5;

/** Without words everything is found, columns and people only where their kind is asked for. */
export function withoutWords(request: SearchRequest): { attempt: Attempt; request: SearchRequest } {
  const anyOf = exclusionQuery(request.query.excluded);
  const stages = anyOf === null ? null : { stages: [{ tier: 'TEXT' as const, anyOf }], anyOf };
  return {
    attempt: { stages, tier: 'TEXT', didYouMean: null },
    request: { ...request, conditions: withDefaultKinds(request.conditions) },
  };
}

function withDefaultKinds(conditions: readonly SearchCondition[]): readonly SearchCondition[] {
  const isAsked = conditions.some(({ field, isExcluded }) => field === 'kind' && !isExcluded);
  return isAsked ? conditions : [...conditions, { field: 'kind', anyOf: ['COLUMN', 'PERSON'], isExcluded: true }];
}

/** Who quotes a phrase means it to the letter: nothing else is tried. */
export function isLiteral({ wanted }: ParsedQuery): boolean {
  return wanted.some(({ isPhrase }) => isPhrase);
}

/**
 * No document has all words: those that nothing visible has are corrected, or else some are left out. The first that finds
 * something is the answer.
 */
export async function* otherAttempts(
  query: ParsedQuery,
  words: IndexedWords,
): AsyncGenerator<Attempt & { stages: Stages }> {
  const terms = query.wanted.filter(({ isOptional }) => !isOptional).slice(0, 2 * MOST_TERMS);
  const totals = await words.totals(terms.map(termQuery));
  const counted = terms.map((term, index) => ({ term, total: totals[index] ?? 0 }));
  const unknown = counted.filter(({ total }) => total === 0).map(({ term }) => term);
  if (unknown.length > 0 && unknown.length <= MOST_CORRECTED) {
    for (const wanted of await corrections(query.wanted, unknown, words)) {
      const stages = stagesOf({ ...query, wanted });
      const didYouMean = wanted.flatMap((term) => term.words).join(' ');
      if (stages) yield { stages, tier: 'SIMILAR', didYouMean };
    }
  }
  const known = counted.filter(({ total }) => total > 0).toSorted((a, b) => a.total - b.total);
  const rarest = known.map(({ term }) => term).slice(0, MOST_TERMS);
  const all = unknown.length > 0 ? stagesOf({ ...query, wanted: rarest }) : null;
  for (const stages of [all, someWordsStages(rarest, query.excluded)])
    if (stages) yield { stages, tier: 'SOME_WORDS', didYouMean: null };
}

async function corrections(
  wanted: readonly Term[],
  unknown: readonly Term[],
  words: IndexedWords,
): Promise<(readonly Term[])[]> {
  let attempts: (readonly Term[])[] = [wanted];
  for (const term of unknown) {
    const word = term.words.join('');
    const similar = word.length < LEAST_LENGTH ? [] : nearestWords(word, await words.like(word));
    attempts = attempts.flatMap((terms) =>
      similar.map((one) => terms.map((each) => (each === term ? { ...term, words: [one] } : each))),
    );
  }
  return attempts.slice(0, 2 * MOST_CORRECTED);
}
