import { canonicalHash } from '../../platform/canonical-json.js';
import type { FactInput } from './fact.js';

/** One word of one source that was said without another in between. */
export interface Saying {
  /** As it was said last. */
  readonly fact: FactInput;
  readonly hash: Buffer;
  readonly firstAt: Date;
}

/** What is said at once about one attribute by one source. */
export interface Register {
  readonly key: string;
  /** In order of time, and at one time by hash; never empty, and no two in a row say the same. */
  readonly sayings: readonly Saying[];
  /** The last of them: it decides what is current. */
  readonly newest: Saying;
}

/** When the word was said first, without its repetitions. */
export function firstOf({ fact, hash, firstAt }: Saying): Saying {
  return { fact: { ...fact, assertedAt: firstAt }, hash, firstAt };
}

/** In the order of their keys, as their rows are locked. The same facts give the same registers in whatever order they come. */
export function registersOf(facts: readonly FactInput[]): Register[] {
  const byKey = new Map<string, Saying[]>();
  for (const fact of facts) {
    const key = JSON.stringify([fact.assetId, fact.columnPath, fact.attribute, fact.sourceKey]);
    const saying = { fact, hash: canonicalHash([fact.value, fact.assertedBy]), firstAt: fact.assertedAt };
    const known = byKey.get(key);
    if (known) known.push(saying);
    else byKey.set(key, [saying]);
  }
  return [...byKey]
    .flatMap(([key, said]) => {
      const sayings = said.length > 1 ? withoutRepeats(said) : said;
      const newest = sayings.at(-1);
      return newest ? [{ key, sayings, newest }] : [];
    })
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}

function withoutRepeats(said: readonly Saying[]): Saying[] {
  const distinct: Saying[] = [];
  for (const saying of said.toSorted(byTime)) {
    const before = distinct.at(-1);
    if (before?.hash.equals(saying.hash)) distinct[distinct.length - 1] = { ...saying, firstAt: before.firstAt };
    else distinct.push(saying);
  }
  return distinct;
}

function byTime(a: Saying, b: Saying): number {
  return a.fact.assertedAt.getTime() - b.fact.assertedAt.getTime() || a.hash.compare(b.hash);
}
