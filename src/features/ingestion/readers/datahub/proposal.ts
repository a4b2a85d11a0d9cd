import { at, hashOf, isObject, objectAt, storable, textAt, type JsonObject } from '../json.js';
import { parseUrn, type Urn } from './urn.js';

/** One aspect of one entity, in whatever form it came. */
export interface Proposal {
  readonly urn: Urn;
  readonly aspect: string;
  readonly isDeletion: boolean;
  /** When DataHub last saw it said, in milliseconds; 0 when the input does not tell. */
  readonly observedAt: number;
  /** Empty for a deletion. */
  readonly body: JsonObject;
}

/** What came and is no proposal that can be read, with the reason. */
export interface Unreadable {
  readonly urn: string;
  readonly aspect: string;
  readonly problem: string;
}

const WHOLE = new Set(['UPSERT', 'CREATE', 'CREATE_ENTITY', 'UPDATE', 'RESTATE']);

/** A metadata change proposal is one; a metadata change event (an older form) has one for each aspect of its snapshot. */
export function proposalsIn(item: unknown): (Proposal | Unreadable)[] {
  const snapshot = Object.values(objectAt(item, 'proposedSnapshot'))[0];
  if (isObject(snapshot)) return snapshotProposals(snapshot, observedIn(item));
  return [proposalIn(item)];
}

/** Of several about one aspect of one entity the last observed is in force; which does not depend on their order. */
export function inForce(proposals: readonly Proposal[]): { readonly kept: Proposal[]; readonly repeats: Proposal[] } {
  const byKey = new Map<string, Proposal[]>();
  for (const proposal of proposals) {
    const key = isSeries(proposal) ? hashOf([keyOf(proposal), proposal.body]) : keyOf(proposal);
    byKey.set(key, [...(byKey.get(key) ?? []), proposal]);
  }
  const groups = [...byKey.values()].map((group) =>
    group.length === 1
      ? group
      : group.toSorted((a, b) => b.observedAt - a.observedAt || (hashOf(a.body) > hashOf(b.body) ? -1 : 1)),
  );
  return { kept: groups.flatMap(([first]) => first ?? []), repeats: groups.flatMap((group) => group.slice(1)) };
}

/** Measurements carry their time; of these several stand side by side. */
export function isSeries({ body }: Proposal): boolean {
  return typeof body['timestampMillis'] === 'number';
}

function keyOf({ urn, aspect }: Proposal): string {
  return JSON.stringify([urn.text, aspect]);
}

function proposalIn(item: unknown): Proposal | Unreadable {
  const said = textAt(item, 'entityUrn');
  const aspect = textAt(item, 'aspectName');
  const place = { urn: said ?? '', aspect: aspect ?? '' };
  const urn = parseUrn(said);
  if (!urn)
    return { ...place, problem: 'has no entityUrn that begins with urn:li: and is at most 512 characters long' };
  if (aspect === null) return { ...place, problem: 'has no aspectName' };
  const observedAt = observedIn(item);
  const change = textAt(item, 'changeType') ?? 'UPSERT';
  if (change === 'DELETE') return { urn, aspect, isDeletion: true, observedAt, body: {} };
  if (!WHOLE.has(change)) return { ...place, problem: `changes only a part (${change}); export whole aspects` };
  const body = bodyOf(objectAt(item, 'aspect'));
  if (!body) return { ...place, problem: 'has an aspect that is no JSON object' };
  return { urn, aspect, isDeletion: false, observedAt, body: storable(body) };
}

function observedIn(item: unknown): number {
  const observed = at(item, 'systemMetadata', 'lastObserved');
  return typeof observed === 'number' ? observed : 0;
}

/** The aspect itself, under `json`, or as JSON text under `value`. */
function bodyOf(aspect: JsonObject): JsonObject | null {
  if (typeof aspect['value'] !== 'string') return isObject(aspect['json']) ? aspect['json'] : aspect;
  try {
    const parsed: unknown = JSON.parse(aspect['value']);
    return isObject(parsed) ? parsed : null;
  } catch {
    return null; // said so in the report
  }
}

function snapshotProposals(snapshot: JsonObject, observedAt: number): (Proposal | Unreadable)[] {
  const aspects = Array.isArray(snapshot['aspects']) ? snapshot['aspects'] : [];
  const said = textAt(snapshot, 'urn');
  const urn = parseUrn(said);
  return aspects.flatMap((wrapped): (Proposal | Unreadable)[] =>
    Object.entries(isObject(wrapped) ? wrapped : {}).map(([className, body]) => {
      const aspect = aspectName(className);
      if (urn && isObject(body)) return { urn, aspect, isDeletion: false, observedAt, body: storable(body) };
      const problem = urn ? 'has an aspect that is no JSON object' : 'is in a snapshot without a urn';
      return { urn: said ?? '', aspect, problem };
    }),
  );
}

/** `com.linkedin.pegasus2avro.dataset.DatasetProperties` is the aspect `datasetProperties`. */
function aspectName(className: string): string {
  const name = className.slice(className.lastIndexOf('.') + 1);
  return name.slice(0, 1).toLowerCase() + name.slice(1);
}
