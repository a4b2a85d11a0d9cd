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
  /** When each end was last said. Absent, like `lastStartAt`, in runs that were stored before it was kept. */
  readonly ends?: Ends;
  readonly lastStartAt?: string | null;
}

/** From good to bad. */
const TERMINAL = ['COMPLETE', 'ABORT', 'FAIL'] as const;
type Terminal = (typeof TERMINAL)[number];
type Ends = Readonly<Partial<Record<Terminal, string>>>;

interface End {
  readonly state: Terminal;
  readonly at: string;
}

/**
 * OpenLineage gives no order, no sequence number and no promise against repeats, so this fold is commutative, associative
 * and idempotent: a late START lowers `startedAt` and never reopens a finished run.
 */
export function foldRun(known: RunState | null, statement: RunStatement): RunState {
  const at = statement.eventTime.toISOString();
  const before = known ?? nothingKnown(at);
  const facets = foldFacets(before.facets, statement.facets, at);
  const { eventType } = statement;
  const ends = isTerminal(eventType)
    ? { ...endsOf(before), [eventType]: later(endsOf(before)[eventType], at) }
    : endsOf(before);
  const lastStartAt = eventType === 'START' ? later(before.lastStartAt, at) : (before.lastStartAt ?? null);
  const end = endOf(ends, lastStartAt);
  return {
    state: end?.state ?? openState(before, eventType),
    startedAt: eventType === 'START' ? earlier(before.startedAt, at) : before.startedAt,
    endedAt: end?.at ?? null,
    lastEventAt: before.lastEventAt > at ? before.lastEventAt : at,
    parentRun: textIn(facets['parent'], 'run', 'runId'),
    errorMessage: textIn(facets['errorMessage'], 'message'),
    facets,
    ends,
    lastStartAt,
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
    ends: {},
    lastStartAt: null,
  };
}

/** Of a run whose end nobody saw. */
function openState(before: RunState, type: RunEventType): RunState['state'] {
  return before.state === 'RUNNING' || type === 'START' || type === 'RUNNING' ? 'RUNNING' : 'PENDING';
}

function isTerminal(type: RunEventType): type is Terminal {
  return (TERMINAL as readonly string[]).includes(type);
}

function endsOf({ ends, state, endedAt }: RunState): Ends {
  if (ends) return ends;
  return endedAt !== null && state !== 'PENDING' && state !== 'RUNNING' ? { [state]: endedAt } : {};
}

/**
 * The worst end since the last START: Spark says FAIL, and COMPLETE a moment later, of the same run. Only a run that was
 * started again gets over its failure. A START after every end changes nothing: it may have come from a wrong clock.
 */
function endOf(ends: Ends, lastStartAt: string | null): End | null {
  const said = TERMINAL.flatMap((state): End[] => (ends[state] === undefined ? [] : [{ state, at: ends[state] }]));
  const current = said.filter(({ at }) => lastStartAt === null || at >= lastStartAt);
  return current.at(-1) ?? said.toSorted((a, b) => Number(a.at > b.at) - Number(a.at < b.at)).at(-1) ?? null;
}

function earlier(a: string | null, b: string): string {
  return a !== null && a < b ? a : b;
}

function later(a: string | null | undefined, b: string): string {
  return a && a > b ? a : b;
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
