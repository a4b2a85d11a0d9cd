import type { Actor } from '../../core/actor.js';
import type { ChangeEvent } from '../../core/change-event.js';
import type { Database } from '../database/database.js';
import { insertAuditEntries } from './audit-entry.js';

/** Whatever a person or a program changes is audited with the change itself. What the service does by itself is not. */
export async function auditChanges(
  database: Database,
  changes: readonly { readonly actor: Actor; readonly event: ChangeEvent }[],
): Promise<void> {
  const entries = changes
    .filter(({ actor }) => actor.kind !== 'SYSTEM')
    .map(({ actor, event }) => ({ actor, action: event.type, subject: event.subject, detail: event.detail ?? {} }));
  await insertAuditEntries(database, entries);
}
