import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../platform/canonical-json.js';
import { verifyChain, type ChainProblem, type ExportedCheckpoint, type ExportedEntry } from './audit-chain.js';

const CHAIN = 'cadastre.audit.v1';
const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const PUBLIC_KEY = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
const sha256 = (...parts: (string | Buffer)[]) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
};

type Draft = Omit<ExportedEntry, 'hash'> & { readonly hash?: string };

function withHash(draft: Draft): ExportedEntry {
  const { actor, detail: _detail, detailSalt: _salt, hash: _hash, ...rest } = draft;
  return { ...draft, hash: sha256(canonicalJson({ ...rest, actor: actor.key, chain: CHAIN })) };
}

/** Ten entries, each with an actor and a detail of its own. */
function aChain(length = 10): ExportedEntry[] {
  const entries: ExportedEntry[] = [];
  for (let seq = 1; seq <= length; seq += 1) {
    const salt = sha256(`salt ${seq}`);
    const detail = { number: seq };
    const handle = seq % 2 === 0 ? 'ann' : 'bob';
    const key = sha256(Buffer.from(salt, 'hex'), `id\n${handle}`);
    entries.push(
      withHash({
        seq,
        at: `2026-05-01T10:00:${String(seq).padStart(2, '0')}.000000Z`,
        actor: { key, id: 'id', handle, salt },
        action: 'counted',
        subjectKind: 'number',
        subjectId: String(seq),
        decision: null,
        policyId: null,
        requestId: null,
        detail,
        detailSalt: salt,
        detailHash: sha256(Buffer.from(salt, 'hex'), canonicalJson(detail)),
        prevHash: entries.at(-1)?.hash ?? '00'.repeat(32),
      }),
    );
  }
  return entries;
}

function aCheckpoint(number: number, entry: ExportedEntry | undefined): ExportedCheckpoint {
  const signed = { number, at: '2026-05-01T11:00:00.000Z', seq: entry?.seq ?? 0, hash: entry?.hash ?? '' };
  const signature = sign(null, Buffer.from(canonicalJson({ chain: CHAIN, ...signed })), privateKey);
  return { ...signed, publicKey: PUBLIC_KEY, signature: signature.toString('base64') };
}

async function problemOf(
  entries: readonly ExportedEntry[],
  checkpoints: readonly ExportedCheckpoint[] = [],
  keys: readonly string[] = [],
): Promise<ChainProblem | null> {
  async function* all(): AsyncGenerator<ExportedEntry> {
    yield* entries;
  }
  return (await verifyChain(all(), checkpoints, keys)).problem;
}

/** The chain with entries changed by their place, and every hash after them computed anew, as a careful forger would. */
function forged(change: (entry: ExportedEntry) => ExportedEntry): ExportedEntry[] {
  let prevHash = '00'.repeat(32);
  return aChain().map((entry) => {
    const whole = withHash({ ...change(entry), prevHash });
    prevHash = whole.hash;
    return whole;
  });
}

const at = (seq: number, change: Partial<ExportedEntry>) =>
  aChain().map((entry) => (entry.seq === seq ? { ...entry, ...change } : entry));

describe('a chain that nobody touched', () => {
  it('is intact, with its checkpoints', async () => {
    const entries = aChain();
    const checkpoints = [aCheckpoint(1, entries[3]), aCheckpoint(2, entries[9])];
    async function* all(): AsyncGenerator<ExportedEntry> {
      yield* entries;
    }
    expect(await verifyChain(all(), checkpoints, [PUBLIC_KEY])).toEqual({ entries: 10, checkpoints: 2, problem: null });
    expect(await problemOf([])).toBeNull();
  });
});

describe('a chain that somebody touched names the first bad entry', () => {
  const edits: [string, Partial<ExportedEntry>][] = [
    ['its action', { action: 'looked' }],
    ['its subject', { subjectId: '7' }],
    ['its kind', { subjectKind: 'asset' }],
    ['its decision', { decision: 'ALLOW' }],
    ['its rule', { policyId: 'p' }],
    ['its request', { requestId: 'r' }],
    ['its time, by a microsecond', { at: '2026-05-01T10:00:04.000001Z' }],
    ['its detail', { detail: { number: 5 } }],
    ['the hash of its detail', { detailHash: sha256('other') }],
    ['its own hash', { hash: sha256('other') }],
    ['the hash before', { prevHash: sha256('other') }],
    ['who acted', { actor: { ...(aChain()[4]?.actor ?? { key: '', id: null, handle: null, salt: null }) } }],
  ];
  it.each(edits)('when %s was edited', async (_, change) => {
    expect(await problemOf(at(4, change))).toMatchObject({ kind: 'EDITED', seq: 4 });
  });

  it('when the name beside the chain was changed', async () => {
    const [first] = aChain();
    const actor = { ...(first?.actor ?? { key: '', id: null, salt: null }), handle: 'eve' };
    expect(await problemOf(at(1, { actor }))).toMatchObject({ kind: 'RELABELLED', seq: 1 });
  });

  it('when one or several are missing', async () => {
    expect(await problemOf(aChain().filter(({ seq }) => seq !== 4))).toMatchObject({ kind: 'MISSING', seq: 4 });
    const gap = await problemOf(aChain().filter(({ seq }) => seq < 4 || seq > 6));
    expect(gap).toEqual({ kind: 'MISSING', seq: 4, message: 'Entries 4 to 6 are missing.' });
    expect(await problemOf(aChain().slice(1))).toMatchObject({ kind: 'MISSING', seq: 1 });
  });

  it('when one is missing and the others were numbered anew', async () => {
    const closed = aChain()
      .filter(({ seq }) => seq !== 4)
      .map((entry) => ({ ...entry, seq: entry.seq > 4 ? entry.seq - 1 : entry.seq }));
    const problem = await problemOf(closed);
    expect(problem).toMatchObject({ kind: 'MOVED', seq: 4, message: expect.stringContaining('written as entry 5') });
  });

  it('when two changed places', async () => {
    const [third, seventh] = [aChain()[2], aChain()[6]];
    const swapped = aChain().map((entry) => {
      if (entry.seq === 3 && seventh) return { ...seventh, seq: 3 };
      return entry.seq === 7 && third ? { ...third, seq: 7 } : entry;
    });
    expect(await problemOf(swapped)).toMatchObject({ kind: 'MOVED', seq: 3 });
    const repeated = [...aChain().slice(0, 5), ...aChain().slice(3)];
    expect(await problemOf(repeated)).toMatchObject({ kind: 'MOVED', seq: 4 });
  });

  it('when one was edited and its hash computed anew', async () => {
    const replaced = aChain().map((entry) => (entry.seq === 4 ? withHash({ ...entry, action: 'looked' }) : entry));
    expect(await problemOf(replaced)).toMatchObject({ kind: 'REPLACED', seq: 4 });
  });

  it('when everything after it was computed anew, by the checkpoints', async () => {
    const entries = aChain();
    const rewritten = forged((entry) => (entry.seq === 4 ? { ...entry, action: 'looked' } : entry));
    expect(await problemOf(rewritten)).toBeNull();
    const checkpoints = [aCheckpoint(1, entries[1]), aCheckpoint(2, entries[7])];
    expect(await problemOf(rewritten, checkpoints)).toMatchObject({ kind: 'REWRITTEN', seq: 3 });
  });

  it('when the end was cut off, only by a checkpoint over it', async () => {
    const cut = aChain().slice(0, 6);
    expect(await problemOf(cut)).toBeNull();
    expect(await problemOf(cut, [aCheckpoint(1, aChain()[8])])).toMatchObject({ kind: 'MISSING', seq: 7 });
  });
});

describe('a checkpoint', () => {
  const entries = aChain();
  const good = aCheckpoint(1, entries[5]);
  const other = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
  it.each([
    ['that was edited', [{ ...good, at: '2026-05-01T12:00:00.000Z' }], [], 'was edited'],
    ['with another key', [{ ...good, publicKey: other }], [], 'was edited'],
    ['with no key', [{ ...good, publicKey: 'AAAA' }], [], 'was edited'],
    ['with a key that was not given', [good], [other], 'a key that was not given'],
    ['whose predecessor is missing', [aCheckpoint(3, entries[5])], [], 'Checkpoint 2 is missing'],
  ])('%s is named', async (_, checkpoints, keys, message) => {
    const problem = await problemOf(entries, checkpoints, keys);
    expect(problem).toMatchObject({ kind: 'BAD_CHECKPOINT', seq: 6, message: expect.stringContaining(message) });
  });
});

describe('what was erased', () => {
  const erased = (entry: ExportedEntry): ExportedEntry =>
    entry.seq === 4
      ? { ...entry, detail: null, detailSalt: null, actor: { ...entry.actor, id: null, handle: null, salt: null } }
      : entry;
  const person = aChain()[3]?.actor.key ?? '';
  const told = (detail: object): ExportedEntry[] => {
    const salt = sha256('salt');
    return forged((entry) =>
      entry.seq === 9
        ? {
            ...entry,
            action: 'audit.erased',
            detail,
            detailSalt: salt,
            detailHash: sha256(Buffer.from(salt, 'hex'), canonicalJson(detail)),
          }
        : erased(entry),
    );
  };

  it('leaves the chain whole when an erasure says so', async () => {
    expect(await problemOf(told({ person, details: [[3, 5]] }))).toBeNull();
  });

  it('is missing when none does', async () => {
    expect(await problemOf(aChain().map(erased))).toMatchObject({ kind: 'MISSING', seq: 4 });
    expect(await problemOf(told({ person, details: [[5, 6]] }))).toMatchObject({
      message: expect.stringContaining('detail of entry 4'),
    });
    expect(await problemOf(told({ person: 'x', details: [[4, 4]] }))).toMatchObject({
      message: expect.stringContaining('Who acted in entry 4'),
    });
  });
});
