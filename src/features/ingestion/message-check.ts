import type { Actor } from '../../core/actor.js';
import { DomainError, Forbidden, Invalid } from '../../core/errors.js';
import { canonicalHash } from '../../platform/canonical-json.js';
import { readMessage } from './readers/read-message.js';
import type { RawKind, Reading } from './readers/statement.js';

export interface Refusal {
  readonly index: number;
  readonly reason: string;
  readonly field: readonly string[] | null;
}

/** A message that can be projected. */
export interface CheckedMessage {
  readonly message: unknown;
  /** SHA-256 of its canonical JSON: a repeat is recognised. */
  readonly hash: Buffer;
}

/** Reads each message once to see that it can be projected and where it writes. @throws nothing: refusals are values. */
export function checkMessages(
  actor: Actor,
  kind: RawKind,
  messages: readonly unknown[],
): { taken: CheckedMessage[]; refused: Refusal[] } {
  const taken: CheckedMessage[] = [];
  const refused: Refusal[] = [];
  messages.forEach((message, index) => {
    const outcome = checked(actor, kind, message);
    if (outcome instanceof DomainError) refused.push({ index, reason: outcome.message, field: outcome.field ?? null });
    else taken.push(outcome);
  });
  return { taken, refused };
}

function checked(actor: Actor, kind: RawKind, message: unknown): CheckedMessage | DomainError {
  try {
    refuseForeignNamespaces(actor, readMessage(kind, message));
    return { message, hash: canonicalHash([kind, message]) };
  } catch (error) {
    if (error instanceof DomainError) return error;
    // The canonical form refuses what JSON cannot carry across systems: numbers past the double range.
    return new Invalid(`The message cannot be kept: ${error instanceof Error ? error.message : 'unknown reason'}`);
  }
}

function refuseForeignNamespaces(actor: Actor, reading: Reading): void {
  const allowed = actor.token?.ingestNamespaces;
  if (!allowed) return;
  const foreign = reading.assets.find((asset) => !allowed.includes(asset.namespace));
  if (foreign)
    throw new Forbidden(`This token may not write into the namespace '${foreign.namespace}'.`, ['namespace']);
}
