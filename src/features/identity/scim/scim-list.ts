import { at } from '../../../core/json.js';
import type { filterOf } from './scim-resources.js';
import type { Narrowed } from './scim.repository.js';

export interface ScimPage {
  /** 1 is the first. */
  readonly startIndex: number;
  readonly count: number;
}

export interface Listed<Row> {
  readonly rows: readonly Row[];
  readonly totalResults: number;
}

const BATCH = 1000;
const MOST_RESULTS = 200;

/** RFC 7644, 3.4.2.4: what is out of range means the nearest that can be. */
export function pageOf(startIndex: unknown, count: unknown): ScimPage {
  const number = (value: unknown, otherwise: number): number =>
    typeof value === 'string' && /^-?\d{1,9}$/.test(value) ? Number(value) : otherwise;
  return {
    startIndex: Math.max(1, number(startIndex, 1)),
    count: Math.min(MOST_RESULTS, Math.max(0, number(count, MOST_RESULTS))),
  };
}

/** What the database can narrow by itself: one equality on a name. */
export function narrowedBy(filter: ReturnType<typeof filterOf> | null): Narrowed {
  const [only, ...others] = filter ?? [];
  if (!only || others.length > 0 || Object.keys(only).length !== 1) return {};
  const [[name = '', condition] = []] = Object.entries(only);
  const [operator, value] = Array.isArray(condition) ? condition.flat() : [];
  const names = { username: 'userName', displayname: 'displayName', externalid: 'externalId' };
  const known: unknown = at(names, name.toLowerCase());
  return operator === 'eq' && typeof value === 'string' && typeof known === 'string' ? { [known]: value } : {};
}

/** Everything that passes, in batches: memory holds one batch and one page, however many there are. */
export async function listed<Row extends { readonly id: string }>(
  read: (after: string | null, count: number) => Promise<Row[]>,
  matches: (rows: readonly Row[]) => readonly Row[],
  { startIndex, count }: ScimPage,
): Promise<Listed<Row>> {
  const rows: Row[] = [];
  let totalResults = 0;
  let after: string | null = null;
  for (;;) {
    const batch: Row[] = await read(after, BATCH);
    for (const row of matches(batch)) {
      totalResults += 1;
      if (totalResults >= startIndex && rows.length < count) rows.push(row);
    }
    after = batch.at(-1)?.id ?? null;
    if (batch.length < BATCH) return { rows, totalResults };
  }
}
