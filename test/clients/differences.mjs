// What a client could not do, what Cadastre made of it, and how both are told from each other.

/** The client or what it needs is not to be had here: nothing is proven, nothing has failed. */
export class CouldNotRun extends Error {}

/** Something else stands in Cadastre, or passed on the wire, than was expected. */
export class Difference extends Error {}

/** @throws Difference with each line that is missing and each that nobody expected. */
export function sameLines(what, actual, expected) {
  const found = new Set(actual);
  const wanted = new Set(expected);
  const missing = [...wanted].filter((line) => !found.has(line)).map((line) => `missing     ${line}`);
  const surplus = [...found].filter((line) => !wanted.has(line)).map((line) => `unexpected  ${line}`);
  if (missing.length + surplus.length > 0) throw new Difference([`${what}:`, ...missing, ...surplus].join('\n    '));
}

/** @throws Difference when they are not the same text or number. */
export function same(what, actual, expected) {
  if (String(actual) !== String(expected)) throw new Difference(`${what}: expected ${expected}, found ${actual}`);
}
