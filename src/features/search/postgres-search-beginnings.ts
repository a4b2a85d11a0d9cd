import type { Database } from '../../platform/database/database.js';
import type { SearchDocument } from './search-document.js';
import type { AnyOf, Stages } from './search-stages.js';

/**
 * A beginning of a word as the whole words that it may mean. GIN collects everything that a beginning matches before it
 * looks at the other words; of whole words it passes over what a rarer one does not have.
 */

/** Rarely has a beginning more; it is left as it is then. */
const MOST_WORDS = 32;
const BEGINNING = /'(?<field>c?[np])(?<word>[^']+)':\*/g;

/**
 * Beginnings in fields of names are replaced by the words of the index that begin so, in one statement. Left out are words
 * that no document has without another one that begins so as well (`least`).
 */
export async function inWholeWords(database: Database, stages: Stages): Promise<Stages> {
  const beginnings = new Set(stages.anyOf.concat(...stages.stages.map(({ anyOf }) => anyOf)).flatMap(beginningsOf));
  if (beginnings.size === 0) return stages;
  const rows = await database.query<{ beginning: string; words: string[] }>(WORDS_SQL, [[...beginnings]]);
  const known = new Map(rows.map(({ beginning, words }) => [beginning, words]));
  const inWords = (all: string, field: string, beginning: string): string => {
    const words = known.get(beginning) ?? [];
    if (words.length > MOST_WORDS) return all;
    // When nothing begins so, the beginning itself is no word either.
    const lexemes = (words.length === 0 ? [beginning] : words).map((word) => `'${field}${word}'`);
    return `(${lexemes.join(' | ')})`;
  };
  const whole = (anyOf: AnyOf): AnyOf => anyOf.map((text) => text.replaceAll(BEGINNING, inWords));
  return {
    stages: stages.stages.map((stage) => ({ ...stage, anyOf: whole(stage.anyOf) })),
    anyOf: whole(stages.anyOf),
  };
}

/**
 * For each word of a document's name and path how long the longest other one is that it begins with, in characters:
 * beginnings up to there find the document by that one. Of `cust`, `order` and `custorder` the last has 4, the others 0.
 */
export function leastBeginnings(documents: readonly SearchDocument[]): Map<string, number> {
  const least = new Map<string, number>();
  for (const { nameWords, pathWords } of documents) {
    // Words of the name are found in it alone.
    const inName = new Set(nameWords);
    note(least, nameWords, nameWords);
    note(
      least,
      pathWords.filter((word) => !inName.has(word)),
      pathWords,
    );
  }
  return least;
}

function note(least: Map<string, number>, words: readonly string[], beside: readonly string[]): void {
  for (const word of words) {
    const lengths = beside
      .filter((other) => other !== word && word.startsWith(other))
      .map((other) => [...other].length);
    least.set(word, Math.min(least.get(word) ?? Infinity, Math.max(0, ...lengths)));
  }
}

function beginningsOf(text: string): string[] {
  return [...text.matchAll(BEGINNING)].flatMap(({ groups }) => groups?.['word'] ?? []);
}

/** Probes one range for each possible `least`: hundreds of squeezed names that begin with the same word are passed over. */
const WORDS_SQL = `
  SELECT asked.beginning, array_agg(found.word) AS words
  FROM unnest($1::text[]) AS asked(beginning)
  CROSS JOIN LATERAL (
    SELECT w.word FROM generate_series(0, char_length(asked.beginning) - 1) AS shorter(least)
    CROSS JOIN LATERAL (
      SELECT n.word FROM search_name_word n
      WHERE n.least = shorter.least AND n.word >= asked.beginning COLLATE "C"
        AND n.word < (asked.beginning || chr(1114111)) COLLATE "C"
      LIMIT ${MOST_WORDS + 1}
    ) w LIMIT ${MOST_WORDS + 1}
  ) found
  GROUP BY asked.beginning`;
