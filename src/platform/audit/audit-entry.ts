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
  /** Never a secret: what stands here is kept for good. */
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** One statement for all; joins the ambient transaction where there is one. */
export async function insertAuditEntries(database: Database, entries: readonly AuditEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const requestId = currentRequest()?.id ?? null;
  await database.query(
    `INSERT INTO audit_log (actor_id, actor_handle, action, subject_kind, subject_id, decision, policy_id, detail, request_id)
     SELECT *, $9::text FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::jsonb[])`,
    [
      entries.map(({ actor }) => actor.id),
      entries.map(({ actor }) => actor.handle),
      entries.map(({ action }) => action),
      entries.map(({ subject }) => subject.kind),
      entries.map(({ subject }) => subject.id),
      entries.map(({ decision }) => decision ?? null),
      entries.map(({ policyId }) => policyId ?? null),
      entries.map(({ detail }) => JSON.stringify(detail ?? {})),
      requestId,
    ],
  );
}
