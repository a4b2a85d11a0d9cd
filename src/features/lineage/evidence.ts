import type { EdgeIds } from './graph/questions.js';
import type { Evidence } from './lineage.repository.js';

export interface ProvenEdge extends Pick<EdgeIds, 'from' | 'to' | 'jobId'> {
  /** DECLARED, OBSERVED, SQL, DBT, MANUAL; each once, sorted. */
  readonly origins: readonly string[];
  readonly firstSeenAt: Date;
  readonly lastSeenAt: Date;
}

/** Edges with what all their ports say together, in the order of their ends; without those that nothing says any more. */
export function proven(edges: readonly EdgeIds[], evidence: readonly Evidence[]): ProvenEdge[] {
  const merged = new Map<number, ProvenEdge>();
  for (const { at, origins, firstSeenAt, lastSeenAt } of evidence) {
    const edge = edges[at];
    if (!edge) continue;
    const known = merged.get(at);
    merged.set(at, {
      from: edge.from,
      to: edge.to,
      jobId: edge.jobId,
      origins: [...new Set([...(known?.origins ?? []), ...origins])].toSorted(),
      firstSeenAt: known && known.firstSeenAt < firstSeenAt ? known.firstSeenAt : firstSeenAt,
      lastSeenAt: known && known.lastSeenAt > lastSeenAt ? known.lastSeenAt : lastSeenAt,
    });
  }
  return [...merged.values()].toSorted(byEnds);
}

function byEnds(a: ProvenEdge, b: ProvenEdge): number {
  if (a.from !== b.from) return a.from < b.from ? -1 : 1;
  if (a.to !== b.to) return a.to < b.to ? -1 : 1;
  return (a.jobId ?? '~') < (b.jobId ?? '~') ? -1 : 1;
}
