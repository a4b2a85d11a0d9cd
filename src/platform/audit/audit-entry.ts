import { createHash, randomBytes } from 'node:crypto';
import { canonicalJson } from '../canonical-json.js';
import type { Database } from '../database/database.js';
import { currentRequest } from '../observability/request-context.js';

/** One line of the audit log, before it has a place and a time. */
export interface AuditEntry {
  /** `id` null is nobody we know; `handle` then says what was seen of them. */
  readonly actor: { readonly id: string | null; readonly handle: string };
  /** `signIn`, `discover`, `policySet.activated`, … */
  readonly action: string;
  readonly subject: { readonly kind: string; readonly id: string };
  readonly decision?: 'ALLOW' | 'DENY' | null;
  /** The rule that decided. */
  readonly policyId?: string | null;
  /** Never a secret. What names people stands here and not in `subject`: it can be erased. */
  readonly detail?: Readonly<Record<string, unknown>>;
}

const AUDIT = Symbol('audit');

/**
 * The entries of the ambient transaction. They are appended just before its commit: the chain has one writer at a time, and
 * whoever wrote early would keep all others waiting for as long as the transaction lasts.
 * @throws outside a transaction.
 */
export function auditOfTransaction(database: Database): AuditEntry[] {
  return database.collector<AuditEntry>(AUDIT, (entries) => appendSealed(database, entries.map(sealedEntry)));
}

/** At the end of the chain, in one statement for all; with what else the ambient transaction does. */
export async function appendSealed(database: Database, entries: readonly SealedEntry[]): Promise<void> {
  if (entries.length === 0) return;
  await database.query('SELECT audit_append($1::jsonb)', [JSON.stringify(entries)]);
}

/** As the function `audit_append` takes it (migrations/0041). */
export type SealedEntry = ReturnType<typeof sealedEntry>;

/** Of the request that is being answered. */
export function sealedEntry({ actor, action, subject, decision, policyId, detail }: AuditEntry) {
  return {
    actorId: actor.id,
    handle: actor.handle,
    action,
    subjectKind: subject.kind,
    subjectId: subject.id,
    decision: decision ?? null,
    policyId: policyId ?? null,
    requestId: currentRequest()?.id ?? null,
    ...sealed(detail),
  };
}

/** The chain holds the salted hash only, so that a detail can be erased, and cannot be guessed from its hash. */
function sealed(detail: AuditEntry['detail']): object {
  // As JSON carries it: without what is undefined.
  const json: unknown = JSON.parse(JSON.stringify(detail ?? {}));
  const text = canonicalJson(json);
  if (text === '{}') return {};
  const salt = randomBytes(32);
  const detailHash = createHash('sha256').update(salt).update(text).digest('hex');
  return { detail: json, salt: salt.toString('hex'), detailHash };
}
