// How good a ranking is. A ranking is a list of keys, best first; grades is a Map from key to 0–3, what is not in it is 0.

/** From this grade on an asset is relevant where only relevant or not is counted. */
export const RELEVANT = 2;

/**
 * Normalised discounted cumulative gain, 0–1: gain 2^grade − 1, discount log2(rank + 1), over that of the best ranking
 * possible (Järvelin and Kekäläinen 2002, in the form of Burges et al. 2005).
 */
export function ndcg(ranking, grades, depth = 10) {
  const best = [...grades.values()].toSorted((a, b) => b - a);
  const ideal = dcg(best.slice(0, depth));
  return ideal === 0 ? 0 : dcg(gradesOf(ranking.slice(0, depth), grades)) / ideal;
}

function dcg(grades) {
  return grades.reduce((sum, grade, index) => sum + (2 ** grade - 1) / Math.log2(index + 2), 0);
}

/** A key that comes again takes its place and brings nothing: a page of ten rows that all open one table is a poor page. */
function gradesOf(ranking, grades) {
  return ranking.map((key, index) => (ranking.indexOf(key) === index ? (grades.get(key) ?? 0) : 0));
}

/** One over the rank of the first relevant key among the first `depth`, 0 without one; its mean is the MRR. */
export function reciprocalRank(ranking, grades, depth = 10) {
  const index = gradesOf(ranking.slice(0, depth), grades).findIndex((grade) => grade >= RELEVANT);
  return index < 0 ? 0 : 1 / (index + 1);
}

/** Share of the relevant keys that are among the first `depth`. */
export function recall(ranking, grades, depth = 10) {
  const relevant = [...grades.values()].filter((grade) => grade >= RELEVANT).length;
  const found = gradesOf(ranking.slice(0, depth), grades).filter((grade) => grade >= RELEVANT).length;
  return relevant === 0 ? 0 : found / relevant;
}

/** Of nothing it is 0. */
export function mean(values) {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
