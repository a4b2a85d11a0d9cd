/** Shorter words are not corrected. */
export const LEAST_LENGTH = 4;
/** From so many letters on, two may be wrong. */
const LONG = 8;
const MOST_CANDIDATES = 3;

/** Those that a misspelled word may have meant, nearest first; equals in the order they came. */
export function nearestWords(word: string, candidates: readonly string[]): string[] {
  const most = word.length >= LONG ? 2 : 1;
  return candidates
    .map((candidate) => ({ candidate, distance: editDistance(word, candidate) }))
    .filter(({ distance }) => distance > 0 && distance <= most)
    .toSorted((a, b) => a.distance - b.distance)
    .slice(0, MOST_CANDIDATES)
    .map(({ candidate }) => candidate);
}

/**
 * Letters to add, leave out, change or swap with their neighbour (optimal string alignment: Damerau 1964 without edits
 * inside a swap).
 */
export function editDistance(a: string, b: string): number {
  let before: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) [before, last] = [last, nextRow([a, b], i, [before, last])];
  return last[b.length] ?? 0;
}

/** Distances of the first `i` letters of `a` to each beginning of `b`, from the two rows before. */
function nextRow(
  [a, b]: [string, string],
  i: number,
  [before, last]: [readonly number[], readonly number[]],
): number[] {
  const row = [i];
  for (let j = 1; j <= b.length; j += 1) {
    const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
    const swapped = isSwap ? at(before, j - 2) + 1 : Infinity;
    const changed = at(last, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
    row.push(Math.min(at(last, j) + 1, at(row, j - 1) + 1, changed, swapped));
  }
  return row;
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? 0;
}
