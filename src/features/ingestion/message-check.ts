import type { Actor } from '../../core/actor.js';
import { DomainError, Forbidden, Invalid, type UserErrorCode } from '../../core/errors.js';
import { canonicalHash } from '../../platform/canonical-json.js';
import { storable } from './readers/json.js';
import { readMessage } from './readers/read-message.js';
import type { RawKind, Reading } from './readers/statement.js';

export interface Refusal {
  readonly index: number;
  /** INVALID: the message is wrong. FORBIDDEN: this sender may not send it. */
  readonly code: UserErrorCode;
  readonly reason: string;
  readonly field: readonly string[] | null;
}

/** A message that can be projected. */
export interface CheckedMessage {
  readonly message: unknown;
  /** SHA-256 of its canonical JSON: a repeat is recognised. */
  readonly hash: Buffer;
  readonly reading: Reading;
  /** What was odd in it. */
  readonly warnings: Reading['warnings'];
}

/** More than these of one message tell nothing new. */
const MOST_WARNINGS = 100;

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
    if (outcome instanceof DomainError)
      refused.push({ index, code: outcome.code, reason: outcome.message, field: outcome.field ?? null });
    else taken.push(outcome);
  });
  return { taken, refused };
}

function checked(actor: Actor, kind: RawKind, message: unknown): CheckedMessage | DomainError {
  try {
    const reading = readMessage(kind, message);
    refuseForeignNamespaces(actor, namespacesOf(reading));
    return { message, reading, hash: kept(() => canonicalHash([kind, message])), warnings: warningsOf(reading) };
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
}

/** @throws Invalid: the canonical form refuses what JSON cannot carry across systems, numbers past the double range. */
export function kept(hashed: () => Buffer): Buffer {
  try {
    return hashed();
  } catch (error) {
    throw new Invalid(`The message cannot be kept: ${error instanceof Error ? error.message : 'unknown reason'}`);
  }
}

export function namespacesOf({ assets }: Reading): string[] {
  return [...new Set(assets.map(({ namespace }) => namespace))];
}

/** What is kept of the warnings. */
export function warningsOf({ warnings }: Reading): Reading['warnings'] {
  return storable(warnings.slice(0, MOST_WARNINGS));
}

/** @throws Forbidden when the token may not write into one of them. */
export function refuseForeignNamespaces(actor: Actor, namespaces: readonly string[]): void {
  const allowed = actor.token?.ingestNamespaces;
  const foreign = allowed && namespaces.find((namespace) => !allowed.includes(namespace));
  if (foreign) throw new Forbidden(`This token may not write into the namespace '${foreign}'.`, ['namespace']);
}
