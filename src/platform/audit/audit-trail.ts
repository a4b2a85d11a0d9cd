import { Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import type { Explanation } from '../access/explain.js';
import { Database } from '../database/database.js';
import { appendAuditEntries, auditOfTransaction, type AuditEntry } from './audit-entry.js';

/**
 * Writes the append-only audit log. What fails to be written down fails as a whole: an answer that nobody can trace is
 * not given.
 */
@Injectable()
export class AuditTrail {
  constructor(private readonly database: Database) {}

  async write(...entries: readonly AuditEntry[]): Promise<void> {
    if (this.database.isInTransaction) auditOfTransaction(this.database).push(...entries);
    else await appendAuditEntries(this.database, entries);
  }

  /** What was decided about the subject, and by which rule. */
  async recordDecision(
    actor: Actor,
    action: string,
    decided: { readonly subject: AuditEntry['subject']; readonly explanation: Explanation },
  ): Promise<void> {
    const { decision, decidedBy } = decided.explanation;
    await this.write({ actor, action, subject: decided.subject, decision, policyId: decidedBy?.policyId ?? null });
  }
}
