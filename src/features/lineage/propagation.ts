import type { ColumnNode, ColumnWords } from './column-lineage.repository.js';

export type WordKind = 'TAG' | 'TERM' | 'SENSITIVITY';

/** A word about a column that follows from where its values come from. */
export interface Propagated {
  /** Column of the asset that was asked about. */
  readonly column: string;
  readonly kind: WordKind;
  /** Tag or term; of a sensitivity its level, 0 to 3. */
  readonly value: string;
  /** From the column that has the word to the one that was asked about, both included. */
  readonly via: readonly ColumnNode[];
}

/** How a column was reached from one of the asset's own: its place, and the place it was reached from. */
export interface Traced {
  /** Column of the asset that was asked about. */
  readonly column: string;
  readonly node: ColumnNode;
  /** Null for the column itself. */
  readonly next: Traced | null;
}

/**
 * What a column has itself does not come to it; of each word the nearest cause is told. A sensitivity comes only when it is
 * higher than what is there: it is the highest of all causes.
 */
export function propagated(traces: readonly Traced[], words: readonly ColumnWords[]): Propagated[] {
  const wordsOf = new Map(words.map((word) => [keyOf(word), word]));
  const own = new Map(
    traces.filter(({ next }) => !next).map((trace) => [trace.column, wordsOf.get(keyOf(trace.node))]),
  );
  const found = new Map<string, Propagated>();
  for (const trace of traces) {
    const cause = trace.next && wordsOf.get(keyOf(trace.node));
    if (!cause) continue;
    for (const [kind, value] of newWords(cause, own.get(trace.column))) {
      const key = kind === 'SENSITIVITY' ? `${trace.column} ${kind}` : `${trace.column} ${kind} ${value}`;
      const known = found.get(key);
      if (known && (kind !== 'SENSITIVITY' || known.value >= value)) continue;
      found.set(key, { column: trace.column, kind, value, via: wayOf(trace) });
    }
  }
  return [...found.values()].toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
}

function newWords(cause: ColumnWords, own: ColumnWords | undefined): [WordKind, string][] {
  const isHigher = cause.sensitivity !== null && cause.sensitivity > (own?.sensitivity ?? -1);
  return [
    ...cause.tags.filter((tag) => !own?.tags.includes(tag)).map((tag): [WordKind, string] => ['TAG', tag]),
    ...cause.terms.filter((term) => !own?.terms.includes(term)).map((term): [WordKind, string] => ['TERM', term]),
    ...(isHigher ? [['SENSITIVITY', String(cause.sensitivity)] satisfies [WordKind, string]] : []),
  ];
}

function wayOf(trace: Traced): ColumnNode[] {
  const way: ColumnNode[] = [];
  for (let at: Traced | null = trace; at; at = at.next) way.push(at.node);
  return way;
}

function keyOf({ assetId, path }: ColumnNode): string {
  return `${assetId} ${path}`;
}

function orderOf({ column, kind, value }: Propagated): string {
  return JSON.stringify([column, kind, value]);
}
