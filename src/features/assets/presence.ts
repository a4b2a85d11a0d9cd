import type { Presence } from './asset.js';

/** Which names a sync looked at, as globs: `*` is any run of characters. No `include` is everything. */
export interface SyncScope {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

/** A sync that listed everything in its scope. */
export interface CompleteSync {
  readonly at: Date;
  readonly scope: SyncScope;
  /** A person has ended the source: nobody waits whether it lists the asset again. */
  readonly isWithdrawal?: boolean;
}

export type RecordState = 'PRESENT' | 'OUT_OF_SCOPE' | 'MISSING' | 'REMOVED';

/** What one source has come to say about one asset. */
export interface Standing {
  readonly state: RecordState;
  /** Null while it is present. */
  readonly since: Date | null;
  /** The source describes what others have: left out, it does not. */
  readonly isDescription?: boolean;
}

/** Missing from this many complete syncs in a row, or for this long, is removed. */
const REMOVED_AFTER_SYNCS = 3;
const REMOVED_AFTER_MS = 7 * 24 * 60 * 60 * 1000;

/** More than this share of what a source has may not go at once unless a person says so. */
export const MOST_GONE_SHARE = 0.2;

export function isInScope({ include, exclude }: SyncScope, name: string): boolean {
  const matches = (glob: string): boolean => globExpression(glob).test(name);
  return (include.length === 0 || include.some(matches)) && !exclude.some(matches);
}

/**
 * Follows from the syncs alone, in whatever order they became known. A filter that no longer covers a name says nothing
 * about it: out of scope is not gone.
 * @param syncs complete ones that began after the asset was last seen, in order of time.
 */
export function standingOf(name: string, syncs: readonly CompleteSync[]): Standing {
  const missed = syncs.filter(({ scope }) => isInScope(scope, name));
  const [first] = missed;
  const removing = missed.find((sync, index) => {
    if (sync.isWithdrawal || index + 1 >= REMOVED_AFTER_SYNCS) return true;
    return first && sync.at.getTime() - first.at.getTime() >= REMOVED_AFTER_MS;
  });
  if (removing) return { state: 'REMOVED', since: removing.at };
  const newest = syncs.at(-1);
  if (newest && !missed.includes(newest)) return { state: 'OUT_OF_SCOPE', since: newest.at };
  return first ? { state: 'MISSING', since: first.at } : { state: 'PRESENT', since: null };
}

/** One source that still has it is enough; without any source that lists it, it is present. */
export function presenceOf(standings: readonly Standing[]): { presence: Presence; since: Date | null } {
  if (standings.length === 0 || standings.some(({ state }) => !isGone(state)))
    return { presence: 'PRESENT', since: null };
  const presence = standings.some(({ state }) => state === 'MISSING') ? 'MISSING' : 'REMOVED';
  const times = standings.flatMap(({ state, since }) => (state === presence && since ? since.getTime() : []));
  return { presence, since: times.length === 0 ? null : new Date(Math.max(...times)) };
}

export function isGone(state: RecordState): boolean {
  return state === 'MISSING' || state === 'REMOVED';
}

/** Whether so much would go that a person has to decide. */
export function isTooMuchGone(knownCount: number, goneCount: number): boolean {
  return goneCount > 0 && goneCount / Math.max(1, knownCount) > MOST_GONE_SHARE;
}

function globExpression(glob: string): RegExp {
  const parts = glob.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join('.*')}$`, 's');
}
