import type { Page } from '../../core/page.js';
import { encodeCursor } from '../../platform/graphql/page-arguments.js';

/** A page, and where the next one begins; null at the end. */
export interface Found<Item> {
  readonly results: readonly Item[];
  readonly next: readonly string[] | null;
}

export interface NamedEntity {
  readonly type: string;
  readonly id: string;
}

export interface Range {
  readonly after: readonly string[] | null;
  readonly count: number;
}

/** `items` may be longer than a page: then there is a next one. */
export function pageOf<Item>(
  items: readonly Item[],
  count: number,
  key: (item: Item) => readonly string[],
): Found<Item> {
  const results = items.slice(0, count);
  const last = results.at(-1);
  return { results, next: items.length > count && last !== undefined ? key(last) : null };
}

/** As GraphQL pages. */
export function asPage<Item>({ results, next }: Found<Item>): Page<Item> {
  return { nodes: results, hasNextPage: next !== null, endCursor: next && encodeCursor(next) };
}
