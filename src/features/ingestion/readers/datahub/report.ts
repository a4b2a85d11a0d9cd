/** What became of an input, aspect by aspect: every proposal is in exactly one line. */
export interface CarryReport {
  readonly proposals: number;
  readonly carried: number;
  /** Carried, but for the fields that their lines name. */
  readonly partly: number;
  readonly notCarried: number;
  readonly lines: readonly ReportLine[];
  /** The first hundred. */
  readonly warnings: readonly string[];
}

export type Outcome = 'CARRIED' | 'PARTLY' | 'NOT_CARRIED';

export interface ReportLine {
  readonly entityType: string;
  readonly aspect: string;
  readonly outcome: Outcome;
  /** Fields that were left out, and why the rest is not here; null when nothing is missing. */
  readonly reason: string | null;
  readonly count: number;
  /** URNs, at most three. */
  readonly examples: readonly string[];
}

export interface Carried {
  readonly entityType: string;
  readonly aspect: string;
  readonly outcome: Outcome;
  readonly reason: string | null;
  readonly urn: string;
}

const MAX_EXAMPLES = 3;
const MAX_WARNINGS = 100;

export function reportOf(outcomes: readonly Carried[], warnings: readonly string[]): CarryReport {
  const lines = outcomes.map(({ urn, ...rest }) => ({ ...rest, count: 1, examples: [urn] }));
  return summed(lines, warnings);
}

/** One report of several: of the messages of one sync. */
export function mergeReports(reports: readonly CarryReport[]): CarryReport {
  return summed(
    reports.flatMap(({ lines }) => lines),
    reports.flatMap(({ warnings }) => warnings),
  );
}

function summed(given: readonly ReportLine[], warnings: readonly string[]): CarryReport {
  const byKey = new Map<string, ReportLine>();
  for (const line of given) {
    const key = JSON.stringify([line.entityType, line.aspect, line.outcome, line.reason]);
    const known = byKey.get(key);
    byKey.set(key, known ? together(known, line) : { ...line, examples: firstOf(line.examples) });
  }
  const lines = [...byKey.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, line]) => line);
  const count = (outcome: Outcome): number =>
    lines.reduce((sum, line) => (line.outcome === outcome ? sum + line.count : sum), 0);
  const counts = { carried: count('CARRIED'), partly: count('PARTLY'), notCarried: count('NOT_CARRIED') };
  return {
    proposals: counts.carried + counts.partly + counts.notCarried,
    ...counts,
    lines,
    warnings: [...new Set(warnings)].sort().slice(0, MAX_WARNINGS),
  };
}

function together(a: ReportLine, b: ReportLine): ReportLine {
  return { ...a, count: a.count + b.count, examples: firstOf([...a.examples, ...b.examples]) };
}

function firstOf(urns: readonly string[]): string[] {
  return [...new Set(urns)].sort().slice(0, MAX_EXAMPLES);
}
