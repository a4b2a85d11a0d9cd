import type { AssetKind, AssetRow } from '../assets/index.js';
import type { LineageEdge } from './lineage.service.js';

/** Which of the assets of a walk are shown; what is left out narrows nothing. Those that are not shown are passed through. */
export interface NodeFilter {
  readonly kinds?: readonly AssetKind[] | null;
  readonly platforms?: readonly string[] | null;
  readonly namespaces?: readonly string[] | null;
  /** One of these domains, or below. */
  readonly domains?: readonly string[] | null;
  /** All of them. */
  readonly tags?: readonly string[] | null;
}

/** A hub that is passed through joins everything before it with everything behind it. */
const MOST_CONTRACTED = 20_000;
/** Looked at on the way, in about 20 ms, in which nobody else is answered. */
const MOST_STEPS = 100_000;

export function isShown(asset: AssetRow, { kinds, platforms, namespaces, domains, tags }: NodeFilter): boolean {
  if (kinds && !kinds.includes(asset.kind)) return false;
  if (platforms && !platforms.includes(asset.platform ?? '')) return false;
  if (namespaces && !namespaces.includes(asset.namespace)) return false;
  if (domains && !domains.some((domain) => asset.domain === domain || asset.domain?.startsWith(`${domain}/`) === true))
    return false;
  return !tags || tags.every((tag) => asset.tags.includes(tag));
}

/**
 * The flows between the assets that are shown: those that are there, and one for each two between which there are only others. It
 * has no job of its own, was there since the last of its flows was, and until the first of them was said last.
 */
export function contracted(
  edges: readonly LineageEdge[],
  shown: ReadonlySet<string>,
): { readonly edges: readonly LineageEdge[]; readonly isCut: boolean } {
  const kept = edges.filter(({ from, to }) => shown.has(from) && shown.has(to));
  const isDirect = new Set(kept.map(({ from, to }) => `${from} ${to}`));
  const passage = new Passage(edges, shown);
  const made: LineageEdge[] = [];
  for (const start of shown) {
    made.push(...passage.from(start).filter(({ to }) => !isDirect.has(`${start} ${to}`)));
    if (made.length > MOST_CONTRACTED || passage.isTooLong) break;
  }
  const isCut = made.length > MOST_CONTRACTED || passage.isTooLong;
  return { edges: [...kept, ...made.slice(0, MOST_CONTRACTED)], isCut };
}

/** Ways over assets that are not shown. */
class Passage {
  private readonly next = new Map<string, LineageEdge[]>();
  private steps = 0;

  constructor(
    edges: readonly LineageEdge[],
    private readonly shown: ReadonlySet<string>,
  ) {
    for (const edge of edges) {
      const known = this.next.get(edge.from);
      if (known) known.push(edge);
      else this.next.set(edge.from, [edge]);
    }
  }

  get isTooLong(): boolean {
    return this.steps > MOST_STEPS;
  }

  /** Over one or more, to each asset that is shown once, by a shortest way. */
  from(start: string): LineageEdge[] {
    const found = new Map<string, LineageEdge>();
    const seen = new Set([start]);
    let frontier = (this.next.get(start) ?? []).filter(({ to }) => !this.shown.has(to));
    while (frontier.length > 0 && !this.isTooLong) {
      const fresh = frontier.filter(({ to }) => !seen.has(to) && Boolean(seen.add(to)));
      const longer = fresh.flatMap((way) => (this.next.get(way.to) ?? []).map((edge) => joined(way, edge)));
      this.steps += longer.length;
      for (const way of longer)
        if (this.shown.has(way.to) && way.to !== start && !found.has(way.to)) found.set(way.to, way);
      frontier = longer.filter(({ to }) => !this.shown.has(to));
    }
    return [...found.values()];
  }
}

function joined(way: LineageEdge, edge: LineageEdge): LineageEdge {
  return {
    from: way.from,
    to: edge.to,
    job: null,
    origins: [],
    firstSeenAt: way.firstSeenAt > edge.firstSeenAt ? way.firstSeenAt : edge.firstSeenAt,
    lastSeenAt: way.lastSeenAt < edge.lastSeenAt ? way.lastSeenAt : edge.lastSeenAt,
    isContracted: true,
  };
}
