import { createHash, createPublicKey, verify } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from '../platform/canonical-json.js';

/** One line of `GET /api/v1/audit`. The formulas are those of docs/audit.md, written here a second time: the service writes the chain in SQL. */
export const exportedEntry = z.object({
  seq: z.number(),
  at: z.string(),
  actor: z.object({
    key: z.string(),
    id: z.string().nullable(),
    handle: z.string().nullable(),
    salt: z.string().nullable(),
  }),
  action: z.string(),
  subjectKind: z.string(),
  subjectId: z.string(),
  decision: z.string().nullable(),
  policyId: z.string().nullable(),
  requestId: z.string().nullable(),
  detail: z.unknown(),
  detailSalt: z.string().nullable(),
  detailHash: z.string().nullable(),
  prevHash: z.string(),
  hash: z.string(),
});
export type ExportedEntry = z.infer<typeof exportedEntry>;

export const exportedCheckpoint = z.object({
  number: z.number(),
  at: z.string(),
  seq: z.number(),
  hash: z.string(),
  publicKey: z.string(),
  signature: z.string(),
});
export type ExportedCheckpoint = z.infer<typeof exportedCheckpoint>;

export interface ChainProblem {
  readonly kind: 'EDITED' | 'MISSING' | 'MOVED' | 'REPLACED' | 'REWRITTEN' | 'RELABELLED' | 'BAD_CHECKPOINT';
  /** The first bad entry; of a bad checkpoint, the entry that it is about. */
  readonly seq: number;
  readonly message: string;
}

export interface ChainVerdict {
  readonly entries: number;
  /** Checkpoints that agree with the chain. */
  readonly checkpoints: number;
  /** The first problem on the way; null: intact. */
  readonly problem: ChainProblem | null;
}

const CHAIN = 'cadastre.audit.v1';
const GENESIS = '00'.repeat(32);
/** How far a moved entry is looked for. */
const MOVED_WITHIN = 10_000;

/**
 * Walks the chain once. `publicKeys` (SPKI, base64): keys that checkpoints may be signed with; empty takes any, and then
 * the signatures tell only that a checkpoint is whole.
 */
export async function verifyChain(
  entries: AsyncIterable<ExportedEntry>,
  checkpoints: readonly ExportedCheckpoint[],
  publicKeys: readonly string[],
): Promise<ChainVerdict> {
  const chain = new ChainWalk(checkpoints);
  const badCheckpoint = problemOfCheckpoints(checkpoints, publicKeys);
  for await (const entry of entries) {
    const problem = chain.step(entry);
    if (problem) return { ...chain.counts, problem };
  }
  return { ...chain.counts, problem: chain.end() ?? badCheckpoint };
}

class ChainWalk {
  private last = { seq: 0, hash: GENESIS };
  private agreed = 0;
  private lastAgreed = 0;
  private readonly signed: ReadonlyMap<number, readonly ExportedCheckpoint[]>;
  /** Keys of people whose salted hash was computed. */
  private readonly people = new Map<string, string>();
  private readonly erasedDetails: number[] = [];
  private readonly erasedPeople = new Map<string, number>();
  private readonly erasures = new Erasures();

  constructor(private readonly checkpoints: readonly ExportedCheckpoint[]) {
    this.signed = groupBySeq(checkpoints);
  }

  get counts(): { entries: number; checkpoints: number } {
    return { entries: this.last.seq, checkpoints: this.agreed };
  }

  step(entry: ExportedEntry): ChainProblem | null {
    const problem = this.problemOfPlace(entry) ?? this.problemOfCheckpoint(entry) ?? this.problemBeside(entry);
    if (problem) return problem;
    this.last = entry;
    this.erasures.note(entry);
    return null;
  }

  /** What only the whole chain tells. */
  end(): ChainProblem | null {
    const { seq } = this.last;
    const beyond = this.checkpoints.find((checkpoint) => checkpoint.seq > seq);
    if (beyond)
      return {
        kind: 'MISSING',
        seq: seq + 1,
        message: `Entries ${span(seq + 1, beyond.seq)} are missing: checkpoint ${beyond.number} was signed over ${beyond.seq} entries.`,
      };
    const detail = this.erasedDetails.find((place) => !this.erasures.hasDetail(place));
    if (detail !== undefined)
      return {
        kind: 'MISSING',
        seq: detail,
        message: `The detail of entry ${detail} is gone, and no erasure says so.`,
      };
    const [person] = [...this.erasedPeople].filter(([key]) => !this.erasures.hasPerson(key));
    if (person)
      return {
        kind: 'MISSING',
        seq: person[1],
        message: `Who acted in entry ${person[1]} is gone, and no erasure says so.`,
      };
    return null;
  }

  private problemOfPlace(entry: ExportedEntry): ChainProblem | null {
    const expected = this.last.seq + 1;
    if (entry.seq > expected)
      return { kind: 'MISSING', seq: expected, message: `Entries ${span(expected, entry.seq - 1)} are missing.` };
    if (entry.seq < expected)
      return { kind: 'MOVED', seq: entry.seq, message: `Entry ${entry.seq} comes after entry ${this.last.seq}.` };
    if (hashOf(entry, entry.seq) !== entry.hash) return problemOfContent(entry);
    if (entry.prevHash === this.last.hash) return null;
    const message = `Entry ${this.last.seq} was replaced: it is not the one that entry ${entry.seq} was written after.`;
    return { kind: 'REPLACED', seq: this.last.seq, message };
  }

  private problemOfCheckpoint(entry: ExportedEntry): ChainProblem | null {
    for (const checkpoint of this.signed.get(entry.seq) ?? []) {
      if (checkpoint.hash !== entry.hash) {
        const message = `Entries from ${this.lastAgreed + 1} on were rewritten: entry ${entry.seq} is not the one that checkpoint ${checkpoint.number} was signed over.`;
        return { kind: 'REWRITTEN', seq: this.lastAgreed + 1, message };
      }
      this.agreed += 1;
      this.lastAgreed = entry.seq;
    }
    return null;
  }

  /** What stands beside the chain must be what its salted hashes were made of. */
  private problemBeside(entry: ExportedEntry): ChainProblem | null {
    const { seq, actor, detail, detailSalt, detailHash } = entry;
    if (actor.salt === null) this.erasedPeople.set(actor.key, this.erasedPeople.get(actor.key) ?? seq);
    else if (this.keyOf(actor.salt, `${actor.id ?? ''}\n${actor.handle ?? ''}`) !== actor.key)
      return {
        kind: 'RELABELLED',
        seq,
        message: `Entry ${seq} was made by somebody else than '${actor.handle ?? ''}'.`,
      };
    if (detailHash === null) return null;
    if (detailSalt === null) this.erasedDetails.push(seq);
    else if (saltedHash(detailSalt, canonicalJson(detail)) !== detailHash)
      return { kind: 'EDITED', seq, message: `The detail of entry ${seq} was edited.` };
    return null;
  }

  private keyOf(salt: string, who: string): string {
    const known = this.people.get(salt + who) ?? saltedHash(salt, who);
    this.people.set(salt + who, known);
    return known;
  }
}

const erasure = z.object({ person: z.string(), details: z.array(z.tuple([z.number(), z.number()])) });

/** What the chain itself says was erased. */
class Erasures {
  private readonly people = new Set<string>();
  private readonly ranges: (readonly [number, number])[] = [];

  note({ action, detail }: ExportedEntry): void {
    const erased = action === 'audit.erased' ? erasure.safeParse(detail).data : undefined;
    if (!erased) return;
    this.people.add(erased.person);
    this.ranges.push(...erased.details);
  }

  hasPerson(key: string): boolean {
    return this.people.has(key);
  }

  hasDetail(seq: number): boolean {
    return this.ranges.some(([from, to]) => from <= seq && seq <= to);
  }
}

/** An entry that was whole at another place was moved from there. */
function problemOfContent(entry: ExportedEntry): ChainProblem {
  const { seq } = entry;
  for (let distance = 1; distance <= MOVED_WITHIN; distance += 1) {
    const place = [seq - distance, seq + distance].find((candidate) => hashOf(entry, candidate) === entry.hash);
    if (place !== undefined)
      return {
        kind: 'MOVED',
        seq,
        message: `Entry ${seq} was written as entry ${place}: it was moved, or entries before it are missing.`,
      };
  }
  return { kind: 'EDITED', seq, message: `Entry ${seq} was edited.` };
}

function hashOf(entry: ExportedEntry, seq: number): string {
  const { action, actor, at, decision, detailHash, policyId, prevHash, requestId, subjectId, subjectKind } = entry;
  const payload = {
    action,
    actor: actor.key,
    at,
    chain: CHAIN,
    decision,
    detailHash,
    policyId,
    prevHash,
    requestId,
    seq,
    subjectId,
    subjectKind,
  };
  return createHash('sha256').update(canonicalJson(payload)).digest('hex');
}

function saltedHash(salt: string, text: string): string {
  return createHash('sha256').update(Buffer.from(salt, 'hex')).update(text).digest('hex');
}

function problemOfCheckpoints(
  checkpoints: readonly ExportedCheckpoint[],
  publicKeys: readonly string[],
): ChainProblem | null {
  const numbers = new Set(checkpoints.map(({ number }) => number));
  for (const checkpoint of checkpoints) {
    const { number, seq, publicKey } = checkpoint;
    const bad = (message: string): ChainProblem => ({ kind: 'BAD_CHECKPOINT', seq, message });
    if (number > 1 && !numbers.has(number - 1)) return bad(`Checkpoint ${number - 1} is missing.`);
    if (!isSigned(checkpoint)) return bad(`Checkpoint ${number} was edited: its signature does not fit.`);
    if (publicKeys.length > 0 && !publicKeys.includes(publicKey))
      return bad(`Checkpoint ${number} is signed with a key that was not given.`);
  }
  return null;
}

function isSigned({ publicKey, signature, number, at, seq, hash }: ExportedCheckpoint): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
    const text = canonicalJson({ chain: CHAIN, number, at, seq, hash });
    return (
      key.asymmetricKeyType === 'ed25519' &&
      verify(null, Buffer.from(text, 'utf8'), key, Buffer.from(signature, 'base64'))
    );
  } catch {
    // Not even a key.
    return false;
  }
}

function groupBySeq(checkpoints: readonly ExportedCheckpoint[]): Map<number, ExportedCheckpoint[]> {
  const groups = new Map<number, ExportedCheckpoint[]>();
  for (const checkpoint of checkpoints) groups.set(checkpoint.seq, [...(groups.get(checkpoint.seq) ?? []), checkpoint]);
  return groups;
}

function span(from: number, to: number): string {
  return from === to ? String(from) : `${from} to ${to}`;
}
