import { z } from 'zod';
import { Invalid } from '../../core/errors.js';
import { CERTIFICATIONS, SENSITIVITIES } from '../assets/index.js';
import { SEARCH_KINDS, type SearchFilter, type SearchSort } from '../search/index.js';

export interface SavedSearch {
  readonly id: string;
  readonly accountId: string;
  /** Handle. */
  readonly owner: string;
  readonly name: string;
  readonly query: string;
  readonly filter: SearchFilter;
  readonly sort: SearchSort;
  /** Handle of the team whose members may read and run it. */
  readonly team: string | null;
  readonly isWatched: boolean;
  readonly isTooBroad: boolean;
  readonly createdAt: Date;
}

/** What is left out stays, or is the usual when there is none yet. */
export interface SavedSearchChange {
  readonly name?: string | null | undefined;
  readonly query?: string | null | undefined;
  readonly filter?: SearchFilter | null | undefined;
  readonly sort?: SearchSort | null | undefined;
  /** Null: nobody else. */
  readonly team?: string | null | undefined;
  readonly watch?: boolean | null | undefined;
}

export type SearchedWords = Pick<SavedSearch, 'name' | 'query' | 'filter' | 'sort' | 'team' | 'isWatched'>;

const NEW: SearchedWords = { name: '', query: '', filter: {}, sort: 'RELEVANCE', team: null, isWatched: true };

const MOST_FILTER = 10_000;

/** A filter as it is stored: with all that it might ask, null where it does not. */
export const storedFilter = z.object({
  kinds: z.array(z.enum(SEARCH_KINDS)).nullable().default(null),
  platforms: z.array(z.string()).nullable().default(null),
  domain: z.string().nullable().default(null),
  tags: z.array(z.string()).nullable().default(null),
  terms: z.array(z.string()).nullable().default(null),
  owners: z.array(z.string()).nullable().default(null),
  maxSensitivity: z.enum(SENSITIVITIES).nullable().default(null),
  namespace: z.string().nullable().default(null),
  dataProduct: z.string().nullable().default(null),
  minCertification: z.enum(CERTIFICATIONS).nullable().default(null),
  presence: z
    .array(z.enum(['PRESENT', 'MISSING', 'REMOVED']))
    .nullable()
    .default(null),
});

/**
 * The search as changed. A team must be one of the owner's.
 * @throws {Invalid} naming the field.
 */
export function changed(
  before: SearchedWords | null,
  change: SavedSearchChange,
  teams: readonly string[],
): SearchedWords {
  const words = before ?? NEW;
  return {
    name: checkedName(change.name ?? words.name),
    query: change.query ?? words.query,
    filter: checkedFilter(change.filter ?? words.filter),
    sort: change.sort ?? words.sort,
    team: change.team === undefined ? words.team : checkedTeam(change.team, [...teams, words.team]),
    isWatched: change.watch ?? words.isWatched,
  };
}

function checkedName(name: string): string {
  if (name.trim() !== '' && name.length <= 200) return name.trim();
  throw new Invalid('A name has 1 to 200 characters.', ['input', 'name']);
}

function checkedFilter(given: SearchFilter): SearchFilter {
  const filter = storedFilter.parse(given);
  if (JSON.stringify(filter).length <= MOST_FILTER) return filter;
  throw new Invalid(`A filter that is kept has at most ${MOST_FILTER} characters.`, ['input', 'filter']);
}

function checkedTeam(team: string | null, known: readonly (string | null)[]): string | null {
  if (team === null || known.includes(team)) return team;
  throw new Invalid(`You are in no team '${team.slice(0, 100)}'.`, ['input', 'team']);
}

/** Whether other things match now, so that there is nothing to compare them with. */
export function asksAnew(before: SearchedWords, after: SearchedWords): boolean {
  return before.query !== after.query || JSON.stringify(before.filter) !== JSON.stringify(after.filter);
}
