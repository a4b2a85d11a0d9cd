// BM25 over plain words, as a library of searching would do it without being taught anything.

const K1 = 1.2;
const B = 0.75;

/** Lower-case runs of letters and digits. */
export function wordsOf(text) {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

/**
 * Okapi BM25 with k1 1.2, b 0.75 and the idf that is never negative (Robertson and Zaragoza 2009, as Lucene has it).
 * @param documents `{ key, text }`; equal scores keep their order.
 * @returns a function from a query to the `{ key, score }` of what has any of its words, best first.
 */
export function bm25(documents) {
  const indexed = documents.map(({ key, text }) => ({ key, counts: countsOf(wordsOf(text)) }));
  const lengths = indexed.map(({ counts }) => [...counts.values()].reduce((sum, count) => sum + count, 0));
  const meanLength = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, lengths.length);
  const frequencies = countsOf(indexed.flatMap(({ counts }) => [...counts.keys()]));
  const idf = (word) => {
    const n = frequencies.get(word) ?? 0;
    return Math.log(1 + (indexed.length - n + 0.5) / (n + 0.5));
  };
  const scoreOf = (counts, length, word) => {
    const count = counts.get(word) ?? 0;
    return (idf(word) * count * (K1 + 1)) / (count + K1 * (1 - B + (B * length) / meanLength));
  };
  return (query) => {
    const words = wordsOf(query);
    return indexed
      .map(({ key, counts }, index) => ({
        key,
        score: words.reduce((sum, word) => sum + scoreOf(counts, lengths[index], word), 0),
      }))
      .filter(({ score }) => score > 0)
      .toSorted((a, b) => b.score - a.score);
  };
}

function countsOf(words) {
  const counts = new Map();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}
