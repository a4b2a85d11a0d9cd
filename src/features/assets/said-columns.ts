import { z } from 'zod';
import type { Fact } from './assemble.js';
import type { RegisteredFact } from './precedence.js';

const schemaValue = z.array(
  z.object({
    path: z.string(),
    type: z.string().nullable(),
    description: z.string().nullable(),
    ordinal: z.number().int(),
  }),
);
const columnWordsValue = z.record(
  z.string(),
  z.object({
    tags: z.array(z.string()),
    terms: z.array(z.string()),
    sensitivity: z.number().int().nullable(),
    description: z.string().nullish(),
    type: z.string().nullish(),
  }),
);

/** A column as one fact has it. */
export interface SaidField {
  readonly fact: RegisteredFact;
  readonly path: string;
  readonly type: string | null;
  readonly description: string | null;
}

/** What a `columnWords` fact says, by column. */
export function columnWordsOf({ value }: Fact): z.infer<typeof columnWordsValue> {
  return columnWordsValue.safeParse(value).data ?? {};
}

/** The columns that a schema fact lists, in its order. */
export function listedFields(fact: RegisteredFact): SaidField[] {
  if (fact.attribute !== 'schema' || fact.columnPath !== '') return [];
  const fields = schemaValue.safeParse(fact.value).data ?? [];
  return fields
    .toSorted((a, b) => a.ordinal - b.ordinal)
    .map(({ path, type, description }) => ({ fact, path, type, description }));
}

/** Who only labels a column does not say that there is one; who describes it does. */
export function wordedFields(fact: RegisteredFact): SaidField[] {
  if (fact.attribute !== 'columnWords' || fact.columnPath !== '') return [];
  return Object.entries(columnWordsOf(fact)).flatMap(([path, { type, description }]) =>
    description === undefined ? [] : [{ fact, path, type: type ?? null, description }],
  );
}

/** The order of the source that lists most of them: one that describes three of forty must not put these first. */
export function columnOrder(lists: readonly (readonly string[])[]): string[] {
  const longest = lists.reduce((best, list) => (list.length > best.length ? list : best), []);
  return [...new Set([...longest, ...lists.flat()])];
}

/** One column may be written in another case by another source; two that one source lists apart are two. */
export function spellingOf(fields: readonly SaidField[]): (path: string) => string {
  const shown = new Map<string, string>();
  const known = new Set<string>();
  const bySource = groupBy(fields, ({ fact }) => fact);
  for (const own of bySource.values()) {
    const fresh = own.map(({ path }) => path).filter((path) => !known.has(path) && !shown.has(path.toLowerCase()));
    for (const path of fresh) known.add(path);
    for (const path of fresh) if (!shown.has(path.toLowerCase())) shown.set(path.toLowerCase(), path);
  }
  return (path) => (known.has(path) ? path : (shown.get(path.toLowerCase()) ?? path));
}

export function groupBy<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
