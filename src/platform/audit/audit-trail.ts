import { Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import type { Explanation } from '../access/explain.js';
import { Database } from '../database/database.js';
import { together } from '../database/together.js';
import { appendSealed, auditOfTransaction, sealedEntry, type AuditEntry, type SealedEntry } from './audit-entry.js';

/**
 * Writes the append-only audit log. What fails to be written down fails as a whole: an answer that nobody can trace is
 * not given.
 */
@Injectable()
export class AuditTrail {
  private readonly append: (groups: readonly (readonly SealedEntry[])[]) => Promise<readonly void[]>;

  constructor(private readonly database: Database) {
    // The chain has one writer at a time: what comes meanwhile goes in with the next statement.
    this.append = together(database, async (groups) => {
      await appendSealed(database, groups.flat());
      return groups.map(() => undefined);
    });
  }

  async write(...entries: readonly AuditEntry[]): Promise<void> {
    if (entries.length === 0) return;
    if (this.database.isInTransaction) auditOfTransaction(this.database).push(...entries);
    else await this.append([entries.map(sealedEntry)]);
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
