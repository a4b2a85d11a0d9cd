import type { RunEventType, RunStatement } from './statement.js';
import { hashOf } from './json.js';

/** The newest word wins, and of equally new ones the one with the greater hash. */
export interface Register {
  readonly at: string;
  readonly hash: string;
  readonly value: unknown;
}

/** A run as far as it is known. JSON, kept whole in `run.body`. */
export interface RunState {
  readonly state: 'PENDING' | 'RUNNING' | 'COMPLETE' | 'FAIL' | 'ABORT';
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly lastEventAt: string;
  readonly parentRun: string | null;
  readonly errorMessage: string | null;
  readonly facets: Readonly<Record<string, Register>>;
}

/** Of two ends at one time the worse is believed. */
const TERMINAL = ['COMPLETE', 'ABORT', 'FAIL'] as const;
type Terminal = (typeof TERMINAL)[number];

/**
 * OpenLineage gives no order, no sequence number and no promise against repeats, so this fold is commutative, associative
 * and idempotent: a late START lowers `startedAt` and never reopens a finished run.
 */
export function foldRun(known: RunState | null, statement: RunStatement): RunState {
  const at = statement.eventTime.toISOString();
  const before = known ?? nothingKnown(at);
  const facets = foldFacets(before.facets, statement.facets, at);
  const end = laterEnd(endOf(before), endIn(statement.eventType, at));
  return {
    state: end?.state ?? openState(before, statement.eventType),
    startedAt: statement.eventType === 'START' ? earlier(before.startedAt, at) : before.startedAt,
    endedAt: end?.at ?? null,
    lastEventAt: before.lastEventAt > at ? before.lastEventAt : at,
    parentRun: textIn(facets['parent'], 'run', 'runId'),
    errorMessage: textIn(facets['errorMessage'], 'message'),
    facets,
  };
}

function nothingKnown(lastEventAt: string): RunState {
  return {
    state: 'PENDING',
    startedAt: null,
    endedAt: null,
    lastEventAt,
    parentRun: null,
    errorMessage: null,
    facets: {},
  };
}

/** Of a run whose end nobody saw. */
function openState(before: RunState, type: RunEventType): RunState['state'] {
  return before.state === 'RUNNING' || type === 'START' || type === 'RUNNING' ? 'RUNNING' : 'PENDING';
}

function endIn(type: RunEventType, at: string): { state: Terminal; at: string } | null {
  return isTerminal(type) ? { state: type, at } : null;
}

function isTerminal(type: RunEventType): type is Terminal {
  return (TERMINAL as readonly string[]).includes(type);
}

function endOf({ state, endedAt }: RunState): { state: Terminal; at: string } | null {
  return endedAt !== null && state !== 'PENDING' && state !== 'RUNNING' ? { state, at: endedAt } : null;
}

function laterEnd<End extends { state: Terminal; at: string }>(a: End | null, b: End | null): End | null {
  if (!a || !b) return a ?? b;
  if (a.at !== b.at) return a.at > b.at ? a : b;
  return TERMINAL.indexOf(a.state) >= TERMINAL.indexOf(b.state) ? a : b;
}

function earlier(a: string | null, b: string): string {
  return a !== null && a < b ? a : b;
}

export function foldFacets(
  known: Readonly<Record<string, Register>>,
  facets: Readonly<Record<string, unknown>>,
  at: string,
): Record<string, Register> {
  const folded = new Map(Object.entries(known));
  for (const [name, value] of Object.entries(facets)) {
    const next = { at, hash: hashOf(value), value };
    const before = folded.get(name);
    if (!before || [next.at, next.hash].join() > [before.at, before.hash].join()) folded.set(name, next);
  }
  return Object.fromEntries([...folded].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function textIn(register: Register | undefined, ...path: readonly string[]): string | null {
  let value: unknown = register?.value;
  for (const key of path)
    value = typeof value === 'object' && value !== null ? new Map(Object.entries(value)).get(key) : undefined;
  return typeof value === 'string' ? value : null;
}
